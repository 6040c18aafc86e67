//! What a run tells.

use crate::{
    error::Problem,
    source::Entry,
    store::index::{ReadSource, SetAside, SourceKey},
};

/// What a run is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Finding and reading sources.
    #[default]
    Reading,
    /// Analysing texts.
    Analysing,
    /// Nothing is left to do.
    Done,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub stage: Stage,
    /// Sources that were found so far.
    pub found: u64,
    /// Whether that is all of them.
    pub all_found: bool,
    /// Sources that are settled: read, or known to be as they were.
    pub settled: u64,
    /// Those of them that were read.
    pub read: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Articles in what was read.
    pub articles: u64,
    /// Texts that were analysed.
    pub analysed: u64,
    /// Texts that there are to analyse.
    pub to_analyse: u64,
}

/// What a run tells while it goes on.
#[derive(Debug)]
pub enum RunEvent<'a> {
    /// How far it is.
    Progress(Progress),
    /// A source was found, in the order of the archive.
    Found(&'a Entry, &'a SourceKey),
    /// A source was read, because it is new or has changed.
    Read(&'a ReadSource),
    /// These sources are there no more.
    Vanished(&'a [SourceKey]),
}

/// How a run ended.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What it did.
    pub progress: Progress,
    /// Sources that are new, or are there again.
    pub added: usize,
    /// Sources that hold other articles than before.
    pub changed: usize,
    /// Sources that are gone.
    pub vanished: usize,
    /// Problems with finding sources. Those of reading are in the index.
    pub problems: Vec<Problem>,
    /// Files that hold no text, and links and hidden files that are not followed.
    pub skipped: usize,
    /// The batch of the index before the first one that it wrote, and its last one.
    pub batches: (i64, i64),
    /// Whether it was told to stop before the end.
    pub cancelled: bool,
    /// What was wrong with the index that was there before.
    pub set_aside: Option<SetAside>,
}
