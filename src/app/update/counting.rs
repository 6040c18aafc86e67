//! Numbers before commands: `5 j` moves five rows.

use crate::app::{
    action::{Action, MarkDo, Motion},
    chord::Chord,
    keymap::Resolved,
    model::Model,
    msg::Effect,
};

/// The largest number that can be typed.
const MOST: usize = 99_999;

/// The most times that a command is run one after the other. Going far is one step and needs no bound.
const MOST_RUNS: usize = 999;

impl Model {
    /// Takes a digit that belongs to a number; `false` for every other key. A digit that is bound
    /// remains a key unless a number was begun.
    pub(super) fn count_digit(&mut self, chord: Chord) -> bool {
        let digit = chord.character().and_then(|c| c.to_digit(10));
        let Some(digit) = digit.filter(|_| self.pending.is_empty() && self.prompt.is_none()) else {
            return false;
        };
        let begins = || {
            let means = self.keymap.resolve(self.context(), &[chord]);
            digit > 0 && means == Resolved::Unbound
        };
        if self.count.is_none() && !begins() {
            return false;
        }
        let digit = usize::try_from(digit).unwrap_or(0);
        self.count = Some((self.count.unwrap_or(0) * 10 + digit).min(MOST));
        true
    }

    /// Runs commands, as often as was asked for if they can be repeated.
    pub(super) fn run_counted(&mut self, actions: &[Action]) -> Vec<Effect> {
        let count = self.count.take();
        let repeats = actions.iter().all(|action| action.spec().repeats);
        let times = count.filter(|_| repeats).unwrap_or(1);
        match (actions, count) {
            ([Action::Move(motion)], Some(count)) => self.move_counted(*motion, count),
            ([Action::Mark(what @ (MarkDo::Star | MarkDo::Read))], Some(count)) => {
                self.mark_many(*what, count.min(MOST_RUNS));
            }
            ([Action::Article(step)], _) => self.step_article(*step, times),
            _ => {
                let mut effects = Vec::new();
                for run in 0..times.min(MOST_RUNS) {
                    if run > 0 {
                        // A step begins where the one before it has led.
                        effects.extend(self.settle());
                    }
                    effects.extend(actions.iter().flat_map(|action| self.act(*action)));
                }
                return effects;
            }
        }
        Vec::new()
    }

    /// Moves so many times; the ends take a number for that of the row to go to.
    fn move_counted(&mut self, motion: Motion, count: usize) {
        if matches!(motion, Motion::First | Motion::Last) {
            self.moved(Motion::First, 1);
            if count > 1 {
                self.moved(Motion::Down, count - 1);
            }
        } else {
            self.moved(motion, count);
        }
    }
}
