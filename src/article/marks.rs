//! What a person keeps about an article: read, starred, tags, a note.
//!
//! Marks belong to the text of an article ([`ArticleId`]), so they hold wherever it lies. A [`Mark`] sets
//! one thing; what holds for an article ([`Marks`]) is the last mark for each.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::ArticleId;

/// One thing that a person said about an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It has a star, or none.
    Star(bool),
    /// It has been read, or not.
    Read(bool),
    /// It has this tag, or not.
    Tag(String, bool),
    /// Its note; empty for none.
    Note(String),
}

/// What a mark is about: of two marks about the same, the later one holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkField {
    /// The star.
    Star,
    /// Whether it has been read.
    Read,
    /// One tag.
    Tag(String),
    /// The note.
    Note,
}

impl Mark {
    /// What it is about.
    pub fn field(&self) -> MarkField {
        match self {
            Self::Star(_) => MarkField::Star,
            Self::Read(_) => MarkField::Read,
            Self::Tag(name, _) => MarkField::Tag(name.clone()),
            Self::Note(_) => MarkField::Note,
        }
    }
}

/// What stands between two notes about one article that were written at the same time.
const BETWEEN_NOTES: &str = "\n———\n";

/// One note of several that were written without any of the writers having seen the others: all of them, in
/// their order, each once.
pub fn join_notes<'a>(notes: impl IntoIterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for note in notes {
        if !note.is_empty() && !all.contains(&note) {
            all.push(note);
        }
    }
    all.join(BETWEEN_NOTES)
}

/// What holds for an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Whether it has a star.
    pub starred: bool,
    /// Whether it has been read.
    pub read: bool,
    /// Its tags.
    pub tags: BTreeSet<String>,
    /// Its note; empty for none.
    pub note: String,
}

impl Marks {
    /// Takes a mark in; the mark that takes it back.
    pub fn apply(&mut self, mark: &Mark) -> Mark {
        match mark {
            Mark::Star(on) => Mark::Star(std::mem::replace(&mut self.starred, *on)),
            Mark::Read(on) => Mark::Read(std::mem::replace(&mut self.read, *on)),
            Mark::Tag(name, true) => {
                let is_new = self.tags.insert(name.clone());
                Mark::Tag(name.clone(), !is_new)
            }
            Mark::Tag(name, false) => Mark::Tag(name.clone(), self.tags.remove(name)),
            Mark::Note(text) => Mark::Note(std::mem::replace(&mut self.note, text.clone())),
        }
    }

    /// Where the article comes among others.
    pub fn standing(&self) -> Standing {
        match self {
            Self { starred: true, .. } => Standing::Starred,
            Self { read: true, .. } => Standing::Read,
            _ => Standing::Unread,
        }
    }

    /// Whether nothing is kept about the article.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Which articles come first where lists are sorted by marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Those with a star.
    Starred,
    /// Those that have not been read.
    #[default]
    Unread,
    /// Those that have.
    Read,
}

/// What holds for every article about which nothing is kept.
static NONE: Marks =
    Marks { starred: false, read: false, tags: BTreeSet::new(), note: String::new() };

/// What holds for each article about which something is kept. A copy shares everything with its
/// original until one of the two changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkTable(Arc<HashMap<ArticleId, Marks>>);

impl MarkTable {
    /// What holds for an article; nothing is marked of one about which nothing is kept.
    pub fn of(&self, id: ArticleId) -> &Marks {
        self.get(id).unwrap_or(&NONE)
    }

    /// What holds for an article, if anything is kept about it.
    pub fn get(&self, id: ArticleId) -> Option<&Marks> {
        self.0.get(&id)
    }

    /// The articles about which something is kept, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (ArticleId, &Marks)> {
        self.0.iter().map(|(id, marks)| (*id, marks))
    }

    /// Takes a mark in; the mark that takes it back.
    pub fn apply(&mut self, id: ArticleId, mark: &Mark) -> Mark {
        let all = Arc::make_mut(&mut self.0);
        let marks = all.entry(id).or_default();
        let back = marks.apply(mark);
        if marks.is_empty() {
            all.remove(&id);
        }
        back
    }
}

impl FromIterator<(ArticleId, Marks)> for MarkTable {
    fn from_iter<T: IntoIterator<Item = (ArticleId, Marks)>>(marks: T) -> Self {
        Self(Arc::new(marks.into_iter().filter(|(_, marks)| !marks.is_empty()).collect()))
    }
}

/// An article as marks name it: what it is known by, and where it was seen, for people.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MarkedArticle {
    /// What it is known by.
    pub id: ArticleId,
    /// Where it lay when it was marked, as it was shown.
    pub path: String,
    /// Its headline.
    pub title: String,
}

impl ArticleId {
    /// The id that is written so, 32 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let mut id = [0; 16];
        let digits =
            text.len() == 32 && text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        for (at, byte) in id.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        digits.then_some(Self(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mark_gives_takes_it_back() {
        let all = [
            Mark::Star(true),
            Mark::Star(true),
            Mark::Tag("水".into(), true),
            Mark::Tag("水".into(), true),
            Mark::Tag("桥".into(), false),
            Mark::Note("再读".into()),
            Mark::Tag("水".into(), false),
            Mark::Read(true),
        ];
        let mut marks = Marks::default();
        for mark in all {
            let before = marks.clone();
            let back = marks.apply(&mark);
            assert_eq!(back.field(), mark.field());
            let again = marks.apply(&back);
            assert_eq!(marks, before, "{mark:?}");
            marks.apply(&mark);
            assert_eq!(again, mark);
        }
        assert!(marks.starred && marks.read && marks.tags.is_empty() && marks.note == "再读");
    }

    #[test]
    fn ids_are_written_and_read() {
        let id = ArticleId::of("雨停了");
        assert_eq!(ArticleId::parse(&id.to_string()), Some(id));
        for bad in ["", "12", &id.to_string().to_uppercase(), &"+1".repeat(16), &"é".repeat(16)] {
            assert_eq!(ArticleId::parse(bad), None, "{bad}");
        }
    }
}
