//! Finding sources and looking at them, on threads of their own, ahead of those who read.

use std::{
    mem,
    ops::ControlFlow,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender},
    },
    time::{Duration, Instant},
};

use super::looker::Looker;
use crate::{
    library::{Found, Library},
    store::index::Stamp,
};

/// Sources that are told of together, at most, and how long the first of them waits.
pub(super) const FOUND_TOGETHER: usize = 64;
const FOUND_SOON: Duration = Duration::from_millis(5);

/// What was found, with its stamp if it is an entry that can have one.
pub(super) type Stamped = (Found, Option<Stamp>);

/// Tells of what is found, in bundles, so that threads do not wake each other for every file.
pub(super) fn walk(library: &Library, found: &SyncSender<Vec<Found>>, cancelled: &AtomicBool) {
    let (mut bundle, mut sent) = (Vec::new(), Instant::now());
    let _ = library.walk(&mut |it| {
        bundle.push(it);
        if bundle.len() < FOUND_TOGETHER && sent.elapsed() < FOUND_SOON {
            return ControlFlow::Continue(());
        }
        sent = Instant::now();
        if cancelled.load(Ordering::Relaxed) || found.send(mem::take(&mut bundle)).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    let _ = found.send(bundle);
}

/// Looks at the files that are found. That takes as long as finding them, and as long as it takes another thread to
/// look up meanwhile what is known of them: where hardly any has changed, that is all there is to do.
pub(super) fn look_at(found: &Receiver<Vec<Found>>, stamped: &SyncSender<Vec<Stamped>>) {
    let mut looker = Looker::default();
    let mut look_at = |it: Found| {
        let stamp = if let Found::Entry(entry) = &it { looker.stamp(entry) } else { None };
        (it, stamp)
    };
    for bundle in found {
        if stamped.send(bundle.into_iter().map(&mut look_at).collect()).is_err() {
            return;
        }
    }
}
