//! The bytes of the list of members of a 7z archive, number by number.

/// Members, folders or streams of an archive.
pub(super) const MOST: u64 = 1 << 20;

/// Why a list cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    Damaged,
    TooMany,
}

/// What a list holds, or why it cannot be read.
pub(super) type Result<T> = std::result::Result<T, Mistake>;

/// The bytes that are left.
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().ok_or(Mistake::Damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(super) fn take(&mut self, length: u64) -> Result<&'a [u8]> {
        let length = usize::try_from(length).map_err(|_| Mistake::Damaged)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Mistake::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A checksum.
    pub(super) fn sum(&mut self) -> Result<u32> {
        let bytes = self.take(4)?.try_into().map_err(|_| Mistake::Damaged)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// A number: as many ones as the first byte begins with tell how many bytes follow, low ones
    /// first; the other bits of the first byte are the highest of the number.
    pub(super) fn number(&mut self) -> Result<u64> {
        let first = self.byte()?;
        let more = first.leading_ones();
        let mut value = 0;
        for at in 0..more {
            value |= u64::from(self.byte()?) << (8 * at);
        }
        if more < 7 {
            let high = u64::from(first) & ((1 << (7 - more)) - 1);
            value |= high << (8 * more);
        }
        Ok(value)
    }

    /// A number of things, each of which takes memory.
    pub(super) fn count(&mut self) -> Result<usize> {
        let count = self.number()?;
        if count > MOST { Err(Mistake::TooMany) } else { Ok(count as usize) }
    }

    pub(super) fn bits(&mut self, count: usize) -> Result<Vec<bool>> {
        let bytes = self.take(count.div_ceil(8) as u64)?;
        let bits = bytes.iter().flat_map(|byte| (0..8).map(move |at| byte & (0x80 >> at) != 0));
        Ok(bits.take(count).collect())
    }

    /// Names in UTF-16 with a zero behind each, in UTF-8.
    pub(super) fn names(&mut self) -> Vec<Vec<u8>> {
        let (pairs, _) = self.0.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
        let names = units.split(|unit| *unit == 0);
        names.map(|name| String::from_utf16_lossy(name).into_bytes()).collect()
    }
}
