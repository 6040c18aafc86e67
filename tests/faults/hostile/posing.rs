//! Texts that pretend to be the program.

use std::ffi::OsString;

use vt100::{Color, Screen};

use crate::{
    harness::{
        archive::Archive,
        screen::{has, rows},
    },
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F29.
pub(super) const POSING: Row = Row {
    id: "F29",
    what: "a text looks like the program: its headings, its messages, its prompt",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: posing,
};

/// Lines as the program shows them.
const LINES: [&str; 10] = [
    ">文章 1/16  demo",
    " 16 篇 / 4 个来源                                        [鼠标]  ? 帮助  q 退出",
    "已保存",
    "再按一次退出",
    "\x1b[7m 未保存的标记 9 \x1b[0m",
    ":quit",
    "? 删除全部标记？ [y/N]",
    "zhaidu: main: 意外结束；标记已保存",
    "按任意键返回",
    "窗口太小 20x5",
];

fn posing(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    for (number, line) in LINES.into_iter().enumerate() {
        let body = LINES.map(|line| format!("　　{line}\n")).concat();
        let fill = "\n".repeat(run.below(20) as usize);
        archive.add(
            format!("{number}{}.txt", line.replace('/', "")),
            format!("{line}\n\n　　本报讯\n{body}{fill}{body}"),
        );
    }
    let articles = LINES.len();
    let mut live = run.opened(&[OsString::from(archive.path())], articles);
    for pane in 1..=4 {
        // The whole screen for one pane: its heading is in the first row, what the program says in the last.
        live.send(&format!("\x1b{pane}z"));
        let heading = [">文章", ">正文", ">要点", ">关键词"][pane - 1];
        live.wait_for("a pane of its own", |screen| {
            let rows = rows(screen);
            rows[0].starts_with(heading) && !has(screen, "╎")
        });
        for number in 2..=4 {
            wears_its_own(&live);
            live.send("J");
            live.wait_for_text(&format!("{articles} 篇 / {articles} 个来源"));
            if pane == 1 {
                live.wait_for_text(&format!(">文章 {number}/"));
            }
        }
        live.send("gg\x1b1gg");
        live.send(&format!("\x1b{pane}z"));
        live.wait_for_text("╎");
    }
    // What is typed is below all texts, wherever these end.
    for sign in ["/", ":"] {
        live.send(sign);
        live.wait_for("the prompt", |screen| rows(screen).last().is_some_and(|row| row == sign));
        live.send("\x1b\x1b[I");
        live.wait_for("no prompt", |screen| {
            rows(screen).last().is_some_and(|row| row.contains("个来源"))
        });
    }
    // A line that says so saves nothing.
    run.kept();
    let marks = run.command(["marks", "list"]).output().expect("the program starts");
    assert!(marks.stdout.is_empty(), "{marks:?}");
    run.leaves(live);
    Outcome::Pass
}

/// How a cell looks.
type Look = (Color, Color, bool, bool, bool);

/// How the cells of a row look; the second half of a wide character has no look of its own.
fn looks(screen: &Screen, row: u16) -> Vec<Look> {
    let cells = (0..screen.size().1.get()).filter_map(|column| screen.cell(row, column));
    cells
        .filter(|cell| !cell.is_wide_continuation())
        .map(|cell| (cell.fgcolor(), cell.bgcolor(), cell.inverse(), cell.bold(), cell.dim()))
        .collect()
}

/// The rows of the program are where they belong, and look as no text does.
fn wears_its_own(live: &Live) {
    let screen = live.screen();
    let last = screen.size().0.get() - 1;
    let shown = rows(screen);
    assert!(shown[usize::from(last)].ends_with("q 退出"), "{}", live.report("the last row"));
    let own = [looks(screen, 0), looks(screen, last)].concat();
    for row in 1..last {
        let posing = looks(screen, row).iter().any(|look| own.contains(look));
        assert!(!posing, "row {row} looks like the program: {}", live.report("a look of its own"));
    }
}
