//! Titles that read as the letters of a query.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{SearchHit, marked::Marked, rows::Rows};
use crate::{
    query::{
        self, Expr, Fact, MatchOptions, Matcher, Query, Subject,
        pinyin::{Lines, PinyinPattern},
    },
    store::index::{catalogue::ArticlePlace, reader::Index, schema::IndexError},
};

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
            if cancelled.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let Some(row) = self.row(place.article)? else { continue };
            let text = self.searchable(place.text)?.unwrap_or_default();
            let digest = self.digest(place.text)?.unwrap_or_default();
            let keywords: Vec<&str> = digest.keywords.iter().map(|it| it.text.as_str()).collect();
            let path = self.printed_place(&row);
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
    /// The articles whose title reads as one of the patterns; `None` when it was cancelled.
    fn titles(
        &mut self,
        patterns: &[PinyinPattern],
        cancelled: &AtomicBool,
    ) -> Result<Option<Vec<ArticlePlace>>, IndexError> {
        let threads = self.catalogue.segments.len();
        let lines: Vec<Lines<'_>> = patterns.iter().map(Lines::of).collect();
        let parts = self.in_parts(threads, |connection, catalogue, part| {
            let mut statement =
                connection.prepare_cached("SELECT headlines FROM segments WHERE id = ?")?;
            let mut found = Vec::new();
            for segment in part.of(&catalogue.segments) {
                if cancelled.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                let mut rows = statement.query([segment.id])?;
                let Some(row) = rows.next()? else { continue };
                let headlines = row.get_ref(0)?.as_blob().map_err(|_| IndexError::Damaged)?;
                let mut documents = Vec::new();
                for lines in &lines {
                    lines.each_in(headlines, |document| documents.push(document));
                }
                documents.sort_unstable();
                documents.dedup();
                let texts = documents.into_iter().filter_map(|document| segment.text(document));
                found.extend(texts.flat_map(|(text, _)| catalogue.articles(text)));
            }
            Ok(Some(found))
        })?;
        let Some(parts) = parts else { return Ok(None) };
        let Some(loose) = self.loose_titles(patterns, cancelled)? else { return Ok(None) };
        Ok(Some(parts.into_iter().flatten().chain(loose).collect()))
    }

    /// Those of them whose texts are in no segment.
    fn loose_titles(
        &mut self,
        patterns: &[PinyinPattern],
        cancelled: &AtomicBool,
    ) -> Result<Option<Vec<ArticlePlace>>, IndexError> {
        let Some(first) = self.catalogue.loose.first().copied() else {
            return Ok(Some(Vec::new()));
        };
        let titles = Rows {
            first,
            last: "SELECT coalesce(max(text), 0) FROM articles",
            of_range: "SELECT id, text, title, date FROM articles WHERE text >= ? AND text < ?",
        };
        self.look_through(titles, cancelled, |row, found| {
            let title = row.get_ref(2)?.as_str().map_err(|_| IndexError::Damaged)?;
            if patterns.iter().any(|pattern| pattern.find(title).is_some()) {
                let date: Option<i32> = row.get(3)?;
                let (article, text) = (row.get(0)?, row.get(1)?);
                found.push(ArticlePlace { text, article, date: date.unwrap_or(0) });
            }
            Ok(())
        })
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
