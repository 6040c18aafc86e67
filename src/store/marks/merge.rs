//! What holds, from all lines of all files.

use std::collections::BTreeMap;

use super::{
    line::{Op, Unread},
    notes::Notes,
};
use crate::{
    article::{ArticleId, Mark, MarkField, MarkTable, Marks},
    store::journal::lines,
};

/// The latest mark about each thing, and all notes. The order in which lines come does not matter, nor how often the
/// same one comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    latest: BTreeMap<(ArticleId, MarkField), Op>,
    notes: BTreeMap<ArticleId, Notes>,
    /// Lines that are not as they were written.
    pub damaged: usize,
    /// Lines that say something that is not known here.
    pub unknown: usize,
}

impl Merged {
    /// Takes in the lines of a file.
    pub fn take_lines(&mut self, bytes: &[u8]) {
        for line in lines(bytes) {
            match Op::from_line(line) {
                Ok(op) => drop(self.take(op)),
                Err(Unread::Damaged) => self.damaged += 1,
                Err(Unread::Unknown) => self.unknown += 1,
            }
        }
    }

    /// Takes a mark in; whether it has to be kept: it holds now and did not before, or is a note that was not
    /// known.
    pub fn take(&mut self, op: Op) -> bool {
        let key = (op.article.id, op.mark.field());
        if key.1 == MarkField::Note {
            return self.notes.entry(key.0).or_default().take(op);
        }
        // With the name of the mark, two programs that marked at the same moment agree on who was later.
        let known = self.latest.get(&key);
        let is_later = known.is_none_or(|known| (op.at, &op.id) > (known.at, &known.id));
        if is_later {
            self.latest.insert(key, op);
        }
        is_later
    }

    /// All notes, by article.
    pub(super) fn notes(&self) -> impl Iterator<Item = (&ArticleId, &Notes)> {
        self.notes.iter()
    }

    /// The articles of which more than one note holds.
    pub fn doubly_noted(&self) -> usize {
        self.notes.values().filter(|notes| notes.count() > 1).count()
    }

    /// What has to be kept so that all of it holds elsewhere, by article: the latest marks, those that take
    /// something back among them, and all notes, because later ones name them.
    pub fn ops(&self) -> impl Iterator<Item = &Op> {
        self.latest.values().chain(self.notes.values().flat_map(Notes::all))
    }

    /// When the latest mark was made; 0 if there is none.
    pub fn last(&self) -> u64 {
        self.ops().map(|op| op.at).max().unwrap_or(0)
    }

    /// What holds for each article about which something is kept.
    pub fn table(&self) -> MarkTable {
        self.articles().into_iter().map(|(marks, op)| (op.article.id, marks)).collect()
    }

    /// The same, with the latest mark about it.
    pub fn articles(&self) -> Vec<(Marks, &Op)> {
        let mut all: BTreeMap<ArticleId, (Marks, &Op)> = BTreeMap::new();
        for op in self.ops() {
            let (marks, latest) =
                all.entry(op.article.id).or_insert_with(|| (Marks::default(), op));
            if !matches!(op.mark, Mark::Note(_)) {
                marks.apply(&op.mark);
            }
            if op.at > latest.at {
                *latest = op;
            }
        }
        for (id, notes) in &self.notes {
            if let Some((marks, _)) = all.get_mut(id) {
                marks.note = notes.text();
            }
        }
        all.into_values().filter(|(marks, _)| !marks.is_empty()).collect()
    }
}
