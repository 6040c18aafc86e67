//! From paths to decoded texts: the edge that touches the disk.
//!
//! [`walk`](walk::walk) finds what there is to read and yields an [`Entry`] for each;
//! [`read`](read::read) turns an entry into one or several [`Text`]s. Both hand their results to a
//! sink as they come, so that a list can fill while a million files are still unread, and both go
//! on after a [`Problem`]: one source that cannot be read never stops the rest.
//!
//! What a file holds, and who reads it, is the table in [`format`](mod@format): archive files hand each of their
//! members back to [`read`], readers of records give a [`Record`] with each text.
//!
//! Three rules keep a hostile archive harmless. Only regular files are read, and that is checked
//! on the opened file, so that no pipe can block. Files are read into memory of our own and never
//! mapped, so that a file cut off meanwhile cannot kill the process. Nothing is written anywhere.
//!
//! [`Problem`]: crate::error::Problem

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

mod csv;
pub mod demo;
mod detect;
pub mod encoding;
mod epub;
mod feed;
pub mod fields;
pub mod format;
mod frequent;
mod html;
mod json;
mod jsonl;
pub mod lines;
mod markdown;
mod members;
mod pieces;
pub mod read;
mod sevenz;
mod stream;
mod tar;
mod task;
pub mod unpack;
pub mod walk;
mod zip;

pub use demo::DemoPage;
pub use encoding::{Charset, Confidence, Decoded};
pub use fields::{Field, FieldNames};

/// Something that can be read: a file, standard input, or a page of the built-in demo.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Where its bytes are.
    pub origin: Origin,
}

/// Where the bytes of an [`Entry`] are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A file: the path that was given, followed by the way down from it.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A page that is part of the program.
    Demo(&'static DemoPage),
}

impl Entry {
    /// The entry for a file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { origin: Origin::File(path.into()) }
    }

    /// Whether it is a page that is part of the program.
    pub fn is_demo(&self) -> bool {
        matches!(self.origin, Origin::Demo(_))
    }

    /// The entry for standard input.
    pub fn stdin() -> Self {
        Self { origin: Origin::Stdin }
    }

    /// The path of its file, if it is one.
    pub fn file_path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Stdin | Origin::Demo(_) => None,
        }
    }

    /// The pages of the built-in demo, in the order of their dates.
    pub fn demo() -> impl Iterator<Item = Self> {
        demo::PAGES.iter().map(|page| Self { origin: Origin::Demo(page) })
    }

    /// What to call it: the path as it was given or found, or a name such as `<stdin>`.
    ///
    /// The name may hold any byte. It is for people; use [`Entry::origin`] to tell entries apart.
    pub fn place(&self) -> &OsStr {
        match &self.origin {
            Origin::File(path) => path.as_os_str(),
            Origin::Stdin => OsStr::new("<stdin>"),
            Origin::Demo(page) => OsStr::new(page.name),
        }
    }
}

/// One text of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text itself.
    pub decoded: Decoded,
    /// What the source says about the text, when it is a record: an article already.
    pub record: Option<Record>,
    /// The name of the member that holds it, when the entry is an archive file; not sanitised.
    pub member: Option<String>,
    /// Lines above it, when it is a piece of a text that is too large to be one.
    pub above: usize,
}

/// Where a text is: the place of its entry, followed by the member that holds it.
///
/// ```
/// use std::ffi::OsStr;
/// use zhaidu::source::place_of;
///
/// assert_eq!(&*place_of(OsStr::new("a.zip"), Some("2014/01.txt")), "a.zip/2014/01.txt");
/// assert_eq!(&*place_of(OsStr::new("a.txt"), None), "a.txt");
/// ```
pub fn place_of<'a>(entry: &'a OsStr, member: Option<&str>) -> Cow<'a, OsStr> {
    let Some(member) = member else { return Cow::Borrowed(entry) };
    let mut place = entry.to_owned();
    place.push("/");
    place.push(member);
    Cow::Owned(place)
}

/// What a record says about its text: a line of a JSON Lines file, an item of a feed, a web page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The line at which it begins, from 1; of a chapter of a book its number.
    pub line: u64,
    /// The headline.
    pub title: Option<String>,
    /// The date, as written.
    pub date: Option<String>,
    /// Who wrote it, as written.
    pub author: Option<String>,
    /// The paper or agency it is from, as written.
    pub source: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_place() {
        assert_eq!(Entry::file("./a/b.txt").place(), "./a/b.txt");
        assert_eq!(Entry::stdin().place(), "<stdin>");
        let demo = Entry::demo().next();
        assert_eq!(demo.as_ref().map(Entry::place), Some(OsStr::new("2023-05-12-第03版.txt")));
    }
}
