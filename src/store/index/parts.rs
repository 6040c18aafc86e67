//! The list of an archive, as it is shown when the archive is opened again.
//!
//! To put a list together row by row takes more than a microsecond for each, which is seconds for a
//! million of them. So its rows are kept a second time, packed in the order of the archive, in parts of
//! some thousand. Who changes a source empties the part that it is in, in the same transaction, and the
//! run that did so fills it again at its end. What is empty meanwhile is put together from the tables,
//! so that what is read is always what those say.

mod frame;

use rusqlite::Connection;

pub use self::frame::ListPart;
use self::frame::{Frame, RowOf, frames};
use super::{
    moment,
    reader::Index,
    rows::{ArticleFacts, SourceKey, SourceState, date_of, page_of},
    schema::{self, IndexError},
    writer::Writer,
};
use crate::article::ArticleId;

/// Rows, or sources without any, of a part from which on the next source begins a new one.
const FULL: usize = 4096;

/// A stretch of the list.
struct Stretch {
    /// The part that it is, if there is one.
    id: Option<i64>,
    /// The key from which on it goes.
    from: Vec<u8>,
    /// The key before which it ends; `None` for the end of the list.
    to: Option<Vec<u8>>,
    is_empty: bool,
}

impl Writer {
    /// Has the part of the list that a source is in be packed anew.
    pub(super) fn outdate_list(&self, key: &SourceKey) -> Result<(), IndexError> {
        let mut statement = self.connection().prepare_cached(
            "UPDATE parts SET rows = NULL WHERE rows IS NOT NULL
             AND id = (SELECT id FROM parts WHERE first <= ? ORDER BY first DESC LIMIT 1)",
        )?;
        statement.execute([&key.0])?;
        Ok(())
    }

    /// Packs the parts of the list that are not as the tables say.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn pack_list(&mut self) -> Result<(), IndexError> {
        let connection = self.connection();
        for stretch in stretches(connection)?.iter().filter(|stretch| stretch.is_empty) {
            let parts = packed(connection, stretch)?;
            connection
                .prepare_cached("DELETE FROM parts WHERE id = ?")?
                .execute([stretch.id.unwrap_or(-1)])?;
            let mut insert =
                connection.prepare_cached("INSERT INTO parts (first, rows) VALUES (?, ?)")?;
            for (first, rows) in parts {
                insert.execute((first, rows))?;
            }
        }
        Ok(())
    }
}

impl Index {
    /// The whole list in the order of the archive, part by part; the number of the batch up to which it
    /// is.
    ///
    /// # Errors
    ///
    /// Those of the database, or when it is damaged.
    pub fn list(&self, take: &mut dyn FnMut(ListPart)) -> Result<i64, IndexError> {
        moment::whole(&self.connection, || {
            self.list_parts(take)?;
            Ok(schema::batch(&self.connection)?)
        })
    }

    /// What was changed after one batch and up to another, part by part, as [`Index::list`] tells it, with
    /// the sources that have vanished; the number of the last batch.
    ///
    /// # Errors
    ///
    /// As [`Index::list`].
    pub fn changes(
        &self,
        after: i64,
        up_to: i64,
        take: &mut dyn FnMut(ListPart),
    ) -> Result<i64, IndexError> {
        moment::whole(&self.connection, || {
            let mut frame = Frame::default();
            let mut told = |raw: &[u8]| -> Result<(), IndexError> {
                take(ListPart::of(raw).ok_or(IndexError::Damaged)?);
                Ok(())
            };
            rows(&self.connection, &Condition::Written(after, up_to), &mut |row| {
                // A source is told whole.
                if frame.is_full() && frame.begins(row.key) {
                    told(&frame.take())?;
                }
                frame.push(row);
                Ok(())
            })?;
            told(&frame.take())?;
            Ok(schema::batch(&self.connection)?)
        })
    }

    fn list_parts(&self, take: &mut dyn FnMut(ListPart)) -> Result<(), IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT rows FROM parts WHERE id = ?")?;
        let mut told = |raw: &[u8]| -> Result<(), IndexError> {
            take(ListPart::of(raw).ok_or(IndexError::Damaged)?);
            Ok(())
        };
        for stretch in stretches(&self.connection)? {
            if let Some(id) = stretch.id.filter(|_| !stretch.is_empty) {
                statement.query_row([id], |row| {
                    Ok(frames(row.get_ref(0)?.as_blob().unwrap_or_default(), &mut told))
                })??;
                continue;
            }
            let mut frame = Frame::default();
            rows(&self.connection, &Condition::Within(&stretch), &mut |row| {
                frame.push(row);
                if frame.is_full() { told(&frame.take()) } else { Ok(()) }
            })?;
            told(&frame.take())?;
        }
        Ok(())
    }
}

fn stretches(connection: &Connection) -> Result<Vec<Stretch>, IndexError> {
    let mut statement =
        connection.prepare_cached("SELECT id, first, rows IS NULL FROM parts ORDER BY first")?;
    let parts = statement.query_map([], |row| {
        Ok(Stretch { id: row.get(0)?, from: row.get(1)?, to: None, is_empty: row.get(2)? })
    })?;
    let mut stretches: Vec<Stretch> = parts.collect::<Result<_, _>>()?;
    if stretches.is_empty() {
        return Ok(vec![Stretch { id: None, from: Vec::new(), to: None, is_empty: true }]);
    }
    let next: Vec<Vec<u8>> = stretches.iter().skip(1).map(|next| next.from.clone()).collect();
    for (stretch, next) in stretches.iter_mut().zip(next) {
        stretch.to = Some(next);
    }
    Ok(stretches)
}

/// The key from which on a part goes, and its rows.
type PackedPart = (Vec<u8>, Vec<u8>);

/// The parts of a stretch.
fn packed(connection: &Connection, stretch: &Stretch) -> Result<Vec<PackedPart>, IndexError> {
    let mut parts = Vec::new();
    let (mut first, mut bytes, mut size) = (stretch.from.clone(), Vec::new(), 0);
    let mut frame = Frame::default();
    rows(connection, &Condition::Within(stretch), &mut |row| {
        if size >= FULL && frame.begins(row.key) {
            frame.pack(&mut bytes)?;
            let begun = std::mem::replace(&mut first, row.key.to_vec());
            parts.push((begun, std::mem::take(&mut bytes)));
            size = 0;
        }
        size += 1;
        frame.push(row);
        if frame.is_full() { frame.pack(&mut bytes) } else { Ok(()) }
    })?;
    frame.pack(&mut bytes)?;
    parts.push((first, bytes));
    Ok(parts)
}

/// Which rows are wanted.
enum Condition<'a> {
    /// Those of a stretch.
    Within(&'a Stretch),
    /// Those that were written after one batch and up to another; vanished sources are told, too.
    Written(i64, i64),
}

/// Rows as the tables have them, in the order of the archive, and the sources without any.
fn rows(
    connection: &Connection,
    condition: &Condition<'_>,
    take: &mut dyn FnMut(&RowOf<'_>) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let which = match condition {
        Condition::Within(Stretch { to: Some(_), .. }) => "key >= ?1 AND key < ?2 AND state != ?3",
        Condition::Within(Stretch { to: None, .. }) => "key >= ?1 AND ?2 IS NULL AND state != ?3",
        Condition::Written(..) => "written > ?1 AND written <= ?2 AND ?3 IS NOT NULL",
    };
    let vanished = SourceState::Vanished.number();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT key, state, chars, articles.line, likely, date, page, title, byline, paper, member, hash
         FROM sources LEFT JOIN articles ON articles.source = sources.id
         WHERE {which} ORDER BY key, number"
    ))?;
    let mut found = match condition {
        Condition::Within(Stretch { from, to, .. }) => statement.query((from, to, vanished))?,
        Condition::Written(after, up_to) => statement.query((after, up_to, vanished))?,
    };
    while let Some(row) = found.next()? {
        let number = |at| -> Result<u64, IndexError> { Ok(row.get::<_, i64>(at)?.cast_unsigned()) };
        let facts = match row.get::<_, Option<i64>>(2)? {
            None => None,
            Some(chars) => Some(ArticleFacts {
                id: ArticleId(row.get(11)?),
                title: row.get(7)?,
                byline: row.get(8)?,
                chars: chars.cast_unsigned(),
                line: number(3)?,
                sure: number(4)? == 0,
                date: row.get::<_, Option<i64>>(5)?.and_then(date_of),
                paper: row.get(9)?,
                page: row.get::<_, Option<i64>>(6)?.and_then(page_of),
                member: row.get(10)?,
                nth: 0,
            }),
        };
        let key = row.get_ref(0)?.as_blob().unwrap_or_default();
        let state = SourceState::of_number(row.get(1)?);
        take(&RowOf { key, state, facts: facts.as_ref() })?;
    }
    Ok(())
}
