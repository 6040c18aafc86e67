//! Files that are only ever added to, for what a person must not lose.
//!
//! Each running program writes a file of its own in a folder, so two of them need no lock and never mix
//! their lines. A line is a checksum and a text of JSON; it is on the disk before anybody is told that it
//! is kept. What the lines say, and which of them hold, is the business of who keeps them.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{overrides::StoreError, private};

/// Files that a program gives up, one after the other, because what was added did not reach the disk.
const MOST_FILES: u32 = 8;

/// The file that this program adds to, which is made with the first line.
#[derive(Debug)]
pub struct Journal {
    folder: Option<PathBuf>,
    /// When the program started and its process: what no other one has.
    name: String,
    file: Option<File>,
    /// Whether a write failed, so that the last line may have no end.
    is_torn: bool,
    /// Lines that were stamped.
    count: u64,
    /// When the latest line was made that is known.
    last: u64,
    /// Files that were given up before this one.
    given_up: u32,
}

/// What tells a line from all others, and which of two is the later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The name of the line, which no other one has.
    pub id: String,
    /// Milliseconds since 1970; later than every line that was known when it was made.
    pub at: u64,
}

impl Journal {
    /// A journal in a folder, which need not be there. Without a folder nothing can be kept.
    pub fn new(folder: Option<PathBuf>) -> Self {
        let name = format!("{:x}-{}", since_1970().as_nanos(), process::id());
        Self { folder, name, file: None, is_torn: false, count: 0, last: 0, given_up: 0 }
    }

    /// The name of its file. It is another one after what was added did not reach the disk.
    pub fn file_name(&self) -> String {
        match self.given_up {
            0 => format!("{}.jsonl", self.name),
            number => format!("{}-{number}.jsonl", self.name),
        }
    }

    /// Lines that are made from now on are later than this one: a clock that was set back must not
    /// have a person's last word lose.
    pub fn follow(&mut self, at: u64) {
        self.last = self.last.max(at);
    }

    /// The stamp of a line that is made now.
    pub fn stamp(&mut self) -> Stamp {
        self.count += 1;
        let now = since_1970().as_millis() as u64;
        self.last = now.max(self.last.saturating_add(1));
        Stamp { id: format!("{}-{}", self.name, self.count), at: self.last }
    }

    /// Adds lines, each with its end: they are on disk when this returns. After a failure they may be
    /// added once more, all of them: a line that is there twice counts once.
    ///
    /// # Errors
    ///
    /// When they could not all be written.
    pub fn append(&mut self, lines: impl IntoIterator<Item = String>) -> Result<(), StoreError> {
        let folder = self.folder.as_deref().ok_or(StoreError::NoFolder)?;
        let path = folder.join(self.file_name());
        // What is written to a file without a name is lost.
        let open = self.file.take().filter(|_| path.exists());
        let written =
            open.map_or_else(|| create(folder, &path), Ok).and_then(|file| self.write(file, lines));
        written.map_err(|error| StoreError::File(path, error))
    }

    fn write(&mut self, mut file: File, lines: impl IntoIterator<Item = String>) -> io::Result<()> {
        let was_torn = std::mem::replace(&mut self.is_torn, true);
        let mut text = if was_torn { "\n".to_owned() } else { String::new() };
        text.extend(lines);
        // At once, so that thousands of lines are no thousands of writes.
        file.write_all(text.as_bytes())?;
        if let Err(error) = file.sync_data() {
            // What the system could not write it may take for written from now on.
            self.given_up = (self.given_up + 1).min(MOST_FILES);
            return Err(error);
        }
        self.is_torn = false;
        self.file = Some(file);
        Ok(())
    }
}

/// Opens the file to add to; the names of what is made are on disk, too.
fn create(folder: &Path, path: &Path) -> io::Result<File> {
    let is_new = !folder.is_dir();
    private::make_folder(folder)?;
    if is_new {
        folder.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())?;
    }
    let file = private::options().append(true).open(path)?;
    File::open(folder)?.sync_all()?;
    Ok(file)
}

fn since_1970() -> std::time::Duration {
    // A clock before 1970 is as good as none.
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The line that holds a text without line breaks: the eight digits of its CRC-32 in lower case, a
/// space, the text, and the end of the line.
pub fn sealed(text: &str) -> String {
    format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes()))
}

/// The text of a line without its end; `None` when it is not as it was written.
pub fn unsealed(line: &[u8]) -> Option<&str> {
    let (sum, text) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    // The digits as well: one that changed its case was changed.
    (sum == format!("{:08x}", crc32fast::hash(text.as_bytes()))).then_some(text)
}

/// Hands the bytes of each journal of a folder to `take`. What cannot be read is told; the rest counts.
pub fn read_all(folder: Option<&Path>, take: &mut dyn FnMut(&[u8])) -> Vec<StoreError> {
    let mut errors = Vec::new();
    let Some(folder) = folder else { return errors };
    for path in files(folder, &mut errors) {
        match fs::read(&path) {
            Ok(bytes) => take(&bytes),
            Err(error) => errors.push(StoreError::File(path, error)),
        }
    }
    errors
}

/// The lines of a journal that are not empty, without their ends.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

/// The journals of a folder. What cannot be looked at is told.
pub(super) fn files(folder: &Path, errors: &mut Vec<StoreError>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            errors.push(StoreError::File(folder.to_owned(), error));
            return Vec::new();
        }
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => errors.push(StoreError::File(folder.to_owned(), error)),
        }
    }
    paths.retain(|path| path.extension() == Some(OsStr::new("jsonl")));
    paths.sort_unstable();
    paths
}
