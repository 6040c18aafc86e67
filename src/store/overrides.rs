//! What a person decided about pages, in a file that is only ever added to.
//!
//! A decision is a line, a checksum and JSON as in a [`journal`](super::journal), written at once and forced to
//! disk before anybody is told that it is kept. Pages are known by the hash of their text, so a file may be
//! moved or renamed. Lines that are damaged, or that a later version wrote, stay in the file and are passed
//! over. Lines that begin with the JSON count, too: the first of them had no checksum.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{
    journal::{sealed, unsealed},
    private,
};
use crate::{
    article::{Decision, Override, PageId, SplitMode, Verdict},
    lang::Lang,
};

/// The form of the lines that are written.
const VERSION: u32 = 1;

/// What holds for a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Its own mode, if it was given one.
    pub mode: Option<SplitMode>,
    /// What was decided about its lines, the oldest first.
    pub lines: Vec<Override>,
}

impl Decided {
    /// How many decisions hold that this version knows.
    pub fn count(&self) -> usize {
        self.lines.len() + usize::from(self.mode.is_some())
    }
}

/// Why decisions cannot be read or kept.
#[derive(Debug)]
pub enum StoreError {
    /// There is no folder for data, because there is no home.
    NoFolder,
    /// The file cannot be read or written.
    File(PathBuf, io::Error),
}

impl StoreError {
    /// What happened, where, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::NoFolder => lang
                .of("没有主目录；设置 XDG_DATA_HOME", "there is no home folder; set XDG_DATA_HOME")
                .to_owned(),
            Self::File(path, error) => format!("{}: {error}", path.display()),
        }
    }
}

/// All decisions. Several threads may ask and add, and so may several programs.
#[derive(Debug, Default)]
pub struct Overrides {
    path: Option<PathBuf>,
    pages: Mutex<HashMap<PageId, Vec<Decision>>>,
    unknown: usize,
}

impl Overrides {
    /// The decisions in the file at `path`, and why they cannot be read if so; a file that is not
    /// there is made with the first decision. Without a path nothing can be added.
    pub fn load(path: Option<PathBuf>) -> (Self, Option<StoreError>) {
        let read = path.as_deref().map_or_else(|| Ok(Vec::new()), fs::read);
        let (bytes, error) = match read {
            Ok(bytes) => (bytes, None),
            Err(error) if error.kind() == ErrorKind::NotFound => (Vec::new(), None),
            Err(error) => (Vec::new(), path.clone().map(|path| StoreError::File(path, error))),
        };
        (Self { path, ..Self::of_lines(&bytes) }, error)
    }

    /// The decisions in the lines of a file. Nothing can be added to them.
    pub fn of_lines(bytes: &[u8]) -> Self {
        let (mut pages, mut unknown) = (HashMap::new(), 0);
        for (page, decision) in bytes.split(|byte| *byte == b'\n').filter_map(parse) {
            unknown += usize::from(decision == Decision::Unknown);
            take(&mut pages, page, decision);
        }
        Self { path: None, pages: Mutex::new(pages), unknown }
    }

    /// How many decisions in the file are of a kind that only later versions know. They do not hold
    /// here, and stay in the file.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// What holds for the page with this text.
    pub fn of(&self, text: &str) -> Decided {
        let pages = self.lock();
        if pages.is_empty() {
            // Most people decide nothing, and texts are long.
            return Decided::default();
        }
        pages.get(&PageId::of(text)).map(|all| in_force(all)).unwrap_or_default()
    }

    /// Keeps a decision: it is on disk when this returns.
    ///
    /// # Errors
    ///
    /// When it could not be written; then it does not hold either.
    pub fn add(&self, page: PageId, decision: Decision) -> Result<(), StoreError> {
        let path = self.path.as_deref().ok_or(StoreError::NoFolder)?;
        append(path, &line(page, decision))
            .map_err(|error| StoreError::File(path.to_owned(), error))?;
        take(&mut self.lock(), page, decision);
        Ok(())
    }

    /// What holds for each page about which something does, in the order of their ids.
    pub fn all(&self) -> Vec<(PageId, Decided)> {
        let pages = self.lock();
        let all = pages.iter().map(|(page, all)| (*page, in_force(all)));
        let mut all: Vec<_> = all.filter(|(_, it)| *it != Decided::default()).collect();
        all.sort_unstable_by_key(|(page, _)| page.0);
        all
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PageId, Vec<Decision>>> {
        // Every change is whole, so a panic elsewhere leaves it usable.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A decision as it is written.
#[derive(Deserialize, Serialize)]
struct Entry {
    v: u32,
    page: String,
    /// From 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    r#do: String,
}

/// The line that keeps a decision, with its end.
pub fn line(page: PageId, decision: Decision) -> String {
    // Texts and numbers always have a form in JSON.
    sealed(&serde_json::to_string(&entry(page, decision)).unwrap_or_default())
}

fn entry(page: PageId, decision: Decision) -> Entry {
    let (line, word) = match decision {
        Decision::Line(Override { line, verdict: Verdict::Begins }) => (Some(line + 1), "split"),
        Decision::Line(Override { line, verdict: Verdict::GoesOn }) => (Some(line + 1), "join"),
        Decision::Mode(SplitMode::Auto) => (None, "mode:auto"),
        Decision::Mode(SplitMode::Strict) => (None, "mode:strict"),
        Decision::Mode(SplitMode::Off) => (None, "mode:off"),
        Decision::Line(Override { line, verdict: Verdict::NoArticle }) => {
            (Some(line + 1), "no-article")
        }
        Decision::Undo => (None, "undo"),
        // Nobody decides it.
        Decision::Unknown => (None, "unknown"),
    };
    Entry { v: VERSION, page: page.to_string(), line, r#do: word.to_owned() }
}

fn parse(bytes: &[u8]) -> Option<(PageId, Decision)> {
    let found: Entry = match bytes.first()? {
        b'{' => serde_json::from_slice(bytes).ok()?,
        _ => serde_json::from_str(unsealed(bytes)?).ok()?,
    };
    let page = PageId::parse(&found.page).filter(|_| found.v == VERSION)?;
    let about = |verdict| {
        let line = found.line?.checked_sub(1)?;
        Some(Decision::Line(Override { line, verdict }))
    };
    let decision = match found.r#do.as_str() {
        "split" => about(Verdict::Begins)?,
        "join" => about(Verdict::GoesOn)?,
        "mode:auto" => Decision::Mode(SplitMode::Auto),
        "mode:strict" => Decision::Mode(SplitMode::Strict),
        "mode:off" => Decision::Mode(SplitMode::Off),
        "no-article" => about(Verdict::NoArticle)?,
        "undo" => Decision::Undo,
        _ => Decision::Unknown,
    };
    Some((page, decision))
}

fn take(pages: &mut HashMap<PageId, Vec<Decision>>, page: PageId, decision: Decision) {
    let all = pages.entry(page).or_default();
    if decision == Decision::Undo {
        all.pop();
    } else {
        all.push(decision);
    }
}

fn in_force(all: &[Decision]) -> Decided {
    let mut decided = Decided::default();
    for decision in all {
        match *decision {
            Decision::Line(about) => {
                let is_border = about.verdict.is_border();
                let is_same = |other: &Override| {
                    other.line == about.line && other.verdict.is_border() == is_border
                };
                decided.lines.retain(|other| !is_same(other));
                decided.lines.push(about);
            }
            Decision::Mode(mode) => decided.mode = Some(mode),
            Decision::Undo | Decision::Unknown => {}
        }
    }
    decided
}

/// Adds a line in one write, so that lines of two programs never mix, and waits for the disk. A
/// line that was torn before, by a full disk for one, gets its end first.
fn append(path: &Path, line: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), private::make_folder)?;
    let is_new = !path.exists();
    let mut file = private::options().read(true).append(true).open(path)?;
    let mut bytes = Vec::new();
    if is_torn(&mut file)? {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(line.as_bytes());
    file.write_all(&bytes)?;
    file.sync_data()?;
    // The name of a new file has to be on disk too.
    folder.filter(|_| is_new).map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// Whether the last line has no end.
fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests;
