//! The texts that can be copied: made of an article, what was found in it, and where it stands.
//!
//! All of them went through [`paste`]: they are the article's own words without what cannot be seen,
//! so that nothing that was copied acts on what it is pasted into.

use super::{action::CopyWhat, search::ResultOrder};
use crate::{
    analysis::{Analysis, Length},
    article::{Article, Role, citation::Citation, order::Order},
    listing::{ArticleKey, Row},
    text::{paste, range::TextRange, sentence::sentences},
};

/// Keywords that are copied at most.
const KEYWORDS: usize = 10;

/// An article of which something is copied.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was found in it, once that is known.
    pub analysis: Option<&'a Analysis>,
    /// What the list knows of it.
    pub row: Row<'a>,
    /// Source and line of what is copied.
    pub place: &'a str,
}

/// A view as a command line can print it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// The list of the articles that pass all filters.
    List {
        /// The order of the list.
        order: Order,
        /// Queries that find what the filters let pass; `None` for a filter that no query stands for.
        filters: Vec<Option<String>>,
        /// Whether letters of the queries are letters only.
        is_literal: bool,
    },
    /// What a search finds.
    Found {
        /// What is searched for.
        query: String,
        /// Whether letters are letters only.
        is_literal: bool,
        /// The order of the results.
        order: ResultOrder,
    },
    /// The articles nearest to this one.
    Near(ArticleKey),
    /// The text of an article.
    Text(ArticleKey),
    /// The best sentences of an article, this share of its characters in per cent.
    Level(ArticleKey, u8),
    /// So many key sentences of an article.
    Summary(ArticleKey, usize),
    /// The keywords of an article.
    Keywords(ArticleKey),
    /// How the source of an article was split.
    Page(ArticleKey),
}

impl Subject<'_> {
    /// The text to copy; `sentence` is the one at hand, `count` how many key sentences a summary has.
    /// `None` when there is nothing of that kind: no sentence, or no analysis yet.
    pub fn text(
        &self,
        what: CopyWhat,
        sentence: Option<TextRange>,
        count: usize,
    ) -> Option<String> {
        let quoted = sentence.map(|range| range.of(&self.article.text));
        let text = match what {
            CopyWhat::Sentence => paste::line(quoted?),
            CopyWhat::Citation => self.citation(quoted).plain(),
            CopyWhat::Markdown => self.citation(quoted).markdown(),
            CopyWhat::Reference => self.citation(None).reference(),
            CopyWhat::Summary => self.summary(count)?,
            CopyWhat::Keywords => self.keywords()?,
            CopyWhat::Article => paste::block(&self.article.text),
            CopyWhat::Place => paste::line(self.place),
            // It is made where paths are known.
            CopyWhat::CommandLine => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    fn citation<'a>(&'a self, sentence: Option<&'a str>) -> Citation<'a> {
        // The first words of an article without a title are none.
        let title = self.article.title().map(|_| self.row.title.as_str());
        Citation {
            sentence,
            authors: &self.article.authors,
            title,
            paper: Some(self.row.paper.as_str()),
            date: self.row.date,
            page: self.row.page,
            place: Some(self.place),
        }
    }

    /// The key sentences in reading order, a line each.
    fn summary(&self, count: usize) -> Option<String> {
        let key = self.analysis?.key_sentences(Length::Sentences(count), &self.article.text);
        let lines: Vec<String> =
            key.iter().map(|it| paste::line(it.range.of(&self.article.text))).collect();
        Some(lines.join("\n"))
    }

    /// The keywords as a list of them in a journal has them.
    fn keywords(&self) -> Option<String> {
        let best = self.analysis?.distinct_keywords().into_iter().take(KEYWORDS);
        Some(best.map(|keyword| paste::line(&keyword.text)).collect::<Vec<_>>().join("；"))
    }

    /// The first sentence for which `is_wanted`; of the running text, as far as there is one.
    pub fn first_sentence(&self, is_wanted: impl Fn(TextRange) -> bool) -> Option<TextRange> {
        if let Some(analysis) = self.analysis {
            return analysis.sentences.iter().map(|it| it.range).find(|range| is_wanted(*range));
        }
        let running = self.article.parts_of(Role::Paragraph);
        let cut = running.flat_map(|part| {
            let found = sentences(part.range.of(&self.article.text)).into_iter();
            found.map(|range| range.shifted(part.range.start))
        });
        cut.into_iter().find(|range| is_wanted(*range))
    }
}

#[cfg(test)]
mod tests;
