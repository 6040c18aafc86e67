//! The two languages of the interface.
//!
//! A message is written where it is used, as a pair: [`Lang::of`] takes both and gives one, so no
//! message can lack a language.

/// Language of the interface, not of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// 简体中文
    Zh,
    /// English
    En,
}

impl Lang {
    /// The one of the two texts that is in this language.
    pub fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
