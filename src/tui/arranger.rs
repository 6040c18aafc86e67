//! The thread that puts the list in order and filters it, when that takes longer than a key press may.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
};

use super::{Event, spawn, tell};
use crate::{
    app::msg::Msg,
    listing::{Arrangement, Arranging},
};

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Arranger {
    orders: Sender<Arranging>,
    /// The newest order to sort, and to filter: an older one of the same kind is over.
    newest: Arc<[AtomicU64; 2]>,
}

impl Arranger {
    /// Starts the thread.
    pub(super) fn start(sender: Sender<Event>) -> Self {
        let (orders, taken) = channel();
        let newest = Arc::<[AtomicU64; 2]>::default();
        let known = newest.clone();
        spawn("arranger", move || work(&taken, &known, &sender));
        Self { orders, newest }
    }

    /// Has a list arranged.
    pub(super) fn take(&self, arranging: Arranging) {
        newest(&self.newest, &arranging.what).store(arranging.generation, Ordering::Relaxed);
        let _ = self.orders.send(arranging);
    }
}

fn newest<'a>(all: &'a [AtomicU64; 2], what: &Arrangement) -> &'a AtomicU64 {
    let [sorted, filtered] = all;
    match what {
        Arrangement::Sorted(_) => sorted,
        Arrangement::Filtered(..) => filtered,
    }
}

fn work(orders: &Receiver<Arranging>, newest_of: &[AtomicU64; 2], sender: &Sender<Event>) {
    while let Ok(arranging) = orders.recv() {
        let newest = newest(newest_of, &arranging.what);
        let is_over = || newest.load(Ordering::Relaxed) != arranging.generation;
        if is_over() {
            continue;
        }
        // A panic over one title must not end all sorting.
        let done = catch_unwind(AssertUnwindSafe(|| arranging.run(&is_over)));
        let generation = arranging.generation;
        // It holds the list as it was: as long as it is there, the list is copied to change.
        drop(arranging);
        if let Ok(Some(keys)) = done
            && !tell(sender, Msg::Arranged(generation, keys))
        {
            return;
        }
    }
}
