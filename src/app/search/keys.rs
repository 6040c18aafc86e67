//! Which articles the results are, all of them: what is taken along, not shown.

use super::{SearchOrder, SearchPane};

impl SearchPane {
    /// Asks which articles the results are.
    pub(in crate::app) fn ask_keys(&mut self) {
        self.orders.push(SearchOrder::Keys(self.shown));
    }

    /// Whether results of this search are shown.
    pub(in crate::app) fn shows(&self, generation: u64) -> bool {
        self.is_on && self.shown == generation
    }
}
