//! Reading a source for the index.

use std::{
    ops::ControlFlow,
    os::unix::ffi::OsStrExt,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    looker::{Looker, SECOND},
    place::{IndexPlace, identity},
};
use crate::{
    error::Problem,
    lang::Lang,
    library::{Document, Library},
    source::Entry,
    store::index::{
        ArticleFacts, IndexError, ReadArticle, ReadProblem, ReadSource, ReadText, SourceKey,
        SourceState, Stamp, Writer,
    },
};

/// A file that was modified so shortly before it was read may be modified again without its time
/// changing: the clock of files goes in steps of some milliseconds, of two seconds on some disks.
const FINE: i64 = SECOND / 50;
const COARSE: i64 = 2 * SECOND;
/// Stands for the time of a file that has to be read again the next time.
const UNSETTLED: i64 = -1;

/// The stamp of a file that is read now.
fn settled(stamp: Stamp) -> Stamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
    let step = if stamp.modified % SECOND == 0 { COARSE } else { FINE };
    let is_fresh = now.saturating_sub(stamp.modified) < step;
    Stamp { modified: if is_fresh { UNSETTLED } else { stamp.modified }, ..stamp }
}

/// Reads a source whole.
pub(super) fn read(library: &Library, entry: &Entry, key: SourceKey, stamp: Stamp) -> ReadSource {
    let stamp = settled(stamp);
    let mut articles = Vec::new();
    let mut problems = Vec::new();
    let mut passed_over = false;
    let mut nth = Nth::default();
    let _ = library.read(entry, &mut |document| {
        match document {
            Ok(document) => {
                articles.extend(articles_of(&document, &mut nth));
            }
            Err(problem) if library.is_passed_over(&problem) => passed_over = true,
            Err(problem) => problems.push(told(&problem)),
        }
        ControlFlow::Continue(())
    });
    let state = match (articles.is_empty(), problems.is_empty()) {
        (true, false) => SourceState::Failed,
        (true, true) if passed_over => SourceState::PassedOver,
        _ => SourceState::Read,
    };
    let content = content(&articles);
    ReadSource { key, stamp, content, state, articles, problems }
}

/// A hash of all that the index holds of the articles of a source.
fn content(articles: &[ReadArticle]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    let mut bytes = Vec::new();
    for ReadArticle { row, text } in articles {
        hasher.update(&text.id());
        row.write(&mut bytes);
        hasher.update(&bytes);
    }
    hasher.finalize().as_bytes().first_chunk::<16>().copied().unwrap_or_default()
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
    let source = read(library, entry, key, stamp);
    writer.begin()?;
    writer.put(source)?;
    writer.settle()?;
    writer.pack_list()?;
    writer.set_decided(&library.overrides.fingerprint())?;
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
    ReadSource { key, stamp, content, state, articles: Vec::new(), problems: vec![problem] }
}

const FAILED: (&str, &str) =
    ("程序在处理这个文件时出错；请报告", "the program failed over this file; please report it");
