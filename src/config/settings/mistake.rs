//! What is wrong with a setting, and where.

use std::fmt;

use super::{table::Setting, value::NoValue};
use crate::{app::keymap::quote, lang::Lang};

/// Something wrong with what a person set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// Where it is set.
    pub place: Place,
    /// What is wrong.
    pub kind: SettingsErrorKind,
}

/// Where something is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File {
        /// The name of the file, as it was given.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// By this variable of the environment.
    Variable(String),
    /// By an option of the command line.
    Option,
}

/// What is wrong with a setting.
#[derive(Clone, Debug)]
pub enum SettingsErrorKind {
    /// It is not TOML. The words are the parser's, in English.
    Syntax(String),
    /// An option without `=`.
    NoEquals(String),
    /// A setting that there is not.
    UnknownName {
        /// Its name.
        name: String,
        /// The setting that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// Something that the setting cannot be.
    NoValue(&'static Setting, NoValue),
}

impl PartialEq for SettingsErrorKind {
    /// Settings are told apart by their names.
    fn eq(&self, other: &Self) -> bool {
        self.words(Lang::En) == other.words(Lang::En)
    }
}

impl Eq for SettingsErrorKind {}

impl SettingsError {
    /// The whole message, where and what is wrong, in one line.
    pub fn message(&self, lang: Lang) -> String {
        format!("{}: {}", self.place, self.kind.words(lang))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { name, line, column } => write!(f, "{name}:{line}:{column}"),
            Self::Variable(name) => f.write_str(name),
            Self::Option => f.write_str("--set"),
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for SettingsError {}

impl SettingsErrorKind {
    fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Syntax(words), Lang::Zh) => format!("不是合法的 TOML：{words}"),
            (Self::Syntax(words), Lang::En) => format!("not TOML: {words}"),
            (Self::NoEquals(text), Lang::Zh) => format!("{} 要写成 名称=值", quote(text)),
            (Self::NoEquals(text), Lang::En) => format!("{} is not NAME=VALUE", quote(text)),
            (Self::UnknownName { name, suggestion }, Lang::Zh) => {
                let meant = suggestion.map(|name| format!("，是不是 \"{name}\"？"));
                format!("没有叫 {} 的设置{}", quote(name), meant.unwrap_or_default())
            }
            (Self::UnknownName { name, suggestion }, Lang::En) => {
                let meant = suggestion.map(|name| format!(", did you mean \"{name}\"?"));
                format!("unknown setting {}{}", quote(name), meant.unwrap_or_default())
            }
            (Self::NoValue(setting, why), _) => setting.kind.reject(why, lang),
        }
    }
}
