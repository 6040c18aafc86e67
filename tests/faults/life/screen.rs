//! The size of the terminal, and a terminal that is slow.

use rustix::process::Signal;
use vt100::Screen;

use crate::{
    harness::screen::{has, rows},
    row::{Outcome, Row},
    run::{Live, Run},
};

/// The usual screen.
const USUAL: (u16, u16) = (80, 24);
/// Most columns and rows of a random screen.
const LARGEST: u64 = 500;

/// F07.
pub(super) const SIZES: Row = Row {
    id: "F07",
    what: "a terminal of any size, and of another one at once",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: sizes,
};

fn sizes(run: &mut Run) -> Outcome {
    for size in [(0, 0), (1, 1), (2, 2), (19, 4), (65535, 1), (1, 65535), (65535, 65535)] {
        let mut live = run.start(run.zhaidu(["demo"]).size(size.0, size.1));
        live.wait_for("the interface", Screen::alternate_screen);
        live.send("jk\rG");
        live.resize(USUAL.0, USUAL.1);
        live.wait_for_text("4 个来源");
        run.leaves(live);
    }
    let mut live = run.start(run.zhaidu(["demo"]).size(19, 4));
    live.wait_for_text("窗口太小");
    live.resize(USUAL.0, USUAL.1);
    storm(run, &mut live);
    live.send("\x1b\x1b[Ig1");
    live.wait_for("the whole picture", |screen| {
        let shown = rows(screen);
        shown[0].starts_with(">文章") && shown[23].contains("4 个来源")
    });
    run.leaves(live);
    Outcome::Pass
}

/// Sizes at random, with keys between.
fn storm(run: &mut Run, live: &mut Live) {
    for _ in 0..run.either(150, 500) {
        let (columns, height) = (run.below(LARGEST), run.below(LARGEST));
        live.resize(columns as u16, height as u16);
        let keys = ["", "", "j", "k", "\r", "J", " ", "\x1b3"];
        live.send(keys[run.below(keys.len() as u64) as usize]);
    }
    live.resize(USUAL.0, USUAL.1);
}

/// F08.
pub(super) const PLACE: Row = Row {
    id: "F08",
    what: "many resizes keep the place in the text",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: place,
};

fn place(run: &mut Run) -> Outcome {
    let mut live = run.demo();
    live.send("\r");
    live.wait_for_text(">正文");
    live.wait_for_text("一条江怎样重新让人走近");
    // The picture is whole.
    live.wait_for_text("/31 句");
    live.send("zz");
    for _ in 0..=run.below(8) {
        live.send("j");
    }
    // The last key has been answered when the help has come and gone.
    live.send("?");
    live.wait_for_text("Esc 关闭");
    live.send("\x1b\x1b[I");
    live.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
    // The list of key sentences below shows the selected one, in whatever row.
    let shown = |screen: &Screen| {
        let rows = rows(screen).into_iter();
        rows.take_while(|row| !row.starts_with(" 要点")).collect::<Vec<_>>()
    };
    let before = shown(live.screen());
    assert!((5..20).contains(&before.len()), "{}", live.report("the text above the key sentences"));
    for _ in 0..run.either(150, 500) {
        live.resize(20 + run.below(200) as u16, 5 + run.below(100) as u16);
    }
    live.resize(USUAL.0, USUAL.1);
    let what = format!("the same picture, which was\n{}", before.join("\n"));
    live.wait_for(&what, |screen| shown(screen) == before);
    run.leaves(live);
    Outcome::Pass
}

/// F16.
pub(super) const SLOW: Row = Row {
    id: "F16",
    what: "a terminal that takes a kilobyte a second, or nothing",
    needs: &[],
    cap_mib: 150,
    alone: true,
    in_ci: true,
    play: slow,
};

/// Bytes a second of the slow terminal.
const SLOWLY: u32 = 1024;

fn slow(run: &mut Run) -> Outcome {
    // Keys that are typed while nothing can be drawn all count, and pictures in between are left out.
    let mut live = run.demo();
    let before = live.raw().len();
    live.pace(SLOWLY);
    for _ in 0..60 {
        live.send("jjjjjkkkkk");
    }
    live.send("\x1b3");
    live.pace(u32::MAX);
    live.wait_for_text(">要点");
    let written = live.raw().len() - before;
    assert!(written < 256 * 1024, "{written} bytes for 601 keys");
    run.leaves(live);

    // A terminal that takes nothing does not hold the program that is to end.
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let mut live = run.demo();
        run.mark(&mut live);
        live.pace(0);
        for _ in 0..40 {
            live.send("\x1b2\x1b3\x1b1\x0c");
        }
        run.pass_time(std::time::Duration::from_millis(300));
        live.signal(signal);
        run.ends_stalled(live, code);
        // Nor where it never took anything, not even the first picture.
        let mut live = run.start(run.zhaidu(["demo"]).stuck());
        live.wait_for_settings("the keys come one by one", |settings, before| settings != before);
        live.signal(signal);
        run.ends_stalled(live, code);
    }
    Outcome::Pass
}
