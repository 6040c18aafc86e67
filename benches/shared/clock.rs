//! Processor time: what a busy machine does not change much.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time, user and system, that this thread has used.
pub(crate) fn cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// Processor time that `work` takes on this thread, and what it gives.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = cpu();
    let done = work();
    (cpu().saturating_sub(start), done)
}
