//! Reading a source for the index.

use std::{
    mem,
    ops::ControlFlow,
    os::unix::ffi::OsStrExt,
    sync::atomic::{AtomicBool, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    looker::{Looker, SECOND},
    place::{IndexPlace, identity},
};
use crate::{
    article::PageId,
    error::Problem,
    lang::Lang,
    library::{Document, Library},
    source::Entry,
    store::index::{
        ArticleFacts, DecidedPages, IndexError, PageKey, ReadArticle, ReadProblem, ReadSource,
        ReadText, SourceKey, SourceState, Stamp, Writer,
    },
};

/// A file that was modified so shortly before it was read may be modified again without its time
/// changing: the clock of files goes in steps of some milliseconds, of two seconds on some disks.
const FINE: i64 = SECOND / 50;
const COARSE: i64 = 2 * SECOND;
/// Stands for the time of a file that has to be read again the next time.
const UNSETTLED: i64 = -1;
/// Bytes of texts from which on what was read of a source is given away: one may hold a million articles.
const PART: usize = 4 << 20;

/// The stamp of a file that is read now.
fn settled(stamp: Stamp) -> Stamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
    let step = if stamp.modified % SECOND == 0 { COARSE } else { FINE };
    let is_fresh = now.saturating_sub(stamp.modified) < step;
    Stamp { modified: if is_fresh { UNSETTLED } else { stamp.modified }, ..stamp }
}

/// Reads a source and hands it to `take`, in parts if it is large; until it breaks or the run is `cancelled`.
pub(super) fn read(
    library: &Library,
    entry: &Entry,
    (key, stamp): (SourceKey, Stamp),
    cancelled: &AtomicBool,
    take: &mut dyn FnMut(ReadSource) -> ControlFlow<()>,
) {
    let mut reading = Reading::new(key);
    let mut passed_over = false;
    let mut nth = Nth::default();
    let read = library.read(entry, &mut |document| {
        match document {
            Ok(document) => {
                // A record is one article, whatever is decided.
                if document.record.is_none() {
                    reading.pages.push(PageKey::of(PageId::of(&document.page.text)));
                }
                reading.add(articles_of(&document, &mut nth));
            }
            Err(problem) if library.is_passed_over(&problem) => passed_over = true,
            Err(problem) => reading.problems.push(told(&problem)),
        }
        if cancelled.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        if reading.bytes < PART { ControlFlow::Continue(()) } else { take(reading.part()) }
    });
    if read.is_continue() {
        let _ = take(reading.end(settled(stamp), passed_over));
    }
}

/// What is read of a source and not given away yet.
struct Reading {
    key: SourceKey,
    /// Of what was read so far, all of it.
    hasher: blake3::Hasher,
    /// Room for what is hashed.
    row: Vec<u8>,
    before: u64,
    bytes: usize,
    /// Of all parts; they are given with the last one.
    pages: Vec<PageKey>,
    articles: Vec<ReadArticle>,
    problems: Vec<ReadProblem>,
}

impl Reading {
    fn new(key: SourceKey) -> Self {
        let (pages, articles, problems) = (Vec::new(), Vec::new(), Vec::new());
        let (hasher, row) = (blake3::Hasher::new(), Vec::new());
        Self { key, hasher, row, before: 0, bytes: 0, pages, articles, problems }
    }

    fn add(&mut self, articles: Vec<ReadArticle>) {
        for ReadArticle { row, text } in &articles {
            self.bytes += text.size();
            self.hasher.update(&text.id());
            row.write(&mut self.row);
            self.hasher.update(&self.row);
        }
        self.articles.extend(articles);
    }

    /// What was read since the last part. A run that ends behind it reads the source again the next time.
    fn part(&mut self) -> ReadSource {
        let stamp = Stamp { size: 0, modified: UNSETTLED };
        let before = self.before;
        self.bytes = 0;
        self.before += self.articles.len() as u64;
        ReadSource {
            key: self.key.clone(),
            before,
            is_last: false,
            stamp,
            content: [0; 16],
            state: SourceState::Read,
            pages: Vec::new(),
            articles: mem::take(&mut self.articles),
            problems: mem::take(&mut self.problems),
        }
    }

    /// The rest.
    fn end(self, stamp: Stamp, passed_over: bool) -> ReadSource {
        let Self { key, hasher, before, pages, articles, problems, .. } = self;
        let is_empty = before == 0 && articles.is_empty();
        let state = match (is_empty, problems.is_empty()) {
            (true, false) => SourceState::Failed,
            (true, true) if passed_over => SourceState::PassedOver,
            _ => SourceState::Read,
        };
        let content = hasher.finalize();
        let content = content.as_bytes().first_chunk::<16>().copied().unwrap_or_default();
        ReadSource { key, before, is_last: true, stamp, content, state, pages, articles, problems }
    }
}

/// Reads a source again and keeps it, as after something was decided about its page.
///
/// # Errors
///
/// When another process writes to the index, or when it cannot be written.
pub fn read_again(library: &Library, place: &IndexPlace, entry: &Entry) -> Result<(), IndexError> {
    let (reading, analysis) = identity(library);
    let (mut writer, _) = Writer::open(&place.file, &reading, &analysis)?;
    let (Some(key), Some(stamp)) = (place.key(entry), Looker::default().stamp(entry)) else {
        return Ok(());
    };
    // What is decided while it is read counts the next time.
    let decided = DecidedPages::of(&library.overrides);
    writer.begin()?;
    writer.expect_decided(&decided)?;
    let (never, mut put) = (AtomicBool::new(false), Ok(()));
    read(library, entry, (key, stamp), &never, &mut |source| {
        put = writer.put(source).map(drop);
        if put.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    put?;
    writer.settle()?;
    writer.pack_list()?;
    writer.commit()
}

/// Counts the articles of each member of an archive file.
#[derive(Default)]
struct Nth {
    member: Option<String>,
    count: u64,
}

impl Nth {
    fn next(&mut self, member: Option<&str>) -> u64 {
        if self.member.as_deref() != member {
            *self = Self { member: member.map(ToOwned::to_owned), count: 0 };
        }
        self.count += 1;
        self.count
    }
}

fn articles_of(document: &Document, nth: &mut Nth) -> Vec<ReadArticle> {
    let member = document.member.as_deref();
    let mut beside = document.page.beside();
    let article = |article| {
        let facts = document.facts_of(article);
        let row = ArticleFacts::of(article, document.line_of(article), &facts);
        let (member, nth) = (member.map(ToOwned::to_owned), nth.next(member));
        let text = ReadText::of(article, &std::mem::take(&mut beside));
        ReadArticle { row: ArticleFacts { member, nth, ..row }, text }
    };
    document.page.articles.iter().map(article).collect()
}

fn told(problem: &Problem) -> ReadProblem {
    ReadProblem {
        place: problem.place.as_bytes().to_vec(),
        line: problem.line,
        zh: problem.kind.message(Lang::Zh),
        en: problem.kind.message(Lang::En),
    }
}

/// A source over which the program failed.
pub(super) fn failed(entry: &Entry, key: SourceKey, stamp: Stamp) -> ReadSource {
    let problem = ReadProblem {
        place: entry.place().as_bytes().to_vec(),
        line: None,
        zh: Lang::Zh.of(FAILED.0, FAILED.1).to_owned(),
        en: Lang::En.of(FAILED.0, FAILED.1).to_owned(),
    };
    let (content, state) = ([0; 16], SourceState::Failed);
    let (pages, articles, problems) = (Vec::new(), Vec::new(), vec![problem]);
    ReadSource { key, before: 0, is_last: true, stamp, content, state, pages, articles, problems }
}

const FAILED: (&str, &str) =
    ("程序在处理这个文件时出错；请报告", "the program failed over this file; please report it");
