//! The sources that were found, by number; shared by the threads.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    library::index::IndexPlace,
    source::Entry,
    store::index::{SourceKey, SourceKeys},
};

/// The sources of the list.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Entries(Arc<Mutex<Roster>>);

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
        match &*self.lock() {
            Roster::Plain(entries, _) => entries.get(number as usize).cloned(),
            Roster::Keyed(place, keys) => place.entry(&keys.get(number)?),
        }
    }

    /// How many were found so far.
    pub(in crate::tui) fn count(&self) -> usize {
        match &*self.lock() {
            Roster::Plain(entries, _) => entries.len(),
            Roster::Keyed(_, keys) => keys.len(),
        }
    }

    /// The number of the source that the index at a place knows by this key.
    pub(in crate::tui) fn number(&self, place: &IndexPlace, key: &SourceKey) -> Option<u32> {
        match &mut *self.lock() {
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
        *self.lock() = match place {
            Some(place) => Roster::Keyed(place.clone(), SourceKeys::default()),
            None => Roster::default(),
        };
    }

    /// Takes in a source; its number.
    pub(super) fn push(&self, entry: Entry) -> Option<u32> {
        match &mut *self.lock() {
            Roster::Plain(entries, _) => {
                entries.push(entry);
                Some(entries.len() as u32 - 1)
            }
            Roster::Keyed(place, keys) => place.key(&entry).map(|key| keys.push(&key)),
        }
    }

    /// Takes in sources that an index knows.
    pub(super) fn append(&self, known: &SourceKeys) {
        if let Roster::Keyed(_, keys) = &mut *self.lock() {
            keys.append(known);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Roster> {
        // Nothing that panics is done while it is held, so a panic elsewhere leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
