//! Characters about whose width terminals disagree.

use std::ffi::OsString;

use vt100::Screen;

use crate::{
    harness::{archive::Archive, screen::rows},
    row::{Outcome, Row},
    run::Run,
};

/// F25.
pub(super) const BORDERS: Row = Row {
    id: "F25",
    what: "characters of doubtful width beside a border",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: borders,
};

/// Clusters whose width is a matter of opinion, of each kind some; and others, to lie between.
const CLUSTERS: [&str; 36] = [
    "❤\u{fe0f}",
    "❤\u{fe0e}",
    "1\u{fe0f}\u{20e3}",
    "👨\u{200d}👩\u{200d}👧",
    "👍\u{1f3fd}",
    "🇨🇳",
    "🇨",
    "“",
    "”",
    "…",
    "—",
    "①",
    "Ω",
    "ж",
    "█",
    "□",
    "ǎ",
    "\u{e000}",
    "\u{f8ff}",
    "\u{f0000}",
    "\u{31350}",
    "\u{2ff0}",
    "e\u{301}",
    "क्षि",
    "นำ้",
    "ﷺ",
    "⸻",
    "〰\u{fe0f}",
    "ｶﾞ",
    "\u{1f9ff}",
    "\u{1fae8}",
    "\u{ad}",
    "\u{115f}",
    "\u{1160}\u{11a8}",
    "字",
    "a",
];

/// Column of the border between the list and the text.
const BORDER: u16 = 51;
/// Rows of the screen.
const ROWS: u16 = 45;

fn borders(run: &mut Run) -> Outcome {
    for ambiguous in ["1", "universal", "auto"] {
        if run.number > 0 && run.below(3) > 0 {
            continue;
        }
        let archive = Archive::new();
        for number in 0..30 {
            let mut lines = vec![doubtful(run, 12), String::new(), "　　本报讯".to_owned()];
            let count = run.either(30, 60);
            lines.extend((0..count).map(|_| format!("　　{}。", doubtful(run, 30))));
            let text = lines.join("\n");
            archive.add(format!("{number:02}{}.txt", doubtful(run, 4)), text);
        }
        let args = ["--ambiguous".into(), ambiguous.into(), OsString::from(archive.path())];
        let mut live = run.opened(&args, 30);
        let keys = ["j", "k", "\x04", "\x15", "J", "K", "G", "gg", "v", "\r", "\x1b1", "s"];
        for step in 0..run.either(30, 60) {
            live.send(keys[run.below(keys.len() as u64) as usize]);
            live.send("\x0c");
            if step % 10 == 9 {
                // Painted anew it is what it was when it was changed step by step.
                let before = at_rest(&mut live);
                live.send("\x0c");
                let after = at_rest(&mut live);
                assert_eq!(before.join("\n"), after.join("\n"));
            }
        }
        run.leaves(live);
    }
    Outcome::Pass
}

/// The picture when all keys are answered; its border is straight.
fn at_rest(live: &mut crate::run::Live) -> Vec<String> {
    live.send("\x1b2\x1b1");
    live.wait_for_text(">文章");
    live.wait_for("a border without a gap", |screen| gap(screen).is_none());
    let mut rows = rows(live.screen());
    // What is being analysed is counted in the last row.
    rows.pop();
    rows
}

/// The first row whose border is not where it belongs.
fn gap(screen: &Screen) -> Option<u16> {
    let is_border = |row: u16| screen.cell(row, BORDER).is_some_and(|cell| cell.contents() == "╎");
    (0..ROWS - 1).find(|row| !is_border(*row))
}

/// So many clusters at random.
fn doubtful(run: &mut Run, count: usize) -> String {
    (0..count).map(|_| CLUSTERS[run.below(CLUSTERS.len() as u64) as usize]).collect()
}
