//! What can be wrong with a query, where, and what to do about it.

use std::fmt;

use crate::{lang::Lang, text::range::TextRange};

use super::{Field, Flag, MAX_CHARS, MAX_DEPTH, MAX_REGEXES};

/// A query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The part of the query that is to be underlined; never empty unless the query is.
    pub range: TextRange,
    /// What is wrong with it.
    pub problem: Problem,
}

impl QueryError {
    /// What is wrong and what to do, for people.
    pub fn message(&self, lang: Lang) -> String {
        self.problem.message(lang)
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for QueryError {}

/// What is wrong with a place in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// More than [`MAX_CHARS`] characters.
    TooLong,
    /// More than [`MAX_DEPTH`] groups in one another.
    TooDeep,
    /// More than [`MAX_REGEXES`] regular expressions.
    TooManyRegexes,
    /// A quotation mark without its partner.
    UnclosedQuote,
    /// `(` without `)`.
    UnclosedGroup,
    /// `)` without `(`.
    UnopenedGroup,
    /// Nothing between `(` and `)`.
    EmptyGroup,
    /// Nothing but white space to look for.
    Blank,
    /// `-` with nothing to exclude.
    LoneMinus,
    /// `OR` without something on both sides.
    LoneOr,
    /// A backslash at the end.
    LoneEscape,
    /// Letters before a colon that name no field.
    UnknownField {
        /// The letters.
        name: String,
        /// The field that was meant.
        suggestion: Option<Field>,
    },
    /// A field with nothing behind its colon.
    NoValue(Field),
    /// A field with a group behind its colon.
    GroupValue(Field),
    /// A regular expression for a field that is no text.
    NoRegex(Field),
    /// `/` without its partner.
    UnclosedRegex,
    /// Nothing between two slashes.
    EmptyRegex,
    /// Something sticks to the end of a regular expression.
    BehindRegex,
    /// A regular expression that is none, for this reason.
    Regex(RegexProblem),
    /// What stands behind `date:` is no date.
    NoDate,
    /// A span of time that ends before it begins.
    DateOrder,
    /// What stands behind `is:` is no state.
    UnknownFlag {
        /// What stands there.
        name: String,
        /// The state that was meant.
        suggestion: Option<Flag>,
    },
}

/// What is wrong with a regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegexProblem {
    /// `(` or `[` without its partner.
    Unclosed,
    /// `)` without `(`.
    Unopened,
    /// `*`, `+`, `?` or `{` with nothing before it.
    NothingToRepeat,
    /// A count that is no count, such as `{3,1}`.
    Count,
    /// A range of characters that ends before it begins.
    Order,
    /// A backslash with a character that means nothing behind it.
    Escape,
    /// Things that this kind of regular expression does not have: back references, look-around.
    Unsupported,
    /// `\p{…}` or `[:…:]` with a name of no class of characters.
    Class,
    /// `(?…)` with a letter that is no flag.
    Flag,
    /// A name of a group that cannot be one.
    Name,
    /// It would take too much memory.
    TooLarge,
    /// Anything else, in the words of the library.
    Other(String),
}

impl Problem {
    /// The error that this is at a place.
    pub(super) fn at(self, range: TextRange) -> QueryError {
        QueryError { range, problem: self }
    }

    fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::TooLong, Lang::Zh) => format!("查询太长，最多 {MAX_CHARS} 个字符；请缩短"),
            (Self::TooLong, Lang::En) => {
                format!("the query is longer than {MAX_CHARS} characters; make it shorter")
            }
            (Self::TooDeep, Lang::Zh) => format!("括号或 - 套了 {MAX_DEPTH} 层以上；请减少"),
            (Self::TooDeep, Lang::En) => {
                format!("more than {MAX_DEPTH} groups or - in one another; use fewer")
            }
            (Self::TooManyRegexes, Lang::Zh) => {
                format!("正则表达式多于 {MAX_REGEXES} 个；可用 | 合并")
            }
            (Self::TooManyRegexes, Lang::En) => {
                format!("more than {MAX_REGEXES} regular expressions; join some of them with |")
            }
            (Self::UnknownField { name, suggestion }, _) => unknown_field(lang, name, *suggestion),
            (Self::UnknownFlag { name, suggestion }, _) => unknown_flag(lang, name, *suggestion),
            (Self::NoValue(field), _) => no_value(lang, *field),
            (Self::GroupValue(field), _) => group_value(lang, field.name()),
            (Self::NoRegex(field), Lang::Zh) => {
                format!("{}: 后不能用正则表达式；请直接写值", field.name())
            }
            (Self::NoRegex(field), Lang::En) => {
                format!("{}: takes no regular expression; write the value", field.name())
            }
            (Self::Regex(problem), Lang::Zh) => format!("正则表达式有误：{}", problem.words(lang)),
            (Self::Regex(problem), Lang::En) => {
                format!("regular expression: {}", problem.words(lang))
            }
            (problem, _) => problem.plain(lang).to_owned(),
        }
    }

    /// The messages that are always the same.
    fn plain(&self, lang: Lang) -> &'static str {
        match self {
            Self::UnclosedQuote => lang.of(
                "引号没有闭合；请补上，或写 \\\" 查找引号本身",
                "the quotation mark is not closed; close it, or write \\\" to find the mark itself",
            ),
            Self::UnclosedGroup => lang.of(
                "括号没有闭合；请补上 )，或写 \\( 查找括号本身",
                "the bracket is not closed; add ), or write \\( to find the bracket itself",
            ),
            Self::UnopenedGroup => lang.of(
                "没有与此对应的 (；请删去，或写 \\) 查找括号本身",
                "no ( belongs to this; delete it, or write \\) to find the bracket itself",
            ),
            Self::EmptyGroup => lang.of(
                "括号里没有内容；请填写或删去",
                "nothing stands between the brackets; fill or delete them",
            ),
            Self::Blank => {
                lang.of("这里没有可查找的内容；请填写或删去", "nothing to look for; fill or delete this")
            }
            Self::LoneMinus => lang.of(
                "- 后没有要排除的词；请紧接着写，或写 \\- 查找减号本身",
                "- has nothing to exclude; write it right behind, or \\- to find the sign itself",
            ),
            Self::LoneOr => lang.of(
                "OR 两边都要有词；请补上，或写 \\OR 查找这个词本身",
                "OR needs something on both sides; add it, or write \\OR to find the word itself",
            ),
            Self::LoneEscape => lang.of(
                "\\ 后没有字符；请补上，或写 \\\\ 查找它本身",
                "nothing stands behind the backslash; add it, or write \\\\ to find the sign itself",
            ),
            Self::UnclosedRegex => lang.of(
                "正则表达式没有闭合；请补上 /，或写 \\/ 查找斜线本身",
                "the regular expression is not closed; add /, or write \\/ to find the slash itself",
            ),
            Self::EmptyRegex => lang.of(
                "正则表达式是空的；请在两条斜线之间填写",
                "the regular expression is empty; write it between the slashes",
            ),
            Self::BehindRegex => lang.of(
                "正则表达式后要有空格；要查找带斜线的文字，请加引号",
                "a space belongs behind a regular expression; put text with slashes in quotation marks",
            ),
            Self::DateOrder => lang.of(
                "起始晚于终止；请对调",
                "this ends before it begins; write the earlier date first",
            ),
            // The others have words of their own.
            _ => lang.of(
                "不是日期；请写 2014、2014-05、2014-05-12，或 2014..2016、..2014、2014..",
                "this is no date; write 2014, 2014-05, 2014-05-12, or 2014..2016, ..2014, 2014..",
            ),
        }
    }
}

/// A name as it is told: what was typed can be as long as a query.
fn short(name: &str) -> String {
    const LONGEST: usize = 16;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => name.get(..end).unwrap_or_default().to_owned() + "…",
        None => name.to_owned(),
    }
}

fn unknown_field(lang: Lang, name: &str, suggestion: Option<Field>) -> String {
    let name = short(name);
    let names: Vec<&str> = Field::NAMED.iter().map(|field| field.name()).collect();
    match (suggestion.map(Field::name), lang) {
        (Some(meant), Lang::Zh) => {
            format!("没有字段 {name}，是否想用 {meant}:？要查找这些字，请加引号")
        }
        (Some(meant), Lang::En) => {
            format!(
                "no field {name}, did you mean {meant}:? To find the text, put it in quotation marks"
            )
        }
        (None, Lang::Zh) => {
            format!("没有字段 {name}；可用 {}。要查找这些字，请加引号", names.join("、"))
        }
        (None, Lang::En) => format!(
            "no field {name}; there are {}. To find the text, put it in quotation marks",
            names.join(", ")
        ),
    }
}

fn unknown_flag(lang: Lang, name: &str, suggestion: Option<Flag>) -> String {
    let name = short(name);
    let names: Vec<&str> = Flag::ALL.iter().map(|flag| flag.name()).collect();
    match (suggestion.map(Flag::name), lang) {
        (Some(meant), Lang::Zh) => format!("没有状态 {name}，是否想用 is:{meant}？"),
        (Some(meant), Lang::En) => format!("no state {name}, did you mean is:{meant}?"),
        (None, Lang::Zh) => format!("没有状态 {name}；可用 {}", names.join("、")),
        (None, Lang::En) => format!("no state {name}; there are {}", names.join(", ")),
    }
}

fn no_value(lang: Lang, field: Field) -> String {
    let example = match field {
        Field::Date => "date:2014-05",
        Field::Is => "is:unread",
        Field::Path => "path:2014/05",
        Field::Tag => "tag:精读",
        Field::Note => "note:引用",
        Field::Byline => "by:王",
        Field::Keyword => "kw:协同",
        Field::Any | Field::Title => "title:协同",
    };
    match lang {
        Lang::Zh => format!("{}: 后没有值；请紧接着写，如 {example}", field.name()),
        Lang::En => {
            format!("{}: has no value; write it right behind, as in {example}", field.name())
        }
    }
}

fn group_value(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}: 后不能用括号；请写 ({name}:甲 OR {name}:乙)"),
        Lang::En => format!("{name}: takes no group; write ({name}:a OR {name}:b)"),
    }
}

impl RegexProblem {
    fn words(&self, lang: Lang) -> String {
        let words = match self {
            Self::Unclosed => lang
                .of("括号没有闭合；请补上或加 \\", "a bracket is not closed; close or escape it"),
            Self::Unopened => {
                lang.of("多余的 )；请删去或加 \\", "this ) closes nothing; delete or escape it")
            }
            Self::NothingToRepeat => lang.of(
                "此前没有可重复的内容；请补上或加 \\",
                "there is nothing to repeat before this; add it or escape the sign",
            ),
            Self::Count => {
                lang.of("重复次数有误；如 {2} 或 {1,3}", "no valid count; write {2} or {1,3}")
            }
            Self::Order => {
                lang.of("字符范围前大后小；请对调", "the range is upside down; swap its ends")
            }
            Self::Escape => lang.of(
                "没有这种转义；查找 \\ 本身请写 \\\\",
                "no such escape; write \\\\ to find the backslash itself",
            ),
            Self::Unsupported => lang.of(
                "不支持前后断言和反向引用；请换一种写法",
                "there is no look-around and no back reference; write it without",
            ),
            Self::Class => lang.of(
                "没有这种字符类；如 \\p{Han} 汉字、\\d 数字",
                "no such class; write \\p{Han} for Chinese, \\d for digits",
            ),
            Self::Flag => lang
                .of("没有这种标志；分组写 (…) 或 (?:…)", "no such flag; a group is (…) or (?:…)"),
            Self::Name => {
                lang.of("分组名有误；用 (…) 即可", "this is no name for a group; (…) is enough")
            }
            Self::TooLarge => {
                lang.of("太大；请减少重复次数", "it is too large; use smaller counts")
            }
            Self::Other(words) => return words.clone(),
        };
        words.to_owned()
    }
}
