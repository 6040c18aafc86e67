//! A note that is written in an editor.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::{
    archive::{Archive, article},
    picture::has,
    session::{Launch, Session},
};

/// The program on one page with a script for an editor, which gets the file as its first argument.
fn open(archive: &Archive, script: &str) -> Session {
    let tools = archive.path().join("tools");
    fs::create_dir_all(&tools).expect("a folder");
    let editor = tools.join("scribe");
    fs::write(&editor, format!("#!/bin/sh\ncd '{}'\n{script}\n", tools.display())).expect("a file");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("its rights");
    let file = archive.add("page.txt", article("江水清了"));
    let mut session = Launch::zhaidu([file]).env("VISUAL", editor.as_os_str()).start();
    session.wait_for_text("1 篇 / 1 个来源");
    session
}

#[test]
fn what_is_saved_in_the_editor_is_the_note_and_can_be_taken_back() {
    let archive = Archive::new();
    // What the file is like is told by what the script leaves beside it.
    let script = "ls -l \"$1\" > rights; echo \"$1\" > name\n\
                  cat \"$1\" > seen; printf '第一段可引用\\n\\033[31m核对\\n' >> \"$1\"";
    let mut session = open(&archive, script);
    let kept = |name: &str| {
        fs::read_to_string(archive.path().join("tools").join(name)).expect("what the editor saw")
    };
    session.send("A");
    session.wait_for_text("备注  江水清了  已保存");
    assert!(kept("rights").starts_with("-rw-------"), "{}", kept("rights"));
    let name = kept("name");
    let file = Path::new(name.trim_end());
    assert!(file.extension().is_some_and(|end| end == "md") && kept("seen").is_empty(), "{name}");
    assert!(!file.exists(), "the file is gone");
    // It stands above the text, in lines, and nothing in it is acted on.
    session.send("\r");
    session.wait_for("the note", |screen| has(screen, "第一段可引用") && has(screen, "␛[31m核对"));
    session.send("A");
    session.wait_for("both", |screen| has(screen, "␛[31m核对") && has(screen, "已保存"));
    assert_eq!(kept("seen"), "第一段可引用\n␛[31m核对\n", "it begins with the note that is there");
    session.send("u");
    session.wait_for_text("已撤销: 备注  江水清了  已保存");
    session.send("u");
    session.wait_for("no note", |screen| has(screen, "已保存") && !has(screen, "第一段可引用"));
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn an_editor_that_changes_nothing_or_fails_leaves_the_note_as_it_was() {
    let archive = Archive::new();
    let mut session = open(&archive, "test -e fails && { echo 桥 > \"$1\"; exit 3; }; exit 0");
    session.send("a再读\r");
    session.wait_for_text("备注  江水清了  已保存");
    session.send("A");
    session.wait_for_text("备注没有改动");
    fs::write(archive.path().join("tools/fails"), "").expect("a file");
    session.send("A");
    session.wait_for_text("scribe: 退出码 3，备注没有改");
    session.send("\r");
    session.wait_for("the note", |screen| has(screen, "再读") && !has(screen, "桥"));
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_note_that_is_too_long_is_cut_and_that_is_said() {
    let archive = Archive::new();
    let mut session =
        open(&archive, "i=0; while [ $i -lt 2000 ]; do echo 水渠; i=$((i+1)); done > \"$1\"");
    session.send("A");
    session.wait_for_text("太长，只留了前面  备注  江水清了  已保存");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn an_editor_that_is_missing_is_told_with_what_to_do() {
    let archive = Archive::new();
    let file = archive.add("page.txt", article("江水清了"));
    let mut session = Launch::zhaidu([file]).env("VISUAL", "/nonexistent/scribe").start();
    session.wait_for_text("1 篇 / 1 个来源");
    session.send("A");
    session.wait_for_text("scribe: 无法启动，请检查 $VISUAL 和 $EDITOR");
    session.send("q");
    session.expect_exit(0);
}
