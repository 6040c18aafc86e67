//! Titles that read as the letters of a query.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{BREATH, SearchHit};
use crate::{
    query::{self, Expr, Fact, MatchOptions, Matcher, Query, Subject, pinyin::PinyinPattern},
    store::index::{catalogue::ArticlePlace, reader::Index, schema::IndexError},
};

impl Index {
    /// The articles, beside those that were found already, whose title reads so.
    pub(super) fn by_pinyin(
        &mut self,
        query: &Query,
        found: &HashSet<i64>,
        cancelled: &AtomicBool,
    ) -> Result<Option<Vec<SearchHit>>, IndexError> {
        let matcher = Matcher::new(query, MatchOptions { pinyin: true });
        let patterns: Vec<PinyinPattern> = matcher.terms().iter().filter_map(pinyin_of).collect();
        if patterns.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let mut reading = Vec::new();
        {
            let mut statement =
                self.connection.prepare_cached("SELECT id, text, title, date FROM articles")?;
            let mut rows = statement.query([])?;
            let mut since = 0;
            while let Some(row) = rows.next()? {
                since += 1;
                if since % (BREATH * 64) == 0 && cancelled.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                let title = row.get_ref(2)?.as_str().map_err(|_| IndexError::Damaged)?;
                let article = row.get(0)?;
                if found.contains(&article)
                    || !patterns.iter().any(|pattern| pattern.find(title).is_some())
                {
                    continue;
                }
                let date: Option<i32> = row.get(3)?;
                reading.push(ArticlePlace { text: row.get(1)?, article, date: date.unwrap_or(0) });
            }
        }
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
            let path = row.path();
            let subject = Subject {
                path: &path,
                title: Fact::Known(&row.facts.title),
                byline: Fact::Known(&row.facts.byline),
                date: Fact::Known(row.facts.date),
                keywords: Fact::Known(&[]),
                text: Fact::Known(&text),
                marks: Fact::Known(query::Marks::default()),
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
