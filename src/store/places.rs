//! How far articles were read, in a [`journal`](super::journal).
//!
//! ```text
//! 1c9a7f02 {"v":1,"id":"18a3f0c2e1b-4711-1","ts":1717200000000,"op":"place",
//!           "key":{"h":"<content hash>","t":"<title>"},"val":1374}
//! ```
//!
//! `val` is the byte of the article's text that stood at the top, 0 for the beginning. The latest place of an
//! article holds. As with marks, lines that are damaged, or that a later version wrote, stay where they are.

use std::{collections::HashMap, path::Path, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{
    journal::{Journal, Stamp, lines, read_all, sealed, unsealed},
    overrides::StoreError,
};
use crate::article::{ArticleId, ReadingPlace};

/// The form of the lines that are written.
const VERSION: u32 = 1;
/// What a line is about.
const OP: &str = "place";

#[derive(Deserialize, Serialize)]
struct Written {
    v: u32,
    id: String,
    ts: u64,
    op: String,
    key: Key,
    val: usize,
}

#[derive(Deserialize, Serialize)]
struct Key {
    h: String,
    #[serde(default)]
    t: String,
}

/// The latest place in each article.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places {
    latest: HashMap<ArticleId, (u64, String, ReadingPlace)>,
    /// Lines that are not as they were written, or say something that is not known here.
    pub unread: usize,
}

impl Places {
    /// All places of a folder. What cannot be read of it is told; the rest counts.
    pub fn load(folder: Option<&Path>) -> (Self, Vec<StoreError>) {
        let mut places = Self::default();
        let errors = read_all(folder, &mut |bytes| places.take_lines(bytes));
        (places, errors)
    }

    /// Takes in the lines of a file, in whatever order files and lines come.
    pub fn take_lines(&mut self, bytes: &[u8]) {
        lines(bytes).for_each(|line| self.take(line));
    }

    fn take(&mut self, line: &[u8]) {
        let Some((at, name, place)) = parse(line) else {
            self.unread += 1;
            return;
        };
        // With the name of the line, two programs that wrote at the same moment agree on who was later.
        let known = self.latest.get(&place.id);
        if known.is_none_or(|(known, other, _)| (at, &name) > (*known, other)) {
            self.latest.insert(place.id, (at, name, place));
        }
    }

    /// When the latest of them was written; 0 if there is none.
    pub fn last(&self) -> u64 {
        self.latest.values().map(|(at, ..)| *at).max().unwrap_or(0)
    }

    /// The places, in no order.
    pub fn all(&self) -> impl Iterator<Item = &ReadingPlace> {
        self.latest.values().map(|(.., place)| place)
    }
}

/// When and by whom a place was kept, and the place.
fn parse(line: &[u8]) -> Option<(u64, String, ReadingPlace)> {
    let written: Written = serde_json::from_str(unsealed(line)?).ok()?;
    let Written { v: VERSION, id: name, ts, op, key, val: offset } = written else { return None };
    let id = ArticleId::parse(&key.h).filter(|_| op == OP)?;
    Some((ts, name, ReadingPlace { id, title: key.t, offset }))
}

/// The line that keeps a place, with its end.
pub fn line(Stamp { id, at: ts }: Stamp, place: &ReadingPlace) -> String {
    let key = Key { h: place.id.to_string(), t: place.title.clone() };
    let written = Written { v: VERSION, id, ts, op: OP.to_owned(), key, val: place.offset };
    // Texts and numbers always have a form in JSON.
    sealed(&serde_json::to_string(&written).unwrap_or_default())
}

/// Adds places to a file of its own, which is made with the first of them.
#[derive(Debug)]
pub struct PlaceJournal(Journal);

impl PlaceJournal {
    /// A journal in a folder whose places are known; without a folder nothing can be kept.
    pub fn new(folder: Option<PathBuf>, known: &Places) -> Self {
        let mut journal = Journal::new(folder);
        journal.follow(known.last());
        Self(journal)
    }

    /// Keeps places: they are on disk when this returns. After a failure they may be kept once more.
    ///
    /// # Errors
    ///
    /// When they could not all be written.
    pub fn keep(&mut self, places: &[ReadingPlace]) -> Result<(), StoreError> {
        let lines: Vec<String> = places.iter().map(|place| line(self.0.stamp(), place)).collect();
        self.0.append(lines)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, thread};

    use proptest::prelude::*;

    use super::*;

    fn place(number: u8, offset: usize) -> ReadingPlace {
        ReadingPlace {
            id: ArticleId([number; 16]), title: format!("第{number}篇\n\u{1b}"), offset
        }
    }

    fn offsets(folder: &Path) -> Vec<(u8, usize)> {
        let (places, errors) = Places::load(Some(folder));
        assert!(errors.is_empty(), "{errors:?}");
        let mut all: Vec<(u8, usize)> =
            places.all().map(|place| (place.id.0[0], place.offset)).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn the_latest_place_of_each_article_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/places");
        let open = || {
            let (known, _) = Places::load(Some(&path));
            PlaceJournal::new(Some(path.clone()), &known)
        };
        let mut first = open();
        first.keep(&[place(1, 30), place(2, 60)]).expect("kept");
        let mut second = open();
        second.keep(&[place(1, 90)]).expect("kept");
        first.keep(&[place(3, 3)]).expect("kept");
        assert_eq!(offsets(&path), [(1, 90), (2, 60), (3, 3)]);
        assert_eq!(fs::read_dir(&path).expect("the folder").count(), 2, "a file for each");
    }

    #[test]
    fn twenty_programs_at_once_lose_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("places");
        thread::scope(|scope| {
            for number in 0..20 {
                let path = path.clone();
                scope.spawn(move || {
                    let mut journal = PlaceJournal::new(Some(path), &Places::default());
                    for offset in 1..20 {
                        journal.keep(&[place(number, offset)]).expect("kept");
                    }
                });
            }
        });
        let expected: Vec<(u8, usize)> = (0..20).map(|number| (number, 19)).collect();
        assert_eq!(offsets(&path), expected);
    }

    #[test]
    fn what_is_damaged_or_unknown_is_passed_over_and_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let stamp = || Stamp { id: "a-1".to_owned(), at: 7 };
        let good = line(stamp(), &place(1, 30));
        let json = good.trim_end().split_once(' ').expect("two parts").1.to_owned();
        let later = sealed(&json.replace("\"v\":1", "\"v\":2"));
        let other = sealed(&json.replace("\"place\"", "\"praise\""));
        let negative = sealed(&json.replace("30", "-30"));
        let changed = good.replace("30", "31");
        let text = format!("{later}{other}{negative}{changed}{good}torn {good:.20}");
        let file = folder.path().join("1-1.jsonl");
        fs::write(&file, &text).expect("the file");
        let (places, _) = Places::load(Some(folder.path()));
        assert_eq!((places.unread, places.all().count(), places.last()), (5, 1, 7));
        let mut journal = PlaceJournal::new(Some(folder.path().to_owned()), &places);
        journal.keep(&[place(1, 0)]).expect("kept");
        assert_eq!(offsets(folder.path()), [(1, 0)]);
        assert_eq!(fs::read_to_string(&file).expect("the file"), text, "nothing is rewritten");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>) {
            let mut places = Places::default();
            places.take_lines(&bytes);
            prop_assert_eq!(places.all().count(), 0);
        }
    }
}
