//! Maps from words and numbers for them, for the look-ups that every word of every text takes.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

/// Bytes of a word that fit into a key, beside their count.
const SHORT: usize = 15;

/// Where nothing lies.
pub const NOWHERE: u32 = u32::MAX;

type Map<K, V> = HashMap<K, V, BuildHasherDefault<FxHasher>>;

/// What is known of words.
///
/// Words of up to five Chinese characters are looked up by keys in a small table. The values of all
/// words lie in a row, those of frequent words near its beginning as they are met first: so the
/// fast part of the memory has them.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    table: Table<V>,
    long: Map<Box<str>, u32>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { table: Table::with_capacity(0), long: HashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.table.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.table.entries.is_empty()
    }

    /// Where what is known of these words lies, [`NOWHERE`] if nothing is; they come with their keys.
    pub fn find_all(&self, words: &[&str], keys: &[Key]) -> Vec<u32> {
        // Every word is far from the others in the memory. Looked up in steps that do not depend
        // on each other they are fetched together, and none is waited for.
        let mut found: Vec<u32> = keys.iter().map(|key| self.table.first(*key)).collect();
        for ((found, key), word) in found.iter_mut().zip(keys).zip(words) {
            let number = if key.is_short() {
                self.table.by_first(*key, *found)
            } else {
                self.long.get(*word).copied()
            };
            *found = number.unwrap_or(NOWHERE);
        }
        found
    }

    /// What is known of a word, by where it lies.
    pub fn get(&self, at: u32) -> Option<&V> {
        self.table.entries.get(at as usize).map(|(_, value)| value)
    }

    /// Sets what is known of a word.
    pub fn insert(&mut self, word: &str, value: V) {
        let key = Key::of(word);
        let known =
            if key.is_short() { self.table.find(key).ok() } else { self.long.get(word).copied() };
        if let Some(at) = known
            && let Some((_, known)) = self.table.entries.get_mut(at as usize)
        {
            *known = value;
            return;
        }
        let number = self.table.add(key, value);
        if !key.is_short() {
            self.long.insert(word.into(), number);
        }
    }
}

/// The distinct words of a text, numbered in the order in which they come.
#[derive(Debug)]
pub struct Numbering<'a> {
    table: Table<()>,
    words: Vec<&'a str>,
    long: Map<&'a str, u32>,
}

impl<'a> Numbering<'a> {
    /// No words yet, and room for so many.
    pub fn with_capacity(words: usize) -> Self {
        Self {
            table: Table::with_capacity(words),
            words: Vec::with_capacity(words),
            long: HashMap::default(),
        }
    }

    /// The number of a word, which comes with its key; a new word gets the next one.
    pub fn number(&mut self, word: &'a str, key: Key) -> u32 {
        let slot = if key.is_short() {
            match self.table.find(key) {
                Ok(number) => return number,
                Err(slot) => slot,
            }
        } else {
            if let Some(number) = self.long.get(word) {
                return *number;
            }
            self.long.insert(word, self.words.len() as u32);
            0
        };
        self.words.push(word);
        self.table.add_at(key, (), slot)
    }

    /// The words by number, and their keys.
    pub fn into_words(self) -> (Vec<&'a str>, Vec<Key>) {
        (self.words, self.table.entries.into_iter().map(|(key, ())| key).collect())
    }
}

/// Keys, numbered in the order in which they come, and a table of the numbers of the short ones: so
/// small that it stays in the fast part of the memory beside the dictionary.
#[derive(Clone, Debug)]
struct Table<V> {
    /// The number of a key plus one where its hash leads, or behind that; 0 where there is none.
    /// Their count is a power of two.
    slots: Vec<u32>,
    /// The keys, with what belongs to them.
    entries: Vec<(Key, V)>,
}

impl<V> Table<V> {
    fn with_capacity(keys: usize) -> Self {
        let slots = (SPARSE * keys).next_power_of_two().max(64);
        Self { slots: vec![0; slots], entries: Vec::with_capacity(keys) }
    }

    /// The number of a short key, or the slot for it.
    #[inline]
    fn find(&self, key: Key) -> Result<u32, usize> {
        let mut at = self.home(key);
        loop {
            match self.slots[at].checked_sub(1) {
                None => return Err(at),
                Some(number) if self.entries[number as usize].0 == key => return Ok(number),
                Some(_) => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// What lies in the first slot of a key: all that [`Table::by_first`] mostly needs.
    fn first(&self, key: Key) -> u32 {
        self.slots[self.home(key)]
    }

    /// The number of a short key, by what lies in its first slot.
    fn by_first(&self, key: Key, first: u32) -> Option<u32> {
        let number = first.checked_sub(1)?;
        if self.entries[number as usize].0 == key { Some(number) } else { self.find(key).ok() }
    }

    /// Adds a key that is not there.
    fn add(&mut self, key: Key, value: V) -> u32 {
        let slot = if key.is_short() { self.find(key).err() } else { None };
        self.add_at(key, value, slot.unwrap_or_default())
    }

    /// Adds a key that is not there, a short one in the slot for it.
    fn add_at(&mut self, key: Key, value: V, slot: usize) -> u32 {
        let number = self.entries.len() as u32;
        self.entries.push((key, value));
        if key.is_short() {
            self.slots[slot] = number + 1;
        }
        // Most slots stay free, so that most keys lie in the first one that they are looked for in.
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 4];
        for number in 0..self.entries.len() {
            let key = self.entries[number].0;
            if key.is_short()
                && let Err(slot) = self.find(key)
            {
                self.slots[slot] = number as u32 + 1;
            }
        }
    }

    /// The first slot of a key.
    fn home(&self, key: Key) -> usize {
        // The highest bits of the product depend on all bits of the key.
        (key.hash() >> (64 - self.slots.len().trailing_zeros())) as usize
    }
}

/// Slots for each key that room is made for.
const SPARSE: usize = 2;

/// What a word is looked up by: of a short word its bytes and their count, another key for every
/// word; long words have all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u64, u64);

/// The count of bytes that stands for all long words.
const MANY: u64 = 0xFF;

impl Key {
    /// The key of a word.
    pub fn of(word: &str) -> Self {
        let mut bytes = [0; SHORT + 1];
        match bytes.get_mut(..word.len()) {
            Some(start) if word.len() <= SHORT => start.copy_from_slice(word.as_bytes()),
            _ => {}
        }
        Self::of_first(bytes, word.len())
    }

    /// The key of a word of so many bytes that stands in the text from byte `start` on.
    #[inline]
    pub fn at(text: &str, start: usize, bytes: usize) -> Self {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        // The same steps for every word: where the bytes of a word end is another place each time,
        // which a processor cannot foresee.
        match rest.first_chunk() {
            Some(first) => Self::of_first(*first, bytes),
            None => Self::of(rest.get(..bytes).and_then(|w| str::from_utf8(w).ok()).unwrap_or("")),
        }
    }

    /// The key of the first so many bytes of these.
    fn of_first(first: [u8; SHORT + 1], bytes: usize) -> Self {
        if bytes > SHORT {
            return Self(0, MANY << 56);
        }
        let word = u128::from_le_bytes(first) & !(u128::MAX << (8 * bytes));
        // The second half is of seven bytes at most, so that the count has one for itself.
        Self(word as u64, (word >> 64) as u64 | (bytes as u64) << 56)
    }

    /// Whether no other word has this key.
    fn is_short(self) -> bool {
        self.1 >> 56 != MANY
    }

    fn hash(self) -> u64 {
        (self.0 ^ self.1.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn get<V: Clone>(map: &WordMap<V>, word: &str) -> Option<V> {
        map.get(map.find_all(&[word], &[Key::of(word)])[0]).cloned()
    }

    #[test]
    fn short_and_long_words() {
        let mut map = WordMap::default();
        for (at, word) in
            ["", "桥", "桥梁", "中华人民共", "中华人民共和国", "\0"].iter().enumerate()
        {
            map.insert(word, at);
            assert_eq!(get(&map, word), Some(at));
        }
        map.insert("桥", 9);
        assert_eq!((get(&map, "桥"), get(&map, "梁"), map.len()), (Some(9), None, 6));
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_a_plain_map(words in prop::collection::vec("[一-三a\0]{0,7}", 0..99)) {
            let mut numbering = Numbering::with_capacity(0);
            let mut plain = HashMap::new();
            for word in &words {
                let next = plain.len() as u32;
                let number = numbering.number(word, Key::of(word));
                prop_assert_eq!(number, *plain.entry(word.as_str()).or_insert(next));
            }
            let (words, keys) = numbering.into_words();
            prop_assert!((0..).zip(&words).all(|(at, word)| plain.get(word) == Some(&at)));
            prop_assert!(words.iter().map(|word| Key::of(word)).eq(keys));
        }

        #[test]
        fn keys_are_the_same_in_a_text(text in "[一-三a\0]{0,30}", at in 0_usize..30, chars in 0_usize..7) {
            let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
            let word = &text[byte(at)..byte(at + chars)];
            prop_assert_eq!(Key::at(&text, byte(at), word.len()), Key::of(word));
        }

        #[test]
        fn is_a_map(words in prop::collection::vec("[一-三a\0]{0,7}", 0..99)) {
            let mut map = WordMap::default();
            let mut plain = HashMap::new();
            for (at, word) in words.iter().enumerate() {
                map.insert(word, at);
                plain.insert(word.clone(), at);
            }
            prop_assert_eq!(map.len(), plain.len());
            prop_assert!(plain.iter().all(|(word, at)| get(&map, word) == Some(*at)));
        }
    }
}
