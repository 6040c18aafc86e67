//! Work that several threads do, with its results in the order of its inputs.
//!
//! A thread takes the inputs. For each it makes a channel that will hold the result, and puts the
//! near end of it into a queue in the order of the inputs and the far end, with the input, into a
//! queue that the workers take from. Whoever wants the results takes one near end after the other
//! and waits there. Nothing is sorted and nothing piles up: both queues are bounded, so a slow
//! text or a slow reader of the results holds up the inputs.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

/// Inputs in flight for each worker: one that it works on, one done, one to go on with.
const AHEAD: usize = 3;

/// Results in the order of the inputs.
pub(super) struct Pipeline<O> {
    results: Receiver<Receiver<O>>,
}

/// An input and where its result goes.
type Task<I, O> = (I, SyncSender<O>);

impl<O: Send + 'static> Pipeline<O> {
    /// Starts `jobs` threads that do `work` on the inputs. They end with the inputs, or when the
    /// pipeline is dropped; nobody waits for them, as the inputs may be those of a pipe that
    /// nobody writes to.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub(super) fn start<I: Send + 'static>(
        inputs: impl Iterator<Item = I> + Send + 'static,
        jobs: usize,
        work: impl Fn(I) -> O + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (queue, results) = sync_channel(jobs.saturating_mul(AHEAD));
        let (tasks, taken) = sync_channel(jobs);
        let (taken, work) = (Arc::new(Mutex::new(taken)), Arc::new(work));
        for _ in 0..jobs {
            let (taken, work) = (taken.clone(), work.clone());
            spawn("filter", move || serve(&taken, &*work))?;
        }
        spawn("reader", move || feed(inputs, &queue, &tasks))?;
        Ok(Self { results })
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(run).map(drop)
}

/// Hands on the inputs until nobody wants results any more.
fn feed<I, O>(
    inputs: impl Iterator<Item = I>,
    queue: &SyncSender<Receiver<O>>,
    tasks: &SyncSender<Task<I, O>>,
) {
    for input in inputs {
        let (far, near) = sync_channel(1);
        if queue.send(near).is_err() || tasks.send((input, far)).is_err() {
            return;
        }
    }
}

fn serve<I, O>(tasks: &Mutex<Receiver<Task<I, O>>>, work: &dyn Fn(I) -> O) {
    loop {
        // The lock is free again before the work begins.
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((input, far)) = task else { return };
        // Nobody may want it any more.
        let _ = far.send(work(input));
    }
}

impl<O> Iterator for Pipeline<O> {
    type Item = io::Result<O>;

    fn next(&mut self) -> Option<Self::Item> {
        let result = self.results.recv().ok()?;
        Some(result.recv().map_err(|_| io::Error::other("a thread has ended before its work")))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        // Early inputs take longest.
        let work = |at: u64| (0..(1_000 - at) * 50).fold(at, |sum, _| std::hint::black_box(sum));
        let results = Pipeline::start(0..1_000_u64, 4, work).expect("threads");
        assert!(results.map(|result| result.expect("a result")).eq(0..1_000));
    }

    #[test]
    fn inputs_wait_for_whoever_takes_the_results() {
        let read = Arc::new(AtomicUsize::new(0));
        let counter = read.clone();
        let inputs = (0..1_000).inspect(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let mut results = Pipeline::start(inputs, 2, |at: i32| at).expect("threads");
        for _ in 0..10 {
            results.next();
            // In the queue, with the workers, on the way.
            assert!(read.load(Ordering::SeqCst) <= 10 + 2 * AHEAD + 2);
        }
    }

    #[test]
    fn work_that_is_lost_is_an_error() {
        let mut results = Pipeline::start(0..3, 1, |at| assert!(at != 1)).expect("threads");
        assert!(results.next().is_some_and(|result| result.is_ok()));
        assert!(results.next().is_some_and(|result| result.is_err()));
    }
}
