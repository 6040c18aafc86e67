//! What the interface asks the searcher for, and what it is told.

use std::ops::Range;

use super::Detail;
use crate::{
    article::MarkTable,
    lang::Lang,
    listing::ArticleKey,
    text::{display::DisplayLine, range::TextRange},
};

/// The order of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResultOrder {
    /// The best first.
    #[default]
    Score,
    /// The newest first.
    Newest,
    /// As in the archive.
    Archive,
}

impl ResultOrder {
    pub(super) fn next(self) -> Self {
        match self {
            Self::Score => Self::Newest,
            Self::Newest => Self::Archive,
            Self::Archive => Self::Score,
        }
    }

    /// The order in words.
    pub fn told(self, lang: Lang) -> &'static str {
        match self {
            Self::Score => lang.of("按相关", "by score"),
            Self::Newest => lang.of("新的在前", "newest first"),
            Self::Archive => lang.of("按来源", "by source"),
        }
    }
}

/// What is to be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which search it is.
    pub generation: u64,
    /// As it was typed.
    pub query: String,
    /// The article that others are to be near to, which is asked for instead of a query.
    pub near: Option<ArticleKey>,
    /// The article whose reprints are listed each, where others stand for theirs.
    pub unfolded: Option<ArticleKey>,
    /// The article whose place among the results is to be told.
    pub stays_at: Option<ArticleKey>,
    /// Whether letters may be pinyin.
    pub pinyin: bool,
    /// What the person keeps about articles, if the query asks for that; else nothing.
    pub marks: MarkTable,
    /// The order of the results.
    pub order: ResultOrder,
}

/// What the searcher is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchOrder {
    /// Search for this, and for nothing else any more. A blank query is a sign to get ready.
    Run(Wanted),
    /// Tell all of these results of that search.
    Details(u64, Range<usize>),
    /// Tell which articles the results of that search are.
    Keys(u64),
    /// Search no further; what was found stays.
    Stop,
    /// Forget everything.
    Close,
}

/// What came of a search.
#[derive(Clone, Debug)]
pub enum SearchNews {
    /// The query cannot be understood: where, and why.
    Misread(TextRange, DisplayLine),
    /// The search failed; why.
    Failed(DisplayLine),
    /// What was found so far.
    Found(Results),
    /// All of the results from this one on.
    Details(usize, Vec<Detail>),
    /// All of the results, as far as the list has them, in order.
    Keys(Vec<ArticleKey>),
}

/// What a search found so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// How many articles.
    pub articles: usize,
    /// How many hits in those whose hits were counted.
    pub hits: usize,
    /// How many articles these are.
    pub counted: usize,
    /// Sources that were looked through, without an index.
    pub looked: Option<usize>,
    /// Sources that the index does not know yet.
    pub missing: usize,
    /// The number of the result with the article whose place was to be told, if it is among them.
    pub at: Option<usize>,
    /// Whether there is more to come.
    pub is_running: bool,
    /// Whether it ended because there is too much.
    pub is_full: bool,
}
