//! Rows of a list as bytes.
//!
//! A frame is: the number of rows that go on with the source before it; of each source the bytes that
//! its key shares with the one before, those that it does not, its state and the number of its rows; then
//! the rows. Texts that are those of the row above are told by a zero.

use zstd::bulk::{compress, decompress};

use crate::{
    article::ArticleId,
    listing::{Block, Certainty, RowFacts},
    store::index::{
        keys::SourceKeys,
        rows::{ArticleFacts, SourceState, date_number, date_of, page_number, page_of},
        schema::IndexError,
        segment::{number, push_number},
    },
};

/// Rows and sources from which on a frame is full: what is shown of a list that is being read, and what
/// is unpacked at once.
const FULL: usize = 8192;
/// Packs three times as tight as nothing, and unpacks at a gigabyte a second.
const LEVEL: i32 = 1;

/// Some rows of the list of an archive, in its order.
#[derive(Clone, Debug, Default)]
pub struct ListPart {
    /// Rows at the beginning that belong to the last source of the part before.
    pub goes_on: u32,
    /// Its sources.
    pub keys: SourceKeys,
    /// What became of each.
    pub states: Vec<SourceState>,
    /// How many rows of each are in it.
    pub rows: Vec<u32>,
    /// The rows.
    pub block: Block,
}

/// A row of the list, or a source without any.
pub(super) struct RowOf<'a> {
    pub(super) key: &'a [u8],
    pub(super) state: SourceState,
    pub(super) facts: Option<&'a ArticleFacts>,
}

/// A frame that is being put together.
#[derive(Default)]
pub(super) struct Frame {
    goes_on: u32,
    sources: Vec<u8>,
    /// The number of rows of each source.
    counts: Vec<u32>,
    rows: Vec<u8>,
    size: usize,
    /// The source of the last row, also of the frame before.
    last: Vec<u8>,
    above: [String; 4],
}

impl Frame {
    /// Whether a row with this key is the first of its source.
    pub(super) fn begins(&self, key: &[u8]) -> bool {
        self.last != key
    }

    pub(super) fn push(&mut self, row: &RowOf<'_>) {
        if self.begins(row.key) {
            // In each frame the first key stands whole.
            let before = if self.counts.is_empty() { &[][..] } else { &self.last };
            let shared = before.iter().zip(row.key).take_while(|(a, b)| a == b).count();
            let rest = row.key.get(shared..).unwrap_or_default();
            push_number(&mut self.sources, shared as u32);
            push_number(&mut self.sources, rest.len() as u32);
            self.sources.extend_from_slice(rest);
            self.sources.push(row.state.number() as u8);
            self.counts.push(0);
            row.key.clone_into(&mut self.last);
        }
        self.size += 1;
        let Some(facts) = row.facts else { return };
        *self.counts.last_mut().unwrap_or(&mut self.goes_on) += 1;
        let date = facts.date.map_or(0, date_number);
        let page = facts.page.map_or(0, |page| page_number(page) + 1);
        self.rows.extend_from_slice(&facts.id.0);
        push_number(&mut self.rows, small(facts.chars));
        push_number(&mut self.rows, small(facts.line));
        push_number(&mut self.rows, u32::from(!facts.sure));
        push_number(&mut self.rows, u32::try_from(date).unwrap_or(0));
        push_number(&mut self.rows, (page >> 16) as u32);
        push_number(&mut self.rows, (page & 0xFFFF) as u32);
        let member = facts.member.as_deref().unwrap_or_default();
        let texts = [facts.title.as_str(), &facts.byline, member, &facts.paper];
        for (above, text) in self.above.iter_mut().zip(texts) {
            if above == text {
                self.rows.push(0);
                continue;
            }
            push_number(&mut self.rows, text.len() as u32 + 1);
            self.rows.extend_from_slice(text.as_bytes());
            text.clone_into(above);
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.size >= FULL
    }

    /// The frame as bytes; the next one is begun.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.sources.len() + self.rows.len() + 64);
        push_number(&mut bytes, self.goes_on);
        push_number(&mut bytes, self.counts.len() as u32);
        bytes.extend_from_slice(&self.sources);
        for count in &self.counts {
            push_number(&mut bytes, *count);
        }
        bytes.extend_from_slice(&self.rows);
        *self = Self { last: std::mem::take(&mut self.last), ..Self::default() };
        bytes
    }

    /// Adds the frame to a part, packed; the next one is begun.
    pub(super) fn pack(&mut self, part: &mut Vec<u8>) -> Result<(), IndexError> {
        let raw = self.take();
        let packed =
            compress(&raw, LEVEL).map_err(|error| IndexError::File("zstd".into(), error))?;
        push_number(part, raw.len() as u32);
        push_number(part, packed.len() as u32);
        part.extend_from_slice(&packed);
        Ok(())
    }
}

/// Unpacks the frames of a part, one after the other.
pub(super) fn frames(
    part: &[u8],
    take: &mut dyn FnMut(&[u8]) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let mut rest = part;
    while !rest.is_empty() {
        let (size, packed, after) = next_frame(rest).ok_or(IndexError::Damaged)?;
        let raw = decompress(packed, size as usize).map_err(|_| IndexError::Damaged)?;
        take(&raw)?;
        rest = after;
    }
    Ok(())
}

fn next_frame(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let (size, rest) = number(bytes)?;
    let (len, rest) = number(rest)?;
    let (packed, after) = rest.split_at_checked(len as usize)?;
    Some((size, packed, after))
}

impl ListPart {
    /// The rows of a frame; `None` if it is damaged.
    pub(super) fn of(raw: &[u8]) -> Option<Self> {
        let mut rest = raw;
        let goes_on = take_number(&mut rest)?;
        let count = take_number(&mut rest)?;
        let mut part = Self { goes_on, ..Self::default() };
        for _ in 0..count {
            let shared = take_number(&mut rest)? as usize;
            let len = take_number(&mut rest)? as usize;
            part.keys.push_sharing(shared, rest.split_off(..len)?)?;
            part.states.push(SourceState::of_number(i64::from(*rest.split_off_first()?)));
        }
        for _ in 0..count {
            part.rows.push(take_number(&mut rest)?);
        }
        while !rest.is_empty() {
            let facts = take_facts(&mut rest)?;
            let mut texts = [None; 4];
            for text in &mut texts {
                // Zero stands for the text of the row above.
                if let Some(len) = (take_number(&mut rest)? as usize).checked_sub(1) {
                    *text = Some(std::str::from_utf8(rest.split_off(..len)?).ok()?);
                }
            }
            part.block.push_source(texts, facts);
        }
        let rows: u64 = part.rows.iter().copied().map(u64::from).sum();
        (rows + u64::from(goes_on) == part.block.len() as u64).then_some(part)
    }
}

fn take_facts(rest: &mut &[u8]) -> Option<RowFacts> {
    let id = ArticleId(rest.split_off(..16)?.try_into().ok()?);
    let [chars, line, likely, date, sheet, page] =
        [(); 6].map(|()| take_number(rest)).map(|it| it.map(i64::from));
    let page = (sheet? << 16 | page?).checked_sub(1).and_then(page_of);
    Some(RowFacts {
        id,
        chars: usize::try_from(chars?).ok()?,
        line: usize::try_from(line?).ok()?,
        certainty: if likely? == 0 { Certainty::Sure } else { Certainty::Likely },
        date: date_of(date?),
        page,
    })
}

fn take_number(rest: &mut &[u8]) -> Option<u32> {
    let (value, after) = number(rest)?;
    *rest = after;
    Some(value)
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
