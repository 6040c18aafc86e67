//! The thread that keeps what is come back to: how far articles were read, and how the archive was left.
//!
//! Places go to the disk at once, and none is lost. How the archive was left changes with every key, so it
//! is written a moment after it has changed, and at the end.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use super::{Event, fault, session, spawn, tell};
use crate::{
    app::{
        msg::{Msg, Trouble},
        session::Memento,
    },
    article::ReadingPlace,
    lang::Lang,
    store::{
        overrides::StoreError,
        places::{PlaceJournal, Places},
        session::{Opened, Session, Sessions},
    },
    text::display::{DisplayLine, display},
};

/// How long changes are gathered before they are written.
const BEAT: Duration = Duration::from_secs(1);
/// Longest that the end of the program waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where it is kept what a person comes back to.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// The folder for places in articles; `None` when there is no home.
    pub places: Option<PathBuf>,
    /// The session of the archive, if it has one.
    pub session: Option<SessionPlace>,
}

/// Where the session of an archive is kept.
#[derive(Clone, Debug)]
pub struct SessionPlace {
    /// All sessions.
    pub sessions: Sessions,
    /// The name of the archive.
    pub name: String,
    /// What is open.
    pub opened: Opened,
    /// How it was left before, if that is to be taken up.
    pub left: Option<Session>,
}

impl SessionPlace {
    /// What is to be taken up.
    pub(super) fn left(&self) -> Option<Memento> {
        self.left.as_ref().map(session::left)
    }
}

enum Order {
    Places(Vec<ReadingPlace>),
    Remember(Box<Memento>),
}

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Recorder {
    orders: Sender<Order>,
    /// Closed when everything is on disk, or was tried for the last time.
    done: Receiver<()>,
}

impl Recorder {
    /// Starts the thread, which first tells the places of earlier times. Without anything to keep there is
    /// none, and what it is given is forgotten.
    pub(super) fn start(keeping: Option<Keeping>, lang: Lang, sender: Sender<Event>) -> Self {
        let (orders, taken) = channel();
        let (open, done) = channel();
        if let Some(Keeping { places: folder, session }) = keeping {
            spawn("recorder", move || {
                let (places, errors) = Places::load(folder.as_deref());
                for error in errors {
                    let message = DisplayLine::new(&error.message(lang));
                    tell(&sender, Msg::Trouble(Trouble::general(message)));
                }
                let known: HashMap<_, _> =
                    places.all().map(|place| (place.id, place.offset)).collect();
                let journal = PlaceJournal::new(folder, &places);
                drop(places);
                tell(&sender, Msg::Places(known));
                let (waiting, memento) = (Vec::new(), None);
                let mut record =
                    Record { journal, session, waiting, memento, has_failed: false, lang, sender };
                record.keep(&taken);
                drop(open);
            });
        }
        Self { orders, done }
    }

    /// Keeps places in articles.
    pub(super) fn keep_places(&self, places: Vec<ReadingPlace>) {
        let _ = self.orders.send(Order::Places(places));
    }

    /// Keeps what to come back to.
    pub(super) fn remember(&self, memento: Box<Memento>) {
        let _ = self.orders.send(Order::Remember(memento));
    }

    /// Waits until everything is on disk, within reason.
    pub(super) fn finish(self) {
        drop(self.orders);
        let _ = self.done.recv_timeout(PATIENCE);
    }
}

/// What is on its way to the disk.
struct Record {
    journal: PlaceJournal,
    session: Option<SessionPlace>,
    /// Places that are not on the disk yet.
    waiting: Vec<ReadingPlace>,
    /// What is to be come back to, if that is not on the disk yet.
    memento: Option<Box<Memento>>,
    /// Whether it was told that something could not be written.
    has_failed: bool,
    lang: Lang,
    sender: Sender<Event>,
}

impl Record {
    fn keep(&mut self, taken: &Receiver<Order>) {
        let mut due: Option<Instant> = None;
        loop {
            let order = match due {
                None => taken.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => taken.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match order {
                Ok(Order::Places(places)) => {
                    self.waiting.extend(places);
                    self.careful(Self::write_places);
                }
                Ok(Order::Remember(memento)) => {
                    self.memento = Some(memento);
                    due.get_or_insert_with(|| Instant::now() + BEAT);
                }
                Err(RecvTimeoutError::Timeout) => {
                    due = None;
                    self.careful(Self::write_session);
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.careful(Self::write_session);
        self.careful(Self::write_places);
    }

    /// A panic over what is kept must not end the keeping of all else.
    fn careful(&mut self, write: impl FnOnce(&mut Self)) {
        let _ = catch_unwind(AssertUnwindSafe(|| {
            fault::point("recorder");
            write(self);
        }));
    }

    fn write_places(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        match self.journal.keep(&self.waiting) {
            Ok(()) => self.waiting.clear(),
            // They are written with the next ones.
            Err(error) => self.complain(&error),
        }
    }

    fn write_session(&mut self) {
        let (Some(memento), Some(place)) = (self.memento.take(), &self.session) else { return };
        let session = session::kept(&memento, place.opened.clone());
        if let Err(error) = place.sessions.keep(&place.name, &session) {
            self.complain(&error);
        }
    }

    /// Tells once that nothing is kept.
    fn complain(&mut self, error: &StoreError) {
        if std::mem::replace(&mut self.has_failed, true) {
            return;
        }
        let what = self.lang.of("读到哪里记不下来", "your place cannot be kept");
        let message = display!("{what}: {}", DisplayLine::new(&error.message(self.lang)));
        tell(&self.sender, Msg::Trouble(Trouble::general(message)));
    }
}
