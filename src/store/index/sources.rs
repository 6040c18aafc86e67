//! The sources of an archive, as the index knows them.

use super::{
    reader::Index,
    rows::{ReadProblem, SourceKey, SourceState},
    schema::IndexError,
};

impl Index {
    /// All sources that are there, in the order of the archive.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn sources(&self, take: &mut dyn FnMut(SourceKey, SourceState)) -> Result<(), IndexError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, state FROM sources WHERE state != ? ORDER BY key")?;
        let mut rows = statement.query([SourceState::Vanished.number()])?;
        while let Some(row) = rows.next()? {
            take(SourceKey(row.get(0)?), SourceState::of_number(row.get(1)?));
        }
        Ok(())
    }

    /// What went wrong with sources, in the order of the archive.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn problems(&self) -> Result<Vec<(SourceKey, ReadProblem)>, IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, place, line, zh, en FROM problems JOIN sources ON sources.id = source
             ORDER BY key, problems.rowid",
        )?;
        let problems = statement.query_map([], |row| {
            let line: Option<i64> = row.get(2)?;
            let line = line.map(i64::cast_unsigned);
            let problem =
                ReadProblem { place: row.get(1)?, line, zh: row.get(3)?, en: row.get(4)? };
            Ok((SourceKey(row.get(0)?), problem))
        })?;
        Ok(problems.collect::<Result<_, _>>()?)
    }
}
