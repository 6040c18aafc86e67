//! Reading a file that a person wrote for this program.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use crate::lang::Lang;

/// The most bytes of such a file. Nobody writes as much by hand.
const MOST: u64 = 1024 * 1024;

/// A file that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// Why not.
    pub why: Why,
}

/// Why a file could not be read.
#[derive(Debug)]
pub enum Why {
    /// It is a folder.
    Folder,
    /// It is a pipe or a device, and reading it could wait for ever.
    Special,
    /// It is larger than a person would write it.
    TooLarge,
    /// What the operating system says.
    System(io::Error),
}

impl Unreadable {
    /// The file, and why it could not be read, in one line.
    pub fn message(&self, lang: Lang) -> String {
        format!("{}: {}", self.path.to_string_lossy(), self.why.words(lang))
    }

    /// Whether there is no such file. A file in the place of its folder is as good as that.
    pub fn is_missing(&self) -> bool {
        use io::ErrorKind::{NotADirectory, NotFound};
        matches!(&self.why, Why::System(error) if matches!(error.kind(), NotFound | NotADirectory))
    }
}

impl Why {
    /// Why, without the file.
    pub fn words(&self, lang: Lang) -> String {
        let words = match self {
            Self::Folder => lang.of("这是文件夹，不是文件", "it is a folder, not a file"),
            Self::Special => lang.of("不是普通文件", "it is not a regular file"),
            Self::TooLarge => lang.of("超过 1 MiB，不读", "it is larger than 1 MiB, and not read"),
            Self::System(error) => match error.kind() {
                io::ErrorKind::NotFound => lang.of("没有这个文件", "there is no such file"),
                io::ErrorKind::PermissionDenied => lang.of("没有读它的权限", "permission denied"),
                _ => return format!("{}{error}", lang.of("读不了：", "cannot be read: ")),
            },
        };
        words.to_owned()
    }
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The person named it. It may be a pipe: shells give those.
    ByName,
    /// It lies where such files lie.
    ByPlace,
}

/// The bytes of a file.
pub(super) fn read(path: &Path, asked: Asked) -> Result<Vec<u8>, Unreadable> {
    let unreadable = |why| Unreadable { path: path.to_owned(), why };
    let system = |error| unreadable(Why::System(error));
    let meta = fs::metadata(path).map_err(system)?;
    if meta.is_dir() {
        return Err(unreadable(Why::Folder));
    }
    if !meta.is_file() && asked == Asked::ByPlace {
        return Err(unreadable(Why::Special));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(system)?;
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(system)?;
    if bytes.len() as u64 > MOST { Err(unreadable(Why::TooLarge)) } else { Ok(bytes) }
}
