//! Looking at files without reading them.

use std::{
    fs,
    os::{fd::OwnedFd, unix::fs::MetadataExt},
    path::{Path, PathBuf},
};

use rustix::fs::{AtFlags, Mode, OFlags, open, statat};

use crate::{source::Entry, store::index::Stamp};

/// A second, in the units of a stamp.
pub(super) const SECOND: i64 = 1_000_000_000;

/// Looks at one file after the other. Those that lie in one folder are looked up there, and not all the way down
/// to it, which takes twice as long.
#[derive(Debug, Default)]
pub(super) struct Looker {
    /// The folder of the last file.
    parent: PathBuf,
    /// The same, opened for the second file of it.
    folder: Option<OwnedFd>,
}

impl Looker {
    /// What tells without reading whether a source is as it was; `None` if it cannot be asked.
    pub(super) fn stamp(&mut self, entry: &Entry) -> Option<Stamp> {
        let path = entry.file_path()?;
        self.in_folder(path).or_else(|| {
            let meta = fs::metadata(path).ok()?;
            Some(stamp(meta.size(), meta.mtime(), meta.mtime_nsec()))
        })
    }

    fn in_folder(&mut self, path: &Path) -> Option<Stamp> {
        let (parent, name) = (path.parent()?, path.file_name()?);
        if self.parent != parent {
            parent.clone_into(&mut self.parent);
            self.folder = None;
            return None;
        }
        if self.folder.is_none() {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            self.folder = open(parent, flags, Mode::empty()).ok();
        }
        let stat = statat(self.folder.as_ref()?, name, AtFlags::empty()).ok()?;
        let nanoseconds = i64::try_from(stat.st_mtime_nsec).ok()?;
        Some(stamp(u64::try_from(stat.st_size).ok()?, stat.st_mtime, nanoseconds))
    }
}

fn stamp(size: u64, seconds: i64, nanoseconds: i64) -> Stamp {
    Stamp { size, modified: seconds.saturating_mul(SECOND).saturating_add(nanoseconds) }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_file_looks_the_same_from_its_folder_and_from_above() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("甲");
        fs::create_dir(&folder).expect("a folder");
        let names = ["a.txt", "b.txt", "c.txt", "link", "gone", "a.txt"];
        for (length, name) in names.iter().enumerate().take(3) {
            fs::write(folder.join(name), "江".repeat(length)).expect("a file");
        }
        symlink("b.txt", folder.join("link")).expect("a link");
        fs::write(home.path().join("z.txt"), "水清了").expect("a file");
        let mut looker = Looker::default();
        let below = names.map(|name| folder.join(name)).into_iter();
        for path in below.chain([home.path().join("z.txt"), folder.join("c.txt")]) {
            let alone = Looker::default().stamp(&Entry::file(&path));
            assert_eq!(looker.stamp(&Entry::file(&path)), alone, "{path:?}");
            assert_eq!(alone.map(|it| it.size), fs::metadata(&path).ok().map(|it| it.len()));
        }
        assert_eq!(looker.stamp(&Entry::stdin()), None);
    }
}
