//! What holds, from all lines of all files.

use std::collections::BTreeMap;

use super::line::{Op, Unread};
use crate::article::{ArticleId, MarkField, MarkTable, Marks};

/// The latest mark about each thing. The order in which lines come does not matter, nor how often the
/// same one comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    latest: BTreeMap<(ArticleId, MarkField), Op>,
    /// Lines that are not as they were written.
    pub damaged: usize,
    /// Lines that say something that is not known here.
    pub unknown: usize,
}

impl Merged {
    /// Takes in the lines of a file.
    pub fn take_lines(&mut self, bytes: &[u8]) {
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match Op::from_line(line) {
                Ok(op) => drop(self.take(op)),
                Err(Unread::Damaged) => self.damaged += 1,
                Err(Unread::Unknown) => self.unknown += 1,
            }
        }
    }

    /// Takes a mark in; whether it holds now and did not before.
    pub fn take(&mut self, op: Op) -> bool {
        let key = (op.article.id, op.mark.field());
        // With the name of the mark, two programs that marked at the same moment agree on who was later.
        let known = self.latest.get(&key);
        let is_later = known.is_none_or(|known| (op.at, &op.id) > (known.at, &known.id));
        if is_later {
            self.latest.insert(key, op);
        }
        is_later
    }

    /// The marks that hold, by article; those that take something back are among them.
    pub fn ops(&self) -> impl Iterator<Item = &Op> {
        self.latest.values()
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
        let mut all: Vec<(Marks, &Op)> = Vec::new();
        for op in self.ops() {
            let known = all.last_mut().filter(|(_, latest)| latest.article.id == op.article.id);
            if let Some((marks, latest)) = known {
                marks.apply(&op.mark);
                if op.at > latest.at {
                    *latest = op;
                }
            } else {
                let mut marks = Marks::default();
                marks.apply(&op.mark);
                all.push((marks, op));
            }
        }
        all.retain(|(marks, _)| !marks.is_empty());
        all
    }
}
