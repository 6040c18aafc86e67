//! The thread that keeps what the person decides: nobody who types waits for the disk.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    time::Duration,
};

use super::{analyst::Relay, fault, program_failed, spawn};
use crate::{
    article::{Decision, PageId},
    lang::Lang,
    library::Library,
    text::display::DisplayLine,
};

/// Longest that the end of the program waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// A decision about a page of a source.
type Kept = (u32, PageId, Decision);

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Keeper {
    orders: Sender<Kept>,
    /// Closed when everything is on disk.
    done: Receiver<()>,
}

impl Keeper {
    /// Starts the thread. What is on disk is told to the analyst, who reads the source again.
    pub(super) fn start(library: Arc<Library>, lang: Lang, relay: Relay) -> Self {
        let (orders, taken) = channel::<Kept>();
        let (open, done) = channel();
        spawn("keeper", move || {
            for (source, page, decision) in taken {
                let add = || {
                    fault::point("keeper");
                    library.overrides().add(page, decision)
                };
                let added = match catch_unwind(AssertUnwindSafe(add)) {
                    Ok(added) => added.map_err(|error| DisplayLine::new(&error.message(lang))),
                    Err(_) => Err(program_failed(lang).into()),
                };
                relay.decided(source, page, added);
            }
            drop(open);
        });
        Self { orders, done }
    }

    /// Keeps a decision about a page of a source.
    pub(super) fn keep(&self, source: u32, page: PageId, decision: Decision) {
        let _ = self.orders.send((source, page, decision));
    }

    /// Waits until everything is on disk, within reason; whether it is, but for what was told to have failed.
    pub(super) fn finish(self) -> bool {
        drop(self.orders);
        self.done.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout)
    }
}
