//! Some thousand rows in one piece.

use super::{ArticleRow, Certainty, chunks::Measured};
use crate::{
    article::facts::{IssueDate, PageNumber},
    text::display::{DisplayLine, DisplayLines, DisplayStr},
};

/// What the list shows of an article, as [`ArticleRow`], borrowed from where it lies packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row<'a> {
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
    pub page: Option<&'a PageNumber>,
}

impl From<Row<'_>> for ArticleRow {
    fn from(row: Row<'_>) -> Self {
        let Row { title, byline, member, chars, line, certainty, date, paper, page } = row;
        Self {
            title: title.to_line(),
            byline: byline.to_line(),
            member: member.to_line(),
            chars,
            line,
            certainty,
            date,
            paper: paper.to_line(),
            page: page.cloned(),
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

#[derive(Clone, Debug, PartialEq, Eq)]
struct Packed {
    /// Numbers of title, byline, member and paper among the texts.
    texts: [u32; 4],
    chars: u32,
    line: u32,
    certainty: Certainty,
    date: Option<IssueDate>,
    page: Option<PageNumber>,
}

/// What a row has besides texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowFacts {
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

/// Whether two texts are the same. Most are empty, and those are not compared: an empty text may
/// lie at an address without memory, where comparing takes processors that read under a mask
/// thirty times as long.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && (a.is_empty() || a == b)
}

impl Block {
    /// Adds a row.
    pub fn push(&mut self, row: &ArticleRow) {
        let ArticleRow { title, byline, member, chars, line, certainty, date, paper, page } = row;
        let facts = RowFacts {
            chars: *chars,
            line: *line,
            certainty: *certainty,
            date: *date,
            page: page.clone(),
        };
        let shown = |text: &DisplayLine, texts: &mut DisplayLines| texts.push(text);
        let texts = [title, byline, member, paper].map(|text| (text.as_str(), text));
        self.add(texts, shown, facts);
    }

    /// Adds a row with title, byline, member and paper as they come from anywhere: they are made safe.
    pub fn push_source(&mut self, texts: [&str; 4], facts: RowFacts) {
        let made_safe = |text: &str, lines: &mut DisplayLines| lines.push_source(text);
        self.add(texts.map(|text| (text, text)), made_safe, facts);
    }

    fn add<T: ?Sized>(
        &mut self,
        texts: [(&str, &T); 4],
        put: impl Fn(&T, &mut DisplayLines) -> u32,
        facts: RowFacts,
    ) {
        let above = self.rows.last().map(|row| row.texts);
        let mut numbers = [0; 4];
        for (at, ((number, (text, source)), above)) in numbers
            .iter_mut()
            .zip(texts)
            .zip(above.map_or([None; 4], |above| above.map(Some)))
            .enumerate()
        {
            let same =
                above.filter(|above| at > 0 && is_same(self.texts.get(*above).as_str(), text));
            *number = same.unwrap_or_else(|| put(source, &mut self.texts));
        }
        let RowFacts { chars, line, certainty, date, page } = facts;
        self.dated += usize::from(date.is_some());
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (chars, line) = (small(chars), small(line));
        self.rows.push(Packed { texts: numbers, chars, line, certainty, date, page });
    }

    /// The row with a number.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        let Packed { texts, chars, line, certainty, date, page } = self.rows.get(at)?;
        let [title, byline, member, paper] = texts.map(|number| self.texts.get(number));
        let (chars, line) = (*chars as usize, *line as usize);
        let (certainty, date, page) = (*certainty, *date, page.as_ref());
        Some(Row { title, byline, member, chars, line, certainty, date, paper, page })
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
