//! Going through all rows of a table, on all processors where there are many.

use std::{
    num::NonZero,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use rusqlite::{Connection, Row};

use super::BREATH;
use crate::store::index::{reader::Index, schema::IndexError};

/// Rows that one thread looks through in two milliseconds.
const ALONE: i64 = 10_000;

/// Rows that are looked at from one question to the next whether it was cancelled: one takes less time than a text.
const ROWS: usize = BREATH * 64;

/// The statements that read a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// Asks for the highest number of a row.
    pub(super) last: &'static str,
    /// Asks for the rows from a number on, up to another one, without that.
    pub(super) of_range: &'static str,
}

/// What was found in some rows; `None` when it was cancelled.
type Found<T> = Result<Option<Vec<T>>, IndexError>;

impl Index {
    /// What `look` finds in the rows of a table, in their order; `None` when it was cancelled.
    pub(super) fn look_through<T: Send>(
        &mut self,
        rows: Rows,
        cancelled: &AtomicBool,
        look: impl Fn(&Row<'_>, &mut Vec<T>) -> Result<(), IndexError> + Sync,
    ) -> Found<T> {
        let last: i64 = self.connection.query_row(rows.last, [], |row| row.get(0))?;
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let threads = if last < ALONE { 1 } else { threads };
        let mut helpers = self.take_helpers(threads - 1)?;
        let step = last / i64::try_from(helpers.len() + 1).unwrap_or(1) + 1;
        let range = |part: usize| {
            let part = i64::try_from(part).unwrap_or(0);
            [part * step, (part + 1) * step]
        };
        let found_in = |connection: &Connection, part: usize| {
            found_in(connection, rows.of_range, range(part), cancelled, &look)
        };
        let found_in = &found_in;
        let parts = thread::scope(|scope| {
            let others: Vec<_> = helpers
                .iter_mut()
                .enumerate()
                .map(|(part, helper)| scope.spawn(move || found_in(&helper.connection, part + 1)))
                .collect();
            let own = found_in(&self.connection, 0);
            let others = others.into_iter().map(|it| it.join().unwrap_or(Err(IndexError::Damaged)));
            [own].into_iter().chain(others).collect::<Vec<_>>()
        });
        self.give_back(helpers);
        let mut all = Vec::new();
        for part in parts {
            let Some(part) = part? else { return Ok(None) };
            all.extend(part);
        }
        Ok(Some(all))
    }
}

fn found_in<T>(
    connection: &Connection,
    of_range: &str,
    range: [i64; 2],
    cancelled: &AtomicBool,
    look: &impl Fn(&Row<'_>, &mut Vec<T>) -> Result<(), IndexError>,
) -> Found<T> {
    let mut statement = connection.prepare_cached(of_range)?;
    let mut rows = statement.query(range)?;
    let (mut found, mut seen) = (Vec::new(), 0_usize);
    while let Some(row) = rows.next()? {
        seen += 1;
        if seen.is_multiple_of(ROWS) && cancelled.load(Ordering::Relaxed) {
            return Ok(None);
        }
        look(row, &mut found)?;
    }
    Ok(Some(found))
}
