//! The thread that walks the archive and reads every source once, for the list.

use std::{
    mem,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use super::{Event, spawn, tell};
use crate::{
    app::{
        archive::{ArticleRow, SourceState},
        msg::Msg,
    },
    error::Problem,
    lang::Lang,
    library::{Found, Library, displayed_problem},
    source::Entry,
    text::sanitize::display_line,
};

/// News are handed on this often, so that a big archive does not flood the interface.
const BEAT: Duration = Duration::from_millis(50);

/// The sources that were found, by number; shared with the analyst.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries(Arc<Mutex<Vec<Entry>>>);

impl Entries {
    /// The source with this number.
    pub(super) fn get(&self, number: u32) -> Option<Entry> {
        self.lock().get(number as usize).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        // The list is only ever pushed to, so a panic elsewhere leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Scanner {
    entries: Entries,
    again: Sender<u32>,
}

impl Scanner {
    /// Starts the thread.
    pub(super) fn start(library: Arc<Library>, lang: Lang, sender: Sender<Event>) -> Self {
        let entries = Entries::default();
        let (again, asked) = channel();
        let mut scan = Scan {
            library,
            lang,
            sender,
            entries: entries.clone(),
            skipped: 0,
            news: Vec::new(),
            told: Instant::now(),
        };
        spawn("scanner", move || {
            // It breaks when the interface is gone: there is nobody left to tell.
            let _ = scan.walk().is_continue()
                && scan.read_all().is_continue()
                && scan.serve(&asked).is_continue();
        });
        Self { entries, again }
    }

    /// The sources found so far.
    pub(super) fn entries(&self) -> Entries {
        self.entries.clone()
    }

    /// Reads a source again.
    pub(super) fn reload(&self, source: u32) {
        let _ = self.again.send(source);
    }
}

struct Scan {
    library: Arc<Library>,
    lang: Lang,
    sender: Sender<Event>,
    entries: Entries,
    skipped: usize,
    news: Vec<(u32, SourceState)>,
    told: Instant,
}

impl Scan {
    fn walk(&mut self) -> ControlFlow<()> {
        let library = self.library.clone();
        let mut names: Vec<Arc<str>> = Vec::new();
        library.walk(&mut |found| {
            match found {
                Found::Entry(entry) => {
                    names.push(library.short_name(&entry).into());
                    self.entries.lock().push(entry);
                }
                Found::Problem(problem) => self.report(&problem)?,
                Found::Skipped(_) => self.skipped += 1,
            }
            if self.is_time() { self.tell(Msg::Found(mem::take(&mut names))) } else { CONTINUE }
        })?;
        self.tell(Msg::Found(names))
    }

    fn read_all(&mut self) -> ControlFlow<()> {
        let count = self.entries.lock().len() as u32;
        for number in 0..count {
            self.read(number)?;
            if self.is_time() {
                self.pass_on()?;
            }
        }
        self.pass_on()?;
        self.tell(Msg::Complete { skipped: self.skipped })
    }

    fn serve(&mut self, asked: &Receiver<u32>) -> ControlFlow<()> {
        while let Ok(number) = asked.recv() {
            self.read(number)?;
            self.pass_on()?;
        }
        ControlFlow::Break(())
    }

    fn read(&mut self, number: u32) -> ControlFlow<()> {
        let Some(entry) = self.entries.get(number) else { return CONTINUE };
        let mut rows = Vec::new();
        let mut problems: Vec<Problem> = Vec::new();
        let _ = self.library.read(&entry, &mut |document| {
            match document {
                Ok(document) => {
                    let articles = document.page.articles.iter();
                    rows.extend(
                        articles.map(|article| ArticleRow::of(article, document.line_of(article))),
                    );
                }
                Err(problem) => problems.push(problem),
            }
            CONTINUE
        });
        let state = match problems.first() {
            Some(problem) if rows.is_empty() && self.library.is_passed_over(problem) => {
                self.skipped += 1;
                SourceState::Read(rows)
            }
            Some(problem) if rows.is_empty() => {
                SourceState::Failed(display_line(&problem.kind.message(self.lang)))
            }
            _ => {
                problems.iter().try_for_each(|problem| self.report(problem))?;
                SourceState::Read(rows)
            }
        };
        self.news.push((number, state));
        CONTINUE
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
        let news = mem::take(&mut self.news);
        self.tell(Msg::Learnt(news))
    }

    fn report(&self, problem: &Problem) -> ControlFlow<()> {
        self.tell(Msg::Trouble(displayed_problem(problem, self.lang)))
    }

    fn tell(&self, msg: Msg) -> ControlFlow<()> {
        if tell(&self.sender, msg) { CONTINUE } else { ControlFlow::Break(()) }
    }
}

const CONTINUE: ControlFlow<()> = ControlFlow::Continue(());
