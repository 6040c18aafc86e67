//! How a person wants the interface to work, from the first frame on.

use super::model::Model;

/// What a person set for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Most cells of a line of text.
    pub measure: usize,
    /// How many key sentences are chosen.
    pub sentences: usize,
    /// Whether letters may be pinyin in a search.
    pub pinyin: bool,
    /// Whether the place where a jump lands flashes.
    pub motion: bool,
}

impl Model {
    /// Takes what the person set for good.
    pub fn prefer(&mut self, preferences: Preferences) {
        let Preferences { measure, sentences, pinyin, motion } = preferences;
        self.measure = measure;
        self.sentences.count = sentences;
        self.search.is_literal = !pinyin;
        self.motion = motion;
    }
}
