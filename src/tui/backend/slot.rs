//! A cell of the screen, packed in two numbers: there are many of them, and every frame compares all.

use std::hash::{Hash, Hasher};

use ratatui::buffer::{Cell, CellDiffOption, CellWidth};

use super::look::Look;
use crate::text::width::{Class, is_trusted};

/// Bits of a character in a packed cluster.
const CHAR_BITS: u32 = 21;
/// The bit of a cluster that not every terminal draws over just its cells.
const DOUBTFUL: u64 = 1 << 63;
/// Most cells that a character can take; no terminal draws one over more.
const MOST_CELLS: usize = (1 << (u64::BITS - Look::BITS)) - 1;

/// One cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// Up to three characters, the first one in the low bits, and [`DOUBTFUL`]. A text that is safe
    /// to show has no longer clusters but flags with two marks; what is longer is cut.
    cluster: u64,
    /// The look in the low bits, above it the cells taken.
    rest: u64,
}

impl Slot {
    /// An erased cell.
    pub(super) const BLANK: Self = Self::plain(b' ', Look::PLAIN);

    /// A character of ASCII.
    const fn plain(byte: u8, look: Look) -> Self {
        Self { cluster: byte as u64, rest: look.number() | 1 << Look::BITS }
    }

    /// An erased cell with the attributes of another.
    pub(super) fn blank(look: Look) -> Self {
        Self::plain(b' ', look)
    }

    /// A cell that belongs to the character before it.
    pub(super) fn covered(look: Look) -> Self {
        Self { cluster: 0, rest: look.number() }
    }

    /// The cell of a picture that looks like this, not wider than `room`. A control character would
    /// act on the terminal: whoever let one through gets a space.
    #[inline]
    pub(super) fn of(cell: &Cell, look: Look, room: usize) -> Self {
        let symbol = cell.symbol();
        if let [byte @ b' '..=b'~'] = symbol.as_bytes() {
            return Self::plain(*byte, look);
        }
        Self::of_symbol(cell, symbol, look, room)
    }

    fn of_symbol(cell: &Cell, symbol: &str, look: Look, room: usize) -> Self {
        let mut chars = symbol.chars();
        let first = chars.next().unwrap_or(' ');
        let mut cluster = u64::from(first);
        let mut is_trusted = is_trusted(first);
        if !is_trusted || !chars.as_str().is_empty() {
            if symbol.chars().any(char::is_control) {
                return Self::blank(look);
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
        if cells > room.min(MOST_CELLS) {
            return Self::blank(look);
        }
        let doubt = if is_trusted && cells == natural(first) { 0 } else { DOUBTFUL };
        Self { cluster: cluster | doubt, rest: look.number() | (cells as u64) << Look::BITS }
    }

    /// Cells taken; 0 for a cell that is covered by the character before it.
    pub(super) fn cells(self) -> usize {
        (self.rest >> Look::BITS) as usize
    }

    /// Its colours and modifiers.
    pub(super) fn look(self) -> Look {
        Look::of_number(self.rest)
    }

    /// Whether every terminal draws it over just these cells.
    pub(super) fn is_trusted(self) -> bool {
        self.cluster & DOUBTFUL == 0
    }

    /// Whether a character begins here.
    pub(super) fn is_head(&self) -> bool {
        self.cells() > 0
    }

    /// 0 for the same cell. All cells of a screen go through here, so there is no branch.
    pub(super) fn difference(&self, other: &Self) -> u64 {
        (self.cluster ^ other.cluster) | (self.rest ^ other.rest)
    }

    /// Whether it looks like an erased cell.
    pub(super) fn is_blank(&self) -> bool {
        self.difference(&Self::BLANK) == 0
    }

    /// Whether some terminals draw it over fewer cells than it takes, or over none.
    pub(super) fn leaves_cells(self) -> bool {
        !self.is_trusted() && (self.cells() > 1 || self.chars().next().is_some_and(is_recent))
    }

    /// The characters to write; none for a covered cell.
    pub(super) fn chars(self) -> impl Iterator<Item = char> {
        let mut left = self.cluster & !DOUBTFUL;
        std::iter::from_fn(move || {
            let c = (left & ((1 << CHAR_BITS) - 1)) as u32;
            left >>= CHAR_BITS;
            (c != 0).then(|| char::from_u32(c)).flatten()
        })
    }

    /// Bytes of the characters.
    pub(super) fn len(self) -> usize {
        self.chars().map(char::len_utf8).sum()
    }
}

impl Hash for Slot {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.cluster);
        state.write_u64(self.rest);
    }
}

/// Cells of a trusted character.
fn natural(c: char) -> usize {
    if c < '\u{3000}' { 1 } else { 2 }
}

fn is_recent(c: char) -> bool {
    Class::of(c) == Some(Class::Recent)
}
