//! Lists of phrases that sentences are searched for.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

use crate::text::letter::{TAILS, tail, tails};

/// Phrases by their first character, so that most places of a text need one look.
pub(super) struct Phrases {
    by_first: HashMap<char, Vec<&'static str>, BuildHasherDefault<FxHasher>>,
    firsts: Tails,
}

impl Phrases {
    pub(super) fn new(phrases: impl Iterator<Item = &'static str>) -> Self {
        let mut found = Self { by_first: HashMap::default(), firsts: Tails([0; TAILS / 64]) };
        for phrase in phrases {
            if let Some(first) = phrase.chars().next() {
                found.by_first.entry(first).or_default().push(phrase);
                found.firsts.add(tail(first));
            }
        }
        found
    }

    /// Whether the text begins with one of them.
    pub(super) fn open(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|first| self.stand_at(first, text))
    }

    /// Whether one of them stands anywhere in the text.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let mut places = tails(text).filter(|(_, tail)| self.firsts.has(*tail));
        places.any(|(at, _)| text.get(at..).is_some_and(|rest| self.open(rest)))
    }

    fn stand_at(&self, first: char, rest: &str) -> bool {
        let phrases = self.by_first.get(&first).into_iter().flatten();
        phrases.into_iter().any(|phrase| rest.starts_with(phrase))
    }
}

/// The tails of characters, a bit for each.
struct Tails([u64; TAILS / 64]);

impl Tails {
    fn add(&mut self, tail: usize) {
        self.0[tail / 64] |= 1 << (tail % 64);
    }

    fn has(&self, tail: usize) -> bool {
        self.0[tail / 64] >> (tail % 64) & 1 != 0
    }
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
