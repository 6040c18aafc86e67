//! Where the rows of each source lie.

use std::{collections::BTreeMap, num::NonZero, sync::Arc};

/// Where the rows of a source lie: eight bytes, because there may be a million of them. Why a source could
/// not be read stands elsewhere, as few have failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Unread,
    /// The number of the first row, or [`SPREAD`], and one more than there are.
    Read(u32, NonZero<u32>),
}

const _: () = assert!(size_of::<Held>() == 8);

/// Stands for the first row of a source whose rows lie in several places.
const SPREAD: u32 = u32::MAX;

impl Held {
    fn read(first: u32, count: u32) -> Self {
        Self::Read(first, NonZero::<u32>::MIN.saturating_add(count))
    }

    /// The number of the first row, and how many there are; `None` while the source is not read.
    fn rows(self) -> Option<(u32, u32)> {
        match self {
            Self::Unread => None,
            Self::Read(first, one_more) => Some((first, one_more.get() - 1)),
        }
    }
}

/// Where the rows of all sources lie. A copy shares what it can.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    sources: Arc<Vec<Held>>,
    /// Of a large source whose rows came with those of others between them: the number of an article and that of
    /// its row, for each stretch.
    spread: BTreeMap<u32, Vec<(u32, u32)>>,
}

impl Places {
    /// How many sources there are.
    pub(super) fn len(&self) -> usize {
        self.sources.len()
    }

    /// Takes a new source in.
    pub(super) fn push(&mut self) {
        Arc::make_mut(&mut self.sources).push(Held::Unread);
    }

    /// Takes in new sources that have so many rows each, from `first` on; `more` rows before those go on with the
    /// source that was the last one.
    pub(super) fn append(&mut self, first: u32, more: u32, counts: Vec<u32>) {
        let sources = Arc::make_mut(&mut self.sources);
        if let Some(Held::Read(_, one_more)) = sources.last_mut() {
            *one_more = one_more.saturating_add(more);
        }
        let mut first = first + more;
        for count in counts {
            sources.push(Held::read(first, count));
            first += count;
        }
    }

    /// Whether there is a source with this number.
    pub(super) fn has(&self, source: u32) -> bool {
        (source as usize) < self.sources.len()
    }

    /// How many rows a source has, if it is read.
    pub(super) fn count(&self, source: u32) -> Option<u32> {
        let (_, count) = self.sources.get(source as usize)?.rows()?;
        Some(count)
    }

    /// Gives a source so many rows from `first` on, or none while it is not read.
    pub(super) fn set(&mut self, source: u32, rows: Option<(u32, u32)>) {
        self.spread.remove(&source);
        self.hold(source, rows.map_or(Held::Unread, |(first, count)| Held::read(first, count)));
    }

    /// Gives a source that is read so many rows more, from `next` on.
    pub(super) fn go_on(&mut self, source: u32, next: u32, more: u32) {
        let held = self.sources.get(source as usize).and_then(|held| held.rows());
        let Some((mut first, count)) = held else { return };
        let last = self.spread.get(&source).and_then(|stretches| stretches.last());
        let (article, row) = last.copied().unwrap_or((0, first));
        if row + (count - article) != next {
            self.spread.entry(source).or_insert_with(|| vec![(0, first)]).push((count, next));
            first = SPREAD;
        }
        self.hold(source, Held::read(first, count + more));
    }

    /// The number of the row of an article.
    pub(super) fn row(&self, source: u32, article: u32) -> Option<u32> {
        let (first, count) = self.sources.get(source as usize)?.rows()?;
        if article >= count {
            return None;
        }
        if first != SPREAD {
            return Some(first + article);
        }
        let stretches = self.spread.get(&source)?;
        let behind = stretches.partition_point(|(begin, _)| *begin <= article);
        let (begin, row) = stretches.get(behind.checked_sub(1)?)?;
        Some(row + (article - begin))
    }

    fn hold(&mut self, source: u32, held: Held) {
        if let Some(known) = Arc::make_mut(&mut self.sources).get_mut(source as usize) {
            *known = held;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_are_found_however_they_came(steps in prop::collection::vec((0_u32..4, 0_u32..5, any::<bool>()), 0..60)) {
            let mut places = Places::default();
            let mut expected: Vec<Option<Vec<u32>>> = vec![None; 4];
            (0..4).for_each(|_| places.push());
            let mut next = 0;
            for (source, count, is_anew) in steps {
                let rows = next..next + count;
                match &mut expected[source as usize] {
                    Some(known) if !is_anew => {
                        places.go_on(source, next, count);
                        known.extend(rows);
                    }
                    known => {
                        places.set(source, Some((next, count)));
                        *known = Some(rows.collect());
                    }
                }
                next += count;
            }
            for (source, rows) in (0..).zip(expected) {
                prop_assert_eq!(places.count(source), rows.as_ref().map(|rows| rows.len() as u32));
                let rows = rows.unwrap_or_default();
                let found: Vec<u32> = (0..).map_while(|article| places.row(source, article)).collect();
                prop_assert_eq!(found, rows);
            }
        }
    }
}
