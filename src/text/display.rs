//! What may be shown: text that went through [`super::sanitize`], as types.
//!
//! Whoever paints or prints takes nothing else, so that a text nobody sanitised cannot reach a
//! terminal by oversight. Literals of the program are safe by being read.

mod packed;

use std::fmt::{self, Write};

pub use packed::DisplayLines;

use super::{
    range::TextRange,
    sanitize::{DisplayText, display_line, is_unsafe},
    width::Widths,
};

/// A stretch of text that is safe to show.
///
/// ```
/// use zhaidu::text::display::{DisplayLine, DisplayStr};
///
/// let literal = DisplayStr::from("京津冀");
/// assert_eq!(literal, DisplayLine::new("京津\u{200b}冀").shown());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DisplayStr<'a>(&'a str);

impl<'a> DisplayStr<'a> {
    /// The text.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The text of a byte range; empty for a range that is none of this text's.
    pub fn slice(self, range: TextRange) -> Self {
        Self(self.0.get(range.start..range.end).unwrap_or_default())
    }

    /// Whether there is nothing to show.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The text without white space at its end.
    pub fn trim_end(self) -> Self {
        Self(self.0.trim_end())
    }

    /// The text cut to `room` cells; see [`Widths::fit`].
    pub fn fit(self, room: usize, widths: Widths) -> DisplayLine {
        DisplayLine(widths.fit(self.0, room).into())
    }

    /// A copy of its own.
    pub fn to_line(self) -> DisplayLine {
        DisplayLine(self.0.into())
    }
}

/// A literal of the program; what comes from outside does not live that long.
impl From<&'static str> for DisplayStr<'_> {
    fn from(literal: &'static str) -> Self {
        debug_assert!(!literal.chars().any(is_unsafe), "{literal:?}");
        Self(literal)
    }
}

impl<'a> From<&'a DisplayLine> for DisplayStr<'a> {
    fn from(line: &'a DisplayLine) -> Self {
        line.shown()
    }
}

impl<'a> From<&'a DisplayText> for DisplayStr<'a> {
    fn from(text: &'a DisplayText) -> Self {
        Self(text.as_str())
    }
}

impl fmt::Display for DisplayStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.0)
    }
}

/// A line of text that is safe to show: a title, a file name, a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DisplayLine(Box<str>);

impl DisplayLine {
    /// Sanitises a text of any origin; line ends become spaces.
    pub fn new(source: &str) -> Self {
        Self(display_line(source).into())
    }

    /// Sanitises what a value says of itself, or what [`format_args!`] puts together.
    pub fn of(value: impl fmt::Display) -> Self {
        let mut text = String::new();
        // A value that fails to say itself has said what it could.
        let _ = write!(text, "{value}");
        Self::new(&text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, borrowed.
    pub fn shown(&self) -> DisplayStr<'_> {
        DisplayStr(&self.0)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&'static str> for DisplayLine {
    fn from(literal: &'static str) -> Self {
        DisplayStr::from(literal).to_line()
    }
}

impl fmt::Display for DisplayLine {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A [`DisplayLine`] put together as by [`format!`], whatever its parts are.
macro_rules! display {
    ($($part:tt)*) => { $crate::text::display::DisplayLine::of(format_args!($($part)*)) };
}

pub(crate) use display;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_is_made_safe() {
        let hostile = "标题\u{1b}]0;x\u{7}";
        assert_eq!(display!("<{hostile}>").as_str(), "<标题␛]0;x␇>");
        assert_eq!(DisplayLine::of(7).as_str(), "7");
        assert_eq!(
            format!("{:>4}|{:<4}|", DisplayLine::new("ab"), DisplayStr::from("c")),
            "  ab|c   |"
        );
    }

    #[test]
    fn a_range_of_another_text_is_empty() {
        let text = DisplayStr::from("京津冀");
        assert_eq!(text.slice(TextRange::new(3, 6)).as_str(), "津");
        assert_eq!(text.slice(TextRange::new(1, 6)).as_str(), "");
        assert_eq!(text.slice(TextRange::new(6, 99)).as_str(), "");
    }
}
