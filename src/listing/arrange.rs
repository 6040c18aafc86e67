//! Putting a list in order, and filtering it: work that may take a moment for a million rows.

use std::sync::Arc;

use super::{ArticleKey, Condition, Listing, sieve::Sieve};
use crate::article::order::{Order, SortKey};

/// Rows between two looks at whether the result is still wanted.
const STEP: usize = 8192;

/// What is to be done with the rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// They are put in an order.
    Sorted(Order),
    /// Those that fulfil all conditions are left.
    Filtered(Vec<Condition>, FilterOrder),
}

/// The order of a list that is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterOrder {
    /// An order that asks how well rows match: the last condition that tells it counts.
    Match(Order),
    /// As before.
    Kept,
}

/// What became of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The rows in order.
    pub keys: Vec<ArticleKey>,
    /// When they were filtered: how many rows fulfil the first condition, the first two, and so on.
    pub counts: Vec<usize>,
}

/// A list as it was at one moment, to be arranged wherever there is time.
#[derive(Clone, Debug)]
pub struct Arranging {
    /// Which one it is: the newest is wanted.
    pub generation: u64,
    /// What is to be done.
    pub what: Arrangement,
    pub(crate) listing: Listing,
    pub(crate) keys: Arc<Vec<ArticleKey>>,
}

impl PartialEq for Arranging {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation && self.what == other.what
    }
}

impl Eq for Arranging {}

impl Arranging {
    /// The rows in order; `None` if it is not wanted any more, which `is_over` is asked now and then.
    pub fn run(&self, is_over: &dyn Fn() -> bool) -> Option<Arranged> {
        match &self.what {
            Arrangement::Sorted(order) => {
                let keys = self.sorted(*order, is_over)?;
                Some(Arranged { keys, counts: Vec::new() })
            }
            Arrangement::Filtered(conditions, order) => self.filtered(conditions, *order, is_over),
        }
    }

    fn sorted(&self, order: Order, is_over: &dyn Fn() -> bool) -> Option<Vec<ArticleKey>> {
        if order.is_natural() {
            let mut keys = self.keys.to_vec();
            keys.sort_unstable();
            return Some(keys);
        }
        // What rows are compared by first lies side by side; the rows themselves are looked at only
        // where that is the same.
        let mut ranked = Vec::with_capacity(self.keys.len());
        for keys in self.keys.chunks(STEP) {
            if is_over() {
                return None;
            }
            let rank = |key: &ArticleKey| (order.rank(&self.listing.sort_key(*key)), *key);
            ranked.extend(keys.iter().map(rank));
        }
        if order.is_told_by_rank() {
            ranked.sort_unstable();
        } else {
            ranked.sort_unstable_by(|(a_rank, a), (b_rank, b)| {
                let exactly =
                    || order.compare(&self.listing.sort_key(*a), &self.listing.sort_key(*b));
                a_rank.cmp(b_rank).then_with(exactly)
            });
        }
        // Collected, they would keep the room of what they were sorted with, which is four times theirs.
        let mut keys = Vec::with_capacity(ranked.len());
        keys.extend(ranked.iter().map(|(_, key)| *key));
        Some(keys)
    }

    fn filtered(
        &self,
        conditions: &[Condition],
        order: FilterOrder,
        is_over: &dyn Fn() -> bool,
    ) -> Option<Arranged> {
        let mut sieves: Vec<Sieve<'_>> = conditions.iter().map(Sieve::of).collect();
        let scored = conditions.iter().rposition(Condition::has_scores);
        let (mut found, mut counts) = (Vec::new(), vec![0; sieves.len()]);
        for keys in self.keys.chunks(STEP) {
            if is_over() {
                return None;
            }
            let fits = |key: &ArticleKey| {
                let mut score = 0;
                for (at, (sieve, count)) in sieves.iter_mut().zip(&mut counts).enumerate() {
                    let fits = sieve.score(*key, &self.listing)?;
                    *count += 1;
                    if scored == Some(at) {
                        score = fits;
                    }
                }
                Some((score, *key))
            };
            found.extend(keys.iter().filter_map(fits));
        }
        if let FilterOrder::Match(order) = order {
            self.sort_matching(&mut found, order);
        }
        Some(Arranged { keys: found.into_iter().map(|(_, key)| key).collect(), counts })
    }
    /// Puts rows with their scores in order; 0 is a score that is not known.
    fn sort_matching(&self, found: &mut [(u32, ArticleKey)], order: Order) {
        let sort_key = |score: u32, key: ArticleKey| SortKey {
            score: Some(score).filter(|score| *score > 0),
            ..self.listing.sort_key(key)
        };
        if order.is_told_by_rank() {
            let rank =
                |(score, key): &(u32, ArticleKey)| (order.rank(&sort_key(*score, *key)), *key);
            return found.sort_by_cached_key(rank);
        }
        found.sort_unstable_by(|(a_score, a), (b_score, b)| {
            order.compare(&sort_key(*a_score, *a), &sort_key(*b_score, *b))
        });
    }
}
