//! The values of options that have a fixed set of them.

use clap::ValueEnum;

use crate::{article::SplitMode, config::settings::Ambiguous, lang::Lang, source::read::Format};

/// See [`Lang`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

/// See [`Ambiguous`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AmbiguousArg {
    /// As the interface measures it; one cell in printed text
    Auto,
    /// One cell
    #[value(name = "1")]
    One,
    /// Two cells
    #[value(name = "2")]
    Two,
    /// One or two: room for two, right on every terminal
    Universal,
}

impl From<AmbiguousArg> for Ambiguous {
    fn from(cells: AmbiguousArg) -> Self {
        match cells {
            AmbiguousArg::Auto => Self::Auto,
            AmbiguousArg::One => Self::One,
            AmbiguousArg::Two => Self::Two,
            AmbiguousArg::Universal => Self::Universal,
        }
    }
}

/// See [`Format`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// JSON Lines when the name ends in .jsonl or .ndjson, with or without .gz; text otherwise
    Auto,
    /// One text
    Text,
    /// A JSON object with a text per line
    Jsonl,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Auto => Self::ByName,
            FormatArg::Text => Self::Plain,
            FormatArg::Jsonl => Self::JsonLines,
        }
    }
}

/// See [`SplitMode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SplitArg {
    /// A page is one article
    Off,
    /// Where the page gives good reasons
    Auto,
    /// Only where there is hardly a doubt
    Strict,
}

impl From<SplitArg> for SplitMode {
    fn from(split: SplitArg) -> Self {
        match split {
            SplitArg::Off => Self::Off,
            SplitArg::Auto => Self::Auto,
            SplitArg::Strict => Self::Strict,
        }
    }
}
