//! The program gives up what it does not need, before it reads what others wrote.
//!
//! On Linux, Landlock (landlock(7)) keeps a process from writing, making, renaming and removing files outside
//! its own folders, from starting programs, and from TCP, whatever a text might bring it to do; the kernel holds it
//! to that, and it cannot be taken back. Reading is left as it is: an archive may be replaced by another folder, or
//! a disk be mounted in its place, while it is open, and what is read can go nowhere.
//!
//! Older kernels know less, other systems nothing of it: then as much is given up as can be, and `doctor` tells.

use std::{
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use crate::lang::Lang;

/// How far the program is confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confined {
    /// As it is meant.
    Fully,
    /// As far as this kernel goes: it is older than what is asked of it.
    Partly,
    /// Not at all: the system has no Landlock, or it is switched off.
    Not,
}

impl Confined {
    /// In words.
    pub fn told(self, lang: Lang) -> &'static str {
        match self {
            Self::Fully => lang.of(
                "Landlock：只写自己的文件夹，不启动程序，不联网",
                "Landlock: writes only its own folders, starts no programs, uses no network",
            ),
            Self::Partly => lang.of(
                "Landlock：内核较旧，只限制一部分",
                "Landlock, as far as this older kernel goes",
            ),
            Self::Not => lang.of(
                "没有：系统没有 Landlock (Linux 5.13 起)",
                "none: the system has no Landlock (Linux 5.13 or newer)",
            ),
        }
    }
}

/// How far above a folder that cannot be made now that one may lie, at most, which is opened in its place: a home,
/// for `.local/share/zhaidu`.
const LEVELS: usize = 3;

/// Confines this thread, and all that it starts from now on, to writing below these folders, which are made
/// where they are not there. There is no way back.
pub fn confine(folders: &[PathBuf]) -> Confined {
    let folders: Vec<&Path> = folders.iter().filter_map(|folder| made(folder)).collect();
    landlock::confine(&folders)
}

/// The folder, made if it was not there. If it cannot be made now (the disk is full, or cannot be written), the
/// folder that it was to be made in: it may be made later, and whoever tries is to hear the true reason.
fn made(folder: &Path) -> Option<&Path> {
    let is_there = |folder: &Path| folder.is_dir() && folder.parent().is_some();
    let missing = folder.ancestors().position(is_there)?;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    if made.is_ok() {
        return Some(folder);
    }
    // Not where that would be all there is.
    folder.ancestors().nth(missing).filter(|_| missing <= LEVELS)
}

#[cfg(target_os = "linux")]
mod landlock {
    use std::path::Path;

    use ::landlock::{
        ABI, Access, AccessFs, AccessNet, BitFlags, RestrictionStatus, Ruleset, RulesetAttr,
        RulesetCreatedAttr, RulesetError, RulesetStatus, path_beneath_rules,
    };

    use super::Confined;

    /// The newest version that is asked for; kernels that know an older one keep what they know.
    const NEWEST: ABI = ABI::V4;

    pub(super) fn confine(folders: &[&Path]) -> Confined {
        match restrict(folders).map(|status| status.ruleset) {
            Ok(RulesetStatus::FullyEnforced) => Confined::Fully,
            Ok(RulesetStatus::PartiallyEnforced) => Confined::Partly,
            Ok(RulesetStatus::NotEnforced) | Err(_) => Confined::Not,
        }
    }

    fn restrict(folders: &[&Path]) -> Result<RestrictionStatus, RulesetError> {
        let writing: BitFlags<AccessFs> = AccessFs::from_write(NEWEST);
        // What has no name in a folder: streams, and what is thrown away.
        let devices = ["/dev/null", "/dev/tty", "/proc/self/fd"];
        Ruleset::default()
            .handle_access(writing | AccessFs::Execute)?
            .handle_access(AccessNet::from_all(NEWEST))?
            .create()?
            .add_rules(path_beneath_rules(folders, writing))?
            .add_rules(path_beneath_rules(devices, AccessFs::WriteFile))?
            .restrict_self()
    }
}

#[cfg(not(target_os = "linux"))]
mod landlock {
    use std::path::Path;

    use super::Confined;

    pub(super) fn confine(_: &[&Path]) -> Confined {
        Confined::Not
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::ErrorKind, process::Command, thread};

    use super::*;

    #[test]
    fn whoever_is_confined_writes_its_own_folders_only() {
        let home = tempfile::tempdir().expect("a folder");
        let (own, other) = (home.path().join("own/zhaidu"), home.path().join("other"));
        fs::write(&other, "江水清了。").expect("room");
        // Only this thread, and what it starts.
        let done = thread::spawn({
            let (own, other) = (own.clone(), other.clone());
            move || {
                let confined = confine(std::slice::from_ref(&own));
                let outcomes = [
                    fs::write(own.join("note"), "x"),
                    fs::rename(own.join("note"), own.join("marks")),
                    fs::write(&other, "x"),
                    fs::remove_file(&other),
                    Command::new("/bin/sh").args(["-c", "exit 0"]).status().map(drop),
                ];
                (confined, outcomes.map(|it| it.map_err(|error| error.kind())), fs::read(&other))
            }
        });
        let (confined, outcomes, read) = done.join().expect("it ended");
        if confined == Confined::Not {
            eprintln!("skipped: this system has no Landlock");
            return;
        }
        let denied = Err(ErrorKind::PermissionDenied);
        assert_eq!(outcomes, [Ok(()), Ok(()), denied, denied, denied]);
        assert_eq!(read.expect("it can be read"), "江水清了。".as_bytes());
        assert!(other.exists() && own.join("marks").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_by_who_writes_it() {
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join("file"), "").expect("room");
        let below = home.path().join("file/zhaidu");
        assert_eq!(made(&below), Some(home.path()));
        let fresh = home.path().join("a/b/c/d/e");
        assert_eq!(made(&fresh), Some(fresh.as_path()));
        assert!(fresh.is_dir());
    }
}
