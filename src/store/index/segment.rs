//! A segment: which documents of a run of some thousands have which terms.
//!
//! A term that many of them have keeps a list of its own, with how often each has it. All others,
//! which are most terms and few places, share lists: a term's list is told by its stirred bits, and
//! holds the documents of the other terms there too, about one in a hundred. Kept one by one, rare
//! terms would need more room for their keys than for their places. So a term's own list is exact,
//! and a shared one only narrows the search: the text decides. Of three characters in a row, which are only there
//! to say for certain what pairs leave open, there are no shared lists.

mod builder;

use super::{
    bits::{BitReader, BitWriter, low_bits},
    terms::Term,
};
pub(super) use builder::{Builder, MOST_DOCUMENTS};

/// Shared lists in one row, so that rows are few.
const GROUPED: usize = 16;
/// Bits of a term that tell the part of its places, so that each can be put in order while it is near.
const PARTS: u32 = 12;
/// Most times that are told apart: what a term counts for hardly grows beyond that.
pub(super) const MOST_TIMES: u32 = 4;

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
pub(super) const KEY_BITS: u32 = 46;

/// Behind those of all terms but three characters in a row.
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

#[expect(
    clippy::stable_sort_primitive,
    reason = "lists are a few runs in order, which it makes use of"
)]
fn shared_lists(lists: &mut [Vec<u16>], shape: Shape) -> Vec<u8> {
    let mut row = Vec::new();
    for list in lists {
        list.sort();
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

    use super::builder::DIGIT;
    use super::*;
    use crate::store::index::terms::{Counted, Field};
    use proptest::prelude::*;

    /// Different terms, of which the first come in pairs that have all bits in common by which places are told
    /// apart.
    fn terms() -> Vec<Term> {
        let pairs = (0..20_000).map(|number| {
            Term::pair(Field::Text, '桥', char::from_u32(0x4E00 + number).unwrap_or('一'))
        });
        let bits = |term: &Term| term.stirred() & ((1 << (PARTS + DIGIT)) - 1);
        let mut alike: BTreeMap<u64, Vec<Term>> = BTreeMap::new();
        for term in pairs {
            alike.entry(bits(&term)).or_default().push(term);
        }
        let mut alike: Vec<Vec<Term>> = alike.into_values().collect();
        alike.sort_by_key(|terms| std::cmp::Reverse(terms.len()));
        assert!(alike.iter().filter(|terms| terms.len() > 1).count() > 10);
        alike.concat()
    }

    /// Documents as the numbers of their terms, with how often they have each.
    type Documents = Vec<BTreeMap<u32, u16>>;

    fn check(documents: &Documents) -> Shape {
        let all = terms();
        let term = |number: u32| all[number as usize];
        let mut builder = Builder::default();
        // A builder is used for one segment after the other.
        let [first, again] = [0, 1].map(|_| {
            for document in documents {
                let counted = document.iter().map(|(n, times)| Counted::of(term(*n), *times));
                builder.add(&counted.collect::<Vec<_>>());
            }
            builder.finish()
        });
        assert_eq!(first, again);
        let Segment { shape, rows } = first;
        assert!(rows.is_sorted_by_key(|(key, _)| *key));
        let rows: BTreeMap<i64, Vec<u8>> = rows.into_iter().collect();
        let mut expected: BTreeMap<u32, Vec<Posting>> = BTreeMap::new();
        for (document, terms) in (0..).zip(documents) {
            for (&number, &times) in terms {
                let times = u32::from(times).min(MOST_TIMES) as u8;
                expected.entry(number).or_default().push(Posting { document, times });
            }
        }
        let mut own = 0;
        for (number, expected) in expected {
            if let Some(row) = rows.get(&Shape::own_key(term(number))) {
                own += 1;
                assert_eq!(shape.read_own(row), expected);
            } else {
                let (key, list) = shape.shared_key(term(number));
                let found = shape.read_shared(&rows[&key], list);
                assert!(found.is_sorted());
                assert!(expected.iter().all(|posting| found.contains(&posting.document)));
            }
        }
        assert_eq!(own, rows.keys().filter(|key| **key < group_key(0)).count());
        assert!(rows.keys().all(|key| (0..1 << KEY_BITS).contains(key)));
        shape
    }

    #[test]
    fn groups_may_be_more_than_what_is_gathered_together() {
        let terms = |document: u32| (0..300).map(move |at| ((document * 7 + at * 131) % 20_000, 1));
        let documents: Documents = (0..500).map(|document| terms(document).collect()).collect();
        assert!(check(&documents).groups() > 64);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn every_document_is_found_by_its_terms(
            documents in prop::collection::vec(prop::collection::btree_map(0_u32..300, 1_u16..20, 0..60), 1..120),
        ) {
            check(&documents);
        }

        #[test]
        fn no_row_is_too_strange(row in prop::collection::vec(any::<u8>(), 0..60), documents in 1_u32..70_000) {
            let shape = Shape { documents, bits: 4 };
            shape.read_own(&row);
            shape.read_shared(&row, 3);
        }
    }
}
