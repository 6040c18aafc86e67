//! Finding something in the text that is open, as one types.
//!
//! The query is that of the language for the whole archive, so what is lit here is what is found there. It
//! stays in force from article to article until it is left. Whoever runs the interface looks for the hits,
//! because a text may be long; what comes for another query or text is dropped.

use super::msg::Effect;
use crate::{
    article::{Article, ArticleId, Marks},
    lang::Lang,
    listing::ArticleKey,
    query::{Fact, MatchOptions, Matcher, Place, Query, Subject},
    text::{display::DisplayLine, range::TextRange, searchable::Searchable},
};

/// Queries that are kept to be brought back.
const KEPT: usize = 100;

/// What is to be found in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindOrder {
    /// The article.
    pub key: ArticleKey,
    /// What is typed; it is a query.
    pub query: String,
    /// Whether Latin letters may be pinyin.
    pub pinyin: bool,
}

/// What was found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// The content of the text.
    pub id: ArticleId,
    /// Places in the text, in order, none over another.
    pub places: Vec<TextRange>,
}

impl Hits {
    /// Looks through the text of an article. Linear in the text; a query that cannot be read finds nothing.
    pub fn of(article: &Article, order: &FindOrder) -> Self {
        let places = Query::parse(&order.query).map(|query| {
            let matcher = Matcher::new(&query, MatchOptions { pinyin: order.pinyin });
            let text = Searchable::of(&article.text);
            let found = matcher.matches(&Subject {
                path: "",
                title: Fact::Known(""),
                byline: Fact::Known(""),
                date: Fact::Known(None),
                keywords: Fact::Known(&[]),
                text: Fact::Known(&text),
                marks: Fact::Known(&Marks::default()),
            });
            let hits = found.into_iter().flat_map(|found| found.hits);
            hits.filter(|hit| hit.place == Place::Text).map(|hit| hit.range).collect()
        });
        Self { id: article.id, places: places.unwrap_or_default() }
    }
}

/// State of what is looked for in the open text.
#[derive(Debug, Default)]
pub struct FindPane {
    /// What is looked for, as it was typed; empty when nothing is.
    pub query: String,
    /// What is wrong with it, and where.
    pub misread: Option<(TextRange, DisplayLine)>,
    /// Queries that were accepted, the last one last.
    pub(super) queries: Vec<String>,
    /// What was looked for before the line was opened, and the text offset that stood on the top row.
    pub(super) before: Option<(String, usize)>,
    found: Option<(ArticleKey, Hits)>,
    at: Option<usize>,
    /// What was asked for last.
    asked: Option<FindOrder>,
    /// The first hit is to be gone to when it comes.
    is_led: bool,
}

impl FindPane {
    /// Whether something is looked for.
    pub fn is_on(&self) -> bool {
        !self.query.trim().is_empty()
    }

    /// Looks for something else. What cannot be read is told, and what was found before it stays.
    pub(super) fn ask(&mut self, typed: &str, lang: Lang) {
        typed.clone_into(&mut self.query);
        let read = if typed.trim().is_empty() { Ok(None) } else { Query::parse(typed).map(Some) };
        self.misread = match read {
            Ok(Some(_)) => None,
            Ok(None) => {
                (self.found, self.at, self.asked) = (None, None, None);
                None
            }
            Err(error) => Some((error.range, DisplayLine::new(&error.message(lang)))),
        };
        self.is_led = true;
    }

    /// Looks for nothing any more.
    pub(super) fn close(&mut self) {
        *self = Self { queries: std::mem::take(&mut self.queries), ..Self::default() };
    }

    /// Remembers a query that was accepted.
    pub(super) fn accept(&mut self) {
        let query = self.query.trim().to_owned();
        self.queries.retain(|known| *known != query);
        self.queries.push(query);
        let surplus = self.queries.len().saturating_sub(KEPT);
        self.queries.drain(..surplus);
    }

    /// What is found next is not gone to.
    pub(super) fn stay(&mut self) {
        self.is_led = false;
    }

    /// What must be looked for in the open article, unless that was asked for already.
    pub(super) fn order(&mut self, key: Option<ArticleKey>, pinyin: bool) -> Option<Effect> {
        if self.query.trim().is_empty() || self.misread.is_some() {
            return None;
        }
        let order = FindOrder { key: key?, query: self.query.clone(), pinyin };
        if self.asked.as_ref() == Some(&order) {
            return None;
        }
        self.asked = Some(order.clone());
        Some(Effect::Find(order))
    }

    /// Takes in what was found, unless it is not wanted any more; `true` when it is to be gone to.
    pub(super) fn take(&mut self, order: &FindOrder, hits: Hits) -> bool {
        if self.asked.as_ref() != Some(order) {
            return false;
        }
        self.found = Some((order.key, hits));
        self.at = None;
        std::mem::take(&mut self.is_led)
    }

    /// The hits in a text and the one that was gone to last; nothing is known of other texts.
    pub fn lit(&self, key: ArticleKey, id: ArticleId) -> Option<(&[TextRange], Option<TextRange>)> {
        let (of, hits) = self.found.as_ref().filter(|_| self.is_on())?;
        let is_same = *of == key && hits.id == id;
        is_same.then(|| (&*hits.places, self.at.and_then(|at| hits.places.get(at)).copied()))
    }

    /// Goes to the first hit that does not end before a byte of the text, or to the first one of all: the hit,
    /// its number from 1, and how many there are.
    pub(super) fn first_from(&mut self, offset: usize) -> Option<(TextRange, usize, usize)> {
        let places = &self.found.as_ref()?.1.places;
        let from = places.partition_point(|place| place.end <= offset);
        self.go(if from < places.len() { from } else { 0 })
    }

    /// Goes to the next hit (or the previous one), round the ends: as [`FindPane::first_from`], and whether it
    /// went round. `offset` is where the reader is, for when none was gone to yet.
    pub(super) fn step(
        &mut self,
        by: isize,
        offset: usize,
    ) -> Option<((TextRange, usize, usize), bool)> {
        let places = &self.found.as_ref()?.1.places;
        let last = places.len().checked_sub(1)?;
        let next = match self.at {
            Some(at) => at.checked_add_signed(by).filter(|at| *at <= last),
            None if by > 0 => {
                Some(places.partition_point(|place| place.start < offset)).filter(|at| *at <= last)
            }
            None => places.partition_point(|place| place.start < offset).checked_sub(1),
        };
        let round = if by > 0 { 0 } else { last };
        self.go(next.unwrap_or(round)).map(|hit| (hit, next.is_none()))
    }

    fn go(&mut self, at: usize) -> Option<(TextRange, usize, usize)> {
        let places = &self.found.as_ref()?.1.places;
        let place = places.get(at)?;
        self.at = Some(at);
        Some((*place, at + 1, places.len()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::{SplitMode, split};

    fn article(text: &str) -> Option<Article> {
        split(text.into(), SplitMode::Off).articles.into_iter().next()
    }

    fn order(query: &str) -> FindOrder {
        FindOrder { key: ArticleKey { source: 0, article: 0 }, query: query.into(), pinyin: true }
    }

    #[test]
    fn hits_are_those_of_the_archive() {
        let text = "渡口的灯\n\n渡口的燈亮了四十年。渡口 不远处，是Moyu书店。\n";
        let article = article(text).expect("an article");
        for (query, expected) in [
            ("渡口", &["渡口", "渡口", "渡口"][..]),
            ("灯", &["灯", "燈"]),
            ("dukou", &["渡口", "渡口", "渡口"]),
            ("moyu", &["Moyu"]),
            ("\"渡口 不\"", &["渡口 不"]),
            ("/四.年/", &["四十年"]),
            ("没有", &[]),
            ("(", &[]),
            ("", &[]),
        ] {
            let hits = Hits::of(&article, &order(query));
            let found: Vec<&str> =
                hits.places.iter().map(|place| place.of(&article.text)).collect();
            assert_eq!(found, expected, "{query}");
        }
    }

    #[test]
    fn one_goes_round_the_ends() {
        let article = article("一二一二一\n").expect("an article");
        let mut find = FindPane::default();
        find.ask("一", Lang::En);
        let Some(Effect::Find(order)) = find.order(Some(order("").key), true) else {
            panic!("something is looked for")
        };
        assert_eq!(find.order(Some(order.key), true), None, "it is asked for once");
        assert!(find.take(&order, Hits::of(&article, &order)));
        let number = |found: Option<((TextRange, usize, usize), bool)>| {
            found.map(|((_, number, count), round)| (number, count, round))
        };
        assert_eq!(number(find.step(1, 3)), Some((2, 3, false)), "from where one reads");
        assert_eq!(number(find.step(1, 0)), Some((3, 3, false)));
        assert_eq!(number(find.step(1, 0)), Some((1, 3, true)));
        assert_eq!(number(find.step(-1, 0)), Some((3, 3, true)));
        find.ask("(", Lang::En);
        assert!(
            find.misread.is_some() && find.lit(order.key, article.id).is_some(),
            "the last good one stays"
        );
    }

    proptest! {
        #[test]
        fn hits_lie_in_the_text_in_order(text in "[一二a ，\u{200b}\n]{0,60}", query in "[一二a/().*\" -]{0,6}") {
            if let Some(article) = article(&text) {
                let places = Hits::of(&article, &order(&query)).places;
                prop_assert!(places.windows(2).all(|pair| pair[0].end <= pair[1].start));
                prop_assert!(places.iter().all(|place| article.text.get(place.start..place.end).is_some()));
            }
        }
    }
}
