//! What was read with the article that was asked for last.

use std::sync::Arc;

use crate::{
    article::{Article, SourceLines},
    error::Problem,
    library::{Around, Library, Stretch},
    listing::ArticleKey,
    source::Entry,
};

/// The articles of one source around the one that was asked for last: the next one asked for is
/// most likely among them, and text and analysis are made of the same reading.
#[derive(Default)]
pub(super) struct AtHand {
    source: Option<u32>,
    stretch: Stretch,
}

impl AtHand {
    /// Articles before and behind the one asked for that are kept too.
    const BEFORE: usize = 8;
    const BEHIND: usize = 55;
    /// Bytes of them all: one of unusual length stays alone.
    const BYTES: usize = 512 * 1024;

    /// An article, if it is at hand.
    pub(super) fn get(&self, key: ArticleKey) -> Option<(Arc<Article>, SourceLines)> {
        let found = self.stretch.get(key.article as usize);
        found.filter(|_| self.source == Some(key.source)).cloned()
    }

    /// Reads an article with those around it, in the place of what was at hand.
    ///
    /// # Errors
    ///
    /// The first problem of the source, if the article is not there.
    pub(super) fn read(
        &mut self,
        library: &Library,
        entry: &Entry,
        key: ArticleKey,
    ) -> Result<(Arc<Article>, SourceLines), Option<Problem>> {
        let wanted = Around {
            number: key.article as usize,
            before: Self::BEFORE,
            behind: Self::BEHIND,
            bytes: Self::BYTES,
        };
        // It goes first: there need not be room for both together.
        *self = Self::default();
        let stretch = library.around(entry, wanted);
        *self = Self { source: Some(key.source), stretch };
        self.get(key).ok_or_else(|| self.stretch.problems.first().cloned())
    }
}
