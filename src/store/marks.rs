//! What a person keeps about articles, in files that are only ever added to.
//!
//! Each running program has a [`journal`](super::journal) of its own in the folder for marks. A line of it
//! is a mark ([`mod@line`]). What holds is the latest mark about each thing ([`merge`]), in
//! whatever order lines and files are read, however often a line is there; of notes that were written at the
//! same time all hold. A program that goes on sees
//! by a [`glance`] that another one has marked something, and reads everything again. Lines that are damaged, or
//! that a later version wrote, are counted and stay where they are.

pub mod glance;
pub mod journal;
pub mod line;
pub mod merge;
mod notes;

use std::path::Path;

use self::merge::Merged;
use super::{journal::read_all, overrides::StoreError};

/// Reads all files of the folder for marks. What cannot be read of it is told; the rest counts.
pub fn load(folder: Option<&Path>) -> (Merged, Vec<StoreError>) {
    let mut merged = Merged::default();
    let errors = read_all(folder, &mut |bytes| merged.take_lines(bytes));
    (merged, errors)
}

#[cfg(test)]
mod tests;
