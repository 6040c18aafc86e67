//! Terminals, environments and streams that are not what they should be.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

use super::{program, quit, run};
use crate::pty::{
    archive::{Archive, article},
    picture::{has, rows},
    session::Launch,
};

#[test]
fn the_smallest_terminals_work() {
    for (columns, height) in [(1, 1), (2, 1), (1, 24), (80, 1), (19, 4), (20, 5)] {
        let mut session = Launch::zhaidu(["demo"]).size(columns, height).start();
        session.wait_for("the interface", vt100::Screen::alternate_screen);
        session.send("jk\rssGg3g4\r?!\x1bzz+-");
        session.resize(80, 24);
        // Behind the escapes something that is no key: an escape and a digit would be Alt and the digit.
        session.send("\x1b\x1b\x1b\x1b\x1b[Ig1");
        session.wait_for_text("4 个来源");
        session.send("\x03");
        session.expect_exit(0);
    }
}

#[test]
fn storms_of_sizes_leave_a_whole_picture() {
    let mut session = Launch::zhaidu(["demo"]).start();
    session.wait_for_text("4 个来源");
    session.send("\r");
    session.wait_for_text(">正文");
    let sides = [0, 1, 2, 3, 5, 9, 14, 19, 20, 40, 79, 80, 119, 120, 200, 500];
    for (at, columns) in sides.into_iter().cycle().take(320).enumerate() {
        let height = sides[(at * 7 + at / 16) % sides.len()];
        session.resize(columns, height);
        if at % 5 == 0 {
            session.send("js");
        }
    }
    session.resize(0, 0);
    session.resize(80, 24);
    session.send("g2");
    session.wait_for("the whole picture", |screen| {
        let shown = rows(screen);
        shown[0].starts_with(">正文") && shown[23].contains("4 个来源")
    });
    quit(session);
}

#[test]
fn a_terminal_of_unknown_size_is_taken_for_a_usual_one() {
    let mut session = Launch::zhaidu(["demo"]).size(0, 0).start();
    session.wait_for("the interface", vt100::Screen::alternate_screen);
    session.resize(80, 24);
    session.wait_for_text("4 个来源");
    quit(session);
}

#[test]
fn a_dumb_terminal_gets_the_list() {
    let mut session = Launch::zhaidu(["demo"]).env("TERM", "dumb").start();
    session.expect_exit(0);
    assert!(has(session.screen(), "一部电梯，三十二次会"));
    assert!(has(session.screen(), "这个终端不能显示界面"));
    assert!(!session.raw().contains(&0x1b));
}

#[test]
fn a_dumb_terminal_gets_the_text_of_a_file_set_to_its_width() {
    let archive = Archive::new();
    archive.add(
        "page.txt",
        "河边的书店\n\n　　春风又绿江南岸，明月何时照我还。京口瓜洲一水间，钟山只隔数重山。\n",
    );
    let file = archive.path().join("page.txt");
    let mut session = Launch::zhaidu([file]).size(24, 12).env("TERM", "dumb").start();
    session.expect_exit(0);
    let shown = rows(session.screen());
    let text = shown.iter().skip_while(|row| !row.contains("春风")).take(3);
    let expected = ["    春风又绿江南岸，明月", "何时照我还。京口瓜洲一水", "间，钟山只隔数重山。"];
    assert_eq!(text.map(|row| row.trim_end()).collect::<Vec<_>>(), expected);
}

#[test]
fn an_unnamed_terminal_gets_the_interface_without_colour() {
    for (name, value) in [("TERM", None), ("NO_COLOR", Some("1"))] {
        let launch = Launch::zhaidu(["demo"]);
        let mut session = match value {
            Some(value) => launch.env(name, value).start(),
            None => launch.without(name).start(),
        };
        session.wait_for_text("4 个来源");
        session.send("q");
        session.expect_exit(0);
        let written = String::from_utf8_lossy(session.raw()).into_owned();
        assert!(!written.contains("\x1b[38;5;") && !written.contains("\x1b[48;5;"));
    }
}

#[test]
fn without_a_known_locale_messages_are_english_and_texts_are_whole() {
    for lang in ["C", "POSIX", ""] {
        let mut session = Launch::zhaidu(["demo"]).env("LANG", lang).start();
        session.wait_for_text("4 sources");
        session.wait_for_text("一条江怎样重新让人走近");
        quit(session);
    }
}

#[test]
fn texts_come_from_a_pipe_and_keys_from_the_terminal() {
    let archive = Archive::new();
    let path = archive.add("a.txt", article("管道里的消息"));
    for script in
        [r#"cat "$TEXT" | "$ZHAIDU" -"#, r#"cat "$TEXT" | "$ZHAIDU""#, r#""$ZHAIDU" <"$TEXT""#]
    {
        let mut session = Launch::script(script).env("TEXT", &path).start();
        session.wait_for_text("1 篇");
        session.wait_for_text("管道里的消息");
        session.send("\r");
        session.wait_for_text("老船工");
        quit(session);
    }
}

#[test]
fn nothing_on_standard_input_is_no_archive() {
    // `/dev/null` is not a text: what is opened is the demo, for the folder is empty.
    let mut session = Launch::script(r#""$ZHAIDU" </dev/null"#).start();
    session.wait_for_text("4 个来源");
    quit(session);
    let mut session = Launch::script(r#""$ZHAIDU" - </dev/null"#).start();
    session.wait_for_text("这里没有文章");
    quit(session);
    run(program(["list", "-"])).expect(1, &[], &["no article found"]);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let archive = Archive::of_articles(3_000);
    for command in ["list", "show", "list --json"] {
        let script = format!(r#"{{ "$ZHAIDU" {command} "$0"; echo $? >&2; }} | head -1"#);
        let mut sh = Command::new("sh");
        sh.args(["-c", &script]).arg(archive.path());
        sh.env("ZHAIDU", env!("CARGO_BIN_EXE_zhaidu"));
        let said = run(sh);
        assert_eq!((said.out.lines().count(), said.err.as_str()), (1, "0\n"), "{command}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        eprintln!("skipped: there is no /dev/full");
        return;
    }
    let archive = Archive::of_articles(1);
    let path = archive.path().as_os_str();
    let commands: [&[&OsStr]; 5] = [
        &["list".as_ref(), path],
        &["show".as_ref(), path],
        &["list".as_ref(), "--json".as_ref(), path],
        &["man".as_ref()],
        &["completions".as_ref(), "bash".as_ref()],
    ];
    for args in commands {
        let mut command = program(args);
        command.stdout(File::options().write(true).open(full).expect("it opens"));
        let output = command.stderr(Stdio::piped()).output().expect("the program starts");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {err}");
        assert!(err.contains("No space left on device"), "{args:?}: {err}");
    }
}

#[test]
fn a_person_without_a_home_can_read() {
    let elsewhere = OsString::from("/nowhere/at/all");
    for home in [None, Some(&elsewhere)] {
        let launch = Launch::zhaidu(["demo"]).without("XDG_CONFIG_HOME");
        let launch = match home {
            None => launch.without("HOME"),
            Some(home) => launch.env("HOME", home),
        };
        let mut session = launch.start();
        session.wait_for_text("4 个来源");
        assert!(!has(session.screen(), "问题"));
        quit(session);
    }
}

#[test]
fn an_unreadable_keymap_is_said_and_the_default_keys_work() {
    let folder = TempDir::new().expect("a folder");
    for path in [folder.path().join("none.toml"), folder.path().to_path_buf()] {
        let args = [OsStr::new("demo"), "--keymap".as_ref(), path.as_os_str()];
        let mut session = Launch::zhaidu(args).start();
        session.wait_for_text("1 个问题");
        session.send("!");
        session.wait_for_text(folder.path().to_str().expect("UTF-8"));
        session.send("qq");
        session.expect_exit(0);
    }
}
