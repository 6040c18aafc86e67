//! Control sequences in names of files and members, in arguments and in messages.

use std::{ffi::OsString, fs, os::unix::ffi::OsStringExt};

use serde_json::json;

use crate::{
    harness::{
        archive::{Archive, article},
        grammar,
        payloads::payloads,
    },
    packs::{gzip, sevenz, tar, zip},
    printed::{look_through, words},
    row::{Outcome, Row},
    run::Run,
};

/// F20.
pub(super) const NAMES: Row = Row {
    id: "F20",
    what: "control sequences in names of files and members, in arguments and messages",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: names,
};

fn names(run: &mut Run) -> Outcome {
    let all: Vec<String> = payloads().into_iter().map(|payload| name_of(&payload)).collect();
    let names: Vec<&String> = all.iter().filter(|_| run.has_turn()).collect();
    run.count("names", names.len() as u64);
    let archive = Archive::new();
    // The list has a page for all of them, and a person looks at some.
    for (number, name) in names.iter().enumerate() {
        file(&archive, number, name);
    }
    let missing = archive.path().join(OsString::from_vec(b"\x1b]0;no\x07\x9b31m\xff".to_vec()));
    let paths = [archive.path().as_os_str(), missing.as_os_str()];
    let (list, code) = run.json(&words(&["list", "--json"], paths));
    let articles = list["articles"].as_array().expect("a list").len();
    assert!(articles > names.len() * 3 / 4 && code == Some(2), "{articles} articles, {code:?}");
    let told = list["problems"].as_array().expect("a list").len();
    assert!(told > names.len() / 9, "{told} problems");
    for command in [&["list"][..], &["show"], &["summary"], &["keywords"], &["search", "船工"]] {
        if run.has_turn() {
            run.printed(&words(command, paths), 2);
        }
    }
    let (folder, first) = (archive.path().as_os_str(), run.home().join("\x1b]0;x\x07.md"));
    run.printed(&words(&["export", "-o"], [first.as_os_str(), folder]), 2);
    run.printed(&words(&["export", "-o"], [first.as_os_str(), folder]), 2);
    // In a terminal it asks that for its kind, as the interface does.
    let told = run.command(words(&["doctor"], [folder])).output().expect("the program starts");
    grammar::check(&[told.stdout, told.stderr].concat());

    let mut live = run.opened(&paths.map(OsString::from), articles);
    look_through(&mut live, articles.min(run.either(40, 80) as usize), articles);
    live.send("!");
    live.wait_for_text("没有这个文件或文件夹");
    live.send("\x1b[6~G\x1b[5~q");
    run.mark(&mut live);
    live.send("G\r");
    live.wait_for_text(">正文");
    live.send("\x1b1");
    run.leaves(live);
    // Where one was, and what has marks, is told by name; not of what is missing.
    let mut live = run.opened(&[OsString::from(folder)], articles);
    live.send("G\r");
    live.wait_for_text(">正文");
    live.send("\x1b1");
    run.leaves(live);
    for command in [["session", "show"], ["marks", "list"]] {
        let told = run.command(command).output().expect("the program starts").stdout;
        // Tabs stand between columns, and in none of them.
        let told = String::from_utf8(told).expect("UTF-8");
        assert!(told.lines().all(|line| matches!(line.matches('\t').count(), 3..=5)), "{told}");
        grammar::check(told.replace('\t', " ").as_bytes());
    }
    arguments(run, &names);
    Outcome::Pass
}

/// Names of options, values, commands, fields, files and settings that are not known are told of.
fn arguments(run: &mut Run, names: &[&String]) {
    for name in names.iter().filter(|name| !name.is_empty()) {
        if run.below(40) > 0 {
            continue;
        }
        // Nothing that would pass for an option or for none at all.
        let name = format!("x{name}x");
        let option = format!("--{name}");
        let set = format!("{name}={name}");
        let date = format!("date:{name}");
        let wrong: [&[&str]; 8] = [
            &["list", &name],
            &[&option],
            &["--encoding", &name, "demo"],
            &["list", "--split", &name],
            &["completions", &name],
            &["--set", &set, "demo"],
            &["search", &date, "."],
            &["keys", "which", "list", &name],
        ];
        for args in wrong {
            let said = run.refused(&words(args, []));
            assert!(said.contains('x'), "{args:?}: {said}");
        }
    }
}

/// What a file can be called, of a payload.
fn name_of(payload: &str) -> String {
    payload.replace(['/', '\0'], "").replace("\u{2028}", "\u{2028}a")
}

/// A file with this name, or with a member or a record of this name.
fn file(archive: &Archive, number: usize, name: &str) {
    let text = article(&format!("第{number}号消息"));
    let member = format!("{name}员.txt");
    let members = [(member.as_str(), text.as_bytes()), ("坏.txt", &b"\0\x01\x02\0"[..])];
    match number % 9 {
        0 => archive.add(format!("{number:03}{name}包.zip"), zip(&members)),
        1 => archive.add(format!("{number:03}{name}包.tar"), tar(&members)),
        2 => archive.add(format!("{number:03}{name}包.7z"), sevenz(&members)),
        3 => archive.add(format!("{number:03}{name}包.txt.gz"), gzip(name, text.as_bytes())),
        4 => {
            let record = json!({"title": name, "text": text});
            archive.add(format!("{number:03}{name}.jsonl"), format!("{record}\n{{{name}\n"))
        }
        5 => archive.add(format!("{number:03}{name}坏.txt"), b"\0\x01\x02\0"),
        6 => {
            let folder = archive.path().join(format!("{number:03}{name}夹"));
            fs::create_dir(&folder).expect("a folder");
            let path = folder.join("a.txt");
            fs::write(&path, &text).expect("a file");
            path
        }
        _ => archive.add(format!("{number:03}{name}名.txt"), &text),
    };
}
