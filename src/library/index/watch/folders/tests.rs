use std::collections::BTreeSet;

use super::*;
use crate::{lang::Lang, source::walk::Hidden};

/// A system that watches so many folders.
struct Fake {
    limit: usize,
    remote: &'static str,
    watched: BTreeSet<PathBuf>,
    asked: Vec<PathBuf>,
}

impl Fake {
    fn new(limit: usize) -> Self {
        Self { limit, remote: "/nowhere", watched: BTreeSet::new(), asked: Vec::new() }
    }

    /// What is watched below a folder, and what was asked for since the last time.
    fn told(&mut self, root: &Path) -> (Vec<String>, Vec<String>) {
        let below =
            |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        let mut asked: Vec<String> = self.asked.drain(..).map(|path| below(&path)).collect();
        asked.sort();
        (self.watched.iter().map(|path| below(path)).collect(), asked)
    }
}

impl Watches for Fake {
    fn is_flat(&self) -> bool {
        true
    }

    fn watch(&mut self, folder: &Path) -> NotifyResult<()> {
        self.asked.push(folder.to_owned());
        if self.watched.len() >= self.limit && !self.watched.contains(folder) {
            return Err(notify::Error::new(ErrorKind::MaxFilesWatch));
        }
        self.watched.insert(folder.to_owned());
        Ok(())
    }

    fn unwatch(&mut self, folder: &Path) {
        self.watched.remove(folder);
    }

    fn is_remote(&self, folder: &Path) -> bool {
        folder.starts_with(self.remote)
    }
}

fn archive(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in names {
        fs::create_dir_all(folder.path().join(name)).expect("a folder");
    }
    folder
}

fn of(root: &Path, hidden: Hidden) -> Folders {
    let walk = WalkOptions { hidden, ..WalkOptions::default() };
    Folders::new(vec![root.to_owned()], walk, &root.join("cache"))
}

#[test]
fn folders_are_watched_as_they_come_and_go() {
    let folder = archive(&["a/b", ".git/objects", "cache"]);
    let root = folder.path();
    let mut folders = of(root, Hidden::Skip);
    let mut system = Fake::new(99);
    assert_eq!(folders.settle(&mut system, &Change::default()), []);
    let (watched, asked) = system.told(root);
    assert_eq!(watched, ["", "a", "a/b"]);
    assert_eq!(asked, watched);

    // Only what is new is asked for.
    fs::create_dir(root.join("a/c")).expect("a folder");
    folders.settle(&mut system, &Change::default());
    assert_eq!(system.told(root).1, ["a/c"]);

    // What was renamed is another folder, with all that lies in it.
    fs::rename(root.join("a"), root.join("d")).expect("a folder");
    folders.settle(&mut system, &Change::default());
    let (watched, asked) = system.told(root);
    assert_eq!(watched, ["", "d", "d/b", "d/c"]);
    assert_eq!(asked, ["d", "d/b", "d/c"]);

    // What went and came under the same name looks as before, but was heard of.
    let mut moved = Change::default();
    moved.add(&root.join("d/b"));
    folders.settle(&mut system, &moved);
    assert_eq!(system.told(root).1, ["d/b"]);
    folders.settle(&mut system, &Change::Everything);
    assert_eq!(system.told(root).1, ["", "d", "d/b", "d/c"]);

    let mut hidden = of(root, Hidden::Include);
    let mut system = Fake::new(99);
    hidden.settle(&mut system, &Change::default());
    assert_eq!(system.told(root).0, ["", ".git", ".git/objects", "d", "d/b", "d/c"]);
}

#[test]
fn the_folder_of_a_named_file_is_watched() {
    let folder = archive(&["a"]);
    let file = folder.path().join("a/page.txt");
    fs::write(&file, "渡口").expect("a file");
    let mut folders = of(&file, Hidden::Skip);
    let mut system = Fake::new(99);
    folders.settle(&mut system, &Change::default());
    assert_eq!(system.told(folder.path()).0, ["a"]);
    // So is that of a root that is gone for a while.
    fs::remove_dir_all(folder.path().join("a")).expect("a folder");
    folders.settle(&mut system, &Change::default());
    assert_eq!(system.told(folder.path()).0, [""; 0]);
    assert!(!folders.is_deaf);
}

#[test]
fn a_limit_is_told_and_more_is_asked_for_when_there_is_more() {
    let folder = archive(&["a", "b", "c"]);
    let mut folders = of(folder.path(), Hidden::Skip);
    let mut system = Fake::new(2);
    assert_eq!(folders.settle(&mut system, &Change::default()), [Notice::TooManyFolders]);
    // Once refused, the rest is not asked for.
    assert_eq!(system.told(folder.path()).1.len(), 3);
    assert!(folders.is_deaf);
    system.limit = 99;
    assert_eq!(folders.settle(&mut system, &Change::default()), []);
    assert_eq!(system.told(folder.path()).0, ["", "a", "b", "c"]);
    assert!(!folders.is_deaf);
    let told = Notice::TooManyFolders.message(Lang::En);
    assert!(told.contains("sysctl fs.inotify.max_user_watches="), "{told}");
}

#[test]
fn a_network_disk_is_told() {
    let folder = archive(&["a"]);
    let mut folders = of(folder.path(), Hidden::Skip);
    let mut system = Fake { remote: "/", ..Fake::new(99) };
    let notices = folders.settle(&mut system, &Change::default());
    assert!(notices.iter().all(|notice| matches!(notice, Notice::Remote(_))), "{notices:?}");
    // And stays deaf when there is nothing new to say.
    assert_eq!(folders.settle(&mut system, &Change::default()), []);
    assert!(folders.is_deaf);
}

#[cfg(target_os = "linux")]
#[test]
fn disks_of_this_machine_are_not_remote() {
    assert!(!super::is_remote(Path::new("/proc")));
    assert!(!super::is_remote(Path::new("/nowhere at all")));
}
