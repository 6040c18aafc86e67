//! Whether other programs have marked something meanwhile.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::files;

/// How the files of other programs look from outside. Files are only ever added to, so whoever marks
/// something changes the length of one; nothing is read to see that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance(Vec<(PathBuf, u64)>);

impl Glance {
    /// How they look now. `own` is the name of the file that does not count.
    pub fn of(folder: Option<&Path>, own: &str) -> Self {
        let paths = folder.map(|folder| files(folder, &mut Vec::new())).unwrap_or_default();
        let others = paths.into_iter().filter(|path| path.file_name() != Some(own.as_ref()));
        // What cannot be looked at has no length until it can be.
        let length = |path: &PathBuf| fs::metadata(path).map_or(0, |meta| meta.len());
        Self(
            others.map(|path| (length(&path), path)).map(|(length, path)| (path, length)).collect(),
        )
    }
}
