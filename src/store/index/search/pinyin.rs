//! Titles that read as the letters of a query.

use std::{
    num::NonZero,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use rusqlite::Connection;

use super::{BREATH, SearchHit, marked::Marked};
use crate::{
    query::{self, Expr, Fact, MatchOptions, Matcher, Query, Subject, pinyin::PinyinPattern},
    store::index::{catalogue::ArticlePlace, reader::Index, schema::IndexError},
};

/// Rows that one thread looks through in two milliseconds.
const ALONE: i64 = 10_000;

impl Index {
    /// The articles whose title reads as the query; `None` when it was cancelled.
    pub(super) fn by_title(
        &mut self,
        query: &Query,
        cancelled: &AtomicBool,
    ) -> Result<Option<Vec<SearchHit>>, IndexError> {
        let (query, of_marks) = &query.split_at_marks();
        let options = MatchOptions { pinyin: true };
        let marked =
            Marked::of(self, of_marks, &Matcher::new(&Query::default(), options), options)?;
        let matcher = Matcher::new(query, options);
        let patterns: Vec<PinyinPattern> = matcher.terms().iter().filter_map(pinyin_of).collect();
        if patterns.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let Some(mut reading) = self.titles(&patterns, cancelled)? else { return Ok(None) };
        reading.retain(|place| marked.whole.has(place.text));
        let marks = self.marks.clone();
        let mut hits = Vec::new();
        if matches!(query.expr, Expr::Term(_)) {
            // The title decides alone.
            hits.extend(reading.drain(..).map(|ArticlePlace { text, article, date }| SearchHit {
                article,
                text,
                score: 0.5,
                by_pinyin: true,
                date,
            }));
        }
        for place in reading {
            let Some(row) = self.row(place.article)? else { continue };
            let text = self.searchable(place.text)?.unwrap_or_default();
            let digest = self.digest(place.text)?.unwrap_or_default();
            let keywords: Vec<&str> = digest.keywords.iter().map(|it| it.text.as_str()).collect();
            let path = row.path();
            let subject = Subject {
                path: &path,
                title: Fact::Known(&row.facts.title),
                byline: Fact::Known(&row.facts.byline),
                date: Fact::Known(row.facts.date),
                keywords: Fact::Known(&keywords),
                text: Fact::Known(&text),
                marks: Fact::Known(marks.of(row.facts.id)),
            };
            if let Some(found) = matcher.matches(&subject) {
                let times: usize = found.counts.iter().map(|count| count.count).sum();
                let ArticlePlace { text, article, date } = place;
                let score = 1.0 - 1.0 / (1.0 + times as f32);
                hits.push(SearchHit { article, text, score, by_pinyin: true, date });
            }
        }
        Ok(Some(hits))
    }
}

impl Index {
    /// The articles whose title reads as one of the patterns, in the order of their numbers; `None` when it was
    /// cancelled.
    fn titles(
        &mut self,
        patterns: &[PinyinPattern],
        cancelled: &AtomicBool,
    ) -> Result<Option<Vec<ArticlePlace>>, IndexError> {
        let last = "SELECT coalesce(max(id), 0) FROM articles";
        let last: i64 = self.connection.query_row(last, [], |row| row.get(0))?;
        self.on_all(last, |connection, range| titles_in(connection, range, patterns, cancelled))
    }

    /// What is found in rows with numbers up to `last`, in their order: many are gone through on all
    /// processors. `None` when it was cancelled.
    pub(super) fn on_all<T: Send>(
        &mut self,
        last: i64,
        found_in: impl Fn(&Connection, (i64, i64)) -> FoundRows<T> + Sync,
    ) -> FoundRows<T> {
        let found_in = &found_in;
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let threads = if last < ALONE { 1 } else { threads };
        let helpers = self.take_helpers(threads - 1)?;
        let step = last / i64::try_from(helpers.len() + 1).unwrap_or(1) + 1;
        let range = |part: usize| {
            let part = i64::try_from(part).unwrap_or(0);
            (part * step, (part + 1) * step)
        };
        let mut connections = helpers;
        let parts = thread::scope(|scope| {
            let others: Vec<_> = connections
                .iter_mut()
                .enumerate()
                .map(|(part, helper)| {
                    let range = range(part + 1);
                    scope.spawn(move || found_in(&helper.connection, range))
                })
                .collect();
            let own = found_in(&self.connection, range(0));
            let others = others.into_iter().map(|it| it.join().unwrap_or(Err(IndexError::Damaged)));
            [own].into_iter().chain(others).collect::<Vec<_>>()
        });
        self.give_back(connections);
        let mut all = Vec::new();
        for part in parts {
            let Some(part) = part? else { return Ok(None) };
            all.extend(part);
        }
        Ok(Some(all))
    }
}

/// What was found in some rows; `None` when it was cancelled.
pub(super) type FoundRows<T> = Result<Option<Vec<T>>, IndexError>;

fn titles_in(
    connection: &Connection,
    (from, to): (i64, i64),
    patterns: &[PinyinPattern],
    cancelled: &AtomicBool,
) -> FoundRows<ArticlePlace> {
    let mut statement = connection
        .prepare_cached("SELECT id, text, title, date FROM articles WHERE id >= ? AND id < ?")?;
    let mut rows = statement.query([from, to])?;
    let (mut found, mut since) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        since += 1;
        if since % (BREATH * 64) == 0 && cancelled.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let title = row.get_ref(2)?.as_str().map_err(|_| IndexError::Damaged)?;
        if patterns.iter().any(|pattern| pattern.find(title).is_some()) {
            let date: Option<i32> = row.get(3)?;
            let (article, text) = (row.get(0)?, row.get(1)?);
            found.push(ArticlePlace { text, article, date: date.unwrap_or(0) });
        }
    }
    Ok(Some(found))
}

/// The pinyin that a term may be.
fn pinyin_of(term: &query::Term) -> Option<PinyinPattern> {
    match &term.pattern {
        query::Pattern::Literal(literal)
            if !literal.quoted && matches!(term.field, query::Field::Any | query::Field::Title) =>
        {
            PinyinPattern::new(&literal.typed)
        }
        _ => None,
    }
}
