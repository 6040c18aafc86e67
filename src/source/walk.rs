//! Finds what there is to read.
//!
//! Arguments come in the order in which they were given, what lies in a folder in the byte order
//! of the names, so that the same archive always gives the same list. No file is opened, and none
//! is asked for its size: the kind of each comes with the listing of its folder.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Entry;
use crate::error::{Problem, ProblemKind, SpecialFile};

/// How to walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WalkOptions {
    /// What to do with symbolic links inside folders. A link that was named is always followed.
    pub links: FollowLinks,
    /// What to do with hidden files and folders. One that was named is always read.
    pub hidden: Hidden,
}

impl WalkOptions {
    /// Whether a name on the way from a root down to what lies at `below` hides it from a walk.
    pub fn hides(&self, below: &Path) -> bool {
        self.hidden == Hidden::Skip && below.components().any(|name| is_hidden(name.as_os_str()))
    }
}

/// Whether symbolic links inside folders are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FollowLinks {
    /// They are skipped.
    #[default]
    Never,
    /// They are followed, each folder being listed once however many links lead to it.
    Always,
}

/// Whether files and folders whose names begin with a dot are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// They are skipped.
    #[default]
    Skip,
    /// They are read like the others.
    Include,
}

/// What [`walk`] has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalkEvent {
    /// Something to read.
    Entry(Entry),
    /// Something that should have been read and cannot be.
    Problem(Problem),
    /// Something that was passed over on purpose.
    Skipped {
        /// Where it is.
        path: PathBuf,
        /// Why it was passed over.
        reason: SkipReason,
    },
}

/// Why something was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SkipReason {
    /// Its name begins with a dot.
    Hidden,
    /// It is a symbolic link that is not followed, leads back to a folder above it, or leads to a
    /// folder that was listed already.
    Link,
    /// Its name says that it holds no text.
    NotText,
    /// It is a pipe, a socket or a device.
    Special,
}

/// Receives the events of a walk; the walk ends when it breaks.
pub type WalkSink<'a> = dyn FnMut(WalkEvent) -> ControlFlow<()> + 'a;

/// Walks through files and folders and hands what it finds to `sink`.
///
/// A path `-` is standard input (a file of that name is `./-`). Breaks when the sink breaks.
pub fn walk(paths: &[PathBuf], options: &WalkOptions, sink: &mut WalkSink) -> ControlFlow<()> {
    let mut listed = HashSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            sink(WalkEvent::Entry(Entry::stdin()))?;
        } else {
            walk_one(path, *options, &mut listed, sink)?;
        }
    }
    ControlFlow::Continue(())
}

fn walk_one(
    root: &Path,
    options: WalkOptions,
    listed: &mut HashSet<(u64, u64)>,
    sink: &mut WalkSink,
) -> ControlFlow<()> {
    let follow = options.links == FollowLinks::Always;
    let entries = WalkDir::new(root).sort_by(by_name).follow_links(follow);
    let mut entries = entries.into_iter();
    while let Some(entry) = entries.next() {
        let step = match entry {
            Ok(entry) => judge(entry, options, listed),
            Err(error) => Step::Tell(event_of(root, &error)),
        };
        match step {
            Step::Tell(event) => sink(event)?,
            Step::Enter => {}
            Step::Leave(path, reason) => {
                entries.skip_current_dir();
                sink(WalkEvent::Skipped { path, reason })?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// The folders that [`walk`] lists, each before those in it. What cannot be listed is left out: a walk
/// tells of it.
pub fn folders(paths: &[PathBuf], options: &WalkOptions, sink: &mut dyn FnMut(PathBuf)) {
    let follow = options.links == FollowLinks::Always;
    let mut listed = HashSet::new();
    for root in paths {
        let mut entries = WalkDir::new(root).follow_links(follow).into_iter();
        while let Some(entry) = entries.next() {
            let Ok(entry) = entry else { continue };
            if !entry.file_type().is_dir() && entry.depth() > 0 {
                continue;
            }
            let path = entry.path().to_path_buf();
            match judge(entry, *options, &mut listed) {
                Step::Tell(_) => {}
                Step::Enter => sink(path),
                Step::Leave(..) => entries.skip_current_dir(),
            }
        }
    }
}

/// The order of two entries of one folder. Their paths differ in the name only, and are compared without
/// being taken apart.
fn by_name(a: &DirEntry, b: &DirEntry) -> Ordering {
    a.path().as_os_str().as_bytes().cmp(b.path().as_os_str().as_bytes())
}

/// What to do with one entry of a walk.
enum Step {
    /// Hand the event on.
    Tell(WalkEvent),
    /// It is a folder: list it.
    Enter,
    /// It is a folder: do not list it.
    Leave(PathBuf, SkipReason),
}

fn judge(entry: DirEntry, options: WalkOptions, listed: &mut HashSet<(u64, u64)>) -> Step {
    let named = entry.depth() == 0;
    let kind = entry.file_type();
    let hidden = !named && options.hidden == Hidden::Skip && is_hidden(entry.file_name());
    if named && kind.is_symlink() {
        return judge_named_link(entry.into_path());
    }
    if kind.is_dir() {
        if hidden {
            return Step::Leave(entry.into_path(), SkipReason::Hidden);
        }
        if options.links == FollowLinks::Always && !first_visit(&entry, listed) {
            return Step::Leave(entry.into_path(), SkipReason::Link);
        }
        return Step::Enter;
    }
    let reason = if hidden {
        Some(SkipReason::Hidden)
    } else if kind.is_symlink() {
        Some(SkipReason::Link)
    } else if !kind.is_file() {
        if named {
            return Step::Tell(special(entry.into_path(), kind));
        }
        Some(SkipReason::Special)
    } else if !named && is_not_text(entry.file_name()) {
        Some(SkipReason::NotText)
    } else {
        None
    };
    let path = entry.into_path();
    Step::Tell(match reason {
        Some(reason) => WalkEvent::Skipped { path, reason },
        None => WalkEvent::Entry(Entry::file(path)),
    })
}

/// A link that was named stands for what it leads to; `walkdir` lists it when that is a folder.
fn judge_named_link(path: PathBuf) -> Step {
    match fs::metadata(&path) {
        Ok(data) if data.is_dir() => Step::Enter,
        Ok(data) if data.is_file() => Step::Tell(WalkEvent::Entry(Entry::file(path))),
        Ok(data) => Step::Tell(special(path, data.file_type())),
        Err(error) => {
            let kind = ProblemKind::from(&error);
            Step::Tell(WalkEvent::Problem(Problem::new(path, kind)))
        }
    }
}

/// Whether this folder was not listed before under another name.
///
/// `walkdir` sees a link to a folder above it. A few folders with links to each other hold no such
/// loop and yet more paths than anyone can walk, so each folder is listed once.
fn first_visit(folder: &DirEntry, listed: &mut HashSet<(u64, u64)>) -> bool {
    folder.metadata().map_or(true, |data| listed.insert((data.dev(), data.ino())))
}

fn special(path: PathBuf, kind: FileType) -> WalkEvent {
    WalkEvent::Problem(Problem::new(path, ProblemKind::Special(special_file(kind))))
}

/// What a file is that is not regular.
pub(super) fn special_file(kind: FileType) -> SpecialFile {
    if kind.is_dir() {
        SpecialFile::Folder
    } else if kind.is_fifo() {
        SpecialFile::Pipe
    } else if kind.is_socket() {
        SpecialFile::Socket
    } else if kind.is_char_device() {
        SpecialFile::CharacterDevice
    } else if kind.is_block_device() {
        SpecialFile::BlockDevice
    } else {
        SpecialFile::Unknown
    }
}

fn event_of(root: &Path, error: &walkdir::Error) -> WalkEvent {
    let path = error.path().unwrap_or(root).to_path_buf();
    let Some(cause) = error.io_error() else {
        return WalkEvent::Skipped { path, reason: SkipReason::Link };
    };
    let kind = match cause.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => ProblemKind::DanglingLink,
        io::ErrorKind::NotFound if error.depth() > 0 => ProblemKind::Vanished,
        _ => ProblemKind::from(cause),
    };
    WalkEvent::Problem(Problem::new(path, kind))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_bytes().first() == Some(&b'.')
}

/// Whether the extension of a name belongs to something that is surely not text.
///
/// What has no extension, or one that is not in the table, is tried: reading it tells.
pub fn is_not_text(name: &OsStr) -> bool {
    let path = Path::new(name);
    match path.extension() {
        Some(end) if end.eq_ignore_ascii_case("gz") || end.eq_ignore_ascii_case("zst") => {
            path.file_stem().and_then(|stem| Path::new(stem).extension()).is_some_and(is_in_table)
        }
        Some(extension) => is_in_table(extension),
        None => false,
    }
}

fn is_in_table(extension: &OsStr) -> bool {
    let lower = extension.to_ascii_lowercase();
    lower.to_str().is_some_and(|lower| NOT_TEXT.binary_search(&lower).is_ok())
}

/// Extensions of pictures, sound, films, programs, office files, databases, fonts, and of archive
/// files that cannot be opened; sorted.
const NOT_TEXT: &[&str] = &[
    "a", "aac", "accdb", "ai", "aiff", "amr", "apk", "arrow", "avi", "avif", "azw", "azw3", "bin",
    "bmp", "br", "bz2", "caj", "ceb", "class", "db", "db3", "deb", "dll", "dmg", "doc", "docm",
    "docx", "dwg", "dylib", "eot", "eps", "et", "exe", "feather", "flac", "flv", "gif", "h5",
    "hdf5", "heic", "icns", "ico", "img", "iso", "jar", "jpeg", "jpg", "jxl", "ko", "lz", "lz4",
    "lzma", "m4a", "m4v", "mdb", "mid", "mkv", "mobi", "mov", "mp3", "mp4", "mpeg", "mpg", "msi",
    "nh", "npy", "npz", "o", "odp", "ods", "odt", "ofd", "ogg", "onnx", "opus", "otf", "parquet",
    "pdf", "pickle", "pkl", "png", "pps", "ppt", "pptm", "pptx", "ps", "psd", "pt", "pyc", "pyd",
    "rar", "rlib", "rm", "rmvb", "rpm", "so", "sqlite", "sqlite3", "swf", "tbz", "tif", "tiff",
    "ttc", "ttf", "txz", "wasm", "wav", "webm", "webp", "wma", "wmv", "woff", "woff2", "wps",
    "xls", "xlsm", "xlsx", "xz",
];

#[cfg(test)]
mod tests;
