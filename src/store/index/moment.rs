//! Reading one moment of the index with several statements.
//!
//! Beside who writes that is free where the journal is written ahead (WAL). On disks of other machines it is not: there
//! who reads keeps who writes waiting, and who waits to write keeps others from beginning to read. So nothing is
//! held there for as long as a search takes, and what is found may be of two moments; only what must fit together
//! is read [`whole`].

use rusqlite::Connection;

use super::schema::IndexError;

/// From now on one moment is read, if that keeps nobody waiting.
pub(super) fn begin(connection: &Connection) -> rusqlite::Result<()> {
    if !connection.is_autocommit() {
        // What was read last broke off.
        connection.execute_batch("ROLLBACK")?;
    }
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode.eq_ignore_ascii_case("wal") { connection.execute_batch("BEGIN") } else { Ok(()) }
}

/// The moment is over.
pub(super) fn end(connection: &Connection) -> rusqlite::Result<()> {
    if connection.is_autocommit() { Ok(()) } else { connection.execute_batch("COMMIT") }
}

/// Reads what must fit together, whatever is written meanwhile and whoever waits for it.
pub(super) fn whole<T>(
    connection: &Connection,
    read: impl FnOnce() -> Result<T, IndexError>,
) -> Result<T, IndexError> {
    if !connection.is_autocommit() {
        return read();
    }
    connection.execute_batch("BEGIN")?;
    let done = read();
    let ended = end(connection);
    let done = done?;
    ended?;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Two connections to a file whose journal is kept in a mode: who reads, and who writes.
    fn connections(mode: &str) -> (tempfile::TempDir, [Connection; 2]) {
        let folder = tempfile::tempdir().expect("a folder");
        let connection = || {
            let connection = Connection::open(folder.path().join("a")).expect("a file");
            connection.busy_timeout(Duration::ZERO).expect("a time");
            connection
        };
        let [reader, writer] = [connection(), connection()];
        writer.pragma_update(None, "journal_mode", mode).expect("a mode");
        writer.execute_batch("CREATE TABLE a (b); INSERT INTO a VALUES (1)").expect("a table");
        (folder, [reader, writer])
    }

    fn rows(connection: &Connection) -> u32 {
        connection.query_row("SELECT count(*) FROM a", [], |row| row.get(0)).expect("rows")
    }

    #[test]
    fn who_writes_never_waits_for_a_search() {
        for (mode, sees_news) in [("WAL", false), ("TRUNCATE", true)] {
            let (_folder, [reader, writer]) = connections(mode);
            begin(&reader).expect("a moment");
            assert_eq!(rows(&reader), 1);
            writer.execute("INSERT INTO a VALUES (2)", []).expect(mode);
            assert_eq!(rows(&reader) == 2, sees_news, "{mode}");
            end(&reader).expect("the end");
            assert_eq!(rows(&reader), 2);
        }
    }

    #[test]
    fn what_must_fit_together_is_of_one_moment() {
        for mode in ["WAL", "TRUNCATE"] {
            let (_folder, [reader, writer]) = connections(mode);
            let counts = whole(&reader, || {
                let before = rows(&reader);
                // It fails where it would have to wait.
                let _ = writer.execute("INSERT INTO a VALUES (2)", []);
                Ok((before, rows(&reader)))
            });
            assert_eq!(counts.ok(), Some((1, 1)), "{mode}");
            assert!(reader.is_autocommit());
        }
    }

    #[test]
    fn what_broke_off_hinders_nothing() {
        let (_folder, [reader, writer]) = connections("WAL");
        begin(&reader).expect("a moment");
        assert_eq!(rows(&reader), 1);
        writer.execute("INSERT INTO a VALUES (2)", []).expect("a row");
        begin(&reader).expect("another one");
        assert_eq!(rows(&reader), 2);
        assert!(whole::<()>(&reader, || Err(IndexError::Damaged)).is_err());
        end(&reader).expect("the end");
        assert!(
            whole::<()>(&reader, || Err(IndexError::Damaged)).is_err() && reader.is_autocommit()
        );
    }
}
