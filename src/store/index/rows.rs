//! What the index holds, as those who write and read it see it.

use std::{ffi::OsStr, hash::Hasher, os::unix::ffi::OsStrExt, path::PathBuf};

use rustc_hash::FxHasher;

use super::decided::PageKey;
use crate::{
    article::{
        Article, ArticleId,
        facts::{Facts, IssueDate, PageNumber},
    },
    lang::Lang,
};

/// Where a source stands in the order of the archive: first the number of the root that it was found
/// under, then the names on the way to it, so that the order of the bytes is that of the walk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceKey(pub(super) Vec<u8>);

impl SourceKey {
    /// The key of the source at a path below a root; of the root itself if that is empty.
    pub fn new(root: usize, below: &[u8]) -> Self {
        let root = u16::try_from(root).unwrap_or(u16::MAX);
        let names = below.iter().map(|byte| if *byte == b'/' { 0 } else { *byte });
        Self(root.to_be_bytes().into_iter().chain(names).collect())
    }

    /// A key that no source has, and no other number gives.
    pub fn nowhere(number: usize) -> Self {
        Self([&[u8::MAX; 3][..], &number.to_be_bytes()].concat())
    }

    /// Whether it stands for something in the folder that `folder` stands for, or for that itself.
    pub fn is_below(&self, folder: &Self) -> bool {
        let rest = self.0.strip_prefix(folder.0.as_slice());
        rest.is_some_and(|rest| rest.is_empty() || rest.first() == Some(&0) || folder.0.len() == 2)
    }

    /// The number of the root and the path below it.
    pub fn parts(&self) -> (usize, Vec<u8>) {
        let (root, names) = self.0.split_first_chunk::<2>().unwrap_or((&[0, 0], &[]));
        let below = names.iter().map(|byte| if *byte == 0 { b'/' } else { *byte }).collect();
        (u16::from_be_bytes(*root).into(), below)
    }

    /// The path of the source, for who knows the roots; `None` if it stands under none of them.
    pub fn path(&self, roots: &[PathBuf]) -> Option<PathBuf> {
        let (root, below) = self.parts();
        let root = roots.get(root)?;
        // Joining nothing would put a slash behind a file.
        Some(if below.is_empty() { root.clone() } else { root.join(OsStr::from_bytes(&below)) })
    }
}

/// What tells without reading whether a source is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When it was modified, in nanoseconds since 1970.
    pub modified: i64,
}

/// What became of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceState {
    /// It was read, if with problems.
    Read,
    /// It holds no text.
    PassedOver,
    /// Nothing of it could be read.
    Failed,
    /// It was there, and was not found the last time.
    Vanished,
}

impl SourceState {
    pub(super) fn number(self) -> i64 {
        self as i64
    }

    pub(super) fn of_number(number: i64) -> Self {
        match number {
            0 => Self::Read,
            1 => Self::PassedOver,
            2 => Self::Failed,
            _ => Self::Vanished,
        }
    }
}

/// A source that the index knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSource {
    /// Its number in the index.
    pub id: i64,
    /// As it was when it was read.
    pub stamp: Stamp,
    /// Hash of what was read.
    pub content: [u8; 16],
    /// What became of it.
    pub state: SourceState,
}

/// A source that was read just now, or a part of one that is large.
#[derive(Clone, Debug)]
pub struct ReadSource {
    /// Where it stands.
    pub key: SourceKey,
    /// How many of its articles were in the parts before this one.
    pub before: u64,
    /// Whether no part follows.
    pub is_last: bool,
    /// As it was when it was read; one that says nothing before the last part.
    pub stamp: Stamp,
    /// Hash of what was read; nothing before the last part.
    pub content: [u8; 16],
    /// What became of it.
    pub state: SourceState,
    /// Its pages about which something can be decided.
    pub pages: Vec<PageKey>,
    /// Its articles, in order.
    pub articles: Vec<ReadArticle>,
    /// What went wrong on the way.
    pub problems: Vec<ReadProblem>,
}

impl ReadSource {
    /// Whether it is all of the source.
    pub fn is_whole(&self) -> bool {
        self.before == 0 && self.is_last
    }

    /// Bytes of its texts.
    pub fn bytes(&self) -> u64 {
        self.articles.iter().map(|article| article.text.size() as u64).sum()
    }
}

/// A problem that reading met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProblem {
    /// The place, as the operating system spells it.
    pub place: Vec<u8>,
    /// The line, from 1, if it is about one.
    pub line: Option<u64>,
    /// What happened, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl ReadProblem {
    /// One line: what happened, and what to do.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// An article of a source that was read just now.
#[derive(Clone, Debug)]
pub struct ReadArticle {
    /// What lists tell of it.
    pub row: ArticleFacts,
    /// Its text.
    pub text: ReadText,
}

/// What lists tell of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleFacts {
    /// The hash of its text.
    pub id: ArticleId,
    /// The headline.
    pub title: String,
    /// The authors.
    pub byline: String,
    /// Characters.
    pub chars: u64,
    /// The line of its source on which it begins, from 1.
    pub line: u64,
    /// Whether it surely is an article of its own.
    pub sure: bool,
    /// The date of the issue.
    pub date: Option<IssueDate>,
    /// The newspaper; empty if it is not known.
    pub paper: String,
    /// The page of the newspaper.
    pub page: Option<PageNumber>,
    /// The name of the member of an archive file that it stands in.
    pub member: Option<String>,
    /// Its number in its source, or in that member, from 1.
    pub nth: u64,
}

impl ArticleFacts {
    /// The facts of an article.
    pub fn of(article: &Article, line: usize, facts: &Facts) -> Self {
        Self {
            id: article.id,
            title: article.headline(),
            byline: article.authors.join(" "),
            chars: article.char_count() as u64,
            line: line as u64,
            sure: article.start.is_sure(),
            date: facts.date(),
            paper: facts.paper().unwrap_or_default().to_owned(),
            page: facts.page(),
            member: None,
            nth: 1,
        }
    }

    /// Writes them all, so that other facts are other bytes, in the place of what `bytes` held.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let Self { id, title, byline, chars, line, sure, date, paper, page, member, nth } = self;
        bytes.clear();
        bytes.extend(id.0);
        for text in [title, byline, paper] {
            bytes.extend((text.len() as u64).to_le_bytes());
            bytes.extend(text.as_bytes());
        }
        for number in [*chars, *line, *nth] {
            bytes.extend(number.to_le_bytes());
        }
        for number in [date.map(date_number), page.map(page_number)] {
            bytes.extend(number.unwrap_or(-1).to_le_bytes());
        }
        bytes.push(u8::from(*sure) << 1 | u8::from(member.is_some()));
        bytes.extend(member.iter().flat_map(|member| member.bytes()));
    }
}

/// The text of an article, ready to be written.
#[derive(Clone, Debug)]
pub struct ReadText {
    pub(super) article: [u8; 16],
    pub(super) variant: i64,
    pub(super) bytes: Vec<u8>,
}

impl ReadText {
    /// The text and parts of an article, with what stands `beside` it on its page.
    pub fn of(article: &Article, beside: &str) -> Self {
        let bytes = super::body::bytes_of(article, beside);
        // The id leaves out white space; this is for the few texts that differ in nothing else. If
        // another version of the hash gave another number, a text would be kept twice.
        let mut hasher = FxHasher::default();
        hasher.write(&bytes);
        let variant = hasher.finish().cast_signed();
        Self { article: article.id.0, variant, bytes }
    }

    /// Bytes of it.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// What tells it from all other texts.
    pub fn id(&self) -> [u8; 24] {
        let mut id = [0; 24];
        let variant = self.variant.to_le_bytes();
        id.iter_mut().zip(self.article.iter().chain(&variant)).for_each(|(to, from)| *to = *from);
        id
    }
}

/// A date as a number: year, month and day by two digits each, 0 for what is not known.
pub(super) fn date_number(date: IssueDate) -> i64 {
    let (year, month, day) = date.parts();
    i64::from(year) * 10_000 + i64::from(month.unwrap_or(0)) * 100 + i64::from(day.unwrap_or(0))
}

pub(super) fn date_of(number: i64) -> Option<IssueDate> {
    let number = u32::try_from(number).ok()?;
    match (number / 10_000, number / 100 % 100, number % 100) {
        (year, 0, _) => IssueDate::year(year),
        (year, month, 0) => IssueDate::month(year, month),
        (year, month, day) => IssueDate::day(year, month, day),
    }
}

/// A page of a newspaper as a number that sorts as pages do.
pub(super) fn page_number(page: PageNumber) -> i64 {
    i64::from(page.sheet().map_or(0, u32::from)) << 16 | i64::from(page.number())
}

pub(super) fn page_of(number: i64) -> Option<PageNumber> {
    let sheet = u32::try_from(number >> 16).ok()?;
    let number = u32::try_from(number & 0xFFFF).ok()?;
    let sheet = if sheet == 0 { None } else { Some(char::from_u32(sheet)?) };
    PageNumber::new(sheet, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_folders_are_walked() {
        let paths = ["", "a", "a/b", "a/b/c", "a-b", "a.txt", "b"];
        let keys: Vec<SourceKey> =
            paths.iter().map(|path| SourceKey::new(1, path.as_bytes())).collect();
        assert!(keys.is_sorted());
        for (key, path) in keys.iter().zip(paths) {
            assert_eq!(key.parts(), (1, path.as_bytes().to_vec()));
        }
        assert!(SourceKey::new(0, b"z") < SourceKey::new(1, b"a"));
        let below = |path: &str, folder: &str| {
            SourceKey::new(0, path.as_bytes()).is_below(&SourceKey::new(0, folder.as_bytes()))
        };
        assert!(below("a/b", "a") && below("a", "a") && below("a", "") && !below("ab", "a"));
    }

    #[test]
    fn a_key_and_the_roots_are_a_path() {
        let roots = ["a", "/b/c.txt"].map(PathBuf::from);
        let path = |root, below: &str| SourceKey::new(root, below.as_bytes()).path(&roots);
        assert_eq!(path(0, "d/e.txt"), Some("a/d/e.txt".into()));
        assert_eq!(path(1, "").map(PathBuf::into_os_string), Some("/b/c.txt".into()));
        assert_eq!((path(2, "d"), SourceKey::nowhere(0).path(&roots)), (None, None));
    }

    #[test]
    fn dates_and_pages_come_back() {
        for date in [IssueDate::year(1998), IssueDate::month(1998, 3), IssueDate::day(1998, 3, 12)]
        {
            let date = date.expect("a date");
            assert_eq!(date_of(date_number(date)), Some(date));
        }
        for (sheet, number) in [(None, 4), (Some('A'), 12)] {
            let page = PageNumber::new(sheet, number).expect("a page");
            assert_eq!(page_of(page_number(page)), Some(page));
        }
        assert_eq!(date_of(19_981_399), None);
    }
}
