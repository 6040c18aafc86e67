//! What becomes of sources that are not read.

use std::collections::HashSet;

use super::Writer;
use crate::store::index::{
    rows::{SourceKey, SourceState},
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
        let mut statement =
            self.connection.prepare("SELECT id, key FROM sources WHERE state != ?")?;
        let vanished = SourceState::Vanished.number();
        let all =
            statement.query_map([vanished], |row| Ok((row.get(0)?, SourceKey(row.get(1)?))))?;
        let mut gone: Vec<(i64, SourceKey)> = Vec::new();
        for source in all {
            let (id, key): (i64, SourceKey) = source?;
            if !seen.contains(&id) && is_gone(&key) {
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
