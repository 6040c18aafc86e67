//! Going through all rows of a table, on all processors where there are many.

use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, Row};

use super::{
    BREATH,
    threads::{self, Part},
};
use crate::store::index::{reader::Index, schema::IndexError};

/// Rows that one thread looks through in two milliseconds.
const ALONE: i64 = 10_000;

/// Rows that are looked at from one question to the next whether it was cancelled: one takes less time than a text.
const ROWS: usize = BREATH * 64;

/// The statements that read a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// The lowest number of a row that is looked at.
    pub(super) first: i64,
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
        let first = rows.first;
        // A damaged file may say anything.
        let count = last.saturating_sub(first).saturating_add(1).max(0);
        let threads = if count < ALONE { 1 } else { threads::count() };
        let parts = self.in_parts(threads, |connection, _, Part { at, of }| {
            let number = |part: usize| i64::try_from(part).unwrap_or_default();
            let step = count / number(of) + 1;
            let border = |at: usize| first.saturating_add(step.saturating_mul(number(at)));
            found_in(connection, rows.of_range, [border(at), border(at + 1)], cancelled, &look)
        })?;
        Ok(parts.map(|parts| parts.into_iter().flatten().collect()))
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
