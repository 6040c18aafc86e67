//! An article set to a measure, row by row, without ever setting more of it than is looked at.
//!
//! The text is a list of [`Chunk`]s, one per part of the article; a part of unusual length is
//! several chunks, so that a line of ten megabytes costs no more to show than a short one. Rows
//! are addressed by chunk and row, and any row leads to the next and to the previous one.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use super::msg::Reading;
use crate::{
    article::{Article, Role},
    text::{
        range::TextRange,
        sanitize::DisplayText,
        sentence,
        wrap::{Measure, Row, wrap},
    },
};

/// Bytes of a chunk above which a part is cut, at the end of a sentence.
const CHUNK_BYTES: usize = 12 * 1024;
/// Chunks that stay set; a screen shows a few dozen at most.
const KEPT: usize = 256;

/// A stretch of the displayed text that is set as one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Its place in the displayed text.
    pub range: TextRange,
    /// What it is.
    pub role: Role,
    /// Whether an empty row stands before it.
    pub gap: Gap,
    /// Whether the first row is indented.
    pub lead: Lead,
    /// A fold: the text is not shown, but one row with the number of its sentences.
    pub folded: Option<u32>,
}

impl Chunk {
    /// A stretch that is shown as it is: flush, and directly behind the one before.
    pub fn of(range: TextRange, role: Role) -> Self {
        Self { range, role, gap: Gap::None, lead: Lead::Flush, folded: None }
    }
}

/// Whether an empty row stands before a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It follows directly.
    None,
    /// One empty row.
    Row,
}

/// How the first row of a chunk begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// At the left edge.
    Flush,
    /// Two em in, as Chinese paragraphs do.
    Indented,
}

/// A row by the chunk it belongs to and its number inside it; row 0 is the gap if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Index of the chunk.
    pub chunk: usize,
    /// Index of the row in the chunk.
    pub row: usize,
}

/// A row as it is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowRow {
    /// Its place in the displayed text; empty for a gap.
    pub range: TextRange,
    /// Cells left free before the text.
    pub indent: usize,
    /// What the row belongs to.
    pub role: Role,
    /// Sentences of the fold that the row stands for; the range is all of their text.
    pub folded: Option<u32>,
}

/// The text of one article with its chunks.
#[derive(Debug)]
pub struct Flow {
    text: DisplayText,
    chunks: Arc<[Chunk]>,
    measure: Measure,
    set: HashMap<usize, Rc<[Row]>>,
}

/// The chunks of an article whose displayed text is `text`. Linear in the length of the text.
pub fn chunks(article: &Article, text: &DisplayText) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::with_capacity(article.parts.len());
    let mut previous: Option<Role> = None;
    for part in &article.parts {
        let range = text.range_to_display(part.range);
        let gap = if gap_between(previous, part.role) { Gap::Row } else { Gap::None };
        let lead = lead_of(part.role);
        push_part(&mut chunks, text.as_str(), Chunk { gap, lead, ..Chunk::of(range, part.role) });
        previous = Some(part.role);
    }
    chunks
}

/// How the first row of a part begins.
pub(super) fn lead_of(role: Role) -> Lead {
    match role {
        Role::Paragraph | Role::Abstract | Role::PullQuote => Lead::Indented,
        _ => Lead::Flush,
    }
}

impl Flow {
    /// An article to be set; nothing is set yet.
    pub fn new(reading: &Reading) -> Self {
        Self::of(reading.text.clone(), reading.chunks.clone())
    }

    /// A text to be set in these chunks.
    pub fn of(text: DisplayText, chunks: Arc<[Chunk]>) -> Self {
        Self { text, chunks, measure: Measure::default(), set: HashMap::new() }
    }

    /// The displayed text that the rows are ranges of.
    pub fn text(&self) -> &DisplayText {
        &self.text
    }

    /// Sets the text to a measure (the indent is that of the paragraphs); whether that is another
    /// one than before. Cheap: rows are made when they are asked for.
    pub fn measure(&mut self, measure: Measure) -> bool {
        let changed = measure != self.measure;
        if changed {
            self.measure = measure;
            self.set.clear();
        }
        changed
    }

    /// The chunks that the text is set in.
    pub fn chunks(&self) -> &Arc<[Chunk]> {
        &self.chunks
    }

    /// Sets the text in other chunks.
    pub fn rearrange(&mut self, chunks: Arc<[Chunk]>) {
        self.chunks = chunks;
        self.set.clear();
    }

    /// The address of the row that shows byte `offset` of the displayed text.
    pub fn locate(&mut self, offset: usize) -> Address {
        let chunk = self.chunks.partition_point(|chunk| chunk.range.start <= offset).max(1) - 1;
        let Some(base) = self.chunks.get(chunk).map(|chunk| chunk.range.start) else {
            return Address::default();
        };
        let rows = self.rows(chunk);
        let row = rows.partition_point(|row| base + row.range.start <= offset).max(1) - 1;
        Address { chunk, row: row + self.gap(chunk) }
    }

    /// The blank row above `address` where that is the first row of its chunk, else `address`.
    pub fn with_gap(&self, address: Address) -> Address {
        let is_first = address.row == self.gap(address.chunk);
        Address { row: if is_first { 0 } else { address.row }, ..address }
    }

    /// The row at `address`, or `None` behind the end.
    pub fn row(&mut self, address: Address) -> Option<FlowRow> {
        let chunk = *self.chunks.get(address.chunk)?;
        let start = chunk.range.start;
        let Some(at) = address.row.checked_sub(self.gap(address.chunk)) else {
            let range = TextRange::new(start, start);
            return Some(FlowRow { range, indent: 0, role: Role::Blank, folded: None });
        };
        let row = *self.rows(address.chunk).get(at)?;
        let (range, indent) = (row.range.shifted(start), row.indent);
        Some(FlowRow { range, indent, role: chunk.role, folded: chunk.folded })
    }

    /// The row after `address`, or `None` at the end.
    pub fn next(&mut self, address: Address) -> Option<Address> {
        let below = Address { row: address.row + 1, ..address };
        if below.row < self.height(address.chunk) {
            return Some(below);
        }
        let chunk = address.chunk + 1;
        (chunk < self.chunks.len()).then_some(Address { chunk, row: 0 })
    }

    /// The row before `address`, or `None` at the beginning.
    pub fn previous(&mut self, address: Address) -> Option<Address> {
        if let Some(row) = address.row.checked_sub(1) {
            return Some(Address { row, ..address });
        }
        let chunk = address.chunk.checked_sub(1)?;
        Some(Address { chunk, row: self.height(chunk).saturating_sub(1) })
    }

    /// The address `rows` below (or above, when negative), stopping at both ends.
    pub fn moved(&mut self, mut address: Address, rows: isize) -> Address {
        for _ in 0..rows.unsigned_abs() {
            let step = if rows < 0 { self.previous(address) } else { self.next(address) };
            let Some(step) = step else { break };
            address = step;
        }
        address
    }

    /// The last row of the text.
    pub fn last(&mut self) -> Address {
        let chunk = self.chunks.len().saturating_sub(1);
        Address { chunk, row: self.height(chunk).saturating_sub(1) }
    }

    /// Up to `count` rows from `top` on.
    pub fn rows_from(&mut self, top: Address, count: usize) -> Vec<FlowRow> {
        let mut rows = Vec::with_capacity(count);
        let mut at = Some(top);
        while let Some(address) = at.filter(|_| rows.len() < count) {
            rows.extend(self.row(address));
            at = self.next(address);
        }
        rows
    }

    fn gap(&self, chunk: usize) -> usize {
        usize::from(self.chunks.get(chunk).is_some_and(|chunk| chunk.gap == Gap::Row))
    }

    fn height(&mut self, chunk: usize) -> usize {
        self.gap(chunk) + self.rows(chunk).len()
    }

    fn rows(&mut self, index: usize) -> Rc<[Row]> {
        if let Some(rows) = self.set.get(&index) {
            return rows.clone();
        }
        let Some(chunk) = self.chunks.get(index) else { return Rc::default() };
        let indent = if chunk.lead == Lead::Indented { self.measure.indent } else { 0 };
        let measure = Measure { indent, ..self.measure };
        let rows: Rc<[Row]> = if chunk.folded.is_some() {
            [Row { range: TextRange::new(0, chunk.range.len()), indent }].into()
        } else {
            wrap(chunk.range.of(self.text.as_str()), measure).into()
        };
        if self.set.len() >= KEPT {
            self.set.clear();
        }
        self.set.insert(index, rows.clone());
        rows
    }
}

/// Where an empty row helps the eye: after the head of an article, around headings, and before
/// what stands beside the text.
fn gap_between(previous: Option<Role>, role: Role) -> bool {
    let Some(previous) = previous else { return false };
    rank(previous) != rank(role) || role == Role::Heading
}

fn rank(role: Role) -> u8 {
    match role {
        Role::Column | Role::Kicker | Role::Title | Role::Subtitle => 0,
        Role::Byline => 1,
        Role::Abstract => 2,
        Role::Heading | Role::Paragraph | Role::Affiliation | Role::Source => 3,
        Role::PullQuote => 4,
        Role::Caption | Role::Credit => 5,
        Role::Blank | Role::PageHeader | Role::Other => 6,
    }
}

pub(super) fn push_part(chunks: &mut Vec<Chunk>, text: &str, part: Chunk) {
    if part.range.len() <= CHUNK_BYTES {
        chunks.push(part);
        return;
    }
    let mut start = part.range.start;
    for end in cuts(part.range.of(text)).map(|end| part.range.start + end) {
        let first = start == part.range.start;
        let range = TextRange::new(start, end);
        let (gap, lead) = if first { (part.gap, part.lead) } else { (Gap::None, Lead::Flush) };
        chunks.push(Chunk { range, gap, lead, ..part });
        start = end;
    }
}

/// Ends of the chunks of a long part: behind a sentence each, or anywhere when there is none for
/// long (white space is no sentence), and the end of the part.
fn cuts(part: &str) -> impl Iterator<Item = usize> {
    let starts = sentence::sentences(part).into_iter().map(|sentence| sentence.start);
    let mut last = 0;
    let mut ends: Vec<usize> = Vec::new();
    for next in starts.chain([part.len()]) {
        while next - last > 2 * CHUNK_BYTES {
            last = boundary_from(part, last + CHUNK_BYTES);
            ends.push(last);
        }
        if next - last >= CHUNK_BYTES && next < part.len() {
            ends.push(next);
            last = next;
        }
    }
    ends.push(part.len());
    ends.into_iter()
}

fn boundary_from(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_long_part_is_cut_into_bounded_chunks(
            unit in "[一-十]{1,9}。|[一-十，]{1,9}| {1,9}|[a-z]{1,9}",
            bytes in 0usize..100_000,
        ) {
            let part = unit.repeat(bytes / unit.len());
            let mut last = 0;
            for end in cuts(&part) {
                prop_assert!(part.is_char_boundary(end) && end - last <= 3 * CHUNK_BYTES);
                last = end;
            }
            prop_assert_eq!(last, part.len());
        }
    }
}
