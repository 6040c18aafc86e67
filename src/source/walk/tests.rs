use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;

use super::*;
use crate::source::Origin;

/// A folder with the given empty files; a name that ends in `/` makes a folder.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for name in names {
        let path = root.path().join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
    }
    root
}

/// The events of a walk as lines `+ path`, `! path kind`, `- path reason`, relative to `root`.
fn events(root: &Path, paths: &[PathBuf], options: WalkOptions) -> Vec<String> {
    let mut lines = Vec::new();
    let short = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let flow = walk(paths, &options, &mut |event| {
        lines.push(match event {
            WalkEvent::Entry(entry) => format!("+ {}", short(Path::new(entry.place()))),
            WalkEvent::Problem(problem) => {
                format!("! {} {:?}", short(Path::new(&problem.place)), problem.kind)
            }
            WalkEvent::Skipped { path, reason } => format!("- {} {reason:?}", short(&path)),
        });
        ControlFlow::Continue(())
    });
    assert_eq!(flow, ControlFlow::Continue(()));
    lines
}

fn walk_all(root: &tempfile::TempDir, options: WalkOptions) -> Vec<String> {
    events(root.path(), &[root.path().to_owned()], options)
}

const FOLLOW: WalkOptions = WalkOptions { links: FollowLinks::Always, hidden: Hidden::Skip };

#[test]
fn files_and_folders_come_in_byte_order() {
    let root = folder(&["b.txt", "a/z.txt", "a.txt", "B.txt", "澄江.txt", "c/", "a/b/1.txt"]);
    let expected = ["+ B.txt", "+ a/b/1.txt", "+ a/z.txt", "+ a.txt", "+ b.txt", "+ 澄江.txt"];
    assert_eq!(walk_all(&root, WalkOptions::default()), expected);
}

#[test]
fn arguments_keep_their_order_and_spelling() {
    let root = folder(&["b.txt", "a/1.txt"]);
    let paths = [root.path().join("b.txt"), PathBuf::from("-"), root.path().join("a/../a")];
    let found = events(root.path(), &paths, WalkOptions::default());
    assert_eq!(found, ["+ b.txt", "+ <stdin>", "+ a/../a/1.txt"]);
}

#[test]
fn hidden_things_are_skipped_unless_named() {
    let root = folder(&[".git/config", ".x.txt", "a.txt", ".d/1.txt"]);
    let expected = ["- .d Hidden", "- .git Hidden", "- .x.txt Hidden", "+ a.txt"];
    assert_eq!(walk_all(&root, WalkOptions::default()), expected);

    let paths = [root.path().join(".x.txt"), root.path().join(".d")];
    let named = events(root.path(), &paths, WalkOptions::default());
    assert_eq!(named, ["+ .x.txt", "+ .d/1.txt"]);

    let all = WalkOptions { hidden: Hidden::Include, ..WalkOptions::default() };
    assert_eq!(walk_all(&root, all), ["+ .d/1.txt", "+ .git/config", "+ .x.txt", "+ a.txt"]);
}

#[test]
fn names_of_what_is_not_text_are_skipped_unless_named() {
    let names = [
        "a.JPG",
        "a.tar.gz",
        "a.txt.gz",
        "b.gz",
        "c.pdf",
        "d.zip",
        "e",
        "f.jsonl.gz",
        "g.2023",
        "h.txt",
    ];
    let root = folder(&names);
    let expected = [
        "- a.JPG NotText",
        "+ a.tar.gz",
        "+ a.txt.gz",
        "+ b.gz",
        "- c.pdf NotText",
        "+ d.zip",
        "+ e",
        "+ f.jsonl.gz",
        "+ g.2023",
        "+ h.txt",
    ];
    assert_eq!(walk_all(&root, WalkOptions::default()), expected);
    let named = [root.path().join("c.pdf")];
    assert_eq!(events(root.path(), &named, WalkOptions::default()), ["+ c.pdf"]);
}

#[test]
fn the_table_is_sorted_and_in_lower_case() {
    assert!(NOT_TEXT.is_sorted());
    assert!(
        NOT_TEXT.iter().all(|e| e.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
    );
}

#[test]
fn links_are_followed_only_when_asked_or_named() {
    let root = folder(&["a/1.txt", "b.txt"]);
    symlink(root.path().join("b.txt"), root.path().join("l.txt")).unwrap();
    symlink(root.path().join("a"), root.path().join("z")).unwrap();
    symlink("gone", root.path().join("y.txt")).unwrap();
    let expected = ["+ a/1.txt", "+ b.txt", "- l.txt Link", "- y.txt Link", "- z Link"];
    assert_eq!(walk_all(&root, WalkOptions::default()), expected);

    let expected = ["+ a/1.txt", "+ b.txt", "+ l.txt", "! y.txt DanglingLink", "- z Link"];
    assert_eq!(walk_all(&root, FOLLOW), expected);

    let named = ["l.txt", "y.txt", "z"].map(|name| root.path().join(name));
    let expected = ["+ l.txt", "! y.txt DanglingLink", "+ z/1.txt"];
    assert_eq!(events(root.path(), &named, WalkOptions::default()), expected);
    assert_eq!(events(root.path(), &named, FOLLOW), expected);
}

#[test]
fn a_folder_that_links_and_names_lead_to_is_listed_once() {
    let root = folder(&["a/1.txt", "b/2.txt"]);
    symlink(root.path().join("b"), root.path().join("a/link")).unwrap();
    let paths = |names: [&str; 2]| names.map(|name| root.path().join(name));
    let expected = ["+ a/1.txt", "+ a/link/2.txt", "- b Link"];
    assert_eq!(events(root.path(), &paths(["a", "b"]), FOLLOW), expected);
    let expected = ["+ b/2.txt", "+ a/1.txt", "- a/link Link"];
    assert_eq!(events(root.path(), &paths(["b", "a"]), FOLLOW), expected);
}

#[test]
fn loops_and_webs_of_links_end() {
    let root = folder(&["a.txt"]);
    symlink(".", root.path().join("loop")).unwrap();
    assert_eq!(walk_all(&root, FOLLOW), ["+ a.txt", "- loop Link"]);

    // Twelve folders that each hold a link to every other: 12! paths, but only 12 folders.
    let root = tempfile::tempdir().unwrap();
    let name = |i: usize| format!("d{i:02}");
    for i in 0..12 {
        fs::create_dir(root.path().join(name(i))).unwrap();
        fs::write(root.path().join(name(i)).join("x.txt"), "").unwrap();
    }
    for (i, j) in (0..12).flat_map(|i| (0..12).map(move |j| (i, j))).filter(|(i, j)| i != j) {
        symlink(root.path().join(name(j)), root.path().join(name(i)).join(name(j))).unwrap();
    }
    let found = walk_all(&root, FOLLOW);
    assert_eq!(found.iter().filter(|line| line.starts_with('+')).count(), 12);
}

#[test]
fn pipes_sockets_and_devices_are_counted_in_folders_and_refused_when_named() {
    let root = folder(&["a.txt"]);
    let pipe = root.path().join("p.txt");
    let fifo = rustix::fs::FileType::Fifo;
    let mode = rustix::fs::Mode::RUSR;
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, fifo, mode, 0).unwrap();
    let socket = root.path().join("s.txt");
    let _listener = UnixListener::bind(&socket).unwrap();
    let expected = ["+ a.txt", "- p.txt Special", "- s.txt Special"];
    assert_eq!(walk_all(&root, WalkOptions::default()), expected);

    let link = root.path().join("l");
    symlink(&pipe, &link).unwrap();
    let named = [pipe, socket, link, PathBuf::from("/dev/null")];
    let expected = [
        "! p.txt Special(Pipe)",
        "! s.txt Special(Socket)",
        "! l Special(Pipe)",
        "! /dev/null Special(CharacterDevice)",
    ];
    assert_eq!(events(root.path(), &named, WalkOptions::default()), expected);
}

#[test]
fn what_is_missing_or_forbidden_does_not_stop_the_rest() {
    let root = folder(&["a/1.txt", "b/2.txt", "c.txt"]);
    let paths = [root.path().join("nowhere"), root.path().join("c.txt")];
    let expected = ["! nowhere NotFound", "+ c.txt"];
    assert_eq!(events(root.path(), &paths, WalkOptions::default()), expected);

    let closed = root.path().join("a");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&closed).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let expected = ["! a PermissionDenied", "+ b/2.txt", "+ c.txt"];
    assert_eq!(walk_all(&root, WalkOptions::default()), expected);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn names_may_hold_any_byte() {
    let root = tempfile::tempdir().unwrap();
    let names: Vec<OsString> = (1..=255u8)
        .filter(|byte| *byte != b'/')
        .map(|byte| OsString::from_vec(vec![b'n', byte]))
        .collect();
    for name in &names {
        fs::write(root.path().join(name), "").unwrap();
    }
    let mut found = Vec::new();
    let paths = [root.path().to_owned()];
    let _ = walk(&paths, &WalkOptions::default(), &mut |event| {
        if let WalkEvent::Entry(Entry { origin: Origin::File(path) }) = event {
            found.push(path.file_name().unwrap().to_owned());
        }
        ControlFlow::Continue(())
    });
    assert_eq!(found, names);
}

#[test]
fn a_walk_ends_when_the_sink_breaks() {
    let root = folder(&["a/1.txt", "a/2.txt", "b.txt"]);
    let mut seen = 0;
    let paths = [root.path().to_owned(), root.path().to_owned()];
    let flow = walk(&paths, &WalkOptions::default(), &mut |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((flow, seen), (ControlFlow::Break(()), 2));
}
