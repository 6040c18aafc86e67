//! The time of day.

use rusqlite::Connection;

/// The time of day where the person is, as `14:03:22`.
///
/// The standard library knows no time zones; `SQLite`, which is here anyway, asks the C library for it.
pub fn time_of_day() -> Option<String> {
    let connection = Connection::open_in_memory().ok()?;
    connection.query_row("SELECT time('now', 'localtime')", [], |row| row.get(0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_time() {
        let time = time_of_day().expect("a time");
        let numbers: Vec<u32> =
            time.split(':').map(|part| part.parse().expect("a number")).collect();
        assert!(time.len() == 8 && matches!(numbers[..], [0..24, 0..60, 0..61]), "{time}");
    }
}
