//! The shapes that programs read. Every shape carries its version as `schema`; a field is never
//! removed or given another meaning without a new version.

use std::io::{self, Write};

use serde::Serialize;

mod config;
mod filtered;
mod found;
mod keys;
mod session;
mod why;

use self::why::{Signs, Why};
pub(super) use self::{
    config::{ListedPath, ListedPaths, ListedSetting, ListedSettings},
    filtered::{Filtered, Kept, Refused},
    found::FoundArticle,
    keys::{ListedKey, ListedKeys},
    session::KeptSession,
};
use super::{output::Output, stream::Item};
pub(super) use crate::export::shapes::{Listed, Shown, Trouble, write};
use crate::{
    analysis::{Analysis, KeySentence},
    error::Problem,
    export::shapes::{Head, Keyword, SCHEMA, Sentence, rounded},
    lang::Lang,
    store::index::ReadProblem,
};

/// An article of `summary --json`.
#[derive(Serialize)]
pub(super) struct Summary {
    #[serde(flatten)]
    head: Head,
    /// Places in the article at which text was destroyed.
    damaged: usize,
    /// What was read from the article about its evidence, when that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    signals: Option<Signs>,
    /// Key sentences in reading order.
    sentences: Vec<Explained>,
}

/// A key sentence with its grounds.
#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    sentence: Sentence,
    /// Where the score comes from, when that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
}

impl Summary {
    /// `explained` is the analysis when it is to be told where the scores come from.
    pub(super) fn new(
        item: &Item,
        sentences: &[KeySentence],
        explained: Option<&Analysis>,
    ) -> Self {
        let sentence = |key: &KeySentence| Explained {
            sentence: Sentence::new(item, key),
            why: explained.and_then(|analysis| Why::of(analysis, key.index)),
        };
        Self {
            head: Head::new(item),
            signals: explained.map(|analysis| Signs::new(&analysis.signals)),
            damaged: item.article.damage.len(),
            sentences: sentences.iter().map(sentence).collect(),
        }
    }
}

/// An article of `keywords --json`.
#[derive(Serialize)]
pub(super) struct Keywords {
    #[serde(flatten)]
    head: Head,
    /// Keywords, heaviest first.
    keywords: Vec<Keyword>,
}

impl Keywords {
    pub(super) fn new(item: &Item, analysis: &Analysis, count: usize) -> Self {
        Self { head: Head::new(item), keywords: Keyword::best(analysis.distinct_keywords(), count) }
    }
}

/// Writes `{"schema":1,"articles":[…],"problems":[…]}` piece by piece, so that an archive of any
/// size needs no memory.
#[derive(Debug, Default)]
pub(super) struct Document {
    started: bool,
}

impl Document {
    /// Writes one article.
    pub(super) fn article(&mut self, out: &mut Output, article: &impl Serialize) -> io::Result<()> {
        let before = if self.started { ",\n".to_owned() } else { start() };
        self.started = true;
        out.write_all(before.as_bytes())?;
        write(out, article)
    }

    /// Writes the end.
    pub(super) fn end(self, out: &mut Output, problems: &[Problem]) -> io::Result<()> {
        let troubles: Vec<Trouble> = problems.iter().map(Trouble::from).collect();
        self.end_with(out, &troubles)
    }

    /// The same where an index remembers what could not be read.
    pub(super) fn end_with(self, out: &mut Output, troubles: &[Trouble]) -> io::Result<()> {
        if !self.started {
            out.write_all(start().as_bytes())?;
        }
        out.write_all(b"],\n\"problems\":")?;
        write(out, &troubles)?;
        out.line("}")
    }
}

impl From<&ReadProblem> for Trouble {
    fn from(problem: &ReadProblem) -> Self {
        let path = String::from_utf8_lossy(&problem.place).into_owned();
        Self { path, line: problem.line, message: problem.message(Lang::En).to_owned() }
    }
}

fn start() -> String {
    format!("{{\"schema\":{SCHEMA},\"articles\":[\n")
}
