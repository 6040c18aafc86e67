//! Short rows, into which whoever breaks lines by bytes or by characters cannot fit anything.

use std::ffi::{OsStr, OsString};

use crate::{
    harness::{archive::Archive, screen::rows},
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F27.
pub(super) const SHORT: Row = Row {
    id: "F27",
    what: "rows of a cell or two, with characters of two",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: short,
};

/// Of these all texts up to a length are made.
const LETTERS: [&str; 7] = ["a", "你", " ", "“", "。", "x\u{304}", "-"];
/// Their length.
const LENGTH: u32 = 4;

fn short(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    let count = LETTERS.len();
    let mut texts = Vec::new();
    for length in 1..=LENGTH {
        texts.extend((0..count.pow(length)).map(|number| {
            let letter = |at| LETTERS[number / count.pow(at) % count];
            (0..length).map(letter).collect::<String>()
        }));
    }
    run.count("texts", texts.len() as u64);
    for (number, some) in texts.chunks(400).enumerate() {
        // Behind a letter, so that nothing is taken for a headline or a list.
        let body: Vec<String> = some.iter().map(|text| format!("　　b{text}")).collect();
        let body = body.join("\n");
        archive.add(format!("{number}.txt"), format!("短行\n\n　　本报讯\n{body}"));
    }
    let path = archive.path().as_os_str();
    let whole = shown(run, &[], path);
    for width in 2..=7 {
        let set = shown(run, &["--width", &width.to_string()], path);
        assert_eq!(letters(&set), letters(&whole), "{width} columns lose something");
        let widest =
            set.lines().filter(|line| !line.starts_with('[')).max_by_key(|line| cells(line));
        let widest = widest.expect("rows");
        assert!(cells(widest) <= width, "{width} columns: {widest:?}");
    }
    let articles = texts.len().div_ceil(400);
    for _ in 0..run.either(2, 2) {
        let mut live = run.opened(&[OsString::from(archive.path())], articles);
        for _ in 0..run.either(40, 60) {
            // As narrow as panes become, and as screens may be.
            let (columns, height) = (20 + run.below(12) as u16, 5 + run.below(12) as u16);
            live.resize(columns, height);
            live.send(
                ["\r", "\x04", "\x06", "G", "J", "K", "gg", "\x1b1", "z", "\x1b3"]
                    [run.below(10) as usize],
            );
        }
        live.resize(160, 45);
        live.send("\x1b\x1b[I\x1b1gg");
        live.wait_for("the whole picture", |screen| {
            let shown = rows(screen);
            shown[0].contains(&format!("文章 1/{articles}")) && shown[44].contains("个来源")
        });
        run.leaves(live);
    }
    Outcome::Pass
}

/// Cells that a row of these letters takes on any terminal whose ambiguous characters are narrow.
fn cells(row: &str) -> usize {
    let wide = row.chars().filter(|c| matches!(c, '你' | '。')).count();
    row.chars().filter(|c| *c != '\u{304}').count() + wide
}

/// What a command shows of the texts.
fn shown(run: &Run, options: &[&str], path: &OsStr) -> String {
    let args = words(&[&["show"], options].concat(), [path]);
    let output = run.command(args).output().expect("the program starts");
    assert!(output.status.success(), "{options:?}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A text without blanks and what is broken at them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
