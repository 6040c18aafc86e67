//! Many lines in one piece.

use super::{DisplayLine, DisplayStr};
use crate::text::sanitize::display_cow;

/// Lines of text that are safe to show, packed into one: a list of a million of them would else be a
/// million allocations. They are named by number, in the order in which they came.
///
/// ```
/// use zhaidu::text::display::DisplayLines;
///
/// let mut lines = DisplayLines::default();
/// let (first, second) = (lines.push_source("京津冀"), lines.push_source("a\u{1b}[2J"));
/// assert_eq!(lines.get(first).as_str(), "京津冀");
/// assert_eq!(lines.get(second).as_str(), "a␛[2J");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisplayLines {
    text: String,
    ends: Vec<u32>,
}

impl DisplayLines {
    /// Gives back the memory that was kept for more lines.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Takes a line in; its number.
    pub fn push(&mut self, line: &DisplayLine) -> u32 {
        self.push_safe(line.as_str())
    }

    /// Takes in a text of any origin, as [`DisplayLine::new`] would make it; its number.
    pub fn push_source(&mut self, source: &str) -> u32 {
        self.push_safe(&display_cow(source))
    }

    /// The line with a number; empty if there is none.
    pub fn get(&self, number: u32) -> DisplayStr<'_> {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let line = start
            .zip(self.ends.get(at))
            .and_then(|(start, end)| self.text.get(start as usize..*end as usize));
        DisplayStr(line.unwrap_or_default())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn push_safe(&mut self, line: &str) -> u32 {
        let number = self.ends.len() as u32;
        // What does not fit into 4 GB is left out, as nobody reads it in a list.
        if u32::try_from(self.text.len() + line.len()).is_ok() {
            self.text.push_str(line);
        }
        self.ends.push(self.text.len() as u32);
        number
    }
}

impl FromIterator<DisplayLine> for DisplayLines {
    fn from_iter<T: IntoIterator<Item = DisplayLine>>(lines: T) -> Self {
        let mut packed = Self::default();
        for line in lines {
            packed.push(&line);
        }
        packed
    }
}
