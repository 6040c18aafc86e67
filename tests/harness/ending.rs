//! How a process ended, and what it cost.

use std::{fs, time::Duration};

use portable_pty::Child;
use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

/// The unit of processor times in `/proc` on all but forgotten machines (`USER_HZ`).
const TICKS_PER_SECOND: u64 = 100;

/// How a process ended.
#[derive(Clone, Debug)]
pub(crate) struct Ended {
    /// Its exit code.
    pub(crate) code: u32,
    /// The signal that killed it.
    pub(crate) signal: Option<String>,
    /// Processor time that it took.
    pub(crate) cpu: Option<Duration>,
}

/// Waits for the process to end and reads what it cost before its record is gone.
pub(super) fn wait_for_end(mut child: Box<dyn Child + Send + Sync>, pid: Pid) -> Ended {
    let watched = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(pid), watched) {}
    let cpu = cpu_time(pid);
    let status = child.wait().expect("the process can be waited for");
    Ended { code: status.exit_code(), signal: status.signal().map(Into::into), cpu }
}

/// Processor time of a process and of the children that it waited for. `None` where there is no
/// `/proc`.
pub(crate) fn cpu_time(pid: Pid) -> Option<Duration> {
    let record = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // The name in brackets may hold spaces; the times are fields 14 to 17 (proc(5)).
    let (_, fields) = record.rsplit_once(')')?;
    let times = fields.split_whitespace().skip(11).take(4);
    let ticks: u64 = times.filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
}
