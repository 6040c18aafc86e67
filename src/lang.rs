//! The two languages of the interface.
//!
//! A message is a pair where it is said: `lang.of("中文", "English")`, or the arms of a `match` where the order of
//! its parts differs. So neither can be missing, neither can be left behind when the other changes, and
//! who reads the code reads the words. A library of translations finds them by key, at run time: a key
//! too many or too few is a mistake that no compiler sees, and more than two languages are not planned.

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The language that the environment asks for.
    ///
    /// The arguments are the values of `LC_ALL`, `LC_MESSAGES` and `LANG`; the first that is set
    /// and not empty decides, as POSIX has it (Base Definitions, 8.2). Chinese when it begins with
    /// `zh`, English otherwise.
    pub fn from_locale(
        lc_all: Option<&str>,
        lc_messages: Option<&str>,
        lang: Option<&str>,
    ) -> Self {
        let locale = [lc_all, lc_messages, lang].into_iter().flatten().find(|v| !v.is_empty());
        if locale.is_some_and(|v| v.starts_with("zh")) { Self::Zh } else { Self::En }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let cases = [
            (None, None, None, Lang::En),
            (None, None, Some("zh_CN.UTF-8"), Lang::Zh),
            (None, None, Some("zh"), Lang::Zh),
            (None, Some("en_GB.UTF-8"), Some("zh_CN.UTF-8"), Lang::En),
            (Some("zh_TW.Big5"), Some("en_GB.UTF-8"), Some("C"), Lang::Zh),
            (Some("C"), Some("zh_CN.UTF-8"), Some("zh_CN.UTF-8"), Lang::En),
            (Some(""), Some(""), Some("zh_HK"), Lang::Zh),
        ];
        for (lc_all, lc_messages, lang, expected) in cases {
            let found = Lang::from_locale(lc_all, lc_messages, lang);
            assert_eq!(found, expected, "{lc_all:?} {lc_messages:?} {lang:?}");
        }
    }
}
