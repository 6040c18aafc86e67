//! What is open: the sources that were found and the articles in them, as far as they are known.

use super::msg::Trouble;
use crate::{
    article::{
        Article,
        facts::{Facts, IssueDate, PageNumber},
        order::{GroupBy, Order, SortKey},
    },
    text::display::{DisplayLine, display},
};

/// An article by its place in the archive. Keys sort in the order of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleKey {
    /// Number of the source, in the order in which sources were found.
    pub source: u32,
    /// Number of the article on its page.
    pub article: u32,
}

/// How sure the splitter is that an article begins where it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// No reason to doubt it.
    Sure,
    /// The list marks it.
    Likely,
}

/// What the list shows of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
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
            title: DisplayLine::new(&article.headline()),
            byline: DisplayLine::new(&article.authors.join(" ")),
            member: DisplayLine::default(),
            chars: article.char_count(),
            line,
            certainty: if sure { Certainty::Sure } else { Certainty::Likely },
            date: None,
            paper: DisplayLine::default(),
            page: None,
        }
    }

    /// The same row with what is known of the issue.
    pub fn with(self, facts: &Facts) -> Self {
        let paper = DisplayLine::new(facts.paper().unwrap_or_default());
        Self { date: facts.date(), paper, page: facts.page().cloned(), ..self }
    }
}

/// How far a source is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceState {
    /// Found, not read yet.
    Named,
    /// Read: its articles, none if it holds no text.
    Read(Vec<ArticleRow>),
    /// It could not be read; why.
    Failed(DisplayLine),
}

/// One source.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: DisplayLine,
    /// What is known of it.
    pub state: SourceState,
}

/// The whole archive as the list shows it.
#[derive(Debug, Default)]
pub struct Archive {
    sources: Vec<Source>,
    rows: Vec<ArticleKey>,
    order: Order,
    settled: usize,
    articles: usize,
    dated: usize,
    failed: usize,
    /// What went wrong besides sources that could not be read at all: bad records of a source, a
    /// folder that cannot be entered, mistakes in the keymap.
    pub problems: Vec<Trouble>,
    /// Things passed over on purpose: hidden files, links, files that are no text.
    pub skipped: usize,
    /// Whether all sources have been found and read.
    pub complete: bool,
    /// How far the index is, of how much, while it is brought up to date.
    pub indexing: Option<(u64, u64)>,
}

impl Archive {
    /// The same order, with nothing in it.
    pub(super) fn emptied(&self) -> Self {
        Self { order: self.order, ..Self::default() }
    }

    /// Takes new sources in; they stand in the list by name until they are read.
    pub fn found(&mut self, names: Vec<DisplayLine>) {
        for name in names {
            let source = self.sources.len() as u32;
            self.rows.push(ArticleKey { source, article: 0 });
            self.sources.push(Source { name, state: SourceState::Named });
        }
        self.sort_rows();
    }

    /// Notes what was learnt about some sources, and gives the list its new rows.
    pub fn learnt(&mut self, news: Vec<(u32, SourceState)>) {
        let Some(first) = news.iter().map(|(source, _)| *source).min() else { return };
        let mut changed: Vec<u32> = news.iter().map(|(source, _)| *source).collect();
        for (number, state) in news {
            let Some(source) = self.sources.get_mut(number as usize) else { continue };
            if matches!(source.state, SourceState::Named) {
                self.settled += 1;
            }
            self.articles = self.articles - articles(&source.state) + articles(&state);
            self.dated = self.dated - dated(&source.state) + dated(&state);
            self.failed = self.failed - failed(&source.state) + failed(&state);
            source.state = state;
        }
        if self.order.is_natural() {
            // Sources are read in order, so only the rows from the first changed one are made again.
            self.rows.truncate(self.rows.partition_point(|key| key.source < first));
            self.add_rows(first..self.sources.len() as u32);
        } else {
            changed.sort_unstable();
            self.rows.retain(|key| changed.binary_search(&key.source).is_err());
            changed.dedup();
            let sorted = std::mem::take(&mut self.rows);
            self.add_rows(changed);
            self.merge_into(&sorted);
        }
    }

    /// Puts the list into another order.
    pub fn sort(&mut self, order: Order) {
        self.order = order;
        if order.is_natural() {
            self.rows.sort_unstable();
        } else {
            self.sort_rows();
        }
    }

    /// The order of the list.
    pub fn order(&self) -> Order {
        self.order
    }

    fn add_rows(&mut self, sources: impl IntoIterator<Item = u32>) {
        for number in sources {
            let Some(source) = self.sources.get(number as usize) else { continue };
            let rows = match &source.state {
                SourceState::Read(rows) => rows.len(),
                SourceState::Named | SourceState::Failed(_) => 1,
            };
            let keys = (0..rows as u32).map(|article| ArticleKey { source: number, article });
            self.rows.extend(keys);
        }
    }

    /// Merges the rows, which are new, into others that are sorted. Each new one is looked up, so
    /// that few of them cost few comparisons however long the list is.
    fn merge_into(&mut self, sorted: &[ArticleKey]) {
        self.sort_rows();
        let mut rows = Vec::with_capacity(sorted.len() + self.rows.len());
        let mut rest = sorted;
        for key in &self.rows {
            let new = self.sort_key(*key);
            let before = |row: &ArticleKey| self.order.compare(&self.sort_key(*row), &new).is_lt();
            let (above, below) = rest.split_at(rest.partition_point(before));
            rows.extend_from_slice(above);
            rows.push(*key);
            rest = below;
        }
        rows.extend_from_slice(rest);
        self.rows = rows;
    }

    /// Sorts the rows anew if the order asks for it.
    fn sort_rows(&mut self) {
        if self.order.is_natural() {
            return;
        }
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by(|a, b| self.order.compare(&self.sort_key(*a), &self.sort_key(*b)));
        self.rows = rows;
    }

    fn sort_key(&self, key: ArticleKey) -> SortKey<'_, ArticleKey> {
        let row = self.row(key);
        SortKey {
            date: row.and_then(|row| row.date),
            page: row.and_then(|row| row.page.as_ref()),
            paper: row.map_or("", |row| row.paper.as_str()),
            title: row.map_or("", |row| row.title.as_str()),
            author: row.map_or("", |row| row.byline.as_str()),
            chars: row.map(|row| row.chars),
            place: key,
        }
    }

    /// Whether the first article of a group stands at this row of the list.
    pub fn begins_group(&self, at: usize) -> bool {
        let group = self.order.group;
        let Some(key) = self.rows.get(at).filter(|_| group != GroupBy::None) else { return false };
        let above = at.checked_sub(1).and_then(|above| self.rows.get(above));
        above.is_none_or(|above| !group.joins(&self.sort_key(*above), &self.sort_key(*key)))
    }

    /// What the articles that are grouped with this one have in common; `None` if that is not
    /// known.
    pub fn group_of(&self, key: ArticleKey) -> Option<DisplayLine> {
        let group = self.order.group.of(&self.sort_key(key));
        group.map(|group| DisplayLine::new(&group))
    }

    /// The rows of the list, in order.
    pub fn rows(&self) -> &[ArticleKey] {
        &self.rows
    }

    /// The source of an article.
    pub fn source(&self, key: ArticleKey) -> Option<&Source> {
        self.sources.get(key.source as usize)
    }

    /// Where an article stands: the name of its source, and of the member of an archive file.
    pub fn place(&self, key: ArticleKey) -> Option<DisplayLine> {
        let name = &self.source(key)?.name;
        let member = self.row(key).map(|row| &row.member).filter(|member| !member.is_empty());
        Some(member.map_or_else(|| name.clone(), |member| display!("{name}/{member}")))
    }

    /// What the list knows of an article; `None` while its source is not read.
    pub fn row(&self, key: ArticleKey) -> Option<&ArticleRow> {
        match &self.source(key)?.state {
            SourceState::Read(rows) => rows.get(key.article as usize),
            SourceState::Named | SourceState::Failed(_) => None,
        }
    }

    /// The row of the list at which `key` stands, or would stand.
    pub fn position(&self, key: ArticleKey) -> usize {
        if self.order.is_natural() {
            return self.rows.partition_point(|row| *row < key);
        }
        // An article that is gone stands where its page begins.
        let first = ArticleKey { article: 0, ..key };
        let known = self.sort_key(if self.row(key).is_some() { key } else { first });
        self.rows.partition_point(|row| self.order.compare(&self.sort_key(*row), &known).is_lt())
    }

    /// How many sources were found.
    pub fn found_count(&self) -> usize {
        self.sources.len()
    }

    /// How many of them were read or failed.
    pub fn settled_count(&self) -> usize {
        self.settled
    }

    /// How many articles are known.
    pub fn article_count(&self) -> usize {
        self.articles
    }

    /// Whether the date of any article is known.
    pub fn has_dates(&self) -> bool {
        self.dated > 0
    }

    /// All problems: those of sources with their names, then the others.
    pub fn problem_lines(&self) -> Vec<DisplayLine> {
        let failed = self.sources.iter().filter_map(|source| match &source.state {
            SourceState::Failed(why) => Some(display!("{}: {why}", source.name)),
            _ => None,
        });
        failed.chain(self.problems.iter().map(|trouble| trouble.message.clone())).collect()
    }

    /// How many problems there are.
    pub fn problem_count(&self) -> usize {
        self.failed + self.problems.len()
    }
}

fn dated(state: &SourceState) -> usize {
    match state {
        SourceState::Read(rows) => rows.iter().filter(|row| row.date.is_some()).count(),
        SourceState::Named | SourceState::Failed(_) => 0,
    }
}

fn failed(state: &SourceState) -> usize {
    usize::from(matches!(state, SourceState::Failed(_)))
}

fn articles(state: &SourceState) -> usize {
    match state {
        SourceState::Read(rows) => rows.len(),
        SourceState::Named | SourceState::Failed(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::order::SortBy;

    /// A source of one article that is `chars` long.
    fn source(chars: usize) -> SourceState {
        let page = crate::article::split("雨停了。".into(), crate::article::SplitMode::Off);
        SourceState::Read(vec![ArticleRow { chars, ..ArticleRow::of(&page.articles[0], 1) }])
    }

    #[test]
    fn a_sorted_list_takes_in_what_comes_later() {
        const SOURCES: u32 = 1000;
        let mut archive = Archive::default();
        archive.found((0..SOURCES).map(|n| display!("{n}")).collect());
        archive.sort(Order { by: SortBy::Chars, group: GroupBy::None, ..Order::default() });
        let chars = |number: u32| (number * 7919 % 101) as usize;
        for batch in (0..SOURCES).collect::<Vec<_>>().chunks(37) {
            archive.learnt(batch.iter().map(|number| (*number, source(chars(*number)))).collect());
            let known: Vec<_> = archive.rows().iter().map(|key| archive.row(*key)).collect();
            assert!(known.iter().map(|row| row.map_or(usize::MAX, |row| row.chars)).is_sorted());
            for (at, key) in archive.rows().iter().enumerate() {
                assert_eq!(archive.position(*key), at);
            }
        }
        archive.sort(Order::default());
        let natural: Vec<u32> = archive.rows().iter().map(|key| key.source).collect();
        assert_eq!(natural, (0..SOURCES).collect::<Vec<_>>());
    }
}
