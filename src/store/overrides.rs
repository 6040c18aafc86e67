//! What a person decided about pages, in a file that is only ever added to.
//!
//! A decision is a line of JSON, written at once and forced to disk before anybody is told that it
//! is kept. Pages are known by the hash of their text, so a file may be moved or renamed. Lines
//! that are damaged, or that a later version wrote, stay in the file and are passed over.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::private;
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
        let (mut pages, mut unknown) = (HashMap::new(), 0);
        for (page, decision) in bytes.split(|byte| *byte == b'\n').filter_map(parse) {
            unknown += usize::from(decision == Decision::Unknown);
            take(&mut pages, page, decision);
        }
        (Self { path, pages: Mutex::new(pages), unknown }, error)
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

    /// A number of all decisions: another one whenever any of them differs.
    pub fn fingerprint(&self) -> [u8; 32] {
        let pages = self.lock();
        let mut lines: Vec<String> =
            pages.iter().map(|(page, all)| format!("{page:?} {all:?}")).collect();
        lines.sort_unstable();
        *blake3::hash(lines.join("\n").as_bytes()).as_bytes()
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

fn line(page: PageId, decision: Decision) -> Entry {
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
    let found: Entry = serde_json::from_slice(bytes).ok()?;
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
fn append(path: &Path, line: &Entry) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.filter(|folder| !folder.is_dir());
    made.map_or(Ok(()), private::make_folder)?;
    let is_new = !path.exists();
    let mut file = private::options().read(true).append(true).open(path)?;
    let mut bytes = Vec::new();
    if is_torn(&mut file)? {
        bytes.push(b'\n');
    }
    serde_json::to_writer(&mut bytes, line)?;
    bytes.push(b'\n');
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
mod tests {
    use super::*;
    use std::thread;

    const TEXT: &str = "石板路上\n桥头的灯\n";

    fn split(line: usize) -> Decision {
        Decision::Line(Override { line, verdict: Verdict::Begins })
    }

    fn join(line: usize) -> Decision {
        Decision::Line(Override { line, verdict: Verdict::GoesOn })
    }

    fn loaded(path: &Path) -> Overrides {
        let (overrides, error) = Overrides::load(Some(path.to_owned()));
        assert!(error.is_none(), "{error:?}");
        overrides
    }

    #[test]
    fn decisions_outlive_the_program_and_can_be_taken_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/er/overrides.jsonl");
        let page = PageId::of(TEXT);
        let first = loaded(&path);
        assert_eq!(first.of(TEXT), Decided::default());
        for decision in [split(1), join(3), Decision::Mode(SplitMode::Strict), join(1)] {
            first.add(page, decision).expect("kept");
        }
        let lines = |begins: &[Decision]| -> Vec<Override> {
            let line = |decision: &Decision| match decision {
                Decision::Line(line) => Some(*line),
                _ => None,
            };
            begins.iter().filter_map(line).collect()
        };
        let strict = Some(SplitMode::Strict);
        let all = Decided { mode: strict, lines: lines(&[join(3), join(1)]) };
        assert_eq!((first.of(TEXT), loaded(&path).of(TEXT)), (all.clone(), all));
        first.add(page, Decision::Undo).expect("kept");
        let before = Decided { mode: strict, lines: lines(&[split(1), join(3)]) };
        assert_eq!((first.of(TEXT), loaded(&path).of(TEXT)), (before.clone(), before.clone()));
        assert_eq!((before.count(), first.of("another")), (3, Decided::default()));
        for _ in 0..9 {
            first.add(page, Decision::Undo).expect("kept");
        }
        first.add(page, split(1)).expect("kept");
        assert_eq!(loaded(&path).of(TEXT).lines, lines(&[split(1)]), "nothing was owed");
        let text = fs::read_to_string(&path).expect("the file");
        let line = format!("{{\"v\":1,\"page\":\"{page}\",\"line\":2,\"do\":\"split\"}}");
        assert_eq!(text.lines().next(), Some(line.as_str()));
    }

    #[test]
    fn damaged_and_unknown_lines_are_kept_and_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("overrides.jsonl");
        let page = PageId::of(TEXT);
        let good = serde_json::to_string(&line(page, split(1))).expect("JSON");
        let unknown = format!("{{\"v\":1,\"page\":\"{page}\",\"do\":\"praise\",\"why\":7}}");
        let later = good.replace("\"v\":1", "\"v\":2").replace("2,", "9,");
        let nowhere = good.replace("\"line\":2", "\"line\":0");
        let torn = &good[..20];
        let mut bytes = b"\xff\xfe not text \x00\n\n".to_vec();
        bytes.extend([&*unknown, &*later, &*nowhere, &*good, torn].join("\n").bytes());
        fs::write(&path, &bytes).expect("the file");
        let overrides = loaded(&path);
        assert_eq!((overrides.of(TEXT).count(), overrides.unknown()), (1, 1));
        overrides.add(page, join(4)).expect("kept");
        let after = fs::read(&path).expect("the file");
        assert_eq!(after.get(..bytes.len()), Some(bytes.as_slice()), "nothing is rewritten");
        assert_eq!(loaded(&path).of(TEXT).count(), 2, "the torn line did not swallow the new one");
    }

    #[test]
    fn what_a_later_version_decided_is_taken_back_as_one_decision() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("overrides.jsonl");
        let page = PageId::of(TEXT);
        loaded(&path).add(page, split(1)).expect("kept");
        let text = fs::read_to_string(&path).expect("the file");
        fs::write(&path, format!("{text}{{\"v\":1,\"page\":\"{page}\",\"do\":\"praise\"}}\n"))
            .expect("the file");
        loaded(&path).add(page, Decision::Undo).expect("kept");
        assert_eq!(loaded(&path).of(TEXT).lines.len(), 1, "the one before is not touched");
    }

    #[test]
    fn an_article_that_is_none_keeps_its_border() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("overrides.jsonl");
        let page = PageId::of(TEXT);
        let none = Decision::Line(Override { line: 1, verdict: Verdict::NoArticle });
        for decision in [split(1), none] {
            loaded(&path).add(page, decision).expect("kept");
        }
        let verdicts: Vec<Verdict> =
            loaded(&path).of(TEXT).lines.iter().map(|line| line.verdict).collect();
        assert_eq!(verdicts, [Verdict::Begins, Verdict::NoArticle]);
    }

    #[test]
    fn two_writers_do_not_mix_their_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("overrides.jsonl");
        let page = PageId::of(TEXT);
        thread::scope(|scope| {
            for writer in 0..2 {
                let path = &path;
                scope.spawn(move || {
                    let own = loaded(path);
                    for line in 0..40 {
                        own.add(page, split(2 * line + writer)).expect("kept");
                    }
                });
            }
        });
        assert_eq!(loaded(&path).of(TEXT).count(), 80);
    }

    #[test]
    fn what_cannot_be_kept_does_not_hold() {
        let folder = tempfile::tempdir().expect("a folder");
        let in_the_way = folder.path().join("file");
        fs::write(&in_the_way, "").expect("a file");
        let (overrides, _) = Overrides::load(Some(in_the_way.join("overrides.jsonl")));
        let error = overrides.add(PageId::of(TEXT), split(1)).expect_err("no folder there");
        assert!(error.message(Lang::En).contains("file"), "{error:?}");
        assert_eq!(overrides.of(TEXT), Decided::default());
        let (overrides, error) = Overrides::load(Some(folder.path().to_owned()));
        assert!(error.is_some(), "a folder is no file");
        assert!(overrides.add(PageId::of(TEXT), split(1)).is_err());
        let (overrides, error) = Overrides::load(None);
        assert!(error.is_none());
        let error = overrides.add(PageId::of(TEXT), split(1)).expect_err("no home");
        assert!(error.message(Lang::En).contains("XDG_DATA_HOME"));
    }
}
