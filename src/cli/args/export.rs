//! The options of `export`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{LengthArgs, LexiconArgs, OnlyArgs, OpenArgs, PickArgs};
use crate::export::Format;

/// What the formats are, for the help and the manual page.
pub(super) const LONG: &str = "Export articles with their key sentences, keywords and marks

Formats:
  md     Markdown: key sentences listed and emphasised in the text
  html   one page for browsers that needs nothing else; key sentences are lit
  json   one document: what show, summary and keywords print with --json, and marks
  jsonl  the same, a line for each article
  csv    a row for each article; a cell that a spreadsheet would take for a formula
         gets an apostrophe in front; a file begins with a byte order mark, for Excel
  plain  the text, as show prints it

A file gets its name when all of it is written: it is never half there.";

/// `export`
#[derive(Clone, Debug, ClapArgs)]
pub struct ExportArgs {
    /// What to export.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which articles.
    #[command(flatten)]
    pub pick: PickArgs,
    /// Which of them.
    #[command(flatten)]
    pub only: OnlyArgs,
    /// How much of it.
    #[command(flatten)]
    pub length: LengthArgs,
    /// Keywords of each article, 30 at most
    #[arg(short = 'k', long, value_name = "N", default_value_t = 10)]
    pub keywords: usize,
    /// What it looks like (default: by the ending of FILE, else md)
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub to: Option<ToArg>,
    /// The file to write; - is standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace FILE if it is there already
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// Formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ToArg {
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    /// One page for browsers
    Html,
    /// One document
    Json,
    /// A line for each article
    Jsonl,
    /// A row for each article
    Csv,
    /// The text alone
    #[value(alias = "txt")]
    Plain,
}

impl From<ToArg> for Format {
    fn from(to: ToArg) -> Self {
        match to {
            ToArg::Md => Self::Markdown,
            ToArg::Html => Self::Html,
            ToArg::Json => Self::Json,
            ToArg::Jsonl => Self::JsonLines,
            ToArg::Csv => Self::Csv,
            ToArg::Plain => Self::Plain,
        }
    }
}
