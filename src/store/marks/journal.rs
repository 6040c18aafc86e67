//! The file of marks that this program adds to.

use std::path::PathBuf;

use super::line::Op;
use crate::{
    article::{Mark, MarkedArticle},
    store::{
        journal::{self, Stamp},
        overrides::StoreError,
    },
};

/// Makes marks and adds them to a file of its own, which is made with the first of them.
#[derive(Debug)]
pub struct Journal(journal::Journal);

impl Journal {
    /// A journal in a folder, which need not be there. Without a folder nothing can be kept.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self(journal::Journal::new(folder))
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        self.0.file_name()
    }

    /// Marks that are made from now on are later than this one.
    pub fn follow(&mut self, at: u64) {
        self.0.follow(at);
    }

    /// A mark that is made now.
    pub fn mark(&mut self, article: MarkedArticle, mark: Mark) -> Op {
        let Stamp { id, at } = self.0.stamp();
        Op { id, at, article, mark }
    }

    /// Adds marks: they are on disk when this returns. After a failure they may be added once more, all
    /// of them: a mark that is there twice counts once.
    ///
    /// # Errors
    ///
    /// When they could not all be written.
    pub fn append(&mut self, ops: &[Op]) -> Result<(), StoreError> {
        self.0.append(ops.iter().map(Op::to_line))
    }
}
