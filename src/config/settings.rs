//! The person's settings: `config.toml` in the folder for configuration.
//!
//! A mistake costs its own line only, and is said with its place, as in the keymap.

use std::{fmt, path::PathBuf};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    app::keymap::{nearest, quote, type_in_chinese},
    lang::Lang,
    text::width::Widths,
};

/// What ambiguous characters, such as “ ” … — □, take on the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// What the terminal is measured to give them.
    #[default]
    Auto,
    /// One cell.
    One,
    /// Two cells.
    Two,
    /// Nobody knows: two cells are kept free.
    Universal,
}

impl Ambiguous {
    /// Every value.
    pub const ALL: [Self; 4] = [Self::Auto, Self::One, Self::Two, Self::Universal];

    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::One => "1",
            Self::Two => "2",
            Self::Universal => "universal",
        }
    }

    /// The widths; `None` when they are to be measured.
    pub fn widths(self) -> Option<Widths> {
        match self {
            Self::Auto => None,
            Self::One => Some(Widths::NARROW),
            Self::Two => Some(Widths::WIDE),
            Self::Universal => Some(Widths::UNIVERSAL),
        }
    }
}

/// The settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What ambiguous characters take, if it is set.
    pub ambiguous: Option<Ambiguous>,
    /// A file of words to keep whole, if it is set.
    pub dict: Option<PathBuf>,
    /// A file of words that count for nothing, if it is set.
    pub stopwords: Option<PathBuf>,
}

/// The names of the settings.
const NAMES: [&str; 3] = ["ambiguous", "dict", "stopwords"];

/// Something wrong with the file of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// The name of the file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: SettingsErrorKind,
}

/// What is wrong with a line of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsErrorKind {
    /// It is not TOML. The words are the parser's, in English.
    Syntax(String),
    /// A setting that there is not.
    UnknownName {
        /// Its name.
        name: String,
        /// The setting that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A value that the setting does not have.
    UnknownValue {
        /// The value.
        value: String,
        /// The value that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// Not a string, but this TOML type.
    WrongType(&'static str),
    /// Not the path of a file, but this TOML type.
    NoPath(&'static str),
}

impl SettingsError {
    /// The whole message, `file:line:column: what is wrong`, in one line.
    pub fn message(&self, lang: Lang) -> String {
        let Self { file, line, column, kind } = self;
        format!("{file}:{line}:{column}: {}", kind.words(lang))
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
        let values = Ambiguous::ALL.map(|value| format!("\"{}\"", value.name())).join(" ");
        let meant = |suggestion: Option<&str>| match (suggestion, lang) {
            (Some(name), Lang::Zh) => format!("，是不是 \"{name}\"？"),
            (Some(name), Lang::En) => format!(", did you mean \"{name}\"?"),
            (None, _) => String::new(),
        };
        match (self, lang) {
            (Self::Syntax(words), Lang::Zh) => format!("不是合法的 TOML：{words}"),
            (Self::Syntax(words), Lang::En) => format!("not TOML: {words}"),
            (Self::UnknownName { name, suggestion }, Lang::Zh) => {
                format!("没有叫 {} 的设置{}", quote(name), meant(*suggestion))
            }
            (Self::UnknownName { name, suggestion }, Lang::En) => {
                format!("unknown setting {}{}", quote(name), meant(*suggestion))
            }
            (Self::UnknownValue { value, suggestion }, Lang::Zh) => {
                format!("{} 不是 {values} 之一{}", quote(value), meant(*suggestion))
            }
            (Self::UnknownValue { value, suggestion }, Lang::En) => {
                format!("{} is none of {values}{}", quote(value), meant(*suggestion))
            }
            (Self::WrongType(found), Lang::Zh) => {
                format!("这里要写引号中的 {values}，而不是{}", type_in_chinese(found))
            }
            (Self::WrongType(found), Lang::En) => {
                format!("expected one of {values} in quotes, found {found}")
            }
            (Self::NoPath(found), Lang::Zh) => {
                format!("这里要写引号中的文件路径，而不是{}", type_in_chinese(found))
            }
            (Self::NoPath(found), Lang::En) => {
                format!("expected the path of a file in quotes, found {found}")
            }
        }
    }
}

/// What a file says, and what is wrong with it: byte and kind.
#[derive(Default)]
struct Reading {
    settings: Settings,
    errors: Vec<(usize, SettingsErrorKind)>,
}

/// Reads the text of a file of settings; the good lines count.
pub fn read(file: &str, text: &str) -> (Settings, Vec<SettingsError>) {
    let mut reading = Reading::default();
    let (table, mistakes) = DeTable::parse_recoverable(text);
    if mistakes.is_empty() {
        reading.table(0, &table.into_inner());
    } else {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            reading.line(at, line);
            at += line.len();
        }
    }
    let Reading { settings, mut errors } = reading;
    errors.sort_by_key(|(at, _)| *at);
    let located = errors.into_iter().map(|(at, kind)| {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        SettingsError { file: file.to_owned(), line, column, kind }
    });
    // A file of nothing but mistakes says no more than its first ones.
    (settings, located.take(MOST).collect())
}

/// The most mistakes that are told of one file.
const MOST: usize = 20;

impl Reading {
    /// A line of a file with mistakes.
    fn line(&mut self, base: usize, line: &str) {
        let (table, mistakes) = DeTable::parse_recoverable(line);
        let place = |mistake: &toml::de::Error| mistake.span().map_or(0, |span| span.start);
        match mistakes.iter().min_by_key(|mistake| place(mistake)) {
            Some(mistake) => {
                let at = base + place(mistake).min(line.trim_end().len());
                self.errors.push((at, SettingsErrorKind::Syntax(mistake.message().to_owned())));
            }
            None => self.table(base, &table.into_inner()),
        }
    }

    fn table(&mut self, base: usize, table: &DeTable<'_>) {
        for (name, value) in table {
            match &**name.get_ref() {
                "ambiguous" => {
                    self.ambiguous(base, value);
                    continue;
                }
                "dict" => {
                    self.settings.dict = self.path(base, value);
                    continue;
                }
                "stopwords" => {
                    self.settings.stopwords = self.path(base, value);
                    continue;
                }
                _ => {}
            }
            let suggestion = nearest(name.get_ref(), NAMES.into_iter());
            let name_text = name.get_ref().clone().into_owned();
            let kind = SettingsErrorKind::UnknownName { name: name_text, suggestion };
            self.errors.push((base + name.span().start, kind));
        }
    }

    fn path(&mut self, base: usize, value: &Spanned<DeValue<'_>>) -> Option<PathBuf> {
        if let DeValue::String(path) = value.get_ref() {
            return Some(PathBuf::from(&**path));
        }
        let kind = SettingsErrorKind::NoPath(value.get_ref().type_str());
        self.errors.push((base + value.span().start, kind));
        None
    }

    fn ambiguous(&mut self, base: usize, value: &Spanned<DeValue<'_>>) {
        let kind = match value.get_ref() {
            DeValue::String(text) => {
                let named = Ambiguous::ALL.into_iter().find(|value| value.name() == text);
                if named.is_some() {
                    self.settings.ambiguous = named;
                    return;
                }
                let names = Ambiguous::ALL.into_iter().map(Ambiguous::name);
                let suggestion = nearest(text, names);
                SettingsErrorKind::UnknownValue { value: text.clone().into_owned(), suggestion }
            }
            other => SettingsErrorKind::WrongType(other.type_str()),
        };
        self.errors.push((base + value.span().start, kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn settings_are_read_and_mistakes_told() {
        for (text, ambiguous, told) in [
            ("", None, &[][..]),
            ("# empty\n", None, &[]),
            ("ambiguous = \"auto\"", Some(Ambiguous::Auto), &[]),
            ("ambiguous = \"1\"", Some(Ambiguous::One), &[]),
            ("ambiguous = '2' # wide\n", Some(Ambiguous::Two), &[]),
            ("ambiguous = \"universal\"", Some(Ambiguous::Universal), &[]),
            (
                "ambiguous = \"universel\"",
                None,
                &["f:1:13: \"universel\" is none of \"auto\" \"1\" \"2\" \"universal\", \
                   did you mean \"universal\"?"],
            ),
            (
                "ambiguous = 2",
                None,
                &["f:1:13: expected one of \"auto\" \"1\" \"2\" \"universal\" in quotes, \
                   found integer"],
            ),
            (
                "宽 = 1\n\"ambigous\" = 1\nambiguous = \"2\"\n= 3\n",
                Some(Ambiguous::Two),
                &[
                    "f:1:1: not TOML: ",
                    "f:2:1: unknown setting \"ambigous\", did you mean \"ambiguous\"?",
                    "f:4:1: not TOML: ",
                ],
            ),
            ("[colours]\nx = 1", None, &["f:1:2: unknown setting \"colours\""]),
        ] {
            let (settings, errors) = read("f", text);
            assert_eq!(settings.ambiguous, ambiguous, "{text}");
            assert_eq!(errors.len(), told.len(), "{text}: {errors:?}");
            for (error, told) in errors.iter().zip(told) {
                let message = error.message(Lang::En);
                assert!(message.starts_with(told), "{message}");
                assert!(error.message(Lang::Zh).starts_with(&format!("f:{}:", error.line)));
            }
        }
    }

    #[test]
    fn files_of_words_are_paths() {
        let (settings, errors) = read("f", "dict = \"a/b.txt\"\nstopwords = 3\nstopword = \"c\"\n");
        assert_eq!((settings.dict, settings.stopwords), (Some(PathBuf::from("a/b.txt")), None));
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        assert_eq!(
            told,
            [
                "f:2:13: expected the path of a file in quotes, found integer",
                "f:3:1: unknown setting \"stopword\", did you mean \"stopwords\"?",
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read(text: String) {
            let (_, errors) = read("f", &text);
            prop_assert!(errors.len() <= MOST);
        }
    }
}
