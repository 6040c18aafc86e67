//! What the rows of a filtered list have in common: conditions, all of which a row fulfils.

use std::sync::Arc;

use super::{ArticleKey, Listing, TitleFilter, TitleMatcher};
use crate::query::date::DateRange;

/// Articles that were found elsewhere, by search for one. Copies share them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet(Arc<Vec<ArticleKey>>);

impl KeySet {
    /// The set of these articles.
    pub fn new(mut keys: Vec<ArticleKey>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        Self(Arc::new(keys))
    }

    /// Whether it has an article.
    pub fn has(&self, key: ArticleKey) -> bool {
        self.0.binary_search(&key).is_ok()
    }

    /// All of them, in the order of the archive.
    pub fn keys(&self) -> &[ArticleKey] {
        &self.0
    }
}

/// What a row has to fulfil to stay in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its title fits.
    Title(TitleFilter),
    /// It is one of these.
    Among(KeySet),
    /// Its date lies in this span.
    Dated(DateRange),
}

/// A [`Condition`] at work.
pub(super) enum Sieve<'a> {
    Title(TitleMatcher<'a>),
    Among(&'a KeySet),
    Dated(DateRange),
}

impl<'a> Sieve<'a> {
    pub(super) fn of(condition: &'a Condition) -> Self {
        match condition {
            Condition::Title(filter) => Self::Title(filter.matcher()),
            Condition::Among(keys) => Self::Among(keys),
            Condition::Dated(span) => Self::Dated(*span),
        }
    }

    /// How well a row fulfils the condition; `None` if it does not. Only titles are more or less well.
    pub(super) fn score(&mut self, key: ArticleKey, listing: &Listing) -> Option<u32> {
        match self {
            Self::Title(matcher) => {
                let row = listing.row(key);
                // What is not read yet has no title but its name.
                let title = row.map_or_else(|| listing.name(key.source), |row| row.title);
                matcher.score(title.as_str())
            }
            Self::Among(keys) => keys.has(key).then_some(0),
            Self::Dated(span) => {
                let date = listing.row(key)?.date?;
                span.contains(date).then_some(0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_it_was_given_once_and_in_order() {
        let key = |source| ArticleKey { source, article: 0 };
        let set = KeySet::new([5, 2, 9, 2].map(key).to_vec());
        assert_eq!(set.keys(), [2, 5, 9].map(key));
        assert!(set.has(key(5)) && !set.has(key(6)) && !KeySet::default().has(key(5)));
    }
}
