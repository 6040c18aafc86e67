//! The tables of an index, and opening the file that holds them.
//!
//! Nothing in it is anybody's own: it can be made again from the archive at any time. So a file that
//! is damaged, of another version or of another program is not repaired, it is set aside, under a
//! name beside it, and a new one is begun. Only what an earlier version wrote is removed.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, OptionalExtension, config::DbConfig};

pub(super) use super::error::IndexError;
use crate::lang::Lang;

/// `zhdu` in ASCII: tells our files from those of others.
const APPLICATION: i32 = 0x7A68_6475;
/// The form of the tables and of what is reckoned for them. A file of another form is made anew.
const VERSION: i32 = 8;
/// Bytes of a page: packed articles are of two or three kilobytes, and on pages of the usual four
/// they would leave a third of the room empty.
const PAGE: i32 = 32 * 1024;
/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of pages that a connection keeps: one that writes, and one that reads. There are several of those, and what
/// they have read the system keeps as well.
const CACHE: i32 = 16 * 1024 * 1024;
const CACHE_TO_READ: i32 = 4 * 1024 * 1024;
/// Ends the name of an empty file that says of an index that it is damaged.
const CONDEMNED: &str = "-damaged";

const TABLES: &str = "
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    -- Its place in the order of the archive; see `SourceKey`.
    key BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    content BLOB NOT NULL,
    state INTEGER NOT NULL,
    -- The batch that changed it last.
    written INTEGER NOT NULL
) STRICT;
CREATE TABLE problems (
    source INTEGER NOT NULL,
    place BLOB NOT NULL,
    line INTEGER,
    zh TEXT NOT NULL,
    en TEXT NOT NULL
) STRICT;
CREATE INDEX problems_by_source ON problems (source);
-- The keys of the pages of a source that are split; see `PageKey`.
CREATE TABLE pages (source INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text INTEGER NOT NULL, hash BLOB NOT NULL,
    chars INTEGER NOT NULL,
    line INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    likely INTEGER NOT NULL,
    date INTEGER,
    page INTEGER,
    title TEXT NOT NULL,
    byline TEXT NOT NULL,
    paper TEXT NOT NULL,
    member TEXT
) STRICT;
CREATE UNIQUE INDEX articles_by_source ON articles (source, number);
CREATE INDEX articles_by_text ON articles (text);
CREATE TABLE parts (
    id INTEGER PRIMARY KEY,
    -- The source that it begins with, or one that would stand before all of its sources.
    first BLOB NOT NULL UNIQUE,
    -- Nothing when a source of it has changed.
    rows BLOB
) STRICT;
CREATE TABLE texts (
    -- Never given again: segments name texts by it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article BLOB NOT NULL,
    variant INTEGER NOT NULL,
    size INTEGER NOT NULL,
    trained INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (article, variant)
) STRICT;
-- Texts that may have no article any more, since the removal with this number; 0 if another text took the place.
CREATE TABLE orphans (text INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
CREATE TABLE analyses (
    text INTEGER PRIMARY KEY,
    likeness INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT;
-- What keywords of texts there are; digests and postings name them by number.
CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT;
CREATE TABLE segments (
    id INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    bits INTEGER NOT NULL,
    -- Whether it is as large as segments get.
    closed INTEGER NOT NULL,
    -- Each text, as the difference from the one before, and its characters.
    texts BLOB NOT NULL,
    -- The headline of each, as lines for pinyin.
    headlines BLOB NOT NULL
) STRICT;
-- Keyed by segment and term in one number, so that rows are added at the end and pages are full.
CREATE TABLE postings (key INTEGER PRIMARY KEY, list BLOB NOT NULL) STRICT;
";

/// Why a file was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What it holds is not what was written.
    Damaged,
    /// An earlier version wrote it.
    Older,
    /// A later version wrote it.
    Newer,
    /// It is of another program.
    Foreign,
}

/// A file that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// What was wrong with it.
    pub fault: Fault,
    /// Where it is now; `None` if it held nothing worth keeping.
    pub to: Option<PathBuf>,
}

impl SetAside {
    /// One line about it.
    pub fn message(&self, lang: Lang) -> String {
        let what = match self.fault {
            Fault::Damaged => lang.of("索引损坏", "the index was damaged"),
            Fault::Older => lang.of("索引来自旧版本", "the index was of an older version"),
            Fault::Newer => lang.of("索引来自更新的版本", "the index was of a newer version"),
            Fault::Foreign => lang.of("索引处是别的程序的文件", "the file was not an index"),
        };
        let rebuilt = lang.of("已重建", "it is made anew");
        match &self.to {
            None => format!("{what}; {rebuilt}"),
            Some(path) => {
                let kept = lang.of("旧文件在", "the old file is");
                format!("{what}; {rebuilt}; {kept} {}", path.display())
            }
        }
    }
}

/// Opens the file at `path` for reading and writing; one that cannot be used is set aside first.
///
/// # Errors
///
/// When neither opening it nor making it anew works.
pub(super) fn open(path: &Path) -> Result<(Connection, Option<SetAside>), IndexError> {
    if let Some(folder) = path.parent() {
        crate::store::private::make_folder(folder)
            .map_err(|error| IndexError::File(folder.into(), error))?;
    }
    let aside = match look(path)? {
        None => None,
        Some(fault) => Some(set_aside(path, fault)?),
    };
    let connection = connect(path)?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        make(&connection)?;
    }
    Ok((connection, aside))
}

/// Sets the file at `path` aside and begins a new one.
pub(super) fn begin_anew(path: &Path, fault: Fault) -> Result<(Connection, SetAside), IndexError> {
    let aside = set_aside(path, fault)?;
    let connection = connect(path)?;
    make(&connection)?;
    Ok((connection, aside))
}

/// A connection that only reads, beside others that write.
pub(super) fn open_to_read(path: &Path) -> Result<Connection, IndexError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&connection, CACHE_TO_READ)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Notes that the index at `path` was found damaged by somebody who reads it: whoever writes to it next begins it
/// anew. A note that cannot be written is none: the damage will be found again.
pub fn condemn(path: &Path) {
    let _ = fs::write(beside(path, CONDEMNED), []);
}

/// Whether the index at `path` was found damaged, and is not made anew yet.
pub fn is_condemned(path: &Path) -> bool {
    beside(path, CONDEMNED).exists()
}

/// What is wrong with the file, if there is one.
fn look(path: &Path) -> Result<Option<Fault>, IndexError> {
    match fs::metadata(path) {
        Ok(meta) if meta.len() == 0 => return Ok(None),
        Ok(_) if is_condemned(path) => return Ok(Some(Fault::Damaged)),
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(IndexError::File(path.into(), error)),
    }
    // Only looked at: a file of another program stays as it is.
    let judged = open_to_read(path).and_then(|connection| judge(&connection));
    match judged {
        Ok(fault) => Ok(fault),
        Err(error) if error.is_damage() => Ok(Some(Fault::Damaged)),
        Err(error) => Err(error),
    }
}

/// Whether a database is an index of this version. One that was killed while it was begun is empty.
pub(super) fn is_index(connection: &Connection) -> rusqlite::Result<bool> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(pragma("application_id")? == APPLICATION && pragma("user_version")? == VERSION)
}

/// What is wrong with a database, if it is no index of ours.
fn judge(connection: &Connection) -> Result<Option<Fault>, IndexError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(None);
    }
    if pragma("application_id")? != APPLICATION {
        return Ok(Some(Fault::Foreign));
    }
    match pragma("user_version")? {
        VERSION => Ok(None),
        version => Ok(Some(if version > VERSION { Fault::Newer } else { Fault::Older })),
    }
}

fn connect(path: &Path) -> Result<Connection, IndexError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "page_size", PAGE)?;
    prepare(&connection, CACHE)?;
    // Shared memory, which WAL needs, is not shared between machines.
    let mode = if is_remote(path) { "TRUNCATE" } else { "WAL" };
    connection.pragma_update(None, "journal_mode", mode)?;
    Ok(connection)
}

fn prepare(connection: &Connection, cache: i32) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    // What a power cut loses can be made again; what it leaves is whole either way.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cache_size", -(cache / 1024))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Elsewhere than in its own folder nothing may be written.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Without this promise some statements are planned anew for every value that is bound to them,
    // which takes ten times as long as they do.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn make(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {TABLES}
         PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))
}

/// Moves a file with those that `SQLite` keeps beside it, in the place of what was set aside before. An index of an
/// earlier version is worth nothing and is removed.
fn set_aside(path: &Path, fault: Fault) -> Result<SetAside, IndexError> {
    let to = (fault != Fault::Older).then(|| beside(path, ".aside"));
    for suffix in ["", "-wal", "-shm", "-journal", CONDEMNED] {
        let from = beside(path, suffix);
        let moved = match to.as_ref().map(|to| beside(to, suffix)) {
            Some(to) if from.exists() => fs::rename(&from, to),
            // What lies beside an older file of that name would be taken for a part of this one.
            Some(to) => fs::remove_file(&to),
            None => fs::remove_file(&from),
        };
        match moved {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(IndexError::File(from, error));
            }
            _ => {}
        }
    }
    Ok(SetAside { fault, to })
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Whether the file lies on a disk of another machine, or may.
fn is_remote(path: &Path) -> bool {
    // NFS, SMB, CIFS, SMB2, AFS, Ceph, Coda, 9p, FUSE: statfs(2).
    const REMOTE: [u32; 9] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x5346_414F,
        0x00C3_6400,
        0x7375_7245,
        0x0102_1997,
        0x6573_5546,
    ];
    rustix::fs::statfs(path).is_ok_and(|status| REMOTE.contains(&(status.f_type as u32)))
}

/// The name of the fact that tells the number of the last batch that changed a source.
pub(super) const BATCH: &str = "batch";

/// The number of the last batch that changed a source.
pub(super) fn batch(connection: &Connection) -> rusqlite::Result<i64> {
    number_fact(connection, BATCH)
}

/// A fact that is a number; 0 where it is not there.
pub(super) fn number_fact(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    let bytes = fact(connection, name)?.and_then(|bytes| bytes.try_into().ok());
    Ok(bytes.map_or(0, i64::from_le_bytes))
}

/// A fact about the index.
pub(super) fn fact(connection: &Connection, name: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached("SELECT value FROM facts WHERE name = ?")?;
    statement.query_row([name], |row| row.get(0)).optional()
}

/// Sets a fact.
pub(super) fn set_fact(connection: &Connection, name: &str, value: &[u8]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("REPLACE INTO facts VALUES (?, ?)")?;
    statement.execute((name, value)).map(drop)
}

/// Takes a fact back.
pub(super) fn forget_fact(connection: &Connection, name: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM facts WHERE name = ?")?.execute([name]).map(drop)
}
