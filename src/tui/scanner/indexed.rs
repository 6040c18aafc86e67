//! Filling the list from the index of the archive, and keeping both up to date while the archive is open.

mod news;

use std::{
    num::NonZero,
    ops::ControlFlow,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::Receiver,
    },
    thread,
    time::Duration,
};

use super::{CONTINUE, Scan};
use crate::{
    app::msg::Msg,
    library::{
        displayed_problem,
        index::{IndexPlace, Outcome, Run, RunEvent, Stage, Watch, Woken},
    },
    store::index::{IndexError, condemn},
    text::display::DisplayLine,
};

/// When to try again what another process stood in the way of.
const AGAIN: Duration = Duration::from_secs(2);

/// How the list and the index stand to each other.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The batch of the index up to which the list is.
    batch: i64,
    /// Sources that were in the list before this run.
    known: u32,
    /// Whether the list was complete once.
    is_complete: bool,
    /// Whether an update was made already.
    is_updated: bool,
}

impl Scan {
    /// Fills the list from the index, brings both up to date, and keeps them so.
    pub(super) fn keep_up(
        &mut self,
        place: &IndexPlace,
        watch: &mut Watch,
        asked: &Receiver<u32>,
    ) -> ControlFlow<()> {
        self.entries.begin(Some(place));
        // One that cannot be read is made anew by the run.
        let delivered = self.deliver(place)?;
        self.listing = None;
        if delivered.as_ref().is_err_and(IndexError::is_damage) {
            condemn(&place.file);
        }
        if delivered.is_ok() && self.entries.count() > 0 {
            self.complete(0)?;
        }
        loop {
            match watch.wait(None) {
                Woken::Changed(_) => self.update(place, watch)?,
                Woken::Called | Woken::TimedOut => {}
            }
            for notice in watch.notices() {
                self.say(DisplayLine::new(&notice.message(self.lang)))?;
            }
            while let Ok(number) = asked.try_recv() {
                self.read_again(number)?;
            }
        }
    }

    /// Brings the index and the list up to date.
    fn update(&mut self, place: &IndexPlace, watch: &Watch) -> ControlFlow<()> {
        self.standing.known = self.entries.count() as u32;
        let gone = AtomicBool::new(false);
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let library = self.library.clone();
        let mut follow = |event: RunEvent| {
            if self.follow(&event, place).is_break() {
                gone.store(true, Ordering::Relaxed);
            }
        };
        let outcome = Run::new(&library, place, threads, &gone, &mut follow).finish();
        self.pass_on()?;
        self.tell(Msg::Indexing(None))?;
        match outcome {
            Ok(outcome) => self.conclude(place, &outcome),
            Err(error) => {
                if matches!(error, IndexError::Busy) {
                    watch.again(AGAIN);
                    self.catch_up(place, i64::MAX)?;
                }
                self.say(DisplayLine::new(&error.message(self.lang)))?;
                if self.standing.is_complete { CONTINUE } else { self.read_plainly() }
            }
        }
    }

    fn conclude(&mut self, place: &IndexPlace, outcome: &Outcome) -> ControlFlow<()> {
        let &Outcome { added, changed, vanished, batches: (before, last), .. } = outcome;
        self.catch_up(place, before)?;
        self.standing.batch = last;
        if let Some(aside) = &outcome.set_aside {
            self.say(DisplayLine::new(&aside.message(self.lang)))?;
        }
        for problem in &outcome.problems {
            self.say(displayed_problem(problem, self.lang))?;
        }
        if std::mem::replace(&mut self.standing.is_updated, true) && added + changed + vanished > 0
        {
            self.tell(Msg::Updated { added, changed, vanished })?;
        }
        self.complete(outcome.skipped)
    }

    /// Reads everything without an index: what cannot be written now is listed all the same.
    fn read_plainly(&mut self) -> ControlFlow<()> {
        self.entries.begin(None);
        self.tell(Msg::Emptied)?;
        let before = self.skipped;
        self.walk()?;
        let walked = self.skipped - before;
        self.read_all()?;
        // Each later update tells again what walking passed over.
        self.skipped -= walked;
        self.standing.is_complete = true;
        CONTINUE
    }

    fn complete(&mut self, skipped: usize) -> ControlFlow<()> {
        self.standing.is_complete = true;
        self.tell(Msg::Complete { skipped: self.skipped + skipped })
    }

    /// Says something once, however often it is met.
    fn say(&mut self, message: DisplayLine) -> ControlFlow<()> {
        if self.said.insert(message.clone()) { self.report(None, message) } else { CONTINUE }
    }

    /// Keeps the list in step with the run.
    fn follow(&mut self, event: &RunEvent, place: &IndexPlace) -> ControlFlow<()> {
        match event {
            // What is new stands at the end until the archive is opened again.
            RunEvent::Found(_, key) => drop(self.number(place, key)),
            RunEvent::Read(source) => self.learnt(source, place)?,
            RunEvent::Vanished(keys) => {
                let gone = keys.iter().filter_map(|key| self.entries.number(place, key));
                let gone: Vec<u32> = gone.collect();
                self.vanished(gone);
            }
            RunEvent::Progress(progress) => {
                if progress.stage != Stage::Reading && !self.standing.is_complete {
                    self.pass_on()?;
                    self.complete(0)?;
                }
                let (done, all) = match progress.stage {
                    Stage::Reading => (progress.settled, progress.found),
                    _ => (progress.analysed, progress.to_analyse),
                };
                // What looks at everything and finds it as it was is over in a moment.
                let is_work = progress.stage == Stage::Analysing || progress.read > 0;
                let is_shown = is_work || !self.standing.is_updated;
                let told = is_shown && progress.stage != Stage::Done && all > 0;
                self.tell(Msg::Indexing(told.then_some((done, all))))?;
            }
        }
        if self.is_time() { self.pass_on() } else { CONTINUE }
    }
}
