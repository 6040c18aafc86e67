//! Who plays those who find sets for filters, count months, and cut words.

use std::collections::VecDeque;

use zhaidu::{
    analysis::{Vocabulary, content_words},
    app::{
        filters::{SiftNews, SiftOrder, Sifted, Sought},
        msg::{Effect, Msg},
    },
    listing::{Counting, KeySet},
    query::{Field, MatchOptions, Matcher, Query},
    text::display::DisplayLine,
};

use super::{Source, searcher::details};

/// What filters and pivots have asked for.
#[derive(Default)]
pub(crate) struct Sifter {
    sets: VecDeque<SiftOrder>,
    counts: VecDeque<Counting>,
    /// Texts whose words are asked for.
    texts: VecDeque<String>,
}

impl Sifter {
    /// Notes what is asked for.
    pub(super) fn take(&mut self, effect: Effect) {
        match effect {
            Effect::Sift(orders) => self.sets = orders.into(),
            Effect::Count(counting) => self.counts.push_back(*counting),
            Effect::Words(text) => self.texts.push_back(text),
            _ => {}
        }
    }

    /// Carries out one thing that was asked for.
    pub(super) fn work(&mut self, sources: &[Source]) -> Option<Msg> {
        if let Some(counting) = self.counts.pop_front() {
            let months = counting.run(&|| false).unwrap_or_default();
            return Some(Msg::Counted(counting.number, months));
        }
        if let Some(text) = self.texts.pop_front() {
            let words = content_words(&text, &Vocabulary::default());
            return Some(Msg::Words(text, words));
        }
        self.sets.pop_front().map(|order| sifted(&order, sources))
    }
}

/// What came of a set that a filter asked for: there is no index, so keywords are words.
fn sifted(order: &SiftOrder, sources: &[Source]) -> Msg {
    let (query, is_by_text) = match &order.what {
        Sought::Query(typed) => (Query::parse(typed), false),
        Sought::Keyword(word) => (Ok(Query::of_word(Field::Any, word)), true),
    };
    let news = match query {
        Ok(query) => {
            let found = details(&query, order.pinyin, &order.marks, sources);
            let scored = found.into_iter().filter_map(|it| Some((it.key?, it.count as f32)));
            let keys = KeySet::scored(scored.collect());
            let terms = Matcher::new(&query, MatchOptions { pinyin: false });
            let lacks_keywords = terms.terms().iter().any(|term| term.field == Field::Keyword);
            SiftNews::Found(Sifted { keys, is_by_text, lacks_keywords })
        }
        Err(error) => SiftNews::Misread(error.range, DisplayLine::new(&error.to_string())),
    };
    Msg::Sifted(order.number, news)
}
