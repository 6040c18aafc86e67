//! Which folders are watched.
//!
//! The system watches single folders, not what lies below. `notify` can add those below by itself, but
//! hidden ones and the folder of indexes too, and gives up at the first that is gone before it came to
//! it. So the folders that a walk would list are watched one by one, and anew before each update:
//! whatever comes into a folder from then on is heard, and what lay in it before is found by the update.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use notify::{
    ErrorKind, RecommendedWatcher, RecursiveMode, Result as NotifyResult, Watcher as _, WatcherKind,
};

use super::{news::Change, notice::Notice};
use crate::source::walk::{self, WalkOptions};

/// What watches folders: the system, or something in its place in a test.
pub(super) trait Watches {
    /// Whether what lies below a folder has to be watched by itself.
    fn is_flat(&self) -> bool;
    /// Watches a folder, or goes on doing so.
    fn watch(&mut self, folder: &Path) -> NotifyResult<()>;
    /// Watches a folder no more.
    fn unwatch(&mut self, folder: &Path);
    /// Whether others may change what is on the disk of a folder without the system hearing of it.
    fn is_remote(&self, folder: &Path) -> bool;
}

impl Watches for RecommendedWatcher {
    fn is_flat(&self) -> bool {
        Self::kind() == WatcherKind::Inotify
    }

    fn watch(&mut self, folder: &Path) -> NotifyResult<()> {
        let flat = self.is_flat();
        let mode = if flat { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        notify::Watcher::watch(self, folder, mode)
    }

    fn unwatch(&mut self, folder: &Path) {
        // It is unknown there already if the folder is gone.
        let _ = notify::Watcher::unwatch(self, folder);
    }

    fn is_remote(&self, folder: &Path) -> bool {
        is_remote(folder)
    }
}

/// The folders of an archive that are watched.
#[derive(Debug)]
pub(super) struct Folders {
    roots: Vec<PathBuf>,
    walk: WalkOptions,
    /// The folder of indexes, which is not watched: every update would call for the next one.
    own: PathBuf,
    watched: HashSet<PathBuf>,
    /// Disks, and whether others may write to them.
    disks: HashMap<u64, bool>,
    /// Whether some changes are not heard.
    pub(super) is_deaf: bool,
}

impl Folders {
    /// None are watched yet; the roots are absolute.
    pub(super) fn new(roots: Vec<PathBuf>, walk: WalkOptions, own: &Path) -> Self {
        let (watched, disks) = (HashSet::new(), HashMap::new());
        Self { roots, walk, own: own.to_owned(), watched, disks, is_deaf: false }
    }

    /// Watches the folders that are there now; those that `moved` are watched anew. What is to be said
    /// about that.
    pub(super) fn settle(&mut self, system: &mut impl Watches, moved: &Change) -> Vec<Notice> {
        let there = self.there(system.is_flat());
        // First of all: a folder that has another name now is one folder to the system, and what is
        // not watched under the old name any more would not be under the new one either.
        for gone in self.watched.difference(&there) {
            system.unwatch(gone);
        }
        let own = fs::metadata(&self.own).ok().map(|meta| (meta.dev(), meta.ino()));
        let before = std::mem::take(&mut self.watched);
        let mut notices = Vec::new();
        let mut is_full = false;
        for folder in there {
            // The system may have given up to watch it, or watch another of the same name.
            let goes_on = before.contains(&folder) && !moved.concerns(&folder);
            if goes_on {
                self.watched.insert(folder);
                continue;
            }
            let Ok(meta) = fs::metadata(&folder) else { continue };
            if own == Some((meta.dev(), meta.ino())) {
                continue;
            }
            let remote = *self.disks.entry(meta.dev()).or_insert_with(|| system.is_remote(&folder));
            if remote {
                notices.push(Notice::Remote(folder.clone()));
            }
            match if is_full { Err(Refused::Full) } else { refused(system.watch(&folder)) } {
                Ok(()) => {
                    self.watched.insert(folder);
                }
                Err(Refused::Gone) => {}
                Err(Refused::Full) => is_full = true,
                Err(Refused::Failed(why)) => notices.push(Notice::Failed(why)),
            }
        }
        if is_full {
            notices.push(Notice::TooManyFolders);
        }
        let is_remote = self.disks.values().any(|remote| *remote);
        self.is_deaf = is_remote || !notices.is_empty();
        notices
    }

    /// The folders to watch: those that a walk would list and, for a file, the one in which it lies,
    /// since editors put another file in its place.
    fn there(&self, is_flat: bool) -> HashSet<PathBuf> {
        let mut there = HashSet::new();
        for root in &self.roots {
            match root.parent() {
                Some(parent) if !root.is_dir() => {
                    there.extend(parent.is_dir().then(|| parent.to_owned()));
                }
                _ if is_flat => {
                    walk::folders(std::slice::from_ref(root), &self.walk, &mut |folder| {
                        there.insert(folder);
                    });
                }
                _ => {
                    there.insert(root.clone());
                }
            }
        }
        there
    }
}

/// Why a folder is not watched.
enum Refused {
    /// It is gone, or closed to this user: the update tells of that.
    Gone,
    /// No more folders are watched.
    Full,
    /// Something else.
    Failed(String),
}

fn refused(result: NotifyResult<()>) -> Result<(), Refused> {
    let Err(error) = result else { return Ok(()) };
    Err(match &error.kind {
        ErrorKind::MaxFilesWatch => Refused::Full,
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => Refused::Gone,
        ErrorKind::Io(cause) => match cause.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::NotADirectory => Refused::Gone,
            _ => Refused::Failed(cause.to_string()),
        },
        _ => Refused::Failed(error.to_string()),
    })
}

/// Kinds of disks that others write to, by the numbers of `statfs`(2): NFS, SMB in three versions, 9P
/// as of virtual machines, FUSE as of sshfs, AFS in two, Ceph, Coda, Lustre, OCFS2, GFS2, and the
/// shared folders of two makers of virtual machines.
#[cfg(target_os = "linux")]
const REMOTE: [u32; 15] = [
    0x6969,
    0x517B,
    0xFF53_4D42,
    0xFE53_4D42,
    0x0102_1997,
    0x6573_5546,
    0x5346_414F,
    0x6B41_4653,
    0x00C3_6400,
    0x7375_7245,
    0x0BD0_0BD0,
    0x7461_636F,
    0x0116_1970,
    0x786F_4256,
    0xBACB_ACBC,
];

#[cfg(target_os = "linux")]
fn is_remote(folder: &Path) -> bool {
    rustix::fs::statfs(folder).is_ok_and(|disk| REMOTE.contains(&(disk.f_type as u32)))
}

/// The numbers differ from system to system.
#[cfg(not(target_os = "linux"))]
fn is_remote(_folder: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
