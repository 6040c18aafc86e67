use super::*;
use crate::library::{Input, Settings};

/// Far longer than anything takes: a test that fails is to end all the same.
const FOR_EVER: Duration = Duration::from_secs(120);

struct Archive {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Archive {
    fn new() -> Self {
        let new = || tempfile::tempdir().expect("a folder");
        Self { folder: new(), cache: new() }
    }

    fn watch(&self) -> Watch {
        let root = self.folder.path().join("root");
        fs::create_dir_all(&root).expect("a folder");
        let library = Library::new(Input::Paths(vec![root]), Settings::default());
        let place = IndexPlace::of(&library, self.cache.path()).expect("a place");
        Watch::start(&library, &place)
    }

    fn write(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join("root").join(name);
        fs::write(&path, "渡口的灯亮了四十年。").expect("a file");
        path
    }
}

/// Waits for a change that concerns a path; others may be told before.
fn until(watch: &mut Watch, path: &Path) {
    loop {
        match watch.wait(Some(FOR_EVER)) {
            Woken::Changed(change) if change.concerns(path) => return,
            Woken::Changed(_) => {}
            woken => panic!("{woken:?}"),
        }
    }
}

#[test]
fn changes_are_told_and_the_first_look_is_at_everything() {
    let archive = Archive::new();
    let mut watch = archive.watch();
    assert_eq!(watch.wait(None), Woken::Changed(Change::Everything));
    let path = archive.write("a.txt");
    until(&mut watch, &path);
    fs::remove_file(&path).expect("a file");
    until(&mut watch, &path);
    // A folder that is new is watched from the next update on.
    let folder = archive.folder.path().join("root/b");
    fs::create_dir(&folder).expect("a folder");
    until(&mut watch, &folder);
    until(&mut watch, &archive.write("b/c.txt"));
    assert_eq!(watch.notices(), []);
}

#[test]
fn whoever_waits_can_be_woken() {
    let archive = Archive::new();
    let mut watch = archive.watch();
    let waker = watch.waker();
    waker.wake();
    assert_eq!(watch.wait(None), Woken::Called);
    assert_eq!(watch.wait(None), Woken::Changed(Change::Everything));
    assert_eq!(watch.wait(Some(Duration::ZERO)), Woken::TimedOut);
    let waiting = std::thread::spawn(move || watch.wait(None));
    waker.wake();
    assert_eq!(waiting.join().expect("a thread"), Woken::Called);
}

#[test]
fn an_update_that_could_not_be_made_is_made_again() {
    let archive = Archive::new();
    let mut watch = archive.watch();
    assert_eq!(watch.wait(None), Woken::Changed(Change::Everything));
    watch.again(Duration::ZERO);
    assert_eq!(watch.wait(None), Woken::Changed(Change::Everything));
}

#[test]
fn a_root_that_vanishes_and_comes_back_is_told() {
    let archive = Archive::new();
    let mut watch = archive.watch();
    let root = archive.folder.path().join("root");
    assert_eq!(watch.wait(None), Woken::Changed(Change::Everything));
    fs::rename(&root, archive.folder.path().join("away")).expect("a folder");
    until(&mut watch, &root);
    fs::rename(archive.folder.path().join("away"), &root).expect("a folder");
    until(&mut watch, &root);
    until(&mut watch, &archive.write("a.txt"));
}
