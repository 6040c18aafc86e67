//! Lists of growing numbers in few bits.
//!
//! The gaps between numbers are written by the code of Rice (Rice and Plaunt, 1971: a quotient in
//! unary, a remainder in plain bits), which is near the least possible when the numbers are spread
//! evenly, as documents with a common pair of characters are.

/// Writes bits, the first into the lowest place of the first byte.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that do not fill four bytes yet.
    pending: u64,
    count: u32,
}

impl BitWriter {
    /// Writes behind some bytes.
    pub(super) fn behind(bytes: Vec<u8>) -> Self {
        Self { bytes, pending: 0, count: 0 }
    }

    /// The `count` lowest bits of `value`, at most 32.
    #[inline]
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        self.pending |= u64::from(value) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.pending as u32).to_le_bytes());
            self.pending >>= 32;
            self.count -= 32;
        }
    }

    /// `value` ones and a zero.
    pub(super) fn unary(&mut self, value: u32) {
        let mut rest = value;
        while rest >= 24 {
            self.bits((1 << 24) - 1, 24);
            rest -= 24;
        }
        self.bits((1 << rest) - 1, rest + 1);
    }

    /// A number, as a quotient in unary and `low` plain bits.
    #[inline]
    pub(super) fn rice(&mut self, value: u32, low: u32) {
        let (high, rest) = (value >> low, value & ((1 << low) - 1));
        if high < 15 && low < 16 {
            // Most numbers: all of it at once.
            self.bits(((1 << high) - 1) | rest << (high + 1), high + 1 + low);
        } else {
            self.unary(high);
            self.bits(rest, low);
        }
    }

    /// What was written, filled up to whole bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let rest = self.count.div_ceil(8) as usize;
        self.bytes.extend(self.pending.to_le_bytes().iter().take(rest));
        self.bytes
    }
}

/// Reads what [`BitWriter`] wrote. Past the end it reads zeros: whoever reads knows how many numbers
/// there are, and damage must not make it go on for ever.
#[derive(Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    pending: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, pending: 0, count: 0 }
    }

    fn fill(&mut self) {
        if let Some((four, rest)) = self.bytes.split_first_chunk::<4>()
            && self.count <= 32
        {
            self.pending |= u64::from(u32::from_le_bytes(*four)) << self.count;
            self.count += 32;
            self.bytes = rest;
            return;
        }
        while self.count <= 48
            && let Some((byte, rest)) = self.bytes.split_first()
        {
            self.pending |= u64::from(*byte) << self.count;
            self.count += 8;
            self.bytes = rest;
        }
    }

    /// The next `count` bits, at most 32.
    pub(super) fn bits(&mut self, count: u32) -> u32 {
        if self.count < count {
            self.fill();
        }
        let value = self.pending & ((1 << count) - 1);
        self.pending >>= count;
        self.count = self.count.saturating_sub(count);
        value as u32
    }

    /// The ones before the next zero.
    pub(super) fn unary(&mut self) -> u32 {
        let mut ones = 0;
        loop {
            if self.count == 0 {
                self.fill();
            }
            let run = self.pending.trailing_ones().min(self.count);
            self.pending >>= run;
            self.count -= run;
            ones += run;
            if self.count > 0 || self.bytes.is_empty() {
                self.pending >>= 1;
                self.count = self.count.saturating_sub(1);
                return ones;
            }
        }
    }

    /// A number that [`BitWriter::rice`] wrote with as many plain bits.
    pub(super) fn rice(&mut self, low: u32) -> u32 {
        let high = self.unary();
        (high << low) | self.bits(low)
    }
}

/// How many plain bits suit gaps whose mean is `of / count`: after Kiely (2004, "Selecting the Golomb
/// parameter in Rice coding", section III), the mean times ln 2.
pub(super) fn low_bits(count: u32, of: u32) -> u32 {
    let mean = f64::from(of) / f64::from(count.max(1));
    (mean * std::f64::consts::LN_2).log2().floor().clamp(0.0, 16.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec((0_u32..70_000, 0_u32..17), 0..200)) {
            let mut writer = BitWriter::default();
            for &(number, low) in &numbers {
                writer.rice(number, low);
                writer.unary(number % 40);
                writer.bits(number & ((1 << low) - 1), low);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes);
            for &(number, low) in &numbers {
                prop_assert_eq!(reader.rice(low), number);
                prop_assert_eq!(reader.unary(), number % 40);
                prop_assert_eq!(reader.bits(low), number & ((1 << low) - 1));
            }
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..40), low in 0_u32..17) {
            let mut reader = BitReader::new(&bytes);
            for _ in 0..400 {
                reader.rice(low);
            }
        }
    }
}
