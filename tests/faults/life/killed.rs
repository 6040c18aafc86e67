//! Ends that no program can answer: killed, aborted, out of memory.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

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
    in_ci: true,
    play: killed,
};

/// How it is done.
#[derive(Clone, Copy, Debug)]
enum Cause {
    /// By a signal: as by the system that has no memory left, by a library that gives up, by a stack that
    /// is full, by a file that was cut while it was mapped.
    Signal(Signal),
    /// By itself, when it searches: it is asked for that.
    Asked(&'static str),
}

const CAUSES: [Cause; 7] = [
    Cause::Signal(Signal::KILL),
    Cause::Signal(Signal::ABORT),
    Cause::Signal(Signal::SEGV),
    Cause::Signal(Signal::BUS),
    Cause::Asked("memory"),
    Cause::Asked("abort"),
    Cause::Asked("overflow"),
];

fn killed(run: &mut Run) -> Outcome {
    for cause in CAUSES {
        let kind = if let Cause::Asked(kind) = cause { kind } else { "none" };
        if kind != "none" && !cfg!(debug_assertions) {
            // A program that is built for release takes no faults.
            continue;
        }
        let fault = format!("{kind}:searcher:1");
        let mut live = run.start(run.zhaidu(["demo"]).env("ZHAIDU_FAULT", fault));
        live.wait_for_text("16 篇 / 4 个来源");
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
            Cause::Asked(_) => live.send("/江\r"),
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
