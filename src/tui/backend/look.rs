//! Colours and modifiers of a cell, packed so that comparing them is cheap.

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};

/// A colour in a number, which is compared in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(u32);

impl Ink {
    /// That of the terminal.
    pub(super) const RESET: Self = Self(0);
    /// What the number holds, in its highest byte.
    const NAMED: u32 = 1 << 24;
    const INDEXED: u32 = 2 << 24;
    const RGB: u32 = 3 << 24;

    pub(super) fn of(colour: Color) -> Self {
        let code = match colour {
            Color::Reset => return Self::RESET,
            Color::Indexed(index) => return Self(Self::INDEXED | u32::from(index)),
            Color::Rgb(r, g, b) => return Self(Self::RGB | u32::from_be_bytes([0, r, g, b])),
            Color::Black => 30,
            Color::Red => 31,
            Color::Green => 32,
            Color::Yellow => 33,
            Color::Blue => 34,
            Color::Magenta => 35,
            Color::Cyan => 36,
            Color::Gray => 37,
            Color::DarkGray => 90,
            Color::LightRed => 91,
            Color::LightGreen => 92,
            Color::LightYellow => 93,
            Color::LightBlue => 94,
            Color::LightMagenta => 95,
            Color::LightCyan => 96,
            Color::White => 97,
        };
        Self(Self::NAMED | code)
    }

    /// Tells the parameters of `SGR` that choose it: for the foreground, or with `ground` 10 for
    /// the background (ECMA-48, 8.3.117, and xterm's extensions of it).
    pub(super) fn parameters(self, ground: u8, mut tell: impl FnMut(u8)) {
        let [kind, r, g, b] = self.0.to_be_bytes();
        match u32::from(kind) << 24 {
            Self::NAMED => tell(b + ground),
            Self::INDEXED => [38 + ground, 5, b].into_iter().for_each(tell),
            Self::RGB => [38 + ground, 2, r, g, b].into_iter().for_each(tell),
            _ => tell(39 + ground),
        }
    }
}

/// The attributes of a cell, in a number that is compared in one step: colours and modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look(u64);

impl Look {
    /// That of an erased cell.
    pub(super) const PLAIN: Self = Self(0);
    /// Bits of a colour: two for its kind, three bytes.
    const INK_BITS: u32 = 26;
    /// Bits of the number: two colours and nine modifiers.
    pub(super) const BITS: u32 = 2 * Self::INK_BITS + 9;

    pub(super) fn new(fg: Ink, bg: Ink, modifier: Modifier) -> Self {
        let colours = u64::from(fg.0) | u64::from(bg.0) << Self::INK_BITS;
        Self::of_number(colours | u64::from(modifier.bits()) << (2 * Self::INK_BITS))
    }

    /// The look of which this is the number, in the low bits.
    pub(super) const fn of_number(number: u64) -> Self {
        Self(number & ((1 << Self::BITS) - 1))
    }

    pub(super) fn of(cell: &Cell) -> Self {
        Self::new(Ink::of(cell.fg), Ink::of(cell.bg), cell.modifier)
    }

    pub(super) fn fg(self) -> Ink {
        self.ink(0)
    }

    pub(super) fn bg(self) -> Ink {
        self.ink(Self::INK_BITS)
    }

    pub(super) fn modifier(self) -> Modifier {
        Modifier::from_bits_truncate((self.0 >> (2 * Self::INK_BITS)) as u16)
    }

    /// The number, below 2 to the power of [`Look::BITS`]: the same look, the same number.
    pub(super) const fn number(self) -> u64 {
        self.0
    }

    fn ink(self, from: u32) -> Ink {
        Ink((self.0 >> from) as u32 & ((1 << Self::INK_BITS) - 1))
    }
}
