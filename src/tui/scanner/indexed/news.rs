//! What the index, or a run over the archive, tells of sources.

use std::{
    collections::HashSet, ffi::OsStr, ops::ControlFlow, os::unix::ffi::OsStrExt,
    sync::mpsc::sync_channel, thread,
};

use super::super::{CONTINUE, Scan, TOLD};
use crate::{
    app::msg::Msg,
    library::{displayed, index::IndexPlace},
    listing::{ArticleRow, Certainty, Part, SourceState},
    store::index::{
        self, ArticleFacts, Index, IndexError, ListPart, ReadProblem, ReadSource, SourceKey,
    },
    text::display::{DisplayLine, DisplayLines, display},
};

/// Parts of the list that are unpacked ahead.
const UNPACKED: usize = 4;

impl Scan {
    /// Tells what the index holds.
    pub(super) fn deliver(
        &mut self,
        place: &IndexPlace,
    ) -> ControlFlow<(), Result<(), IndexError>> {
        let index = match Index::open(&place.file) {
            Ok(Some(index)) => index,
            Ok(None) => return ControlFlow::Continue(Ok(())),
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        let mut failed = HashSet::new();
        // One thread unpacks while another one names and tells.
        let (parts, unpacked) = sync_channel(UNPACKED);
        let read = thread::scope(|scope| {
            let reading = scope.spawn(move || {
                let mut is_wanted = true;
                let batch =
                    index.list(&mut |part| is_wanted &= is_wanted && parts.send(part).is_ok())?;
                Ok((batch, index.problems()?))
            });
            let told = unpacked.iter().try_for_each(|part| self.list(place, part, &mut failed));
            drop(unpacked);
            // Nothing in it panics but what would be an error of ours.
            told.map_continue(|()| reading.join().unwrap_or(Err(IndexError::Damaged)))
        })?;
        let (batch, problems) = match read {
            Ok(read) => read,
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        self.standing.batch = batch;
        self.troubles(place, &problems, &|key| failed.contains(key))?;
        self.pass_on()?;
        ControlFlow::Continue(Ok(()))
    }

    /// Takes in what other processes have written up to a batch, since the list was last the same as the
    /// index.
    pub(super) fn catch_up(&mut self, place: &IndexPlace, up_to: i64) -> ControlFlow<()> {
        // The numbers begin anew with an index that was begun anew.
        let after = if up_to < self.standing.batch { 0 } else { self.standing.batch };
        if after == up_to {
            return CONTINUE;
        }
        // What keeps it from being read is told by the run.
        let Ok(Some(index)) = Index::open(&place.file) else { return CONTINUE };
        let mut parts = Vec::new();
        let changes = index.changes(after, up_to, &mut |part| parts.push(part));
        let (Ok(batch), Ok(mut problems)) = (changes, index.problems()) else { return CONTINUE };
        self.standing.batch = batch;
        let (mut changed, mut failed) = (HashSet::new(), HashSet::new());
        for part in parts {
            let ListPart { keys, states, rows, block, .. } = part;
            let mut first = 0;
            for ((key, state), count) in keys.iter().zip(states).zip(rows) {
                let articles = (first..first + count as usize).filter_map(|at| block.row(at));
                let articles = articles.map(ArticleRow::from).collect();
                first += count as usize;
                let Some(number) = self.number(place, &key) else { continue };
                self.entries.note(number, state == index::SourceState::Vanished);
                self.changed(number);
                if state == index::SourceState::Failed {
                    failed.insert(key.clone());
                } else {
                    self.news.push((number, SourceState::Read(articles)));
                }
                changed.insert(key);
            }
        }
        problems.retain(|(key, _)| changed.contains(key));
        self.troubles(place, &problems, &|key| failed.contains(key))?;
        self.pass_on()
    }

    /// Takes a part of the list in.
    fn list(
        &mut self,
        place: &IndexPlace,
        part: ListPart,
        failed: &mut HashSet<SourceKey>,
    ) -> ControlFlow<()> {
        let mut names = DisplayLines::default();
        let mut below = Vec::new();
        for (number, state) in (0..).zip(&part.states) {
            let root = part.keys.path(number, &mut below).unwrap_or_default();
            names.push_source(&place.name_of(root, &below));
            match state {
                index::SourceState::PassedOver => self.skipped += 1,
                index::SourceState::Failed => failed.extend(part.keys.get(number)),
                index::SourceState::Read | index::SourceState::Vanished => {}
            }
        }
        self.entries.append(&part.keys);
        let ListPart { goes_on, rows, mut block, .. } = part;
        // It stays as it is, and there may be hundreds of them.
        block.shrink();
        self.tell(Msg::Listed(Box::new(Part { goes_on, names, rows, block })))
    }

    /// The number of a source in the list, into which it is taken if it is new.
    pub(super) fn number(&mut self, place: &IndexPlace, key: &SourceKey) -> Option<u32> {
        if let Some(number) = self.entries.number(place, key) {
            return Some(number);
        }
        let number = self.entries.push(place.entry(key)?)?;
        self.names.push(DisplayLine::new(&place.name(key)));
        Some(number)
    }

    /// Takes in a source that was read, or a part of it.
    pub(super) fn learnt(&mut self, source: &ReadSource, place: &IndexPlace) -> ControlFlow<()> {
        let Some(number) = self.number(place, &source.key) else { return CONTINUE };
        self.entries.note(number, false);
        if source.before == 0 {
            self.changed(number);
        }
        let rows = source.articles.iter().map(|article| row_of(&article.row)).collect();
        match (source.state, source.before) {
            (index::SourceState::Failed, _) => {}
            (_, 0) => self.news.push((number, SourceState::Read(rows))),
            (_, before) => self.news.push((number, SourceState::More(before as u32, rows))),
        }
        self.skipped += usize::from(source.state == index::SourceState::PassedOver);
        let problems = source.problems.iter().map(|problem| (source.key.clone(), problem.clone()));
        let is_failed = |_: &SourceKey| source.state == index::SourceState::Failed;
        self.troubles(place, &problems.collect::<Vec<_>>(), &is_failed)
    }

    /// Takes in that sources are there no more.
    pub(super) fn vanished(&mut self, gone: Vec<u32>) {
        for number in gone {
            self.entries.note(number, true);
            self.changed(number);
            self.news.push((number, SourceState::Read(Vec::new())));
        }
    }

    /// Notes that a source is not as it was when the list was told of it, if it was.
    fn changed(&mut self, number: u32) {
        if number < self.standing.known {
            self.changed.push(number);
        }
    }

    /// Tells what went wrong: the first problem with a source of which nothing was read is its state.
    fn troubles(
        &mut self,
        place: &IndexPlace,
        problems: &[(SourceKey, ReadProblem)],
        is_failed: &dyn Fn(&SourceKey) -> bool,
    ) -> ControlFlow<()> {
        if !problems.is_empty() {
            // Of the old problems of a source nothing is to be left but of the new ones.
            self.tell_changed()?;
        }
        for of_source in problems.chunk_by(|a, b| a.0 == b.0) {
            let Some((key, first)) = of_source.first() else { continue };
            let Some(number) = self.entries.number(place, key) else { continue };
            let entry = self.entries.get(number);
            let is_whole = entry.is_some_and(|entry| entry.place().as_bytes() == first.place);
            if is_whole && is_failed(key) {
                let message = DisplayLine::new(first.message(self.lang));
                self.news.push((number, SourceState::Failed(message)));
                continue;
            }
            for (_, problem) in of_source.iter().take(TOLD) {
                let place = displayed(OsStr::from_bytes(&problem.place));
                let line = problem.line.map_or_else(String::new, |line| format!("{line}:"));
                let message = DisplayLine::new(problem.message(self.lang));
                self.report(Some(number), display!("{place}:{line} {message}"))?;
            }
        }
        CONTINUE
    }
}

/// The row of an article in the list.
fn row_of(facts: &ArticleFacts) -> ArticleRow {
    ArticleRow {
        id: facts.id,
        title: DisplayLine::new(&facts.title),
        byline: DisplayLine::new(&facts.byline),
        chars: facts.chars as usize,
        line: facts.line as usize,
        certainty: if facts.sure { Certainty::Sure } else { Certainty::Likely },
        date: facts.date,
        paper: DisplayLine::new(&facts.paper),
        page: facts.page,
        member: DisplayLine::new(facts.member.as_deref().unwrap_or_default()),
    }
}
