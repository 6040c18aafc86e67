//! The thread that walks the archive and reads every source once, for the list.

mod entries;
mod indexed;

pub(super) use entries::Entries;
use indexed::Standing;

use std::{
    collections::HashSet,
    mem,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use super::{Event, fault, program_failed, spawn, tell};
use crate::{
    app::msg::{Msg, Trouble},
    error::Problem,
    lang::Lang,
    library::{
        Document, Found, Library, displayed, displayed_problem,
        index::{IndexPlace, Watch, read_again, watch::Waker},
    },
    listing::{ArticleRow, SourceState},
    query::pinyin::PinyinPattern,
    source::Entry,
    text::display::{DisplayLine, display},
};

/// News are handed on this often, so that a big archive does not flood the interface.
const BEAT: Duration = Duration::from_millis(50);

/// What the dictionary waits for the list at most.
const LISTED_SOON: Duration = Duration::from_secs(1);

/// Problems of one source that are told one by one.
const TOLD: usize = 100;

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Scanner {
    entries: Entries,
    again: Sender<u32>,
    /// Ends when the dictionary is loaded; for who waits for it.
    dictionary: Option<Receiver<()>>,
    /// Wakes the thread where it waits for changes of the archive.
    waker: Option<Waker>,
}

impl Scanner {
    /// Starts the thread, and another one that loads the dictionary once the list is there, as far as the index has
    /// it: a long one takes all processors for some tenths of a second, and is seen first.
    pub(super) fn start(
        library: Arc<Library>,
        index: Option<IndexPlace>,
        lang: Lang,
        sender: Sender<Event>,
    ) -> Self {
        let entries = Entries::default();
        let (again, asked) = channel();
        let (listing, listed) = channel();
        let (loading, dictionary) = channel();
        let early = library.clone();
        spawn("dictionary", move || {
            let _ = listed.recv_timeout(LISTED_SOON);
            early.prepare();
            PinyinPattern::prepare();
            drop::<Sender<()>>(loading);
        });
        let mut watch = index.as_ref().map(|place| Watch::start(&library, place));
        let waker = watch.as_ref().map(Watch::waker);
        let mut scan = Scan {
            library,
            lang,
            sender,
            entries: entries.clone(),
            index: index.clone(),
            listing: Some(listing),
            standing: Standing::default(),
            said: HashSet::new(),
            skipped: 0,
            is_first_reading: false,
            names: Vec::new(),
            news: Vec::new(),
            changed: Vec::new(),
            told: Instant::now(),
        };
        spawn("scanner", move || {
            // It breaks when the interface is gone: there is nobody left to tell.
            let _ = match (index, &mut watch) {
                (Some(place), Some(watch)) => scan.keep_up(&place, watch, &asked),
                _ => scan.read_once(&asked),
            };
        });
        Self { entries, again, dictionary: Some(dictionary), waker }
    }

    /// The sources found so far.
    pub(super) fn entries(&self) -> Entries {
        self.entries.clone()
    }

    /// What ends when the dictionary is loaded; an end for all who ask after the first one.
    pub(super) fn dictionary(&mut self) -> Receiver<()> {
        self.dictionary.take().unwrap_or_else(|| channel().1)
    }

    /// Whether what is listed is the demo.
    pub(super) fn is_of_demo(&self) -> bool {
        self.entries.get(0).is_some_and(|entry| entry.is_demo())
    }

    /// Reads a source again.
    pub(super) fn reload(&self, source: u32) {
        let _ = self.again.send(source);
        if let Some(waker) = &self.waker {
            waker.wake();
        }
    }
}

struct Scan {
    library: Arc<Library>,
    lang: Lang,
    sender: Sender<Event>,
    entries: Entries,
    /// Where the index of the archive lies, if it has one.
    index: Option<IndexPlace>,
    /// As long as the list of the index is on its way.
    listing: Option<Sender<()>>,
    standing: Standing,
    /// What was said that does not belong to a source.
    said: HashSet<DisplayLine>,
    skipped: usize,
    /// Whether sources are read that the list knows by name only.
    is_first_reading: bool,
    /// Names of sources that were found since the last time that any were told.
    names: Vec<DisplayLine>,
    news: Vec<(u32, SourceState)>,
    /// Sources of the list that are not as they were.
    changed: Vec<u32>,
    told: Instant,
}

impl Scan {
    /// Fills the list by reading everything, then reads again what is asked for.
    fn read_once(&mut self, asked: &Receiver<u32>) -> ControlFlow<()> {
        self.listing = None;
        self.walk()?;
        self.read_all()?;
        while let Ok(number) = asked.recv() {
            self.read_again(number)?;
        }
        ControlFlow::Break(())
    }

    fn walk(&mut self) -> ControlFlow<()> {
        let library = self.library.clone();
        let mut names: Vec<DisplayLine> = Vec::new();
        library.walk(&mut |found| {
            match found {
                Found::Entry(entry) => {
                    names.push(library.short_name(&entry));
                    self.entries.push(entry);
                }
                Found::Problem(problem) => {
                    self.report(None, displayed_problem(&problem, self.lang))?;
                }
                Found::Skipped(_) => self.skipped += 1,
            }
            if self.is_time() { self.tell(Msg::Found(mem::take(&mut names))) } else { CONTINUE }
        })?;
        self.tell(Msg::Found(names))
    }

    fn read_all(&mut self) -> ControlFlow<()> {
        let count = self.entries.count() as u32;
        self.is_first_reading = true;
        for number in 0..count {
            self.read(number)?;
            if self.is_time() {
                self.pass_on()?;
            }
        }
        self.is_first_reading = false;
        self.pass_on()?;
        self.tell(Msg::Complete { skipped: self.skipped })
    }

    fn read_again(&mut self, number: u32) -> ControlFlow<()> {
        self.read(number)?;
        self.pass_on()?;
        if let (Some(place), Some(entry)) = (&self.index, self.entries.get(number)) {
            // If another process writes, it is read again when the archive is opened again.
            let _ = read_again(&self.library, place, &entry);
        }
        CONTINUE
    }

    fn read(&mut self, number: u32) -> ControlFlow<()> {
        let Some(entry) = self.entries.get(number) else { return CONTINUE };
        let mut rows = Rows::default();
        let mut problems = Vec::new();
        // A panic over one text must not end the reading of all others.
        let read = catch_unwind(AssertUnwindSafe(|| {
            fault::point("scanner");
            self.take_rows((number, &entry), &mut rows, &mut problems)
        }));
        let state = match read {
            Err(_) => SourceState::Failed(program_failed(self.lang).into()),
            Ok(read) => {
                read?;
                self.judged(number, &entry, rows, problems)?
            }
        };
        self.news.push((number, state));
        CONTINUE
    }

    /// Takes in the rows of all articles of a source, and what could not be read of it. While it is new, its rows are
    /// handed on now and then: there may be a million of them.
    fn take_rows(
        &mut self,
        (number, entry): (u32, &Entry),
        rows: &mut Rows,
        problems: &mut Vec<Problem>,
    ) -> ControlFlow<()> {
        let library = self.library.clone();
        library.read(entry, &mut |document| {
            match document {
                Ok(document) => rows.new.extend(rows_of(&document)),
                Err(problem) => problems.push(problem),
            }
            if self.is_first_reading && !rows.new.is_empty() && self.is_time() {
                self.news.push((number, rows.state()));
                return self.pass_on();
            }
            CONTINUE
        })
    }

    /// What the list shows of a source with these rows and problems.
    fn judged(
        &mut self,
        number: u32,
        entry: &Entry,
        mut rows: Rows,
        mut problems: Vec<Problem>,
    ) -> ControlFlow<(), SourceState> {
        let before = problems.len();
        problems.retain(|problem| !self.library.is_passed_over(problem));
        self.skipped += before - problems.len();
        let state = match problems.as_slice() {
            // That of a member has to be told with its name.
            [problem, ..] if rows.are_none() && problem.place == entry.place() => {
                SourceState::Failed(DisplayLine::new(&problem.kind.message(self.lang)))
            }
            _ => {
                for problem in problems.iter().take(TOLD) {
                    self.report(Some(number), displayed_problem(problem, self.lang))?;
                }
                if let Some(problem) = problems.get(TOLD) {
                    let place = displayed(&problem.place);
                    let more = problems.len() - TOLD;
                    let rest = self.lang.of("还有问题", "more problems");
                    self.report(Some(number), display!("{place}: .. {more} {rest}"))?;
                }
                rows.state()
            }
        };
        ControlFlow::Continue(state)
    }

    /// Whether it is time to hand on what has come together.
    fn is_time(&mut self) -> bool {
        let due = self.told.elapsed() >= BEAT;
        if due {
            self.told = Instant::now();
        }
        due
    }

    fn pass_on(&mut self) -> ControlFlow<()> {
        self.tell_changed()?;
        if !self.names.is_empty() {
            let names = mem::take(&mut self.names);
            self.tell(Msg::Found(names))?;
        }
        let news = mem::take(&mut self.news);
        self.tell(Msg::Learnt(news))
    }

    fn tell_changed(&mut self) -> ControlFlow<()> {
        let changed = mem::take(&mut self.changed);
        if changed.is_empty() { CONTINUE } else { self.tell(Msg::Changed(changed)) }
    }

    fn report(&self, source: Option<u32>, message: DisplayLine) -> ControlFlow<()> {
        self.tell(Msg::Trouble(Trouble { source, message }))
    }

    fn tell(&self, msg: Msg) -> ControlFlow<()> {
        if tell(&self.sender, msg) { CONTINUE } else { ControlFlow::Break(()) }
    }
}

const CONTINUE: ControlFlow<()> = ControlFlow::Continue(());

/// Rows of a source that is being read.
#[derive(Default)]
struct Rows {
    /// How many were handed on.
    told: u32,
    new: Vec<ArticleRow>,
}

impl Rows {
    fn are_none(&self) -> bool {
        self.told == 0 && self.new.is_empty()
    }

    /// What the list is told of those that it has not.
    fn state(&mut self) -> SourceState {
        let new = mem::take(&mut self.new);
        let before = self.told;
        self.told += new.len() as u32;
        if before == 0 { SourceState::Read(new) } else { SourceState::More(before, new) }
    }
}

/// Rows of all articles of a text.
pub(super) fn rows_of(document: &Document) -> impl Iterator<Item = ArticleRow> {
    let articles = document.page.articles.iter();
    articles.map(|article| {
        let row = ArticleRow::of(article, document.line_of(article));
        let member = DisplayLine::new(document.member.as_deref().unwrap_or_default());
        ArticleRow { member, ..row }.with(&document.facts_of(article))
    })
}
