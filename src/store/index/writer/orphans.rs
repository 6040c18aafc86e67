//! Texts that no article has any more, and what they leave behind.
//!
//! Where a text gave way to another one in the same source, it is forgotten at the end of the reading. Where its
//! source is gone it stays for some time, since the source may come back, as a disk that is not mounted does. An
//! archive whose files come and go would have its index grow for ever so: once most texts are of that kind, those
//! that have been so for some time are forgotten.
//!
//! Postings cannot be taken out of a segment one by one. So once most texts of the segments are gone, all segments
//! go, and are built again of what is kept: nothing is analysed for that.
//!
//! Each step is whole in itself, and what is left to do is told by the tables: a run that is killed between two of
//! them leaves the rest to the next one.

use std::collections::HashSet;

use super::{FINISHED, Writer};
use crate::store::index::{
    digest::words_of,
    schema::{self, IndexError},
};

/// Later removals that a text outlives its source by, if most texts are like it.
const OUTLIVED: i64 = 3;
/// Texts that it is worth the while for.
const WORTH: i64 = 1000;
/// Texts that are forgotten in one batch.
const BATCH: usize = 512;

/// The name of the fact that tells how many runs found that sources were gone.
const REMOVALS: &str = "removals";

impl Writer {
    /// Ends the reading: trains the dictionary if it was not yet, and forgets texts that no article has any more.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn settle(&mut self) -> Result<(), IndexError> {
        self.train()?;
        let mut orphans = self.orphans(0, 0)?;
        let last = self.removals()? - OUTLIVED;
        if std::mem::take(&mut self.has_removed) && self.are_most(last)? {
            orphans.extend(self.orphans(1, last)?);
        }
        if orphans.is_empty() {
            return Ok(());
        }
        for (at, text) in orphans.into_iter().enumerate() {
            if at > 0 && at.is_multiple_of(BATCH) {
                self.commit()?;
                self.begin()?;
            }
            self.forget(text)?;
        }
        self.shrink()
    }

    /// Notes that the articles of a source are about to go, so that their texts may have none from this removal on.
    pub(super) fn orphan(&self, source: i64, removal: i64) -> Result<(), IndexError> {
        self.connection
            .prepare_cached(
                "REPLACE INTO orphans SELECT DISTINCT text, ?2 FROM articles WHERE source = ?1",
            )?
            .execute((source, removal))?;
        Ok(())
    }

    /// The number of a removal that begins now.
    pub(super) fn removal(&mut self) -> Result<i64, IndexError> {
        let removal = self.removals()? + 1;
        schema::set_fact(&self.connection, REMOVALS, &removal.to_le_bytes())?;
        self.has_removed = true;
        Ok(removal)
    }

    fn removals(&self) -> Result<i64, IndexError> {
        Ok(schema::number_fact(&self.connection, REMOVALS)?)
    }

    /// Texts that may have no article any more since one of these removals.
    fn orphans(&self, from: i64, to: i64) -> Result<Vec<i64>, IndexError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT text FROM orphans WHERE since BETWEEN ? AND ? ORDER BY text")?;
        let texts = statement.query_map([from, to], |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }

    /// Whether most texts are orphans since that removal or one before it.
    fn are_most(&self, last: i64) -> Result<bool, IndexError> {
        let orphans = "SELECT count(*) FROM orphans WHERE since BETWEEN 1 AND ?";
        let orphans: i64 = self.connection.query_row(orphans, [last], |row| row.get(0))?;
        Ok(orphans >= WORTH && orphans > self.texts()? / 2)
    }

    fn texts(&self) -> Result<i64, IndexError> {
        Ok(self.connection.query_row("SELECT count(*) FROM texts", [], |row| row.get(0))?)
    }

    /// Forgets a text, unless an article has it again.
    fn forget(&self, text: i64) -> Result<(), IndexError> {
        let gone = self
            .connection
            .prepare_cached(
                "DELETE FROM texts WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM articles WHERE text = ?1)",
            )?
            .execute([text])?;
        if gone > 0 {
            self.connection
                .prepare_cached("DELETE FROM analyses WHERE text = ?")?
                .execute([text])?;
        }
        self.connection.prepare_cached("DELETE FROM orphans WHERE text = ?")?.execute([text])?;
        Ok(())
    }

    /// Takes all segments apart if most of their texts are gone, and forgets words that no text has for a keyword.
    /// The texts are searched one by one until there are segments again.
    fn shrink(&mut self) -> Result<(), IndexError> {
        let documents = "SELECT coalesce(sum(documents), 0) FROM segments";
        let documents: i64 = self.connection.query_row(documents, [], |row| row.get(0))?;
        if documents < WORTH {
            return Ok(());
        }
        let loose = "SELECT count(*) FROM texts WHERE id > ?";
        let loose: i64 = self.connection.query_row(loose, [self.segmented], |row| row.get(0))?;
        let gone = documents - (self.texts()? - loose);
        if gone < WORTH || gone <= documents / 2 {
            return Ok(());
        }
        self.connection.execute_batch("DELETE FROM segments; DELETE FROM postings;")?;
        self.forget_words()?;
        schema::forget_fact(&self.connection, FINISHED)?;
        (self.segmented, self.finished) = (0, 0);
        Ok(())
    }

    fn forget_words(&self) -> Result<(), IndexError> {
        let mut used = HashSet::new();
        let mut statement = self.connection.prepare("SELECT digest FROM analyses")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let digest = row.get_ref(0)?.as_blob().map_err(|_| IndexError::Damaged)?;
            used.extend(words_of(digest).into_iter().map(|(word, _)| word));
        }
        let mut statement = self.connection.prepare("SELECT id FROM words")?;
        let words: Vec<u32> =
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for word in words.into_iter().filter(|word| !used.contains(word)) {
            self.connection.prepare_cached("DELETE FROM words WHERE id = ?")?.execute([word])?;
        }
        Ok(())
    }
}
