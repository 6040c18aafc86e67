//! Finding rows that only moved: a terminal moves them for a few bytes.

use std::ops::Range;

use super::{
    grid::{Grid, Row},
    pen::{Pen, number},
};

/// Cells of text that must be saved before a move is tried; the move itself takes about as many
/// bytes.
const WORTHWHILE: isize = 24;

/// A block of rows that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// Where the rows are to be.
    rows: Range<usize>,
    /// How far up they came; negative for down.
    by: isize,
}

impl Scroll {
    /// The rows that the terminal moves: where the block was, and where it is to be.
    pub(super) fn region(&self) -> Range<usize> {
        let top = self.rows.start.saturating_add_signed(self.by.min(0));
        top..self.rows.end.saturating_add_signed(self.by.max(0))
    }

    /// Does to a grid what the bytes do to the terminal.
    pub(super) fn apply(&self, grid: &mut Grid) {
        grid.scroll(self.region(), self.by);
    }

    /// Writes the move. The rows that come in are plain only while the attributes are; a region
    /// that is set moves the cursor.
    pub(super) fn write(&self, out: &mut Vec<u8>, pen: &mut Pen, rows: usize) {
        let region = self.region();
        pen.plain(out);
        let is_all = region == (0..rows);
        if !is_all {
            out.extend_from_slice(b"\x1b[");
            number(out, region.start + 1);
            out.push(b';');
            number(out, region.end);
            out.push(b'r');
        }
        out.extend_from_slice(b"\x1b[");
        number(out, self.by.unsigned_abs());
        out.push(if self.by > 0 { b'S' } else { b'T' });
        if !is_all {
            out.extend_from_slice(b"\x1b[r");
        }
        pen.lose_place();
    }
}

/// The block of rows whose move saves most, if one is worth trying. Takes time in proportion to
/// the rows (times a logarithm).
pub(super) fn find(shown: &Grid, next: &Grid) -> Option<Scroll> {
    let (old, new) = (shown.rows(), next.rows());
    let by = likely_distance(old, new)?;
    // The stretch with the highest sum (Kadane): rows that are right after the move count for it,
    // rows that were right before it count against it.
    let mut best: (isize, Range<usize>) = (WORTHWHILE, 0..0);
    let (mut sum, mut start) = (0, 0);
    for (y, row) in new.iter().enumerate() {
        let Some(gain) = gain(old, y, by, row) else {
            (sum, start) = (0, y + 1);
            continue;
        };
        if sum <= 0 {
            (sum, start) = (0, y);
        }
        sum += gain;
        if sum > best.0 {
            best = (sum, start..y + 1);
        }
    }
    let (_, rows) = best;
    (!rows.is_empty()).then_some(Scroll { rows, by })
}

/// What moving a row into `y` gains in cells; `None` where there is no row to move.
fn gain(old: &[Row], y: usize, by: isize, row: &Row) -> Option<isize> {
    let moved = old.get(y.checked_add_signed(by)?)?.is_like(row);
    let stays = old.get(y).is_some_and(|old| old.is_like(row));
    Some((isize::from(moved) - isize::from(stays)) * row.ink().cast_signed())
}

/// The distance over which most of the changed text may have moved: up if positive. Rows that
/// stand on the screen more than once say nothing.
fn likely_distance(old: &[Row], new: &[Row]) -> Option<isize> {
    let mut places: Vec<(u64, usize)> = old
        .iter()
        .enumerate()
        .filter(|(_, row)| row.is_known())
        .map(|(y, r)| (r.hash(), y))
        .collect();
    places.sort_unstable();
    let mut votes = vec![0; old.len() + new.len()];
    for (y, row) in new.iter().enumerate() {
        let stays = old.get(y).is_some_and(|old| old.is_like(row));
        if row.ink() == 0 || stays {
            continue;
        }
        let first = places.partition_point(|(hash, _)| *hash < row.hash());
        let mut found = places.iter().skip(first).take_while(|(hash, _)| *hash == row.hash());
        if let (Some((_, from)), None) = (found.next(), found.next())
            && let Some(votes) = votes.get_mut(new.len() + from - y)
        {
            *votes += row.ink();
        }
    }
    let (at, most) = votes.iter().enumerate().max_by_key(|(_, votes)| **votes)?;
    let by = at.cast_signed() - new.len().cast_signed();
    (*most > 0 && by != 0).then_some(by)
}
