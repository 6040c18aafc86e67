//! Group C: files, folders and encodings.

mod broken;
mod changing;
mod encodings;
mod failing;
mod large;
mod links;
mod names;
mod special;

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
    sync::mpsc::channel,
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    harness::screen::has,
    row::Row,
    run::{Live, Run},
};

/// The rows of the group.
pub(crate) const ROWS: &[Row] = &[
    special::SPECIAL,
    links::LINKS,
    names::NAMES,
    failing::CLOSED,
    failing::CALLS,
    changing::CHANGING,
    large::LINE,
    large::HOLE,
    large::MANY,
    failing::WATCHING,
    changing::WALKING,
    failing::DESCRIPTORS,
    encodings::KINDS,
    encodings::EDGES,
    broken::BINARY,
    broken::LINES,
    broken::NESTED,
];

/// How long a command may take that has next to nothing to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a command without a terminal came to.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs a command to its end. One that waits for something that never comes is a failure.
fn said(mut command: Command) -> Said {
    let told = format!("{command:?}");
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the program starts");
    let pid = Pid::from_child(&child);
    let (sender, ended) = channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let Ok(output) = ended.recv_timeout(PATIENCE) else {
        let _ = kill_process(pid, Signal::KILL);
        panic!("{told} does not end");
    };
    let output = output.expect("its output");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// What a command of the program says about a path.
fn command(run: &Run, args: &[&str], path: &Path) -> Said {
    let args = args.iter().map(OsStr::new).chain([OsStr::new("--"), path.as_os_str()]);
    said(run.command(args))
}

/// Opens a path, and waits until so many articles are listed.
fn open(run: &mut Run, options: &[&str], path: &Path, articles: usize) -> Live {
    let args = options.iter().map(OsStr::new).chain([OsStr::new("--"), path.as_os_str()]);
    let mut live = run.start(run.zhaidu(args));
    are_listed(&mut live, articles);
    live
}

/// Waits until so many articles are listed, and no source is left to be read.
fn are_listed(live: &mut Live, articles: usize) {
    let count = format!(" {articles} 篇");
    live.wait_for(&count, |screen| has(screen, &count) && !has(screen, "读取 "));
}
