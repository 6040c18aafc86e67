//! What a source holds, and who reads it: a table.
//!
//! Archive files are told by their first bytes. What texts are written in is told by the name, which
//! the first characters may refute; only where there is no extension, as on standard input, do they
//! alone decide. So a `.txt` is plain text, whatever it begins with.

use std::ffi::OsStr;
use std::ops::ControlFlow;
use std::path::Path;

use super::read::{ReadSink, refuse};
use super::stream::{Bytes, Seekable};
use super::task::Task;
use super::walk::is_not_text;
use super::{csv, epub, feed, html, json, jsonl, markdown, sevenz, tar, zip};

/// What a source holds, when it is no archive file; those and books are known by their first bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// What name and first characters say, in doubt one text.
    #[default]
    ByName,
    /// One text.
    Plain,
    /// One JSON object per line, each with a text.
    JsonLines,
    /// JSON with objects in it, each with a text.
    Json,
    /// A table with a row of names and a text in each other row.
    Csv,
    /// The same with tabs.
    Tsv,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// RSS or Atom.
    Feed,
}

/// Reads what a task holds.
type ReadBytes = fn(&Task, &[u8], &mut ReadSink) -> ControlFlow<()>;
/// Reads what a task holds, as it comes.
type ReadStream = fn(&Task, Bytes, &mut ReadSink) -> ControlFlow<()>;

/// Who reads a source, and how its bytes come.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// An archive file whose list of members is at its end.
    Listed(fn(&Task, &mut dyn Seekable, &mut ReadSink) -> ControlFlow<()>),
    /// An archive file that is read from its beginning on.
    Stream(ReadStream),
    /// Records that are read one by one.
    Records(ReadStream),
    /// One text, or the pieces of one. Bytes that are no text are refused.
    Plain,
    /// Something that is read whole. Bytes that are no text are refused.
    Text(ReadBytes),
    /// Something that is read whole and is no text.
    Binary(ReadBytes),
}

impl Reader {
    /// Whether it is an archive file, which may not lie in another one.
    pub(super) fn is_archive(self) -> bool {
        matches!(self, Self::Listed(_) | Self::Stream(_))
    }
}

/// Whether name and first bytes show something.
type Shows = fn(&OsStr, &[u8]) -> bool;

/// Archive files, and who reads them. The first that fits counts.
const ARCHIVES: [(Shows, Reader); 5] = [
    (is_epub, Reader::Binary(epub::read)),
    (is_office, Reader::Binary(refuse)),
    (is_zip, Reader::Listed(zip::read)),
    (is_sevenz, Reader::Listed(sevenz::read)),
    (is_tar, Reader::Stream(tar::read)),
];

/// What texts are written in.
struct Row {
    format: Format,
    /// Extensions of names.
    ends: &'static [&'static str],
    /// Whether something with such a name can be this.
    allows: fn(&str) -> bool,
    /// Whether something without any extension is this.
    shows: fn(&str) -> bool,
    reader: Reader,
}

const TEXTS: &[Row] = &[
    Row {
        format: Format::JsonLines,
        ends: &["jsonl", "ndjson"],
        allows: always,
        shows: is_json_lines,
        reader: Reader::Records(jsonl::read),
    },
    Row {
        format: Format::Json,
        ends: &["json"],
        allows: |start| start.starts_with(['{', '[']),
        shows: is_json,
        reader: Reader::Text(json::read),
    },
    Row {
        format: Format::Csv,
        ends: &["csv"],
        allows: always,
        shows: never,
        reader: Reader::Text(csv::read),
    },
    Row {
        format: Format::Tsv,
        ends: &["tsv"],
        allows: always,
        shows: never,
        reader: Reader::Text(csv::read_tabs),
    },
    Row {
        format: Format::Html,
        ends: &["html", "htm", "shtml", "xhtml"],
        allows: |start| start.contains('<'),
        shows: is_html,
        reader: Reader::Text(html::read),
    },
    Row {
        format: Format::Markdown,
        ends: &["md", "markdown"],
        allows: always,
        shows: never,
        reader: Reader::Text(markdown::read),
    },
    Row {
        format: Format::Feed,
        ends: &["xml", "rss", "atom", "rdf"],
        allows: is_feed,
        shows: is_feed,
        reader: Reader::Text(feed::read),
    },
    // XHTML.
    Row {
        format: Format::Html,
        ends: &["xml"],
        allows: |start| start.contains("<html"),
        shows: |start| start.starts_with("<?xml") && start.contains("<html"),
        reader: Reader::Text(html::read),
    },
];

/// Who reads a source with this name that begins with these bytes.
pub(super) fn reader_of(place: &OsStr, head: &[u8], wanted: Format) -> Reader {
    if let Some((_, reader)) = ARCHIVES.iter().find(|(shows, _)| shows(place, head)) {
        return *reader;
    }
    if wanted != Format::ByName {
        return TEXTS
            .iter()
            .find(|row| row.format == wanted)
            .map_or(Reader::Plain, |row| row.reader);
    }
    let start = start_of(head);
    let fits = |row: &&Row| match extension(place) {
        Some(end) => row.ends.contains(&&*end) && (row.allows)(&start),
        None => (row.shows)(&start),
    };
    TEXTS.iter().find(fits).map_or(Reader::Plain, |row| row.reader)
}

/// The extension that says what a file holds once it is unpacked.
fn extension(place: &OsStr) -> Option<String> {
    let mut name = Path::new(place);
    let is = |name: &Path, end: &str| {
        name.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(end))
    };
    if is(name, "gz") || is(name, "zst") {
        name = name.file_stem().map_or(name, Path::new);
    }
    Some(name.extension()?.to_string_lossy().to_ascii_lowercase())
}

/// The first characters in lower case, as far as they are ASCII in whatever encoding.
fn start_of(head: &[u8]) -> String {
    let ascii = head.iter().filter(|byte| byte.is_ascii() && **byte != 0);
    let start: String = ascii.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    start.trim_start().to_owned()
}

fn always(_: &str) -> bool {
    true
}

fn never(_: &str) -> bool {
    false
}

/// An object, or an array of objects.
fn is_json(start: &str) -> bool {
    opens(start, &['{', '"']) || opens(start, &['[', '{', '"'])
}

fn is_html(start: &str) -> bool {
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

fn is_feed(start: &str) -> bool {
    let roots = ["<rss", "<feed", "<rdf:rdf"];
    let has = roots.iter().any(|root| start.contains(root));
    has && (start.starts_with("<?xml") || roots.iter().any(|root| start.starts_with(root)))
}

/// `{"…` up to the end of a line that closes it.
fn is_json_lines(start: &str) -> bool {
    let line = start.split_once('\n').map_or("", |(line, _)| line.trim_end());
    opens(start, &['{', '"']) && line.ends_with('}')
}

/// Whether these marks come first, with nothing but white space between them.
fn opens(start: &str, marks: &[char]) -> bool {
    let mut rest = start;
    marks.iter().all(|mark| {
        let after = rest.trim_start().strip_prefix(*mark);
        rest = after.unwrap_or_default();
        after.is_some()
    })
}

fn is_zip(_: &OsStr, head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn is_sevenz(_: &OsStr, head: &[u8]) -> bool {
    head.starts_with(&sevenz::MARK)
}

/// Books are zip archives that begin with their kind, or have such a name.
fn is_epub(place: &OsStr, head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    let named = || extension(place).is_some_and(|end| end == "epub");
    is_zip(place, head) && (name.starts_with(b"mimetypeapplication/epub+zip") || named())
}

/// Office files and programs are zip archives with such a name, or begin with such a member.
fn is_office(place: &OsStr, head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    let starts = [&b"[Content_Types].xml"[..], b"mimetypeapplication/vnd.", b"META-INF/"];
    let begins = || starts.iter().any(|start| name.starts_with(start));
    is_zip(place, head) && (is_not_text(place) || begins())
}

/// The mark of tar archives, or the sum over a header without one.
fn is_tar(_: &OsStr, head: &[u8]) -> bool {
    if head.get(257..262) == Some(b"ustar") {
        return true;
    }
    let (Some(header), Some(told)) = (head.get(..tar::BLOCK), head.get(148..156)) else {
        return false;
    };
    let told = str::from_utf8(told).unwrap_or_default().trim_matches(['\0', ' ']);
    header.first() != Some(&0) && u32::from_str_radix(told, 8) == Ok(tar::sum(header))
}
