//! One run over an archive.

use std::{
    collections::{HashSet, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    ahead::Ahead,
    finding::{FOUND_TOGETHER, Stamped, look_at, walk},
    jobs::{AnalysisJob, AnalysisResult, Job, ReadBundle, analyse_jobs, bundle, read_jobs},
    place::{IndexPlace, identity},
    progress::{Outcome, RunEvent, Stage},
};
use crate::{
    library::{Found, Library},
    source::Entry,
    store::index::{
        DecidedPages, IndexError, ReadSource, SourceKey, SourceState, Stamp, StoredText, Worker,
        Writer, condemn,
    },
};

/// Sources that are found before they are read, at most.
const FOUND_AHEAD: usize = 50_000;
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

    /// Brings the index up to date. One that turns out to be damaged is set aside, and made anew.
    ///
    /// # Errors
    ///
    /// When another process writes to the index, or when it cannot be written.
    pub fn finish(mut self) -> Result<Outcome, IndexError> {
        let finished = match self.go_through() {
            Err(error) if error.is_damage() => {
                condemn(&self.place.file);
                self.outcome = Outcome::default();
                self.go_through()
            }
            finished => finished,
        };
        finished.map(|()| self.outcome)
    }

    fn go_through(&mut self) -> Result<(), IndexError> {
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
        Ok(())
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
        let (library, threads, cancelled) = (self.library, self.threads, self.cancelled);
        thread::scope(|scope| {
            let (jobs, taken) = channel();
            let taken = Arc::new(Mutex::new(taken));
            // Where it is read faster than written, what was read must not pile up.
            let (done, results) = sync_channel(JOBS * threads);
            for _ in 0..threads {
                let (taken, done) = (taken.clone(), done.clone());
                scope.spawn(move || read_jobs(library, &taken, &done, cancelled));
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
        progress.articles += source.articles.len() as u64;
        if source.is_last {
            progress.settled += 1;
            progress.read += 1;
            progress.bytes += source.stamp.size;
        }
        let known = if source.before == 0 { writer.source(&source.key)? } else { None };
        match &known {
            // Whatever is no text comes and goes without a word.
            _ if source.state == SourceState::PassedOver || source.before > 0 => {}
            None => self.outcome.added += 1,
            Some(known) if known.state == SourceState::Vanished => self.outcome.added += 1,
            Some(known) if known.content != source.content || known.state != source.state => {
                self.outcome.changed += 1;
            }
            Some(_) => {}
        }
        let same = known.filter(|known| {
            source.is_whole()
                && known.content == source.content
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
            // A thread that died has left texts to be done; why is told when it is waited for.
            let Ok(result) = result.recv() else { return writer.commit() };
            // Results are taken in order: a segment is built as texts come.
            for analysed in result {
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
