//! Texts that are made to be slow to take apart into words.

use std::{ffi::OsString, time::Duration};

use crate::{
    harness::{archive::Archive, screen::has},
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F53.
pub(super) const WORDS: Row = Row {
    id: "F53",
    what: "texts that are slow to take apart into words",
    needs: &[],
    cap_mib: 400,
    alone: true,
    in_ci: true,
    play: slow,
};

/// Times that the longer text is as long as the shorter one.
const LONGER: usize = 4;
/// Times that it may take as long, and what a program takes anyway.
const SLOWER: u32 = 6;
const START: Duration = Duration::from_millis(500);

fn slow(run: &mut Run) -> Outcome {
    let size = run.either(32 << 10, 128 << 10) as usize;
    for (shape, piece) in shapes() {
        if !run.has_turn() {
            continue;
        }
        let archive = Archive::new();
        let text =
            |bytes: usize| format!("长文\n\n　　本报讯{}。\n", piece.repeat(bytes / piece.len()));
        let (short, long) =
            (archive.add("1.txt", text(size)), archive.add("2.txt", text(size * LONGER)));
        let mut times = Vec::new();
        for path in [&short, &long] {
            let args = words(&["summary", "-n", "1"], [path.as_os_str()]);
            let script = r#"exec "$ZHAIDU" "$@" >/dev/null"#;
            let shell = ["sh", "-c", script, "sh"].into_iter().map(OsString::from);
            let mut live = run.start(run.any(shell.chain(args)).env("NO_COLOR", "1"));
            let ended = live.wait_exit();
            run.ends(live, 0);
            times.push(ended.cpu.unwrap_or_default());
        }
        assert!(
            times[1] <= times[0] * SLOWER + START,
            "{shape}: {:?} for {size} bytes, {:?} for {LONGER} times as many",
            times[0],
            times[1]
        );
        run.count("shapes", 1);

        // While it is taken apart, the person reads it.
        let mut live = run.opened(&[OsString::from(archive.path())], 2);
        live.send("G\r");
        live.wait_for_text(">正文 2.txt");
        live.send("\x06?");
        live.wait_for_text("Esc 关闭");
        live.send("\x1b\x1b[I");
        live.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
        live.send("\x1b1");
        run.leaves(live);
    }
    Outcome::Pass
}

/// Texts without an end of a sentence, of which each has a way of its own to be long.
fn shapes() -> [(&'static str, &'static str); 9] {
    [
        ("one character", "不"),
        ("a word in itself", "中华人民共和国中华人民"),
        ("no word at all", "彳亍丄丅丨丶"),
        ("letters", "abcdefghij"),
        ("digits", "0123456789"),
        ("letters and characters", "A中1文"),
        ("signs", "，、；："),
        ("characters beyond the usual ones", "𠀀𠀁𠀂"),
        ("blanks", "　 字"),
    ]
}
