//! Batches: what is written together is kept together, and has a number by which others know it.

use super::Writer;
use crate::store::index::schema::{self, IndexError};

impl Writer {
    /// Begins a batch.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn begin(&mut self) -> Result<(), IndexError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let (last, is_known) = self.batch;
        self.batch = (last + i64::from(is_known), false);
        Ok(())
    }

    /// The number of this batch, by which others know what it has changed.
    pub(super) fn batch(&mut self) -> Result<i64, IndexError> {
        let (number, is_known) = &mut self.batch;
        if !*is_known {
            schema::set_fact(&self.connection, schema::BATCH, &number.to_le_bytes())?;
            *is_known = true;
        }
        Ok(*number)
    }

    /// The number of the last batch that changed a source.
    pub fn last_batch(&self) -> i64 {
        let (number, is_known) = self.batch;
        number - i64::from(!is_known)
    }

    /// Ends a batch: it is kept.
    ///
    /// # Errors
    ///
    /// Those of the database; it is not kept then.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        Ok(self.connection.execute_batch("COMMIT")?)
    }
}
