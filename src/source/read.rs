//! From an entry to its texts.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use rustix::fs::OFlags;

use super::encoding::{Charset, Decoded, decode, is_binary};
use super::unpack::{GZIP, Packing};
use super::walk::special_file;
use super::{Entry, Origin, Text, jsonl};
use crate::error::{Problem, ProblemKind};

/// How to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of every text; found out for each when `None`.
    pub charset: Option<Charset>,
    /// The largest text that is read, in bytes after unpacking. In a JSON Lines file it is the
    /// limit for one line.
    pub max_bytes: u64,
    /// What the sources hold.
    pub format: Format,
}

/// 1 GiB: more than any text that a person would open, less than a memory.
const DEFAULT_MAX_BYTES: u64 = 1 << 30;

impl Default for ReadOptions {
    fn default() -> Self {
        Self { charset: None, max_bytes: DEFAULT_MAX_BYTES, format: Format::ByName }
    }
}

/// What a source holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JSON Lines when the name ends in `.jsonl` or `.ndjson`, with or without `.gz`; otherwise
    /// one text.
    #[default]
    ByName,
    /// One text.
    Plain,
    /// One JSON object per line, each with a text.
    JsonLines,
}

/// Receives the texts of an entry; reading ends when it breaks.
pub type ReadSink<'a> = dyn FnMut(Result<Text, Problem>) -> ControlFlow<()> + 'a;

/// Reads an entry and hands each of its texts, or what went wrong, to `sink`.
///
/// A plain file gives one text or one problem, an empty file an empty text. A JSON Lines file
/// gives as many as it has lines. Data packed by gzip is unpacked, whatever its name; when it is
/// damaged, what came before the damage is handed on, followed by the problem. Breaks when the
/// sink breaks.
pub fn read(entry: &Entry, options: &ReadOptions, sink: &mut ReadSink) -> ControlFlow<()> {
    match &entry.origin {
        Origin::Demo(page) => sink(Ok(Text { decoded: Decoded::utf8(page.text), record: None })),
        Origin::Stdin => read_stream(entry.place(), io::stdin().lock(), options, sink),
        Origin::File(path) => match open(path, options) {
            Ok(file) => {
                read_stream(entry.place(), BufReader::with_capacity(BUFFER, file), options, sink)
            }
            Err(kind) => sink(Err(Problem::new(entry.place(), kind))),
        },
    }
}

/// Large enough that most newspaper pages take one call to the operating system.
const BUFFER: usize = 64 * 1024;

/// Opens a regular file, and nothing else: without `NONBLOCK` a pipe would wait for a writer, and
/// what the path named a moment ago may be another thing by now, so the open file is asked.
fn open(path: &Path, options: &ReadOptions) -> Result<File, ProblemKind> {
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
    let whole = format_of(path.as_os_str(), options) == Format::Plain;
    if whole && data.len() > options.max_bytes {
        return Err(ProblemKind::TooLarge { limit: options.max_bytes, size: Some(data.len()) });
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

/// [`Format::Plain`] or [`Format::JsonLines`].
fn format_of(place: &OsStr, options: &ReadOptions) -> Format {
    if options.format != Format::ByName {
        return options.format;
    }
    let mut name = Path::new(place);
    if name.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz")) {
        name = name.file_stem().map_or(name, Path::new);
    }
    let is_jsonl = name.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("jsonl") || extension.eq_ignore_ascii_case("ndjson")
    });
    if is_jsonl { Format::JsonLines } else { Format::Plain }
}

fn read_stream(
    place: &OsStr,
    mut stream: impl BufRead,
    options: &ReadOptions,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    let packed = loop {
        match stream.fill_buf() {
            Ok(head) => break head.starts_with(&GZIP),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return sink(Err(Problem::new(place, ProblemKind::from(&error)))),
        }
    };
    if packed {
        let unpacked = BufReader::with_capacity(BUFFER, MultiGzDecoder::new(stream));
        read_unpacked(place, unpacked, options, &|error| Packing::Gzip.kind_of_error(error), sink)
    } else {
        read_unpacked(place, stream, options, &|error| ProblemKind::from(error), sink)
    }
}

fn read_unpacked(
    place: &OsStr,
    stream: impl BufRead,
    options: &ReadOptions,
    kind_of_error: &dyn Fn(&io::Error) -> ProblemKind,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    if format_of(place, options) == Format::JsonLines {
        return jsonl::read(place, stream, options, kind_of_error, sink);
    }
    let mut bytes = Vec::new();
    let result = stream.take(options.max_bytes.saturating_add(1)).read_to_end(&mut bytes);
    let problem = result.err().map(|error| kind_of_error(&error));
    if bytes.len() as u64 > options.max_bytes {
        let kind = ProblemKind::TooLarge { limit: options.max_bytes, size: None };
        return sink(Err(Problem::new(place, kind)));
    }
    if is_binary(&bytes, options.charset) {
        return sink(Err(Problem::new(place, ProblemKind::Binary)));
    }
    let usable = match problem {
        None => true,
        Some(ProblemKind::DamagedGzip { .. }) => !bytes.is_empty(),
        Some(_) => false,
    };
    if usable {
        sink(Ok(Text { decoded: decode(&bytes, options.charset), record: None }))?;
    }
    match problem {
        Some(kind) => sink(Err(Problem::new(place, kind))),
        None => ControlFlow::Continue(()),
    }
}

#[cfg(test)]
mod tests;
