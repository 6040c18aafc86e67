//! The caller's word ids, renumbered from zero in the order of the text.

use std::collections::HashMap;

/// Ids below this are always looked up in a table.
const SMALL_ID: usize = 16_384;

/// Gives every distinct word a number: 0 to the first that appears, 1 to the second, and so on.
///
/// Everything after this works on these numbers, so results cannot depend on how the caller
/// numbers words.
pub(crate) struct Numbering {
    slots: Slots,
    words: Vec<u32>,
}

/// Where the number of a word is kept.
enum Slots {
    /// Indexed by word id, holding the number plus one, or zero for a word not yet seen: for
    /// callers who number the words of each text from zero.
    Table(Vec<u32>),
    /// For ids from a large dictionary, where a table would be mostly empty.
    Map(HashMap<u32, u32>),
}

impl Numbering {
    /// An empty numbering, with room for these ids.
    pub(crate) fn for_ids(ids: impl Iterator<Item = u32>) -> Self {
        let (count, largest) =
            ids.fold((0_usize, 0), |(count, largest), id| (count + 1, id.max(largest)));
        let slots = if (largest as usize) < SMALL_ID + 4 * count {
            Slots::Table(vec![0; largest as usize + 1])
        } else {
            Slots::Map(HashMap::with_capacity(count))
        };
        Self { slots, words: Vec::new() }
    }

    /// The number of a word, a new one if it is seen for the first time.
    ///
    /// The word must be among the ids that the numbering was made for.
    #[inline]
    pub(crate) fn number(&mut self, word: u32) -> u32 {
        let next = self.words.len() as u32;
        let number = match &mut self.slots {
            Slots::Table(table) => {
                let slot = &mut table[word as usize];
                if *slot == 0 {
                    *slot = next + 1;
                }
                *slot - 1
            }
            Slots::Map(map) => *map.entry(word).or_insert(next),
        };
        if number == next {
            self.words.push(word);
        }
        number
    }

    /// The words by number.
    pub(crate) fn into_words(self) -> Vec<u32> {
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(ids: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let mut numbering = Numbering::for_ids(ids.iter().copied());
        let numbers = ids.iter().map(|&id| numbering.number(id)).collect();
        (numbers, numbering.into_words())
    }

    #[test]
    fn numbers_follow_first_appearance_for_small_and_for_large_ids() {
        for ids in [[9, 4, 9, 7, 4], [u32::MAX, 1_000_000, u32::MAX, 3, 1_000_000]] {
            let (numbers, words) = numbers(&ids);
            assert_eq!(numbers, [0, 1, 0, 2, 1]);
            assert_eq!(words, [ids[0], ids[1], ids[3]]);
        }
        assert_eq!(numbers(&[]).1, []);
    }
}
