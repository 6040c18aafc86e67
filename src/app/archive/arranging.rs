//! Sorting and filtering the list: at once if it is short, else by somebody else, while it stays as it was.

use std::sync::Arc;

use super::{Archive, Filtered};
use crate::{
    article::order::{Order, SortBy},
    listing::{Arranged, Arrangement, Arranging, Condition, Counting, FilterOrder, KeySet},
};

/// Rows that are put in order at once. More of them are handed on, so that keys are answered
/// meanwhile.
pub(super) const FEW: usize = 10_000;

impl Archive {
    /// Puts the list into another order: at once if it is short, else as soon as that is done.
    pub fn sort(&mut self, order: Order) {
        let arranging = self.arranging(Arrangement::Sorted(order));
        self.coming = Some((arranging.generation, order));
        self.since.clear();
        self.do_or_ask(arranging);
    }

    /// Leaves only the rows in the list that fulfil all conditions; without any, all rows. As
    /// [`Archive::sort`].
    pub fn filter(&mut self, conditions: Vec<Condition>) {
        if conditions.is_empty() {
            return self.filter = None;
        }
        if self.filter.as_ref().is_some_and(|known| known.conditions == conditions) {
            return;
        }
        let known = self.filter.take().map(|known| (known.keys, known.counts));
        // Until it is there, what was left before: a list that is empty for a moment flickers.
        let (keys, counts) = known.unwrap_or_else(|| (self.all.clone(), Vec::new()));
        let filter = Filtered { conditions, keys, counts, coming: None, is_outdated: false };
        self.filter = Some(filter);
        self.filter_again();
    }

    fn filter_again(&mut self) {
        let Some(known) = &self.filter else { return };
        let conditions = known.conditions.clone();
        // The best titles come first while one types them, unless the person chose an order.
        let is_titled = matches!(conditions.last(), Some(Condition::Title(_)));
        let by = if is_titled && self.order.is_natural() { SortBy::Match } else { self.order.by };
        let order = Order { by, ..self.order };
        let order = if by == SortBy::Match { FilterOrder::Match(order) } else { FilterOrder::Kept };
        let arranging = self.arranging(Arrangement::Filtered(conditions, order));
        if let Some(known) = &mut self.filter {
            known.coming = Some(arranging.generation);
            known.is_outdated = false;
        }
        self.do_or_ask(arranging);
    }

    fn arranging(&mut self, what: Arrangement) -> Arranging {
        self.generation += 1;
        let (listing, keys) = (self.listing.clone(), self.all.clone());
        Arranging { generation: self.generation, what, listing, keys }
    }

    /// The rows of the list, or those of them that are in a set, to be counted by month elsewhere.
    pub(in crate::app) fn counting(&mut self, among: Option<KeySet>) -> Counting {
        self.generation += 1;
        let keys = self.filter.as_ref().map_or(&self.all, |filter| &filter.keys).clone();
        Counting { number: self.generation, listing: self.listing.clone(), keys, among }
    }

    fn do_or_ask(&mut self, arranging: Arranging) {
        if self.all.len() > FEW {
            return self.asked.push(arranging);
        }
        let arranged = arranging.run(&|| false).unwrap_or_default();
        let generation = arranging.generation;
        // It holds the list as it was: with it, the list would be copied to change.
        drop(arranging);
        self.arranged(generation, arranged);
    }

    /// The rows as an arrangement has put them, if it is still wanted.
    pub fn arranged(&mut self, generation: u64, Arranged { keys, counts }: Arranged) {
        if let Some(filter) = &mut self.filter
            && filter.coming == Some(generation)
        {
            (filter.keys, filter.counts) = (Arc::new(keys), counts);
            filter.coming = None;
        } else if let Some((_, order)) = self.coming.take_if(|(coming, _)| *coming == generation) {
            self.order = order;
            self.all = Arc::new(keys);
            let mut since = std::mem::take(&mut self.since);
            since.sort_unstable();
            since.dedup();
            self.take_in(since);
            if let Some(filter) = &mut self.filter {
                filter.is_outdated = true;
            }
        }
    }

    /// An arrangement that is wanted could not be made: the list stays as it is.
    pub(in crate::app) fn not_arranged(&mut self, generation: u64) {
        self.coming.take_if(|(coming, _)| *coming == generation);
        if let Some(filter) = &mut self.filter {
            filter.coming.take_if(|coming| *coming == generation);
        }
    }

    /// The arrangements that are to be made elsewhere, now.
    pub(in crate::app) fn asked(&mut self) -> Vec<Arranging> {
        let due = self.filter.as_ref().is_some_and(|filter| {
            filter.is_outdated && filter.coming.is_none() && self.coming.is_none()
        });
        if due {
            self.filter_again();
        }
        std::mem::take(&mut self.asked)
    }
}
