//! The lock of those who write to an index.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

use crate::store::{index::schema::IndexError, private};

/// Held as long as this process writes.
pub(super) struct Lock(File);

impl Lock {
    /// Takes the lock of the index at `path`.
    pub(super) fn take(path: &Path) -> Result<Self, IndexError> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        if let Some(folder) = path.parent() {
            private::make_folder(folder).map_err(|error| IndexError::File(folder.into(), error))?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&name);
        let file = file.map_err(|error| IndexError::File(name.into(), error))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => Err(IndexError::Busy),
            // On a disk without locks, the database keeps those apart who write at the same moment.
            _ => Ok(Self(file)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a program that is being started at this moment has the file, too, until it runs.
        let _ = flock(&self.0, FlockOperation::Unlock);
    }
}
