//! Maps from words, for the lookups that every word of every text takes.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

/// Bytes of a word that fit into a number, beside their count.
const SHORT: usize = 15;

/// What is known of words.
///
/// Words of up to five Chinese characters are kept as numbers beside their values, so that looking
/// one up takes a single place of the memory. The words of a text are no attack surface, so a fast
/// hash will do.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    short: HashMap<Number, V, BuildHasherDefault<FxHasher>>,
    long: HashMap<Box<str>, V, BuildHasherDefault<FxHasher>>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl<V> WordMap<V> {
    /// An empty map with room for so many words.
    pub fn with_capacity(words: usize) -> Self {
        let hasher = BuildHasherDefault::default();
        Self { short: HashMap::with_capacity_and_hasher(words, hasher), long: HashMap::default() }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is known of a word.
    pub fn get(&self, word: &str, key: Key) -> Option<&V> {
        match key.0 {
            Some(number) => self.short.get(&number),
            None => self.long.get(word),
        }
    }

    /// Sets what is known of a word.
    pub fn insert(&mut self, word: &str, value: V) {
        match Key::of(word).0 {
            Some(number) => self.short.insert(number, value),
            None => self.long.insert(word.into(), value),
        };
    }

    /// What is known of a word; if nothing is, that is what `value` makes.
    pub fn get_or_insert_with(
        &mut self,
        word: &str,
        key: Key,
        value: impl FnOnce() -> V,
    ) -> &mut V {
        match key.0 {
            Some(number) => self.short.entry(number).or_insert_with(value),
            None => self.long.entry(word.into()).or_insert_with(value),
        }
    }
}

/// What a word is looked up by, for several look-ups of one word. Looked up in a row by keys that
/// are there already, words need not wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(Option<Number>);

impl Key {
    /// The key of a word.
    pub fn of(word: &str) -> Self {
        Self(number(word))
    }
}

/// The two halves of a number of sixteen bytes, which need no more than the place of two words.
type Number = (u64, u64);

/// The bytes of a short word and their count as one number, another one for every word.
fn number(word: &str) -> Option<Number> {
    let bytes = word.as_bytes();
    // The usual lengths, one to three Chinese characters, in steps that depend on nothing: a loop
    // over the bytes ends at another place for every word, which a processor cannot foresee.
    let (first, rest) = if let Ok(one) = <&[u8; 3]>::try_from(bytes) {
        (short(one), 0)
    } else if let Ok(two) = <&[u8; 6]>::try_from(bytes) {
        (short(two), 0)
    } else if let Some((first, &[last])) = bytes.split_first_chunk::<8>() {
        (u64::from_be_bytes(*first), u64::from(last))
    } else if bytes.len() > SHORT {
        return None;
    } else {
        let (first, rest) = bytes.split_at_checked(8).unwrap_or((bytes, &[]));
        (packed(first), packed(rest))
    };
    // The rest is of seven bytes at most, so that the count has one for itself.
    Some((first, rest | (bytes.len() as u64) << 56))
}

/// The same as [`packed`], of a length that the compiler knows.
fn short<const N: usize>(bytes: &[u8; N]) -> u64 {
    packed(bytes)
}

fn packed(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_and_long_words() {
        let mut map = WordMap::default();
        for (at, word) in
            ["", "桥", "桥梁", "中华人民共", "中华人民共和国", "\0"].iter().enumerate()
        {
            assert_eq!(*map.get_or_insert_with(word, Key::of(word), || at), at);
            assert_eq!(map.get(word, Key::of(word)), Some(&at));
        }
        map.insert("桥", 9);
        let get = |word| map.get(word, Key::of(word));
        assert_eq!((get("桥"), get("梁"), map.len()), (Some(&9), None, 6));
    }

    proptest! {
        #[test]
        fn is_a_map(words in prop::collection::vec("[一-三a\0]{0,7}", 0..30)) {
            let mut map = WordMap::default();
            let mut plain = HashMap::new();
            for (at, word) in words.iter().enumerate() {
                map.insert(word, at);
                plain.insert(word.clone(), at);
            }
            prop_assert_eq!(map.len(), plain.len());
            prop_assert!(plain.iter().all(|(word, at)| map.get(word, Key::of(word)) == Some(at)));
        }
    }
}
