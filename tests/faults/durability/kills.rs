//! Kills while marks are written.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use rustix::process::Signal;

use super::{exported, tags, tags_of};
use crate::{
    row::{Outcome, Row},
    run::Run,
};

/// F56.
pub(super) const KILLS: Row = Row {
    id: "F56",
    what: "killed while it saves: nothing that was said to be saved is lost",
    needs: &[],
    cap_mib: 150,
    alone: true,
    in_ci: true,
    play: kills,
};

/// Marks of a run that is killed.
const MARKS: u64 = 800;
/// About twice as long as such a run takes.
const MOMENTS: Duration = Duration::from_millis(40);

fn kills(run: &mut Run) -> Outcome {
    let mut said = 0;
    for kill in 0..run.either(10, 50) {
        let name = format!("r{kill}");
        let file = exported(run, &name, MARKS);
        let args = ["marks".as_ref(), "import".as_ref(), file.as_os_str()];
        let mut command: Command = run.command(args);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        run.pass_time(MOMENTS);
        let _ = child.kill();
        let told = child.wait_with_output().expect("it can be waited for");
        if String::from_utf8_lossy(&told.stderr).contains(&format!("imported {MARKS}")) {
            said += 1;
            run.saved.extend(tags_of(&name, MARKS));
        }
    }
    run.kept();
    // No line was taken for another one: there is nothing that nobody wrote.
    let (found, _) = tags(run);
    let known = |tag: &String| {
        let (name, number) = tag.split_once('-').unwrap_or_default();
        name.starts_with('r') && number.parse().is_ok_and(|number: u64| number < MARKS)
    };
    assert!(found.iter().all(known), "a line that nobody wrote among {} tags", found.len());
    run.count("kills", run.either(10, 50));
    run.count("acknowledged", said * MARKS);

    // The interface, with a mark on its way.
    for _ in 0..run.either(1, 3) {
        let mut live = run.demo();
        for _ in 0..=run.below(3) {
            run.mark(&mut live);
        }
        live.send("tlast\r");
        run.pass_time(Duration::from_millis(10));
        live.signal(Signal::KILL);
        run.was_killed(live);
        run.count("kills", 1);
    }
    Outcome::Pass
}
