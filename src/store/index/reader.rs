//! Reading the index, beside the one who writes.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    body::Body,
    catalogue::Catalogue,
    digest::Digest,
    moment,
    pack::{Dictionary, Unpacker},
    rows::{ArticleFacts, SourceKey, SourceState, date_of, page_of},
    schema::{self, IndexError},
    shelf::Shelf,
};
use crate::article::{Article, ArticleId, MarkTable};

/// An index, opened for reading.
pub struct Index {
    pub(super) connection: Connection,
    path: PathBuf,
    pub(super) unpacker: Unpacker,
    pub(super) catalogue: Catalogue,
    /// Connections for other threads that read texts.
    helpers: Vec<Index>,
    /// Texts that searches read.
    pub(super) shelf: Shelf,
    /// What the person keeps, for queries that ask for it.
    pub(super) marks: MarkTable,
    /// The roots of the archive as they are spelled now, for queries that ask for places.
    pub(super) roots: Vec<PathBuf>,
}

/// What is in an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Sources that were read.
    pub sources: u64,
    /// Sources that could not be read.
    pub failed: u64,
    /// Sources that are gone.
    pub vanished: u64,
    /// Articles in them.
    pub articles: u64,
    /// Different texts among those.
    pub texts: u64,
    /// Texts that are analysed.
    pub analysed: u64,
    /// Segments of postings.
    pub segments: u64,
    /// Bytes of the texts.
    pub text_bytes: u64,
    /// Bytes of the index.
    pub bytes: u64,
}

/// An article as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its number in the index.
    pub id: i64,
    /// The source that it lies in.
    pub source: SourceKey,
    /// Its number there, from 0.
    pub number: u64,
    /// The number of its text.
    pub text: i64,
    /// What is known of it.
    pub facts: ArticleFacts,
}

impl Index {
    /// Opens the index at `path`; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn open(path: &Path) -> Result<Option<Self>, IndexError> {
        if !path.exists() {
            return Ok(None);
        }
        let connection = schema::open_to_read(path)?;
        if !schema::is_index(&connection)? {
            return Ok(None);
        }
        let unpacker = unpacker(&connection)?;
        let catalogue = Catalogue::default();
        let (path, helpers, shelf) = (path.to_owned(), Vec::new(), Shelf::default());
        let (marks, roots) = (MarkTable::default(), Vec::new());
        Ok(Some(Self { connection, path, unpacker, catalogue, helpers, shelf, marks, roots }))
    }

    /// From now on queries that ask for marks are asked these, which are no part of the index.
    pub fn know_marks(&mut self, marks: MarkTable) {
        self.marks = marks;
    }

    /// The marks that it was given.
    pub fn marks(&self) -> &MarkTable {
        &self.marks
    }

    /// Connections of their own for so many threads, which only read; fewer where the file is gone, or has other
    /// segments by now. Until they are given back, each reads one moment of the index: to begin and to end that for
    /// every row takes longer than reading it.
    pub(super) fn take_helpers(&mut self, count: usize) -> Result<Vec<Self>, IndexError> {
        let mut helpers = std::mem::take(&mut self.helpers);
        while helpers.len() < count
            && let Some(helper) = Self::open(&self.path)?
        {
            helpers.push(helper);
        }
        self.helpers = helpers.split_off(count.min(helpers.len()));
        let known = self.catalogue.standing();
        let mut ready = Vec::new();
        for helper in helpers {
            moment::begin(&helper.connection)?;
            if Catalogue::standing_now(&helper.connection)? == known {
                ready.push(helper);
            } else {
                self.give_back(vec![helper]);
            }
        }
        Ok(ready)
    }

    /// Keeps connections for the next time.
    pub(super) fn give_back(&mut self, helpers: Vec<Self>) {
        let ended = |helper: &Self| moment::end(&helper.connection).is_ok();
        self.helpers.extend(helpers.into_iter().filter(ended));
    }

    /// Does something that knows what is in the index and, where that keeps nobody waiting, sees one moment of it.
    pub(super) fn at_one_moment<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        moment::begin(&self.connection)?;
        let done = self.look_for_news().and_then(|()| work(self));
        let ended = moment::end(&self.connection);
        let done = done?;
        ended?;
        Ok(done)
    }

    /// Looks whether somebody wrote since the last time; if so, what is held of it is read again.
    ///
    /// # Errors
    ///
    /// Those of the database, as in all that follows.
    pub fn refresh(&mut self) -> Result<bool, IndexError> {
        let before = self.catalogue.version;
        self.at_one_moment(|index| Ok(index.catalogue.version != before))
    }

    /// Reads again what is held of the index if somebody wrote to it.
    fn look_for_news(&mut self) -> Result<(), IndexError> {
        let version =
            self.connection.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0))?;
        if self.catalogue.version == Some(version) {
            return Ok(());
        }
        self.helpers.clear();
        self.shelf = Shelf::default();
        self.catalogue = moment::whole(&self.connection, || Catalogue::load(&self.connection))?;
        self.catalogue.version = Some(version);
        self.unpacker = unpacker(&self.connection)?;
        Ok(())
    }

    /// What is in it.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn totals(&self) -> Result<Totals, IndexError> {
        let count = |query: &str| -> Result<u64, IndexError> {
            let count: i64 = self.connection.query_row(query, [], |row| row.get(0))?;
            Ok(count.cast_unsigned())
        };
        let of_state = |state: SourceState| {
            count(&format!("SELECT count(*) FROM sources WHERE state = {}", state.number()))
        };
        let size = |suffix: &str| {
            let mut name = self.path.as_os_str().to_owned();
            name.push(suffix);
            std::fs::metadata(Path::new(&name)).map_or(0, |meta| meta.len())
        };
        Ok(Totals {
            sources: of_state(SourceState::Read)?,
            failed: of_state(SourceState::Failed)?,
            vanished: of_state(SourceState::Vanished)?,
            articles: count("SELECT count(*) FROM articles")?,
            texts: count("SELECT count(*) FROM texts")?,
            analysed: count("SELECT count(*) FROM analyses")?,
            segments: count("SELECT count(*) FROM segments")?,
            text_bytes: count("SELECT coalesce(sum(size), 0) FROM texts")?,
            bytes: size("") + size("-wal"),
        })
    }

    /// How many sources it knows that were there the last time.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn source_count(&self) -> Result<u64, IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT count(*) FROM sources WHERE state <> ?")?;
        let count: i64 = statement.query_row([SourceState::Vanished.number()], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    /// The row of an article; `None` when it is there no more.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn row(&self, article: i64) -> Result<Option<ArticleRow>, IndexError> {
        let mut statement =
            self.connection.prepare_cached(&format!("{ROWS} WHERE articles.id = ?"))?;
        Ok(statement.query_row([article], row).optional()?)
    }

    /// The source of an article and its number there; `None` when it is there no more.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn place_of(&self, article: i64) -> Result<Option<(SourceKey, u64)>, IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, number FROM articles JOIN sources ON sources.id = source
             WHERE articles.id = ?",
        )?;
        let place = |row: &Row| Ok((SourceKey(row.get(0)?), row.get::<_, i64>(1)?.cast_unsigned()));
        Ok(statement.query_row([article], place).optional()?)
    }

    /// All articles in the order of the archive.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn rows(&self, take: &mut dyn FnMut(ArticleRow)) -> Result<(), IndexError> {
        let mut statement =
            self.connection.prepare_cached(&format!("{ROWS} ORDER BY key, number"))?;
        for found in statement.query_map([], row)? {
            take(found?);
        }
        Ok(())
    }

    /// The article with a text: it knows neither its authors nor where its parts come from.
    ///
    /// # Errors
    ///
    /// Those of the database, or when it is damaged.
    pub fn article(&mut self, text: i64) -> Result<Option<Article>, IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT article FROM texts WHERE id = ?")?;
        let id: Option<[u8; 16]> = statement.query_row([text], |row| row.get(0)).optional()?;
        drop(statement);
        let (Some(id), Some(bytes)) = (id, self.bytes(text)?) else { return Ok(None) };
        let body = Body::of(&bytes).ok_or(IndexError::Damaged)?;
        Ok(Some(body.into_article(ArticleId(id))))
    }

    /// The bytes of a text.
    pub(super) fn bytes(&mut self, text: i64) -> Result<Option<Vec<u8>>, IndexError> {
        let Self { connection, unpacker, .. } = self;
        let mut statement =
            connection.prepare_cached("SELECT size, trained, body FROM texts WHERE id = ?")?;
        let mut rows = statement.query([text])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let packed = row.get_ref(2)?.as_blob().map_err(|_| IndexError::Damaged)?;
        let (size, trained) = (row.get(0)?, row.get(1)?);
        if trained && unpacker.dictionary().bytes().is_empty() {
            // It was made since this was opened.
            *unpacker = self::unpacker(connection)?;
        }
        unpacker.unpack(size, trained, packed).map(Some).map_err(|_| IndexError::Damaged)
    }

    /// What is kept of the analysis of a text, if it is analysed.
    ///
    /// # Errors
    ///
    /// Those of the database, or when it is damaged.
    pub fn digest(&self, text: i64) -> Result<Option<Digest>, IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT digest FROM analyses WHERE text = ?")?;
        let bytes: Option<Vec<u8>> = statement.query_row([text], |row| row.get(0)).optional()?;
        let Some(bytes) = bytes else { return Ok(None) };
        Digest::of_bytes(&bytes, |word| self.word(word)).map(Some).ok_or(IndexError::Damaged)
    }

    fn word(&self, number: u32) -> Option<String> {
        let statement = self.connection.prepare_cached("SELECT word FROM words WHERE id = ?");
        statement.and_then(|mut it| it.query_row([number], |row| row.get(0))).ok()
    }

    /// The place of every article in the order of the archive.
    pub(super) fn archive_order(&self) -> Result<HashMap<i64, usize>, IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT articles.id FROM articles JOIN sources ON sources.id = source
             ORDER BY key, number",
        )?;
        let articles = statement.query_map([], |row| row.get::<_, i64>(0))?;
        articles.enumerate().map(|(at, article)| Ok((article?, at))).collect()
    }

    /// A hash of everything in it that does not depend on the order in which it was written: equal
    /// for two indexes of the same archive.
    ///
    /// # Errors
    ///
    /// Those of the database, or when it is damaged.
    pub fn fingerprint(&mut self) -> Result<String, IndexError> {
        let mut hasher = blake3::Hasher::new();
        let mut rows = Vec::new();
        self.rows(&mut |row| rows.push(row))?;
        for ArticleRow { source, number, text, facts, .. } in rows {
            hasher.update(&source.0);
            hasher.update(format!("{number} {facts:?}").as_bytes());
            hasher.update(&self.bytes(text)?.unwrap_or_default());
            hasher.update(format!("{:?}", self.digest(text)?).as_bytes());
        }
        let mut sources =
            self.connection.prepare("SELECT key, content, state FROM sources ORDER BY key")?;
        let mut sources = sources.query([])?;
        while let Some(row) = sources.next()? {
            let state: i64 = row.get(2)?;
            hasher.update(row.get_ref(0)?.as_blob().unwrap_or_default());
            hasher.update(row.get_ref(1)?.as_blob().unwrap_or_default());
            hasher.update(&state.to_le_bytes());
        }
        Ok(hasher.finalize().to_hex().get(..16).unwrap_or_default().to_owned())
    }

    /// Whether the file is whole, as far as the database can tell; else what is wrong.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn check(&self) -> Result<Option<String>, IndexError> {
        let found: String =
            self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok((found != "ok").then_some(found))
    }
}

const ROWS: &str =
    "SELECT articles.id, key, number, text, title, byline, chars, line, likely, date,
    paper, page, member, nth, hash FROM articles JOIN sources ON sources.id = articles.source";

fn row(row: &Row) -> rusqlite::Result<ArticleRow> {
    let date: Option<i64> = row.get(9)?;
    let page: Option<i64> = row.get(11)?;
    Ok(ArticleRow {
        id: row.get(0)?,
        source: SourceKey(row.get(1)?),
        number: row.get::<_, i64>(2)?.cast_unsigned(),
        text: row.get(3)?,
        facts: ArticleFacts {
            id: ArticleId(row.get(14)?),
            title: row.get(4)?,
            byline: row.get(5)?,
            chars: row.get::<_, i64>(6)?.cast_unsigned(),
            line: row.get::<_, i64>(7)?.cast_unsigned(),
            sure: row.get::<_, i64>(8)? == 0,
            date: date.and_then(date_of),
            paper: row.get(10)?,
            page: page.and_then(page_of),
            member: row.get(12)?,
            nth: row.get::<_, i64>(13)?.cast_unsigned(),
        },
    })
}

fn unpacker(connection: &Connection) -> Result<Unpacker, IndexError> {
    let dictionary = Dictionary::of(&schema::fact(connection, "dictionary")?.unwrap_or_default());
    Unpacker::new(&dictionary).map_err(|error| IndexError::File("zstd".into(), error))
}
