//! The words that an analysis knows.

use std::{
    fmt,
    sync::{PoisonError, RwLock},
};

use super::words::{Kind, kind};
use crate::text::{
    lexicon::Lexicon,
    segment::{Segmenter, Words},
    words::{NOWHERE, WordMap},
};

/// Words that are remembered at most, so that an archive of any size needs no more than some
/// megabytes for them. News of a year has fewer.
const REMEMBERED: usize = 100_000;

/// Bytes of the longest word that is remembered: what is longer is no word, and seldom comes again.
const LONGEST: usize = 64;

/// A lexicon, with what was found out about the words that were met so far.
///
/// Asking the dictionary about a word takes as long as cutting a sentence, and archives have the
/// same words again and again.
#[derive(Default)]
pub struct Vocabulary {
    lexicon: Lexicon,
    met: RwLock<WordMap<Kind>>,
}

impl Vocabulary {
    /// The words of a lexicon. Nothing is loaded yet.
    pub fn new(lexicon: Lexicon) -> Self {
        Self { lexicon, met: RwLock::default() }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What cuts texts into words; see [`Lexicon::segmenter`].
    pub fn segmenter(&self) -> &Segmenter {
        self.lexicon.segmenter()
    }

    /// The kinds of the distinct words of a text, in their order.
    pub(super) fn kinds(&self, words: &Words) -> Vec<Kind> {
        let mut new = Vec::new();
        let met = self.met.read().unwrap_or_else(PoisonError::into_inner);
        let places = met.find_all(&words.vocabulary, &words.keys);
        let known = |place: &u32| met.get(*place).copied().unwrap_or(Kind::NONE);
        let mut kinds: Vec<Kind> = places.iter().map(known).collect();
        for ((word, place), slot) in words.vocabulary.iter().zip(places).zip(&mut kinds) {
            if place == NOWHERE {
                *slot = kind(word, &self.lexicon);
                new.push((*word, *slot));
            }
        }
        let full = met.len() >= REMEMBERED;
        drop(met);
        new.retain(|(word, _)| word.len() <= LONGEST);
        if !full && !new.is_empty() {
            let mut met = self.met.write().unwrap_or_else(PoisonError::into_inner);
            let room = REMEMBERED.saturating_sub(met.len());
            for (word, kind) in new.into_iter().take(room) {
                met.insert(word, kind);
            }
        }
        kinds
    }
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary").field("lexicon", &self.lexicon).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_was_met_is_the_same_again() {
        let vocabulary = Vocabulary::default();
        let words = Segmenter::shared().words("河流的推进");
        let first = vocabulary.kinds(&words);
        assert_eq!(first.len(), 3);
        assert_eq!(vocabulary.kinds(&Segmenter::shared().words("的")), first[1..2]);
        assert_eq!(vocabulary.kinds(&words), first);
    }
}
