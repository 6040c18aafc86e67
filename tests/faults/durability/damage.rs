//! Files of the program that are damaged, cut, newer, or not its own.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::{exported, marks_folder, tags, tags_of};
use crate::{
    harness::archive::Archive,
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F58.
pub(super) const DAMAGE: Row = Row {
    id: "F58",
    what: "files of the program are damaged, cut, filled with anything, newer or gone",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: damage,
};

/// Marks in the file that is damaged.
const MARKS: u64 = 40;

fn damage(run: &mut Run) -> Outcome {
    flipped_marks(run);
    let archive = Archive::of_articles(30);
    let mut live = open(run, &archive);
    run.mark(&mut live);
    live.send("\rjjj");
    live.wait_for_text(">正文");
    live.send("\x1b1");
    run.leaves(live);
    let files = files(run.home());
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        // Those of SQLite stay when a program ends before it has closed its index, and go with the next one.
        let is_of_moment = ["-wal", "-shm"].iter().any(|end| file.to_string_lossy().ends_with(end));
        if is_of_moment && !file.exists() {
            continue;
        }
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let is_of_marks = file.starts_with(marks_folder(run));
        for kind in 0..4 {
            fs::write(&file, damaged(run, &bytes, kind)).expect("a file");
            let mut live = open(run, &archive);
            // Whatever the file said: texts are read, and marks are kept.
            live.send("\r");
            live.wait_for_text("老船工");
            live.send("\x1b1");
            if is_of_marks {
                // What was in it is lost with it, and nobody else's fault.
                run.saved.clear();
            }
            run.mark(&mut live);
            run.leaves(live);
            if is_of_marks {
                assert!(file.exists(), "marks were removed");
            }
        }
        let removed = fs::remove_file(&file);
        assert!(removed.is_ok() || is_of_moment, "{}: {removed:?}", file.display());
        let live = open(run, &archive);
        run.leaves(live);
        fs::write(&file, bytes).expect("a file");
    }
    Outcome::Pass
}

/// A bit flips in a file of marks: no more than the marks on its line, or on two, are lost.
fn flipped_marks(run: &mut Run) {
    let file = exported(run, "m", MARKS);
    let args = ["marks".as_ref(), "import".as_ref(), file.as_os_str()];
    assert!(run.command(args).output().expect("the program starts").status.success());
    let path = files(&marks_folder(run)).pop().expect("a file of marks");
    let bytes = fs::read(&path).expect("a file");
    let all: BTreeSet<String> = tags_of("m", MARKS).collect();
    for _ in 0..run.either(20, 50) {
        let mut flipped = bytes.clone();
        let at = run.below(bytes.len() as u64) as usize;
        flipped[at] ^= 1 << run.below(8);
        fs::write(&path, &flipped).expect("a file");
        let (found, said) = tags(run);
        let lost = all.difference(&found).count();
        // The end of a line parts two of them.
        assert!((1..=2).contains(&lost), "byte {at}: {lost} marks are lost: {said}");
        assert!(found.is_subset(&all), "byte {at}: a mark that nobody made");
        assert!(said.contains("damaged"), "byte {at}: nothing was said");
        assert_eq!(fs::read(&path).expect("a file"), flipped, "the file is only read");
        run.count("flips", 1);
    }
    fs::write(&path, &bytes).expect("a file");
    assert_eq!(tags(run).0, all);
}

/// Bytes with a bit flipped, cut off, filled with anything, or with another version in its head.
fn damaged(run: &mut Run, bytes: &[u8], kind: u64) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    let length = bytes.len().max(1) as u64;
    match kind {
        0 => damaged.truncate(run.below(length) as usize),
        1 => damaged.fill_with(|| run.below(256) as u8),
        2 => {
            if let Some(byte) = damaged.get_mut(run.below(length) as usize) {
                *byte ^= 1 << run.below(8);
            }
        }
        // `user_version` in the head of SQLite (60 to 63), and the version in JSON.
        _ => {
            let text = String::from_utf8_lossy(bytes).replace("\"v\":1", "\"v\":999");
            if bytes.starts_with(b"SQLite") {
                damaged[60..64].copy_from_slice(&999_u32.to_be_bytes());
            } else {
                damaged = text.into_bytes();
            }
        }
    }
    damaged
}

/// The program on an archive that has an index.
fn open(run: &mut Run, archive: &Archive) -> Live {
    let args = ["index".as_ref(), archive.path().as_os_str()];
    let indexed = run.command(args).output().expect("the program starts");
    // A file that a later version has written is left alone, and that is said.
    assert!(matches!(indexed.status.code(), Some(0 | 2)), "{indexed:?}");
    let mut live = run.start(run.zhaidu([archive.path()]));
    live.wait_for_text("/30");
    // What was said about a file is gone with a key.
    live.send("k");
    live.wait_for_text("30 篇");
    live
}

/// All files below a folder that the program has written.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.to_string_lossy().contains("/zhaidu/") {
            found.push(path);
        }
    }
    found.sort_unstable();
    found
}

/// F58, what others may read.
pub(super) const RIGHTS: Row = Row {
    id: "F58",
    what: "nobody else can read what the person keeps",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: rights,
};

fn rights(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(30);
    let script = format!(r#"umask 0; exec "$ZHAIDU" '{}'"#, archive.path().display());
    let mut live = run.start(run.script(&script));
    live.wait_for_text("30 篇");
    run.mark(&mut live);
    live.send("\rjj");
    live.wait_for_text(">正文");
    live.send("\x1b1");
    run.leaves(live);
    let written = files(run.home());
    assert!(written.len() >= 2, "{written:?}");
    for file in written {
        // A folder that only the person can enter is enough.
        let above = file.ancestors().take_while(|path| *path != run.home());
        let closed = above.filter(|path| {
            let meta = fs::metadata(path).expect("it is there");
            meta.permissions().mode() % 0o100 == 0
        });
        assert!(closed.count() > 0, "others can read {}", file.display());
    }
    Outcome::Pass
}
