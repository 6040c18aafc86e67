//! The rows of a list of articles, for an archive of any size.
//!
//! A list of a million articles has to open, scroll and be sorted at once, on a machine with little
//! memory. So what the list tells of an article is packed into blocks of some thousand rows,
//! about a hundred bytes each, and a [`Row`] is put together when somebody looks at it. Blocks are
//! shared and never change once they are full: a copy of a [`Listing`] costs little, so that it can be
//! put in order ([`Arranging`]) on another thread while it grows.

mod arrange;
mod block;
mod chunks;
mod months;
mod places;
mod sieve;
mod title;

use std::collections::BTreeMap;

pub use arrange::{Arranged, Arrangement, Arranging, FilterOrder};
pub use block::{Block, Row, RowFacts};
pub use months::{Counting, Months};
pub use sieve::{Condition, KeySet};
pub use title::{TitleFilter, TitleMatcher};

use self::{
    chunks::{Chunks, Measured},
    places::Places,
};
use crate::{
    article::{
        Article, ArticleId, MarkTable,
        facts::{Facts, IssueDate, PageNumber},
        order::SortKey,
    },
    text::display::{DisplayLine, DisplayLines, DisplayStr},
};

/// Rows of a block that grows row by row, and names of a block of names.
const BLOCK: usize = 4096;

/// An article by its place in the archive. Keys sort in the order of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleKey {
    /// Number of the source, in the order in which sources were found.
    pub source: u32,
    /// Number of the article in its source.
    pub article: u32,
}

/// How sure the splitter is that an article begins where it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certainty {
    /// No reason to doubt it.
    #[default]
    Sure,
    /// The list marks it.
    Likely,
}

/// What the list shows of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleRow {
    /// What its marks are known by.
    pub id: ArticleId,
    /// Headline, or the first words of an article that has none.
    pub title: DisplayLine,
    /// Names of the authors.
    pub byline: DisplayLine,
    /// The member of the source that it stands in, when that is an archive file; else empty.
    pub member: DisplayLine,
    /// Characters of running text.
    pub chars: usize,
    /// Line of the source at which it begins, from 1.
    pub line: usize,
    /// Whether its beginning is certain.
    pub certainty: Certainty,
    /// Date of the issue, if it is known.
    pub date: Option<IssueDate>,
    /// The newspaper; empty if it is not known.
    pub paper: DisplayLine,
    /// Page of the newspaper, if it is known.
    pub page: Option<PageNumber>,
}

impl ArticleRow {
    /// The row of an article that begins on `line` of its source.
    pub fn of(article: &Article, line: usize) -> Self {
        let sure = article.start.is_sure();
        Self {
            id: article.id,
            title: DisplayLine::new(&article.headline()),
            byline: DisplayLine::new(&article.authors.join(" ")),
            chars: article.char_count(),
            line,
            certainty: if sure { Certainty::Sure } else { Certainty::Likely },
            ..Self::default()
        }
    }

    /// The same row with what is known of the issue.
    pub fn with(self, facts: &Facts) -> Self {
        let paper = DisplayLine::new(facts.paper().unwrap_or_default());
        Self { date: facts.date(), paper, page: facts.page(), ..self }
    }
}

/// What was learnt of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceState {
    /// Found, not read yet.
    Named,
    /// Read: its articles, none if it holds no text; or the first of many.
    Read(Vec<ArticleRow>),
    /// More of its articles, behind the first so many.
    More(u32, Vec<ArticleRow>),
    /// It could not be read; why.
    Failed(DisplayLine),
}

/// How far a source of a listing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'a> {
    /// Found, not read yet.
    Named,
    /// Read: so many articles.
    Read(u32),
    /// It could not be read; why.
    Failed(&'a DisplayLine),
}

/// Sources with their rows, as they are added to a listing at once.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Rows at the beginning that go on with the last source of the part before.
    pub goes_on: u32,
    /// The names of its sources.
    pub names: DisplayLines,
    /// How many rows each of them has in it.
    pub rows: Vec<u32>,
    /// The rows.
    pub block: Block,
}

/// What is known of all sources and articles.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    names: Chunks<DisplayLines>,
    blocks: Chunks<Block>,
    places: Places,
    failures: BTreeMap<u32, DisplayLine>,
    settled: usize,
    articles: usize,
    dated: usize,
    /// What the person kept when the list was sorted by that.
    marks: MarkTable,
}

impl Measured for DisplayLines {
    fn measure(&self) -> usize {
        self.len()
    }
}

impl Listing {
    /// Takes a new source in; it stands in the list by name until it is read.
    pub fn found(&mut self, name: &DisplayLine) {
        self.names.growing(BLOCK).push(name);
        self.names.grew(1);
        self.places.push();
    }

    /// Notes what was learnt about a source.
    pub fn learnt(&mut self, number: u32, state: SourceState) {
        if !self.places.has(number) {
            return;
        }
        let first = self.blocks.len() as u32;
        if let SourceState::More(before, rows) = state {
            // Others are there if somebody else has read it meanwhile.
            if self.places.count(number) == Some(before) {
                self.places.go_on(number, first, rows.len() as u32);
                self.push(&rows);
            }
            return;
        }
        self.forget(number);
        let rows = match state {
            SourceState::Named | SourceState::More(..) => None,
            SourceState::Failed(why) => {
                self.failures.insert(number, why);
                self.settled += 1;
                None
            }
            SourceState::Read(rows) => {
                self.push(&rows);
                self.settled += 1;
                Some((first, rows.len() as u32))
            }
        };
        self.places.set(number, rows);
    }

    fn push(&mut self, rows: &[ArticleRow]) {
        for row in rows {
            self.blocks.growing(BLOCK).push(row);
            self.blocks.grew(1);
            self.dated += usize::from(row.date.is_some());
        }
        self.articles += rows.len();
    }

    /// Takes in many sources that were read, behind those that are there.
    pub fn append(&mut self, part: Part) {
        let Part { goes_on, names, rows, block } = part;
        self.settled += rows.len();
        self.places.append(self.blocks.len() as u32, goes_on, rows);
        self.articles += block.measure();
        self.dated += block.dated();
        self.names.add(names);
        self.blocks.add(block);
    }

    /// Makes the blocks anew without the rows of sources that have changed, once those are more than the
    /// others: an archive may be open for weeks.
    pub fn tidy(&mut self) {
        if self.room() < 2 * self.articles + BLOCK {
            return;
        }
        let (names, marks) = (self.names.clone(), self.marks.clone());
        let mut anew = Self { names, marks, ..Self::default() };
        for number in 0..self.source_count() as u32 {
            anew.places.push();
            let state = match self.known(number) {
                Some(Known::Read(_)) => {
                    let rows = self.keys(number).filter_map(|key| self.row(key));
                    SourceState::Read(rows.map(ArticleRow::from).collect())
                }
                Some(Known::Failed(why)) => SourceState::Failed(why.clone()),
                Some(Known::Named) | None => continue,
            };
            anew.learnt(number, state);
        }
        *self = anew;
    }

    /// Forgets what was known of a source. Its rows stay where they are until [`Listing::tidy`].
    fn forget(&mut self, number: u32) {
        match self.places.count(number) {
            None => {
                if self.failures.remove(&number).is_none() {
                    return;
                }
            }
            Some(count) => {
                let keys = (0..count).map(|article| ArticleKey { source: number, article });
                let dated = keys.filter_map(|key| self.row(key)).filter(|row| row.date.is_some());
                let dated = dated.count();
                self.dated -= dated;
                self.articles -= count as usize;
            }
        }
        self.settled -= 1;
    }

    /// Keys of the rows that a source has in the list: its articles, or one that stands for a source
    /// that is not read.
    pub fn keys(&self, source: u32) -> impl Iterator<Item = ArticleKey> + use<> {
        let rows = match self.known(source) {
            None => 0,
            Some(Known::Read(count)) => count,
            Some(Known::Named | Known::Failed(_)) => 1,
        };
        (0..rows).map(move |article| ArticleKey { source, article })
    }

    /// How far a source is known; `None` if there is none with this number.
    pub fn known(&self, source: u32) -> Option<Known<'_>> {
        if !self.places.has(source) {
            return None;
        }
        Some(match self.places.count(source) {
            None => self.failures.get(&source).map_or(Known::Named, Known::Failed),
            Some(count) => Known::Read(count),
        })
    }

    /// The name of a source; empty if there is none with this number.
    pub fn name(&self, source: u32) -> DisplayStr<'_> {
        let found = self.names.find(source as usize);
        found.map_or(DisplayStr::default(), |(names, at)| names.get(at as u32))
    }

    /// What the list knows of an article; `None` while its source is not read.
    pub fn row(&self, key: ArticleKey) -> Option<Row<'_>> {
        let at = self.places.row(key.source, key.article)?;
        let (block, at) = self.blocks.find(at as usize)?;
        block.row(at)
    }

    /// What lists are sorted by.
    pub fn sort_key(&self, key: ArticleKey) -> SortKey<'_, ArticleKey> {
        let row = self.row(key).unwrap_or_default();
        SortKey {
            date: row.date,
            page: row.page,
            paper: row.paper.as_str(),
            title: row.title.as_str(),
            author: row.byline.as_str(),
            chars: self.row(key).map(|row| row.chars),
            standing: self.marks.of(row.id).standing(),
            score: None,
            place: key,
        }
    }

    /// From now on these marks are sorted by: what is marked later moves no row until then.
    pub fn know_marks(&mut self, marks: MarkTable) {
        self.marks = marks;
    }

    /// Why sources could not be read, in their order.
    pub fn failures(&self) -> &BTreeMap<u32, DisplayLine> {
        &self.failures
    }

    /// How many rows there is room for, those included that are not in the list any more.
    pub fn room(&self) -> usize {
        self.blocks.len()
    }

    /// How many sources there are.
    pub fn source_count(&self) -> usize {
        self.places.len()
    }

    /// How many of them were read or failed.
    pub fn settled_count(&self) -> usize {
        self.settled
    }

    /// How many articles are known.
    pub fn article_count(&self) -> usize {
        self.articles
    }

    /// How many of them have a date.
    pub fn dated_count(&self) -> usize {
        self.dated
    }
}
