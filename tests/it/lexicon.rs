//! A person's own words, wherever something is analysed.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::pty::session::Launch;

/// An invented report about something that no dictionary has.
const TEXT: &str =
    "灯下谁上线\n\n柳塘的灯下谁在春天上线了，灯下谁看着两岸的水位。水位一高，灯下谁就叫人。\n";
/// The same in traditional characters.
const TRADITIONAL: &str =
    "燈下誰上線\n\n柳塘的燈下誰在春天上線了，燈下誰看著兩岸的水位。水位一高，燈下誰就叫人。\n";

/// A folder with the texts and what a person would add.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("page.txt", TEXT),
        ("old.txt", TRADITIONAL),
        ("words", "灯下谁 100 nz\n"),
        ("old-words", "燈下誰\n"),
        ("stop", "# 水务\n水位\n"),
        ("other-stop", "灯下谁\n"),
        ("bad", "灯下谁\n燈下誰 3 名\n"),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let line = format!("{}\n", serde_json::json!({ "id": 1, "text": TEXT }));
    fs::write(folder.path().join("lines.jsonl"), line).expect("a file");
    folder
}

fn zhaidu(folder: &Path, line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command.current_dir(folder).args(line.split(' ')).env_clear().env("LANG", "en_GB.UTF-8");
    command.env("XDG_CONFIG_HOME", folder.join("config")).output().expect("the program starts")
}

fn out(folder: &Path, line: &str) -> String {
    let output = zhaidu(folder, line);
    assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_word_of_the_person_becomes_a_keyword() {
    let folder = folder();
    let out = |line: &str| out(folder.path(), line);
    assert!(!out("keywords page.txt").contains("  灯下谁\n"));
    assert!(out("keywords -n 1 --dict words page.txt").contains("  灯下谁\n"));
    assert!(out("keywords -n 1 --dict old-words old.txt").contains("  燈下誰\n"));
    assert!(out("keywords -n 1 --dict old-words page.txt").contains("  灯下谁\n"));
    assert!(out("filter --input lines.jsonl").find("\"灯下谁\"").is_none());
    assert!(out("filter --input lines.jsonl --dict words").contains("\"text\":\"灯下谁\""));
    assert!(out("doctor --timings --dict words page.txt").contains("analysis"));
}

#[test]
fn a_stop_word_of_the_person_is_no_keyword() {
    let folder = folder();
    let out = |line: &str| out(folder.path(), line);
    assert!(out("keywords page.txt").contains("  水位\n"));
    assert!(!out("keywords --stopwords stop page.txt").contains("  水位\n"));
    assert!(!out("keywords --stopwords stop old.txt").contains("  水位\n"));
    assert!(!out("filter --stopwords stop --input lines.jsonl").contains("\"水位\""));
    // The summary counts the same words.
    assert!(out("summary --json page.txt") != out("summary --json --stopwords stop page.txt"));
}

#[test]
fn the_settings_name_the_files_too() {
    let folder = folder();
    let config = folder.path().join("config/zhaidu");
    fs::create_dir_all(&config).expect("a folder");
    fs::write(config.join("config.toml"), "dict = \"own\"\nstopwords = \"../../stop\"\n")
        .expect("a file");
    fs::write(config.join("own"), "灯下谁\n").expect("a file");
    let found = out(folder.path(), "keywords page.txt");
    assert!(found.contains("  灯下谁\n") && !found.contains("  水位\n"), "{found}");
    // An option takes the place of the setting.
    let found = out(folder.path(), "keywords --stopwords other-stop page.txt");
    assert!(!found.contains("  灯下谁\n") && found.contains("  水位\n"), "{found}");
}

#[test]
fn a_file_that_cannot_be_used_is_told_before_anything_is_read() {
    let folder = folder();
    for (line, told) in [
        ("keywords --dict bad page.txt", "zhaidu: bad:2: 名 is no tag of letters; a line is: "),
        ("summary --stopwords none page.txt", "zhaidu: none: cannot open (no such file or folder)"),
        ("filter --dict bad --input none", "zhaidu: bad:2: "),
        ("demo --dict bad", "zhaidu: bad:2: "),
        ("--dict bad page.txt", "zhaidu: bad:2: "),
        ("doctor --timings --dict bad", "zhaidu: bad:2: "),
    ] {
        let output = zhaidu(folder.path(), line);
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{line}");
        assert!(err.starts_with(told) && err.lines().count() == 1, "{line}: {err}");
    }
}

#[test]
fn the_interface_knows_the_words() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let words =
        Launch::zhaidu(["--dict", &at("words"), "--stopwords", &at("stop"), &at("page.txt")]);
    let mut session = words.start();
    // The first of the keywords is chosen.
    session.wait_for_text(">灯下谁 ");
    session.send("q");
    session.expect_exit(0);
}
