//! What an archive is known by, from wherever it is opened.

use std::{
    ffi::OsStr,
    fs,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use super::{Input, Library};

/// Which kind of archive it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveKind {
    /// Files and folders that were named.
    Paths,
    /// The current folder, which was not named.
    Here,
}

/// The name of an archive, and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Which kind it is.
    pub kind: ArchiveKind,
    /// A name for files about it: readable, with a hash that tells archives apart.
    pub name: String,
    /// Its files and folders, as absolute paths without links.
    pub paths: Vec<PathBuf>,
}

impl Identity {
    /// The identity of what a library opens; `None` if it has none, as standard input and the demo, or if
    /// one of its paths is not there.
    pub fn of(library: &Library) -> Option<Self> {
        let (kind, given) = match &library.input {
            Input::Paths(paths) => (ArchiveKind::Paths, paths.clone()),
            Input::Here => (ArchiveKind::Here, vec![PathBuf::from(".")]),
            Input::Demo => return None,
        };
        if given.iter().any(|path| path.as_os_str() == "-") {
            return None;
        }
        let paths: Vec<PathBuf> =
            given.iter().map(fs::canonicalize).collect::<Result<_, _>>().ok()?;
        let hash = paths_hashed(&paths).finalize().to_hex();
        let name = format!("{}-{}", readable(&paths), hash.get(..16)?);
        Some(Self { kind, name, paths })
    }
}

/// The beginning of a hash of an archive.
pub(super) fn paths_hashed(paths: &[PathBuf]) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    for path in paths {
        hasher.update(path.as_os_str().as_bytes());
        hasher.update(b"\0");
    }
    hasher
}

/// A short name for people, fit for the name of a file.
pub(super) fn readable(paths: &[PathBuf]) -> String {
    let first = paths.first().map(PathBuf::as_path).and_then(Path::file_name);
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    first.unwrap_or(OsStr::new("root")).to_string_lossy().chars().map(plain).take(20).collect()
}
