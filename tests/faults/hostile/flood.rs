//! Characters that pile up in one cell.

use std::ffi::OsString;

use crate::{
    harness::{archive::Archive, screen::has},
    printed::words,
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F24.
pub(super) const FLOOD: Row = Row {
    id: "F24",
    what: "a million marks on one letter, chains of joined pictures",
    needs: &[],
    // Two megabytes of marks in a line, each of them told by its number in the end.
    cap_mib: 450,
    alone: false,
    in_ci: true,
    play: flood,
};

/// Most bytes of a frame.
const LARGEST: usize = 64 * 1024;

fn flood(run: &mut Run) -> Outcome {
    let pieces: [(&str, &str); 6] = [
        ("京", "\u{301}"),
        ("京", "\u{300}\u{323}\u{489}"),
        ("👨", "\u{200d}👩\u{200d}👧\u{fe0f}"),
        ("旗", "🇨🇳🇨"),
        ("字", "\u{1100}\u{1161}\u{11a8}"),
        ("东", "\u{e0041}\u{e007f}\u{fe0f}\u{202e}"),
    ];
    for (base, piece) in pieces {
        if !run.has_turn() {
            continue;
        }
        let count = run.either(100_000, 1_000_000) as usize / piece.chars().count();
        let heap = format!("{base}{}冀", piece.repeat(count));
        let archive = Archive::new();
        archive.add("a.txt", format!("开头{heap}\n\n　　本报讯\n　　正文开头{heap}正文结尾。\n"));
        let args = [OsString::from(archive.path())];
        let mut live = run.opened(&args, 1);
        live.wait_for_text("开头");
        live.send("\r");
        live.wait_for_text(">正文");
        // A picture for each key, and some for what was analysed meanwhile.
        for keys in
            ["\x0c", "j", "\x06", "G", "k", "gg", "v", "\x0c", "v", "\x1b3", "w", "\x1b\x1b[I"]
        {
            let before = live.raw().len();
            live.send(keys);
            answers(&mut live);
            let written = live.raw().len() - before;
            // The key, the help, and the help closed.
            assert!(written <= 3 * LARGEST, "{written} bytes for {keys:?} on {piece:?}");
        }
        run.leaves(live);
        let printed = run.printed(&words(&["list"], [archive.path().as_os_str()]), 0);
        assert!(printed.len() <= LARGEST, "{} bytes for a row", printed.len());
    }
    Outcome::Pass
}

/// Waits until a key has been answered.
fn answers(live: &mut Live) {
    live.send("?");
    live.wait_for_text("Esc 关闭");
    live.send("\x1b\x1b[I");
    live.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
}
