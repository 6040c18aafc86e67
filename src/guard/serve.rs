//! The side of the guard.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Write},
    os::{
        fd::{AsFd, OwnedFd},
        unix::{ffi::OsStringExt, fs::OpenOptionsExt, net::UnixStream, process::ExitStatusExt},
    },
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use nix::sys::signal::SigSet;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use super::{
    program::run,
    request::{Answer, Commit, Failure, Request, overwrite},
    state::{Hello, Settings, State},
    wire,
};
use crate::export::Target;

/// The name under which the program is started again to be the guard.
pub(super) const NAME: &str = "zhaidu-guard";
/// Longest line that is heard: what is told is much shorter.
const LONGEST: u64 = 64 * 1024;
/// Bytes for the stack of a thread that serves a request.
const STACK: usize = 128 * 1024;

/// Whether this process was started to be a guard.
pub fn is_guard() -> bool {
    env::args_os().next().is_some_and(|name| name == NAME)
}

/// Is the guard until the interface ends.
pub fn serve() {
    // Hang-ups, interrupts and stops are for the interface; and without this, a process in the background
    // is stopped when it sets the terminal.
    let _ = SigSet::all().thread_block();
    let Ok(requests) = io::stderr().as_fd().try_clone_to_owned() else { return };
    let requests = UnixStream::from(requests);
    start(move || take(&requests));
    let mut lines = BufReader::new(io::stdin().lock());
    let Some(hello) = next::<Hello>(&mut lines) else { return };
    let mut settings = None;
    loop {
        match next::<State>(&mut lines) {
            Some(State::Taken(before)) => settings = Some(before),
            Some(State::Free) => settings = None,
            Some(State::End) => return,
            None => break,
        }
    }
    if let Some(settings) = settings {
        give_back(&hello, settings);
    }
}

/// The next line, as what it says; `None` at the end.
fn next<T: DeserializeOwned>(lines: &mut impl BufRead) -> Option<T> {
    let mut line = String::new();
    io::Read::take(lines, LONGEST).read_line(&mut line).ok()?;
    serde_json::from_str(&line).ok()
}

/// Gives back the terminal of an interface that can do so no more.
fn give_back(hello: &Hello, settings: Settings) {
    let mut out = io::stdout();
    // The settings first: after the bytes, somebody may type.
    let _ = settings.apply(&out);
    let _ = writeln!(out, "{}{}", hello.give_back, hello.told);
    let _ = out.flush();
}

/// Does what is asked for, each on a thread of its own.
fn take(requests: &UnixStream) {
    while let Ok(Some((request, mut files))) = wire::receive::<Request>(requests) {
        if files.is_empty() {
            continue;
        }
        let answers = UnixStream::from(files.remove(0));
        start(move || {
            if let Err(failure) = fulfil(request, files, &answers) {
                let _ = wire::send(&answers, &Answer::Failed(failure), &[]);
            }
        });
    }
}

fn start(work: impl FnOnce() + Send + 'static) {
    let _ = thread::Builder::new().stack_size(STACK).spawn(work);
}

fn fulfil(request: Request, files: Vec<OwnedFd>, answers: &UnixStream) -> Result<(), Failure> {
    let sent = match request {
        Request::Run { words, group, limit } => {
            let words: Vec<OsString> = words.into_iter().map(OsString::from_vec).collect();
            let streams = <[OwnedFd; 3]>::try_from(files);
            let streams = streams.map_err(|_| Failure::Io(None, "three streams".into()))?;
            // A program gets the mask of the thread that starts it.
            let _ = SigSet::all().thread_unblock();
            let ended = run(&words, streams, Some(group), limit.map(Duration::from_millis));
            let ended = ended.map_err(|error| Failure::from(&error))?;
            wire::send(answers, &Answer::Ended(ended.map(ExitStatusExt::into_raw)), &[])
        }
        Request::Export { path, replaces } => return export(path, replaces, answers),
        Request::Copy { name } => {
            let (_folder, path, file) = private(&name).map_err(|error| Failure::from(&error))?;
            let open = Answer::Open { path: path.into_os_string().into_vec(), beside: None };
            let sent = wire::send(answers, &open, &[file.as_fd()]);
            // It stays until nobody wants it any more.
            let _ = wire::receive::<Commit>(answers);
            sent
        }
    };
    // Who does not wait for an answer any more needs none.
    drop(sent);
    Ok(())
}

/// An empty file of this name in a folder of its own, which goes with the first part. Whatever an editor leaves
/// beside it goes, too.
pub(super) fn private(name: &str) -> io::Result<(TempDir, PathBuf, File)> {
    let folder = tempfile::Builder::new().prefix("zhaidu-").tempdir()?;
    let path = folder.path().join(name);
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    Ok((folder, path, file))
}

/// Begins an export, and ends it when all is written.
fn export(path: Vec<u8>, replaces: bool, answers: &UnixStream) -> Result<(), Failure> {
    let path = OsString::from_vec(path);
    let target = Target::create(Path::new::<OsStr>(&path), overwrite(replaces))?;
    let bytes = |path: &Path| path.as_os_str().to_owned().into_vec();
    let open = Answer::Open { path: bytes(target.path()), beside: target.beside().map(bytes) };
    let asked = wire::send(answers, &open, &[target.file().as_fd()])
        .and_then(|()| wire::receive::<Commit>(answers));
    if matches!(asked, Ok(Some(_))) {
        target.commit()?;
        let _ = wire::send(answers, &Answer::Done, &[]);
    }
    Ok(())
}
