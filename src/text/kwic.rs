//! Keywords in context: a hit with what stands around it, on one line.
//!
//! Lines of one list have the hit in the same column, so that the eye runs down it (Luhn, 1960,
//! "Key word-in-context index for technical literature").

use super::{
    display::{DisplayLine, DisplayStr},
    range::TextRange,
    width::Widths,
};

/// A hit in its line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kwic {
    /// What stands before it, the last cells that there is room for.
    pub before: DisplayLine,
    /// The hit.
    pub hit: DisplayLine,
    /// What stands after it; cut where the room ends when it is shown.
    pub after: DisplayLine,
}

/// Characters on either side that are looked at, at most: more than any screen has cells.
const REACH: usize = 400;

impl Kwic {
    /// The hit at `range` of a text, with what its line has around it; `before` cells on its left.
    pub fn of(text: &str, range: TextRange, before: usize, widths: Widths) -> Self {
        let head = text.get(..range.start).unwrap_or_default();
        let tail = text.get(range.end..).unwrap_or_default();
        let start = head.rfind('\n').map_or(0, |at| at + 1);
        let head = head.get(start..).unwrap_or_default();
        let from = head.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
        let head = DisplayLine::new(head.get(from..).unwrap_or_default().trim_start());
        let tail = tail.split('\n').next().unwrap_or_default();
        let to = tail.char_indices().nth(REACH).map_or(tail.len(), |(at, _)| at);
        Self {
            before: last_cells(head.shown(), before, widths),
            hit: DisplayLine::new(range.of(text)),
            after: DisplayLine::new(tail.get(..to).unwrap_or_default()),
        }
    }

    /// The same with at most so many cells before the hit.
    pub fn narrowed(&self, before: usize, widths: Widths) -> Self {
        Self { before: last_cells(self.before.shown(), before, widths), ..self.clone() }
    }

    /// The line in `columns` cells, the hit after `before` of them.
    pub fn line(&self, before: usize, columns: usize, widths: Widths) -> DisplayLine {
        let gap = before.saturating_sub(widths.cells(self.before.as_str()));
        let whole = format!("{}{}{}{}", " ".repeat(gap), self.before, self.hit, self.after);
        DisplayLine::new(&whole).shown().fit(columns, widths)
    }
}

/// The end of a text that fits into so many cells.
fn last_cells(text: DisplayStr, cells: usize, widths: Widths) -> DisplayLine {
    let text = text.as_str();
    let starts = text.char_indices().map(|(at, _)| at);
    let fits = |at: &usize| text.get(*at..).is_some_and(|rest| widths.cells(rest) <= cells);
    let start = starts.into_iter().find(fits).unwrap_or(text.len());
    DisplayLine::new(text.get(start..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_stand_below_each_other() {
        let text = "渡口的灯亮了四十年\n守渡口的人换了三个，说起渡口来就没有完\n渡口";
        let widths = Widths::default();
        let lines: Vec<String> = text
            .match_indices("渡口")
            .map(|(at, hit)| {
                let range = TextRange::new(at, at + hit.len());
                Kwic::of(text, range, 11, widths).line(11, 24, widths).to_string()
            })
            .collect();
        assert_eq!(
            lines,
            [
                "           渡口的灯亮..",
                "         守渡口的人换..",
                " 三个，说起渡口来就没..",
                "           渡口",
            ]
        );
    }
}
