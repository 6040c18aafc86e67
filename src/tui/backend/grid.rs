//! What stands on a screen: cells packed so that comparing them is cheap, in rows.

use std::{
    hash::{Hash, Hasher},
    iter,
    ops::Range,
};

use ratatui::{
    buffer::{Buffer, Cell, CellDiffOption, CellWidth},
    layout::Size,
};
use rustc_hash::FxHasher;

use super::look::Look;
use crate::text::width::{Class, is_trusted};

/// Bits of a character in a packed cluster.
const CHAR_BITS: u32 = 21;

/// One cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// Up to three characters, the first one in the low bits. A text that is safe to show has no
    /// longer clusters but flags with two marks; what is longer is cut.
    cluster: u64,
    pub(super) look: Look,
    /// Cells taken; 0 for a cell that is covered by the character before it.
    pub(super) cells: u8,
    /// Whether every terminal draws it over just these cells.
    pub(super) is_trusted: bool,
}

impl Slot {
    /// An erased cell.
    pub(super) const BLANK: Self =
        Self { cluster: ' ' as u64, look: Look::PLAIN, cells: 1, is_trusted: true };

    /// The cell of a picture that looks like this, not wider than `room`. A control character would act on the
    /// terminal: whoever let one through gets a space.
    #[inline]
    fn of(cell: &Cell, look: Look, room: usize) -> Self {
        let symbol = cell.symbol();
        if let [byte @ b' '..=b'~'] = symbol.as_bytes() {
            return Self { cluster: u64::from(*byte), look, cells: 1, is_trusted: true };
        }
        let mut chars = symbol.chars();
        let first = chars.next().unwrap_or(' ');
        let mut cluster = u64::from(first);
        let mut is_trusted = is_trusted(first);
        if !is_trusted || !chars.as_str().is_empty() {
            if symbol.chars().any(char::is_control) {
                return Self { look, ..Self::BLANK };
            }
            for (at, c) in (1..3).zip(&mut chars) {
                cluster |= u64::from(c) << (at * CHAR_BITS);
                is_trusted = false;
            }
        }
        let cells = match cell.diff_option {
            CellDiffOption::ForcedWidth(cells) => usize::from(cells.get()),
            _ if is_trusted => natural(first),
            _ => usize::from(cell.cell_width().max(1)),
        };
        if cells > room.min(usize::from(u8::MAX)) {
            return Self { look, ..Self::BLANK };
        }
        let is_trusted = is_trusted && cells == natural(first);
        Self { cluster, look, cells: cells as u8, is_trusted }
    }

    fn covered(look: Look) -> Self {
        Self { cluster: 0, look, cells: 0, is_trusted: true }
    }

    /// 0 for the same cell. All cells of a screen go through here, so there is no branch.
    fn difference(&self, other: &Self) -> u64 {
        // Whether it is trusted follows from the rest.
        (self.cluster ^ other.cluster)
            | (self.look.number() ^ other.look.number())
            | u64::from(self.cells ^ other.cells)
    }

    /// Whether it looks like an erased cell.
    pub(super) fn is_blank(&self) -> bool {
        *self == Self::BLANK
    }

    /// Whether some terminals draw it over fewer cells than it takes, or over none.
    pub(super) fn leaves_cells(&self) -> bool {
        !self.is_trusted && (self.cells > 1 || self.chars().next().is_some_and(is_recent))
    }

    /// The characters to write; none for a covered cell.
    pub(super) fn chars(&self) -> impl Iterator<Item = char> {
        let mut rest = self.cluster;
        std::iter::from_fn(move || {
            let c = (rest & ((1 << CHAR_BITS) - 1)) as u32;
            rest >>= CHAR_BITS;
            (c != 0).then(|| char::from_u32(c)).flatten()
        })
    }

    /// Bytes of the characters.
    pub(super) fn len(&self) -> usize {
        self.chars().map(char::len_utf8).sum()
    }
}

impl Hash for Slot {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // What it takes, and whether it is trusted, follow from these nearly always.
        state.write_u64(self.cluster);
        state.write_u64(self.look.number());
    }
}

/// Cells of a trusted character.
fn natural(c: char) -> usize {
    if c < '\u{3000}' { 1 } else { 2 }
}

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
        self.is_trusted = self.slots.iter().all(|slot| slot.is_trusted);
        let mut hasher = FxHasher::default();
        self.slots.iter().take(self.ink).for_each(|slot| slot.hash(&mut hasher));
        self.hash = hasher.finish();
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
                covered = new.cells - 1;
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
        let Some(head) = self.slots.get(..=x).and_then(|to| to.iter().rposition(is_head)) else {
            return;
        };
        self.is_stale = true;
        self.erase(head);
        let end = x + usize::from(slot.cells);
        for at in x..end {
            self.erase(at);
        }
        for (at, place) in self.slots.iter_mut().enumerate().take(end).skip(x) {
            *place = if at == x { slot } else { Slot::covered(slot.look) };
        }
    }

    /// Empties the cells of the character that begins at `x`, if one does.
    fn erase(&mut self, x: usize) {
        let Some(old) = self.slots.get(x).copied().filter(is_head) else { return };
        for place in self.slots.iter_mut().skip(x).take(usize::from(old.cells)) {
            *place = Slot { look: old.look, ..Slot::BLANK };
        }
    }
}

fn is_recent(c: char) -> bool {
    Class::of(c) == Some(Class::Recent)
}

fn is_head(slot: &Slot) -> bool {
    slot.cells > 0
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
