//! Sharing work among threads that each read the index by a connection of their own.

use std::{num::NonZero, panic::resume_unwind, thread};

use rusqlite::Connection;

use crate::store::index::{catalogue::Catalogue, reader::Index, schema::IndexError};

/// Threads at most: each has a connection of its own.
const MOST: usize = 8;

/// How many threads share what is to be done.
pub(super) fn count() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST)
}

/// A part of some work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Which one, from 0.
    pub(super) at: usize,
    /// How many there are.
    pub(super) of: usize,
}

impl Part {
    /// What of some things belongs to it; those of the first part come first.
    pub(super) fn of<T>(self, all: &[T]) -> &[T] {
        let border = |at: usize| all.len() * at / self.of;
        all.get(border(self.at)..border(self.at + 1)).unwrap_or_default()
    }
}

impl Index {
    /// Has at most so many threads do a part each; what came of the parts, in order. `None` when one of them was
    /// cancelled.
    pub(super) fn in_parts<T: Send>(
        &mut self,
        threads: usize,
        work: impl Fn(&Connection, &Catalogue, Part) -> Result<Option<T>, IndexError> + Sync,
    ) -> Result<Option<Vec<T>>, IndexError> {
        let helpers = self.take_helpers(threads.clamp(1, count()) - 1)?;
        let of = helpers.len() + 1;
        let Self { connection, catalogue, .. } = &*self;
        let work = &work;
        let (done, helpers) = thread::scope(|scope| {
            let others: Vec<_> = (1..)
                .zip(helpers)
                .map(|(at, helper)| {
                    scope.spawn(move || {
                        (work(&helper.connection, catalogue, Part { at, of }), helper)
                    })
                })
                .collect();
            let mut done = vec![work(connection, catalogue, Part { at: 0, of })];
            let (mut helpers, mut panics) = (Vec::new(), Vec::new());
            for other in others {
                match other.join() {
                    Ok((part, helper)) => {
                        done.push(part);
                        helpers.push(helper);
                    }
                    Err(panic) => panics.push(panic),
                }
            }
            // The index is not to blame.
            if let Some(panic) = panics.pop() {
                resume_unwind(panic);
            }
            (done, helpers)
        });
        self.give_back(helpers);
        done.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_all() {
        let all: Vec<usize> = (0..10).collect();
        for of in 1..13 {
            let parts: Vec<usize> =
                (0..of).flat_map(|at| Part { at, of }.of(&all).to_vec()).collect();
            assert_eq!(parts, all);
        }
    }
}
