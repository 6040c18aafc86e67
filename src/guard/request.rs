//! What the guard is asked for, and what it answers.

use std::{io, os::unix::ffi::OsStringExt, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::{ExportError, Overwrite};

/// What is to be done. The first file that comes with it takes the answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// Run a program to its end, in this process group, with three files as its streams.
    Run {
        /// Its words, as bytes.
        words: Vec<Vec<u8>>,
        /// The number of the group.
        group: i32,
        /// Milliseconds after which it is killed.
        limit: Option<u64>,
    },
    /// Begin an export to this path. It becomes a file when [`Commit`] is sent where the answers come from, and nothing when
    /// that is closed.
    Export {
        /// Its bytes.
        path: Vec<u8>,
        /// Whether what is there is replaced.
        replaces: bool,
    },
    /// Make an empty file in a folder that only the person can look into, until the socket of the answers is closed.
    Copy {
        /// Its name.
        name: String,
    },
}

/// All of an export is written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Commit;

/// An answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// How a program ended, as `wait(2)` says it; `None` if it took too long.
    Ended(Option<i32>),
    /// A file is open and comes with this: its paths.
    Open {
        /// The path that it becomes.
        path: Vec<u8>,
        /// The path that it has until then.
        beside: Option<Vec<u8>>,
    },
    /// The export is done.
    Done,
    /// It could not be done.
    Failed(Failure),
}

/// Why something could not be done.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Failure {
    /// The number of the error of the system, or its words.
    Io(Option<i32>, String),
    /// An export to this path cannot be: why, as a number.
    Export(Why, Vec<u8>),
    /// It cannot be written.
    Written(Vec<u8>, Option<i32>, String),
}

/// Why there is no export.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Why {
    Exists,
    Folder,
    NoFolder,
    NoFormat,
}

impl From<&io::Error> for Failure {
    fn from(error: &io::Error) -> Self {
        Self::Io(error.raw_os_error(), error.to_string())
    }
}

fn error_of(number: Option<i32>, words: String) -> io::Error {
    number.map_or_else(|| io::Error::other(words), io::Error::from_raw_os_error)
}

impl From<Failure> for io::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Io(number, words) | Failure::Written(_, number, words) => {
                error_of(number, words)
            }
            Failure::Export(..) => Self::from(io::ErrorKind::InvalidInput),
        }
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        let bytes = |path: PathBuf| path.into_os_string().into_vec();
        match error {
            ExportError::Exists(path) => Self::Export(Why::Exists, bytes(path)),
            ExportError::Folder(path) => Self::Export(Why::Folder, bytes(path)),
            ExportError::NoFolder(path) => Self::Export(Why::NoFolder, bytes(path)),
            ExportError::NoFormat(path) => Self::Export(Why::NoFormat, bytes(path)),
            ExportError::Io(path, error) => {
                Self::Written(bytes(path), error.raw_os_error(), error.to_string())
            }
        }
    }
}

impl Failure {
    /// The error of an export to this path.
    pub(super) fn of_export(self, asked: PathBuf) -> ExportError {
        let path = |bytes| PathBuf::from(std::ffi::OsString::from_vec(bytes));
        match self {
            Self::Export(Why::Exists, at) => ExportError::Exists(path(at)),
            Self::Export(Why::Folder, at) => ExportError::Folder(path(at)),
            Self::Export(Why::NoFolder, at) => ExportError::NoFolder(path(at)),
            Self::Export(Why::NoFormat, at) => ExportError::NoFormat(path(at)),
            Self::Written(at, number, words) => ExportError::Io(path(at), error_of(number, words)),
            Self::Io(number, words) => ExportError::Io(asked, error_of(number, words)),
        }
    }
}

/// Whether what is there is replaced.
pub(super) fn overwrite(replaces: bool) -> Overwrite {
    if replaces { Overwrite::Yes } else { Overwrite::No }
}
