//! What the rows of a filtered list have in common: conditions, all of which a row fulfils.

use std::sync::Arc;

use super::{ArticleKey, Listing, TitleFilter, TitleMatcher};
use crate::query::date::DateRange;

/// Articles that were found elsewhere, by search for one. Copies share them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet {
    keys: Arc<Vec<ArticleKey>>,
    /// How well each of them matches, as the bits of a number that is not negative, which are in the
    /// order of the numbers; empty if that is not known.
    scores: Arc<Vec<u32>>,
}

impl KeySet {
    /// The set of these articles.
    pub fn new(mut keys: Vec<ArticleKey>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        Self { keys: Arc::new(keys), scores: Arc::default() }
    }

    /// The set of these articles, each with how well it matches: the more the better, and nothing above 0
    /// where that is not known.
    pub fn scored(mut found: Vec<(ArticleKey, f32)>) -> Self {
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        found.dedup_by_key(|(key, _)| *key);
        let bits = |(_, score): &(ArticleKey, f32)| if *score > 0.0 { score.to_bits() } else { 0 };
        let mut scores: Vec<u32> = found.iter().map(bits).collect();
        if scores.iter().all(|score| *score == 0) {
            scores = Vec::new();
        }
        let keys = found.into_iter().map(|(key, _)| key).collect();
        Self { keys: Arc::new(keys), scores: Arc::new(scores) }
    }

    /// Whether it has an article.
    pub fn has(&self, key: ArticleKey) -> bool {
        self.keys.binary_search(&key).is_ok()
    }

    /// How well an article of the set matches, 0 if that is not known; `None` if it has no such article.
    fn score(&self, key: ArticleKey) -> Option<u32> {
        let at = self.keys.binary_search(&key).ok()?;
        Some(self.scores.get(at).copied().unwrap_or(0))
    }

    /// All of them, in the order of the archive.
    pub fn keys(&self) -> &[ArticleKey] {
        &self.keys
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

impl Condition {
    /// Whether it tells how well rows match.
    pub fn has_scores(&self) -> bool {
        match self {
            Self::Title(_) => true,
            Self::Among(keys) => !keys.scores.is_empty(),
            Self::Dated(_) => false,
        }
    }
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

    /// How well a row fulfils the condition; 0 where nothing tells it; `None` if it does not.
    pub(super) fn score(&mut self, key: ArticleKey, listing: &Listing) -> Option<u32> {
        match self {
            Self::Title(matcher) => {
                let row = listing.row(key);
                // What is not read yet has no title but its name.
                let title = row.map_or_else(|| listing.name(key.source), |row| row.title);
                matcher.score(title.as_str())
            }
            Self::Among(keys) => keys.score(key),
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

    #[test]
    fn a_set_knows_how_well_its_articles_match() {
        let key = |source| ArticleKey { source, article: 0 };
        let set =
            KeySet::scored(vec![(key(5), 0.5), (key(2), 12.0), (key(9), f32::NAN), (key(5), 0.7)]);
        let score = |source| set.score(key(source)).unwrap();
        assert_eq!(set.keys(), [2, 5, 9].map(key));
        assert!(score(2) > score(5) && score(5) == 0.7_f32.to_bits() && score(9) == 0);
        assert!(set.score(key(6)).is_none() && Condition::Among(set.clone()).has_scores());
        let unknown = KeySet::scored(vec![(key(5), 0.0)]);
        assert_eq!(unknown, KeySet::new(vec![key(5)]));
        assert!(!Condition::Among(unknown).has_scores());
    }
}
