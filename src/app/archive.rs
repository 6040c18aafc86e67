//! What is open: the sources that were found and the articles in them, as far as they are known.

use super::msg::Trouble;
use crate::{
    article::Article,
    text::display::{DisplayLine, display},
};

/// An article by its place in the archive. Keys sort in the order of the list.
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
    /// Characters of running text.
    pub chars: usize,
    /// Line of the source at which it begins, from 1.
    pub line: usize,
    /// Whether its beginning is certain.
    pub certainty: Certainty,
}

impl ArticleRow {
    /// The row of an article that begins on `line` of its source.
    pub fn of(article: &Article, line: usize) -> Self {
        let sure = article.start.is_sure();
        Self {
            title: DisplayLine::new(&article.headline()),
            byline: DisplayLine::new(&article.authors.join(" ")),
            chars: article.char_count(),
            line,
            certainty: if sure { Certainty::Sure } else { Certainty::Likely },
        }
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
    settled: usize,
    articles: usize,
    failed: usize,
    /// What went wrong besides sources that could not be read at all: bad records of a source, a
    /// folder that cannot be entered, mistakes in the keymap.
    pub problems: Vec<Trouble>,
    /// Things passed over on purpose: hidden files, links, files that are no text.
    pub skipped: usize,
    /// Whether all sources have been found and read.
    pub complete: bool,
}

impl Archive {
    /// Takes new sources in; they stand in the list by name until they are read.
    pub fn found(&mut self, names: Vec<DisplayLine>) {
        for name in names {
            let source = self.sources.len() as u32;
            self.rows.push(ArticleKey { source, article: 0 });
            self.sources.push(Source { name, state: SourceState::Named });
        }
    }

    /// Notes what was learnt about some sources, and gives the list its new rows.
    pub fn learnt(&mut self, news: Vec<(u32, SourceState)>) {
        let Some(first) = news.iter().map(|(source, _)| *source).min() else { return };
        for (number, state) in news {
            let Some(source) = self.sources.get_mut(number as usize) else { continue };
            if matches!(source.state, SourceState::Named) {
                self.settled += 1;
            }
            self.articles = self.articles - articles(&source.state) + articles(&state);
            self.failed = self.failed - failed(&source.state) + failed(&state);
            source.state = state;
        }
        // Sources are read in order, so only the rows from the first changed one are made again.
        self.rows.truncate(self.rows.partition_point(|key| key.source < first));
        for number in first..self.sources.len() as u32 {
            let rows = match &self.sources[number as usize].state {
                SourceState::Read(rows) => rows.len(),
                SourceState::Named | SourceState::Failed(_) => 1,
            };
            let keys = (0..rows as u32).map(|article| ArticleKey { source: number, article });
            self.rows.extend(keys);
        }
    }

    /// The rows of the list, in order.
    pub fn rows(&self) -> &[ArticleKey] {
        &self.rows
    }

    /// The source of an article.
    pub fn source(&self, key: ArticleKey) -> Option<&Source> {
        self.sources.get(key.source as usize)
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
        self.rows.partition_point(|row| *row < key)
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

fn failed(state: &SourceState) -> usize {
    usize::from(matches!(state, SourceState::Failed(_)))
}

fn articles(state: &SourceState) -> usize {
    match state {
        SourceState::Read(rows) => rows.len(),
        SourceState::Named | SourceState::Failed(_) => 0,
    }
}
