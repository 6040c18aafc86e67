//! What has changed, as far as the system tells.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use notify::{
    Event, EventKind,
    event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind},
};

use super::schedule::Schedule;
use crate::source::walk::{WalkOptions, is_not_text};

/// So many paths are told one by one.
const TOLD: usize = 256;

/// What has changed in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Anything may have.
    Everything,
    /// What lies at these absolute paths, and below them.
    Paths(BTreeSet<PathBuf>),
}

impl Default for Change {
    fn default() -> Self {
        Self::Paths(BTreeSet::new())
    }
}

impl Change {
    /// Adds a path; too many are everything.
    pub(super) fn add(&mut self, path: &Path) {
        if let Self::Paths(paths) = self {
            if paths.len() < TOLD || paths.contains(path) {
                paths.insert(path.to_owned());
            } else {
                *self = Self::Everything;
            }
        }
    }

    /// Whether it may concern what lies at a path.
    pub fn concerns(&self, path: &Path) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => path.ancestors().any(|above| paths.contains(above)),
        }
    }
}

/// What has come together since the last update.
#[derive(Debug, Default)]
pub(super) struct News {
    pub(super) schedule: Schedule,
    pub(super) change: Change,
    /// Folders that came, went or were renamed: watching them has to begin anew.
    pub(super) moved: Change,
    /// Whether somebody called whoever waits.
    pub(super) called: bool,
}

/// Where news are left by the thread that hears of them, for the one that waits.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    news: Mutex<News>,
    pub(super) bell: Condvar,
}

impl Mailbox {
    pub(super) fn open(&self) -> MutexGuard<'_, News> {
        // Nothing that is done with it can leave it half done.
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves a note about what was heard.
    pub(super) fn put(&self, heard: &Heard, now: Instant) {
        let mut news = self.open();
        match heard {
            Heard::Nothing => return,
            Heard::Everything => {
                news.change = Change::Everything;
                news.moved = Change::Everything;
            }
            Heard::Changed(paths) => paths.iter().for_each(|path| news.change.add(path)),
            Heard::Moved(paths) => {
                for path in paths {
                    news.change.add(path);
                    news.moved.add(path);
                }
            }
        }
        news.schedule.note(now);
        drop(news);
        self.bell.notify_all();
    }
}

/// What an event means for an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Nothing.
    Nothing,
    /// These sources changed.
    Changed(Vec<PathBuf>),
    /// These sources or folders came, went or were renamed.
    Moved(Vec<PathBuf>),
    /// Events were lost.
    Everything,
}

/// Tells what matters from what does not: the program reads its sources and writes its index, and an
/// event about that must not be followed by an update that does the same again.
#[derive(Clone, Debug)]
pub(super) struct Ear {
    /// The roots of the archive, absolute, under all their names.
    pub(super) roots: Vec<PathBuf>,
    pub(super) walk: WalkOptions,
    /// The folder of indexes.
    pub(super) own: PathBuf,
}

impl Ear {
    /// What an event means.
    pub(super) fn hear(&self, event: &notify::Result<Event>) -> Heard {
        let Ok(event) = event else { return Heard::Everything };
        if event.need_rescan() {
            return Heard::Everything;
        }
        let paths = || event.paths.iter();
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Data(_))
            | EventKind::Create(CreateKind::File)
            | EventKind::Remove(RemoveKind::File) => {
                let text = paths().filter(|path| self.is_ours(path) && !self.is_no_text(path));
                told(text, Heard::Changed)
            }
            // Whoever reads is told of, too.
            EventKind::Access(_) => Heard::Nothing,
            EventKind::Modify(ModifyKind::Metadata(_)) => {
                told(paths().filter(|path| self.is_ours(path)), Heard::Changed)
            }
            _ => told(paths().filter(|path| self.is_ours(path)), Heard::Moved),
        }
    }

    /// Whether a walk of the archive could come to a path.
    fn is_ours(&self, path: &Path) -> bool {
        !path.starts_with(&self.own)
            && self
                .roots
                .iter()
                .any(|root| path.strip_prefix(root).is_ok_and(|below| !self.walk.hides(below)))
    }

    /// Whether a file is passed over for its name; one that was named is not.
    fn is_no_text(&self, path: &Path) -> bool {
        path.file_name().is_some_and(is_not_text) && !self.roots.iter().any(|root| root == path)
    }
}

fn told<'a>(paths: impl Iterator<Item = &'a PathBuf>, heard: fn(Vec<PathBuf>) -> Heard) -> Heard {
    let paths: Vec<PathBuf> = paths.cloned().collect();
    if paths.is_empty() { Heard::Nothing } else { heard(paths) }
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, Flag, MetadataKind, RenameMode};

    use super::*;
    use crate::source::walk::Hidden;

    fn ear(hidden: Hidden) -> Ear {
        let roots = ["/archive", "/other/page.png"].map(PathBuf::from).to_vec();
        let walk = WalkOptions { hidden, ..WalkOptions::default() };
        Ear { roots, walk, own: "/archive/cache/index".into() }
    }

    fn heard(kind: EventKind, path: &str) -> &'static str {
        match ear(Hidden::Skip).hear(&Ok(Event::new(kind).add_path(path.into()))) {
            Heard::Nothing => "nothing",
            Heard::Changed(_) => "changed",
            Heard::Moved(_) => "moved",
            Heard::Everything => "everything",
        }
    }

    #[test]
    fn only_what_can_change_the_archive_is_heard() {
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let meta = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        let folder = EventKind::Create(CreateKind::Folder);
        let file = EventKind::Create(CreateKind::File);
        let gone = EventKind::Remove(RemoveKind::File);
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        let cases = [
            (written, "/archive/a.txt", "changed"),
            (data, "/archive/b/a.txt", "changed"),
            (meta, "/archive/a.txt", "changed"),
            (file, "/archive/a.txt", "changed"),
            (gone, "/archive/a.txt", "changed"),
            (renamed, "/archive/a.txt", "moved"),
            (folder, "/archive/b", "moved"),
            (EventKind::Remove(RemoveKind::Folder), "/archive/b", "moved"),
            (EventKind::Any, "/archive", "moved"),
            // The program itself reads.
            (opened, "/archive/a.txt", "nothing"),
            (read, "/archive/a.txt", "nothing"),
            // And writes its index.
            (data, "/archive/cache/index/a.sqlite-wal", "nothing"),
            (file, "/archive/cache/index/a.sqlite-wal", "nothing"),
            // What is passed over.
            (data, "/archive/.a.txt.swp", "nothing"),
            (data, "/archive/.git/index", "nothing"),
            (folder, "/archive/.git", "nothing"),
            (file, "/archive/film.mp4", "nothing"),
            (data, "/archive/film.mp4", "nothing"),
            // It may be a folder.
            (renamed, "/archive/film.mp4", "moved"),
            // A file that was named lies beside others that were not.
            (data, "/other/page.png", "changed"),
            (data, "/other/page.txt", "nothing"),
            (data, "/archived/a.txt", "nothing"),
        ];
        for (kind, path, expected) in cases {
            assert_eq!(heard(kind, path), expected, "{kind:?} {path}");
        }
        let hidden = Event::new(data).add_path("/archive/.a.txt".into());
        let expected = Heard::Changed(vec!["/archive/.a.txt".into()]);
        assert_eq!(ear(Hidden::Include).hear(&Ok(hidden)), expected);
    }

    #[test]
    fn lost_events_are_everything() {
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(ear(Hidden::Skip).hear(&Ok(lost)), Heard::Everything);
        let failed = Err(notify::Error::generic("broken"));
        assert_eq!(ear(Hidden::Skip).hear(&failed), Heard::Everything);
    }

    #[test]
    fn too_many_paths_are_everything() {
        let mailbox = Mailbox::default();
        let now = Instant::now();
        let paths = |count: usize| (0..count).map(|at| PathBuf::from(format!("/a/{at}"))).collect();
        mailbox.put(&Heard::Changed(paths(TOLD)), now);
        mailbox.put(&Heard::Changed(paths(TOLD)), now);
        let change = mailbox.open().change.clone();
        assert!(change.concerns(Path::new("/a/7")) && change.concerns(Path::new("/a/7/b/c")));
        assert!(!change.concerns(Path::new("/a")) && !change.concerns(Path::new("/a/777")));
        mailbox.put(&Heard::Moved(vec!["/b".into()]), now);
        let news = mailbox.open();
        assert_eq!(news.change, Change::Everything);
        assert!(news.moved.concerns(Path::new("/b/c")) && !news.moved.concerns(Path::new("/a/7")));
    }
}
