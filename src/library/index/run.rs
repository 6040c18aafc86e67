//! One run over an archive.

use std::{
    collections::{HashSet, VecDeque},
    mem,
    ops::ControlFlow,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    ahead::Ahead,
    jobs::{AnalysisJob, AnalysisResult, Job, ReadBundle, analyse_jobs, bundle, read_jobs},
    looker::Looker,
    place::{IndexPlace, identity},
    progress::{Outcome, RunEvent, Stage},
};
use crate::{
    library::{Found, Library},
    source::Entry,
    store::index::{
        DecidedPages, IndexError, ReadSource, SourceKey, SourceState, Stamp, StoredText, Worker, Writer,
    },
};

/// Sources that are found before they are read, at most.
const FOUND_AHEAD: usize = 50_000;
/// Sources that are told of together, at most, and how long the first of them waits.
const FOUND_TOGETHER: usize = 64;
const FOUND_SOON: Duration = Duration::from_millis(5);
/// Jobs that are being done for each thread, at most.
const JOBS: usize = 2;
/// How long a batch lasts: what a killed run loses.
const BATCH: Duration = Duration::from_millis(300);
/// How often progress is told.
const BEAT: Duration = Duration::from_millis(100);
/// Texts that are asked for at once.
const CHUNK: u32 = 256;

/// A run over an archive.
pub struct Run<'a> {
    library: &'a Library,
    place: &'a IndexPlace,
    cancelled: &'a AtomicBool,
    threads: usize,
    tell: &'a mut dyn FnMut(RunEvent),
    told: Instant,
    committed: Instant,
    outcome: Outcome,
}

impl<'a> Run<'a> {
    /// A run on so many threads, which is told to stop by `cancelled` and tells how far it is.
    pub fn new(
        library: &'a Library,
        place: &'a IndexPlace,
        threads: usize,
        cancelled: &'a AtomicBool,
        tell: &'a mut dyn FnMut(RunEvent),
    ) -> Self {
        let now = Instant::now();
        let outcome = Outcome::default();
        let threads = threads.max(1);
        Self { library, place, cancelled, threads, tell, told: now, committed: now, outcome }
    }

    /// Brings the index up to date.
    ///
    /// # Errors
    ///
    /// When another process writes to the index, or when it cannot be written.
    pub fn finish(mut self) -> Result<Outcome, IndexError> {
        let (library, cancelled) = (self.library, self.cancelled);
        let mut writer = thread::scope(|scope| {
            // It takes longest where nothing has changed, so it begins before the index is there.
            let (found, seen) = sync_channel(FOUND_AHEAD / FOUND_TOGETHER);
            let (stamped, walked) = sync_channel(FOUND_AHEAD / FOUND_TOGETHER);
            scope.spawn(move || walk(library, &found, cancelled));
            scope.spawn(move || look_at(&seen, &stamped));
            self.open_and_read(walked)
        })?;
        if !self.is_cancelled() {
            self.analyse_all(&mut writer)?;
        }
        self.outcome.batches.1 = writer.last_batch();
        self.outcome.cancelled = self.is_cancelled();
        if !self.outcome.cancelled {
            self.outcome.progress.stage = Stage::Done;
        }
        (self.tell)(RunEvent::Progress(self.outcome.progress));
        Ok(self.outcome)
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Opens the index and reads what is new or has changed. Who walks ends when this does.
    fn open_and_read(&mut self, walked: Receiver<Vec<Stamped>>) -> Result<Writer, IndexError> {
        let (reading, analysis) = identity(self.library);
        let (mut writer, set_aside) = Writer::open(&self.place.file, &reading, &analysis)?;
        self.outcome.set_aside = set_aside;
        self.outcome.batches = (writer.last_batch(), writer.last_batch());
        self.read_all(&mut writer, &walked)?;
        drop(walked);
        Ok(writer)
    }

    /// Reads what is new or has changed.
    fn read_all(
        &mut self,
        writer: &mut Writer,
        walked: &Receiver<Vec<Stamped>>,
    ) -> Result<(), IndexError> {
        let (library, threads) = (self.library, self.threads);
        thread::scope(|scope| {
            let (jobs, taken) = channel();
            let taken = Arc::new(Mutex::new(taken));
            let (done, results) = channel();
            for _ in 0..threads {
                let (taken, done) = (taken.clone(), done.clone());
                scope.spawn(move || read_jobs(library, &taken, &done));
            }
            drop(done);
            self.coordinate(writer, walked, jobs, &results)
        })
    }

    /// Hands out what is found and writes what is read.
    fn coordinate(
        &mut self,
        writer: &mut Writer,
        walked: &Receiver<Vec<Stamped>>,
        jobs: Sender<Vec<Job>>,
        results: &Receiver<ReadBundle>,
    ) -> Result<(), IndexError> {
        let (mut seen, mut ahead) = (HashSet::new(), Ahead::default());
        let mut waiting = 0;
        let mut queue: VecDeque<Job> = VecDeque::new();
        writer.begin()?;
        writer.expect_decided(&DecidedPages::of(&self.library.overrides))?;
        loop {
            // All that was found is looked at before it is waited for what is read, so that a list
            // knows the names of sources soon.
            while !self.outcome.progress.all_found && queue.len() < FOUND_AHEAD {
                let next = if waiting == 0 && queue.is_empty() {
                    walked.recv().map_err(|_| TryRecvError::Disconnected)
                } else {
                    walked.try_recv()
                };
                match next {
                    Ok(bundle) => {
                        for found in bundle {
                            queue.extend(self.found(found, (writer, &mut ahead), &mut seen)?);
                        }
                    }
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => self.outcome.progress.all_found = true,
                }
                self.beat(writer)?;
            }
            if self.is_cancelled() {
                queue.clear();
            }
            while waiting < JOBS * self.threads
                && let Some(bundle) = bundle(&mut queue, |job| job.stamp.size)
            {
                waiting += 1;
                let _ = jobs.send(bundle);
            }
            if waiting == 0 && self.outcome.progress.all_found {
                break;
            }
            if let Ok(read) = results.recv() {
                waiting -= usize::from(read.is_last);
                for source in read.sources {
                    self.put(source, writer, &mut seen)?;
                }
            }
            self.beat(writer)?;
        }
        drop(jobs);
        if !self.is_cancelled() {
            let unreadable: Vec<SourceKey> = self.unreadable();
            let is_gone = |key: &SourceKey| !unreadable.iter().any(|folder| key.is_below(folder));
            let vanished = writer.vanish(&seen, &is_gone)?;
            (self.tell)(RunEvent::Vanished(&vanished));
            self.outcome.vanished = vanished.len();
            writer.settle()?;
            writer.pack_list()?;
        }
        writer.commit()
    }

    /// Folders that could not be looked into: what lies in them may still be there.
    fn unreadable(&self) -> Vec<SourceKey> {
        let problems = self.outcome.problems.iter();
        problems.filter_map(|problem| self.place.key(&Entry::file(&problem.place))).collect()
    }

    /// What to do about something that was found.
    fn found(
        &mut self,
        (found, stamp): Stamped,
        (writer, ahead): (&Writer, &mut Ahead),
        seen: &mut HashSet<i64>,
    ) -> Result<Option<Job>, IndexError> {
        let entry = match found {
            Found::Entry(entry) => entry,
            Found::Problem(problem) => {
                self.outcome.problems.push(problem);
                return Ok(None);
            }
            Found::Skipped(_) => {
                self.outcome.skipped += 1;
                return Ok(None);
            }
        };
        self.outcome.progress.found += 1;
        let Some(key) = self.place.key(&entry) else { return Ok(None) };
        (self.tell)(RunEvent::Found(&entry, &key));
        let known = ahead.known(&key, writer)?;
        if let (Some(known), Some(stamp)) = (&known, stamp) {
            seen.insert(known.id);
            let settled = matches!(known.state, SourceState::Read | SourceState::PassedOver);
            if settled && known.stamp == stamp {
                self.outcome.progress.settled += 1;
                return Ok(None);
            }
        }
        Ok(Some(Job { entry, key, stamp: stamp.unwrap_or(Stamp { size: 0, modified: 0 }) }))
    }

    fn put(
        &mut self,
        source: ReadSource,
        writer: &mut Writer,
        seen: &mut HashSet<i64>,
    ) -> Result<(), IndexError> {
        (self.tell)(RunEvent::Read(&source));
        let progress = &mut self.outcome.progress;
        progress.settled += 1;
        progress.read += 1;
        progress.bytes += source.stamp.size;
        progress.articles += source.articles.len() as u64;
        let known = writer.source(&source.key)?;
        match &known {
            // Whatever is no text comes and goes without a word.
            _ if source.state == SourceState::PassedOver => {}
            None => self.outcome.added += 1,
            Some(known) if known.state == SourceState::Vanished => self.outcome.added += 1,
            Some(known) if known.content != source.content || known.state != source.state => {
                self.outcome.changed += 1;
            }
            Some(_) => {}
        }
        let same = known.filter(|known| {
            known.content == source.content
                && known.state == source.state
                && source.state == SourceState::Read
                && source.problems.is_empty()
        });
        let id = match same {
            Some(known) => {
                writer.touch(known.id, &source)?;
                known.id
            }
            None => writer.put(source)?,
        };
        seen.insert(id);
        Ok(())
    }

    /// Analyses what is not analysed yet.
    fn analyse_all(&mut self, writer: &mut Writer) -> Result<(), IndexError> {
        let count = writer.prepare()?;
        self.outcome.progress.stage = Stage::Analysing;
        self.outcome.progress.to_analyse = count;
        (self.tell)(RunEvent::Progress(self.outcome.progress));
        if count == 0 {
            return writer.set_finished();
        }
        let vocabulary = &self.library.vocabulary;
        let mut workers = Vec::new();
        for _ in 0..self.threads {
            workers.push(Worker::new(writer)?);
        }
        thread::scope(|scope| {
            let (jobs, taken) = channel();
            let taken = Arc::new(Mutex::new(taken));
            for worker in workers {
                let taken = taken.clone();
                scope.spawn(move || analyse_jobs(worker, &taken, vocabulary));
            }
            self.analyse(writer, &jobs)
        })
    }

    fn analyse(
        &mut self,
        writer: &mut Writer,
        jobs: &Sender<AnalysisJob>,
    ) -> Result<(), IndexError> {
        writer.begin()?;
        let mut after = 0;
        let mut texts = VecDeque::new();
        let mut waiting: VecDeque<Receiver<AnalysisResult>> = VecDeque::new();
        loop {
            if texts.is_empty() && !self.is_cancelled() {
                texts.extend(writer.unfinished(after, CHUNK)?);
            }
            while waiting.len() < JOBS * self.threads
                && !self.is_cancelled()
                && let Some(bundle) = bundle(&mut texts, StoredText::bytes)
            {
                after = bundle.last().map_or(after, |text| text.id);
                let (done, result) = sync_channel(1);
                let _ = jobs.send((bundle, done));
                waiting.push_back(result);
            }
            let Some(result) = waiting.pop_front() else { break };
            // Results are taken in order: a segment is built as texts come.
            for analysed in result.recv().into_iter().flatten() {
                writer.put_analysis(analysed?)?;
                self.outcome.progress.analysed += 1;
            }
            self.beat(writer)?;
        }
        if !self.is_cancelled() {
            writer.finish_segments()?;
            writer.set_finished()?;
        }
        writer.commit()
    }

    /// Commits and tells, if it is time.
    fn beat(&mut self, writer: &mut Writer) -> Result<(), IndexError> {
        if self.committed.elapsed() >= BATCH {
            writer.commit()?;
            writer.begin()?;
            self.committed = Instant::now();
        }
        if self.told.elapsed() >= BEAT {
            (self.tell)(RunEvent::Progress(self.outcome.progress));
            self.told = Instant::now();
        }
        Ok(())
    }
}

/// What was found, with its stamp if it is an entry that can have one.
type Stamped = (Found, Option<Stamp>);

/// Tells of what is found, in bundles, so that threads do not wake each other for every file.
fn walk(library: &Library, found: &SyncSender<Vec<Found>>, cancelled: &AtomicBool) {
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
fn look_at(found: &Receiver<Vec<Found>>, stamped: &SyncSender<Vec<Stamped>>) {
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
