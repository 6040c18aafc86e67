//! The files that a person wrote for the program, in every state in which they cannot be used.

use std::{fs, path::Path, process::Command};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

use super::{Said, program, quit, run};
use crate::pty::{picture::has, session::Launch};

/// A way to spoil a file: what it is, how it is made, what is told of it.
type Spoilt = (&'static str, fn(&Path), &'static str);

const SPOILT: [Spoilt; 5] = [
    ("a folder", |file| fs::create_dir(file).expect("a folder"), "这是文件夹，不是文件"),
    ("a pipe that nobody writes to", pipe, "不是普通文件"),
    ("large", |file| fs::write(file, vec![b'#'; 10 << 20]).expect("a file"), "超过 1 MiB，不读"),
    ("garbage", |file| fs::write(file, garbage(200_000)).expect("a file"), ".toml:1:"),
    ("no UTF-8", |file| fs::write(file, b"\xCF\xE0 = \"\xB5\xC6\"\n").expect("a file"), ".toml:1:"),
];

fn pipe(file: &Path) {
    mknodat(CWD, file, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
}

/// Bytes that look like nothing, the same each time.
fn garbage(count: usize) -> Vec<u8> {
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    std::iter::successors(Some(7), next).take(count).map(|state| (state >> 24) as u8).collect()
}

#[test]
fn files_that_cannot_be_used_are_told_and_the_defaults_hold() {
    for name in ["config.toml", "keymap.toml"] {
        for (what, spoil, told) in SPOILT {
            let config = TempDir::new().expect("a folder");
            let folder = config.path().join("zhaidu");
            fs::create_dir(&folder).expect("a folder");
            spoil(&folder.join(name));
            let mut session = Launch::zhaidu(["demo"])
                .env("XDG_CONFIG_HOME", config.path())
                .size(160, 45)
                .start();
            session.wait_for_text("个问题");
            session.send("!");
            session.wait_for(what, |screen| has(screen, name) && has(screen, told));
            session.send("qq");
            session.expect_exit(0);
        }
    }
}

/// The program with a file of settings, on an archive that is not there.
fn with_settings(bytes: &[u8], args: &[&str]) -> Said {
    let config = TempDir::new().expect("a folder");
    fs::create_dir(config.path().join("zhaidu")).expect("a folder");
    fs::write(config.path().join("zhaidu/config.toml"), bytes).expect("a file");
    let mut command: Command = program(args);
    command.env("XDG_CONFIG_HOME", config.path());
    run(command)
}

#[test]
fn marks_of_byte_order_and_line_ends_of_windows_are_no_mistakes() {
    let said = with_settings("\u{feff}lang = \"zh\"\r\nmeasure = 60\r\n".as_bytes(), &["config"]);
    said.expect(0, &["measure\t60\t", "config.toml:2:11", "pinyin\ttrue\t默认"], &[]);
    // Comments in another encoding are comments.
    let said = with_settings(b"# \xC9\xE8\xD6\xC3\nmeasure = 60\n", &["config"]);
    said.expect(0, &["measure\t60\t"], &[]);
}

#[test]
fn commands_tell_of_mistakes_and_go_on() {
    let list = ["list", "/nowhere"];
    let mistake = "config.toml:2:1: unknown setting \"colour\"";
    with_settings(b"measure = 60\ncolour = 1\n", &list).expect(2, &[], &[mistake, "/nowhere"]);
    with_settings(b"measure = 60\n", &list).expect(2, &[], &["/nowhere"]);
    // What is printed to be kept is not mixed with that.
    with_settings(b"colour = 1\n", &["completions", "bash"]).expect(0, &["complete"], &[]);
    with_settings(b"colour = 1\n", &["config", "--default"]).expect(0, &["#measure = 76"], &[]);
}

#[test]
fn settings_hold_in_the_interface() {
    let settings = b"lang = \"en\"\nsentences = 1\nkeymap = \"emacs\"\n";
    let mut session = Launch::zhaidu(["demo"]).config("config.toml", settings).start();
    session.wait_for_text("4 sources");
    session.wait_for_text("Key sentences 1");
    session.send("\x18\x03");
    session.expect_exit(0);
    // The command line has the last word.
    let launch = Launch::zhaidu(["demo", "--lang", "zh", "--keymap", "default"]);
    let mut session = launch.config("config.toml", settings).start();
    session.wait_for_text("4 个来源");
    quit(session);
}
