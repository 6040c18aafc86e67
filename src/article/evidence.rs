//! What pairs of characters tell without a dictionary.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::text::range::character_at;

use super::chars::is_han;
use super::lines::Lines;

/// Pairs of neighbouring Chinese characters in a headline.
#[derive(Debug)]
pub(super) struct Affinity {
    /// Their keys, sorted.
    pairs: Vec<u64>,
    /// A bit for some bits of each key: most pairs of a text are not the headline's.
    filter: u64,
}

/// Bytes of text that a headline is compared with on either side.
pub(super) const REACH: usize = 6_000;

impl Affinity {
    pub(super) fn of(headline: &str) -> Self {
        let mut pairs: Vec<u64> = pairs(headline).map(key).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let filter = pairs.iter().fold(0, |filter, &key| filter | bit(key));
        Self { pairs, filter }
    }

    /// Share of the headline's pairs that occur in `range`, read in its order up to a limit.
    pub(super) fn share(
        &self,
        lines: &Lines<'_>,
        range: impl Iterator<Item = usize>,
        reach: usize,
    ) -> f32 {
        let mut found = vec![false; self.pairs.len()];
        let mut count = 0;
        let mut read = 0;
        for at in range {
            let text = within(lines.str(at), reach - read);
            for place in pairs(text).filter_map(|pair| self.place(pair)) {
                count += usize::from(!std::mem::replace(&mut found[place], true));
            }
            read += text.len();
            if read >= reach || count == found.len() {
                break;
            }
        }
        count as f32 / found.len().max(1) as f32
    }

    /// How many pairs in `text` are the headline's too.
    pub(super) fn count(&self, text: &str) -> u32 {
        let known = pairs(text).filter(|&pair| self.place(pair).is_some()).count();
        u32::try_from(known).unwrap_or(u32::MAX)
    }

    fn place(&self, pair: (char, char)) -> Option<usize> {
        let key = key(pair);
        if self.filter & bit(key) == 0 { None } else { self.pairs.binary_search(&key).ok() }
    }
}

fn bit(key: u64) -> u64 {
    1 << (key >> 58)
}

/// The beginning of a text, `bytes` long or a little less.
fn within(text: &str, bytes: usize) -> &str {
    text.get(..character_at(text, bytes)).unwrap_or_default()
}

/// Neighbouring Chinese characters.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    let mut before = ' ';
    text.chars().filter_map(move |c| {
        let pair = (std::mem::replace(&mut before, c), c);
        (is_han(pair.0) && is_han(c)).then_some(pair)
    })
}

/// How often pairs of characters occur in a text, for a few pairs that may be asked for. They are
/// counted when the first is: most articles come through without.
#[derive(Debug, Default)]
pub(super) struct PairCounts<'t> {
    text: &'t str,
    /// Keys of the pairs.
    wanted: Vec<u64>,
    counts: OnceCell<HashMap<u64, u32, Hashed>>,
}

impl<'t> PairCounts<'t> {
    /// The pairs of Chinese characters among `wanted`, to be counted in `text`.
    pub(super) fn of(text: &'t str, wanted: impl Iterator<Item = (char, char)>) -> Self {
        let chinese = wanted.filter(|&pair| is_chinese(pair));
        Self { text, wanted: chinese.map(key).collect(), counts: OnceCell::new() }
    }

    /// How often the pair occurs; 0 for one that is not wanted.
    pub(super) fn get(&self, pair: (char, char)) -> u32 {
        if self.wanted.is_empty() || !is_chinese(pair) {
            return 0;
        }
        self.counts.get_or_init(|| self.count()).get(&key(pair)).copied().unwrap_or_default()
    }

    /// Counts in one pass over the text.
    fn count(&self) -> HashMap<u64, u32, Hashed> {
        let mut counts: HashMap<u64, u32, Hashed> =
            self.wanted.iter().map(|&key| (key, 0)).collect();
        // Most pairs of the text are not wanted: a small filter spares the look-up.
        let bits = (counts.len() * 16).next_power_of_two().trailing_zeros().clamp(10, 16);
        let slot = |key: u64| (key >> (64 - bits)) as usize;
        let mut known = vec![false; 1 << bits];
        for &key in counts.keys() {
            known[slot(key)] = true;
        }
        let mut before = ' ';
        for c in self.text.chars() {
            let key = key((before, c));
            if known[slot(key)]
                && let Some(count) = counts.get_mut(&key)
            {
                *count = count.saturating_add(1);
            }
            before = c;
        }
        counts
    }
}

fn is_chinese((a, b): (char, char)) -> bool {
    is_han(a) && is_han(b)
}

/// A pair as a number with well mixed bits; no two pairs have the same.
fn key((a, b): (char, char)) -> u64 {
    let pair = u64::from(u32::from(a)) << 32 | u64::from(u32::from(b));
    let mixed = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 32)
}

/// For maps whose keys are hashes already.
pub(super) type Hashed = BuildHasherDefault<AsIs>;

/// Takes a number for its own hash.
#[derive(Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted() {
        let counts = PairCounts::of(
            "茶馆，茶馆里的茶",
            [('茶', '馆'), ('的', '茶'), ('馆', '，')].into_iter(),
        );
        assert_eq!(counts.get(('茶', '馆')), 2);
        assert_eq!(counts.get(('的', '茶')), 1);
        assert_eq!(counts.get(('馆', '，')), 0);
    }

    #[test]
    fn a_headline_fits_its_text() {
        let lines = Lines::scan("老街的茶馆开门了\n河上的桥修好了");
        let headline = Affinity::of("老街茶馆");
        assert!(headline.share(&lines, 0..1, REACH) > headline.share(&lines, 1..2, REACH));
    }
}
