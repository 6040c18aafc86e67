//! From the text of a page to its articles.
//!
//! A [`Page`] is the decoded text of one source. [`split()`] gives every line of it a [`Role`] and
//! an [`Owner`], and builds the [`Article`]s: nothing of the page is lost, nothing is invented.
//!
//! An article is one flat text (title, byline, headings and paragraphs in reading order, and the
//! things that stand beside the text, such as captions, at the end) with [`Part`]s as ranges over
//! it. The steps are a module each, in this order: `lines` (facts), `records` (files that
//! say themselves where articles begin), `roles` (the form of each line,
//! with `cues`, `forms`, `byline` and `chars`), `repeats` (pull quotes), `blocks`, `score` and `decide`
//! (where articles begin), `hidden` (beginnings that nothing announces), `overrides` (what a person
//! decided), `heads` (titles), `joins` and `build` (the text of each article), which leaves out what
//! `gloss` finds, and `damage` (places at which text was destroyed). A text that is known to be one
//! article takes the shorter way of `given`. `borders` tells what stands
//! between lines, `marks` are what a person keeps about an article, [`facts`] is what is known of the issue it was printed in,
//! [`citation`] how it is quoted, `source_lines` at which lines it stands, `place` how far it was read, [`order`] in which order
//! a list of articles can be read.
//!
//! One text with ranges, instead of a tree of strings, makes highlights, jumps, wrapping and
//! the reader's place plain arithmetic, in titles as well as in paragraphs.

mod access;
mod blocks;
mod borders;
mod build;
mod byline;
mod chars;
#[cfg(test)]
mod checks;
pub mod citation;
mod cues;
mod damage;
mod decide;
mod evidence;
pub mod facts;
mod forms;
mod fragments;
mod given;
mod gloss;
mod grounds;
mod heads;
mod hidden;
mod joins;
mod lines;
mod marks;
pub mod order;
mod outline;
mod overrides;
mod place;
mod records;
mod repeats;
mod roles;
mod score;
mod source_lines;
mod split;
mod topics;
mod why;

use std::sync::Arc;

pub use self::borders::{Borders, Joined, letters};
pub(crate) use self::chars::is_name;
pub use self::given::{Given, split_given};
pub use self::marks::{Mark, MarkField, MarkTable, MarkedArticle, Marks, Standing, join_notes};
pub use self::outline::Heading;
pub use self::overrides::{Decision, Override, PageId, Verdict};
pub use self::place::ReadingPlace;
pub use self::source_lines::SourceLines;
pub use self::split::{split, split_with};
pub use self::why::{Evidence, Reason, Word};
use crate::lang::Lang;
use crate::text::range::TextRange;

/// Raised whenever the same source is split into other articles, or other facts are found about them:
/// what was kept of them before counts no more then.
pub const VERSION: u32 = 1;

/// How willing the splitter is to see several articles in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SplitMode {
    /// The whole text is one article.
    Off,
    /// An article begins where that is likely, if the text holds one beginning beyond doubt.
    #[default]
    Auto,
    /// An article begins only where that is beyond doubt.
    Strict,
}

/// What a line of a page, or a part of an article, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Only white space.
    Blank,
    /// A line above the title that leads to it (肩题).
    Kicker,
    /// A headline.
    Title,
    /// A line below the title that explains it, often after a dash (副题).
    Subtitle,
    /// Who wrote it.
    Byline,
    /// Where the author works, usually in brackets at the end.
    Affiliation,
    /// The agency or paper that the article was taken from.
    Source,
    /// The name of a standing column of the paper.
    Column,
    /// A summary that the editors put before the text (编者提要).
    Abstract,
    /// A section heading inside the article.
    Heading,
    /// Running text.
    Paragraph,
    /// A sentence of the text repeated as decoration.
    PullQuote,
    /// The text of a picture.
    Caption,
    /// Whose picture it is.
    Credit,
    /// Header or footer of the page itself: paper, date, page number.
    PageHeader,
    /// Anything else that belongs to the page and to no article.
    Other,
}

impl Role {
    /// What people call it.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Blank => lang.of("空行", "blank"),
            Self::Kicker => lang.of("肩题", "kicker"),
            Self::Title => lang.of("标题", "title"),
            Self::Subtitle => lang.of("副题", "subtitle"),
            Self::Byline => lang.of("署名", "byline"),
            Self::Affiliation => lang.of("单位", "affiliation"),
            Self::Source => lang.of("来源", "source"),
            Self::Column => lang.of("栏目", "column"),
            Self::Abstract => lang.of("提要", "abstract"),
            Self::Heading => lang.of("小标题", "heading"),
            Self::Paragraph => lang.of("正文", "paragraph"),
            Self::PullQuote => lang.of("引文", "pull quote"),
            Self::Caption => lang.of("图注", "caption"),
            Self::Credit => lang.of("图源", "credit"),
            Self::PageHeader => lang.of("版头", "page header"),
            Self::Other => lang.of("其他", "other"),
        }
    }
}

/// Whom a line of a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The article with this index in [`Page::articles`].
    Article(usize),
    /// The page as a whole.
    Page,
}

/// One line of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageLine {
    /// The bytes of the line in [`Page::text`], its line end included. The ranges of all lines,
    /// in order, are the whole text.
    pub range: TextRange,
    /// What the line is; what its last field is, when several fields of a record stand on it.
    pub role: Role,
    /// Whom it belongs to.
    pub owner: Owner,
    /// What spoke for the role.
    pub why: Word,
    /// How often lines with this reason have this role, 0 to 1, as far as it was counted.
    pub confidence: f32,
}

/// A place where an article might begin, and what was decided about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The line, as index into [`Page::lines`].
    pub line: usize,
    /// What spoke for a beginning there, and against it.
    pub evidence: Evidence,
    /// Whether an article begins there.
    pub accepted: bool,
}

/// The text of one source with its articles.
#[derive(Clone, Debug)]
pub struct Page {
    /// The decoded text as it is in the source.
    pub text: Arc<str>,
    /// Every line of the text.
    pub lines: Vec<PageLine>,
    /// The articles, in the order in which they begin on the page. Not empty unless the text is
    /// blank.
    pub articles: Vec<Article>,
    /// The places where articles begin or might begin, in order, the top of the page left out.
    pub candidates: Vec<Candidate>,
}

/// The content hash of an article: the same text has the same id wherever it lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub [u8; 16]);

/// Article or picture with its caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Running text, with or without a headline.
    Article,
    /// A picture of which only the caption can be printed.
    Photo,
}

/// One article of a page.
#[derive(Clone, Debug)]
pub struct Article {
    /// Content hash of [`Article::text`].
    pub id: ArticleId,
    /// What it is.
    pub kind: Kind,
    /// The whole article in reading order, a line per part; without pinyin glosses, 準(zhǔn), where
    /// the page has several.
    pub text: Arc<str>,
    /// The parts of the text, in order, without overlap.
    pub parts: Vec<Part>,
    /// Places in the text at which the original was destroyed before it came here, in order and
    /// apart. What is marked can be read, but hardly means anything: characters that could not be
    /// decoded, glosses that do not fit their character, marks in the middle of words on a page
    /// with such signs.
    pub damage: Vec<TextRange>,
    /// Names of the authors, as printed in the byline.
    pub authors: Vec<String>,
    /// How sure the splitter is that an article begins here, and why.
    pub start: Evidence,
}

/// A part of an article: one title line, one paragraph, one caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Its place in [`Article::text`], without the line end that follows it.
    pub range: TextRange,
    /// Where its text comes from, in order; several pieces when a paragraph that a column break
    /// had cut was joined again, or when a gloss was left out of a line.
    pub pieces: Vec<Piece>,
    /// Where lines were joined, in order.
    pub joins: Vec<Join>,
}

/// A place where two lines of the page were made one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// The first byte behind the border, in [`Article::text`].
    pub at: usize,
    /// What spoke for it.
    pub evidence: Evidence,
}

/// A run of an article's text that was taken from the page as it is.
///
/// Two pieces of a part come from two lines, or from one line with only a gloss between them on
/// the page. Nothing stands between them in the article, except one space where two words or
/// numbers in ASCII would run together: a gap of one byte that belongs to no piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte of the piece in [`Article::text`].
    pub start: usize,
    /// The same bytes in [`Page::text`].
    pub source: TextRange,
}
