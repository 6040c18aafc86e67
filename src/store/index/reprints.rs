//! Which texts of an archive are reprints of each other.

use std::collections::HashMap;

use super::{
    likeness::{HASHES, are_reprints, keys},
    reader::Index,
    schema::IndexError,
};

/// Texts that a text is compared with for each of its keys, at most: an archive in which more
/// different texts have one key in common is no archive of texts.
const COMPARED: usize = 64;

/// The texts of an archive, reprints put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reprints {
    /// For each text that has reprints the first of them.
    firsts: HashMap<i64, i64>,
    /// How many there are of each first one.
    counts: HashMap<i64, u32>,
}

impl Reprints {
    /// The first of the texts that are reprints of this one; itself if there are none.
    pub fn first(&self, text: i64) -> i64 {
        self.firsts.get(&text).copied().unwrap_or(text)
    }

    /// How many texts are the same as this one, itself included.
    pub fn count(&self, text: i64) -> u32 {
        self.counts.get(&self.first(text)).copied().unwrap_or(1)
    }

    /// Puts texts together, given in order with the numbers that tell reprints. Linear but for the
    /// bounded number of comparisons.
    fn of(texts: impl Iterator<Item = (i64, u64)>) -> Self {
        let mut filed = Filed::default();
        let mut reprints = Self::default();
        for (text, likeness) in texts.filter(|(_, likeness)| *likeness != 0) {
            if let Some(first) = filed.alike(likeness) {
                reprints.firsts.insert(text, first);
                *reprints.counts.entry(first).or_insert(1) += 1;
            } else {
                filed.add(text, likeness);
            }
        }
        reprints
    }
}

/// Texts of which none is a reprint of another, filed under each of their keys: linked lists in vectors,
/// for a million texts have four million keys.
#[derive(Default)]
struct Filed {
    texts: Vec<(i64, u64)>,
    /// For each of the keys of a text the text that was filed under it before, from 1.
    before: Vec<[u32; HASHES]>,
    /// For each key the text that was filed under it last, from 1, and how many there are.
    last: HashMap<u32, (u32, u32)>,
}

impl Filed {
    /// The first text of which one with these numbers is a reprint.
    fn alike(&self, likeness: u64) -> Option<i64> {
        let of_key = |(at, key): (usize, u32)| {
            let before = move |text: u32| self.before.get(text.checked_sub(1)? as usize)?.get(at);
            let last = self.last.get(&key).map(|(last, _)| *last);
            std::iter::successors(last, move |text| before(*text).copied().filter(|it| *it > 0))
        };
        let texts = keys(likeness).enumerate().flat_map(of_key);
        let texts = texts.filter_map(|text| self.texts.get(text as usize - 1));
        texts.filter(|(_, other)| are_reprints(*other, likeness)).map(|(text, _)| *text).min()
    }

    fn add(&mut self, text: i64, likeness: u64) {
        self.texts.push((text, likeness));
        let number = self.texts.len() as u32;
        let mut before = [0; HASHES];
        for (before, key) in before.iter_mut().zip(keys(likeness)) {
            let (last, count) = self.last.entry(key).or_default();
            *before = *last;
            if (*count as usize) < COMPARED {
                (*last, *count) = (number, *count + 1);
            }
        }
        self.before.push(before);
    }
}

impl Index {
    /// Puts the texts together that are reprints of each other.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn reprints(&self) -> Result<Reprints, IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT text, likeness FROM analyses ORDER BY text")?;
        let texts = statement
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
        let mut failed = None;
        let texts = texts.map_while(|text| text.map_err(|error| failed = Some(error)).ok());
        let reprints = Reprints::of(texts);
        failed.map_or(Ok(reprints), |error| Err(error.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reprints_go_to_the_first() {
        let texts = [
            (1, 0x0001_0002_0003_0004),
            (2, 0x0009_0009_0009_0009),
            (3, 0x0001_0002_0003_0005),
            (7, 0x0008_0002_0003_0004),
            (8, 0),
        ];
        let reprints = Reprints::of(texts.into_iter());
        let firsts: Vec<i64> = [1, 2, 3, 7, 8].iter().map(|text| reprints.first(*text)).collect();
        assert_eq!(firsts, [1, 2, 1, 1, 8]);
        assert_eq!([1, 2, 7, 8].map(|text| reprints.count(text)), [3, 1, 3, 1]);
    }

    #[test]
    fn many_texts_with_one_key_take_no_long_time() {
        let texts = (0..50_000_u64).map(|n| (n.cast_signed(), n << 16 | 7));
        assert!(Reprints::of(texts).counts.len() < 50_000);
    }
}
