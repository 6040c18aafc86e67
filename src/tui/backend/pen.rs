//! Where the terminal writes next and how it will look there, and the bytes that change it.

use ratatui::style::Modifier;

use super::{look::Look, slot::Slot};

/// Every attribute and the parameter of `SGR` that switches it on (ECMA-48, 8.3.117).
const ATTRIBUTES: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// What is known of the terminal between two bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    look: Look,
    row: Option<usize>,
    column: Option<usize>,
}

impl Pen {
    /// A pen with plain attributes at a place that is not known.
    pub(super) fn new() -> Self {
        Self { look: Look::PLAIN, row: None, column: None }
    }

    /// Goes to a cell, by an absolute move or none.
    pub(super) fn go(&mut self, out: &mut Vec<u8>, x: usize, y: usize) {
        if self.row != Some(y) {
            move_to(out, x as u16, y as u16);
        } else if self.column != Some(x) {
            // Absolute, so that it does not matter where the terminal thinks it is.
            out.extend_from_slice(b"\x1b[");
            number(out, x + 1);
            out.push(b'G');
        }
        (self.row, self.column) = (Some(y), Some(x));
    }

    /// The column in this row, if it is known.
    pub(super) fn column(&self, y: usize) -> Option<usize> {
        self.column.filter(|_| self.row == Some(y))
    }

    /// Nothing is known of the place any more.
    pub(super) fn lose_place(&mut self) {
        (self.row, self.column) = (None, None);
    }

    pub(super) fn look(&self) -> Look {
        self.look
    }

    /// Writes a cell at a place, which is gone to first. Behind a character of doubtful width, and
    /// behind the last column, the column is not known.
    pub(super) fn write(&mut self, out: &mut Vec<u8>, (x, y): (usize, usize), slot: Slot) {
        self.go(out, x, y);
        self.wear(out, slot.look());
        for c in slot.chars() {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.column = slot.is_trusted().then_some(x + slot.cells());
    }

    /// Writes spaces in a look where the pen is.
    pub(super) fn write_spaces(&mut self, out: &mut Vec<u8>, count: usize, look: Look) {
        self.wear(out, look);
        out.extend(std::iter::repeat_n(b' ', count));
        self.column = self.column.map(|column| column + count);
    }

    /// Erases the row from a place to its end. Erased cells are plain on every terminal only while
    /// the attributes are.
    pub(super) fn erase(&mut self, out: &mut Vec<u8>, x: usize, y: usize) {
        self.go(out, x, y);
        self.plain(out);
        out.extend_from_slice(b"\x1b[K");
    }

    /// Changes to plain attributes.
    pub(super) fn plain(&mut self, out: &mut Vec<u8>) {
        self.wear(out, Look::PLAIN);
    }

    /// Changes the attributes, by one sequence or none.
    fn wear(&mut self, out: &mut Vec<u8>, look: Look) {
        if look == self.look {
            return;
        }
        let mut sgr = Sgr { out, is_open: false };
        // Switching off by "all off" needs no knowledge of which attributes share an "off".
        if look == Look::PLAIN || !look.modifier().contains(self.look.modifier()) {
            sgr.parameter(0);
            self.look = Look::PLAIN;
        }
        let (wanted, worn) = (look.modifier(), self.look.modifier());
        for (modifier, code) in ATTRIBUTES {
            if wanted.contains(modifier) && !worn.contains(modifier) {
                sgr.parameter(code);
            }
        }
        if look.fg() != self.look.fg() {
            look.fg().parameters(0, |parameter| sgr.parameter(parameter));
        }
        if look.bg() != self.look.bg() {
            look.bg().parameters(10, |parameter| sgr.parameter(parameter));
        }
        sgr.close();
        self.look = look;
    }
}

/// A sequence of attributes while it is written.
struct Sgr<'a> {
    out: &'a mut Vec<u8>,
    is_open: bool,
}

impl Sgr<'_> {
    fn parameter(&mut self, value: u8) {
        self.out.extend_from_slice(if self.is_open { b";" } else { b"\x1b[" });
        self.is_open = true;
        number(self.out, usize::from(value));
    }

    fn close(self) {
        if self.is_open {
            self.out.push(b'm');
        }
    }
}

/// Moves to a cell.
pub(super) fn move_to(out: &mut Vec<u8>, x: u16, y: u16) {
    out.extend_from_slice(b"\x1b[");
    number(out, usize::from(y) + 1);
    out.push(b';');
    number(out, usize::from(x) + 1);
    out.push(b'H');
}

/// Bytes of the move to a column of the same row.
pub(super) fn column_move_len(x: usize) -> usize {
    3 + (x + 1).checked_ilog10().unwrap_or(0) as usize + 1
}

/// Writes a decimal number. A frame has thousands: the machinery of formatting would show.
pub(super) fn number(out: &mut Vec<u8>, value: usize) {
    if value >= 10 {
        number(out, value / 10);
    }
    out.push(b'0' + (value % 10) as u8);
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;
    use crate::tui::backend::look::Ink;

    fn look(fg: Color, bg: Color, modifier: Modifier) -> Look {
        Look::new(Ink::of(fg), Ink::of(bg), modifier)
    }

    #[test]
    fn attributes_change_by_as_little_as_is_needed() {
        let none = Modifier::empty();
        let green = look(Color::Green, Color::Reset, none);
        let bold_green = look(Color::Green, Color::Reset, Modifier::BOLD);
        for (from, to, expected) in [
            (Look::PLAIN, Look::PLAIN, ""),
            (Look::PLAIN, green, "\x1b[32m"),
            (green, bold_green, "\x1b[1m"),
            (bold_green, green, "\x1b[0;32m"),
            (green, Look::PLAIN, "\x1b[0m"),
            (green, look(Color::Reset, Color::Gray, none), "\x1b[39;47m"),
            (Look::PLAIN, look(Color::White, Color::DarkGray, none), "\x1b[97;100m"),
            (Look::PLAIN, look(Color::Indexed(208), Color::Rgb(1, 20, 255), none), {
                "\x1b[38;5;208;48;2;1;20;255m"
            }),
            (Look::PLAIN, look(Color::Reset, Color::Reset, Modifier::all()), {
                "\x1b[1;2;3;4;5;6;7;8;9m"
            }),
        ] {
            let mut pen = Pen { look: from, ..Pen::new() };
            let mut out = Vec::new();
            pen.wear(&mut out, to);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{from:?} to {to:?}");
            assert_eq!(pen.look, to);
        }
    }

    #[test]
    fn moves_are_absolute_and_never_in_vain() {
        let mut pen = Pen::new();
        let mut out = Vec::new();
        for (x, y) in [(0, 0), (0, 0), (99, 0), (9, 0), (9, 41)] {
            pen.go(&mut out, x, y);
        }
        assert_eq!(String::from_utf8(out).unwrap(), "\x1b[1;1H\x1b[100G\x1b[10G\x1b[42;10H");
        for x in [0, 8, 9, 98, 99] {
            let mut out = Vec::new();
            number(&mut out, x + 1);
            assert_eq!(column_move_len(x), 3 + out.len());
        }
    }
}
