//! What becomes of sources that are not read.

use std::collections::HashSet;

use rusqlite::Row;

use super::Writer;
use crate::store::index::{
    rows::{KnownSource, SourceKey, SourceState, Stamp},
    schema::{self, IndexError},
};

/// The name of the fact by which decisions about pages are known to be the same.
const DECIDED: &str = "decided";

impl Writer {
    /// Marks the sources that are there no more: all but those in `seen`, as far as `is_gone` says
    /// so of their key. Which they were. Their texts stay: what was moved is not analysed twice.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn vanish(
        &mut self,
        seen: &HashSet<i64>,
        is_gone: &dyn Fn(&SourceKey) -> bool,
    ) -> Result<Vec<SourceKey>, IndexError> {
        let vanished = SourceState::Vanished.number();
        let mut statement = self.connection.prepare("SELECT id FROM sources WHERE state != ?")?;
        let mut gone: Vec<(i64, SourceKey)> = Vec::new();
        for id in statement.query_map([vanished], |row| row.get(0))? {
            let id: i64 = id?;
            if seen.contains(&id) {
                continue;
            }
            let mut keys =
                self.connection.prepare_cached("SELECT key FROM sources WHERE id = ?")?;
            let key = SourceKey(keys.query_row([id], |row| row.get(0))?);
            if is_gone(&key) {
                gone.push((id, key));
            }
        }
        drop(statement);
        let batch = if gone.is_empty() { 0 } else { self.batch()? };
        for (id, key) in &gone {
            self.outdate_list(key)?;
            self.connection
                .prepare_cached("DELETE FROM articles WHERE source = ?")?
                .execute([id])?;
            self.connection
                .prepare_cached("DELETE FROM problems WHERE source = ?")?
                .execute([id])?;
            self.connection
                .prepare_cached("UPDATE sources SET state = ?, written = ? WHERE id = ?")?
                .execute((vanished, batch, id))?;
        }
        Ok(gone.into_iter().map(|(_, key)| key).collect())
    }

    /// Has every source read again if other things were decided about pages than when they were read.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn expect_decided(&mut self, decided: &[u8]) -> Result<(), IndexError> {
        let known = schema::fact(&self.connection, DECIDED)?;
        if known.is_some_and(|known| known != decided) {
            self.connection.execute("UPDATE sources SET modified = -1", [])?;
        }
        Ok(())
    }

    /// Keeps that sources were read with these decisions.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn set_decided(&mut self, decided: &[u8]) -> Result<(), IndexError> {
        Ok(schema::set_fact(&self.connection, DECIDED, decided)?)
    }
}

/// A source with its key, of the columns key, id, size, modified, content, state.
pub(super) fn known_source(row: &Row<'_>) -> rusqlite::Result<(SourceKey, KnownSource)> {
    let known = KnownSource {
        id: row.get(1)?,
        stamp: Stamp { size: row.get::<_, i64>(2)?.cast_unsigned(), modified: row.get(3)? },
        content: row.get(4)?,
        state: SourceState::of_number(row.get(5)?),
    };
    Ok((SourceKey(row.get(0)?), known))
}
