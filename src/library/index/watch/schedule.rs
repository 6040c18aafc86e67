//! When an update is due. It is told what time it is, so that it can be tested without waiting.

use std::time::{Duration, Instant};

/// So long nothing may have happened before an update, so that a file is written to its end, an editor
/// has renamed what it wrote, and what is unpacked at once is read at once.
const QUIET: Duration = Duration::from_millis(300);
/// So long what goes on happening can put off an update, at least.
const LONGEST: Duration = Duration::from_secs(5);
/// Nor may it take more than half of the time if something always happens: what comes during an update
/// waits for so many times as long as that takes.
const BUSY: u32 = 2;
/// Between two updates so many times as long passes as it takes to list the folders. Looking at every
/// source takes some four times as long as that: a tenth of the time goes into looking.
const PAUSE: u32 = 40;
/// But no longer than this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How often is looked for what no event tells of.
pub(super) const UNASKED: Duration = Duration::from_secs(10);

/// When the next update is due.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    /// The first and the last event since the last update.
    events: Option<(Instant, Instant)>,
    /// When to look without an event.
    unasked: Option<Instant>,
    /// When the next update may be at the earliest.
    earliest: Option<Instant>,
    /// How long events can put off an update.
    longest: Duration,
}

impl Schedule {
    /// Something happened.
    pub(super) fn note(&mut self, now: Instant) {
        let first = self.events.map_or(now, |(first, _)| first);
        self.events = Some((first, now));
    }

    /// There is to be an update then, if nothing happens before.
    pub(super) fn ask(&mut self, at: Instant) {
        self.unasked = Some(self.unasked.map_or(at, |before| before.min(at)));
    }

    /// When the next update is due, as far as is known.
    pub(super) fn due(&self) -> Option<Instant> {
        let longest = self.longest.max(LONGEST);
        let quiet = self.events.map(|(first, last)| (last + QUIET).min(first + longest));
        let due = [quiet, self.unasked].into_iter().flatten().min()?;
        Some(self.earliest.map_or(due, |earliest| due.max(earliest)))
    }

    /// An update begins: what happens from now on is for the next one.
    pub(super) fn begin(&mut self) {
        self.events = None;
        self.unasked = None;
    }

    /// An update is over: how long it took to list the folders, and all in all.
    pub(super) fn end(&mut self, now: Instant, listing: Duration, update: Duration) {
        self.earliest = Some(now + listing.saturating_mul(PAUSE).min(LONGEST_PAUSE));
        self.longest = update.saturating_mul(BUSY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    /// When updates begin, in milliseconds, with events at these times, if each takes so long.
    fn updates(events: &[u64], listing: u64, update: u64) -> Vec<u64> {
        let start = Instant::now();
        let mut schedule = Schedule::default();
        let mut events = events.iter().copied().peekable();
        let (mut begun, mut free) = (Vec::new(), 0);
        loop {
            let due = schedule.due().map(|due| due.saturating_duration_since(start).as_millis());
            let due = due.map(|due| u64::try_from(due).expect("short").max(free));
            match (events.peek().copied(), due) {
                (Some(event), due) if due.is_none_or(|due| event < due) => {
                    schedule.note(start + ms(event));
                    events.next();
                }
                (_, None) => return begun,
                (_, Some(due)) => {
                    begun.push(due);
                    schedule.begin();
                    // What happens meanwhile is heard.
                    free = due + update;
                    while let Some(event) = events.next_if(|event| *event < free) {
                        schedule.note(start + ms(event));
                    }
                    schedule.end(start + ms(free), ms(listing), ms(update));
                }
            }
        }
    }

    #[test]
    fn what_comes_at_once_is_one_update() {
        assert_eq!(updates(&[], 1, 10), [0; 0]);
        assert_eq!(updates(&[0], 1, 10), [300]);
        // A file that is written piece by piece, then renamed.
        assert_eq!(updates(&[0, 50, 90, 299, 310], 1, 10), [610]);
        assert_eq!(updates(&[0, 1_000], 1, 10), [300, 1_300]);
    }

    #[test]
    fn what_never_rests_is_updated_all_the_same() {
        let busy: Vec<u64> = (0..12_000).step_by(100).collect();
        assert_eq!(updates(&busy, 1, 10), [5_000, 10_000, 12_200]);
        // An update of four seconds is made no more often than every eight.
        let busy: Vec<u64> = (0..40_000).step_by(100).collect();
        assert_eq!(updates(&busy, 1, 4_000), [5_000, 13_000, 21_000, 29_000, 37_000, 41_040]);
    }

    #[test]
    fn what_happens_during_an_update_is_for_the_next_one() {
        assert_eq!(updates(&[0, 400, 900], 1, 2_000), [300, 2_340]);
    }

    #[test]
    fn a_large_archive_is_listed_less_often() {
        // A second for listing: forty seconds of rest.
        assert_eq!(updates(&[0, 2_000, 30_000], 1_000, 1_000), [300, 41_300]);
        // A minute at most.
        assert_eq!(updates(&[0, 20_000], 10_000, 10_000), [300, 70_300]);
    }

    #[test]
    fn there_is_an_update_when_one_was_asked_for() {
        let start = Instant::now();
        let mut schedule = Schedule::default();
        schedule.ask(start + UNASKED);
        assert_eq!(schedule.due(), Some(start + UNASKED));
        schedule.ask(start);
        assert_eq!(schedule.due(), Some(start));
        schedule.begin();
        assert_eq!(schedule.due(), None);
        schedule.ask(start + UNASKED);
        schedule.note(start);
        assert_eq!(schedule.due(), Some(start + QUIET));
    }
}
