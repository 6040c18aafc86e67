//! How things look. Colours are the terminal's own sixteen, so that they suit its background, and
//! no state is told by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::config::ColourDepth;

/// The styles of everything on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Heading row of a pane.
    pub heading: Style,
    /// Heading row of the pane that has the focus.
    pub heading_focused: Style,
    /// Plain text.
    pub text: Style,
    /// Titles and section headings.
    pub title: Style,
    /// What stands back: bylines, captions, counts.
    pub dim: Style,
    /// A key sentence in the text.
    pub key: Style,
    /// The selected key sentence in the text.
    pub key_selected: Style,
    /// Ranks of key sentences.
    pub rank: Style,
    /// A place of the selected keyword in the text.
    pub hit: Style,
    /// The place of the keyword that was gone to last.
    pub hit_here: Style,
    /// A hit of the search.
    pub found: Style,
    /// The hit that was gone to last.
    pub found_here: Style,
    /// The selected row of the pane that has the focus.
    pub selected: Style,
    /// The selected row of another pane.
    pub selected_unfocused: Style,
    /// The bar of a keyword.
    pub bar: Style,
    /// Something that went wrong.
    pub trouble: Style,
}

impl Theme {
    /// The look for a terminal with so many colours.
    pub fn colour(depth: ColourDepth) -> Self {
        match depth {
            ColourDepth::None => Self::mono(),
            ColourDepth::Sixteen => Self::sixteen(),
            // The dark grey of the sixteen is the background itself in some schemes; this one is
            // the same everywhere, and can be read on black and on white.
            ColourDepth::Indexed | ColourDepth::Direct => {
                Self { dim: Style::new().fg(Color::Indexed(245)), ..Self::sixteen() }
            }
        }
    }

    fn sixteen() -> Self {
        let plain = Style::new();
        Self {
            heading: plain.fg(Color::Black).bg(Color::Gray),
            heading_focused: plain.fg(Color::White).bg(Color::Blue).add_modifier(Modifier::BOLD),
            text: plain,
            title: plain.add_modifier(Modifier::BOLD),
            dim: plain.fg(Color::DarkGray),
            key: plain.fg(Color::Green),
            key_selected: plain
                .fg(Color::Green)
                .add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            rank: plain.fg(Color::Green).add_modifier(Modifier::BOLD),
            // Bold black is grey on many terminals.
            hit: plain.fg(Color::Black).bg(Color::Yellow).remove_modifier(Modifier::BOLD),
            hit_here: plain
                .fg(Color::White)
                .bg(Color::Magenta)
                .add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            found: plain
                .fg(Color::Black)
                .bg(Color::Cyan)
                .remove_modifier(Modifier::BOLD)
                .add_modifier(Modifier::UNDERLINED),
            found_here: plain
                .add_modifier(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
            selected: plain.add_modifier(Modifier::REVERSED),
            selected_unfocused: plain.add_modifier(Modifier::BOLD),
            bar: plain.bg(Color::Cyan),
            trouble: plain.fg(Color::Red),
        }
    }

    /// Attributes only, for terminals without colour and for those who want none.
    fn mono() -> Self {
        let plain = Style::new();
        let with = |modifier| plain.add_modifier(modifier);
        Self {
            heading: with(Modifier::REVERSED),
            heading_focused: with(Modifier::REVERSED | Modifier::BOLD),
            text: plain,
            title: with(Modifier::BOLD),
            dim: with(Modifier::DIM),
            key: with(Modifier::UNDERLINED),
            key_selected: with(Modifier::UNDERLINED | Modifier::BOLD),
            rank: with(Modifier::BOLD),
            hit: with(Modifier::REVERSED),
            hit_here: with(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
            found: with(Modifier::REVERSED | Modifier::UNDERLINED),
            found_here: with(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
            selected: with(Modifier::REVERSED),
            selected_unfocused: with(Modifier::BOLD),
            bar: with(Modifier::REVERSED),
            trouble: with(Modifier::BOLD),
        }
    }
}
