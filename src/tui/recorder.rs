//! The threads that keep what is come back to: how far articles were read, and how the archive was left.
//!
//! Places go to the disk at once, and none is lost. How the archive was left changes with every key, so it
//! is written a moment after it has changed, and at the end. Each has a thread of its own: on a disk with much to
//! do the one must not wait for the other when the program ends.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
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
        session::{Opened, Session, Sessions, Syncing},
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

/// Handle of the threads.
#[derive(Debug)]
pub(super) struct Recorder {
    places: Sender<Vec<ReadingPlace>>,
    mementos: Sender<Box<Memento>>,
    /// Closed when everything is on disk, or was tried for the last time.
    done: Receiver<()>,
}

impl Recorder {
    /// Starts the threads; one first tells the places of earlier times. Without anything to keep there are
    /// none, and what they are given is forgotten.
    pub(super) fn start(keeping: Option<Keeping>, lang: Lang, sender: Sender<Event>) -> Self {
        let (places, places_taken) = channel();
        let (mementos, mementos_taken) = channel();
        let (open, done) = channel();
        if let Some(Keeping { places: folder, session }) = keeping {
            let complaint = Complaint { was_made: Arc::default(), lang, sender };
            if let Some(place) = session {
                let (open, complaint) = (open.clone(), complaint.clone());
                spawn("recorder", move || {
                    let memento = None;
                    SessionRecord { place, memento, complaint }.keep(&mementos_taken);
                    drop(open);
                });
            }
            spawn("recorder", move || {
                PlaceRecord::load(folder, complaint).keep(&places_taken);
                drop(open);
            });
        }
        Self { places, mementos, done }
    }

    /// Keeps places in articles.
    pub(super) fn keep_places(&self, places: Vec<ReadingPlace>) {
        let _ = self.places.send(places);
    }

    /// Keeps what to come back to.
    pub(super) fn remember(&self, memento: Box<Memento>) {
        let _ = self.mementos.send(memento);
    }

    /// Waits until everything is on disk, within reason.
    pub(super) fn finish(self) {
        drop((self.places, self.mementos));
        let _ = self.done.recv_timeout(PATIENCE);
    }
}

/// Tells once that nothing is kept.
#[derive(Clone)]
struct Complaint {
    was_made: Arc<AtomicBool>,
    lang: Lang,
    sender: Sender<Event>,
}

impl Complaint {
    fn make(&self, error: &StoreError) {
        if self.was_made.swap(true, Ordering::Relaxed) {
            return;
        }
        let what = self.lang.of("读到哪里记不下来", "your place cannot be kept");
        self.tell(&display!("{what}: {}", DisplayLine::new(&error.message(self.lang))));
    }

    fn tell(&self, message: &DisplayLine) {
        tell(&self.sender, Msg::Trouble(Trouble::general(message.clone())));
    }
}

/// A panic over what is kept must not end the keeping of all else.
fn careful(write: impl FnOnce()) {
    let _ = catch_unwind(AssertUnwindSafe(|| {
        fault::point("recorder");
        write();
    }));
}

/// Places on their way to the disk.
struct PlaceRecord {
    journal: PlaceJournal,
    /// Those that are not there yet.
    waiting: Vec<ReadingPlace>,
    complaint: Complaint,
}

impl PlaceRecord {
    /// Tells the places of earlier times.
    fn load(folder: Option<PathBuf>, complaint: Complaint) -> Self {
        let (places, errors) = Places::load(folder.as_deref());
        for error in errors {
            complaint.tell(&DisplayLine::new(&error.message(complaint.lang)));
        }
        let known: HashMap<_, _> = places.all().map(|place| (place.id, place.offset)).collect();
        let journal = PlaceJournal::new(folder, &places);
        tell(&complaint.sender, Msg::Places(known));
        Self { journal, waiting: Vec::new(), complaint }
    }

    fn keep(mut self, taken: &Receiver<Vec<ReadingPlace>>) {
        for places in taken {
            self.waiting.extend(places);
            careful(|| self.write());
        }
        careful(|| self.write());
    }

    fn write(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        match self.journal.keep(&self.waiting) {
            Ok(()) => self.waiting.clear(),
            // They are written with the next ones.
            Err(error) => self.complaint.make(&error),
        }
    }
}

/// How the archive was left, on its way to the disk.
struct SessionRecord {
    place: SessionPlace,
    /// What is to be come back to, if that is not on the disk yet.
    memento: Option<Box<Memento>>,
    complaint: Complaint,
}

impl SessionRecord {
    fn keep(mut self, taken: &Receiver<Box<Memento>>) {
        let mut due: Option<Instant> = None;
        loop {
            let memento = match due {
                None => taken.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => taken.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match memento {
                Ok(memento) => {
                    self.memento = Some(memento);
                    due.get_or_insert_with(|| Instant::now() + BEAT);
                }
                Err(RecvTimeoutError::Timeout) => {
                    due = None;
                    careful(|| self.write(Syncing::First));
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        careful(|| self.write(Syncing::Behind));
    }

    fn write(&mut self, syncing: Syncing) {
        let Some(memento) = self.memento.take() else { return };
        let SessionPlace { sessions, name, opened, .. } = &self.place;
        let session = session::kept(&memento, opened.clone());
        if let Err(error) = sessions.keep(name, &session, syncing) {
            self.complaint.make(&error);
        }
    }
}
