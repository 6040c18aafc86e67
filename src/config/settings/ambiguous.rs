//! What characters take that are one cell wide on some terminals and two on others.

use crate::text::width::Widths;

/// What ambiguous characters, such as “ ” … — □, take on the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// What the terminal is measured to give them.
    #[default]
    Auto,
    /// One cell.
    One,
    /// Two cells.
    Two,
    /// Nobody knows: two cells are kept free.
    Universal,
}

impl Ambiguous {
    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::One => "1",
            Self::Two => "2",
            Self::Universal => "universal",
        }
    }

    /// The widths; `None` when they are to be measured.
    pub fn widths(self) -> Option<Widths> {
        match self {
            Self::Auto => None,
            Self::One => Some(Widths::NARROW),
            Self::Two => Some(Widths::WIDE),
            Self::Universal => Some(Widths::UNIVERSAL),
        }
    }
}
