//! How a segment is built: places are gathered as documents come, and put in order when all have come.
//!
//! What takes time is memory that is far from the processor, so all places are written once and read once: they
//! are gathered in few lists, and each list is so short that what is made of it stays near.

use super::{
    GROUPED, MOST_TIMES, PARTS, Segment, Shape, document_of, group_key, own_list, shared_lists,
};
use crate::store::index::terms::{Counted, Term};

/// Documents of a segment at most.
pub(in crate::store::index) const MOST_DOCUMENTS: usize = 1 << 16;
/// Places in all documents after which a segment is full: what building it holds in memory is eight
/// times as many bytes.
const MOST_PLACES: usize = 4_000_000;
/// A term that one in so many documents has keeps a list of its own, but at least that many. In segments of many short
/// texts that is most of what is asked for, and what has no list of its own is found by reading.
const COMMON: usize = 128;
const FEWEST: usize = 48;
/// Places in a shared list, about.
const SHARED: usize = 32;
/// Bits of a term by which its places are gathered while documents come: so few ends of lists stay near the
/// processor.
const GATHERED: u32 = 6;
/// Bits of a term that tell the part of what was gathered together.
const HIGH: u32 = PARTS - GATHERED;

/// A segment being built.
#[derive(Debug)]
pub(in crate::store::index) struct Builder {
    /// Places as they came, by the lowest stirred bits of their term: the other bits, document and times.
    gathered: Vec<Gathered>,
    /// Chunks that hold nothing now: they go from list to list and from segment to segment, so that no memory
    /// is asked for again.
    spare: Vec<Chunk>,
    documents: usize,
    places: usize,
}

/// Places in chunks, of which none is moved when more come.
#[derive(Clone, Debug, Default)]
struct Gathered(Vec<Chunk>);

type Chunk = Vec<u64>;

/// Places of a chunk at most.
const CHUNK: usize = 512;

impl Gathered {
    #[inline]
    fn push(&mut self, place: u64, spare: &mut Vec<Chunk>) {
        match self.0.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(place),
            _ => {
                let mut chunk = spare.pop().unwrap_or_else(|| Vec::with_capacity(CHUNK));
                chunk.push(place);
                self.0.push(chunk);
            }
        }
    }
}

impl Default for Builder {
    fn default() -> Self {
        let gathered = vec![Gathered::default(); 1 << GATHERED];
        Self { gathered, spare: Vec::new(), documents: 0, places: 0 }
    }
}

impl Builder {
    /// Adds the next document.
    pub(in crate::store::index) fn add(&mut self, terms: &[Counted]) {
        let document = self.documents as u64;
        for term in terms {
            let stirred = term.stirred();
            let times = u64::from(term.times()).min(MOST_TIMES.into());
            if let Some(list) = self.gathered.get_mut(stirred as usize & ((1 << GATHERED) - 1)) {
                list.push(stirred >> GATHERED << 20 | document << 4 | times, &mut self.spare);
            }
        }
        self.documents += 1;
        self.places += terms.len();
    }

    /// Whether it is time to finish it.
    pub(in crate::store::index) fn is_full(&self) -> bool {
        self.documents >= MOST_DOCUMENTS || self.places >= MOST_PLACES
    }

    /// The segment. The builder is empty then.
    pub(in crate::store::index) fn finish(&mut self) -> Segment {
        let shape = |documents, common, parts: &Parts| {
            // Terms are spread evenly: what was gathered first tells how many places are shared.
            let places = parts.shared(common) << GATHERED;
            let bits = (places / SHARED).max(GROUPED).ilog2().min(PARTS + GROUPED.ilog2());
            Shape { documents, bits }
        };
        let rows = self.finish_rows(shape, true);
        Segment { shape: rows.shape, rows: rows.finish() }
    }

    /// The rows of terms with a list of their own, by key, in order; of others nothing is kept. The builder is empty
    /// then.
    pub(in crate::store::index) fn finish_own(&mut self) -> Vec<(i64, Vec<u8>)> {
        if self.places == 0 {
            self.documents = 0;
            return Vec::new();
        }
        self.finish_rows(|documents, _, _| Shape { documents, bits: 0 }, false).finish()
    }

    fn finish_rows(&mut self, shape: impl Fn(u32, usize, &Parts) -> Shape, shares: bool) -> Rows {
        let documents = std::mem::take(&mut self.documents);
        self.places = 0;
        let common = (documents / COMMON).max(FEWEST);
        let mut parts = Parts::default();
        parts.take_from(self, 0);
        let shape = shape(documents as u32, common, &parts);
        let mut rows = Rows::new(shape, common, shares);
        // A group lies in several of the lists that were gathered, or each list has several groups.
        let lists = shape.groups().min(1 << GATHERED);
        let groups = (shape.groups() >> GATHERED).max(1);
        for first in 0..lists {
            for high in 0..groups {
                for low in (first..1 << GATHERED).step_by(lists as usize) {
                    parts.take_from(self, low as usize);
                    for high in (high..1 << HIGH).step_by(groups as usize) {
                        if let Some(part) = parts.0.get_mut(high as usize) {
                            rows.add(part, high << GATHERED | low);
                        }
                    }
                }
                rows.finish_group(high << GATHERED | first);
            }
        }
        rows
    }
}

/// What was gathered in one list, by more bits of its terms.
#[derive(Debug)]
struct Parts(Vec<Vec<u64>>);

impl Default for Parts {
    fn default() -> Self {
        Self(vec![Vec::new(); 1 << HIGH])
    }
}

impl Parts {
    /// Takes what was gathered there, if it was not taken yet.
    fn take_from(&mut self, builder: &mut Builder, low: usize) {
        let Some(list) = builder.gathered.get_mut(low) else { return };
        for mut chunk in list.0.drain(..) {
            for place in chunk.drain(..) {
                let (more, facts) = (place >> 20, place & ((1 << 20) - 1));
                if let Some(part) = self.0.get_mut(more as usize & ((1 << HIGH) - 1)) {
                    part.push(more >> HIGH << 20 | facts);
                }
            }
            builder.spare.push(chunk);
        }
    }

    /// About how many places there are of terms that fewer than `common` documents have.
    fn shared(&self, common: usize) -> usize {
        let of_part = |part: &Vec<u64>| -> usize {
            let counts = counts_of(part).map(|count| count as usize);
            counts.iter().filter(|count| **count < common).sum()
        };
        self.0.iter().map(of_part).sum()
    }
}

/// The rows of a segment as they are made.
#[derive(Debug)]
struct Rows {
    shape: Shape,
    /// Documents from which on a term has a list of its own.
    common: usize,
    /// Each by its key, in no order.
    done: Vec<(i64, Vec<u8>)>,
    /// The shared lists of the group that is being made.
    lists: Vec<Vec<u16>>,
    often: Often,
}

impl Rows {
    /// Rows of a segment; without lists there are no shared ones.
    fn new(shape: Shape, common: usize, shares: bool) -> Self {
        let lists = vec![Vec::new(); if shares { GROUPED } else { 0 }];
        Self { shape, common, done: Vec::new(), lists, often: Often::default() }
    }

    /// Adds a part of a group, whose terms have these lowest bits. The part is empty then.
    fn add(&mut self, part: &mut Vec<u64>, low: u64) {
        let Self { shape, common, done, lists, often } = self;
        let stirred = |place: u64| place >> 20 << PARTS | low;
        let mut share = |place: u64| {
            if let Some(list) = lists.get_mut(shape.shared_list(stirred(place)).1) {
                list.push(document_of(place));
            }
        };
        often.take_from(part, *common, &mut share);
        part.clear();
        for places in often.terms() {
            if places.len() < *common {
                for &place in places {
                    share(place);
                }
            } else if let Some(first) = places.first() {
                let key = Term::unstirred(stirred(*first)).code().cast_signed();
                done.push((key, own_list(places, *shape)));
            }
        }
    }

    fn finish_group(&mut self, group: u64) {
        if !self.lists.is_empty() {
            self.done.push((group_key(group), shared_lists(&mut self.lists, self.shape)));
        }
    }

    fn finish(mut self) -> Vec<(i64, Vec<u8>)> {
        self.done.sort_unstable_by_key(|(key, _)| *key);
        self.done
    }
}

/// Bits of a term by which the places of a part are told apart at first.
pub(super) const DIGIT: u32 = 10;
const DIGITS: usize = 1 << DIGIT;

fn digit(place: u64) -> usize {
    (place >> 20) as usize & (DIGITS - 1)
}

/// How many places of a part have each digit.
fn counts_of(part: &[u64]) -> [u32; DIGITS] {
    let mut counts = [0_u32; DIGITS];
    for &place in part {
        if let Some(count) = counts.get_mut(digit(place)) {
            *count += 1;
        }
    }
    counts
}

/// The places of a part whose digits are frequent, which are mostly those of terms with a list of their own.
#[derive(Debug, Default)]
struct Often {
    /// The places of one digit after the other.
    places: Vec<u64>,
    /// Where those of each digit end.
    ends: Vec<usize>,
}

impl Often {
    /// Takes the places whose digit has at least `common` in the part, and hands all others on. Places stay in
    /// the order of their documents.
    fn take_from(&mut self, part: &[u64], common: usize, other: &mut impl FnMut(u64)) {
        const OTHER: u32 = u32::MAX;
        let mut next = counts_of(part);
        let mut sum = 0;
        for next in &mut next {
            let count = std::mem::replace(next, OTHER);
            if count as usize >= common {
                *next = sum;
                sum += count;
                self.ends.push(sum as usize);
            }
        }
        self.places.resize(sum as usize, 0);
        for &place in part {
            let Some(next) = next.get_mut(digit(place)) else { continue };
            match self.places.get_mut(*next as usize) {
                Some(slot) => {
                    *slot = place;
                    *next += 1;
                }
                None => other(place),
            }
        }
    }

    /// What was taken by term, after which there is nothing. Two terms may have the same digit.
    fn terms(&mut self) -> impl Iterator<Item = &[u64]> {
        let mut start = 0;
        for end in self.ends.drain(..) {
            let places = self.places.get_mut(start..end).unwrap_or_default();
            if places.chunk_by(|a, b| a >> 20 == b >> 20).nth(1).is_some() {
                places.sort_unstable();
            }
            start = end;
        }
        self.places.chunk_by(|a, b| a >> 20 == b >> 20)
    }
}
