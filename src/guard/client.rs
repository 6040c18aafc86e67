//! The side of the interface.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, Write},
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::{
            ffi::{OsStrExt, OsStringExt},
            net::UnixStream,
            process::{CommandExt, ExitStatusExt},
        },
    },
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use nix::unistd::getpgrp;
use tempfile::TempDir;

use super::{
    program::Program,
    request::{Answer, Commit, Request},
    serve::{NAME, private},
    state::{Hello, State, TOLD, line, tell},
    wire,
};
use crate::export::{ExportError, Overwrite, Target};

/// The guard, as long as it runs.
#[derive(Debug)]
pub struct Guard {
    requests: Mutex<UnixStream>,
    child: Mutex<Child>,
}

impl Guard {
    /// Starts the guard of this process, which has the terminal now. There can be one.
    ///
    /// # Errors
    ///
    /// When the program cannot be started again: it may be gone from the disk.
    pub fn start(hello: &Hello, state: &State) -> io::Result<Self> {
        let (read, write) = io::pipe()?;
        let (requests, theirs) = UnixStream::pair()?;
        let child = Command::new(itself()?)
            .arg0(NAME)
            .stdin(OwnedFd::from(read))
            .stdout(Stdio::inherit())
            .stderr(OwnedFd::from(theirs))
            // Keys that stop or end the program are not for the guard.
            .process_group(0)
            .spawn()?;
        // Telling it something must never wait.
        rustix::io::ioctl_fionbio(&write, true)?;
        rustix::io::write(&write, line(hello).as_bytes())?;
        if TOLD.set(write).is_err() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        tell(state);
        Ok(Self { requests: Mutex::new(requests), child: Mutex::new(child) })
    }

    /// Ends the guard and waits until it is gone. The terminal must have been given back.
    pub fn finish(&self) {
        tell(&State::End);
        let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).wait();
    }

    /// Asks for something; the socket from which the answers come.
    fn ask(&self, request: &Request, files: &[BorrowedFd]) -> io::Result<UnixStream> {
        let (ours, theirs) = UnixStream::pair()?;
        let mut all = vec![theirs.as_fd()];
        all.extend(files);
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        wire::send(&requests, request, &all)?;
        Ok(ours)
    }

    fn run(&self, mut program: Program) -> io::Result<Option<ExitStatus>> {
        let streams = program.open()?;
        let request = Request::Run {
            words: program.words.into_iter().map(OsStringExt::into_vec).collect(),
            group: getpgrp().as_raw(),
            limit: program.limit.map(|limit| limit.as_millis() as u64),
        };
        let files: Vec<BorrowedFd> = streams.iter().map(AsFd::as_fd).collect();
        let answers = self.ask(&request, &files)?;
        // Only the program has them now, so that what it reads and writes can end.
        drop(streams);
        match answer(&answers)? {
            (Answer::Ended(status), _) => Ok(status.map(ExitStatus::from_raw)),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

/// The program as it was started, even if there is another one in its place by now.
fn itself() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() }
}

/// The next answer that is no failure, with the file that comes with it.
fn answer(answers: &UnixStream) -> io::Result<(Answer, Option<OwnedFd>)> {
    let (answer, files) = wire::receive(answers)?.ok_or(io::ErrorKind::BrokenPipe)?;
    match answer {
        Answer::Failed(failure) => Err(failure.into()),
        answer => Ok((answer, files.into_iter().next())),
    }
}

/// Who starts programs and makes files for the interface.
#[derive(Clone, Debug, Default)]
pub enum Starter {
    /// The interface itself.
    #[default]
    Here,
    /// Its guard.
    Guard(Arc<Guard>),
}

impl Starter {
    /// Runs a program to its end; `None` if it took longer than its limit.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn run(&self, program: Program) -> io::Result<Option<ExitStatus>> {
        match self {
            Self::Here => program.run(),
            Self::Guard(guard) => guard.run(program),
        }
    }

    /// Begins an export.
    ///
    /// # Errors
    ///
    /// As [`Target::create`].
    pub fn export(&self, path: &Path, overwrite: Overwrite) -> Result<Target, ExportError> {
        let Self::Guard(guard) = self else { return Target::create(path, overwrite) };
        let request = Request::Export {
            path: path.as_os_str().as_bytes().to_vec(),
            replaces: overwrite == Overwrite::Yes,
        };
        let failed = |error| ExportError::of(path, error);
        let answers = guard.ask(&request, &[]).map_err(failed)?;
        match wire::receive(&answers).map_err(failed)? {
            Some((Answer::Open { path, beside }, files)) if !files.is_empty() => {
                let path_of = |bytes| PathBuf::from(OsString::from_vec(bytes));
                let (path, beside) = (path_of(path), beside.map(path_of));
                let file = files.into_iter().next().map(File::from);
                let file = file.ok_or_else(|| failed(io::ErrorKind::InvalidData.into()))?;
                Ok(Target::lent(path, beside, file, Box::new(Reserved { answers })))
            }
            Some((Answer::Failed(failure), _)) => Err(failure.of_export(path.to_owned())),
            _ => Err(failed(io::ErrorKind::BrokenPipe.into())),
        }
    }

    /// Makes a file with a text, in a folder that only the person can look into, and that is gone with what is
    /// returned.
    ///
    /// # Errors
    ///
    /// When it cannot be made or the disk is full.
    pub fn copy(&self, name: &str, text: &str) -> io::Result<Lent> {
        let mut lent = match self {
            Self::Here => {
                let (folder, path, file) = private(name)?;
                Lent { file, path, _held: Held::Here(folder) }
            }
            Self::Guard(guard) => {
                let answers = guard.ask(&Request::Copy { name: name.to_owned() }, &[])?;
                let (Answer::Open { path, .. }, Some(file)) = answer(&answers)? else {
                    return Err(io::ErrorKind::InvalidData.into());
                };
                let path = OsString::from_vec(path).into();
                Lent { file: file.into(), path, _held: Held::Guard(answers) }
            }
        };
        lent.file.write_all(text.as_bytes())?;
        lent.file.flush()?;
        Ok(lent)
    }
}

/// A file of somebody else's, as long as this is held.
#[derive(Debug)]
pub struct Lent {
    file: File,
    path: PathBuf,
    _held: Held,
}

#[derive(Debug)]
enum Held {
    Here(#[expect(dead_code, reason = "held, so that the file stays")] TempDir),
    Guard(#[expect(dead_code, reason = "held, so that the file stays")] UnixStream),
}

impl Lent {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// An export that the guard has begun.
#[derive(Debug)]
struct Reserved {
    answers: UnixStream,
}

impl crate::export::Reserved for Reserved {
    fn commit(self: Box<Self>, path: &Path) -> Result<(), ExportError> {
        let failed = |error| ExportError::of(path, error);
        wire::send(&self.answers, &Commit, &[]).map_err(failed)?;
        match wire::receive(&self.answers).map_err(failed)? {
            Some((Answer::Done, _)) => Ok(()),
            Some((Answer::Failed(failure), _)) => Err(failure.of_export(path.to_owned())),
            _ => Err(failed(io::ErrorKind::BrokenPipe.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn a_copy_is_private_and_goes_away() {
        let copy = Starter::Here.copy("text.txt", "江水清了。").expect("a file");
        let path = copy.path().to_owned();
        let rights = fs::metadata(&path).expect("it is there").permissions().mode();
        assert_eq!(rights & 0o077, 0, "{rights:o}");
        assert_eq!(fs::read_to_string(&path).expect("a text"), "江水清了。");
        drop(copy);
        assert!(!path.exists());
    }
}
