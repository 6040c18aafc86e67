//! What postings say of the texts in segments, which are looked into on all processors.

use std::{
    cell::RefCell,
    sync::atomic::{AtomicBool, Ordering},
};

use rusqlite::{CachedStatement, Connection, OptionalExtension};

use super::{
    gather::{MOST_LEAVES, Match, Titles},
    marked::Marked,
    threads,
};
use crate::store::index::{
    catalogue::{Catalogue, SegmentTexts},
    plan::{Bits, Known, Plan, Rows},
    reader::Index,
    schema::IndexError,
    segment::{KEY_BITS, Posting},
};

/// Segments that one thread looks into sooner than another one is begun.
const ALONE: usize = 4;

/// The texts of some segments.
#[derive(Default)]
pub(super) struct Gathered {
    /// Those that match, as postings say.
    pub(super) decided: Vec<Decided>,
    /// Those that may match.
    pub(super) undecided: Vec<Match>,
    /// In how many texts each leaf may be, of the first ones.
    pub(super) may: Vec<usize>,
}

/// The texts of a segment that match, as postings say.
pub(super) struct Decided {
    /// Which of the segments.
    segment: usize,
    documents: Bits,
    /// For each leaf the documents that have it, as often as they do, and others.
    postings: Vec<Vec<Posting>>,
    titles: TitleMasks,
}

/// For each document which of the first leaves its title has; nothing where no title has any.
struct TitleMasks {
    sure: Vec<u64>,
    in_doubt: Vec<u64>,
}

/// A text that matches, as postings say.
pub(super) struct DecidedText<'a> {
    pub(super) text: i64,
    pub(super) chars: u32,
    /// How often each leaf is in it.
    pub(super) times: &'a [(usize, f32)],
    /// The leaves in its title.
    pub(super) titles: Titles,
}

impl Decided {
    /// How many texts that are.
    pub(super) fn count(&self) -> usize {
        self.documents.count()
    }

    /// In how many of them each leaf is.
    pub(super) fn having(&self) -> impl Iterator<Item = usize> {
        let is_one = |posting: &&Posting| self.documents.has(posting.document.into());
        self.postings.iter().map(move |postings| postings.iter().filter(is_one).count())
    }

    /// Hands over the texts in order.
    pub(super) fn each(&self, catalogue: &Catalogue, take: &mut impl FnMut(DecidedText<'_>)) {
        let Some(segment) = catalogue.segments.get(self.segment) else { return };
        let mut postings: Vec<&[Posting]> = self.postings.iter().map(Vec::as_slice).collect();
        let mut times = Vec::new();
        for document in self.documents.iter() {
            let Some((text, chars)) = segment.text(document) else { continue };
            times.clear();
            times.extend(times_in(&mut postings, document));
            take(DecidedText { text, chars, times: &times, titles: self.titles.of(document) });
        }
    }
}

impl TitleMasks {
    fn of(&self, document: usize) -> Titles {
        let mask = |masks: &[u64]| masks.get(document).copied().unwrap_or(0);
        Titles { sure: mask(&self.sure), in_doubt: mask(&self.in_doubt) }
    }
}

/// The texts of all segments that match or may; `None` when it was cancelled.
pub(super) fn gathered(
    index: &mut Index,
    plan: &Plan,
    marked: &Marked,
    cancelled: &AtomicBool,
) -> Result<Option<Gathered>, IndexError> {
    let numbers: Vec<usize> = (0..index.catalogue.segments.len()).collect();
    let threads = (numbers.len() / ALONE).min(threads::count());
    let parts = index.in_parts(threads, |connection, catalogue, part| {
        let look = Look { connection, catalogue, plan, marked };
        let mut gathered = Gathered::of(plan);
        for &segment in part.of(&numbers) {
            if cancelled.load(Ordering::Relaxed) {
                return Ok(None);
            }
            look.gather(segment, &mut gathered)?;
        }
        Ok(Some(gathered))
    })?;
    Ok(parts.map(|parts| parts.into_iter().fold(Gathered::of(plan), Gathered::and)))
}

impl Gathered {
    fn of(plan: &Plan) -> Self {
        Self { may: vec![0; plan.leaves.len().min(MOST_LEAVES)], ..Self::default() }
    }

    fn and(mut self, other: Self) -> Self {
        self.decided.extend(other.decided);
        self.undecided.extend(other.undecided);
        self.may.iter_mut().zip(other.may).for_each(|(may, more)| *may += more);
        self
    }
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
    /// The documents whose title has each leaf, surely or maybe.
    titles: Vec<(Bits, Bits)>,
}

/// What looks into segments.
struct Look<'a> {
    connection: &'a Connection,
    catalogue: &'a Catalogue,
    plan: &'a Plan,
    marked: &'a Marked,
}

impl Look<'_> {
    fn gather(&self, segment: usize, gathered: &mut Gathered) -> Result<(), IndexError> {
        let Some(texts) = self.catalogue.segments.get(segment) else { return Ok(()) };
        let Candidates { known, leaves, postings, titles } = self.candidates(texts)?;
        gathered.may.iter_mut().zip(&leaves).for_each(|(may, bits)| *may += bits.count());
        let documents = texts.shape.documents as usize;
        let titles = TitleMasks {
            sure: masks(documents, titles.iter().map(|(sure, _)| sure)),
            in_doubt: masks(documents, titles.iter().map(|(_, in_doubt)| in_doubt)),
        };
        let Known { must, may } = known;
        let undecided = may.without(&must);
        if undecided.count() > 0 {
            let may = masks(documents, leaves.iter());
            for document in undecided.iter() {
                let Some((text, chars)) = texts.text(document) else { continue };
                if self.catalogue.has_articles(text) {
                    let may = may.get(document).copied().unwrap_or(0);
                    let (times, titles, articles) = (Vec::new(), titles.of(document), None);
                    gathered.undecided.push(Match { text, chars, times, may, titles, articles });
                }
            }
        }
        if must.count() > 0 {
            gathered.decided.push(Decided { segment, documents: must, postings, titles });
        }
        Ok(())
    }

    fn candidates(&self, segment: &SegmentTexts) -> Result<Candidates, IndexError> {
        let SegmentTexts { id, shape, .. } = *segment;
        let statement =
            self.connection.prepare_cached("SELECT list FROM postings WHERE key = ?")?;
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
        let leaves = looked_up.iter().take(MOST_LEAVES);
        let leaves = leaves.map(|(known, _)| known.may.clone()).collect();
        let postings = looked_up.into_iter().map(|(_, postings)| postings).collect();
        Ok(Candidates { known, leaves, postings, titles })
    }
}

/// For each document a bit for each of the sets that it is in, of the first ones; nothing if all sets are empty.
fn masks<'a>(documents: usize, sets: impl Iterator<Item = &'a Bits>) -> Vec<u64> {
    let mut masks = Vec::new();
    for (set, bits) in sets.take(MOST_LEAVES).enumerate() {
        for document in bits.iter() {
            if masks.is_empty() {
                masks = vec![0; documents];
            }
            if let Some(mask) = masks.get_mut(document) {
                *mask |= 1 << set;
            }
        }
    }
    masks
}

/// How often a document has each leaf, from the postings from that document on, which are left.
fn times_in(postings: &mut [&[Posting]], document: usize) -> impl Iterator<Item = (usize, f32)> {
    postings.iter_mut().enumerate().filter_map(move |(leaf, postings)| {
        while let Some((first, rest)) = postings.split_first()
            && usize::from(first.document) < document
        {
            *postings = rest;
        }
        let posting = postings.first().filter(|it| usize::from(it.document) == document)?;
        Some((leaf, f32::from(posting.times)))
    })
}
