//! Marks of many programs at once, and of programs that are killed: nothing that was said to be saved is
//! lost.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use rustix::process::Signal;
use zhaidu::{
    article::{ArticleId, Mark, MarkedArticle},
    store::marks::{journal::Journal, load},
};

use crate::pty::{picture, session::Launch};

/// Programs that mark at the same time.
const MANY: u8 = 20;
/// Marks that each of them makes.
const EACH: u8 = 50;

/// All tags in a folder for data.
fn tags(data: &Path) -> BTreeSet<String> {
    let (merged, errors) = load(Some(&data.join("zhaidu/marks")));
    assert!(errors.is_empty() && merged.damaged + merged.unknown == 0, "{errors:?}");
    merged.table().iter().flat_map(|(_, marks)| marks.tags.clone()).collect()
}

fn import(data: &Path, file: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command.args(["marks", "import"]).arg(file).env_clear().env("XDG_DATA_HOME", data);
    command.stderr(Stdio::null()).spawn().expect("the program starts")
}

/// A file of exported marks: tags with the number of who makes them, some on an article that all share.
fn exported(folder: &Path, number: u8) -> std::path::PathBuf {
    let mut journal = Journal::new(None);
    let mut lines = String::new();
    for mark in 0..EACH {
        let id = if mark % 2 == 0 { ArticleId([0; 16]) } else { ArticleId([number + 1; 16]) };
        let article = MarkedArticle { id, path: "a.txt".into(), title: "渡口的灯".into() };
        let op = journal.mark(article, Mark::Tag(format!("{number}-{mark}"), true), "");
        lines.push_str(&op.to_json());
        lines.push('\n');
    }
    let path = folder.join(format!("{number}.jsonl"));
    fs::write(&path, lines).expect("a file");
    path
}

#[test]
fn twenty_programs_that_mark_at_once_lose_nothing() {
    let (data, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir());
    let files = files.expect("a folder");
    let paths: Vec<_> = (0..MANY).map(|number| exported(files.path(), number)).collect();
    let running: Vec<Child> = paths.iter().map(|path| import(data.path(), path)).collect();
    for mut child in running {
        assert!(child.wait().expect("it ends").success());
    }
    let all = (0..MANY).flat_map(|number| (0..EACH).map(move |mark| format!("{number}-{mark}")));
    assert_eq!(tags(data.path()), all.collect());
}

#[test]
fn what_was_said_to_be_saved_outlives_a_kill() {
    let data = tempfile::tempdir().expect("a folder");
    let mut saved = BTreeSet::new();
    for round in 0..8 {
        let mut session = Launch::zhaidu(["demo"]).env("XDG_DATA_HOME", data.path()).start();
        session.wait_for_text("16 篇 / 4 个来源");
        for mark in 0..=round % 3 {
            let tag = format!("t{round}-{mark}");
            session.send(&format!("t{tag}\r"));
            session.wait_for_text("已保存");
            saved.insert(tag);
            session.send("j");
            session.wait_for("the next key", |screen| !picture::has(screen, "已保存"));
        }
        if round % 2 == 1 {
            // One more that may be on its way: nobody was told that it is there.
            session.send("tlast\r");
        }
        session.signal(Signal::KILL);
        session.wait_exit();
        let mut found = tags(data.path());
        found.remove("last");
        assert_eq!(found, saved, "after round {round}");
    }
}

#[test]
fn what_another_program_marks_is_seen_at_once() {
    let data = tempfile::tempdir().expect("a folder");
    let start = || {
        let launch = Launch::zhaidu(["demo"]).env("XDG_DATA_HOME", data.path());
        let mut session = launch.size(160, 45).start();
        session.wait_for_text("16 篇 / 4 个来源");
        session
    };
    let (mut one, mut other) = (start(), start());
    one.send("t水\r");
    one.wait_for_text("已保存");
    other.wait_for_text("#水");
    // Both mark the same article now: the tags of both hold in both.
    other.send("t桥\r");
    other.wait_for_text("#桥 #水");
    one.wait_for_text("#桥 #水");
    // What one takes away is gone in the other.
    one.send("t-桥\r");
    one.wait_for("no tag", |screen| !picture::has(screen, "#桥"));
    other.wait_for("no tag", |screen| !picture::has(screen, "#桥"));
    for session in [&mut one, &mut other] {
        session.send("q");
        session.expect_exit(0);
    }
    assert_eq!(tags(data.path()), BTreeSet::from(["水".to_owned()]));
}
