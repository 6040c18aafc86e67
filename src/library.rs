//! What both shells can do with an archive: walk it, read a source, find an article, analyse it.
//!
//! The library holds no list and no cache of its own, but for what it learnt of words and for standard
//! input when it is asked to keep it: the command line streams through an archive once, the interface keeps what it shows.

mod around;
pub mod identity;
pub mod index;
mod item;
mod names;
mod ranking;
mod record;
mod roots;

use std::{
    borrow::Cow,
    collections::HashSet,
    ffi::OsStr,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::{
    analysis::Vocabulary,
    article::{
        self, Article, Page, SplitMode,
        facts::{Claims, Facts, PageFacts},
    },
    error::{Problem, ProblemKind},
    lang::Lang,
    source::{
        Entry, Origin, Record, Text, place_of,
        read::{ReadOptions, ReadSink, read},
        walk::{SkipReason, WalkEvent, WalkOptions, walk},
    },
    store::overrides::{Decided, Overrides},
    text::{
        display::{DisplayLine, display},
        lexicon::Lexicon,
    },
};

pub use self::{
    around::{Around, Stretch},
    item::Item,
    names::displayed,
    record::{record_article, record_page},
};
use roots::Roots;

/// What to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Files and folders; `-` is standard input.
    Paths(Vec<PathBuf>),
    /// The current folder or, when there is nothing to read in it, the archive that is part of the
    /// program: what to open when nothing was named.
    Here,
    /// The archive that is part of the program.
    Demo,
}

/// How to open it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How folders are walked.
    pub walk: WalkOptions,
    /// How sources are read.
    pub read: ReadOptions,
    /// How willing the splitter is to see several articles on a page.
    pub split: SplitMode,
    /// What becomes of standard input.
    pub stdin: StdinUse,
}

/// What becomes of standard input, which can be read only once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StdinUse {
    /// It is passed on as it comes; a second reading finds nothing.
    #[default]
    Once,
    /// It is kept in memory, so that articles can be read again.
    Kept,
}

/// An archive that can be walked and read.
#[derive(Debug)]
pub struct Library {
    input: Input,
    settings: Settings,
    /// The paths that were named: those are never passed over silently.
    named: HashSet<PathBuf>,
    /// Standard input can be read only once.
    stdin: OnceLock<Vec<Result<Text, Problem>>>,
    /// What the person decided about pages.
    overrides: Overrides,
    /// The words that texts are cut into.
    vocabulary: Vocabulary,
}

/// One text of a source with its articles.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text and its articles.
    pub page: Page,
    /// What the source says about the text, when it is a record.
    pub record: Option<Record>,
    /// The member of the archive file that holds the text.
    pub member: Option<String>,
    /// Lines of the source above it, when it is a piece of a text that is too large for a page.
    pub above: usize,
    /// What is known of the issue that it was printed in.
    pub facts: PageFacts,
    /// How several articles were looked for in it.
    pub mode: SplitMode,
    /// How many decisions of the person hold for it.
    pub decided: usize,
    /// The encoding it was read in.
    pub encoding: &'static str,
    /// Malformed sequences that were replaced.
    pub malformed: usize,
}

impl Document {
    /// What is known of the issue that an article was printed in.
    pub fn facts_of(&self, article: &Article) -> Facts {
        self.facts.of(article)
    }

    /// Where the text is: the place of its source, and the member of the archive file.
    pub fn place<'a>(&self, entry: &'a Entry) -> Cow<'a, OsStr> {
        place_of(entry.place(), self.member.as_deref())
    }

    /// The line of the source at which an article begins, from 1.
    pub fn line_of(&self, article: &Article) -> usize {
        let starts = article.parts.iter().filter_map(|part| part.pieces.first());
        self.line_at(starts.map(|piece| piece.source.start).min().unwrap_or(0))
    }

    /// The line of the source that holds a place of the page, from 1: for a record its own line,
    /// whatever line breaks its text has.
    pub fn line_at(&self, offset: usize) -> usize {
        let record = self.record.as_ref().and_then(|record| usize::try_from(record.line).ok());
        record.unwrap_or_else(|| self.above.saturating_add(self.page.line_of(offset)))
    }
}

/// What is found while walking.
#[derive(Clone, Debug)]
pub enum Found {
    /// Something to read.
    Entry(Entry),
    /// Something that cannot be read.
    Problem(Problem),
    /// Something that was passed over on purpose.
    Skipped(SkipReason),
}

/// Receives what is found while walking; walking ends when it breaks.
pub type FoundSink<'a> = dyn FnMut(Found) -> ControlFlow<()> + 'a;

/// Receives documents and problems as they come; reading ends when it breaks.
pub type DocumentSink<'a> = dyn FnMut(Result<Document, Problem>) -> ControlFlow<()> + 'a;

impl Library {
    /// An archive. Of several paths it is looked where they lead, so that what lies in two of them is found once;
    /// else nothing is touched yet.
    pub fn new(input: Input, settings: Settings) -> Self {
        let (input, named) = match input {
            Input::Paths(paths) => {
                let Roots { walked, named } = Roots::of(paths, settings.walk);
                (Input::Paths(walked), named)
            }
            Input::Here | Input::Demo => (input, HashSet::new()),
        };
        let (overrides, vocabulary) = (Overrides::default(), Vocabulary::default());
        Self { input, settings, named, stdin: OnceLock::new(), overrides, vocabulary }
    }

    /// The same archive with what the person decided about pages.
    pub fn with_overrides(mut self, overrides: Overrides) -> Self {
        self.overrides = overrides;
        self
    }

    /// The same archive with the person's own words.
    pub fn with_lexicon(mut self, lexicon: Lexicon) -> Self {
        self.vocabulary = Vocabulary::new(lexicon);
        self
    }

    /// What the person decided about pages.
    pub fn overrides(&self) -> &Overrides {
        &self.overrides
    }

    /// The same archive with standard input kept, so that its articles can be read again.
    pub fn keeping_stdin(mut self) -> Self {
        self.settings.stdin = StdinUse::Kept;
        self
    }

    /// Whether it is files alone, named one by one, so that their texts are what was asked for.
    pub fn is_of_files(&self) -> bool {
        match &self.input {
            Input::Paths(paths) => !paths.iter().any(|path| path.is_dir()),
            Input::Here | Input::Demo => false,
        }
    }

    /// Walks the archive in its stable order.
    pub fn walk(&self, sink: &mut FoundSink) -> ControlFlow<()> {
        match &self.input {
            Input::Demo => walk_demo(sink),
            Input::Paths(paths) => self.walk_paths(paths, sink),
            Input::Here => {
                let mut empty = true;
                self.walk_paths(&[PathBuf::from(".")], &mut |found| {
                    empty &= !matches!(found, Found::Entry(_));
                    sink(found)
                })?;
                if empty { walk_demo(sink) } else { ControlFlow::Continue(()) }
            }
        }
    }

    fn walk_paths(&self, paths: &[PathBuf], sink: &mut FoundSink) -> ControlFlow<()> {
        walk(paths, &self.settings.walk, &mut |event| {
            sink(match event {
                WalkEvent::Entry(entry) => Found::Entry(entry),
                WalkEvent::Problem(problem) => Found::Problem(problem),
                WalkEvent::Skipped { reason, .. } => Found::Skipped(reason),
            })
        })
    }

    /// Reads a source and splits its texts into articles.
    pub fn read(&self, entry: &Entry, sink: &mut DocumentSink) -> ControlFlow<()> {
        let claims = |member: Option<&str>| {
            Claims::of_path(&place_of(entry.place(), member).to_string_lossy())
        };
        let path = claims(None);
        self.texts(entry, &mut |text| {
            sink(text.map(|text| match text.member.as_deref().map(|member| claims(Some(member))) {
                None => self.split(text, &path),
                Some(path) => self.split(text, &path),
            }))
        })
    }

    /// The text of a source that holds the article with this number, counted from 0 over all its
    /// texts, and the number of the first article on it.
    ///
    /// # Errors
    ///
    /// What is wrong with the source, or `None` when it does not have so many articles.
    pub fn page(&self, entry: &Entry, wanted: usize) -> Result<(Document, usize), Option<Problem>> {
        let (mut first, mut found) = (0, Err(None));
        let _ = self.read(entry, &mut |document| {
            match document {
                Err(problem) => found = Err(Some(problem)),
                Ok(document) => {
                    let count = document.page.articles.len();
                    if wanted < first + count {
                        found = Ok((document, first));
                        return ControlFlow::Break(());
                    }
                    first += count;
                }
            }
            ControlFlow::Continue(())
        });
        found
    }

    /// Splits a text into articles, as was decided, with what `path` and the text say of its
    /// issue; a record is one article already.
    pub(crate) fn split(&self, text: Text, path: &Claims) -> Document {
        let decided = match text.record {
            Some(_) => Decided::default(),
            None => self.overrides.of(&text.decoded.text),
        };
        split_text(text, path, self.settings.split, &decided)
    }

    /// Whether a problem is only that something found in a folder is no text: not worth a message.
    pub fn is_passed_over(&self, problem: &Problem) -> bool {
        let place = problem.place.as_os_str();
        let named = place == Entry::stdin().place() || self.named.contains(Path::new(place));
        problem.kind == ProblemKind::Binary && !named
    }

    /// Standard input can be read only once: the interface keeps it, a command streams it.
    fn texts(&self, entry: &Entry, sink: &mut ReadSink) -> ControlFlow<()> {
        if entry.origin != Origin::Stdin || self.settings.stdin == StdinUse::Once {
            return read(entry, &self.settings.read, sink);
        }
        let kept = self.stdin.get_or_init(|| {
            let mut texts = Vec::new();
            let _ = read(entry, &self.settings.read, &mut |text| {
                texts.push(text);
                ControlFlow::Continue(())
            });
            texts
        });
        kept.iter().cloned().try_for_each(sink)
    }
}

fn walk_demo(sink: &mut FoundSink) -> ControlFlow<()> {
    Entry::demo().try_for_each(|entry| sink(Found::Entry(entry)))
}

/// A problem as it may be shown: place, line, what happened and what to do.
pub fn displayed_problem(problem: &Problem, lang: Lang) -> DisplayLine {
    let place = displayed(&problem.place);
    let line = problem.line.map_or_else(String::new, |line| format!("{line}:"));
    display!("{place}:{line} {}", problem.kind.message(lang))
}

/// Splits a text into articles, with what `path` and the text say of its issue; a record is one
/// article already.
fn split_text(text: Text, path: &Claims, split: SplitMode, decided: &Decided) -> Document {
    let Text { decoded, record, member, above } = text;
    let mode = decided.mode.unwrap_or(split);
    let page = match &record {
        Some(record) => record::page_of(record, &decoded.text),
        None => article::split_with(decoded.text.into(), mode, &decided.lines),
    };
    let of_record =
        |record: &Record| Claims::of_record(record.date.as_deref(), record.source.as_deref());
    let record_claims = record.as_ref().map(of_record).unwrap_or_default();
    let facts = PageFacts::new(path.clone(), &page, record_claims);
    Document {
        page,
        record,
        member,
        above,
        facts,
        mode,
        decided: decided.count(),
        encoding: decoded.encoding,
        malformed: decoded.malformed,
    }
}
