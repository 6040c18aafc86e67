//! The thread that keeps what the person marks: nobody who types waits for the disk.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
    time::Duration,
};

use super::{Event, spawn, tell};
use crate::{
    app::{
        marks::MarkNews,
        msg::{Msg, Trouble},
    },
    article::{Mark, MarkedArticle},
    lang::Lang,
    store::{
        marks::{self, journal::Journal, line::Op, merge::Merged},
        overrides::StoreError,
    },
    text::display::{DisplayLine, display},
};

/// Longest that the end of the program waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Marks that belong together.
type Batch = Vec<(MarkedArticle, Mark)>;

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Marker {
    orders: Sender<Batch>,
    /// Closed when everything is on disk, or was tried for the last time.
    done: Receiver<()>,
}

impl Marker {
    /// Starts the thread, which first tells what was kept before.
    pub(super) fn start(folder: Option<PathBuf>, lang: Lang, sender: Sender<Event>) -> Self {
        let (orders, taken) = channel::<Batch>();
        let (open, done) = channel();
        spawn("marker", move || {
            let (merged, errors) = marks::load(folder.as_deref());
            let mut troubles: Vec<DisplayLine> =
                errors.iter().map(|error| DisplayLine::new(&error.message(lang))).collect();
            troubles.extend(unread(&merged, lang));
            for trouble in troubles {
                tell(&sender, Msg::Trouble(Trouble::general(trouble)));
            }
            let mut journal = Journal::new(folder);
            journal.follow(merged.last());
            tell(&sender, Msg::Marks(MarkNews::Loaded(merged.table())));
            drop(merged);
            keep(&mut journal, &taken, lang, &sender);
            drop(open);
        });
        Self { orders, done }
    }

    /// Keeps marks; without any, tries again those that could not be written.
    pub(super) fn keep(&self, batch: Batch) {
        let _ = self.orders.send(batch);
    }

    /// Waits until everything is on disk, within reason.
    pub(super) fn finish(self) {
        drop(self.orders);
        let _ = self.done.recv_timeout(PATIENCE);
    }
}

fn keep(journal: &mut Journal, taken: &Receiver<Batch>, lang: Lang, sender: &Sender<Event>) {
    let mut waiting: Vec<Op> = Vec::new();
    while let Ok(batch) = taken.recv() {
        // What has piled up waits for the disk once.
        for (article, mark) in std::iter::once(batch).chain(taken.try_iter()).flatten() {
            waiting.push(journal.mark(article, mark));
        }
        let news = match journal.append(&waiting) {
            Ok(()) => {
                waiting.clear();
                MarkNews::Kept
            }
            Err(error) => MarkNews::Failed(waiting.len(), why(&error, lang)),
        };
        tell(sender, Msg::Marks(news));
    }
    if !waiting.is_empty() {
        let _ = journal.append(&waiting);
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
