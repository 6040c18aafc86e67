//! Archives of several folders, some of which lie in others.

use super::{Archive, BRIDGE, FERRY, IndexPlace, Input, Library, PAPER, Path, Settings, fs};

/// What a command prints in the folder of an archive.
fn told(archive: &Archive, args: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command.args(args).current_dir(archive.folder.path()).env_clear().env("LANG", "en_GB.UTF-8");
    command.env("XDG_CACHE_HOME", archive.cache.path()).env("XDG_DATA_HOME", "/nonexistent");
    let out = command.output().expect("the program starts");
    assert!(out.status.success(), "{args:?} {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8")
}

#[test]
fn a_file_in_two_of_the_folders_is_taken_once_and_read_once() {
    for roots in [["a", "a/b"], ["a/b", "a"], ["./a", "a/../a/b"], ["a", "link"], ["a", "a"]] {
        let archive =
            Archive::new(&[("a/x.txt", FERRY), ("a/b/y.txt", BRIDGE), ("a/b/z.txt", PAPER)]);
        std::os::unix::fs::symlink("a/b", archive.path("link")).expect("a link");
        let index = [&["index"], &roots[..]].concat();
        let first = told(&archive, &index);
        assert!(first.starts_with("3 articles") && first.contains(" 3 files read"), "{first}");
        let second = told(&archive, &index);
        assert!(second.starts_with("3 articles") && second.contains(" 0 files read"), "{second}");
        for command in [&["list"][..], &["search", "三"], &["search", "--no-cache", "三"]] {
            let listed = told(&archive, &[command, &roots].concat());
            assert_eq!(listed.lines().count(), 3, "{roots:?} {listed}");
        }
    }
}

#[test]
fn what_only_its_own_name_leads_to_is_still_read_once() {
    let archive = Archive::new(&[("a/x.txt", FERRY), ("a/.b/y.txt", BRIDGE), ("a/b.pdf", PAPER)]);
    let roots = ["a", "a/.b", "a/b.pdf"];
    let index = [&["index"], &roots[..]].concat();
    assert!(told(&archive, &index).contains(" 3 files read"));
    fs::remove_file(archive.path("a/.b/y.txt")).expect("a file");
    let second = told(&archive, &index);
    assert!(second.starts_with("2 articles") && second.contains(" 0 files read"), "{second}");
}

#[test]
fn an_archive_of_one_root_has_one_index_wherever_it_is_opened_from() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    let place = |path: &Path| {
        let library = Library::new(Input::Paths(vec![path.to_owned()]), Settings::default());
        IndexPlace::of(&library, archive.cache.path()).expect("a place").file
    };
    let folder = archive.folder.path();
    assert_eq!(place(folder), place(&folder.join("../").join(folder.file_name().expect("a name"))));
    assert_ne!(place(folder), place(&folder.join("a.txt")));
}
