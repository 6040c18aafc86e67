//! Some thousand rows in one piece.

use super::{ArticleRow, Certainty, chunks::Measured};
use crate::{
    article::{
        ArticleId,
        facts::{IssueDate, PageNumber},
    },
    text::display::{DisplayLines, DisplayStr},
};

/// What the list shows of an article, as [`ArticleRow`], borrowed from where it lies packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row<'a> {
    /// What its marks are known by.
    pub id: ArticleId,
    /// Headline, or the first words of an article that has none.
    pub title: DisplayStr<'a>,
    /// Names of the authors.
    pub byline: DisplayStr<'a>,
    /// The member of the source that it stands in, when that is an archive file; else empty.
    pub member: DisplayStr<'a>,
    /// Characters of running text.
    pub chars: usize,
    /// Line of the source at which it begins, from 1.
    pub line: usize,
    /// Whether its beginning is certain.
    pub certainty: Certainty,
    /// Date of the issue, if it is known.
    pub date: Option<IssueDate>,
    /// The newspaper; empty if it is not known.
    pub paper: DisplayStr<'a>,
    /// Page of the newspaper, if it is known.
    pub page: Option<PageNumber>,
}

/// Characters above which an article is as long as a book.
const BOOK: usize = 200_000;

impl Row<'_> {
    /// Whether the article is read and analysed only for who looks at it: its source may be as large, and is
    /// read from its beginning each time.
    pub fn is_as_long_as_a_book(&self) -> bool {
        self.chars > BOOK
    }
}

impl From<Row<'_>> for ArticleRow {
    fn from(row: Row<'_>) -> Self {
        let Row { id, title, byline, member, chars, line, certainty, date, paper, page } = row;
        Self {
            id,
            title: title.to_line(),
            byline: byline.to_line(),
            member: member.to_line(),
            chars,
            line,
            certainty,
            date,
            paper: paper.to_line(),
            page,
        }
    }
}

/// Rows in one piece. Texts are kept once where they are those of the row above, as the names of
/// newspapers mostly are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    texts: DisplayLines,
    rows: Vec<Packed>,
    dated: usize,
}

// A million of them are held at once.
const _: () = assert!(size_of::<Packed>() == 52);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Packed {
    id: ArticleId,
    /// Numbers of title, byline, member and paper among the texts.
    texts: [u32; 4],
    chars: u32,
    line: u32,
    certainty: Certainty,
    date: Option<IssueDate>,
    page: Option<PageNumber>,
}

/// What a row has besides texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowFacts {
    /// What its marks are known by.
    pub id: ArticleId,
    /// Characters of running text.
    pub chars: usize,
    /// Line of the source at which it begins, from 1.
    pub line: usize,
    /// Whether its beginning is certain.
    pub certainty: Certainty,
    /// Date of the issue, if it is known.
    pub date: Option<IssueDate>,
    /// Page of the newspaper, if it is known.
    pub page: Option<PageNumber>,
}

impl Block {
    /// Adds a row.
    pub fn push(&mut self, row: &ArticleRow) {
        let ArticleRow { id, title, byline, member, chars, line, certainty, date, paper, page } =
            row;
        let facts = RowFacts {
            id: *id,
            chars: *chars,
            line: *line,
            certainty: *certainty,
            date: *date,
            page: *page,
        };
        let mut numbers = self.above();
        for (number, text) in numbers.iter_mut().zip([title, byline, member, paper]) {
            let is_same = !self.rows.is_empty() && self.texts.get(*number) == text.shown();
            if !is_same {
                *number = self.texts.push(text);
            }
        }
        self.add(numbers, facts);
    }

    /// Adds a row with title, byline, member and paper as they come from anywhere, which are made safe;
    /// those that are missing are those of the row above.
    pub fn push_source(&mut self, texts: [Option<&str>; 4], facts: RowFacts) {
        let mut numbers = self.above();
        for (number, text) in numbers.iter_mut().zip(texts) {
            match text {
                Some(text) => *number = self.texts.push_source(text),
                // Above the first row there is nothing.
                None if self.rows.is_empty() => *number = self.texts.push_source(""),
                None => {}
            }
        }
        self.add(numbers, facts);
    }

    /// The texts of the last row.
    fn above(&self) -> [u32; 4] {
        self.rows.last().map_or([0; 4], |row| row.texts)
    }

    fn add(&mut self, texts: [u32; 4], facts: RowFacts) {
        let RowFacts { id, chars, line, certainty, date, page } = facts;
        self.dated += usize::from(date.is_some());
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (chars, line) = (small(chars), small(line));
        self.rows.push(Packed { id, texts, chars, line, certainty, date, page });
    }

    /// The row with a number.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        let Packed { id, texts, chars, line, certainty, date, page } = self.rows.get(at)?;
        let [title, byline, member, paper] = texts.map(|number| self.texts.get(number));
        let (chars, line) = (*chars as usize, *line as usize);
        let (certainty, date, page) = (*certainty, *date, *page);
        let id = *id;
        Some(Row { id, title, byline, member, chars, line, certainty, date, paper, page })
    }

    /// Gives back the memory that was kept for more rows.
    pub fn shrink(&mut self) {
        self.texts.shrink();
        self.rows.shrink_to_fit();
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows have a date.
    pub fn dated(&self) -> usize {
        self.dated
    }
}

impl Measured for Block {
    fn measure(&self) -> usize {
        self.rows.len()
    }
}
