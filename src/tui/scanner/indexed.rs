//! Filling the list from the index of the archive, which is brought up to date meanwhile.

use std::{
    collections::{HashMap, HashSet},
    ffi::OsStr,
    num::NonZero,
    ops::ControlFlow,
    os::unix::ffi::OsStrExt,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::{CONTINUE, Scan, TOLD};
use crate::{
    app::msg::Msg,
    library::{
        displayed, displayed_problem,
        index::{IndexPlace, Outcome, Run, RunEvent, Stage},
    },
    listing::{ArticleRow, Certainty, SourceState},
    source::Entry,
    store::index::{self, ArticleFacts, Index, IndexError, ReadProblem, ReadSource, SourceKey},
    text::display::{DisplayLine, display},
};

/// Rows that are told at once.
const BATCH: usize = 2_000;

/// The numbers of sources in the list.
type Numbers = HashMap<SourceKey, u32>;

impl Scan {
    /// Fills the list from the index, then brings both up to date; whether the list is complete then.
    pub(super) fn fill_from(&mut self, place: &IndexPlace) -> ControlFlow<(), bool> {
        let mut numbers = Numbers::new();
        let delivered = self.deliver(place, &mut numbers)?;
        let is_warm = delivered.is_ok() && !numbers.is_empty();
        if is_warm {
            self.tell(Msg::Complete { skipped: self.skipped })?;
        }
        let gone = AtomicBool::new(false);
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let library = self.library.clone();
        let mut listed = false;
        let mut follow = |event: RunEvent| {
            if self.follow(&event, place, &mut numbers, &mut listed).is_break() {
                gone.store(true, Ordering::Relaxed);
            }
        };
        let outcome = Run::new(&library, place, threads, &gone, &mut follow).finish();
        self.pass_on()?;
        self.tell(Msg::Indexing(None))?;
        match outcome {
            Ok(outcome) => {
                self.conclude(outcome)?;
                ControlFlow::Continue(true)
            }
            Err(error) => {
                self.report(None, DisplayLine::new(&error.message(self.lang)))?;
                // What the list lacks is read in the plain way.
                let is_listed = is_warm || listed;
                if !is_listed {
                    self.entries.lock().clear();
                    self.tell(Msg::Emptied)?;
                }
                ControlFlow::Continue(is_listed)
            }
        }
    }

    fn conclude(&mut self, outcome: Outcome) -> ControlFlow<()> {
        if let Some(aside) = outcome.set_aside {
            self.report(None, DisplayLine::new(&aside.message(self.lang)))?;
        }
        for problem in &outcome.problems {
            self.report(None, displayed_problem(problem, self.lang))?;
        }
        self.tell(Msg::Complete { skipped: self.skipped + outcome.skipped })
    }

    /// Tells what the index holds.
    fn deliver(
        &mut self,
        place: &IndexPlace,
        numbers: &mut Numbers,
    ) -> ControlFlow<(), Result<(), IndexError>> {
        let index = match Index::open(&place.file) {
            Ok(Some(index)) => index,
            Ok(None) => return ControlFlow::Continue(Ok(())),
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        let mut sources = Vec::new();
        let read = index.sources(&mut |key, state| sources.push((key, state)));
        let problems = match read.and_then(|()| index.problems()) {
            Ok(problems) => problems,
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        let mut failed = HashSet::new();
        for (key, state) in sources {
            if state == index::SourceState::Failed {
                failed.insert(key.clone());
            }
            let Some(entry) = place.entry(&key) else { continue };
            let number = self.enter(entry, key, numbers);
            self.skipped += usize::from(state == index::SourceState::PassedOver);
            // Those with articles are told below.
            if state != index::SourceState::Failed {
                self.news.push((number, SourceState::Read(Vec::new())));
            }
        }
        self.pass_on()?;
        let mut gathered: (Option<u32>, Vec<ArticleRow>) = (None, Vec::new());
        let mut count = 0;
        let rows = index.rows(&mut |row| {
            let number = numbers.get(&row.source).copied();
            if number != gathered.0 {
                self.gathered(&mut gathered);
                gathered.0 = number;
            }
            gathered.1.push(row_of(&row.facts));
            count += 1;
            if count % BATCH == 0 {
                let _ = self.pass_on();
            }
        });
        self.gathered(&mut gathered);
        self.troubles(&problems, numbers, &|key| failed.contains(key))?;
        self.pass_on()?;
        ControlFlow::Continue(rows)
    }

    fn gathered(&mut self, gathered: &mut (Option<u32>, Vec<ArticleRow>)) {
        let rows = std::mem::take(&mut gathered.1);
        if let Some(number) = gathered.0 {
            self.news.push((number, SourceState::Read(rows)));
        }
    }

    /// Takes a source into the list; its number there.
    fn enter(&mut self, entry: Entry, key: SourceKey, numbers: &mut Numbers) -> u32 {
        self.names.push(self.library.short_name(&entry));
        let mut entries = self.entries.lock();
        let number = entries.len() as u32;
        entries.push(entry);
        numbers.insert(key, number);
        number
    }

    /// Keeps the list in step with the run.
    fn follow(
        &mut self,
        event: &RunEvent,
        place: &IndexPlace,
        numbers: &mut Numbers,
        listed: &mut bool,
    ) -> ControlFlow<()> {
        match event {
            RunEvent::Found(entry, key) => {
                // What is new stands at the end until the archive is opened again.
                if !numbers.contains_key(*key) {
                    self.enter((*entry).clone(), (*key).clone(), numbers);
                }
            }
            RunEvent::Read(source) => self.learnt(source, place, numbers)?,
            RunEvent::Vanished(keys) => {
                let gone = keys.iter().filter_map(|key| numbers.get(key));
                self.news.extend(gone.map(|number| (*number, SourceState::Read(Vec::new()))));
            }
            RunEvent::Progress(progress) => {
                if progress.stage != Stage::Reading && !*listed {
                    *listed = true;
                    self.pass_on()?;
                    self.tell(Msg::Complete { skipped: self.skipped })?;
                }
                let (done, all) = match progress.stage {
                    Stage::Reading => (progress.settled, progress.found),
                    _ => (progress.analysed, progress.to_analyse),
                };
                let told = (progress.stage != Stage::Done && all > 0).then_some((done, all));
                self.tell(Msg::Indexing(told))?;
            }
        }
        if self.is_time() { self.pass_on() } else { CONTINUE }
    }

    /// Takes in a source that was read.
    fn learnt(
        &mut self,
        source: &ReadSource,
        place: &IndexPlace,
        numbers: &mut Numbers,
    ) -> ControlFlow<()> {
        let number = match (numbers.get(&source.key), place.entry(&source.key)) {
            (Some(number), _) => *number,
            (None, Some(entry)) => self.enter(entry, source.key.clone(), numbers),
            (None, None) => return CONTINUE,
        };
        self.skipped += usize::from(source.state == index::SourceState::PassedOver);
        if source.state != index::SourceState::Failed {
            let rows = source.articles.iter().map(|article| row_of(&article.row)).collect();
            self.news.push((number, SourceState::Read(rows)));
        }
        let problems = source.problems.iter().map(|problem| (source.key.clone(), problem.clone()));
        let is_failed = |_: &SourceKey| source.state == index::SourceState::Failed;
        self.troubles(&problems.collect::<Vec<_>>(), numbers, &is_failed)
    }

    /// Tells what went wrong: the first problem with a source of which nothing was read is its state.
    fn troubles(
        &mut self,
        problems: &[(SourceKey, ReadProblem)],
        numbers: &Numbers,
        is_failed: &dyn Fn(&SourceKey) -> bool,
    ) -> ControlFlow<()> {
        for of_source in problems.chunk_by(|a, b| a.0 == b.0) {
            let Some((key, first)) = of_source.first() else { continue };
            let Some(number) = numbers.get(key).copied() else { continue };
            let place = self.entries.get(number);
            let is_whole = place.is_some_and(|entry| entry.place().as_bytes() == first.place);
            if is_whole && is_failed(key) {
                let message = DisplayLine::new(first.message(self.lang));
                self.news.push((number, SourceState::Failed(message)));
                continue;
            }
            for (_, problem) in of_source.iter().take(TOLD) {
                let place = displayed(OsStr::from_bytes(&problem.place));
                let line = problem.line.map_or_else(String::new, |line| format!("{line}:"));
                let message = DisplayLine::new(problem.message(self.lang));
                self.report(Some(number), display!("{place}:{line} {message}"))?;
            }
        }
        CONTINUE
    }
}

/// The row of an article in the list.
fn row_of(facts: &ArticleFacts) -> ArticleRow {
    ArticleRow {
        title: DisplayLine::new(&facts.title),
        byline: DisplayLine::new(&facts.byline),
        chars: facts.chars as usize,
        line: facts.line as usize,
        certainty: if facts.sure { Certainty::Sure } else { Certainty::Likely },
        date: facts.date,
        paper: DisplayLine::new(&facts.paper),
        page: facts.page.clone(),
        member: DisplayLine::new(facts.member.as_deref().unwrap_or_default()),
    }
}
