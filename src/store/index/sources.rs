//! The sources of an archive, as the index knows them, and where they stand.

use std::{collections::HashSet, ffi::OsString, os::unix::ffi::OsStringExt, path::PathBuf};

use super::{
    reader::{ArticleRow, Index},
    rows::{ReadProblem, SourceKey, SourceState},
    schema::IndexError,
};

impl Index {
    /// From now on the roots of the archive are spelled so in places: the same archive has the same index however
    /// that is.
    pub fn know_roots(&mut self, roots: Vec<PathBuf>) {
        self.roots = roots;
    }

    /// Where an article stands, as it is printed and as queries see it: the path of its source, with the member of
    /// an archive file. The path begins below the root where that is not known.
    pub fn printed_place(&self, row: &ArticleRow) -> String {
        let path = row.source.path(&self.roots);
        let path = path.unwrap_or_else(|| OsString::from_vec(row.source.parts().1).into());
        let path = path.to_string_lossy();
        match &row.facts.member {
            None => path.into_owned(),
            Some(member) => format!("{path}/{member}"),
        }
    }

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
