//! Bad input: what a person of less or ripgrep would call right, and never a panic.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
};

use crate::pty::session::{Launch, Session};

mod files;
mod own_files;
mod places;
mod surroundings;

/// What a command said and how it ended.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// The program outside of a terminal, in a clean environment with English messages.
fn program(args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command
        .args(args)
        .env_clear()
        .env("LANG", "en_GB.UTF-8")
        .env("XDG_DATA_HOME", "/nonexistent")
        .stdin(Stdio::null());
    command.current_dir("/");
    command
}

fn run(mut command: Command) -> Said {
    let output = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
    let (out, err) = (text(output.stdout), text(output.stderr));
    Said { code: output.status.code(), out, err }
}

fn list(path: impl AsRef<Path>) -> Said {
    run(program([OsStr::new("list"), path.as_ref().as_os_str()]))
}

impl Said {
    #[track_caller]
    fn expect(&self, code: i32, out: &[&str], err: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        let all = |text: &str, parts: &[&str]| {
            parts.iter().all(|part| text.contains(part)) && text.is_empty() == parts.is_empty()
        };
        assert!(all(&self.out, out), "standard output: {out:?} in {self:?}");
        assert!(all(&self.err, err), "standard error: {err:?} in {self:?}");
    }
}

/// The interface on a path.
fn open(path: impl AsRef<OsStr>) -> Session {
    Launch::zhaidu([path.as_ref()]).start()
}

fn quit(mut session: Session) {
    session.send("q");
    session.expect_exit(0);
}
