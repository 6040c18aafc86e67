//! What a setting can be, and how what is written becomes a value.

use std::{
    ffi::OsStr,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use toml::de::DeValue;

use super::Settings;
use crate::{
    app::keymap::{nearest, quote, type_in_chinese},
    lang::Lang,
};

/// Puts one of several words into force.
pub type Choose = fn(&mut Settings);
/// The field of a setting.
pub type Field<T> = fn(&mut Settings) -> &mut T;

/// What a setting can be, with the field that it sets.
#[derive(Debug)]
pub enum Kind {
    /// Yes or no.
    Switch(Field<bool>),
    /// A whole number.
    Number(RangeInclusive<u16>, Field<u16>),
    /// A number from 0 to 1.
    Share(Field<f32>),
    /// One of these words.
    Word(&'static [(&'static str, Choose)]),
    /// The path of a file; the empty one for none.
    File(Field<Option<PathBuf>>),
    /// One of these names, or the path of a file; the empty one for none.
    NameOrFile(&'static [&'static str], Field<Option<PathBuf>>),
}

/// What is written for a setting.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// A value in a file.
    Toml(&'a DeValue<'a>),
    /// A word of the environment or of the command line.
    Word(&'a OsStr),
}

/// What is written is no value of the setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoValue {
    /// It has another TOML type: this one.
    Type(&'static str),
    /// It has the right type, and says this.
    Text(String),
}

/// What relative paths are relative to.
#[derive(Clone, Debug, Default)]
pub struct Base {
    /// The folder.
    pub folder: PathBuf,
    /// The home folder, which `~/` stands for.
    pub home: Option<PathBuf>,
}

impl Base {
    fn join(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), &self.home) {
            (Ok(below), Some(home)) => home.join(below),
            _ => self.folder.join(path),
        }
    }
}

impl Kind {
    /// Sets what is written, and says how it would be written in a file.
    ///
    /// # Errors
    ///
    /// When it is no value of this kind.
    pub fn set(
        &self,
        settings: &mut Settings,
        written: Written,
        base: &Base,
    ) -> Result<String, NoValue> {
        match self {
            Self::Switch(field) => {
                let is_on = switch(written)?;
                *field(settings) = is_on;
                Ok(is_on.to_string())
            }
            Self::Number(range, field) => {
                let number = number(written, range)?;
                *field(settings) = number;
                Ok(number.to_string())
            }
            Self::Share(field) => {
                let share = share(written)?;
                *field(settings) = share;
                Ok(format!("{share:?}"))
            }
            Self::Word(words) => {
                let text = text(written)?.to_string_lossy();
                let Some((word, choose)) = words.iter().find(|(word, _)| *word == text) else {
                    return Err(NoValue::Text(text.into_owned()));
                };
                choose(settings);
                Ok(in_quotes(word))
            }
            Self::File(field) => {
                let path = path(text(written)?, base);
                let shown = shown(path.as_deref());
                *field(settings) = path;
                Ok(shown)
            }
            Self::NameOrFile(names, field) => {
                let text = text(written)?;
                let is_name = names.iter().any(|name| OsStr::new(name) == text);
                let path = if is_name { Some(text.into()) } else { path(text, base) };
                let shown = shown(path.as_deref());
                *field(settings) = path;
                Ok(shown)
            }
        }
    }

    /// The words that it can be, where they are known.
    fn words(&self) -> Vec<&'static str> {
        match self {
            Self::Word(words) => words.iter().map(|(word, _)| *word).collect(),
            Self::NameOrFile(names, _) => names.to_vec(),
            Self::Switch(_) => vec!["true", "false"],
            Self::Number(..) | Self::Share(_) | Self::File(_) => Vec::new(),
        }
    }

    /// What it can be, in words, as for a table: `"auto" "zh" "en"`.
    pub fn values(&self, lang: Lang) -> String {
        let quoted = |words: &[&str]| words.iter().map(|word| in_quotes(word)).collect::<Vec<_>>();
        match self {
            Self::Switch(_) => "true false".to_owned(),
            Self::Number(range, _) => format!("{}–{}", range.start(), range.end()),
            Self::Share(_) => "0.0–1.0".to_owned(),
            Self::Word(_) => quoted(&self.words()).join(" "),
            Self::File(_) => lang.of("文件路径", "path of a file").to_owned(),
            Self::NameOrFile(names, _) => {
                format!(
                    "{} {}",
                    quoted(names).join(" "),
                    lang.of("或文件路径", "or path of a file")
                )
            }
        }
    }

    /// What is wrong, and what would be right.
    pub(super) fn reject(&self, why: &NoValue, lang: Lang) -> String {
        let expected = self.expected(lang);
        match (why, lang) {
            (NoValue::Type(found), Lang::Zh) => {
                let found = type_in_chinese(found);
                format!("这里要写{}{expected}，而不是{found}", self.is_quoted("引号中的 "))
            }
            (NoValue::Type(found), Lang::En) => {
                format!("expected {expected}{}, found {found}", self.is_quoted(" in quotes"))
            }
            (NoValue::Text(text), _) => {
                let meant = match (nearest(text, self.words().into_iter()), lang) {
                    (Some(name), Lang::Zh) => format!("，是不是 \"{name}\"？"),
                    (Some(name), Lang::En) => format!(", did you mean \"{name}\"?"),
                    (None, _) => String::new(),
                };
                format!("{}{}{expected}{meant}", quote(text), lang.of(" 不是", " is not "))
            }
        }
    }

    /// `mark` where a value is written in quotes.
    fn is_quoted<'a>(&self, mark: &'a str) -> &'a str {
        match self {
            Self::Switch(_) | Self::Number(..) | Self::Share(_) => "",
            Self::Word(_) | Self::File(_) | Self::NameOrFile(..) => mark,
        }
    }

    fn expected(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Switch(_), Lang::Zh) => " true 或 false".to_owned(),
            (Self::Switch(_), Lang::En) => "true or false".to_owned(),
            (Self::Number(range, _), Lang::Zh) => {
                format!(" {} 到 {} 的整数", range.start(), range.end())
            }
            (Self::Number(range, _), Lang::En) => {
                format!("a whole number from {} to {}", range.start(), range.end())
            }
            (Self::Share(_), Lang::Zh) => " 0.0 到 1.0 的数".to_owned(),
            (Self::Share(_), Lang::En) => "a number from 0.0 to 1.0".to_owned(),
            (Self::Word(_), Lang::Zh) => format!(" {} 之一", self.values(lang)),
            (Self::Word(_), Lang::En) => format!("one of {}", self.values(lang)),
            (Self::File(_), Lang::Zh) => "文件路径".to_owned(),
            (Self::File(_), Lang::En) => "the path of a file".to_owned(),
            (Self::NameOrFile(..), Lang::Zh) => format!(" {}", self.values(lang)),
            (Self::NameOrFile(..), Lang::En) => self.values(lang),
        }
    }
}

fn text(written: Written<'_>) -> Result<&OsStr, NoValue> {
    match written {
        Written::Toml(DeValue::String(text)) => Ok(OsStr::new(&**text)),
        Written::Toml(other) => Err(NoValue::Type(other.type_str())),
        Written::Word(word) => Ok(word),
    }
}

fn switch(written: Written) -> Result<bool, NoValue> {
    match written {
        Written::Toml(DeValue::Boolean(is_on)) => Ok(*is_on),
        Written::Toml(other) => Err(NoValue::Type(other.type_str())),
        // One and zero are what is usual in the environment.
        Written::Word(word) => match word.to_string_lossy().as_ref() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            other => Err(NoValue::Text(other.to_owned())),
        },
    }
}

fn number(written: Written, range: &RangeInclusive<u16>) -> Result<u16, NoValue> {
    let (text, radix) = match written {
        Written::Toml(DeValue::Integer(number)) => (number.as_str().into(), number.radix()),
        Written::Toml(other) => return Err(NoValue::Type(other.type_str())),
        Written::Word(word) => (word.to_string_lossy(), 10),
    };
    let number = u16::from_str_radix(&text, radix).ok().filter(|number| range.contains(number));
    number.ok_or_else(|| NoValue::Text(text.into_owned()))
}

fn share(written: Written) -> Result<f32, NoValue> {
    let text = match written {
        Written::Toml(DeValue::Float(number)) => number.as_str().into(),
        Written::Toml(DeValue::Integer(number)) => number.as_str().into(),
        Written::Toml(other) => return Err(NoValue::Type(other.type_str())),
        Written::Word(word) => word.to_string_lossy(),
    };
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    // What is as good as nothing is written as nothing, without a sign.
    share.map(f32::abs).ok_or_else(|| NoValue::Text(text.into_owned()))
}

fn path(text: &OsStr, base: &Base) -> Option<PathBuf> {
    (!text.is_empty()).then(|| base.join(Path::new(text)))
}

fn shown(path: Option<&Path>) -> String {
    in_quotes(&path.map(Path::to_string_lossy).unwrap_or_default())
}

/// A string of TOML.
fn in_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
