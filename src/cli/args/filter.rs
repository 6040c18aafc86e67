//! The options of `filter`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{
    lexicon::LexiconArgs,
    values::{amount, field_of_line},
};
use crate::{analysis::Length, source::Field};

/// What comes in and what goes out, for the help and the manual page.
pub(super) const LONG: &str = "Key sentences and keywords of texts in a pipeline: JSON lines in, JSON lines out

A line of the input is an object with the text of one article, and as far as they are known its id and \
title:

  {\"id\":7,\"title\":\"…\",\"text\":\"…\"}

Each line gives one line, in the same order:

  {\"schema\":1,\"id\":7,\"title\":\"…\",
   \"sentences\":[{\"rank\":1,\"score\":0.2,\"index\":0,\"start\":0,\"end\":18,
                 \"text\":\"…\"}…],
   \"keywords\":[{\"rank\":1,\"text\":\"…\",\"weight\":1.0,\"count\":3}…]}

With --explain each sentence has a field \"why\", the parts of its score (their sum times all factors \
is the score, up to rounding), and the line a field \"signals\", what the text says about how far they can be trusted.

Keywords come with those that are part of one another, as lists for catalogues have them; the command \
keywords tells one of them each.

The id is passed on as it is, null when there is none. Sentences come best first; index is their number in \
reading order from 0, start and end count the characters (Unicode code points) of the text before them and \
up to their end; line breaks, pinyin glosses and lines that are no running text are left out of their \
text. A text without a title has none: its first line is running text. An empty text gives empty \
lists.

A line that cannot be used gives an error in its place, the rest goes on:

  {\"schema\":1,\"id\":7,\"error\":{\"line\":3,\"message\":\"…\"}}

So does a line above 64 MiB; of a text, the first 4 MiB are ranked. So does a blank line, but for those at the end of the input, which give nothing. Exit codes: 0 when all went \
well, 1 when there was no line, 2 when a line failed or the input could not be read.";

/// `filter`
#[derive(Clone, Debug, ClapArgs)]
pub struct FilterArgs {
    /// Read FILE instead of standard input; gzip and zstd are unpacked
    #[arg(long, value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Where the input has id, title or text under another name, such as text=content
    #[arg(long = "field", value_name = "NAME=FIELD", value_parser = field_of_line)]
    pub fields: Vec<(Field, String)>,
    /// Key sentences of each text: a number, all, or a share of its characters such as 20%
    #[arg(short = 'n', long, value_name = "N", default_value = "5", value_parser = amount)]
    pub sentences: Length,
    /// Keywords of each text, 30 at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub keywords: usize,
    /// Texts that are worked on at the same time (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Pass on the other fields of the input, the text among them, behind those of the output
    #[arg(long)]
    pub keep: bool,
    /// Tell where the score of each sentence comes from
    #[arg(long)]
    pub explain: bool,
    /// Write each line at once, for a program that waits for it
    #[arg(long)]
    pub line_buffered: bool,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}
