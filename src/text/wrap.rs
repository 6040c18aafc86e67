//! Breaking Chinese prose into rows of cells.
//!
//! The rules are those of *Requirements for Chinese Text Layout* (CLREQ, W3C), section 3.1.3, in
//! the strict form: no row starts with a pause or stop mark, a closing mark, a connector, a dash or
//! an ellipsis; none ends with an opening mark; `——`, `……`, Latin words and numbers with their
//! signs stay whole; a stop mark that just does not fit hangs in the margin; no paragraph ends in a
//! single character. ASCII punctuation after a Han character is Chinese punctuation. An address
//! that is longer than a row is cut behind one of its signs.

mod class;
mod units;

use self::{
    class::Class,
    units::{Before, Unit, units},
};
use super::{range::TextRange, width::Widths};

/// Most cells of a row that are comfortable to read: longer rows tire the eye.
pub const COMFORTABLE: u16 = 76;

/// The measure that a paragraph is set to, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Cells of a row, its indent included. At least 2 is used, so that a Han character fits.
    pub width: usize,
    /// Cells that the first row is indented by.
    pub indent: usize,
    /// Cells right of the row that pause, stop and closing marks may hang into.
    pub hang: usize,
    /// What characters take on the terminal.
    pub widths: Widths,
}

/// One row of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The bytes of the row. The rows of a paragraph, in order, are its whole text; white space at
    /// the end of a row belongs to it and is not counted in its width.
    pub range: TextRange,
    /// Cells left free before the text.
    pub indent: usize,
}

/// Sets `text`, one paragraph without line ends, into rows. An empty text has one empty row.
///
/// Linear in the length of the text. No row is wider than the measure with its hang, except that
/// a row always takes at least one cluster. A first word that fits only without the indent is set
/// without it.
pub fn wrap(text: &str, measure: Measure) -> Vec<Row> {
    let measure = Measure { width: measure.width.max(2), ..measure };
    let mut setter = Setter { units: units(text, measure.widths), measure };
    let indent = setter.indent();
    setter.measure.indent = indent;
    let mut rows: Vec<(usize, usize)> = Vec::with_capacity(text.len() * 2 / 3 / measure.width + 2);
    let mut start = 0;
    while start < setter.units.len() {
        let end = setter.row_end(start);
        rows.push((start, end));
        start = end;
    }
    setter.rescue_orphan(&mut rows);
    if rows.is_empty() {
        rows.push((0, 0));
    }
    let byte = |at: usize| setter.units.get(at).map_or(text.len(), |unit| unit.at);
    let row = |(start, end)| Row {
        range: TextRange::new(byte(start), byte(end)),
        indent: if start == 0 { indent } else { 0 },
    };
    rows.into_iter().map(row).collect()
}

/// A paragraph and its measure.
struct Setter {
    units: Vec<Unit>,
    measure: Measure,
}

/// What was seen of a row up to the unit that does not fit.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The last place where a row may end.
    end: Option<usize>,
    /// The last place where one may end that cannot hold a whole word.
    joint: Option<usize>,
    /// Where the row is full.
    full: usize,
    /// Cells up to there.
    used: usize,
}

impl Setter {
    /// The indent of the first row: none where it would leave no room for the first word.
    fn indent(&self) -> usize {
        let Measure { width, indent, .. } = self.measure;
        if indent == 0 || indent + 2 > width {
            return 0;
        }
        let (room, word) = (width - indent, self.word_cells(0, width));
        if room < word && word <= width { 0 } else { indent }
    }

    /// Cells that a row must have to take what stands from `at` to the next place where it may end;
    /// more than `most` when that is far.
    fn word_cells(&self, at: usize, most: usize) -> usize {
        // Up to the last character that needs a cell of the row, and with the marks behind it,
        // which may hang.
        let (mut firm, mut all, mut seen) = (0, 0, 0);
        for unit in self.units.get(at..).unwrap_or_default() {
            if (seen > 0 && unit.before == Before::Break) || all > most + self.measure.hang {
                break;
            }
            seen += unit.cells();
            match unit.class {
                // White space at the end of a row takes no room.
                Class::Space => {}
                Class::Stop | Class::Close => all = seen,
                _ => (firm, all) = (seen, seen),
            }
        }
        firm.max(all.saturating_sub(self.measure.hang))
    }

    /// The end of the row that begins with unit `start`.
    fn row_end(&self, start: usize) -> usize {
        let room = self.measure.width - if start == 0 { self.measure.indent } else { 0 };
        let seen = self.fill(start, room);
        if seen.full == self.units.len() {
            return seen.full;
        }
        if let Some(end) = self.hanging_end(seen, room) {
            return end;
        }
        let width = self.measure.width;
        match (seen.end, seen.joint) {
            (Some(end), _) if self.word_cells(end, width) <= width => end,
            // No row can hold what begins there: it is cut, if possible at a joint.
            (end, Some(joint)) if end.is_none_or(|end| end < joint) => joint,
            (Some(end), _) if self.cells((end, seen.full)) <= (room / 3).max(8) => end,
            _ => self.forced_end(start, seen.full),
        }
    }

    /// Takes units until one does not fit.
    fn fill(&self, start: usize, room: usize) -> Seen {
        let mut seen = Seen { full: start, ..Seen::default() };
        for unit in self.units.get(start..).unwrap_or_default() {
            if seen.full > start {
                match unit.before {
                    Before::Break => seen.end = Some(seen.full),
                    Before::Joint => seen.joint = Some(seen.full),
                    Before::Nothing => {}
                }
            }
            if unit.class != Class::Space && seen.used + unit.cells() > room {
                break;
            }
            seen.used += unit.cells();
            seen.full += 1;
        }
        seen
    }

    /// The end of the row when the marks that do not fit may hang into the margin.
    fn hanging_end(&self, seen: Seen, room: usize) -> Option<usize> {
        let mut used = seen.used;
        for (at, unit) in self.units.iter().enumerate().skip(seen.full) {
            if at > seen.full && unit.before == Before::Break {
                return Some(at);
            }
            used += unit.cells();
            if unit.class == Class::Space {
                continue;
            }
            let hangs = matches!(unit.class, Class::Stop | Class::Close);
            if !hangs || used > room + self.measure.hang {
                return None;
            }
        }
        Some(self.units.len())
    }

    /// The end of a row inside something that no row can hold, if possible where no mark stands
    /// on the wrong side.
    fn forced_end(&self, start: usize, full: usize) -> usize {
        let is_fair = |end: usize| {
            let before = end.checked_sub(1).and_then(|at| self.units.get(at));
            let after = self.units.get(end);
            before.zip(after).is_some_and(|(before, after)| {
                after.class.may_begin() && !matches!(before.class, Class::Open | Class::Prefix)
            })
        };
        let lowest = full.saturating_sub(MOST_BACK).max(start + 1);
        let fair = (lowest..=full).rev().find(|end| is_fair(*end));
        fair.unwrap_or(full).max(start + 1)
    }

    /// Moves a character down to a last row that holds only one.
    fn rescue_orphan(&self, rows: &mut [(usize, usize)]) {
        let [.., above, last] = rows else { return };
        if !self.is_lone(*last) {
            return;
        }
        let mut cells = self.cells(*last);
        for end in (above.0 + 1..above.1).rev() {
            let Some(unit) = self.units.get(end) else { return };
            cells += unit.cells();
            if cells > self.measure.width {
                return;
            }
            if unit.before == Before::Break {
                (above.1, last.0) = (end, end);
                return;
            }
        }
    }

    /// Whether a row shows a single character, its punctuation aside.
    fn is_lone(&self, (start, end): (usize, usize)) -> bool {
        let row = self.units.get(start..end).unwrap_or_default();
        row.iter().filter(|unit| unit.class.is_text()).count() == 1
    }

    fn cells(&self, (start, end): (usize, usize)) -> usize {
        self.units.get(start..end).unwrap_or_default().iter().map(|unit| unit.cells()).sum()
    }
}

/// Most units that a forced end moves back.
const MOST_BACK: usize = 8;

#[cfg(test)]
mod tests;
