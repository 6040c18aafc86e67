//! Which articles a command is about: by their marks, and by queries.

use super::{args::OnlyArgs, marks, output::Output, search::complain, stream::Item};
use crate::{
    analysis::Analysis,
    article::{ArticleId, MarkTable, Marks},
    query::{Fact, Field, MatchOptions, Matcher, Query, Subject},
    text::searchable::Searchable,
};

/// What articles have to be like.
pub(super) struct Only {
    args: OnlyArgs,
    matchers: Vec<Matcher>,
    marks: MarkTable,
    /// Whether all marks could be read.
    pub(super) is_whole: bool,
}

impl Only {
    /// What the options ask for. Says what is wrong with a query.
    pub(super) fn new(args: &OnlyArgs, out: &mut Output) -> Option<Self> {
        let pinyin = out.settings().pinyin && !args.no_pinyin;
        let mut matchers = Vec::new();
        for typed in &args.queries {
            match Query::parse(typed) {
                Ok(query) => matchers.push(Matcher::new(&query, MatchOptions { pinyin })),
                Err(error) => {
                    complain(typed, error.range, &error.message(out.lang), out);
                    return None;
                }
            }
        }
        let (merged, is_whole) = marks::load(out);
        let marks = merged.table();
        Some(Self { args: args.clone(), matchers, marks, is_whole })
    }

    /// What the person keeps about an article.
    pub(super) fn marks(&self, id: ArticleId) -> &Marks {
        self.marks.of(id)
    }

    /// Whether an article is like that. It is analysed only if a query asks for keywords.
    pub(super) fn has<'a>(&self, item: &Item, analyzed: &dyn Fn() -> &'a Analysis) -> bool {
        let marks = self.marks(item.article.id);
        let OnlyArgs { starred, tags, noted, .. } = &self.args;
        (marks.starred || !starred)
            && tags.iter().all(|tag| marks.tags.contains(tag.as_str()))
            && (!marks.note.is_empty() || !noted)
            && (self.matchers.is_empty() || self.is_found(item, marks, analyzed))
    }

    fn is_found<'a>(
        &self,
        item: &Item,
        marks: &Marks,
        analyzed: &dyn Fn() -> &'a Analysis,
    ) -> bool {
        let facts = item.document.facts_of(item.article);
        let terms = self.matchers.iter().flat_map(Matcher::terms);
        let asks_keywords = terms.into_iter().any(|term| term.field == Field::Keyword);
        let analysis = asks_keywords.then(analyzed);
        let keywords = analysis.iter().flat_map(|analysis| analysis.distinct_keywords());
        let keywords: Vec<&str> = keywords.map(|keyword| keyword.text.as_str()).collect();
        let text = Searchable::of(&item.article.text);
        let subject = Subject {
            path: &item.place.to_string_lossy(),
            title: Fact::Known(&item.article.headline()),
            byline: Fact::Known(&item.article.authors.join(" ")),
            date: Fact::Known(facts.date()),
            keywords: Fact::Known(&keywords),
            text: Fact::Known(&text),
            marks: Fact::Known(marks),
        };
        self.matchers.iter().all(|matcher| matcher.matches(&subject).is_some())
    }
}
