//! When the terminal is asked about itself, and when its answer is awaited.

use std::time::Instant;

use super::{
    input::CAP,
    probe::{self, Question},
};

/// How far the measuring is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measuring {
    asked: Question,
    stage: Stage,
    /// Whether there was an answer about the widths, or the time for one has passed, or none was asked for.
    heard: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing is asked.
    Never,
    /// To be asked when there is room for it.
    Due,
    Asked {
        /// Later than this nobody waits for the answer.
        until: Instant,
        /// The terminal was taken anew meanwhile: it is to be asked again.
        again: bool,
    },
    Done,
}

impl Measuring {
    /// Of a terminal that is to be asked this.
    pub(super) fn new(asked: Question) -> Self {
        let stage = if asked.is_asked() { Stage::Due } else { Stage::Never };
        Self { asked, stage, heard: !asked.widths }
    }

    /// What it is asked.
    pub(super) fn asked(&self) -> Question {
        self.asked
    }

    /// Whether a terminal of so many columns is to be asked now.
    pub(super) fn is_due(&self, columns: u16) -> bool {
        self.stage == Stage::Due && probe::has_room(columns)
    }

    /// The terminal is being asked.
    pub(super) fn ask(&mut self) {
        self.stage = Stage::Asked { until: Instant::now() + CAP, again: false };
    }

    /// The answer came, or the time for it has passed.
    pub(super) fn settle(&mut self) {
        self.heard = true;
        if let Stage::Asked { again, .. } = self.stage {
            self.stage = if again { Stage::Due } else { Stage::Done };
        }
    }

    /// The terminal was taken anew: it may be another one by now, as when a session of tmux is
    /// attached elsewhere.
    pub(super) fn begin_anew(&mut self) {
        match &mut self.stage {
            Stage::Asked { again, .. } => *again = true,
            Stage::Done => self.stage = Stage::Due,
            Stage::Never | Stage::Due => {}
        }
    }

    /// Until when an answer may be on its way.
    pub(super) fn awaited(&self) -> Option<Instant> {
        match self.stage {
            Stage::Asked { until, .. } => Some(until).filter(|until| *until > Instant::now()),
            Stage::Never | Stage::Due | Stage::Done => None,
        }
    }

    /// Whether text may be shown. A terminal that does not take UTF-8 acts on parts of it, so
    /// nothing beyond ASCII is sent before the first answer.
    pub(super) fn allows_text(&self) -> bool {
        self.heard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_asked_again_when_it_was_taken_anew() {
        let mut measuring = Measuring::new(Question::ALL);
        assert!(measuring.is_due(80) && !measuring.is_due(2) && !measuring.allows_text());
        measuring.ask();
        assert!(!measuring.is_due(80) && measuring.awaited().is_some());
        measuring.begin_anew();
        measuring.settle();
        assert!(measuring.is_due(80) && measuring.allows_text());
        measuring.ask();
        measuring.settle();
        assert!(!measuring.is_due(80) && measuring.awaited().is_none());
        // A late answer to an old question does not do away with a new one that is due.
        measuring.begin_anew();
        measuring.settle();
        assert!(measuring.is_due(80));
    }

    #[test]
    fn what_is_known_is_not_asked_for() {
        let measuring = Measuring::new(Question { widths: false, background: true });
        assert!(measuring.is_due(80) && measuring.allows_text());
        let mut measuring = Measuring::new(Question { widths: false, background: false });
        measuring.begin_anew();
        assert!(!measuring.is_due(80) && measuring.allows_text());
    }
}
