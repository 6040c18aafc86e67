//! Searching the index: every article that matches a query, the best first.

mod ask;
mod gather;
mod marked;
mod order;
mod pinyin;
mod readings;
mod rows;
mod score;
mod segments;
mod threads;

use std::sync::atomic::AtomicBool;

use rustc_hash::FxHashSet;

pub(super) use self::segments::SegmentRows;
use self::{gather::Search, marked::Marked, readings::Readings};
use super::{body::Body, plan::Plan, reader::Index, schema::IndexError};
use crate::{
    query::{self, MatchOptions, Matcher, Query, pinyin::PinyinPattern},
    text::searchable::{Searchable, phrase},
};

/// Keywords that a word of the query may be part of; with more it is looked for in texts.
const MOST_WORDS: usize = 2000;
/// Days in which what freshness adds falls to a third.
const FADES: f32 = 365.0;
/// Characters that are read letter by letter in some milliseconds.
const READ_SOON: f32 = 500_000.0;
/// Texts after which it is asked whether anybody still waits.
const BREATH: usize = 64;

/// How results are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum SearchOrder {
    /// The best first.
    #[default]
    Score,
    /// The newest first; those without a date last.
    Newest,
    /// In the order of the archive.
    Archive,
}

/// How to search.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SearchOptions {
    /// Whether Latin letters may be pinyin: of titles, of keywords, and from three letters on of texts; of texts of a
    /// large archive what is a keyword of some article.
    pub pinyin: bool,
    /// The order of the results.
    pub order: SearchOrder,
    /// What newness counts beside the score: 0 nothing, 1 as much as the score of the best.
    pub freshness: f32,
}

/// What letters may be the pinyin of, besides tags and notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    /// Nothing else.
    Nothing,
    /// Keywords.
    Keywords,
    /// Keywords, titles and texts.
    Texts,
}

/// An article that matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchHit {
    /// Its number in the index.
    pub article: i64,
    /// The number of its text.
    pub text: i64,
    /// How well it matches; comparable within one search.
    pub score: f32,
    /// Whether it was found by its pinyin only.
    pub by_pinyin: bool,
    pub(crate) date: i32,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    /// The articles, in the order that was asked for. Those found literally come first.
    pub hits: Vec<SearchHit>,
    /// Texts that had to be read, because postings did not decide.
    pub verified: usize,
}

impl Index {
    /// Finds all articles that match a query; `None` when it was cancelled.
    ///
    /// # Errors
    ///
    /// Those of the database, or when it is damaged.
    pub fn search(
        &mut self,
        query: &Query,
        options: SearchOptions,
        cancelled: &AtomicBool,
    ) -> Result<Option<SearchResults>, IndexError> {
        self.at_one_moment(|index| index.found(query, options, cancelled))
    }

    fn found(
        &mut self,
        query: &Query,
        options: SearchOptions,
        cancelled: &AtomicBool,
    ) -> Result<Option<SearchResults>, IndexError> {
        let Some(mut results) = self.matching(query, options, Reads::Nothing, cancelled)? else {
            return Ok(None);
        };
        if options.pinyin && !self.add_pinyin(query, options, &mut results.hits, cancelled)? {
            return Ok(None);
        }
        let SearchResults { hits, .. } = &mut results;
        match options.order {
            SearchOrder::Archive => {
                let order = self.archive_order()?;
                hits.sort_by_key(|hit| order.get(&hit.article).copied());
            }
            SearchOrder::Newest => order::newest_first(hits),
            SearchOrder::Score => order::best_first(hits),
        }
        Ok(Some(results))
    }

    /// The articles that match, in no order; `None` when it was cancelled.
    fn matching(
        &mut self,
        query: &Query,
        options: SearchOptions,
        reads: Reads,
        cancelled: &AtomicBool,
    ) -> Result<Option<SearchResults>, IndexError> {
        let (query, of_marks) = query.split_at_marks();
        let matching = MatchOptions { pinyin: options.pinyin };
        let matcher = Matcher::literal_but_for(&query, matching, |field| match reads {
            Reads::Nothing => false,
            Reads::Keywords => field == query::Field::Keyword,
            Reads::Texts => true,
        });
        let marked = Marked::of(self, &of_marks, &matcher, matching)?;
        let mut failed = None;
        let is_read = |term: &query::Term| match &term.pattern {
            query::Pattern::Literal(literal) => {
                let is_asked = match reads {
                    Reads::Nothing => false,
                    Reads::Keywords => term.field == query::Field::Keyword,
                    Reads::Texts => true,
                };
                is_asked && readings::pattern_of(literal).is_some()
            }
            _ => false,
        };
        let plan = Plan::of(&query.expr, &is_read, &mut |literal| {
            let reading =
                (reads != Reads::Nothing).then(|| readings::pattern_of(literal)).flatten();
            self.words(literal, reading.as_ref()).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let may = Vec::new();
        let mut search =
            Search { index: self, matcher, plan, marked, cancelled, may, verified: 0, since: 0 };
        let Some(matches) = search.matches()? else { return Ok(None) };
        let Some(mut hits) = search.scored(&matches)? else { return Ok(None) };
        let verified = search.verified;
        self.freshen(&mut hits, options.freshness);
        Ok(Some(SearchResults { hits, verified }))
    }

    /// Adds the articles that match by their pinyin only; `false` when it was cancelled.
    fn add_pinyin(
        &mut self,
        query: &Query,
        options: SearchOptions,
        hits: &mut Vec<SearchHit>,
        cancelled: &AtomicBool,
    ) -> Result<bool, IndexError> {
        let of_texts = self.catalogue.texts as f32 * self.catalogue.mean_chars < READ_SOON;
        let Some(readings) = Readings::of(query, of_texts, self, cancelled)? else {
            return Ok(false);
        };
        if let Some(read) = readings.read(query) {
            let reads = if of_texts { Reads::Texts } else { Reads::Keywords };
            let Some(more) = self.matching(&read, options, reads, cancelled)? else {
                return Ok(false);
            };
            add_new(more.hits, hits);
        }
        let Some(more) = self.by_title(query, cancelled)? else { return Ok(false) };
        add_new(more, hits);
        Ok(true)
    }

    /// The numbers of the keywords that a word of the query means, or that read so; `None` if they are too many.
    pub(super) fn words(
        &self,
        literal: &query::Literal,
        reading: Option<&PinyinPattern>,
    ) -> Result<Option<Vec<u32>>, IndexError> {
        let mut statement = self.connection.prepare_cached("SELECT id, word FROM words")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let word = row.get_ref(1)?.as_str().map_err(|_| IndexError::Damaged)?;
            let folded = phrase(word);
            let means = if literal.quoted {
                folded == literal.folded
            } else {
                folded.contains(&literal.folded)
            };
            if means || reading.is_some_and(|reading| reading.find(&folded).is_some()) {
                found.push(row.get(0)?);
                if found.len() > MOST_WORDS {
                    return Ok(None);
                }
            }
        }
        Ok(Some(found))
    }

    /// Adds to the scores what newness counts.
    fn freshen(&self, hits: &mut [SearchHit], freshness: f32) {
        let best = hits.iter().map(|hit| hit.score).fold(0.0, f32::max);
        let newest = self.catalogue.newest();
        if freshness <= 0.0 || newest == 0 {
            return;
        }
        for hit in hits.iter_mut().filter(|hit| hit.date > 0) {
            let age = days(newest) - days(hit.date);
            hit.score += freshness * best * (-age / FADES).exp();
        }
    }

    /// The searchable form of a text.
    pub(super) fn searchable(&mut self, text: i64) -> Result<Option<Searchable>, IndexError> {
        let Some(bytes) = self.bytes(text)? else { return Ok(None) };
        let body = Body::of(&bytes).ok_or(IndexError::Damaged)?;
        Ok(Some(Searchable::of(body.searched)))
    }
}

/// Adds hits by pinyin that are of other articles.
fn add_new(more: Vec<SearchHit>, hits: &mut Vec<SearchHit>) {
    let more = more.into_iter().map(|hit| SearchHit { by_pinyin: true, ..hit });
    if hits.is_empty() || more.len() == 0 {
        hits.extend(more);
        return;
    }
    let known: FxHashSet<i64> = hits.iter().map(|hit| hit.article).collect();
    hits.extend(more.filter(|hit| !known.contains(&hit.article)));
}

/// A date as a number of days, near enough for comparing.
fn days(date: i32) -> f32 {
    (date / 10_000) as f32 * 365.25 + (date / 100 % 100) as f32 * 30.4 + (date % 100) as f32
}
