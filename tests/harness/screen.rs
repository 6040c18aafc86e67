//! Reading the screen of the emulator.

use vt100::Screen;

/// The rows as text, without the spaces at their ends.
pub(crate) fn rows(screen: &Screen) -> Vec<String> {
    let columns = screen.size().1.get();
    screen.rows(0, columns).map(|row| row.trim_end().to_owned()).collect()
}

/// Whether a text stands on one row.
pub(crate) fn has(screen: &Screen, text: &str) -> bool {
    rows(screen).iter().any(|row| row.contains(text))
}
