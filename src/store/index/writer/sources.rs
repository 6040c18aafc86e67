//! What becomes of sources that are not read.

use std::collections::HashSet;

use rusqlite::Row;

use super::Writer;
use crate::store::index::{
    decided::{DecidedPages, PageKey},
    rows::{KnownSource, ReadSource, SourceKey, SourceState, Stamp},
    schema::{self, IndexError},
};

/// The name of the fact that tells which decisions about pages sources were read by.
const DECIDED: &str = "decided";

impl Writer {
    /// Marks the sources that are there no more: all but those in `seen`, as far as `is_gone` says
    /// so of their key. Which they were. Their texts stay for some time: what was moved is not analysed twice.
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
        let (batch, removal) =
            if gone.is_empty() { (0, 0) } else { (self.batch()?, self.removal()?) };
        for (id, key) in &gone {
            self.outdate_list(key)?;
            self.orphan(*id, removal)?;
            for table in ["articles", "problems", "pages"] {
                let delete = format!("DELETE FROM {table} WHERE source = ?");
                self.connection.prepare_cached(&delete)?.execute([id])?;
            }
            self.connection
                .prepare_cached("UPDATE sources SET state = ?, written = ? WHERE id = ?")?
                .execute((vanished, batch, id))?;
        }
        Ok(gone.into_iter().map(|(_, key)| key).collect())
    }

    /// Keeps that a known source is as it was, but for its stamp, state and pages.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn touch(&mut self, id: i64, source: &ReadSource) -> Result<(), IndexError> {
        let ReadSource { stamp, state, pages, .. } = source;
        self.connection
            .prepare_cached("UPDATE sources SET size = ?, modified = ?, state = ? WHERE id = ?")?
            .execute((stamp.size.cast_signed(), stamp.modified, state.number(), id))?;
        self.put_pages(id, pages)
    }

    /// Keeps which pages a source has; one that has none, as one of records, has no row.
    pub(super) fn put_pages(&self, id: i64, pages: &[PageKey]) -> Result<(), IndexError> {
        if !pages.is_empty() {
            self.connection
                .prepare_cached("REPLACE INTO pages VALUES (?, ?)")?
                .execute((id, PageKey::to_bytes(pages)))?;
        }
        Ok(())
    }

    /// Has the sources read again about whose pages something else is decided than was known last, and keeps what
    /// is decided: what is read from now on is read by that.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn expect_decided(&mut self, decided: &DecidedPages) -> Result<(), IndexError> {
        let known = schema::fact(&self.connection, DECIDED)?.unwrap_or_default();
        let changed = decided.changed(&DecidedPages::of_bytes(&known));
        if changed.is_empty() {
            return Ok(());
        }
        let mut concerned = Vec::new();
        let mut statement = self.connection.prepare("SELECT source, keys FROM pages")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let keys = row.get_ref(1)?.as_blob().map_err(|_| IndexError::Damaged)?;
            if PageKey::of_bytes(keys).any(|page| changed.contains(&page)) {
                concerned.push(row.get::<_, i64>(0)?);
            }
        }
        for id in concerned {
            self.connection
                .prepare_cached("UPDATE sources SET modified = -1 WHERE id = ?")?
                .execute([id])?;
        }
        Ok(schema::set_fact(&self.connection, DECIDED, &decided.to_bytes())?)
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
