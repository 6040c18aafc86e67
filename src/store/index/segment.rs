//! A segment: which documents of a run of some thousands have which terms.
//!
//! A term that many of them have keeps a list of its own, with how often each has it. All others,
//! which are most terms and few places, share lists: a term's list is told by its stirred bits, and
//! holds the documents of the other terms there too, about one in a hundred. Kept one by one, rare
//! terms would need more room for their keys than for their places. So a term's own list is exact,
//! and a shared one only narrows the search: the text decides.

use super::{
    bits::{BitReader, BitWriter, low_bits},
    terms::{Counted, Term},
};

/// Documents of a segment at most.
pub(super) const MOST_DOCUMENTS: usize = 1 << 16;
/// Places in all documents after which a segment is full: what building it holds in memory is eight
/// times as many bytes.
const MOST_PLACES: usize = 4_000_000;
/// A term that one in so many documents has keeps a list of its own, but at least that many.
const COMMON: usize = 48;
const FEWEST: usize = 24;
/// Places in a shared list, about.
const SHARED: usize = 32;
/// Shared lists in one row, so that rows are few.
const GROUPED: usize = 16;
/// Bits of a term by which its places are gathered while documents come: so few ends of lists stay near the
/// processor.
const GATHERED: u32 = 6;
/// Bits of a term that tell the part of its places, so that each can be sorted while it is near.
const PARTS: u32 = 12;
/// Most times that are told apart: what a term counts for hardly grows beyond that.
const MOST_TIMES: u32 = 4;

/// A segment being built.
#[derive(Debug)]
pub(super) struct Builder {
    /// Places as they came, by the lowest stirred bits of their term: the other bits, document and times.
    gathered: Vec<Vec<u64>>,
    /// The same by more bits, when all documents have come.
    parts: Vec<Vec<u64>>,
    documents: usize,
    places: usize,
}

/// A segment as it is kept: rows by key, in order. A key has no more than [`KEY_BITS`] bits.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub shape: Shape,
    pub rows: Vec<(i64, Vec<u8>)>,
}

/// What must be known of a segment to read its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// How many documents it has.
    pub documents: u32,
    /// How many stirred bits tell a shared list.
    pub bits: u32,
}

/// A document that has a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// The document, by its number in the segment.
    pub document: u16,
    /// How often it has it, up to 4.
    pub times: u8,
}

impl Default for Builder {
    fn default() -> Self {
        let (gathered, parts) = (vec![Vec::new(); 1 << GATHERED], vec![Vec::new(); 1 << PARTS]);
        Self { gathered, parts, documents: 0, places: 0 }
    }
}

impl Builder {
    /// Adds the next document.
    pub(super) fn add(&mut self, terms: &[Counted]) {
        let document = self.documents as u64;
        for term in terms {
            let stirred = term.stirred();
            let times = u64::from(term.times()).min(MOST_TIMES.into());
            if let Some(list) = self.gathered.get_mut(stirred as usize & ((1 << GATHERED) - 1)) {
                list.push(stirred >> GATHERED << 20 | document << 4 | times);
            }
        }
        self.documents += 1;
        self.places += terms.len();
    }

    /// Spreads what was gathered over the parts: of each list over a few of them, one after the other.
    fn spread(&mut self) {
        for (low, list) in self.gathered.iter_mut().enumerate() {
            for place in std::mem::take(list) {
                let (more, facts) = (place >> 20, place & ((1 << 20) - 1));
                let high = more as usize & ((1 << (PARTS - GATHERED)) - 1);
                if let Some(part) = self.parts.get_mut(high << GATHERED | low) {
                    part.push(more >> (PARTS - GATHERED) << 20 | facts);
                }
            }
        }
    }

    /// Whether it is time to finish it.
    pub(super) fn is_full(&self) -> bool {
        self.documents >= MOST_DOCUMENTS || self.places >= MOST_PLACES
    }

    /// The segment. The builder is empty then.
    pub(super) fn finish(&mut self) -> Segment {
        let documents = std::mem::take(&mut self.documents);
        self.places = 0;
        self.spread();
        let common = (documents / COMMON).max(FEWEST);
        let mut shared_places = 0;
        let mut room = Vec::new();
        for part in &mut self.parts {
            put_together(part, &mut room);
            let shared = terms_of(part).map(<[u64]>::len).filter(|places| *places < common);
            shared_places += shared.sum::<usize>();
        }
        let bits = (shared_places / SHARED).max(GROUPED).ilog2().min(PARTS + GROUPED.ilog2());
        let shape = Shape { documents: documents as u32, bits };
        let mut rows = Vec::new();
        let mut lists = vec![Vec::new(); GROUPED];
        for group in 0..shape.groups() {
            for low in (group..1 << PARTS).step_by(shape.groups() as usize) {
                let part = self.parts.get(low as usize).map_or(&[][..], Vec::as_slice);
                for places in terms_of(part) {
                    let stirred = places.first().map_or(0, |place| place >> 20 << PARTS | low);
                    if places.len() >= common {
                        let key = Term::unstirred(stirred).code().cast_signed();
                        rows.push((key, own_list(places, shape)));
                    } else if let Some(list) = lists.get_mut(shape.shared_list(stirred).1) {
                        list.extend(places.iter().map(|place| document_of(*place)));
                    }
                }
            }
            rows.push((group_key(group), shared_lists(&mut lists, shape)));
        }
        self.parts.iter_mut().for_each(Vec::clear);
        rows.sort_unstable_by_key(|(key, _)| *key);
        Segment { shape, rows }
    }
}

/// Puts the places of each term together, which come in the order of their documents and stay in it:
/// by some bits of the term in one go, and where two terms have the same ones by all of it.
fn put_together(part: &mut Vec<u64>, room: &mut Vec<u64>) {
    const BITS: u32 = 10;
    let digit = |place: u64| (place >> 20) as usize & ((1 << BITS) - 1);
    let mut ends = [0_u32; 1 << BITS];
    for &place in part.iter() {
        if let Some(count) = ends.get_mut(digit(place)) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        let count = std::mem::replace(end, sum);
        sum += count;
    }
    room.clear();
    room.resize(part.len(), 0);
    for &place in part.iter() {
        if let Some(end) = ends.get_mut(digit(place)) {
            if let Some(slot) = room.get_mut(*end as usize) {
                *slot = place;
            }
            *end += 1;
        }
    }
    let mut start = 0;
    for end in ends.map(|end| end as usize) {
        let Some(places) = room.get_mut(start..end) else { continue };
        start = end;
        if let [first, .., last] = *places
            && (first >> 20 != last >> 20 || places.iter().any(|place| place >> 20 != first >> 20))
        {
            places.sort_unstable();
        }
    }
    std::mem::swap(part, room);
}

/// Places that were put together, by term.
fn terms_of(part: &[u64]) -> impl Iterator<Item = &[u64]> {
    part.chunk_by(|a, b| a >> 20 == b >> 20)
}

impl Shape {
    /// The key of the row that a term would have for itself.
    pub(super) fn own_key(term: Term) -> i64 {
        term.code().cast_signed()
    }

    /// The key of the row with its shared list, and which of the lists there is it.
    pub(super) fn shared_key(self, term: Term) -> (i64, usize) {
        let (group, list) = self.shared_list(term.stirred());
        (group_key(group), list)
    }

    /// The group with the shared list of a term, and which of the lists there is it.
    fn shared_list(self, stirred: u64) -> (u64, usize) {
        (stirred & (self.groups() - 1), (stirred >> self.groups().ilog2()) as usize % GROUPED)
    }

    /// Groups of shared lists. A file may say anything.
    fn groups(self) -> u64 {
        1 << self.bits.saturating_sub(GROUPED.ilog2()).min(PARTS)
    }

    /// The list of a row of a term's own.
    pub(super) fn read_own(self, row: &[u8]) -> Vec<Posting> {
        let Some((count, bits)) = number(row) else { return Vec::new() };
        let low = low_bits(count, self.documents);
        let mut reader = BitReader::new(bits);
        let mut next = 0_u32;
        let count = count.min(self.documents);
        let mut list = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let document = next.saturating_add(reader.rice(low));
            let times = read_times(&mut reader) as u8;
            let Ok(small) = u16::try_from(document) else { break };
            list.push(Posting { document: small, times });
            next = document + 1;
        }
        list
    }

    /// A shared list of a row.
    pub(super) fn read_shared(self, row: &[u8], wanted: usize) -> Vec<u16> {
        let mut rest = row;
        for at in 0.. {
            let Some((count, after)) = number(rest) else { break };
            let Some((bytes, after)) = number(after) else { break };
            let Some((bits, after)) = after.split_at_checked(bytes as usize) else { break };
            if at == wanted {
                return read_gaps(bits, count.min(self.documents), low_bits(count, self.documents));
            }
            rest = after;
        }
        Vec::new()
    }
}

/// Bits of a key.
pub(super) const KEY_BITS: u32 = 45;

/// Behind those of all terms.
fn group_key(group: u64) -> i64 {
    ((7 << 42) | group).cast_signed()
}

fn document_of(place: u64) -> u16 {
    (place >> 4) as u16
}

fn own_list(places: &[u64], shape: Shape) -> Vec<u8> {
    let count = places.len() as u32;
    let low = low_bits(count, shape.documents);
    let mut row = Vec::with_capacity(places.len() + 8);
    push_number(&mut row, count);
    let mut writer = BitWriter::behind(row);
    let mut next = 0;
    for &place in places {
        let document = u32::from(document_of(place));
        writer.rice(document - next, low);
        write_times((place & 15) as u32, &mut writer);
        next = document + 1;
    }
    writer.finish()
}

/// Times from 1 on in unary, the most without a zero behind it.
fn write_times(times: u32, writer: &mut BitWriter) {
    let more = times.clamp(1, MOST_TIMES) - 1;
    let ends = u32::from(more + 1 < MOST_TIMES);
    writer.bits((1 << more) - 1, more + ends);
}

fn read_times(reader: &mut BitReader) -> u32 {
    1 + (1..MOST_TIMES).take_while(|_| reader.bits(1) == 1).count() as u32
}

fn shared_lists(lists: &mut [Vec<u16>], shape: Shape) -> Vec<u8> {
    let mut row = Vec::new();
    for list in lists {
        list.sort_unstable();
        list.dedup();
        let count = list.len() as u32;
        let low = low_bits(count, shape.documents);
        let mut writer = BitWriter::default();
        let mut next = 0;
        for document in list.iter().map(|document| u32::from(*document)) {
            writer.rice(document - next, low);
            next = document + 1;
        }
        list.clear();
        let bits = writer.finish();
        push_number(&mut row, count);
        push_number(&mut row, bits.len() as u32);
        row.extend(bits);
    }
    row
}

fn read_gaps(bits: &[u8], count: u32, low: u32) -> Vec<u16> {
    let mut reader = BitReader::new(bits);
    let mut next = 0_u32;
    let documents = (0..count).map_while(|_| {
        let document = next.saturating_add(reader.rice(low));
        next = document.saturating_add(1);
        u16::try_from(document).ok()
    });
    documents.collect()
}

/// The number at the beginning of some bytes, in groups of seven bits, and what follows.
pub(super) fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        value |= u32::from(byte & 127).checked_shl(7 * at as u32)?;
        if byte & 128 == 0 {
            return Some((value, bytes.get(at + 1..)?));
        }
    }
    None
}

/// Adds a number as [`number`] reads it.
pub(super) fn push_number(bytes: &mut Vec<u8>, value: u32) {
    let mut rest = value;
    while rest >= 128 {
        bytes.push(rest as u8 | 128);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::store::index::terms::Field;
    use proptest::prelude::*;

    fn term(number: u32) -> Term {
        Term::pair(Field::Text, '桥', char::from_u32(0x4E00 + number).unwrap_or('一'))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn every_document_is_found_by_its_terms(
            documents in prop::collection::vec(prop::collection::btree_map(0_u32..300, 1_u16..20, 0..60), 1..120),
        ) {
            let mut builder = Builder::default();
            for document in &documents {
                let terms: Vec<Counted> = document.iter().map(|(n, times)| Counted::of(term(*n), *times)).collect();
                builder.add(&terms);
            }
            let Segment { shape, rows } = builder.finish();
            prop_assert!(rows.is_sorted_by_key(|(key, _)| *key));
            let rows: BTreeMap<i64, Vec<u8>> = rows.into_iter().collect();
            let mut own = 0;
            for number in 0..300 {
                let has = |(at, document): (usize, &BTreeMap<u32, u16>)| {
                    document.get(&number).map(|times| Posting { document: at as u16, times: u32::from(*times).min(MOST_TIMES) as u8 })
                };
                let expected: Vec<Posting> = documents.iter().enumerate().filter_map(has).collect();
                if let Some(row) = rows.get(&Shape::own_key(term(number))) {
                    own += 1;
                    prop_assert_eq!(shape.read_own(row), expected);
                } else {
                    let (key, list) = shape.shared_key(term(number));
                    let found = shape.read_shared(&rows[&key], list);
                    prop_assert!(found.is_sorted());
                    prop_assert!(expected.iter().all(|posting| found.contains(&posting.document)));
                }
            }
            prop_assert_eq!(own, rows.keys().filter(|key| **key < group_key(0)).count());
            prop_assert!(rows.keys().all(|key| (0..1 << KEY_BITS).contains(key)));
        }

        #[test]
        fn no_row_is_too_strange(row in prop::collection::vec(any::<u8>(), 0..60), documents in 1_u32..70_000) {
            let shape = Shape { documents, bits: 4 };
            shape.read_own(&row);
            shape.read_shared(&row, 3);
        }
    }
}
