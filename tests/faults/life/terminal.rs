//! A terminal that goes away, signals, and a shell that stops the program.

use std::time::Duration;

use rustix::process::Signal;

use crate::{
    harness::screen::{has, rows},
    row::{Need, Outcome, Row},
    run::{Live, Run},
};

/// Processor time that a program without a terminal may take until it has ended.
const CPU: Duration = Duration::from_millis(100);

/// F01.
pub(super) const GONE: Row = Row {
    id: "F01",
    what: "the terminal is gone and nobody says so",
    needs: &[],
    cap_mib: 150,
    alone: true,
    in_ci: true,
    play: gone,
};

fn gone(run: &mut Run) -> Outcome {
    let launches = [
        r#"trap "" HUP; "$ZHAIDU" demo; exit $?"#,
        r#"trap "" HUP; setsid -w "$ZHAIDU" demo; exit $?"#,
    ];
    for script in launches {
        let mut live = run.start(run.script(script));
        live.wait_for_text("16 篇 / 4 个来源");
        run.mark(&mut live);
        let busy = run.below(2) == 1;
        if busy {
            live.send("\x1b3jjj");
        }
        let before = live.cpu();
        live.hang_up();
        let ended = run.ends(live, 129);
        // The shell has waited for the program: its time counts, and what came before the end, too.
        let after = ended.cpu.map_or(Duration::ZERO, |all| all.saturating_sub(before));
        assert!(!run.is_long || busy || after <= CPU, "{after:?} of processor time at the end");
    }
    Outcome::Pass
}

/// F02.
pub(super) const SIGNALS: Row = Row {
    id: "F02",
    what: "a signal ends the program at any moment",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: signals,
};

/// Signals that end programs, with the code that tells of each.
const SIGNALS_SENT: [(Signal, u32); 4] =
    [(Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143)];

fn signals(run: &mut Run) -> Outcome {
    for (signal, code) in SIGNALS_SENT {
        for moment in 0..run.either(3, 10) {
            let mut live = run.start(run.zhaidu(["demo"]));
            match moment % 3 {
                // Anywhere between the first sign of the interface and the end of reading.
                0 => live.wait_for("the interface", vt100::Screen::alternate_screen),
                1 => live.wait_for_text("16 篇 / 4 个来源"),
                _ => {
                    live.wait_for_text("16 篇 / 4 个来源");
                    run.mark(&mut live);
                    // One more that may be on its way, and a frame that may be drawn.
                    live.send("tlast\r\x1b3jj");
                }
            }
            run.pass_time(Duration::from_millis(40));
            live.signal(signal);
            run.ends(live, code);
        }
    }
    let live = run.demo();
    live.signal(Signal::TERM);
    live.signal(Signal::INT);
    // The first one is answered with the end, or the second one has ended it at once.
    ends_by(run, live, &[143, 130]);
    Outcome::Pass
}

fn ends_by(run: &mut Run, mut live: Live, codes: &[u32]) {
    let code = live.wait_exit().code;
    assert!(codes.contains(&code), "{code}: {}", live.report("one of the codes"));
    run.ends(live, code);
}

/// F06.
pub(super) const STOPPED: Row = Row {
    id: "F06",
    what: "a shell stops the program and continues it",
    needs: &[Need::Program("bash")],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: stopped,
};

/// Clears the screen for a shell.
const CLEAR: &str = r"printf '\033[1;1H\033[2J'";

fn stopped(run: &mut Run) -> Outcome {
    let shell = ["bash", "--norc", "--noprofile", "--noediting", "-i"].map(Into::into);
    let launch = run.any(shell).env("PS1", "ready> ");
    let mut live = run.start(launch.size(80, 24));
    let is_ready = |screen: &vt100::Screen| {
        !screen.alternate_screen() && rows(screen).iter().any(|row| row == "ready>")
    };
    live.wait_for("a prompt", is_ready);
    live.send(&format!("stty -a > $HOME/before; {CLEAR}; \"$ZHAIDU\" demo\n"));
    live.wait_for_text("16 篇 / 4 个来源");
    for cycle in 0..run.either(3, 10) {
        live.send("\x1a");
        live.wait_for("the prompt of the shell", is_ready);
        let size = [(80, 24), (100, 30), (60, 20)][run.below(3) as usize];
        live.resize(size.0, size.1);
        live.send(&format!("stty -a > $HOME/after{cycle}; {CLEAR}; fg\n"));
        live.wait_for("the interface, whole", |screen| {
            let shown = rows(screen);
            screen.alternate_screen()
                && shown.last().is_some_and(|row| row.contains("4 个来源"))
                && has(screen, "一条江怎样重新让人走近")
        });
        let state = |name: &str| std::fs::read_to_string(run.home().join(name)).expect("a state");
        let without_size = |text: String| text.split_once('\n').map(|(_, rest)| rest.to_owned());
        let after = without_size(state(&format!("after{cycle}")));
        assert_eq!(after, without_size(state("before")), "I1: as the shell has left it");
    }
    live.send("q");
    live.wait_for("the last prompt", is_ready);
    live.send("exit\n");
    run.ends(live, 0);
    Outcome::Pass
}
