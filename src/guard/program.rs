//! A program that is run to its end.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io,
    os::{
        fd::{AsFd, OwnedFd},
        unix::process::CommandExt,
    },
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How often it is looked whether a program that may take so long has ended.
const BEAT: Duration = Duration::from_millis(10);

/// A stream of a program.
#[derive(Debug, Default)]
pub enum Streamed {
    /// That of the interface.
    #[default]
    Same,
    /// None.
    Null,
    /// This file.
    File(OwnedFd),
}

/// A program with its words and streams.
#[derive(Debug, Default)]
pub struct Program {
    pub(super) words: Vec<OsString>,
    input: Streamed,
    output: Streamed,
    errors: Streamed,
    pub(super) limit: Option<Duration>,
}

impl Program {
    /// A program with its arguments and the streams of the interface. No shell is asked.
    pub fn new(words: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self { words: words.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// With other streams: input, output, errors.
    pub fn streams(mut self, input: Streamed, output: Streamed, errors: Streamed) -> Self {
        (self.input, self.output, self.errors) = (input, output, errors);
        self
    }

    /// With another input.
    pub fn input(mut self, input: Streamed) -> Self {
        self.input = input;
        self
    }

    /// Killed when it takes longer.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Its streams, opened.
    pub(super) fn open(&mut self) -> io::Result<[OwnedFd; 3]> {
        Ok([
            opened(std::mem::take(&mut self.input), io::stdin())?,
            opened(std::mem::take(&mut self.output), io::stdout())?,
            opened(std::mem::take(&mut self.errors), io::stderr())?,
        ])
    }

    /// Runs it as a child of this process; `None` if it took too long.
    pub(super) fn run(mut self) -> io::Result<Option<ExitStatus>> {
        let streams = self.open()?;
        run(&self.words, streams, None, self.limit)
    }
}

fn opened(stream: Streamed, same: impl AsFd) -> io::Result<OwnedFd> {
    match stream {
        Streamed::Same => Ok(rustix::io::fcntl_dupfd_cloexec(same, 3)?),
        Streamed::Null => {
            Ok(File::options().read(true).write(true).open("/dev/null").map(Into::into)?)
        }
        Streamed::File(file) => Ok(file),
    }
}

/// Runs a program to its end, in a process group; `None` if it took longer than the limit.
pub(super) fn run(
    words: &[OsString],
    [input, output, errors]: [OwnedFd; 3],
    group: Option<i32>,
    limit: Option<Duration>,
) -> io::Result<Option<ExitStatus>> {
    let (name, args) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new::<&OsStr>(name);
    command.args(args);
    command.stdin(Stdio::from(input)).stdout(Stdio::from(output)).stderr(Stdio::from(errors));
    if let Some(group) = group {
        command.process_group(group);
    }
    let mut child = command.spawn()?;
    // The streams that it has are closed here, so that it alone says when they end.
    drop(command);
    let Some(limit) = limit else { return child.wait().map(Some) };
    let ended = ends_in_time(&mut child, limit)?;
    if ended.is_none() {
        child.kill()?;
        child.wait()?;
    }
    Ok(ended)
}

fn ends_in_time(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let until = Instant::now() + limit;
    while Instant::now() < until {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(BEAT);
    }
    Ok(None)
}
