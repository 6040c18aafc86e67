//! Reading one moment of the index with several statements.
//!
//! Beside who writes that is free where the journal is written ahead (WAL). On disks of other machines it is not: there
//! who reads keeps who writes waiting, and who waits to write keeps others from beginning to read. So nothing is
//! held there from one statement to the next, and what is read may be of two moments, as it may be of any.

use rusqlite::Connection;

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
