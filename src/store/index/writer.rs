//! Writing the index: one process at a time, a batch at a time. A run that is killed at any moment
//! leaves what the last commit left, and the next run goes on from there.

use std::{path::Path, sync::Arc};

use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;

mod analyses;
mod batches;
mod growing;
mod lock;
mod orphans;
mod sources;
mod spent;
mod words;

pub use self::analyses::{Analysed, StoredText};
pub(super) use self::{
    analyses::{Finding, StoredBody},
    spent::Spent,
};
use self::{growing::Growing, lock::Lock, sources::known_source, words::Words};
use super::{
    pack::{Dictionary, Packed, Packer, WAITED_FOR},
    rows::{
        ArticleFacts, KnownSource, ReadArticle, ReadSource, ReadText, SourceKey, SourceState,
        Stamp, date_number, page_number,
    },
    schema::{self, Fault, IndexError, SetAside},
};

/// Bytes of texts that are kept from reading to analysing them.
const FRESH: usize = 64 * 1024 * 1024;

/// The name of the fact that tells up to which text nothing is left to be done.
const FINISHED: &str = "finished";

/// Writes an index.
pub struct Writer {
    connection: Connection,
    dictionary: Dictionary,
    packer: Packer,
    /// Texts that wait for the dictionary to be trained on them.
    waiting: Vec<(i64, Arc<Vec<u8>>)>,
    waiting_bytes: usize,
    /// Texts that were put there just now, so that they need not be unpacked to be analysed; the first
    /// ones, which are analysed first.
    fresh: FxHashMap<i64, Arc<Vec<u8>>>,
    fresh_bytes: usize,
    /// The last source that was known when the index was opened, or was put there since.
    last_source: i64,
    /// Whether sources were found to be gone.
    has_removed: bool,
    growing: Growing,
    /// What was written of analyses.
    spent: Spent,
    /// The last text that is in a segment.
    segmented: i64,
    /// Whether loose texts are put into a segment.
    builds: bool,
    words: Words,
    /// The last text up to which nothing is left to be done; 0 where that is not known.
    finished: i64,
    /// The last text there was when [`Writer::prepare`] looked what is left.
    last_prepared: i64,
    /// The number of this batch, and whether that is in the index yet.
    batch: (i64, bool),
    /// Held as long as this process writes.
    _lock: Lock,
}

impl Writer {
    /// Opens the index at `path` to write to it.
    ///
    /// `identity` says what the index is of: the archive, the settings and the version by which it
    /// is read. An index of anything else is begun anew. `analysis` says by what texts are analysed:
    /// when that changes, only the analyses are made anew.
    ///
    /// # Errors
    ///
    /// [`IndexError::Busy`] when another process writes to it; others when the file cannot be used
    /// or made.
    pub fn open(
        path: &Path,
        identity: &[u8],
        analysis: &[u8],
    ) -> Result<(Self, Option<SetAside>), IndexError> {
        let lock = Lock::take(path)?;
        let (mut connection, mut aside) = schema::open(path)?;
        match schema::fact(&connection, "identity")? {
            Some(known) if known == identity => {}
            None => schema::set_fact(&connection, "identity", identity)?,
            Some(_) => {
                drop(connection);
                let (anew, old) = schema::begin_anew(path, Fault::Older)?;
                connection = anew;
                aside = aside.or(Some(old));
                schema::set_fact(&connection, "identity", identity)?;
            }
        }
        let dictionary =
            Dictionary::of(&schema::fact(&connection, "dictionary")?.unwrap_or_default());
        let packer = Packer::new(&dictionary);
        let mut writer = Self {
            connection,
            dictionary,
            packer,
            waiting: Vec::new(),
            waiting_bytes: 0,
            fresh: FxHashMap::default(),
            fresh_bytes: 0,
            last_source: 0,
            has_removed: false,
            growing: Growing::default(),
            spent: Spent::default(),
            segmented: 0,
            builds: false,
            words: Words::default(),
            finished: 0,
            last_prepared: 0,
            batch: (0, true),
            _lock: lock,
        };
        writer.outdate(analysis)?;
        writer.batch = (schema::batch(&writer.connection)?, true);
        writer.finished = schema::number_fact(&writer.connection, FINISHED)?;
        writer.segmented = writer.last_segmented()?;
        let last = "SELECT coalesce(max(id), 0) FROM sources";
        writer.last_source = writer.connection.query_row(last, [], |row| row.get(0))?;
        Ok((writer, aside))
    }

    /// Forgets what analysis found if it was another analysis.
    fn outdate(&mut self, analysis: &[u8]) -> Result<(), IndexError> {
        if schema::fact(&self.connection, "analysis")?.as_deref() == Some(analysis) {
            return Ok(());
        }
        self.begin()?;
        self.connection.execute_batch(
            "DELETE FROM analyses; DELETE FROM segments; DELETE FROM postings; DELETE FROM words;",
        )?;
        schema::forget_fact(&self.connection, FINISHED)?;
        schema::set_fact(&self.connection, "analysis", analysis)?;
        self.commit()
    }

    /// Removes the index at `path`, whatever it is.
    ///
    /// # Errors
    ///
    /// As [`Writer::open`].
    pub fn remove(path: &Path) -> Result<(), IndexError> {
        let _lock = Lock::take(path)?;
        schema::begin_anew(path, Fault::Older).map(drop)
    }

    /// What is known of a source.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn source(&self, key: &SourceKey) -> Result<Option<KnownSource>, IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, id, size, modified, content, state FROM sources WHERE key = ?",
        )?;
        Ok(statement.query_row([&key.0], known_source).optional()?.map(|(_, known)| known))
    }

    /// What is known of the first so many sources that stand at a key or behind it, in order.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn sources_from(
        &self,
        key: &SourceKey,
        count: u32,
    ) -> Result<Vec<(SourceKey, KnownSource)>, IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, id, size, modified, content, state FROM sources WHERE key >= ?
             ORDER BY key LIMIT ?",
        )?;
        let known = statement.query_map((&key.0, count), known_source)?;
        Ok(known.collect::<Result<_, _>>()?)
    }

    /// Keeps what was read of a source, its first part in the place of what was known of it; its number.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn put(&mut self, source: ReadSource) -> Result<i64, IndexError> {
        let ReadSource {
            key,
            before,
            is_last: _,
            stamp,
            content,
            state,
            pages,
            articles,
            problems,
        } = source;
        let batch = self.batch()?;
        let id = self.source_row(&key, stamp, (&content, state, batch))?;
        // Nothing is known of one that is new.
        if id > self.last_source {
            self.last_source = id;
        } else if before == 0 {
            self.clear(id)?;
        }
        self.put_pages(id, &pages)?;
        self.outdate_list(&key)?;
        for (number, ReadArticle { row, text }) in (before.cast_signed()..).zip(articles) {
            let text = self.text(text)?;
            self.article(id, number, text, &row)?;
        }
        let mut statement =
            self.connection.prepare_cached("INSERT INTO problems VALUES (?, ?, ?, ?, ?)")?;
        for problem in problems {
            let line = problem.line.map(u64::cast_signed);
            statement.execute((id, problem.place, line, problem.zh, problem.en))?;
        }
        Ok(id)
    }

    /// Keeps the row of a source; its number. One statement that does either and returns the number keeps every page
    /// that it changes a second time in memory, which takes longer than looking twice.
    fn source_row(
        &self,
        key: &SourceKey,
        stamp: Stamp,
        (content, state, batch): (&[u8], SourceState, i64),
    ) -> Result<i64, IndexError> {
        let known: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM sources WHERE key = ?")?
            .query_row([&key.0], |row| row.get(0))
            .optional()?;
        let Stamp { size, modified } = stamp;
        let (size, state) = (size.cast_signed(), state.number());
        if let Some(id) = known {
            self.connection
                .prepare_cached(
                    "UPDATE sources SET size = ?, modified = ?, content = ?, state = ?, written = ?
                     WHERE id = ?",
                )?
                .execute((size, modified, content, state, batch, id))?;
            return Ok(id);
        }
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO sources (key, size, modified, content, state, written)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        Ok(statement.insert((&key.0, size, modified, content, state, batch))?)
    }

    /// Forgets the articles and problems of a source.
    fn clear(&self, source: i64) -> Result<(), IndexError> {
        self.orphan(source, 0)?;
        for table in ["articles", "problems", "pages"] {
            let delete = format!("DELETE FROM {table} WHERE source = ?");
            self.connection.prepare_cached(&delete)?.execute([source])?;
        }
        Ok(())
    }

    fn article(
        &self,
        source: i64,
        number: i64,
        text: i64,
        row: &ArticleFacts,
    ) -> Result<(), IndexError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO articles (source, number, text, chars, line, likely, date, page, title,
                 byline, paper, member, nth, hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        statement.execute((
            source,
            number,
            text,
            row.chars.cast_signed(),
            row.line.cast_signed(),
            i64::from(!row.sure),
            row.date.map(date_number),
            row.page.map(page_number),
            &row.title,
            &row.byline,
            &row.paper,
            &row.member,
            row.nth.cast_signed(),
            row.id.0,
        ))?;
        Ok(())
    }

    /// The number of a text, which is kept if it is new.
    fn text(&mut self, text: ReadText) -> Result<i64, IndexError> {
        let ReadText { article, variant, bytes } = text;
        let known: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM texts WHERE article = ? AND variant = ?")?
            .query_row((article, variant), |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
        let Packed { size, trained, bytes: packed } = self.pack(&bytes)?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO texts (article, variant, size, trained, body) VALUES (?, ?, ?, ?, ?)",
        )?;
        let id = statement.insert((article, variant, size, trained, packed))?;
        drop(statement);
        let bytes = Arc::new(bytes);
        if self.fresh_bytes + bytes.len() <= FRESH {
            self.fresh_bytes += bytes.len();
            self.fresh.insert(id, bytes.clone());
        }
        if !trained && self.dictionary.bytes().is_empty() {
            self.waiting_bytes += bytes.len();
            self.waiting.push((id, bytes));
            if self.waiting_bytes >= WAITED_FOR {
                self.train()?;
            }
        }
        Ok(id)
    }

    fn pack(&mut self, bytes: &[u8]) -> Result<Packed, IndexError> {
        self.packer.pack(bytes).map_err(|error| IndexError::File("zstd".into(), error))
    }

    /// Trains the dictionary on the texts that wait for it, and packs them by it.
    fn train(&mut self) -> Result<(), IndexError> {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let articles: Vec<&[u8]> = waiting.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let dictionary = Dictionary::trained(&articles);
        if dictionary.bytes().is_empty() {
            return Ok(());
        }
        schema::set_fact(&self.connection, "dictionary", dictionary.bytes())?;
        self.packer = Packer::new(&dictionary);
        self.dictionary = dictionary;
        for (id, bytes) in waiting {
            let Packed { trained, bytes, .. } = self.pack(&bytes)?;
            self.connection
                .prepare_cached("UPDATE texts SET trained = ?, body = ? WHERE id = ?")?
                .execute((trained, bytes, id))?;
        }
        Ok(())
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The dictionary by which texts are packed, for those who unpack them elsewhere.
    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }
}
