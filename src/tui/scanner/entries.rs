//! The sources that were found, by number; shared by the threads.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    library::index::IndexPlace,
    source::Entry,
    store::index::{SourceKey, SourceKeys},
};

/// The sources of the list.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Entries(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    roster: Roster,
    /// Sources that have vanished: they keep their numbers, in case they come back.
    gone: HashSet<u32>,
}

#[derive(Debug)]
enum Roster {
    /// As they were found, with the numbers of the first ones by key, as far as they were asked for.
    Plain(Vec<Entry>, HashMap<SourceKey, u32>),
    /// By their keys in an index: a million paths take a third of the room so.
    Keyed(IndexPlace, SourceKeys),
}

impl Default for Roster {
    fn default() -> Self {
        Self::Plain(Vec::new(), HashMap::new())
    }
}

impl Entries {
    /// The source with this number.
    pub(in crate::tui) fn get(&self, number: u32) -> Option<Entry> {
        match &self.lock().roster {
            Roster::Plain(entries, _) => entries.get(number as usize).cloned(),
            Roster::Keyed(place, keys) => place.entry(&keys.get(number)?),
        }
    }

    /// How many were found so far, those that have vanished since included.
    pub(in crate::tui) fn count(&self) -> usize {
        match &self.lock().roster {
            Roster::Plain(entries, _) => entries.len(),
            Roster::Keyed(_, keys) => keys.len(),
        }
    }

    /// How many of them are there.
    pub(in crate::tui) fn there(&self) -> usize {
        let gone = self.lock().gone.len();
        self.count().saturating_sub(gone)
    }

    /// The number of the source that the index at a place knows by this key.
    pub(in crate::tui) fn number(&self, place: &IndexPlace, key: &SourceKey) -> Option<u32> {
        match &mut self.lock().roster {
            Roster::Plain(entries, numbers) => {
                for (number, entry) in entries.iter().enumerate().skip(numbers.len()) {
                    let key = place.key(entry).unwrap_or_else(|| SourceKey::nowhere(number));
                    numbers.insert(key, number as u32);
                }
                numbers.get(key).copied()
            }
            Roster::Keyed(_, keys) => keys.number(key),
        }
    }

    /// Begins anew, with sources that are known by their keys in an index, or by their paths.
    pub(super) fn begin(&self, place: Option<&IndexPlace>) {
        let roster = match place {
            Some(place) => Roster::Keyed(place.clone(), SourceKeys::default()),
            None => Roster::default(),
        };
        *self.lock() = Held { roster, gone: HashSet::new() };
    }

    /// Notes that a source has vanished, or is there (again).
    pub(super) fn note(&self, number: u32, is_gone: bool) {
        let gone = &mut self.lock().gone;
        if is_gone {
            gone.insert(number);
        } else {
            gone.remove(&number);
        }
    }

    /// Takes in a source; its number.
    pub(super) fn push(&self, entry: Entry) -> Option<u32> {
        match &mut self.lock().roster {
            Roster::Plain(entries, _) => {
                entries.push(entry);
                Some(entries.len() as u32 - 1)
            }
            Roster::Keyed(place, keys) => place.key(&entry).map(|key| keys.push(&key)),
        }
    }

    /// Takes in sources that an index knows.
    pub(super) fn append(&self, known: &SourceKeys) {
        if let Roster::Keyed(_, keys) = &mut self.lock().roster {
            keys.append(known);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        // Nothing that panics is done while it is held, so a panic elsewhere leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_vanished_keeps_its_number_and_is_not_there() {
        let entries = Entries::default();
        for name in ["a.txt", "b.txt"] {
            entries.push(Entry::file(name));
        }
        for (is_gone, there) in [(true, 1), (true, 1), (false, 2)] {
            entries.note(1, is_gone);
            assert_eq!((entries.count(), entries.there()), (2, there));
        }
    }
}
