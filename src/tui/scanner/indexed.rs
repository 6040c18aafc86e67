//! Filling the list from the index of the archive, which is brought up to date meanwhile.

use std::{
    collections::HashSet,
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
    listing::{ArticleRow, Certainty, Part, SourceState},
    store::index::{
        self, ArticleFacts, Index, IndexError, ListPart, ReadProblem, ReadSource, SourceKey,
    },
    text::display::{DisplayLine, DisplayLines, display},
};

impl Scan {
    /// Fills the list from the index, then brings both up to date; whether the list is complete then.
    pub(super) fn fill_from(&mut self, place: &IndexPlace) -> ControlFlow<(), bool> {
        self.entries.begin(Some(place));
        let delivered = self.deliver(place)?;
        let is_warm = delivered.is_ok() && self.entries.count() > 0;
        if is_warm {
            self.tell(Msg::Complete { skipped: self.skipped })?;
        }
        let gone = AtomicBool::new(false);
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let library = self.library.clone();
        let mut listed = false;
        let mut follow = |event: RunEvent| {
            if self.follow(&event, place, &mut listed).is_break() {
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
                    self.entries.begin(None);
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
    fn deliver(&mut self, place: &IndexPlace) -> ControlFlow<(), Result<(), IndexError>> {
        let index = match Index::open(&place.file) {
            Ok(Some(index)) => index,
            Ok(None) => return ControlFlow::Continue(Ok(())),
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        let mut failed = HashSet::new();
        let mut goes_on = CONTINUE;
        let read = index.list(&mut |part| {
            if goes_on.is_continue() {
                goes_on = self.list(place, part, &mut failed);
            }
        });
        goes_on?;
        let problems = match read.and_then(|()| index.problems()) {
            Ok(problems) => problems,
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        self.troubles(place, &problems, &|key| failed.contains(key))?;
        self.pass_on()?;
        ControlFlow::Continue(Ok(()))
    }

    /// Takes a part of the list in.
    fn list(
        &mut self,
        place: &IndexPlace,
        part: ListPart,
        failed: &mut HashSet<SourceKey>,
    ) -> ControlFlow<()> {
        let mut names = DisplayLines::default();
        for (key, state) in part.keys.iter().zip(&part.states) {
            names.push_source(&place.name(&key));
            match state {
                index::SourceState::PassedOver => self.skipped += 1,
                index::SourceState::Failed => drop(failed.insert(key)),
                index::SourceState::Read | index::SourceState::Vanished => {}
            }
        }
        self.entries.append(&part.keys);
        let ListPart { goes_on, rows, block, .. } = part;
        self.tell(Msg::Listed(Box::new(Part { goes_on, names, rows, block })))
    }

    /// The number of a source in the list, into which it is taken if it is new.
    fn number(&mut self, place: &IndexPlace, key: &SourceKey) -> Option<u32> {
        if let Some(number) = self.entries.number(place, key) {
            return Some(number);
        }
        let number = self.entries.push(place.entry(key)?)?;
        self.names.push(DisplayLine::new(&place.name(key)));
        Some(number)
    }

    /// Keeps the list in step with the run.
    fn follow(
        &mut self,
        event: &RunEvent,
        place: &IndexPlace,
        listed: &mut bool,
    ) -> ControlFlow<()> {
        match event {
            // What is new stands at the end until the archive is opened again.
            RunEvent::Found(_, key) => drop(self.number(place, key)),
            RunEvent::Read(source) => self.learnt(source, place)?,
            RunEvent::Vanished(keys) => {
                let gone = keys.iter().filter_map(|key| self.entries.number(place, key));
                self.news.extend(gone.map(|number| (number, SourceState::Read(Vec::new()))));
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
    fn learnt(&mut self, source: &ReadSource, place: &IndexPlace) -> ControlFlow<()> {
        let Some(number) = self.number(place, &source.key) else { return CONTINUE };
        self.skipped += usize::from(source.state == index::SourceState::PassedOver);
        if source.state != index::SourceState::Failed {
            let rows = source.articles.iter().map(|article| row_of(&article.row)).collect();
            self.news.push((number, SourceState::Read(rows)));
        }
        let problems = source.problems.iter().map(|problem| (source.key.clone(), problem.clone()));
        let is_failed = |_: &SourceKey| source.state == index::SourceState::Failed;
        self.troubles(place, &problems.collect::<Vec<_>>(), &is_failed)
    }

    /// Tells what went wrong: the first problem with a source of which nothing was read is its state.
    fn troubles(
        &mut self,
        place: &IndexPlace,
        problems: &[(SourceKey, ReadProblem)],
        is_failed: &dyn Fn(&SourceKey) -> bool,
    ) -> ControlFlow<()> {
        for of_source in problems.chunk_by(|a, b| a.0 == b.0) {
            let Some((key, first)) = of_source.first() else { continue };
            let Some(number) = self.entries.number(place, key) else { continue };
            let entry = self.entries.get(number);
            let is_whole = entry.is_some_and(|entry| entry.place().as_bytes() == first.place);
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
