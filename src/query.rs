//! The query language: what a person types to find articles, and what it means.
//!
//! [`Query::parse`] reads it, [`Matcher`] decides about articles without an index and says where the
//! hits are, [`Required`] says what an index can leave out. [`GRAMMAR`] is the table that help texts
//! show. The steps are a module each: `lex` (characters and words), `parse`, [`date`], [`regex`] and
//! [`pinyin`] (the patterns that are not plain text), `print` (the canonical form), [`printed`]
//! (texts that are not folded), [`error`] (what
//! can be wrong, and where), `required`, `marked` (what is about marks), `matcher` with `fields` and `hits`.
//!
//! Text is compared in the form of [`Searchable`](crate::text::searchable::Searchable), so that
//! traditional and simplified, full and half width, capitals and small letters are the same. Words
//! are found anywhere, 京津 in 京津冀 too: Chinese has no borders of words that could be relied on.

use std::fmt;

use crate::{
    lang::Lang,
    text::{range::TextRange, searchable::phrase},
};

pub mod date;
pub mod error;
mod fields;
mod hits;
mod lex;
mod marked;
mod matcher;
mod parse;
pub mod pinyin;
mod print;
pub mod printed;
pub mod regex;
mod required;

pub use self::error::QueryError;
pub use self::fields::{Fact, Subject};
pub use self::hits::{Count, Found, Hit, Kind, Place};
pub(crate) use self::matcher::MIN_IN_TEXTS;
pub use self::matcher::{MatchOptions, Matcher, Verdict};
pub use self::required::Required;

use self::{date::DateRange, regex::Regex};

/// Characters that a query may have.
pub const MAX_CHARS: usize = 2_000;
/// Groups and negations that may lie in one another.
pub const MAX_DEPTH: usize = 32;
/// Regular expressions that a query may have: each takes up to a megabyte.
pub const MAX_REGEXES: usize = 16;

/// A row of the language's description: what is typed, and what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// An example, as it is typed.
    pub example: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl Rule {
    /// What the example finds.
    pub fn meaning(&self, lang: Lang) -> &'static str {
        lang.of(self.zh, self.en)
    }
}

/// The language, a row for each construction.
///
/// | typed | finds | 查找 |
/// |---|---|---|
/// | `京津冀 协同` | articles with both words | 同时含有两词 |
/// | `京津冀 OR 雄安` | one of them or both; `a b OR c` is `a (b OR c)` | 含其一即可；`a b OR c` 即 `a (b OR c)` |
/// | `"协同 发展"` | exactly this, the space too; no pinyin | 原样查找，含空格，不用拼音 |
/// | `-房价` | articles without it | 不含此词 |
/// | `(京津 OR 雄安) -(房价 OR 地价)` | groups | 用括号分组 |
/// | `title:协同` | in the title; `by:` byline, `path:` path, `note:` note | 在标题中；`by:` 署名，`path:` 路径，`note:` 备注 |
/// | `tag:精读` | a tag has this in it; `tag:"精读"` is it; `kw:` keywords alike | 标签含有；`tag:"精读"` 标签恰为；`kw:` 关键词同理 |
/// | `date:2014` | of this year; also `2014-05`, `2014-05-12` | 日期在此年；也可 `2014-05`、`2014-05-12` |
/// | `date:2014-03..2015` | from the first to the last, both included; `..2014` and `2014..` are open | 起止之间，含两端；`..2014`、`2014..` 一端不限 |
/// | `is:unread` | not read; also `read`, `starred`, `tagged`, `noted` | 未读；另有 `read` 已读、`starred` 加星、`tagged` 有标签、`noted` 有备注 |
/// | `/第.{1,3}届/` | regular expression, within a line; also `title:/…/`, but not for `path:` | 正则表达式，不跨行；也可 `title:/…/`，`path:` 除外 |
/// | `jjj` | pinyin, whole or initials; from three letters on in texts, from two elsewhere | 拼音全拼或首字母；正文至少三个字母，其余两个 |
/// | `a\:b` | `\` makes a sign or `OR` stand for itself | `\` 使符号或 `OR` 只表示自身 |
///
/// Full-width signs (：（）－“”　) mean what the ASCII ones mean. `OR` binds tighter than words side by
/// side, as in large search engines: it joins ways to say one thing.
pub const GRAMMAR: [Rule; 13] = [
    rule("京津冀 协同", "同时含有两词", "articles with both words"),
    rule(
        "京津冀 OR 雄安",
        "含其一即可；a b OR c 即 a (b OR c)",
        "one of them or both; a b OR c is a (b OR c)",
    ),
    rule("\"协同 发展\"", "原样查找，含空格，不用拼音", "exactly this, the space too; no pinyin"),
    rule("-房价", "不含此词", "articles without it"),
    rule("(京津 OR 雄安) -(房价 OR 地价)", "用括号分组", "groups"),
    rule(
        "title:协同",
        "在标题中；by: 署名，path: 路径，note: 备注",
        "in the title; by: byline, path: path, note: note",
    ),
    rule(
        "tag:精读",
        "标签含有；tag:\"精读\" 标签恰为；kw: 关键词同理",
        "a tag has this in it; tag:\"精读\" is it; kw: keywords alike",
    ),
    rule(
        "date:2014",
        "日期在此年；也可 2014-05、2014-05-12",
        "of this year; also 2014-05, 2014-05-12",
    ),
    rule(
        "date:2014-03..2015",
        "起止之间，含两端；..2014、2014.. 一端不限",
        "from the first to the last, both included; ..2014 and 2014.. are open",
    ),
    rule(
        "is:unread",
        "未读；另有 read 已读、starred 加星、tagged 有标签、noted 有备注",
        "not read; also read, starred, tagged, noted",
    ),
    rule(
        "/第.{1,3}届/",
        "正则表达式，不跨行；也可 title:/…/，path: 除外",
        "regular expression, within a line; also title:/…/, but not for path:",
    ),
    rule(
        "jjj",
        "拼音全拼或首字母；正文至少三个字母，其余两个",
        "pinyin, whole or initials; from three letters on in texts, from two elsewhere",
    ),
    rule("a\\:b", "\\ 使符号或 OR 只表示自身", "\\ makes a sign or OR stand for itself"),
];

const fn rule(example: &'static str, zh: &'static str, en: &'static str) -> Rule {
    Rule { example, zh, en }
}

/// What is searched for. Printed, it is a query that means the same.
///
/// ```
/// use zhaidu::query::Query;
///
/// let query = Query::parse("京津 冀　（title：协同 OR －房价）").unwrap();
/// assert_eq!(query.to_string(), "京津 冀 (title:协同 OR -房价)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What must hold of an article. [`Expr::All`] of nothing for an empty query, which every
    /// article matches.
    pub expr: Expr,
}

impl Default for Query {
    fn default() -> Self {
        Self { expr: Expr::All(Vec::new()) }
    }
}

impl Query {
    /// The query for a word in a field, exactly as it stands; one that finds everything if there is
    /// nothing in the word to be compared.
    pub fn of_word(field: Field, word: &str) -> Self {
        let folded = phrase(word);
        if folded.is_empty() {
            return Self::default();
        }
        let literal = Literal { typed: word.to_owned(), folded, quoted: true };
        let range = TextRange::new(0, word.len());
        Self { expr: Expr::Term(Term { field, pattern: Pattern::Literal(literal), range }) }
    }

    /// Reads a query.
    ///
    /// # Errors
    ///
    /// When it cannot be understood; the error says where and what to do.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse::parse(text)
    }

    /// Whether every article matches because nothing is asked.
    pub fn is_empty(&self) -> bool {
        matches!(&self.expr, Expr::All(parts) if parts.is_empty())
    }
}

/// A condition. Read from a query, no `All` lies directly in an `All` and no `Any` in an `Any`, and
/// apart from the empty query both have at least two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// All of these.
    All(Vec<Expr>),
    /// At least one of these.
    Any(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// One word, phrase, field or regular expression.
    Term(Term),
}

/// The smallest condition. Two terms are equal when they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Term {
    /// Where it is looked for.
    pub field: Field,
    /// What is looked for.
    pub pattern: Pattern,
    /// Its place in the query as typed, field and quotation marks included.
    pub range: TextRange,
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.field == other.field && self.pattern == other.pattern
    }
}

impl Eq for Term {}

/// Where a term is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// No field was named: title, keywords and the whole text.
    Any,
    /// The title.
    Title,
    /// The keywords.
    Keyword,
    /// The byline.
    Byline,
    /// The path of the source.
    Path,
    /// The tags that the person gave.
    Tag,
    /// The note that the person wrote.
    Note,
    /// The date of the article.
    Date,
    /// What the person did with it.
    Is,
}

impl Field {
    /// The fields that have a name.
    pub const NAMED: [Self; 8] = [
        Self::Title,
        Self::Keyword,
        Self::Byline,
        Self::Path,
        Self::Tag,
        Self::Note,
        Self::Date,
        Self::Is,
    ];

    /// The name before the colon; none for [`Field::Any`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Title => "title",
            Self::Keyword => "kw",
            Self::Byline => "by",
            Self::Path => "path",
            Self::Tag => "tag",
            Self::Note => "note",
            Self::Date => "date",
            Self::Is => "is",
        }
    }
}

/// What a term looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// A piece of text.
    Literal(Literal),
    /// A regular expression.
    Regex(Regex),
    /// A span of time, for [`Field::Date`].
    Date(DateRange),
    /// A state, for [`Field::Is`].
    Is(Flag),
}

/// A piece of text that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// As it was typed, without quotation marks and escapes.
    pub typed: String,
    /// In the form that is compared; not empty.
    pub folded: String,
    /// Whether it stood in quotation marks: then it is no pinyin, and a whole tag or keyword.
    pub quoted: bool,
}

/// A state of an article that a person set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flag {
    /// Not read yet.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// With at least one tag.
    Tagged,
    /// With a note.
    Noted,
}

impl Flag {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Unread, Self::Read, Self::Starred, Self::Tagged, Self::Noted];

    /// The word behind `is:`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Starred => "starred",
            Self::Tagged => "tagged",
            Self::Noted => "noted",
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::query(f, &self.expr)
    }
}

#[cfg(test)]
mod tests;
