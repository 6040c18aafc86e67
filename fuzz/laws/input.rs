//! Numbers and texts out of bytes: numbers from the front, texts from what is left.

use std::borrow::Cow;

/// Ends a text where another one follows. No text holds it, as no UTF-8 does.
const END: u8 = 0xFF;

/// Bytes that are taken apart from the front. Where they end, all numbers are 0 and all texts empty.
pub(super) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Whether the next byte is odd.
    pub(super) fn odd(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    /// A number below `limit`, of one byte.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }

    /// A number below `limit`, of two bytes.
    pub(super) fn far_below(&mut self, limit: usize) -> usize {
        usize::from(u16::from_le_bytes([self.byte(), self.byte()])) % limit
    }

    /// One of these.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// The bytes up to the end of a text.
    pub(super) fn bytes(&mut self) -> &'a [u8] {
        let end = self.0.iter().position(|byte| *byte == END).unwrap_or(self.0.len());
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        text
    }

    /// The next text. Bytes that are none become U+FFFD.
    pub(super) fn text(&mut self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes())
    }

    /// All that is left.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }

    /// The same as a text.
    pub(super) fn rest_as_text(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }
}
