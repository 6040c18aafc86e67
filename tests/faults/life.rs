//! Group A: the terminal, and the life of the process.

mod clock;
mod input;
mod killed;
mod kinds;
mod panics;
mod screen;
mod streams;
mod terminal;

use crate::row::Row;

/// The rows of the group.
pub(crate) const ROWS: &[Row] = &[
    terminal::GONE,
    terminal::SIGNALS,
    killed::KILLED,
    panics::WORKERS,
    panics::INTERFACE,
    terminal::STOPPED,
    screen::SIZES,
    screen::PLACE,
    input::BYTES,
    streams::INPUT,
    streams::READER,
    streams::FULL,
    kinds::NAMES,
    streams::PROGRAMS,
    kinds::LOCALES,
    screen::SLOW,
    kinds::MULTIPLEXERS,
    clock::CLOCK,
];
