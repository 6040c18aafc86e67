//! What a person keeps about articles, in files that are only ever added to.
//!
//! Each running program writes a file of its own in the folder for marks, so two of them need no lock and
//! never mix their lines. A line is a checksum and a mark ([`mod@line`]); it is on the disk before anybody
//! is told that it is kept ([`journal`]). What holds is the latest mark about each thing ([`merge`]), in
//! whatever order lines and files are read, however often a line is there. A program that goes on sees
//! by a [`glance`] that another one has marked something, and reads everything again. Lines that are damaged, or
//! that a later version wrote, are counted and stay where they are.

pub mod glance;
pub mod journal;
pub mod line;
pub mod merge;

use std::{
    ffi::OsStr,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use self::merge::Merged;
use super::overrides::StoreError;

/// Reads all files of the folder for marks. What cannot be read of it is told; the rest counts.
pub fn load(folder: Option<&Path>) -> (Merged, Vec<StoreError>) {
    let (mut merged, mut errors) = (Merged::default(), Vec::new());
    let Some(folder) = folder else { return (merged, errors) };
    for path in files(folder, &mut errors) {
        match fs::read(&path) {
            Ok(bytes) => merged.take_lines(&bytes),
            Err(error) => errors.push(StoreError::File(path, error)),
        }
    }
    (merged, errors)
}

fn files(folder: &Path, errors: &mut Vec<StoreError>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            errors.push(StoreError::File(folder.to_owned(), error));
            return Vec::new();
        }
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => errors.push(StoreError::File(folder.to_owned(), error)),
        }
    }
    paths.retain(|path| path.extension() == Some(OsStr::new("jsonl")));
    paths.sort_unstable();
    paths
}

#[cfg(test)]
mod tests;
