//! The notes that were written about one article.
//!
//! A note that is changed is a new one, which names those that it was written over. One that no other was
//! written over still holds, so of two programs that change a note at the same time neither loses its
//! own: both hold, until one is written over both.

use std::collections::HashSet;

use super::line::Op;
use crate::article::{Mark, join_notes};

/// All notes about an article, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Notes(Vec<Op>);

impl Notes {
    /// Takes a note in; whether it was not known before. One that others were written over counts, too: it may be
    /// the only one that names an older one.
    pub(super) fn take(&mut self, op: Op) -> bool {
        let place = self.0.binary_search_by(|known| (known.at, &known.id).cmp(&(op.at, &op.id)));
        let Err(place) = place else { return false };
        self.0.insert(place, op);
        true
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Op] {
        &self.0
    }

    /// Those that hold; more than one when programs did not know of each other.
    fn in_force(&self) -> Vec<&Op> {
        let mut gone: HashSet<&str> = HashSet::new();
        let mut found = Vec::new();
        // Only what is older can be written over, so one of them holds at least.
        for op in self.0.iter().rev() {
            if !gone.contains(op.id.as_str()) {
                found.push(op);
            }
            // Those that do not say it are from before it was said: they were written over all that are older.
            let Some(over) = &op.over else { break };
            gone.extend(over.iter().map(String::as_str));
        }
        found.reverse();
        found
    }

    /// How many that say something hold.
    pub(super) fn count(&self) -> usize {
        self.in_force().into_iter().filter(|op| !text(op).is_empty()).count()
    }

    /// What the note about the article is; empty when there is none.
    pub(super) fn text(&self) -> String {
        join_notes(self.in_force().into_iter().map(text))
    }

    /// The names of the notes that a person sees who sees this text. Nobody may know any: then what is written
    /// over it is written over none.
    pub(super) fn behind(&self, seen: &str) -> Vec<String> {
        let names = |op: &Op| op.id.clone();
        if self.text() == seen {
            return self.in_force().into_iter().map(names).collect();
        }
        self.0.iter().filter(|op| text(op) == seen).map(names).collect()
    }
}

/// What a note says.
fn text(op: &Op) -> &str {
    if let Mark::Note(text) = &op.mark { text } else { "" }
}
