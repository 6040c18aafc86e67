//! What a person sets for good: `config.toml`, variables of the environment, `--set` on the command line.
//!
//! [`table`] has a row for each setting: its name, its values, its default, what it is for. Reading,
//! checking, “did you mean”, `zhaidu config` and the tables in the README files all come from there, so
//! a new setting is a row of it and a field of [`Settings`].
//!
//! [`layers`] puts what is set where over one another, `read` takes a file apart, [`value`] knows what a
//! setting can be, [`mistake`] says what is wrong, [`document`] writes a file with everything in it.

pub mod ambiguous;
pub mod document;
pub mod layers;
pub mod mistake;
mod read;
pub mod table;
pub mod value;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::{article::SplitMode, lang::Lang, text::wrap::COMFORTABLE};
pub use ambiguous::Ambiguous;
pub use mistake::{Place, SettingsError, SettingsErrorKind};

/// The settings in force. What each is for says its row in [`table::SETTINGS`].
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches of a person")]
pub struct Settings {
    /// Language of messages; `None` for that of the locale.
    pub lang: Option<Lang>,
    /// What ambiguous characters take on the terminal.
    pub ambiguous: Ambiguous,
    /// A file with keys, or the name of a built-in keymap; `None` for the usual file.
    pub keymap: Option<PathBuf>,
    /// The theme by its name, or its file; nothing as good as `auto`.
    pub theme: Option<PathBuf>,
    /// Whether the mouse works in the interface.
    pub mouse: bool,
    /// Whether the place where a jump lands flashes.
    pub motion: bool,
    /// Whether it is kept how archives are left, and how far articles were read.
    pub session: bool,
    /// Whether a guard is kept beside the interface.
    pub guard: bool,
    /// Whether the program confines itself to its own folders.
    pub sandbox: bool,
    /// Most cells of a line of text.
    pub measure: u16,
    /// How many key sentences are chosen.
    pub sentences: u16,
    /// Whether Latin letters also find what is pronounced like them.
    pub pinyin: bool,
    /// How much newer articles come sooner where results are in the order of their score: from 0, not at
    /// all, to 1, as much as the best score.
    pub freshness: f32,
    /// A file of words to keep whole.
    pub dict: Option<PathBuf>,
    /// A file of words that count for nothing.
    pub stopwords: Option<PathBuf>,
    /// How willing the splitter is to see several articles on a page.
    pub split: SplitMode,
    /// Whether hidden files are read.
    pub hidden: bool,
    /// Whether links inside folders are followed.
    pub follow: bool,
    /// Whether archives are indexed.
    pub cache: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: None,
            ambiguous: Ambiguous::default(),
            keymap: None,
            theme: Some(PathBuf::from("auto")),
            mouse: true,
            motion: true,
            session: true,
            guard: true,
            sandbox: true,
            measure: COMFORTABLE,
            sentences: 5,
            pinyin: true,
            freshness: 0.0,
            dict: None,
            stopwords: None,
            split: SplitMode::default(),
            hidden: false,
            follow: false,
            cache: true,
        }
    }
}
