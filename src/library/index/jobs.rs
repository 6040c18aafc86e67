//! What the threads of a run do, some of it at once.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        atomic::AtomicBool,
        mpsc::{Receiver, SyncSender},
    },
};

use super::read::{failed, read};
use crate::{
    analysis::Vocabulary,
    library::Library,
    source::Entry,
    store::index::{
        Analysed, IndexError, Ranked, ReadSource, SourceKey, Stamp, StoredText, Worker,
    },
};

/// Sources that are read, or texts that are analysed, by one job: so many that threads seldom wake each other, and
/// so few that the run can be stopped. Those that are large are bundled with fewer others.
const BUNDLE: usize = 128;
const BUNDLE_BYTES: u64 = 1024 * 1024;

/// A source to read.
pub(super) struct Job {
    /// The source.
    pub(super) entry: Entry,
    /// What the index knows it by.
    pub(super) key: SourceKey,
    /// How it looked when it was found.
    pub(super) stamp: Stamp,
}

/// What became of the texts of a job.
pub(super) type AnalysisResult = Vec<Result<Analysed, IndexError>>;
/// Texts to analyse, and where the result is waited for.
pub(super) type AnalysisJob = (Vec<StoredText>, SyncSender<AnalysisResult>);

/// What one job is to do of what waits, if anything does.
pub(super) fn bundle<T>(waiting: &mut VecDeque<T>, bytes: impl Fn(&T) -> u64) -> Option<Vec<T>> {
    let first = waiting.pop_front()?;
    let mut sum = bytes(&first);
    let mut bundle = vec![first];
    while bundle.len() < BUNDLE
        && let Some(next) = waiting.front()
    {
        sum = sum.saturating_add(bytes(next));
        if sum > BUNDLE_BYTES {
            break;
        }
        bundle.extend(waiting.pop_front());
    }
    Some(bundle)
}

/// The next job, if there will be one.
fn next<T>(jobs: &Mutex<Receiver<T>>) -> Option<T> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Sources that were read.
pub(super) struct ReadBundle {
    /// The sources, or parts of some.
    pub(super) sources: Vec<ReadSource>,
    /// Whether the job is done with them.
    pub(super) is_last: bool,
}

/// Reads sources, until there are no more or the run is `cancelled`.
pub(super) fn read_jobs(
    library: &Library,
    jobs: &Mutex<Receiver<Vec<Job>>>,
    done: &SyncSender<ReadBundle>,
    cancelled: &AtomicBool,
) {
    while let Some(bundle) = next(jobs) {
        let (mut sources, mut bytes) = (Vec::new(), 0);
        let mut is_wanted = true;
        for Job { entry, key, stamp } in bundle {
            let mut take = |source: ReadSource| {
                bytes += source.bytes();
                sources.push(source);
                // What was packed may be much more than it seemed.
                if bytes >= BUNDLE_BYTES {
                    bytes = 0;
                    let sources = std::mem::take(&mut sources);
                    is_wanted = done.send(ReadBundle { sources, is_last: false }).is_ok();
                }
                if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            };
            let known = (key.clone(), stamp);
            // A panic over one text must not end the reading of all others.
            let read = catch_unwind(AssertUnwindSafe(|| {
                read(library, &entry, known, cancelled, &mut take);
            }));
            if read.is_err() {
                let _ = take(failed(&entry, key, stamp));
            }
            if !is_wanted {
                return;
            }
        }
        if done.send(ReadBundle { sources, is_last: true }).is_err() {
            return;
        }
    }
}

/// How far a text has come.
enum Step {
    Ranked(Ranked),
    Done(Result<Analysed, IndexError>),
}

/// Analyses texts, until there are no more.
pub(super) fn analyse_jobs(
    mut worker: Worker,
    jobs: &Mutex<Receiver<AnalysisJob>>,
    vocabulary: &Vocabulary,
) {
    while let Some((bundle, done)) = next(jobs) {
        let analyse = |text: StoredText| {
            let id = text.id;
            match catch_unwind(AssertUnwindSafe(|| worker.analyse(text, vocabulary))) {
                Ok(Ok(ranked)) => Step::Ranked(ranked),
                Ok(Err(error)) => Step::Done(Err(error)),
                Err(_) => Step::Done(Ok(Analysed::nothing(id))),
            }
        };
        let ranked: Vec<_> = bundle.into_iter().map(analyse).collect();
        let count = |step: Step| match step {
            Step::Ranked(ranked) => {
                let id = ranked.text();
                let counted = catch_unwind(AssertUnwindSafe(|| worker.count(ranked)));
                counted.unwrap_or_else(|_| Ok(Analysed::nothing(id)))
            }
            Step::Done(done) => done,
        };
        let _ = done.send(ranked.into_iter().map(count).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_as_large_as_it_may_be() {
        let small = vec![5_000_u64; 150];
        let large = vec![BUNDLE_BYTES * 3; 3];
        let mixed = [vec![BUNDLE_BYTES / 2; 3], vec![1; 40]].concat();
        for (sizes, jobs) in [
            (Vec::new(), vec![]),
            (small, vec![128, 22]),
            (large, vec![1, 1, 1]),
            (mixed, vec![2, 41]),
        ] {
            let mut waiting = VecDeque::from(sizes.clone());
            let mut done = Vec::new();
            while let Some(bundle) = bundle(&mut waiting, |size| *size) {
                done.push(bundle);
            }
            let lengths: Vec<usize> = done.iter().map(Vec::len).collect();
            assert_eq!((lengths, done.concat()), (jobs, sizes));
        }
    }
}
