//! Panics, which the program is asked for by `ZHAIDU_FAULT`; `src/tui/fault.rs` says how.

use std::{
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use super::input::answers;
use crate::{
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    row::{Outcome, Row},
    run::{Live, Run},
};

/// What the program says of a fault that it was asked for.
const ASKED: &str = "a fault was asked for";
/// Longest that a panic and its report are waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// F04.
pub(super) const WORKERS: Row = Row {
    id: "F04",
    what: "a thread of the program panics over something",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: workers,
};

/// The threads, with keys that give them something to do.
const WORK: [(&str, &str); 11] = [
    ("analyst", "\r"),
    ("scanner", ""),
    ("searcher", "/江\r"),
    ("sifter", "F江\r"),
    ("arranger", "i"),
    ("keeper", "p"),
    ("marker", "tfirst\r"),
    ("recorder", "\rjjj"),
    ("exporter", "e\r"),
    ("clipboard", "yg"),
    ("input", "j"),
];

/// Why a row that asks for faults cannot be played, if so.
fn without_faults() -> Option<Outcome> {
    let why = "a program that is built for release takes no faults";
    (!cfg!(debug_assertions)).then(|| Outcome::Skipped(why.to_owned()))
}

fn workers(run: &mut Run) -> Outcome {
    if let Some(skipped) = without_faults() {
        return skipped;
    }
    let archive = Archive::of_articles(16);
    let mut reports = 0;
    for (place, keys) in WORK {
        if !run.has_turn() {
            continue;
        }
        // What the terminal answers comes first.
        let number = if place == "input" { 6 } else { 1 };
        let fault = format!("panic:{place}:{number}");
        // Of the archive that is built in nothing is recorded.
        let launch = match place {
            "recorder" => run.zhaidu([archive.path()]),
            _ => run.zhaidu(["demo"]),
        };
        let mut live = run.start(launch.env("ZHAIDU_FAULT", fault));
        // What is marked, copied or exported has to be there first.
        live.wait_for_text(match place {
            "scanner" => "个来源",
            "analyst" | "recorder" => "16 篇",
            _ => "/31 句",
        });
        live.send(keys);
        if place == "keeper" {
            // A page can be decided about when it is there.
            live.wait_for_text("分篇 自动");
            live.send("t");
        }
        let until = Instant::now() + PATIENCE;
        while place == "input" && self::reports(run).len() == reports && Instant::now() < until {
            live.send("j");
            thread::sleep(Duration::from_millis(20));
        }
        reports += 1;
        let report = wait_for_report(run, reports);
        assert!(report.contains(place) && !report.contains('\x1b'), "{place}: {report}");
        // Whatever it is, the rest goes on: keys, texts, marks.
        if place == "searcher" {
            // It may have been the search for nothing, which comes before what is typed.
            live.wait_for("the search is at its end", |screen| {
                has(screen, "处理它时程序出错") || has(screen, "21 处")
            });
        }
        answers(&mut live);
        if place == "scanner" {
            live.wait_for_text("处理它时程序出错");
            live.send("j");
            // An article can be marked when one is selected.
            live.wait_for_text("要点 1/");
        } else {
            live.send("\x1b1GG");
            live.wait_for_text("16/16");
            live.send("gg");
            live.wait_for_text(">文章 1/16");
        }
        run.mark(&mut live);
        run.leaves(live);
    }
    Outcome::Pass
}

/// The newest of so many reports.
fn wait_for_report(run: &Run, count: usize) -> String {
    let until = Instant::now() + PATIENCE;
    loop {
        let all = reports(run);
        let newest = all.get(count - 1).map(|path| fs::read_to_string(path).expect("UTF-8"));
        // It takes a moment until it is whole.
        if let Some(report) = newest.filter(|report| report.contains(ASKED)) {
            return report;
        }
        assert!(Instant::now() < until, "there are {} reports and not {count}", all.len());
        thread::sleep(Duration::from_millis(5));
    }
}

/// The reports of panics in the home, the oldest first.
fn reports(run: &Run) -> Vec<PathBuf> {
    let folder = run.home().join(".local/state/zhaidu/reports");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort_unstable();
    paths
}

/// F05.
pub(super) const INTERFACE: Row = Row {
    id: "F05",
    what: "the interface panics over a frame",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: interface,
};

fn interface(run: &mut Run) -> Outcome {
    if let Some(skipped) = without_faults() {
        return skipped;
    }
    let mut live = run.demo();
    run.mark(&mut live);
    run.leaves(live);
    for reports in 1..=run.either(3, 10) as usize {
        let fault = format!("panic:draw:{}", 1 + run.below(if reports == 1 { 1 } else { 40 }));
        let launch = run.zhaidu(["demo"]).env("ZHAIDU_FAULT", &fault);
        let mut live = run.start(launch.size(200, 50));
        let until = Instant::now() + PATIENCE;
        while !live.has_ended() {
            assert!(Instant::now() < until, "{fault}: {}", live.report("the end"));
            // Each time something to draw.
            live.send(["j", "k", "s"][run.below(3) as usize]);
            run.pass_time(Duration::from_millis(20));
        }
        says_what_happened(&live, run, reports);
        run.ends(live, 101);
    }
    one_article(run);
    Outcome::Pass
}

/// An article over which the interface fails again and again is left out, and all others are there.
fn one_article(run: &mut Run) {
    let archive = Archive::new();
    let record = |number: u8| {
        let text = article(&format!("第{number}号消息")).replace('\n', "\\n");
        format!("{{\"title\":\"第{number}号消息\",\"text\":\"{text}\"}}\n")
    };
    // All in one file, so that they are read together.
    archive.add("a.jsonl", [1, 2, 3].map(record).concat());
    for _ in 0..2 {
        let count = reports(run).len();
        let mut live = run.start(run.zhaidu([archive.path()]).env("ZHAIDU_FAULT", "panic:draw:60"));
        live.wait_for_text("老船工");
        // It may have been left in the text.
        live.send("\x1b1ggj");
        live.wait_for_text("文章 2/3");
        let until = Instant::now() + PATIENCE;
        while !live.has_ended() {
            assert!(Instant::now() < until, "{}", live.report("the end"));
            live.send("\x1b2jk");
            run.pass_time(Duration::from_millis(20));
        }
        says_what_happened(&live, run, count + 1);
        run.ends(live, 101);
    }
    let mut live = run.start(run.zhaidu([archive.path()]));
    live.wait_for_text("3 篇");
    for (keys, is_left_out) in [("\x1b1gg\r", false), ("\x1b1j\r", true), ("\x1b1j\r", false)] {
        live.send(keys);
        live.wait_for("the article, or why it is left out", |screen| {
            has(screen, ">正文")
                && has(screen, "界面两次因这一篇出错") == is_left_out
                && has(screen, "老船工") != is_left_out
        });
    }
    run.leaves(live);
}

/// The message on the screen of the shell, and the report that it names.
fn says_what_happened(live: &Live, run: &Run, count: usize) {
    let report = wait_for_report(run, count);
    assert!(report.contains("main"), "{report}");
    // The keys that were typed meanwhile stand between, but in no line.
    let written = String::from_utf8_lossy(live.raw()).into_owned();
    for part in ["zhaidu: main:", ASKED, "zhaidu/reports"] {
        assert!(written.contains(part), "I6: {}", live.report(part));
    }
}
