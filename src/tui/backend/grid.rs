//! What stands on a screen: packed cells in rows.

use std::{
    hash::{Hash, Hasher},
    iter,
    ops::Range,
};

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Size,
};
use rustc_hash::FxHasher;

use super::{look::Look, slot::Slot};

/// A row of cells. Cells that are covered follow the character that covers them.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// All of them, or none for an erased row of which no more was ever known.
    slots: Vec<Slot>,
    /// Two rows with the same one are the same; others may be.
    stamp: u64,
    /// The cells up to the last one that is not blank.
    ink: usize,
    is_trusted: bool,
    hash: u64,
    /// Whether the rest is true; a row of the terminal may not be known.
    is_known: bool,
    /// Whether cells changed since the row was summed up.
    is_stale: bool,
}

impl Row {
    fn blank(width: usize) -> Self {
        Self { slots: vec![Slot::BLANK; width], ..Self::erased() }
    }

    fn erased() -> Self {
        let slots = Vec::new();
        let (ink, is_trusted, is_known, is_stale) = (0, true, true, false);
        let mut row = Self { slots, stamp: 0, ink, is_trusted, hash: 0, is_known, is_stale };
        row.sum_up(0);
        row
    }

    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Its cells beside those of the row that is to be there.
    pub(super) fn beside<'a>(
        &'a self,
        new: &'a Self,
    ) -> impl Iterator<Item = (&'a Slot, &'a Slot)> {
        self.slots.iter().chain(iter::repeat(&Slot::BLANK)).zip(&new.slots)
    }

    /// Cells up to the last one that is not blank.
    pub(super) fn ink(&self) -> usize {
        self.ink
    }

    /// Whether every terminal shows the row alike.
    pub(super) fn is_trusted(&self) -> bool {
        self.is_trusted
    }

    /// Nearly always another number for another row.
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }

    /// Whether it is known what stands there.
    pub(super) fn is_known(&self) -> bool {
        self.is_known
    }

    /// Whether it is known that the same stands in both.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let same = self.stamp == other.stamp
            || (self.hash == other.hash && self.ink == other.ink && self.inked() == other.inked());
        same && self.is_known && other.is_known
    }

    fn inked(&self) -> &[Slot] {
        self.slots.get(..self.ink).unwrap_or_default()
    }

    fn sum_up(&mut self, stamp: u64) {
        (self.stamp, self.is_stale) = (stamp, false);
        let ink = self.slots.iter().rposition(|slot| !slot.is_blank());
        self.ink = ink.map_or(0, |last| last + 1);
        let mut hasher = FxHasher::default();
        self.inked().hash(&mut hasher);
        self.hash = hasher.finish();
        self.is_trusted = self.inked().iter().all(|slot| slot.is_trusted());
    }

    fn take(&mut self, cells: &[Cell]) {
        let (mut room, mut covered, mut changed) = (self.slots.len(), 0, 0);
        // Most cells look like the one before them.
        let (mut last, mut look) = (&Cell::EMPTY, Look::PLAIN);
        for (slot, cell) in self.slots.iter_mut().zip(cells) {
            let new = if covered > 0 {
                covered -= 1;
                Slot::covered(look)
            } else {
                if cell.modifier != last.modifier || cell.fg != last.fg || cell.bg != last.bg {
                    (last, look) = (cell, Look::of(cell));
                }
                let new = Slot::of(cell, look, room);
                covered = new.cells() - 1;
                new
            };
            changed |= slot.difference(&new);
            *slot = new;
            room -= 1;
        }
        self.is_stale |= changed != 0;
    }

    /// Takes over another row of the same width.
    fn copy(&mut self, other: &Self) {
        self.slots.clear();
        self.slots.extend_from_slice(&other.slots);
        (self.stamp, self.hash) = (other.stamp, other.hash);
        (self.ink, self.is_trusted, self.is_known) = (other.ink, other.is_trusted, true);
    }

    /// Puts a cell in; what it covers in part goes.
    fn set(&mut self, x: usize, slot: Slot) {
        let Some(head) = self.slots.get(..=x).and_then(|to| to.iter().rposition(Slot::is_head))
        else {
            return;
        };
        self.is_stale = true;
        self.erase(head);
        let end = x + slot.cells();
        for at in x..end {
            self.erase(at);
        }
        for (at, place) in self.slots.iter_mut().enumerate().take(end).skip(x) {
            *place = if at == x { slot } else { Slot::covered(slot.look()) };
        }
    }

    /// Empties the cells of the character that begins at `x`, if one does.
    fn erase(&mut self, x: usize) {
        let Some(old) = self.slots.get(x).copied().filter(Slot::is_head) else { return };
        for place in self.slots.iter_mut().skip(x).take(old.cells()) {
            *place = Slot::blank(old.look());
        }
    }
}

/// The rows of a screen.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    width: u16,
    rows: Vec<Row>,
    /// The stamp given last.
    stamp: u64,
}

impl Grid {
    /// An empty screen.
    pub(super) fn blank(size: Size) -> Self {
        Self::of(Row::blank(usize::from(size.width)), size)
    }

    /// An empty screen that is filled by taking over rows only. It takes hardly any memory until
    /// then, which the first frame would wait for.
    pub(super) fn erased(size: Size) -> Self {
        Self::of(Row::erased(), size)
    }

    fn of(row: Row, size: Size) -> Self {
        Self { width: size.width, rows: vec![row; usize::from(size.height)], stamp: 0 }
    }

    pub(super) fn size(&self) -> Size {
        Size { width: self.width, height: self.rows.len() as u16 }
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Takes a picture as it is.
    pub(super) fn take(&mut self, picture: &Buffer) {
        let cells = usize::from(picture.area.width).max(1);
        for (row, cells) in self.rows.iter_mut().zip(picture.content.chunks(cells)) {
            row.take(cells);
        }
    }

    /// Puts one cell in.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let room = usize::from(self.width.saturating_sub(x));
        if room > 0 {
            self.set(x, y, Slot::of(cell, Look::of(cell), room));
        }
    }

    /// The same, of a packed cell.
    pub(super) fn set(&mut self, x: u16, y: u16, slot: Slot) {
        if let Some(row) = self.rows.get_mut(usize::from(y)) {
            row.set(usize::from(x), slot);
        }
    }

    /// Sums the rows up that changed.
    pub(super) fn refresh(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.is_stale) {
            self.stamp += 1;
            row.sum_up(self.stamp);
        }
    }

    /// Forgets what stands in a row.
    pub(super) fn forget(&mut self, y: usize) {
        if let Some(row) = self.rows.get_mut(y) {
            row.is_known = false;
        }
    }

    /// Takes over every row.
    pub(super) fn become_like(&mut self, next: &Self) {
        self.copy_rows(0..next.rows.len(), next);
    }

    /// Takes over some rows.
    pub(super) fn copy_rows(&mut self, which: Range<usize>, next: &Self) {
        let rows = self.rows.iter_mut().zip(&next.rows);
        for (row, next) in rows.skip(which.start).take(which.len()) {
            if !row.is_like(next) {
                row.copy(next);
            }
        }
    }

    /// Moves the rows of a region up (`by` > 0) or down; what comes in is blank.
    pub(super) fn scroll(&mut self, region: Range<usize>, by: isize) {
        let blank = Row::blank(usize::from(self.width));
        let Some(rows) = self.rows.get_mut(region) else { return };
        let count = by.unsigned_abs().min(rows.len());
        if by > 0 {
            rows.rotate_left(count);
            let kept = rows.len() - count;
            rows.iter_mut().skip(kept).for_each(|row| row.copy(&blank));
        } else {
            rows.rotate_right(count);
            rows.iter_mut().take(count).for_each(|row| row.copy(&blank));
        }
    }
}
