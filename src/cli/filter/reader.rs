//! The lines of the input.

use crate::{
    error::ProblemKind,
    source::lines::{Line, Stream},
};

/// Longest line, in bytes: some twenty million characters, far more than is looked at of a text.
pub(super) const LONGEST: u64 = 64 << 20;

/// A line of the input, or what stands in its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// The line, from 1.
    pub(super) line: u64,
    pub(super) content: Content,
}

/// What a line holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Bytes, not all of them white space.
    Bytes(Vec<u8>),
    /// White space, and another line below.
    Blank,
    /// More bytes than [`LONGEST`].
    TooLong,
    /// The input cannot be read any further.
    Broken(ProblemKind),
}

/// Reads the lines; blank ones are handed on when another line follows them.
pub(super) struct Reader {
    stream: Stream,
    /// Lines that were read.
    line: u64,
    /// Blank lines before `next` that were not handed on yet.
    blank: u64,
    /// The last line that was read, when it waits for the blank ones before it.
    next: Option<Content>,
    ended: Ended,
}

/// Whether the input is at its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    No,
    Yes,
}

impl Reader {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, line: 0, blank: 0, next: None, ended: Ended::No }
    }

    /// The next line that is not blank; nothing at the end.
    fn filled(&mut self) -> Option<Content> {
        while self.ended == Ended::No {
            let mut bytes = Vec::new();
            let read = self.stream.read(LONGEST, &mut bytes);
            self.line += 1;
            match read {
                Ok(Line::Whole) if bytes.trim_ascii().is_empty() => self.blank += 1,
                Ok(Line::Whole) => return Some(Content::Bytes(bytes)),
                Ok(Line::TooLong) => return Some(Content::TooLong),
                Ok(Line::End) => self.ended = Ended::Yes,
                Err(kind) => {
                    self.ended = Ended::Yes;
                    return Some(Content::Broken(kind));
                }
            }
        }
        None
    }
}

impl Iterator for Reader {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        let next = match self.next.take() {
            Some(next) => next,
            None => self.filled()?,
        };
        let line = self.line - self.blank;
        if self.blank > 0 {
            self.blank -= 1;
            self.next = Some(next);
            return Some(Input { line, content: Content::Blank });
        }
        Some(Input { line, content: next })
    }
}
