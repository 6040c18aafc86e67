//! The filters over the list: a stack, of which the list shows what passes all.
//!
//! Titles and dates are in the list, so they are filtered there. What a query or a keyword finds is a
//! set of articles that somebody outside has to find first: until it is there, the list stays as it
//! is, and the filter says that it is on its way. Each set that is asked for has a number, and what
//! comes of another number is dropped.

use super::msg::Effect;
use crate::{
    article::{MarkTable, facts::IssueDate},
    listing::{Condition, KeySet, TitleFilter},
    query::{Query, date::DateRange},
    text::{
        display::{DisplayLine, display},
        range::TextRange,
    },
};

/// What a filter asks of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterBy {
    /// Its title fits.
    Title(TitleFilter),
    /// This query finds it, as it was typed.
    Query(String),
    /// This is one of its keywords.
    Keyword(String),
    /// It is of this month, or of this year where no month is known.
    Month(IssueDate),
}

impl FilterBy {
    /// The filter as it is written down: its kind, and what it asks for.
    pub fn to_words(&self) -> String {
        match self {
            Self::Title(filter) => format!("title {}", filter.typed()),
            Self::Query(typed) => format!("query {typed}"),
            Self::Keyword(word) => format!("keyword {word}"),
            Self::Month(month) => format!("month {month}"),
        }
    }

    /// The filter that was written down so; `None` if it is of no kind that is known, or asks for nothing.
    pub fn of_words(words: &str) -> Option<Self> {
        let (kind, what) = words.split_once(' ')?;
        let what = what.trim();
        match kind {
            "title" => TitleFilter::new(what).map(Self::Title),
            "query" if Query::parse(what).is_ok() => Some(Self::Query(what.to_owned())),
            "keyword" if !what.is_empty() => Some(Self::Keyword(what.to_owned())),
            "month" => {
                let (year, month) =
                    what.split_once('-').map_or((what, None), |(y, m)| (y, Some(m)));
                let year = year.parse().ok()?;
                let month = month.map(|month| IssueDate::month(year, month.parse().ok()?));
                month.unwrap_or_else(|| IssueDate::year(year)).map(Self::Month)
            }
            _ => None,
        }
    }
}

/// A filter of the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What it asks.
    pub by: FilterBy,
    found: Option<Sifted>,
    on_its_way: Option<u64>,
    /// Sources that were looked through for it so far.
    looked: Option<usize>,
}

/// The articles that pass a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sifted {
    /// The articles.
    pub keys: KeySet,
    /// Whether a keyword was looked for in texts, because no index knows the keywords.
    pub is_by_text: bool,
    /// Whether a query asks for keywords, and no index was there to know them.
    pub lacks_keywords: bool,
}

/// What is to be found for a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// What this query finds, as it was typed.
    Query(String),
    /// What has this keyword; where no index knows keywords, what has the word in its text.
    Keyword(String),
}

impl Sought {
    /// Whether it depends on what the person keeps about articles.
    fn asks_marks(&self) -> bool {
        match self {
            Self::Query(typed) => Query::parse(typed).is_ok_and(|query| query.asks_marks()),
            Self::Keyword(_) => false,
        }
    }
}

/// A set of articles that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiftOrder {
    /// Which one it is.
    pub number: u64,
    /// What is to be found.
    pub what: Sought,
    /// Whether letters may be pinyin.
    pub pinyin: bool,
    /// What the person keeps about articles, if that is asked for.
    pub marks: MarkTable,
}

/// What came of a set that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiftNews {
    /// So many sources were looked through.
    Looked(usize),
    /// It is found.
    Found(Sifted),
    /// The query cannot be understood: where, and why.
    Misread(TextRange, DisplayLine),
    /// It cannot be found; why.
    Failed(DisplayLine),
}

/// The filters that are in force, the first one below all others.
#[derive(Debug, Default)]
pub struct Filters {
    stack: Vec<Filter>,
    /// A set that is wanted without being a filter yet.
    preview: Option<Filter>,
    /// What is wrong with the query that is typed, and where.
    pub misread: Option<(TextRange, DisplayLine)>,
    /// The number of the set that was asked for last.
    last: u64,
    /// Whether other sets are wanted than those that were asked for.
    is_changed: bool,
}

impl Filter {
    /// A filter whose set, if it needs one, is not asked for yet.
    pub fn new(by: FilterBy) -> Self {
        Self { by, found: None, on_its_way: None, looked: None }
    }

    fn sought(&self) -> Option<Sought> {
        match &self.by {
            FilterBy::Query(typed) => Some(Sought::Query(typed.clone())),
            FilterBy::Keyword(word) => Some(Sought::Keyword(word.clone())),
            FilterBy::Title(_) | FilterBy::Month(_) => None,
        }
    }

    /// What the rows of the list have to fulfil; `None` while its set is not known.
    pub fn condition(&self) -> Option<Condition> {
        match &self.by {
            FilterBy::Title(filter) => Some(Condition::Title(filter.clone())),
            FilterBy::Month(month) => {
                let month = Some(*month);
                Some(Condition::Dated(DateRange { from: month, to: month }))
            }
            FilterBy::Query(_) | FilterBy::Keyword(_) => {
                Some(Condition::Among(self.keys()?.clone()))
            }
        }
    }

    /// The set of articles that pass, once it is found.
    pub fn keys(&self) -> Option<&KeySet> {
        self.found.as_ref().map(|found| &found.keys)
    }

    /// The filter in words: a query that finds the same, except for a title, which has a sign of its own.
    pub fn label(&self) -> DisplayLine {
        match &self.by {
            FilterBy::Title(filter) => display!("~{}", DisplayLine::new(filter.typed())),
            _ => DisplayLine::new(&self.query().unwrap_or_default()),
        }
    }

    /// A query that finds the same; no query finds what fits a title.
    pub fn query(&self) -> Option<String> {
        match &self.by {
            FilterBy::Title(_) => None,
            FilterBy::Query(typed) => Some(typed.trim().to_owned()),
            FilterBy::Keyword(word) => {
                let field = if self.is_by_text() { "" } else { "kw:" };
                Some(format!("{field}\"{word}\""))
            }
            FilterBy::Month(month) => Some(format!("date:{month}")),
        }
    }

    /// Whether its set is on its way.
    pub fn is_awaited(&self) -> bool {
        self.on_its_way.is_some()
    }

    /// How many sources were looked through for its set, while that is on its way and takes long.
    pub fn looked(&self) -> Option<usize> {
        self.looked.filter(|_| self.is_awaited())
    }

    /// Whether it asks for keywords that nothing knows.
    pub fn lacks_keywords(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.lacks_keywords)
    }

    /// Whether a keyword was looked for in texts.
    pub fn is_by_text(&self) -> bool {
        matches!(self.by, FilterBy::Keyword(_))
            && self.found.as_ref().is_some_and(|found| found.is_by_text)
    }
}

impl Filters {
    /// All of them, the first one first.
    pub fn all(&self) -> &[Filter] {
        &self.stack
    }

    /// Whether the list shows everything.
    pub fn is_empty(&self) -> bool {
        self.stack.is_empty()
    }

    /// What the rows of the list have to fulfil, as far as that is known.
    pub fn conditions(&self) -> Vec<Condition> {
        self.stack.iter().filter_map(Filter::condition).collect()
    }

    /// Whether one of them tells how well articles match, or may as soon as its set is found.
    pub fn has_scores(&self) -> bool {
        let tells = |filter: &Filter| filter.condition().is_some_and(|it| it.has_scores());
        self.stack.iter().any(|filter| filter.is_awaited() || tells(filter))
    }

    /// Puts a filter on top; the same one twice is no other filter.
    pub fn push(&mut self, filter: Filter) {
        if self.stack.iter().any(|known| known.by == filter.by) {
            return;
        }
        self.stack.push(filter);
        self.ask();
    }

    /// Takes the last one away.
    pub fn pop(&mut self) -> Option<Filter> {
        let popped = self.stack.pop();
        self.ask();
        popped
    }

    /// Puts others in their place.
    pub fn restore(&mut self, stack: Vec<Filter>) {
        self.stack = stack;
        self.misread = None;
        self.ask();
    }

    /// Puts what is typed on top of the first `base` filters; `false` if it is there already.
    pub fn retype(&mut self, base: usize, typed: Option<FilterBy>) -> bool {
        let top = self.stack.get(base).map(|filter| &filter.by);
        if top == typed.as_ref() && self.stack.len() <= base + 1 {
            return false;
        }
        // What was found last stays until something else is.
        let found = self.stack.get_mut(base).and_then(|filter| filter.found.take());
        self.stack.truncate(base);
        self.misread = None;
        if let Some(by) = typed {
            let mut filter = Filter::new(by);
            if let Some(number) = self.number_for(&filter) {
                (filter.found, filter.on_its_way) = (found, Some(number));
            }
            self.stack.push(filter);
        }
        self.is_changed = true;
        true
    }

    /// The set of a filter that is not on the stack is wanted, or no such set any more.
    pub fn preview(&mut self, filter: Option<Filter>) {
        self.preview = filter;
        self.ask();
    }

    /// The filter whose set was wanted beside the stack.
    pub fn previewed(&self) -> Option<&Filter> {
        self.preview.as_ref()
    }

    /// The archive has changed: all sets are to be found again. Until they are, the old ones hold.
    pub fn renew(&mut self) {
        for filter in self.stack.iter_mut().chain(&mut self.preview) {
            filter.on_its_way = None;
            if filter.sought().is_some() {
                self.last += 1;
                filter.on_its_way = Some(self.last);
                self.is_changed = true;
            }
        }
    }

    /// Takes in what came of a set; `true` when the conditions are others now. What went wrong comes
    /// back, and the filter is taken away.
    pub fn take(&mut self, number: u64, news: SiftNews) -> (bool, Option<DisplayLine>) {
        let mut all = self.stack.iter_mut().chain(&mut self.preview);
        let Some(filter) = all.find(|filter| filter.on_its_way == Some(number)) else {
            return (false, None);
        };
        match news {
            SiftNews::Looked(looked) => {
                filter.looked = Some(looked);
                (false, None)
            }
            SiftNews::Found(found) => {
                (filter.found, filter.on_its_way, filter.looked) = (Some(found), None, None);
                (true, None)
            }
            SiftNews::Misread(range, why) => {
                filter.on_its_way = None;
                self.misread = Some((range, why));
                (false, None)
            }
            SiftNews::Failed(why) => {
                // What cannot be found must not look as if it held.
                filter.on_its_way = None;
                let is_other = filter.found.is_none();
                self.stack.retain(|it| it.found.is_some() || it.sought().is_none());
                self.preview.take_if(|it| it.found.is_none());
                (is_other, Some(why))
            }
        }
    }

    /// The sets that are wanted, if they are others than those that were asked for last.
    pub(super) fn orders(&mut self, pinyin: bool, marks: &MarkTable) -> Option<Effect> {
        if !std::mem::take(&mut self.is_changed) {
            return None;
        }
        let all = self.stack.iter().chain(&self.preview);
        let order = |filter: &Filter| {
            let what = filter.sought()?;
            let marks = if what.asks_marks() { marks.clone() } else { MarkTable::default() };
            Some(SiftOrder { number: filter.on_its_way?, what, pinyin, marks })
        };
        Some(Effect::Sift(all.filter_map(order).collect()))
    }

    /// Asks for the sets that are not known and not asked for.
    fn ask(&mut self) {
        self.is_changed = true;
        for filter in self.stack.iter_mut().chain(&mut self.preview) {
            // What was on its way when a place was left may have been forgotten.
            if filter.found.is_none() && filter.sought().is_some() {
                self.last += 1;
                filter.on_its_way = Some(self.last);
            }
        }
    }

    fn number_for(&mut self, filter: &Filter) -> Option<u64> {
        filter.sought()?;
        self.last += 1;
        Some(self.last)
    }
}

#[cfg(test)]
mod tests;
