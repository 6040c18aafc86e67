//! The scroll bar of the text: where in it one is, and where key sentences and hits lie.
//!
//! It goes by bytes of the text, not by rows: only what is on the screen is ever set. What a frame costs
//! does not depend on how long the text is, and hardly on how many hits there are.

use std::ops::Range;

use super::{model::Model, search::LitHits};
use crate::text::range::TextRange;

/// A row of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notch {
    /// Whether it stands for what is on the screen.
    pub is_thumb: bool,
    /// What lies in its part of the text.
    pub tick: Option<Tick>,
}

/// What lies in a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// A key sentence begins there.
    Sentence,
    /// A hit of the search, or a place of the keyword that is lit.
    Hit,
}

impl Model {
    /// The bar of a reader with so many rows; `None` where all of the text is on the screen.
    pub fn scroll_bar(&self, rows: usize) -> Option<Vec<Notch>> {
        let thumb = self.thumb(rows)?;
        let text = self.reader.text()?;
        let len = text.as_str().len();
        let sentences: Vec<TextRange> = self.sentences.ranges().map(|(_, range)| range).collect();
        let keyword = self.keywords.current().filter(|_| self.is_lit());
        let places = keyword.map_or(&[][..], |keyword| &keyword.places);
        let (found, _) = self.lit_hits().unwrap_or_default();
        let notch = |row: usize| {
            let start = |row: usize| text.to_source(len * row / rows);
            let part = start(row)..start(row + 1);
            let tick = if begins_in(places, &part) || begins_in(found, &part) {
                Some(Tick::Hit)
            } else {
                begins_in(&sentences, &part).then_some(Tick::Sentence)
            };
            Notch { is_thumb: thumb.contains(&row), tick }
        };
        Some((0..rows).map(notch).collect())
    }

    /// The hits of the search that are lit in the open text.
    pub fn lit_hits(&self) -> Option<LitHits<'_>> {
        let (key, id) = (self.reader.key()?, self.reader.article()?.id);
        if self.find.is_on() {
            return self.find.lit(key, id);
        }
        self.search.lit(key, id).filter(|_| self.search.is_on)
    }

    /// The rows of the bar that stand for what is on the screen.
    pub(super) fn thumb(&self, rows: usize) -> Option<Range<usize>> {
        let (first, last) = self.reader.extent()?;
        if rows == 0 || (first == 0 && last >= 10_000) {
            return None;
        }
        let (from, to) = ((first * rows / 10_000).min(rows - 1), (last * rows).div_ceil(10_000));
        Some(from..to.clamp(from + 1, rows))
    }
}

/// Whether one of the ranges, which are in order, begins in a part.
fn begins_in(ranges: &[TextRange], part: &Range<usize>) -> bool {
    let first = ranges.partition_point(|range| range.start < part.start);
    ranges.get(first).is_some_and(|range| range.start < part.end)
}
