//! Commands that were given with the start, as if they had been typed first.

use super::Model;
use crate::app::msg::Effect;

impl Model {
    /// Whether there are such commands, and what they may be about: the article to begin with, or the word that
    /// there is none.
    pub(super) fn can_run_due(&self) -> bool {
        let is_there = self.list.selected.is_some() && self.sought().is_none();
        let begins = is_there && !self.archive.is_arranging();
        !self.due.is_empty() && (begins || self.archive.complete)
    }

    /// Runs them, one after the other, each where the one before has led.
    pub(super) fn run_due(&mut self) -> Vec<Effect> {
        let due = std::mem::take(&mut self.due);
        let mut effects = Vec::new();
        for action in due {
            self.marks.begin_group();
            effects.extend(self.run_here(action));
        }
        effects
    }
}
