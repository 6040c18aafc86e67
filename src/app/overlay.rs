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
}

impl OverlayKind {
    /// The context its keys are looked up in.
    pub fn context(self) -> Context {
        match self {
            Self::Help => Context::Help,
            // It is read and left as they are.
            Self::Problems | Self::Why | Self::Note => Context::Problems,
        }
    }
}

/// An open overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Which one.
    pub kind: OverlayKind,
    /// What it says.
    pub lines: Vec<Line>,
    /// First visible line.
    pub top: usize,
}

/// A line of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Heading of a section.
    Heading(DisplayLine),
    /// Keys and what they do.
    Keys(DisplayLine, DisplayLine),
    /// Plain text.
    Text(DisplayLine),
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
        Line::Heading(_) | Line::Text(_) => 0,
    });
    keys.max().unwrap_or(0)
}
