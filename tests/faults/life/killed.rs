//! Ends that no program can answer: killed, aborted, out of memory.

use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};

use crate::{
    processes,
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F03.
pub(super) const KILLED: Row = Row {
    id: "F03",
    what: "the program is killed, aborts, or has no memory",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: false,
    play: killed,
};

/// How it is done.
#[derive(Clone, Copy, Debug)]
enum Cause {
    /// By a signal: as by the system that has no memory left, by a library that gives up, by a stack that
    /// is full, by a file that was cut while it was mapped.
    Signal(Signal),
    /// By an allocation that fails.
    Memory,
}

const CAUSES: [Cause; 6] = [
    Cause::Signal(Signal::KILL),
    Cause::Signal(Signal::ABORT),
    Cause::Signal(Signal::SEGV),
    Cause::Signal(Signal::BUS),
    Cause::Signal(Signal::ILL),
    Cause::Memory,
];

fn killed(run: &mut Run) -> Outcome {
    for cause in CAUSES {
        let mut live = run.demo();
        run.mark(&mut live);
        live.send("\x1b3jj");
        run.pass_time(Duration::from_millis(40));
        let pid = drawing(&live);
        match cause {
            Cause::Signal(signal) => {
                let _ = kill_process(pid, signal);
                // The first one of some is taken for a full stack by the runtime of Rust, which looks
                // whether it is one and lets the next one end the program.
                while processes::runs(pid) && kill_process(pid, signal).is_ok() {
                    run.pass_time(Duration::from_millis(5));
                }
            }
            Cause::Memory => {
                let none = Rlimit { current: Some(0), maximum: Some(0) };
                let _ = prlimit(Some(pid), Resource::As, none);
                live.resize(400, 200);
                live.send("/江\r");
            }
        }
        run.ends_abnormally(live);
    }
    Outcome::Pass
}

/// The process that draws: the one with the most threads.
fn drawing(live: &Live) -> Pid {
    let most = live.programs().into_iter().max_by_key(|pid| processes::threads(*pid));
    most.and_then(Pid::from_raw).expect("a process that draws")
}
