//! What lies over the panes: the help and the list of problems.

use super::{action::Context, viewport::Span};
use crate::text::{
    display::{DisplayLine, DisplayStr},
    width::Widths,
    wrap::{Measure, wrap},
};

/// Which overlay it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayKind {
    /// Keys and what they do.
    Help,
    /// What could not be read.
    Problems,
    /// Why a sentence is a key sentence.
    Why,
    /// The note about an article.
    Note,
    /// How many articles there are of each month.
    Timeline,
    /// The words of a sentence.
    Words,
}

impl OverlayKind {
    /// The context its keys are looked up in.
    pub fn context(self) -> Context {
        match self {
            Self::Help => Context::Help,
            // They are read and left as these are.
            Self::Problems | Self::Why | Self::Note | Self::Timeline | Self::Words => {
                Context::Problems
            }
        }
    }

    /// Whether one of its lines is selected and can be gone on with.
    pub fn is_chosen_from(self) -> bool {
        matches!(self, Self::Timeline | Self::Words)
    }
}

/// An open overlay.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// Which one.
    pub kind: OverlayKind,
    /// What it says.
    pub lines: Vec<Line>,
    /// First visible line.
    pub top: usize,
}

/// A line of an overlay.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// Heading of a section.
    Heading(DisplayLine),
    /// Keys and what they do.
    Keys(DisplayLine, DisplayLine),
    /// Plain text.
    Text(DisplayLine),
    /// A number with a bar.
    Bar {
        /// What was counted.
        label: DisplayLine,
        /// How many there are.
        count: usize,
        /// The part of the longest bar that this one has, up to 1.
        share: f64,
    },
}

impl Overlay {
    /// Scrolls, so that the last line can reach the last row of the window but not leave it.
    pub fn scroll(&mut self, span: Span, room: usize) {
        let end = self.lines.len().saturating_sub(room);
        self.top = span.apply(self.top, end + 1);
    }
}

/// Text of any length as lines of at most `room` cells.
pub fn paragraph(text: DisplayStr<'_>, room: usize, widths: Widths) -> impl Iterator<Item = Line> {
    let rows = wrap(text.as_str(), Measure { width: room, indent: 0, hang: 0, widths });
    rows.into_iter().map(move |row| Line::Text(text.slice(row.range).trim_end().to_line()))
}

/// Cells that the keys of the help need.
pub fn key_column(lines: &[Line], widths: Widths) -> usize {
    let keys = lines.iter().map(|line| match line {
        Line::Keys(keys, _) => widths.cells(keys.as_str()),
        Line::Heading(_) | Line::Text(_) | Line::Bar { .. } => 0,
    });
    keys.max().unwrap_or(0)
}
