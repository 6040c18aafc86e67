//! Articles that were read together.

use std::sync::Arc;

use crate::{
    article::{Article, SourceLines},
    listing::ArticleKey,
};

/// The articles of one source around the one that was asked for last: the next one asked for is
/// most likely among them, and text and analysis are made of the same reading.
#[derive(Default)]
pub(super) struct AtHand {
    pub(super) source: Option<u32>,
    pub(super) first: usize,
    pub(super) articles: Vec<(Arc<Article>, SourceLines)>,
}

impl AtHand {
    /// Articles before and behind the one asked for that are kept too.
    pub(super) const BEFORE: usize = 8;
    pub(super) const BEHIND: usize = 56;

    pub(super) fn get(&self, key: ArticleKey) -> Option<(Arc<Article>, SourceLines)> {
        let at = (key.article as usize).checked_sub(self.first)?;
        self.articles.get(at).filter(|_| self.source == Some(key.source)).cloned()
    }
}
