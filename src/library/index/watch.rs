//! Hearing of what changes in an archive, so that its index can be brought up to date.
//!
//! The system tells of changes in folders (`news`, `folders`); what comes in a burst is one change
//! (`schedule`). Where the system does not tell, there is a look every ten seconds; and every two
//! seconds the roots are looked at, since no event tells that a disk was mounted, that a link leads
//! elsewhere, or that what had vanished is there again; and the index, which may have been found damaged.
//!
//! An update walks the whole archive: that takes a tenth of a second for ten thousand files, and needs
//! no trust in events. The paths that are told are a hint of where to look first.
//!
//! ```no_run
//! use std::{ops::ControlFlow, path::Path, sync::atomic::AtomicBool};
//! use zhaidu::library::{
//!     Input, Library, Settings,
//!     index::{IndexPlace, Run, Watch, Woken},
//! };
//!
//! let library = Library::new(Input::Paths(vec!["archive".into()]), Settings::default());
//! let place = IndexPlace::of(&library, Path::new("indexes")).expect("a folder has a place");
//! let cancelled = AtomicBool::new(false);
//!
//! let mut watch = Watch::start(&library, &place);
//! // For another thread that has a word for this one, such as that it is time to end.
//! let waker = watch.waker();
//! # std::thread::spawn(move || waker.wake());
//! loop {
//!     match watch.wait(None) {
//!         Woken::Changed(_) => {
//!             let _ = Run::new(&library, &place, 1, &cancelled, &mut |_| ()).finish();
//!         }
//!         Woken::Called | Woken::TimedOut => break,
//!     }
//! }
//! ```

mod folders;
mod news;
mod notice;
mod schedule;

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf, absolute},
    sync::Arc,
    time::{Duration, Instant},
};

use notify::{ErrorKind, RecommendedWatcher};

use self::{
    folders::Folders,
    news::{Ear, Mailbox, News},
    schedule::UNASKED,
};
pub use self::{news::Change, notice::Notice};
use super::IndexPlace;
use crate::{library::Library, store::index::is_condemned};

/// How often the roots are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// Watches an archive until it is dropped.
#[derive(Debug)]
pub struct Watch {
    mailbox: Arc<Mailbox>,
    /// `None` if the system does not watch.
    system: Option<RecommendedWatcher>,
    folders: Folders,
    roots: Vec<PathBuf>,
    /// The index.
    file: PathBuf,
    /// Device and inode of each root, as they were before the last update.
    known: Vec<Option<(u64, u64)>>,
    /// When the roots were looked at.
    looked: Instant,
    /// How long it took to list the folders for the update that goes on, and when it began.
    update: Option<(Duration, Instant)>,
    /// What is still to be told.
    notices: Vec<Notice>,
    /// What was told.
    told: Vec<Notice>,
}

/// Why [`Watch::wait`] came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Something has changed, or may have; it is time for an update.
    Changed(Change),
    /// [`Waker::wake`] was called.
    Called,
    /// So much time has passed.
    TimedOut,
}

/// Wakes whoever waits.
#[derive(Clone, Debug)]
pub struct Waker(Arc<Mailbox>);

impl Waker {
    /// Wakes whoever waits now or, if nobody does, the next one.
    pub fn wake(&self) {
        self.0.open().called = true;
        self.0.bell.notify_all();
    }
}

impl Watch {
    /// Begins to watch an archive. Takes no time: folders are listed by the first [`wait`](Self::wait).
    pub fn start(library: &Library, place: &IndexPlace) -> Self {
        let roots: Vec<PathBuf> = place
            .roots
            .iter()
            .map(|root| absolute(root).unwrap_or_else(|_| root.clone()))
            .collect();
        let own = place.file.parent().unwrap_or(&place.file);
        let walk = library.settings.walk;
        let mailbox = Arc::new(Mailbox::default());
        let now = Instant::now();
        {
            let mut news = mailbox.open();
            // What changed before anything was watched was not heard.
            news.change = Change::Everything;
            news.schedule.ask(now);
        }
        let (system, notices) = match system(ear(&roots, own, walk), mailbox.clone()) {
            Ok(system) => (Some(system), Vec::new()),
            Err(error) => (None, vec![refusal(&error)]),
        };
        let folders = Folders::new(roots.clone(), walk, own);
        let known = identities(&roots);
        let (file, update, told) = (place.file.clone(), None, Vec::new());
        Self { mailbox, system, folders, roots, file, known, looked: now, update, notices, told }
    }

    /// What wakes whoever waits.
    pub fn waker(&self) -> Waker {
        Waker(self.mailbox.clone())
    }

    /// Waits until there is something to do, or so long. The first time, that is at once.
    ///
    /// Between a [`Woken::Changed`] and the next call the index should be brought up to date; what
    /// changes meanwhile is told by the next call. The longer that takes, the longer go on waiting for
    /// more what changes all the time.
    pub fn wait(&mut self, timeout: Option<Duration>) -> Woken {
        let begun = Instant::now();
        self.end_update(begun);
        let end = timeout.map(|timeout| begun + timeout);
        let mailbox = self.mailbox.clone();
        loop {
            let now = Instant::now();
            self.look_at_roots(now);
            let mut news = mailbox.open();
            if std::mem::take(&mut news.called) {
                return Woken::Called;
            }
            let due = news.schedule.due();
            if due.is_some_and(|due| due <= now) {
                news.schedule.begin();
                let News { change, moved, .. } = &mut *news;
                let (change, moved) = (std::mem::take(change), std::mem::take(moved));
                drop(news);
                return Woken::Changed(self.begin_update(change, &moved));
            }
            if end.is_some_and(|end| end <= now) {
                return Woken::TimedOut;
            }
            let next = [due, end].into_iter().flatten().fold(self.looked + LOOK, Instant::min);
            let _ = mailbox.bell.wait_timeout(news, next.saturating_duration_since(now));
        }
    }

    /// Has everything told of again after so long, as when an update could not be made.
    pub fn again(&self, after: Duration) {
        let mut news = self.mailbox.open();
        news.change = Change::Everything;
        news.schedule.ask(Instant::now() + after);
    }

    /// What a person should know and was not told yet; to be asked after each update.
    pub fn notices(&mut self) -> Vec<Notice> {
        let mut fresh: Vec<Notice> = Vec::new();
        for notice in self.notices.drain(..) {
            if !self.told.iter().any(|told| told.is_like(&notice)) {
                self.told.push(notice.clone());
                fresh.push(notice);
            }
        }
        fresh
    }

    /// Watches the folders that are there, before they are walked.
    fn begin_update(&mut self, change: Change, moved: &Change) -> Change {
        let begun = Instant::now();
        self.known = identities(&self.roots);
        if let Some(system) = &mut self.system {
            self.notices.extend(self.folders.settle(system, moved));
        }
        self.update = Some((begun.elapsed(), begun));
        if self.is_deaf() { Change::Everything } else { change }
    }

    fn end_update(&mut self, now: Instant) {
        let Some((listing, begun)) = self.update.take() else { return };
        let mut news = self.mailbox.open();
        news.schedule.end(now, listing, now.saturating_duration_since(begun));
        if self.is_deaf() {
            news.schedule.ask(now + UNASKED);
        }
    }

    /// Whether some changes are not heard.
    fn is_deaf(&self) -> bool {
        self.system.is_none() || self.folders.is_deaf
    }

    fn look_at_roots(&mut self, now: Instant) {
        if now.saturating_duration_since(self.looked) < LOOK {
            return;
        }
        self.looked = now;
        let found = identities(&self.roots);
        // Whoever searches may have found that the index is damaged.
        if found != self.known || is_condemned(&self.file) {
            self.known = found;
            self.mailbox.put(&news::Heard::Everything, now);
        }
    }
}

/// What tells one root from another under the same name; `None` for one that is not there.
fn identities(roots: &[PathBuf]) -> Vec<Option<(u64, u64)>> {
    let identity = |root: &PathBuf| fs::metadata(root).ok().map(|meta| (meta.dev(), meta.ino()));
    roots.iter().map(identity).collect()
}

/// Whoever listens for an archive.
fn ear(roots: &[PathBuf], own: &Path, walk: crate::source::walk::WalkOptions) -> Ear {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let mut names = roots.to_vec();
    // Some systems tell paths with all links followed.
    names.extend(roots.iter().filter_map(|root| real(root)));
    Ear { roots: names, walk, own: real(own).unwrap_or_else(|| own.to_owned()) }
}

fn system(ear: Ear, mailbox: Arc<Mailbox>) -> notify::Result<RecommendedWatcher> {
    notify::recommended_watcher(move |event| mailbox.put(&ear.hear(&event), Instant::now()))
}

/// Why the system does not watch at all.
fn refusal(error: &notify::Error) -> Notice {
    match &error.kind {
        ErrorKind::Io(cause) if is_too_many(cause) => Notice::TooManyPrograms,
        ErrorKind::Io(cause) => Notice::Failed(cause.to_string()),
        _ => Notice::Failed(error.to_string()),
    }
}

fn is_too_many(cause: &io::Error) -> bool {
    cause.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error())
}

#[cfg(test)]
mod tests;
