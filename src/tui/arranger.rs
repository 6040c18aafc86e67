//! The thread that puts the list in order and filters it, when that takes longer than a key press may.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
};

use super::{Event, fault, spawn, tell};
use crate::{
    app::msg::Msg,
    listing::{Arrangement, Arranging, Counting},
};

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Arranger {
    orders: Sender<Order>,
    /// The newest order to sort, to filter, and to count: an older one of the same kind is over.
    newest: Arc<[AtomicU64; 3]>,
}

#[derive(Debug)]
enum Order {
    Arrange(Arranging),
    Count(Counting),
}

impl Arranger {
    /// Starts the thread.
    pub(super) fn start(sender: Sender<Event>) -> Self {
        let (orders, taken) = channel();
        let newest = Arc::<[AtomicU64; 3]>::default();
        let known = newest.clone();
        spawn("arranger", move || work(&taken, &known, &sender));
        Self { orders, newest }
    }

    /// Has a list arranged.
    pub(super) fn take(&self, arranging: Arranging) {
        self.send(Order::Arrange(arranging));
    }

    /// Has articles counted by month.
    pub(super) fn count(&self, counting: Counting) {
        self.send(Order::Count(counting));
    }

    fn send(&self, order: Order) {
        order.newest(&self.newest).store(order.number(), Ordering::Relaxed);
        let _ = self.orders.send(order);
    }
}

impl Order {
    fn number(&self) -> u64 {
        match self {
            Self::Arrange(arranging) => arranging.generation,
            Self::Count(counting) => counting.number,
        }
    }

    fn newest<'a>(&self, [sorted, filtered, counted]: &'a [AtomicU64; 3]) -> &'a AtomicU64 {
        match self {
            Self::Arrange(arranging) => match arranging.what {
                Arrangement::Sorted(_) => sorted,
                Arrangement::Filtered(..) => filtered,
            },
            Self::Count(_) => counted,
        }
    }

    /// What is told when it cannot be done. A timeline that waits for its count is closed by whoever looks at it.
    fn failed(&self) -> Option<Msg> {
        match self {
            Self::Arrange(arranging) => Some(Msg::NotArranged(arranging.generation)),
            Self::Count(_) => None,
        }
    }

    /// Does what is to be done; `None` when it is not wanted any more.
    fn carry_out(self, is_over: &dyn Fn() -> bool) -> Option<Msg> {
        let number = self.number();
        match self {
            Self::Arrange(arranging) => {
                arranging.run(is_over).map(|done| Msg::Arranged(number, done))
            }
            Self::Count(counting) => counting.run(is_over).map(|done| Msg::Counted(number, done)),
        }
    }
}

fn work(orders: &Receiver<Order>, newest_of: &[AtomicU64; 3], sender: &Sender<Event>) {
    while let Ok(order) = orders.recv() {
        let (newest, number) = (order.newest(newest_of), order.number());
        let is_over = || newest.load(Ordering::Relaxed) != number;
        if is_over() {
            continue;
        }
        let failed = order.failed();
        // A panic over one title must not end all sorting. The order is gone before its end is told: it
        // holds the list as it was, and as long as it is there, the list is copied to change.
        let done = catch_unwind(AssertUnwindSafe(|| {
            fault::point("arranger");
            order.carry_out(&is_over)
        }));
        let news = match done {
            Ok(news) => news,
            Err(_) => failed,
        };
        if news.is_some_and(|msg| !tell(sender, msg)) {
            return;
        }
    }
}
