//! The thread that keeps what the person marks, and sees what other programs have marked meanwhile:
//! nobody who types waits for the disk.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use super::{Event, fault, program_failed, spawn, tell};
use crate::{
    app::{
        marks::{MarkNews, MarkOrder},
        msg::{Msg, Trouble},
    },
    lang::Lang,
    store::{
        marks::{self, glance::Glance, journal::Journal, line::Op, merge::Merged},
        overrides::StoreError,
    },
    text::display::{DisplayLine, display},
};

/// Longest that the end of the program waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Time between two looks at what other programs have marked. What could not be written is tried again then.
const PAUSE: Duration = Duration::from_secs(2);
/// It is looked for at most one part of the time in so many.
const SHARE: u32 = 100;

/// Marks that belong together.
type Batch = Vec<MarkOrder>;

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Marker {
    orders: Sender<Batch>,
    /// Whether there is anything to be kept.
    is_used: Cell<bool>,
    /// Whether everything is on disk, when it was tried for the last time.
    done: Receiver<bool>,
}

impl Marker {
    /// Starts the thread, which first tells what was kept before.
    pub(super) fn start(folder: Option<PathBuf>, lang: Lang, sender: Sender<Event>) -> Self {
        let (orders, taken) = channel::<Batch>();
        let (open, done) = channel();
        spawn("marker", move || {
            let mut desk = Desk::new(folder, lang, sender);
            desk.open();
            // Nobody may be waiting any more.
            let _ = open.send(desk.keep(&taken));
        });
        Self { orders, is_used: Cell::new(false), done }
    }

    /// Keeps marks; without any, tries again those that could not be written.
    pub(super) fn keep(&self, batch: Batch) {
        self.is_used.set(true);
        let _ = self.orders.send(batch);
    }

    /// Waits until everything is on disk, within reason; whether it is.
    pub(super) fn finish(self) -> bool {
        drop(self.orders);
        self.done.recv_timeout(PATIENCE).unwrap_or(false) || !self.is_used.get()
    }
}

/// What the thread works with.
struct Desk {
    folder: Option<PathBuf>,
    lang: Lang,
    sender: Sender<Event>,
    journal: Journal,
    /// Marks that are not on the disk yet.
    waiting: Vec<Op>,
    /// How the files of other programs looked when they were read last, and when it is looked again.
    seen: Glance,
    looks_at: Instant,
}

impl Desk {
    fn new(folder: Option<PathBuf>, lang: Lang, sender: Sender<Event>) -> Self {
        let journal = Journal::new(folder.clone());
        let (seen, looks_at) = (Glance::default(), Instant::now());
        Self { folder, lang, sender, journal, waiting: Vec::new(), seen, looks_at }
    }

    /// Reads what was kept before.
    fn open(&mut self) {
        let (merged, errors) = self.load();
        let lang = self.lang;
        let mut troubles: Vec<DisplayLine> =
            errors.iter().map(|error| DisplayLine::new(&error.message(lang))).collect();
        troubles.extend(unread(&merged, lang));
        for trouble in troubles {
            tell(&self.sender, Msg::Trouble(Trouble::general(trouble)));
        }
        tell(&self.sender, Msg::Marks(MarkNews::Loaded(merged.table())));
    }

    fn load(&mut self) -> (Merged, Vec<StoreError>) {
        // Before they are read: what is added meanwhile is seen the next time.
        self.seen = Glance::of(self.folder.as_deref(), &self.journal.file_name());
        let (merged, errors) = marks::load(self.folder.as_deref());
        self.journal.follow(&merged);
        self.looks_at = Instant::now() + PAUSE;
        (merged, errors)
    }

    /// Writes what is ordered and looks now and then what other programs have marked, until the end; whether
    /// everything is on disk then.
    fn keep(&mut self, taken: &Receiver<Batch>) -> bool {
        loop {
            match taken.recv_timeout(self.looks_at.saturating_duration_since(Instant::now())) {
                Ok(batch) => {
                    let batches = std::iter::once(batch).chain(taken.try_iter());
                    // A panic must not end the keeping of all other marks.
                    let news = catch_unwind(AssertUnwindSafe(|| self.write(batches)));
                    let failed =
                        |_| MarkNews::Failed(self.waiting.len(), program_failed(self.lang).into());
                    tell(&self.sender, Msg::Marks(news.unwrap_or_else(failed)));
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.looks_at = Instant::now() + PAUSE;
                    let _ = catch_unwind(AssertUnwindSafe(|| self.look()));
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.waiting.is_empty() || self.journal.append(&self.waiting).is_ok()
    }

    /// What has piled up waits for the disk once.
    fn write(&mut self, batches: impl Iterator<Item = Batch>) -> MarkNews {
        for MarkOrder { article, mark, seen } in batches.flatten() {
            self.waiting.push(self.journal.mark(article, mark, &seen));
        }
        fault::point("marker");
        let count = self.waiting.len();
        match self.journal.append(&self.waiting) {
            Ok(()) => {
                self.waiting.clear();
                MarkNews::Kept(count)
            }
            Err(error) => MarkNews::Failed(count, why(&error, self.lang)),
        }
    }

    /// Writes again what could not be written, which was said already.
    fn try_again(&mut self) {
        let count = self.waiting.len();
        if count > 0 && self.journal.append(&self.waiting).is_ok() {
            self.waiting.clear();
            tell(&self.sender, Msg::Marks(MarkNews::Kept(count)));
        }
    }

    /// Tries again what failed, and reads everything again if another program has marked something.
    fn look(&mut self) {
        let started = Instant::now();
        self.try_again();
        if Glance::of(self.folder.as_deref(), &self.journal.file_name()) != self.seen {
            let (merged, errors) = self.load();
            // What cannot be read now may be there the next time; until then what was known holds.
            if errors.is_empty() {
                tell(&self.sender, Msg::Marks(MarkNews::Loaded(merged.table())));
            } else {
                self.seen = Glance::default();
            }
        }
        // A folder that is slow, far away or full of files is looked at less often.
        self.looks_at = Instant::now() + PAUSE.max(started.elapsed() * SHARE);
    }
}

/// Why marks could not be written: the place comes last, where the line may be cut.
fn why(error: &StoreError, lang: Lang) -> DisplayLine {
    match error {
        StoreError::File(path, error) => display!("{error}: {}", path.to_string_lossy()),
        StoreError::NoFolder => DisplayLine::new(&error.message(lang)),
    }
}

/// What of the marks could not be read.
fn unread(merged: &Merged, lang: Lang) -> Option<DisplayLine> {
    let (damaged, unknown) = (merged.damaged, merged.unknown);
    (damaged + unknown > 0).then(|| match lang {
        Lang::Zh => display!("标记：{damaged} 行损坏，{unknown} 行不认识；都留在文件里"),
        Lang::En => display!("marks: {damaged} damaged and {unknown} unknown lines; they are kept"),
    })
}
