//! What is known of an article, as far as it matters to a query.

use std::cell::OnceCell;

use crate::{
    article::{Marks, facts::IssueDate},
    text::searchable::Searchable,
};

use super::{Field, Flag, Place};

/// A fact that may have to be found out first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fact<T> {
    /// It is so; also when there is none.
    Known(T),
    /// Nobody has looked yet.
    #[default]
    Pending,
}

impl<T> Fact<T> {
    fn known(self) -> Option<T> {
        match self {
            Self::Known(fact) => Some(fact),
            Self::Pending => None,
        }
    }
}

/// An article as a query sees it: borrowed, and of what takes work to find out only as much as is
/// known already. A list has path and marks at once, title and date from an index or after the page
/// was split, the text after that, keywords last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject<'a> {
    /// The path of the source.
    pub path: &'a str,
    /// The title; empty when there is none.
    pub title: Fact<&'a str>,
    /// The byline as printed; empty when there is none.
    pub byline: Fact<&'a str>,
    /// The date.
    pub date: Fact<Option<IssueDate>>,
    /// The keywords.
    pub keywords: Fact<&'a [&'a str]>,
    /// The whole text, title included.
    pub text: Fact<&'a Searchable>,
    /// What the person did with it.
    pub marks: Fact<&'a Marks>,
}

/// The fields of one subject in the form that is searched, each made when it is first asked for.
pub(super) struct Fields<'a> {
    subject: Subject<'a>,
    title: OnceCell<Searchable>,
    byline: OnceCell<Searchable>,
    path: OnceCell<Searchable>,
    note: OnceCell<Searchable>,
    keywords: OnceCell<Vec<Searchable>>,
    tags: OnceCell<Vec<Searchable>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(subject: Subject<'a>) -> Self {
        Self {
            subject,
            title: OnceCell::new(),
            byline: OnceCell::new(),
            path: OnceCell::new(),
            note: OnceCell::new(),
            keywords: OnceCell::new(),
            tags: OnceCell::new(),
        }
    }

    /// Shows the texts that a term of this field is looked for in, the longest first, until `look`
    /// is content; says what is the case then: `Some(true)` when it was, `Some(false)` when it was
    /// not, `None` when it was not and something is not known yet.
    pub(super) fn search(
        &self,
        field: Field,
        mut look: impl FnMut(Place, &Searchable) -> bool,
    ) -> Option<bool> {
        let subject = &self.subject;
        let places: &[Field] = match field {
            Field::Any => &[Field::Any, Field::Title, Field::Keyword],
            Field::Title => &[Field::Title],
            Field::Keyword => &[Field::Keyword],
            Field::Byline => &[Field::Byline],
            Field::Path => &[Field::Path],
            Field::Tag => &[Field::Tag],
            Field::Note => &[Field::Note],
            Field::Date | Field::Is => &[],
        };
        let mut all_known = true;
        for place in places {
            let found = match place {
                Field::Title => subject.title.known().map(|title| {
                    look(Place::Title, self.title.get_or_init(|| Searchable::of(title)))
                }),
                Field::Byline => subject.byline.known().map(|byline| {
                    look(Place::Byline, self.byline.get_or_init(|| Searchable::of(byline)))
                }),
                Field::Path => {
                    Some(look(Place::Path, self.path.get_or_init(|| Searchable::of(subject.path))))
                }
                Field::Note => subject.marks.known().map(|marks| {
                    look(Place::Note, self.note.get_or_init(|| Searchable::of(&marks.note)))
                }),
                Field::Keyword => subject.keywords.known().map(|keywords| {
                    let keywords = self.keywords.get_or_init(|| folded(keywords.iter().copied()));
                    look_through(keywords, Place::Keyword, &mut look)
                }),
                Field::Tag => subject.marks.known().map(|marks| {
                    let tags =
                        self.tags.get_or_init(|| folded(marks.tags.iter().map(String::as_str)));
                    look_through(tags, Place::Tag, &mut look)
                }),
                _ => subject.text.known().map(|text| look(Place::Text, text)),
            };
            if found == Some(true) {
                return found;
            }
            all_known &= found.is_some();
        }
        all_known.then_some(false)
    }

    /// Whether the date of the article fulfils a condition; an article without a date does not.
    pub(super) fn date(&self, holds: impl Fn(IssueDate) -> bool) -> Option<bool> {
        self.subject.date.known().map(|date| date.is_some_and(holds))
    }

    /// Whether the article is in a state.
    pub(super) fn is(&self, flag: Flag) -> Option<bool> {
        self.subject.marks.known().map(|marks| match flag {
            Flag::Unread => !marks.read,
            Flag::Read => marks.read,
            Flag::Starred => marks.starred,
            Flag::Tagged => !marks.tags.is_empty(),
            Flag::Noted => !marks.note.is_empty(),
        })
    }
}

fn folded<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Searchable> {
    texts.map(Searchable::of).collect()
}

fn look_through(
    texts: &[Searchable],
    place: fn(usize) -> Place,
    look: &mut impl FnMut(Place, &Searchable) -> bool,
) -> bool {
    texts.iter().enumerate().any(|(n, text)| look(place(n), text))
}
