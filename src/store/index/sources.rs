//! The sources of an archive, as the index knows them.

use std::collections::HashSet;

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

    /// Where articles stand, in the order of the archive: the source, and the name of the member of an
    /// archive file. All of them are gone through once, which is quicker than asking for each as soon as
    /// they are many.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn places(
        &self,
        articles: &HashSet<i64>,
        take: &mut dyn FnMut(&SourceKey, Option<&str>),
    ) -> Result<(), IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT articles.id, key, member FROM articles JOIN sources ON sources.id = source
             ORDER BY key, number",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if articles.contains(&row.get(0)?) {
                let member = row.get_ref(2)?.as_str_or_null().map_err(|_| IndexError::Damaged)?;
                take(&SourceKey(row.get(1)?), member);
            }
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
