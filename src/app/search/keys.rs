//! Which articles the results are, all of them: what is taken along, not shown.

use super::{SearchOrder, SearchPane};

impl SearchPane {
    /// Asks which articles the results are.
    pub(in crate::app) fn ask_keys(&mut self) {
        // Who is asked again has forgotten what is still shown.
        let generation = if self.is_asked_again() { self.asked } else { self.shown };
        self.orders.push(SearchOrder::Keys(generation));
    }

    /// Whether results of this search are shown, or about to be.
    pub(in crate::app) fn shows(&self, generation: u64) -> bool {
        let is_next = self.is_asked_again() && self.asked == generation;
        self.is_on && (self.shown == generation || is_next)
    }
}
