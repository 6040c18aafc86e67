//! The file of marks that this program adds to.

use std::{collections::HashMap, path::PathBuf};

use super::{line::Op, merge::Merged, notes::Notes};
use crate::{
    article::{ArticleId, Mark, MarkedArticle},
    store::{
        journal::{self, Stamp},
        overrides::StoreError,
    },
};

/// Makes marks and adds them to a file of its own, which is made with the first of them.
#[derive(Debug)]
pub struct Journal {
    file: journal::Journal,
    /// The notes that are known, which a new one may be written over.
    notes: HashMap<ArticleId, Notes>,
}

impl Journal {
    /// A journal in a folder, which need not be there. Without a folder nothing can be kept.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { file: journal::Journal::new(folder), notes: HashMap::new() }
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        self.file.file_name()
    }

    /// Marks that are made from now on are later than all of these.
    pub fn follow(&mut self, merged: &Merged) {
        self.file.follow(merged.last());
        for (article, notes) in merged.notes() {
            let known = self.notes.entry(*article).or_default();
            for op in notes.all() {
                known.take(op.clone());
            }
        }
    }

    /// A mark that is made now; `seen` is the note that the person saw who makes one.
    pub fn mark(&mut self, article: MarkedArticle, mark: Mark, seen: &str) -> Op {
        let Stamp { id, at } = self.file.stamp();
        let mut op = Op { id, at, article, mark, over: None };
        if matches!(op.mark, Mark::Note(_)) {
            let notes = self.notes.entry(op.article.id).or_default();
            op.over = Some(notes.behind(seen));
            notes.take(op.clone());
        }
        op
    }

    /// Adds marks: they are on disk when this returns. After a failure they may be added once more, all
    /// of them: a mark that is there twice counts once.
    ///
    /// # Errors
    ///
    /// When they could not all be written.
    pub fn append(&mut self, ops: &[Op]) -> Result<(), StoreError> {
        self.file.append(ops.iter().map(Op::to_line))
    }
}
