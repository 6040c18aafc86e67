//! The file that this program adds to.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use super::line::Op;
use crate::{
    article::{Mark, MarkedArticle},
    store::overrides::StoreError,
};

/// Makes marks and adds them to a file of its own, which is made with the first of them.
#[derive(Debug)]
pub struct Journal {
    folder: Option<PathBuf>,
    /// When the program started and its process: what no other one has.
    name: String,
    file: Option<File>,
    /// Whether a write failed, so that the last line may have no end.
    is_torn: bool,
    /// Marks that were made.
    count: u64,
    /// When the latest mark was made that is known.
    last: u64,
}

impl Journal {
    /// A journal in a folder, which need not be there. Without a folder nothing can be kept.
    pub fn new(folder: Option<PathBuf>) -> Self {
        let name = format!("{:x}-{}", since_1970().as_nanos(), process::id());
        Self { folder, name, file: None, is_torn: false, count: 0, last: 0 }
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{}.jsonl", self.name)
    }

    /// Marks that are made from now on are later than this one: a clock that was set back must not
    /// have a person's last word lose.
    pub fn follow(&mut self, at: u64) {
        self.last = self.last.max(at);
    }

    /// A mark that is made now.
    pub fn mark(&mut self, article: MarkedArticle, mark: Mark) -> Op {
        self.count += 1;
        let now = since_1970().as_millis() as u64;
        self.last = now.max(self.last.saturating_add(1));
        Op { id: format!("{}-{}", self.name, self.count), at: self.last, article, mark }
    }

    /// Adds marks: they are on disk when this returns. After a failure they may be added once more, all
    /// of them: a mark that is there twice counts once.
    ///
    /// # Errors
    ///
    /// When they could not all be written.
    pub fn append(&mut self, ops: &[Op]) -> Result<(), StoreError> {
        let folder = self.folder.as_deref().ok_or(StoreError::NoFolder)?;
        let path = folder.join(self.file_name());
        // What is written to a file without a name is lost.
        let open = self.file.take().filter(|_| path.exists());
        let written =
            open.map_or_else(|| create(folder, &path), Ok).and_then(|file| self.write(file, ops));
        written.map_err(|error| StoreError::File(path, error))
    }

    fn write(&mut self, mut file: File, ops: &[Op]) -> io::Result<()> {
        let was_torn = std::mem::replace(&mut self.is_torn, true);
        let mut lines = if was_torn { "\n".to_owned() } else { String::new() };
        lines.extend(ops.iter().map(Op::to_line));
        // At once, so that thousands of marks are no thousands of writes.
        file.write_all(lines.as_bytes())?;
        file.sync_data()?;
        self.is_torn = false;
        self.file = Some(file);
        Ok(())
    }
}

/// Opens the file to add to; the names of what is made are on disk, too.
fn create(folder: &Path, path: &Path) -> io::Result<File> {
    if !folder.is_dir() {
        fs::create_dir_all(folder)?;
        folder.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())?;
    }
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    File::open(folder)?.sync_all()?;
    Ok(file)
}

fn since_1970() -> std::time::Duration {
    // A clock before 1970 is as good as none.
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
