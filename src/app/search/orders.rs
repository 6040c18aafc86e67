//! What the searcher is told, and what it has to be told with it.

use super::{SearchOrder, SearchPane};
use crate::{app::msg::Effect, article::MarkTable, query::Query};

impl SearchPane {
    /// What the searcher is to do. A query that asks for marks is given them as they are now: what is
    /// marked later changes no results, so that none goes away under the person who opens it, not even
    /// when files change meanwhile.
    pub(in crate::app) fn orders(
        &mut self,
        marks: &MarkTable,
    ) -> impl Iterator<Item = Effect> + use<> {
        let keeps_marks = self.keeps_marks();
        for order in &mut self.orders {
            if let SearchOrder::Run(wanted) = order
                && asks_marks(&wanted.query)
            {
                if !keeps_marks {
                    self.marks = marks.clone();
                }
                wanted.marks = self.marks.clone();
            }
        }
        std::mem::take(&mut self.orders).into_iter().map(Effect::Search)
    }

    /// Whether the results depend on what the person keeps about articles.
    pub(in crate::app) fn asks_marks(&self) -> bool {
        self.is_on && asks_marks(&self.query)
    }
}

fn asks_marks(query: &str) -> bool {
    Query::parse(query).is_ok_and(|query| query.asks_marks())
}
