//! A stream line by line, with a limit for what one line takes of the memory.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use super::unpack::Packing;
use crate::error::ProblemKind;

/// Large enough that reading is not what takes the time.
const BUFFER: usize = 64 * 1024;

/// What reading a line has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line.
    Whole,
    /// A line above the limit, of which nothing can be used.
    TooLong,
    /// Nothing: the stream is at its end.
    End,
}

/// Reads one line with at most `limit` bytes, its line feed not counted, and passes over the rest
/// of a longer one without keeping it.
///
/// # Errors
///
/// When the stream cannot be read.
pub fn read_line(stream: &mut impl BufRead, limit: u64, bytes: &mut Vec<u8>) -> io::Result<Line> {
    let read = stream.by_ref().take(limit.saturating_add(1)).read_until(b'\n', bytes)?;
    if read == 0 {
        return Ok(Line::End);
    }
    if bytes.ends_with(b"\n") || read as u64 <= limit {
        return Ok(Line::Whole);
    }
    stream.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

/// Lines of a file or of standard input.
pub struct Stream {
    stream: Box<dyn BufRead + Send>,
    packing: Packing,
}

impl Stream {
    /// Opens `path`, whatever it is, or standard input, and unpacks what gzip or zstd has packed.
    /// Waits for the first bytes.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or nothing can be read of it.
    pub fn open(path: Option<&Path>) -> Result<Self, ProblemKind> {
        let opened = match path {
            Some(path) => File::open(path).and_then(Self::of),
            None => Self::of(io::stdin()),
        };
        opened.map_err(|error| ProblemKind::from(&error))
    }

    fn of(stream: impl Read + Send + 'static) -> io::Result<Self> {
        let (head, stream) = Packing::head(stream)?;
        let mut stream = BufReader::with_capacity(BUFFER, head.chain(stream));
        let packing = Packing::of(&mut stream)?;
        let stream = match packing {
            Packing::Plain => Box::new(stream) as Box<dyn BufRead + Send>,
            _ => Box::new(BufReader::with_capacity(BUFFER, packing.unpacked(stream))),
        };
        Ok(Self { stream, packing })
    }

    /// Reads the next line into `bytes`, which is emptied first; see [`read_line`].
    ///
    /// # Errors
    ///
    /// What is wrong with the stream: it ends there.
    pub fn read(&mut self, limit: u64, bytes: &mut Vec<u8>) -> Result<Line, ProblemKind> {
        bytes.clear();
        let read = read_line(&mut self.stream, limit, bytes);
        read.map_err(|error| self.packing.kind_of_error(&error))
    }
}

/// Tells lines of a text from offsets that rise, in one pass over it.
pub(super) struct LineCount<'a> {
    rest: &'a [u8],
    passed: usize,
    line: u64,
}

impl<'a> LineCount<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes(), passed: 0, line: 1 }
    }

    /// The line, from 1, that holds an offset; that of the last one for one before it.
    pub(super) fn line_of(&mut self, offset: usize) -> u64 {
        let ahead = offset.saturating_sub(self.passed);
        let (before, rest) = self.rest.split_at_checked(ahead).unwrap_or((self.rest, &[]));
        self.line += before.split(|byte| *byte == b'\n').count() as u64 - 1;
        self.passed += before.len();
        self.rest = rest;
        self.line
    }
}
