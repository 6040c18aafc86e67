//! A terminal of our own that gives characters the widths of another one. It knows the sequences
//! that a drawing program may send; every other one fails the test.

use ratatui::layout::Size;

use super::table::Table;

/// What a terminal without automatic wrapping does with a wide character in its last column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Margin {
    /// Leaves it out.
    Drops,
    /// Moves it back by a cell.
    StepsBack,
}

/// Attributes: the parameters of colours, and a bit for each of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) fg: u32,
    pub(crate) bg: u32,
    pub(crate) bits: u16,
}

/// A cell: the character that begins here and up to two that joined it; none for the second half
/// of a wide one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) chars: [char; 3],
    pub(crate) look: Look,
    pub(crate) cells: u8,
}

const NONE: char = '\0';

impl Cell {
    fn of(c: char, look: Look, cells: u8) -> Self {
        Self { chars: [c, NONE, NONE], look, cells }
    }
}

/// The terminal.
pub(crate) struct Vt<'a> {
    table: &'a Table,
    margin: Margin,
    size: Size,
    grid: Vec<Cell>,
    x: usize,
    y: usize,
    look: Look,
    region: (usize, usize),
    wraps: bool,
    is_pending: bool,
    is_updating: bool,
}

impl<'a> Vt<'a> {
    /// A screen on which `junk` stands everywhere.
    pub(crate) fn new(table: &'a Table, margin: Margin, size: Size, junk: char) -> Self {
        let (width, height) = (usize::from(size.width), usize::from(size.height));
        let look = Look::default();
        let grid = vec![Cell::of(junk, look, 1); width * height];
        let region = (0, height);
        let (wraps, is_pending, is_updating) = (true, false, false);
        Self { table, margin, size, grid, x: 0, y: 0, look, region, wraps, is_pending, is_updating }
    }

    /// The rows of the screen.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.grid.chunks(self.width())
    }

    /// Takes a frame in; panics at what it does not know.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let end = sequence.find(|c: char| ('@'..='~').contains(&c)).expect("an end");
                let (parameters, after) = sequence.split_at(end);
                let last = after.chars().next().expect("an end");
                self.control(parameters, last);
                rest = &after[1..];
            } else {
                assert!(!c.is_control(), "{c:?}");
                self.print(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        assert!(!self.is_updating, "the update does not end");
        assert_eq!(self.look, Look::default(), "attributes are left behind");
    }

    fn width(&self) -> usize {
        usize::from(self.size.width)
    }

    fn height(&self) -> usize {
        usize::from(self.size.height)
    }

    fn control(&mut self, parameters: &str, last: char) {
        if let Some(mode) = parameters.strip_prefix('?') {
            return self.mode(mode, last == 'h');
        }
        let numbers: Vec<usize> = parameters.split(';').map(|p| p.parse().unwrap_or(0)).collect();
        let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
        let count = number(0).max(1);
        let (right, bottom) = (self.width() - 1, self.height() - 1);
        match last {
            'm' => return self.attributes(&numbers),
            'H' => {
                self.y = (count - 1).min(bottom);
                self.x = number(1).max(1).min(right + 1) - 1;
            }
            'G' => self.x = (count - 1).min(right),
            'A' => self.y = self.y.saturating_sub(count),
            'B' => self.y = (self.y + count).min(bottom),
            'C' => self.x = (self.x + count).min(right),
            'D' => self.x = self.x.saturating_sub(count),
            'J' => {
                assert_eq!(number(0), 2);
                self.blank(0, self.grid.len());
            }
            'K' => {
                assert_eq!(number(0), 0);
                self.blank(self.at(self.x), self.at(0) + self.width());
            }
            'X' => self.blank(self.at(self.x), self.at((self.x + count).min(right + 1))),
            'r' => {
                let end = if number(1) == 0 { bottom + 1 } else { number(1) };
                assert!(count < end && end <= bottom + 1, "region {parameters}");
                self.region = (count - 1, end);
                (self.x, self.y) = (0, 0);
            }
            'S' | 'T' => self.scroll(count, last == 'S'),
            _ => panic!("unknown: {parameters}{last}"),
        }
        self.is_pending = false;
    }

    fn mode(&mut self, mode: &str, on: bool) {
        match mode {
            "7" => self.wraps = on,
            "25" => {}
            "2026" => {
                assert_ne!(self.is_updating, on);
                self.is_updating = on;
            }
            _ => panic!("mode {mode}"),
        }
    }

    fn attributes(&mut self, numbers: &[usize]) {
        let mut numbers = numbers.iter().copied();
        while let Some(number) = numbers.next() {
            match number {
                0 => self.look = Look::default(),
                1..=9 => self.look.bits |= 1 << number,
                22 => self.look.bits &= !0b110,
                23..=29 => self.look.bits &= !(1 << (number - 20)),
                30..=37 | 90..=97 => self.look.fg = sixteen(number),
                40..=47 | 100..=107 => self.look.bg = sixteen(number - 10),
                39 => self.look.fg = 0,
                49 => self.look.bg = 0,
                38 | 48 => {
                    let count = if numbers.next() == Some(5) { 1 } else { 3 };
                    let colour = numbers.by_ref().take(count);
                    let colour = colour.fold(count as u32, |all, part| all << 8 | part as u32);
                    *(if number == 38 { &mut self.look.fg } else { &mut self.look.bg }) = colour;
                }
                59 => {}
                _ => panic!("attribute {number}"),
            }
        }
    }

    fn scroll(&mut self, count: usize, up: bool) {
        let (top, bottom) = self.region;
        let width = self.width();
        let count = count.min(bottom - top) * width;
        let (from, to) = (top * width, bottom * width);
        let rows = &mut self.grid[from..to];
        if up {
            rows.rotate_left(count);
            self.blank(to - count, to);
        } else {
            rows.rotate_right(count);
            self.blank(from, from + count);
        }
    }

    fn at(&self, x: usize) -> usize {
        self.y * self.width() + x
    }

    /// Empties cells in the colour of the background, as most terminals do.
    fn blank(&mut self, from: usize, to: usize) {
        for at in from..to {
            self.split(at);
        }
        let look = Look { bg: self.look.bg, ..Look::default() };
        self.grid[from..to].fill(Cell::of(' ', look, 1));
    }

    /// Empties the wide character that a cell belongs to.
    fn split(&mut self, at: usize) {
        let head = match self.grid[at].cells {
            0 => at.saturating_sub(1),
            2 => at,
            _ => return,
        };
        for half in &mut self.grid[head..head + 2] {
            *half = Cell::of(' ', half.look, 1);
        }
    }

    fn print(&mut self, c: char) {
        let cells = if c < '\u{7F}' { 1 } else { self.table.cells(c) };
        if cells == 0 {
            return self.join(c);
        }
        let width = self.width();
        if self.is_pending || self.x + cells > width {
            if self.wraps {
                self.is_pending = false;
                (self.x, self.y) = (0, (self.y + 1).min(self.height() - 1));
            } else if cells == 1 {
                self.x = width - 1;
            } else if self.margin == Margin::StepsBack {
                self.x = width - 2;
            } else {
                return;
            }
        }
        let at = self.at(self.x);
        (at..at + cells).for_each(|at| self.split(at));
        self.grid[at] = Cell::of(c, self.look, cells as u8);
        if cells == 2 {
            self.grid[at + 1] = Cell::of(NONE, self.look, 0);
        }
        self.x += cells;
        self.is_pending = self.x >= width;
        self.x = self.x.min(width - 1);
    }

    /// Draws a character onto the one before the cursor.
    fn join(&mut self, c: char) {
        let before = if self.is_pending { Some(self.x) } else { self.x.checked_sub(1) };
        let Some(mut at) = before.map(|x| self.at(x)) else { return };
        if self.grid[at].cells == 0 {
            at -= 1;
        }
        if let Some(free) = self.grid[at].chars.iter_mut().find(|c| **c == NONE) {
            *free = c;
        }
    }
}

/// The sixteen colours as the first of the 256, which is what both forms mean.
fn sixteen(number: usize) -> u32 {
    let index = if number < 90 { number - 30 } else { number - 90 + 8 };
    1 << 8 | index as u32
}

#[test]
fn the_terminal_does_what_terminals_do() {
    let (narrow, wide) = (Table::of("xterm"), Table::of("xtermcjk"));
    let size = Size { width: 6, height: 2 };
    for (table, margin, bytes, expected) in [
        (&narrow, Margin::Drops, "京“津", "京“津.|......"),
        (&wide, Margin::Drops, "京“津", "京“津|......"),
        (&narrow, Margin::Drops, "京\x1b[2Ga", " a....|......"),
        (&narrow, Margin::Drops, "京\x1b[1Ga", "a ....|......"),
        (&narrow, Margin::Drops, "abcdefg", "abcdef|g....."),
        (&narrow, Margin::Drops, "abcde京", "abcde.|京...."),
        (&narrow, Margin::Drops, "\x1b[?7labcdefg", "abcdeg|......"),
        (&wide, Margin::Drops, "\x1b[?7labcde“", "abcde.|......"),
        (&wide, Margin::StepsBack, "\x1b[?7labcde“", "abcd“|......"),
        (&narrow, Margin::Drops, "e\u{301}x\x1b[K", "e\u{301}x    |......"),
        (&narrow, Margin::Drops, "abc\x1b[1S", "......|      "),
        (&narrow, Margin::Drops, "abc\x1b[1;2r\x1b[1T\x1b[r", "      |abc..."),
        (&narrow, Margin::Drops, "\x1b[2;2Hx\x1b[3D\x1b[1Cy\x1b[2X", "......|.y  .."),
    ] {
        let mut vt = Vt::new(table, margin, size, '.');
        vt.feed(bytes.as_bytes());
        let text = |row: &[Cell]| -> String {
            row.iter().flat_map(|cell| cell.chars).filter(|c| *c != NONE).collect()
        };
        let rows: Vec<String> = vt.rows().map(text).collect();
        assert_eq!(rows.join("|"), expected, "{bytes:?}");
    }
}
