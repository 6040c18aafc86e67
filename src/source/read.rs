//! From an entry to its texts.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::encoding::{Charset, Decoded, decode, is_binary};
use super::fields::FieldNames;
use super::format::{Reader, reader_of};
use super::pieces;
use super::stream::{Bytes, Counted, HEAD, Headed};
use super::task::Task;
use super::unpack::Packing;
use super::walk::{Hidden, special_file};
use super::{Entry, Origin, Text};
use crate::error::{Problem, ProblemKind};

pub use super::format::Format;

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of every text; found out for each when `None`.
    pub charset: Option<Charset>,
    /// The largest text that is read, in bytes after unpacking; in an archive file the largest member. A line of
    /// a JSON Lines file has a limit of its own besides.
    pub max_bytes: u64,
    /// What the sources hold.
    pub format: Format,
    /// What to do with hidden members of archive files.
    pub hidden: Hidden,
    /// Where the fields of records are.
    pub fields: FieldNames,
}

/// 1 GiB: more than any text that a person would open, less than a memory.
const DEFAULT_MAX_BYTES: u64 = 1 << 30;

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            charset: None,
            max_bytes: DEFAULT_MAX_BYTES,
            format: Format::ByName,
            hidden: Hidden::Skip,
            fields: FieldNames::default(),
        }
    }
}

/// Receives the texts of an entry; reading ends when it breaks.
pub type ReadSink<'a> = dyn FnMut(Result<Text, Problem>) -> ControlFlow<()> + 'a;

/// Reads an entry and hands each of its texts, or what went wrong, to `sink`.
///
/// A plain file gives one text or one problem, an empty file an empty text, one that is too large for a page
/// several pieces. Files of records, such as
/// JSON Lines, and archive files give as many as they hold. Data packed by gzip or zstd is unpacked,
/// whatever its name; when it is damaged, what came before the damage is handed on, followed by the
/// problem. Breaks when the sink breaks.
pub fn read(entry: &Entry, options: &ReadOptions, sink: &mut ReadSink) -> ControlFlow<()> {
    let task = Task::new(entry.place(), options);
    match &entry.origin {
        Origin::Demo(page) => sink(Ok(task.text(Decoded::utf8(page.text), None))),
        Origin::Stdin => read_bytes(entry.place(), &mut io::stdin().lock(), options, sink),
        Origin::File(path) => match open(path).and_then(|file| read_file(&task, file, sink)) {
            Ok(flow) => flow,
            Err(kind) => sink(Err(task.problem(kind))),
        },
    }
}

/// Reads bytes that come from anywhere as [`read`] reads a file with this name.
pub fn read_bytes(
    place: &OsStr,
    bytes: &mut dyn Read,
    options: &ReadOptions,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    read_stream(&Task::new(place, options), bytes, sink)
}

/// Large enough that most newspaper pages take one call to the operating system.
const BUFFER: usize = 64 * 1024;

/// Opens a regular file, and nothing else: without `NONBLOCK` a pipe would wait for a writer, and
/// what the path named a moment ago may be another thing by now, so the open file is asked.
fn open(path: &Path) -> Result<File, ProblemKind> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::options()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(|error| kind_of_open_error(path, &error))?;
    let data = file.metadata().map_err(|error| ProblemKind::from(&error))?;
    if !data.is_file() {
        return Err(ProblemKind::Special(special_file(data.file_type())));
    }
    Ok(file)
}

/// A socket cannot be opened at all, so its kind has to be asked by name.
fn kind_of_open_error(path: &Path, error: &io::Error) -> ProblemKind {
    match path.symlink_metadata() {
        Ok(data) if data.is_symlink() && error.kind() == io::ErrorKind::NotFound => {
            ProblemKind::DanglingLink
        }
        Ok(data) if !data.is_file() && !data.is_dir() && !data.is_symlink() => {
            ProblemKind::Special(special_file(data.file_type()))
        }
        Err(_) if error.kind() == io::ErrorKind::NotFound => ProblemKind::Vanished,
        _ => ProblemKind::from(error),
    }
}

/// Reads an opened file, which an archive file is asked of in any order.
fn read_file(task: &Task, file: File, sink: &mut ReadSink) -> Result<ControlFlow<()>, ProblemKind> {
    let mut head = [0; HEAD];
    // What cannot be read is told by whoever reads the file.
    let length = file.read_at(&mut head, 0).unwrap_or(0);
    let head = head.get(..length).unwrap_or_default();
    if Packing::told(head) == Packing::Plain {
        let limit = task.options.max_bytes;
        let size = file.metadata().map_err(|error| ProblemKind::from(&error))?.len();
        match reader_of(task.place(), head, task.options.format) {
            Reader::Listed(read) => {
                return Ok(read(task, &mut BufReader::with_capacity(BUFFER, file), sink));
            }
            Reader::Plain | Reader::Text(_) | Reader::Binary(_) if size > limit => {
                return Err(ProblemKind::TooLarge { limit, size: Some(size) });
            }
            Reader::Plain if size > pieces::WHOLE => {
                let mut stream = BufReader::with_capacity(BUFFER, file);
                return Ok(pieces::read(task, &mut stream, Packing::Plain, sink));
            }
            _ => {}
        }
    }
    Ok(read_stream(task, &mut BufReader::with_capacity(BUFFER, file), sink))
}

/// Reads a stream from its beginning on, and unpacks it once.
pub(super) fn read_stream(
    task: &Task,
    stream: &mut dyn Read,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    let counted = Counted::new(stream);
    let task = &task.charged(counted.count());
    let stream = Headed::new(counted);
    let packing = Packing::told(stream.head());
    if packing == Packing::Plain {
        let reader = reader_of(task.place(), stream.head(), task.options.format);
        let stream = &mut BufReader::with_capacity(BUFFER, stream);
        return read_as(reader, task, Bytes { stream, packing }, sink);
    }
    let stream = packing.unpacked(BufReader::with_capacity(BUFFER, stream));
    let stream = Headed::new(task.budget().capped(stream));
    let reader = reader_of(task.place(), stream.head(), task.options.format);
    let stream = &mut BufReader::with_capacity(BUFFER, stream);
    read_as(reader, task, Bytes { stream, packing }, sink)
}

fn read_as(reader: Reader, task: &Task, bytes: Bytes, sink: &mut ReadSink) -> ControlFlow<()> {
    if reader.is_archive() && task.is_member() {
        return sink(Err(task.problem(ProblemKind::Nested)));
    }
    match reader {
        Reader::Stream(read) | Reader::Records(read) => read(task, bytes, sink),
        Reader::Plain => read_plain(task, bytes, sink),
        Reader::Text(read) => read_whole(task, bytes, &is_text, read, sink),
        Reader::Binary(read) => read_whole(task, bytes, &|_, _| true, read, sink),
        Reader::Listed(read) => {
            let read = |task: &Task, bytes: &[u8], sink: &mut ReadSink| {
                read(task, &mut Cursor::new(bytes), sink)
            };
            read_whole(task, bytes, &|_, _| true, read, sink)
        }
    }
}

/// Reads plain text: one page, if it is no larger than any page.
fn read_plain(task: &Task, bytes: Bytes, sink: &mut ReadSink) -> ControlFlow<()> {
    if task.options.max_bytes <= pieces::WHOLE {
        return read_whole(task, bytes, &is_text, plain, sink);
    }
    let Bytes { stream, packing } = bytes;
    let (head, problem) = read_up_to(stream, pieces::WHOLE, packing);
    if head.len() as u64 > pieces::WHOLE {
        return pieces::read(task, &mut Cursor::new(head).chain(stream), packing, sink);
    }
    hand_on(task, (&head, problem), &is_text, plain, sink)
}

/// Whether bytes may be text.
fn is_text(task: &Task, bytes: &[u8]) -> bool {
    !is_binary(bytes, task.options.charset)
}

/// Reads all bytes, and hands them on up to where they are damaged.
fn read_whole(
    task: &Task,
    Bytes { stream, packing }: Bytes,
    is_usable: &dyn Fn(&Task, &[u8]) -> bool,
    read: impl Fn(&Task, &[u8], &mut ReadSink) -> ControlFlow<()>,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    let limit = task.options.max_bytes;
    let (bytes, problem) = read_up_to(stream, limit, packing);
    if bytes.len() as u64 > limit {
        return sink(Err(task.problem(ProblemKind::TooLarge { limit, size: None })));
    }
    hand_on(task, (&bytes, problem), is_usable, read, sink)
}

/// Reads so many bytes, and one more if there are more, up to an error.
fn read_up_to(
    stream: &mut dyn BufRead,
    limit: u64,
    packing: Packing,
) -> (Vec<u8>, Option<ProblemKind>) {
    let mut bytes = Vec::new();
    let result = stream.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    (bytes, result.err().map(|error| packing.kind_of_error(&error)))
}

/// Hands on what was read, up to a problem.
fn hand_on(
    task: &Task,
    (bytes, problem): (&[u8], Option<ProblemKind>),
    is_usable: &dyn Fn(&Task, &[u8]) -> bool,
    read: impl Fn(&Task, &[u8], &mut ReadSink) -> ControlFlow<()>,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    if !is_usable(task, bytes) {
        // Whatever kept it from being read is worth more than that it is passed over.
        return sink(Err(task.problem(problem.unwrap_or(ProblemKind::Binary))));
    }
    if problem.as_ref().is_none_or(|kind| kind.is_damage() && !bytes.is_empty()) {
        read(task, bytes, sink)?;
    }
    match problem {
        Some(kind) => sink(Err(task.problem(kind))),
        None => ControlFlow::Continue(()),
    }
}

/// Reads one text.
pub(super) fn plain(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    sink(Ok(task.text(decode(bytes, task.options.charset), None)))
}

/// Says that something is no text.
pub(super) fn refuse(task: &Task, _: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    sink(Err(task.problem(ProblemKind::Binary)))
}

#[cfg(test)]
mod tests;
