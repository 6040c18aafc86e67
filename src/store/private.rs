//! Files and folders that are nobody else's business: what a person marks and reads.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::Path,
};

use rustix::process::geteuid;

/// The user to whom the system belongs, who can do everything anyway.
const ROOT: u32 = 0;

/// Makes a folder and those above it that are missing, for the person alone. Those that are there stay as
/// they are.
///
/// # Errors
///
/// When it cannot be made, or when it is there and somebody else's, as a folder below `/tmp` may be.
pub fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    check_owners(path)
}

/// Whether a folder, and the link that leads to it if it is one, are the person's.
fn check_owners(path: &Path) -> io::Result<()> {
    let own = [geteuid().as_raw(), ROOT];
    for owner in [fs::symlink_metadata(path)?.uid(), fs::metadata(path)?.uid()] {
        if !own.contains(&owner) {
            let what = format!("it belongs to another user ({owner})");
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, what));
        }
    }
    Ok(())
}

/// Options that make a file for the person alone, if it is not there.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).mode(0o600);
    options
}
