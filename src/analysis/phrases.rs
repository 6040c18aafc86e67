//! Lists of phrases that sentences are searched for.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

/// Phrases by their first character, so that most places of a text need one look.
pub(super) struct Phrases {
    by_first: HashMap<char, Vec<&'static str>, BuildHasherDefault<FxHasher>>,
    firsts: Chars,
}

impl Phrases {
    #[inline(never)]
    pub(super) fn new(phrases: impl Iterator<Item = &'static str>) -> Self {
        let mut found = Self { by_first: HashMap::default(), firsts: Chars::default() };
        for phrase in phrases {
            if let Some(first) = phrase.chars().next() {
                found.by_first.entry(first).or_default().push(phrase);
                found.firsts.add(first);
            }
        }
        found
    }

    /// Whether the text begins with one of them.
    #[inline(never)]
    pub(super) fn open(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|first| self.stand_at(first, text))
    }

    /// Whether one of them stands anywhere in the text.
    #[inline(never)]
    pub(super) fn are_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, c)| {
            self.firsts.may_have(c) && text.get(at..).is_some_and(|rest| self.stand_at(c, rest))
        })
    }

    #[inline(never)]
    fn stand_at(&self, first: char, rest: &str) -> bool {
        let phrases = self.by_first.get(&first).into_iter().flatten();
        phrases.into_iter().any(|phrase| rest.starts_with(phrase))
    }
}

/// A set of characters that may have some too many: a bit for all with the same last eight bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chars([u64; 4]);

impl Chars {
    #[inline(never)]
    pub(super) fn add(&mut self, c: char) {
        let (slot, bit) = place(c);
        self.0[slot] |= bit;
    }

    /// False only for characters that were not added.
    pub(super) fn may_have(self, c: char) -> bool {
        let (slot, bit) = place(c);
        self.0[slot] & bit != 0
    }
}

fn place(c: char) -> (usize, u64) {
    let last = u32::from(c) & 0xFF;
    ((last >> 6) as usize, 1 << (last & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_where_they_stand() {
        let phrases = Phrases::new(["如下：", "综上", "综合以上"].into_iter());
        for (text, opens, within) in [
            ("综上，修桥。", true, true),
            ("决定如下：", false, true),
            ("综合楼如下雨，", false, false),
            ("", false, false),
        ] {
            assert_eq!((phrases.open(text), phrases.are_in(text)), (opens, within), "{text}");
        }
    }
}
