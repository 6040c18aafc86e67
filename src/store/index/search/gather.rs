//! Which texts match: what postings decide, and what the texts themselves do.

use std::{
    cell::RefCell,
    sync::atomic::{AtomicBool, Ordering},
};

use rusqlite::{CachedStatement, OptionalExtension};

use super::{
    BREATH,
    ask::{Times, ask_all, times_in},
    marked::Marked,
};
use crate::{
    query::{self, Fact, Matcher, Subject},
    store::index::{
        catalogue::{ArticlePlace, SegmentTexts},
        plan::{Bits, Known, Plan, Rows},
        reader::Index,
        rows::date_of,
        schema::IndexError,
        segment::{KEY_BITS, Posting},
    },
};

/// What is gathered of one text.
pub(super) struct Match {
    pub(super) text: i64,
    pub(super) chars: u32,
    /// How often each leaf is in it.
    pub(super) times: Times,
    /// A bit for each of the first leaves that may be in it; what postings say.
    pub(super) may: u64,
    /// Leaves that its title may have, and whether it surely has them.
    pub(super) titles: Vec<(usize, bool)>,
    /// The articles with it that match; all if `None`.
    pub(super) articles: Option<Vec<ArticlePlace>>,
}

impl Match {
    /// Whether a leaf may be in it.
    pub(super) fn may_have(&self, leaf: usize) -> bool {
        leaf >= u64::BITS as usize || self.may >> leaf & 1 == 1
    }
}

/// A search that is under way.
pub(super) struct Search<'a> {
    pub(super) index: &'a mut Index,
    pub(super) matcher: Matcher,
    pub(super) plan: Plan,
    pub(super) marked: Marked,
    pub(super) cancelled: &'a AtomicBool,
    /// In how many texts each leaf may be, of the first ones, by what postings say.
    pub(super) may: Vec<usize>,
    /// Texts that were read.
    pub(super) verified: usize,
    /// Texts since it was asked whether anybody still waits.
    pub(super) since: usize,
}

/// The rows of one segment, read from the database.
pub(in crate::store::index) struct SegmentRows<'a> {
    pub(in crate::store::index) statement: RefCell<CachedStatement<'a>>,
    pub(in crate::store::index) segment: i64,
    pub(in crate::store::index) failed: Option<rusqlite::Error>,
}

impl Rows for SegmentRows<'_> {
    fn row<T>(&mut self, key: i64, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let mut statement = self.statement.borrow_mut();
        let found = statement
            .query_row([self.segment << KEY_BITS | key], |row| {
                Ok(read(row.get_ref(0)?.as_blob().unwrap_or_default()))
            })
            .optional();
        found.unwrap_or_else(|error| {
            self.failed = Some(error);
            None
        })
    }
}

/// What postings say of a segment.
struct Candidates {
    known: Known,
    /// The documents that may have each leaf, of the first ones.
    leaves: Vec<Bits>,
    postings: Vec<Vec<Posting>>,
    titles: Vec<(Bits, bool)>,
}

impl Search<'_> {
    /// All texts that match; `None` when it was cancelled.
    pub(super) fn matches(&mut self) -> Result<Option<Vec<Match>>, IndexError> {
        let (mut matches, mut undecided) = (Vec::new(), Vec::new());
        let mut may = vec![0; self.plan.leaves.len().min(u64::BITS as usize)];
        for segment in &self.index.catalogue.segments {
            if self.cancelled.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let Candidates { known, leaves, postings, titles } = self.candidates(segment)?;
            may.iter_mut().zip(&leaves).for_each(|(may, bits)| *may += bits.count());
            let mut postings: Vec<&[Posting]> = postings.iter().map(Vec::as_slice).collect();
            for document in known.may.iter() {
                let Some((text, chars)) = segment.text(document) else { continue };
                if !self.index.catalogue.has_articles(text) {
                    continue;
                }
                let in_title = |(leaf, (bits, sure)): (usize, &(Bits, bool))| {
                    bits.has(document).then_some((leaf, *sure))
                };
                let titles = titles.iter().enumerate().filter_map(in_title).collect();
                let bit = |(leaf, bits): (u32, &Bits)| u64::from(bits.has(document)) << leaf;
                let may = (0..).zip(&leaves).map(bit).fold(0, |all, bit| all | bit);
                let found = Match { text, chars, times: Vec::new(), may, titles, articles: None };
                if known.must.has(document) {
                    matches.push(Match { times: times_of(&mut postings, document), ..found });
                } else {
                    undecided.push(found);
                }
            }
        }
        self.may = may;
        undecided.extend(self.loose_texts());
        let Some(verified) = self.verified(undecided)? else { return Ok(None) };
        matches.extend(verified);
        Ok(Some(matches))
    }

    /// The texts that are in no segment, of which nothing is known.
    pub(super) fn loose_texts(&self) -> Vec<Match> {
        let chars = self.index.catalogue.mean_chars as u32;
        let texts = self.index.catalogue.loose.iter().copied().filter(|text| {
            self.index.catalogue.has_articles(*text) && self.marked.whole.has(*text)
        });
        let found = |text| {
            // Which titles have it is found out later.
            let titles = (0..self.plan.leaves.len()).map(|leaf| (leaf, false)).collect();
            Match { text, chars, times: Vec::new(), may: u64::MAX, titles, articles: None }
        };
        texts.map(found).collect()
    }

    /// Those of the texts that match, as they say themselves; `None` when it was cancelled.
    fn verified(&mut self, undecided: Vec<Match>) -> Result<Option<Vec<Match>>, IndexError> {
        if !self.plan.asks_rows && !self.plan.asks_keywords {
            self.verified += undecided.len();
            let matcher = &self.matcher;
            return ask_all(self.index, matcher, undecided, self.cancelled);
        }
        let mut matches = Vec::new();
        for found in undecided {
            if self.is_cancelled() {
                return Ok(None);
            }
            let verified = self.verify_rows(found.text)?;
            matches.extend(verified.map(|(times, articles)| Match {
                times,
                articles: Some(articles),
                ..found
            }));
        }
        Ok(Some(matches))
    }

    fn is_cancelled(&mut self) -> bool {
        self.since += 1;
        self.since.is_multiple_of(BREATH) && self.cancelled.load(Ordering::Relaxed)
    }

    fn candidates(&self, segment: &SegmentTexts) -> Result<Candidates, IndexError> {
        let SegmentTexts { id, shape, .. } = *segment;
        let statement =
            self.index.connection.prepare_cached("SELECT list FROM postings WHERE key = ?")?;
        let mut rows =
            SegmentRows { statement: RefCell::new(statement), segment: id, failed: None };
        let leaves = self.plan.leaves.iter().enumerate();
        let looked_up: Vec<(Known, Vec<Posting>)> = leaves
            .map(|(at, leaf)| match self.marked.known(at, segment) {
                Some(known) => (known, Vec::new()),
                None => leaf.look_up(shape, &mut rows),
            })
            .collect();
        let titles = self.plan.leaves.iter().map(|leaf| leaf.titles(shape, &mut rows)).collect();
        if let Some(error) = rows.failed {
            return Err(error.into());
        }
        let known = self.plan.evaluate(shape.documents as usize, &mut |leaf| {
            let none = Bits::empty(shape.documents as usize);
            looked_up
                .get(leaf)
                .map_or(Known { must: none.clone(), may: none }, |(known, _)| known.clone())
        });
        let whole = self.marked.whole.bits(segment);
        let known = Known { must: known.must.and(&whole), may: known.may.and(&whole) };
        let leaves = looked_up.iter().take(u64::BITS as usize);
        let leaves = leaves.map(|(known, _)| known.may.clone()).collect();
        let postings = looked_up.into_iter().map(|(_, postings)| postings).collect();
        Ok(Candidates { known, leaves, postings, titles })
    }

    /// Asks the articles with a text, and if need be the text itself: how often it has each leaf, and
    /// which of its articles match, if any.
    fn verify_rows(&mut self, text: i64) -> Result<Option<(Times, Vec<ArticlePlace>)>, IndexError> {
        let places: Vec<ArticlePlace> = self.index.catalogue.articles(text).collect();
        let keywords: Vec<String> = if self.plan.asks_keywords {
            let digest = self.index.digest(text)?.unwrap_or_default();
            digest.keywords.into_iter().map(|keyword| keyword.text).collect()
        } else {
            Vec::new()
        };
        let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
        let marks = self.index.marks.clone();
        let mut searchable = None;
        let mut times = Vec::new();
        let mut matching = Vec::new();
        for place in places {
            let Some(row) = self.index.row(place.article)? else { continue };
            let path = self.index.printed_place(&row);
            let mut subject = Subject {
                path: &path,
                title: Fact::Known(&row.facts.title),
                byline: Fact::Known(&row.facts.byline),
                date: Fact::Known(date_of(place.date.into())),
                keywords: Fact::Known(&keywords),
                text: Fact::Pending,
                marks: Fact::Known(marks.of(row.facts.id)),
            };
            let mut verdict = self.matcher.judge(&subject);
            if verdict == query::Verdict::Pending {
                if searchable.is_none() {
                    self.verified += 1;
                    searchable = self.index.searchable(text)?;
                }
                let Some(searchable) = &searchable else { continue };
                subject.text = Fact::Known(searchable);
                verdict = self.matcher.judge(&subject);
            }
            if let query::Verdict::Yes(found) = verdict {
                times = times_in(&found);
                matching.push(place);
            }
        }
        Ok((!matching.is_empty()).then_some((times, matching)))
    }
}

/// How often a document has each leaf, from the postings from that document on, which are left.
fn times_of(postings: &mut [&[Posting]], document: usize) -> Times {
    let times = postings.iter_mut().enumerate().filter_map(|(leaf, postings)| {
        while let Some((first, rest)) = postings.split_first()
            && usize::from(first.document) < document
        {
            *postings = rest;
        }
        let posting = postings.first().filter(|it| usize::from(it.document) == document)?;
        Some((leaf, f32::from(posting.times)))
    });
    times.collect()
}
