//! What analysis makes of articles, with the words of the person.

use super::Library;
use crate::{
    analysis::{self, Analysis, Support},
    article::Article,
};

impl Library {
    /// Loads the dictionary, so that the first analysis does not have to.
    pub fn prepare(&self) {
        self.vocabulary.segmenter();
    }

    /// Ranks the sentences and words of an article. The first call loads the dictionary.
    pub fn analyze(&self, article: &Article) -> Analysis {
        analysis::analyze(article, &self.vocabulary)
    }

    /// The words of a text that say what it is about; see [`analysis::content_words`].
    pub fn content_words(&self, text: &str) -> Vec<String> {
        analysis::content_words(text, &self.vocabulary)
    }

    /// The sentences that support one sentence of an article most; see [`analysis::supporters`].
    pub fn supporters(&self, article: &Article, sentence: usize) -> Vec<Support> {
        analysis::supporters(article, &self.vocabulary, sentence)
    }
}
