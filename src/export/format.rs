//! The formats, and how a file name asks for one.

use std::{ffi::OsStr, path::Path};

/// What an export looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown, as GitHub reads it.
    Markdown,
    /// One page that needs nothing else, for browsers.
    Html,
    /// One JSON document.
    Json,
    /// A line of JSON for each article.
    JsonLines,
    /// A row for each article, for spreadsheets.
    Csv,
    /// The text alone.
    Plain,
}

/// The endings of file names, the usual one of each format first.
const ENDINGS: [(&str, Format); 10] = [
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("csv", Format::Csv),
    ("txt", Format::Plain),
    ("text", Format::Plain),
];

impl Format {
    /// The usual endings of file names, for messages.
    pub const USUAL: &str = ".md .html .json .jsonl .csv .txt";

    /// The format that the ending of a file name asks for.
    ///
    /// ```
    /// use std::path::Path;
    /// use zhaidu::export::Format;
    ///
    /// assert_eq!(Format::of(Path::new("a/石板路上.HTML")), Some(Format::Html));
    /// assert_eq!(Format::of(Path::new("石板路上")), None);
    /// ```
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension().and_then(OsStr::to_str)?;
        let known = ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending));
        known.map(|(_, format)| *format)
    }
}
