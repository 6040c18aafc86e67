//! Clocks that jump, and machines that sleep.

use std::{fs, thread, time::Duration};

use rustix::process::Signal;

use crate::{
    harness::screen::has,
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F18.
pub(super) const CLOCK: Row = Row {
    id: "F18",
    what: "the clock is set back, the machine sleeps",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: clock,
};

/// Ten years, in milliseconds.
const TEN_YEARS: u64 = 10 * 365 * 24 * 3600 * 1000;

fn clock(run: &mut Run) -> Outcome {
    // A tag that was made before the clock was set back by ten years.
    let mut live = run.demo();
    run.mark(&mut live);
    run.leaves(live);
    let output = run.command(["marks", "export"]).output().expect("the program starts");
    let exported = String::from_utf8(output.stdout).expect("UTF-8");
    let mut line: serde_json::Value = serde_json::from_str(exported.trim()).expect("a mark");
    line["ts"] = (line["ts"].as_u64().expect("a time") + TEN_YEARS).into();
    line["id"] = "1-1-1".into();
    let later = run.home().join("later.jsonl");
    fs::write(&later, format!("{line}\n")).expect("a file");
    let later = [std::ffi::OsStr::new("marks"), "import".as_ref(), later.as_os_str()];
    let imported = run.command(later).output().expect("the program starts");
    assert!(imported.status.success(), "{imported:?}");

    // What the person does now is later, whatever the clock says.
    let mut live = wide(run);
    live.wait_for_text("#t0");
    live.send("t-t0\r");
    live.wait_for_text("已保存");
    live.wait_for("no tag", |screen| !has(screen, "#t0"));
    // While the machine sleeps nothing runs; then all goes on.
    live.signal(Signal::STOP);
    thread::sleep(Duration::from_millis(run.either(100, 3_000)));
    live.signal(Signal::CONT);
    live.wait_for_text("一条江怎样重新让人走近");
    run.saved.clear();
    run.leaves(live);
    let output = run.command(["marks", "list"]).output().expect("the program starts");
    assert!(output.stdout.is_empty(), "what was made later lost to what was made before");
    let mut live = wide(run);
    run.mark(&mut live);
    live.send("k");
    live.wait_for_text("#t1");
    run.leaves(live);
    Outcome::Pass
}

/// The program on a screen that has room for tags.
fn wide(run: &mut Run) -> Live {
    let mut live = run.start(run.zhaidu(["demo"]).size(160, 45));
    live.wait_for_text("16 篇 / 4 个来源");
    live
}
