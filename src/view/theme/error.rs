//! What is wrong with a theme file, and where.

use std::fmt;

use super::{ATTRIBUTES, BuiltIn};
use crate::{
    app::keymap::{quote, type_in_chinese},
    lang::Lang,
};

/// Something wrong with a theme file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeError {
    /// The name of the file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: ThemeErrorKind,
}

/// What is wrong with a line of a theme file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeErrorKind {
    /// It is not TOML. The words are the parser's, in English.
    Syntax(String),
    /// A name for which there is no meaning where it stands.
    Unknown {
        /// What such a name would be.
        thing: Thing,
        /// The name.
        name: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// Something else than what belongs there: what does, and the TOML type that was found.
    WrongType(Expected, &'static str),
}

/// What a name in a theme file stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A part of the file: `inherit`, `[palette]`, `[styles]`.
    Part,
    /// A theme to begin from.
    Theme,
    /// A role that something on the screen has.
    Role,
    /// A part of a style: a colour or an attribute.
    Attribute,
    /// A colour.
    Colour,
}

/// What belongs somewhere in a theme file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The name of a theme.
    Theme,
    /// A table.
    Table,
    /// A colour, or a table with colours and attributes.
    Style,
    /// A colour.
    Colour,
    /// Yes or no.
    Switch,
}

impl ThemeError {
    /// The whole message, `file:line:column: what is wrong`, in one line.
    pub fn message(&self, lang: Lang) -> String {
        let Self { file, line, column, kind } = self;
        format!("{file}:{line}:{column}: {}", kind.words(lang))
    }
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ThemeError {}

impl ThemeErrorKind {
    fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Syntax(words), Lang::Zh) => format!("不是合法的 TOML：{words}"),
            (Self::Syntax(words), Lang::En) => format!("not TOML: {words}"),
            (Self::Unknown { thing, name, suggestion: Some(meant) }, Lang::Zh) => {
                format!("没有叫 {} 的{}，是不是 {}？", quote(name), thing.told(lang), quote(meant))
            }
            (Self::Unknown { thing, name, suggestion: Some(meant) }, Lang::En) => {
                let (name, meant) = (quote(name), quote(meant));
                format!("unknown {} {name}, did you mean {meant}?", thing.told(lang))
            }
            (Self::Unknown { thing, name, suggestion: None }, Lang::Zh) => {
                format!("没有叫 {} 的{}{}", quote(name), thing.told(lang), thing.known(lang))
            }
            (Self::Unknown { thing, name, suggestion: None }, Lang::En) => {
                format!("unknown {} {}{}", thing.told(lang), quote(name), thing.known(lang))
            }
            (Self::WrongType(expected, found), Lang::Zh) => {
                format!("这里要写{}，而不是{}", expected.told(lang), type_in_chinese(found))
            }
            (Self::WrongType(expected, found), Lang::En) => {
                format!("expected {}, found {found}", expected.told(lang))
            }
        }
    }
}

impl Thing {
    fn told(self, lang: Lang) -> &'static str {
        match self {
            Self::Part => lang.of("部分", "part of a theme"),
            Self::Theme => lang.of("主题", "theme"),
            Self::Role => lang.of("角色", "role"),
            Self::Attribute => lang.of("属性", "attribute"),
            Self::Colour => lang.of("颜色", "colour"),
        }
    }

    /// What could stand there, where that is not too much for a line.
    fn known(self, lang: Lang) -> String {
        let some = match self {
            Self::Part => r#""inherit", [palette], [styles]"#.to_owned(),
            Self::Theme => BuiltIn::ALL.map(|theme| quote(theme.name())).join(", "),
            Self::Attribute => {
                let names = ATTRIBUTES.map(|(name, _)| name);
                let all = ["fg", "bg"].into_iter().chain(names);
                all.map(quote).collect::<Vec<_>>().join(", ")
            }
            Self::Colour => {
                let (zh, en) =
                    ("16 色之一，0 到 255，或 #rrggbb", "one of the 16, 0 to 255, #rrggbb");
                lang.of(zh, en).to_owned()
            }
            Self::Role => return String::new(),
        };
        match lang {
            Lang::Zh => format!("；可写的有 {some}"),
            Lang::En => format!("; there are {some}"),
        }
    }
}

impl Expected {
    fn told(self, lang: Lang) -> &'static str {
        match self {
            Self::Theme => lang.of("引号中的主题名", "the name of a theme in quotes"),
            Self::Table => lang.of("一个表", "a table"),
            Self::Style => lang.of(
                "引号中的颜色，或 { fg = \"green\", bold = true }",
                "a colour in quotes, or { fg = \"green\", bold = true }",
            ),
            Self::Colour => lang.of("引号中的颜色", "a colour in quotes"),
            Self::Switch => lang.of("true 或 false", "true or false"),
        }
    }
}
