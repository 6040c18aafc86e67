//! Streams whose first bytes are looked at before they are read, and what their errors mean.

use std::cell::Cell;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

use super::unpack::Packing;
use crate::error::ProblemKind;

/// How many bytes tell what a stream holds: the header of a tar archive takes 512, and the element
/// that says what XML is may stand behind comments.
pub(super) const HEAD: usize = 1024;

/// An archive file whose list of members is at its end.
pub(super) trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// A problem on its way through readers that know only errors of the operating system.
#[derive(Clone, Debug)]
pub(super) struct Told(pub(super) ProblemKind);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Told {}

impl From<Told> for io::Error {
    fn from(told: Told) -> Self {
        Self::other(told)
    }
}

impl Told {
    /// The problem that an error carries.
    pub(super) fn of(error: &io::Error) -> Option<ProblemKind> {
        let mut inner: &(dyn std::error::Error + 'static) = error.get_ref()?;
        loop {
            if let Some(Self(kind)) = inner.downcast_ref() {
                return Some(kind.clone());
            }
            inner = match inner.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
                Some(error) => error,
                None => inner.source()?,
            };
        }
    }

    /// The same error; what the operating system does not say is damage of the archive file.
    pub(super) fn damage(what: &'static str, error: io::Error) -> io::Error {
        if error.raw_os_error().is_some() || Self::of(&error).is_some() || is_interrupted(&error) {
            return error;
        }
        let cause = error.to_string();
        let kind = match error.kind() {
            io::ErrorKind::Unsupported => ProblemKind::Unsupported { cause },
            io::ErrorKind::UnexpectedEof => {
                ProblemKind::Damaged { what, cause: "unexpected end of data".to_owned() }
            }
            _ => ProblemKind::Damaged { what, cause },
        };
        Self(kind).into()
    }
}

fn is_interrupted(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Interrupted
}

/// A stream whose errors are told in another way. After one it has no more bytes, only that error again: a
/// decoder that has failed is in a state of which nothing is promised, not even that it comes to an end.
pub(super) struct Explained<R, F> {
    stream: R,
    explain: F,
    failed: Option<Failure>,
}

/// What is told again.
#[derive(Clone)]
enum Failure {
    Told(Told),
    System(i32),
    Other(io::ErrorKind),
}

impl Failure {
    fn of(error: &io::Error) -> Self {
        match (Told::of(error), error.raw_os_error()) {
            (Some(kind), _) => Self::Told(Told(kind)),
            (None, Some(code)) => Self::System(code),
            (None, None) => Self::Other(error.kind()),
        }
    }
}

impl From<Failure> for io::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Told(told) => told.into(),
            Failure::System(code) => Self::from_raw_os_error(code),
            Failure::Other(kind) => kind.into(),
        }
    }
}

impl<R: Read, F: Fn(io::Error) -> io::Error> Explained<R, F> {
    pub(super) fn new(stream: R, explain: F) -> Self {
        Self { stream, explain, failed: None }
    }
}

impl<R: Read, F: Fn(io::Error) -> io::Error> Read for Explained<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(failure) = &self.failed {
            return Err(failure.clone().into());
        }
        self.stream.read(buffer).map_err(|error| {
            let is_over = !is_interrupted(&error);
            let error = (self.explain)(error);
            self.failed = is_over.then(|| Failure::of(&error));
            error
        })
    }
}

/// Counts the bytes that are read.
pub(super) struct Counted<R> {
    stream: R,
    count: Rc<Cell<u64>>,
    /// What it counts to at most.
    most: u64,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(stream: R) -> Self {
        Self { stream, count: Rc::default(), most: u64::MAX }
    }

    /// Counts no more than the file has: members may share bytes, which are read again for each.
    pub(super) fn of_file(mut stream: R) -> Self
    where
        R: Seek,
    {
        // Whoever reads it is told why that is not possible.
        let most = stream.seek(SeekFrom::End(0)).and_then(|end| stream.rewind().map(|()| end));
        Self { most: most.unwrap_or(0), ..Self::new(stream) }
    }

    /// The count, which goes on.
    pub(super) fn count(&self) -> Rc<Cell<u64>> {
        self.count.clone()
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.count.set(self.count.get().saturating_add(read as u64).min(self.most));
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.stream.seek(to)
    }
}

/// A stream with its first bytes in memory. An error that was met behind them comes behind them.
pub(super) struct Headed<R> {
    head: Cursor<Vec<u8>>,
    error: Option<io::Error>,
    rest: R,
}

impl<R: Read> Headed<R> {
    /// Reads up to [`HEAD`] bytes.
    pub(super) fn new(mut rest: R) -> Self {
        let mut head = Vec::with_capacity(HEAD);
        // Goes on when it is interrupted, and keeps what came before an error.
        let error = rest.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
        Self { head: Cursor::new(head), error, rest }
    }

    /// The first bytes.
    pub(super) fn head(&self) -> &[u8] {
        self.head.get_ref()
    }
}

impl<R: Read> Read for Headed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.head.read(buffer)? {
            0 if buffer.is_empty() => Ok(0),
            0 => match self.error.take() {
                Some(error) => Err(error),
                None => self.rest.read(buffer),
            },
            read => Ok(read),
        }
    }
}

/// A stream, and how it was packed.
pub(super) struct Bytes<'a> {
    /// The unpacked bytes.
    pub(super) stream: &'a mut dyn BufRead,
    /// How they were packed.
    pub(super) packing: Packing,
}
