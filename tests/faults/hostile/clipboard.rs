//! What reaches the terminal of a person beside text: its title, its clipboard, its links; and what is pasted.

use std::ffi::OsString;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::{
    harness::{archive::Archive, payloads::payloads},
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F22.
pub(super) const UNASKED: Row = Row {
    id: "F22",
    what: "a text sets the title, the clipboard or a link",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: unasked,
};

/// What the program begins a copy with.
const COPY: &str = "\x1b]52;c;";
/// Longest copy that terminals take, in base64.
const MOST: usize = 74_994;
/// Keys that copy: the article, a reference, keywords, the place, a summary, a sentence, as Markdown, cited, the
/// command line.
const KEYS: [&str; 9] = ["ya", "yg", "yk", "yp", "ys", "yy", "ym", "yc", "yl"];

fn unasked(run: &mut Run) -> Outcome {
    let strings = [
        "\x1b]0;题\x07",
        "\x1b]2;题\x1b\\",
        "\x1b]52;c;eA==\x07",
        "\u{9d}52;c;eA==\u{9c}",
        "\x1b]52;c;?\x07",
        "\x1b]8;;http://x.invalid\x1b\\链\x1b]8;;\x1b\\",
        "\x1b]7;file:///x\x07",
        "\x1b]9;x\x07",
        "\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\",
        "\x1b]1337;SetMark\x07",
        "\x1b[22;0t",
        "\x1b[21t",
    ];
    let body: String = strings.iter().map(|string| line(string)).collect();
    let archive = Archive::new();
    archive.add("1\x1b]52;c;eA==\x07.jsonl", record(&strings.concat(), &body));
    // More than terminals take.
    archive.add("2.txt", format!("长文\n\n{}", body.repeat(MOST / body.len() + 1)));
    let mut live = run.opened(&[OsString::from(archive.path())], 2);
    live.send("\r");
    live.wait_for_text(">正文");
    // There is nothing to take of the analysis before it is there.
    live.wait_for_text("句 ╎ 关键词");
    // Nothing was copied until now, and no more than was asked for from now on.
    assert_eq!(copies(&live), 0);
    for (number, keys) in KEYS.into_iter().enumerate() {
        let copied = copy(&mut live, keys, number + 1);
        assert!(!copied.contains(|c: char| c.is_control() && c != '\n'), "{keys}: {copied:?}");
    }
    live.send("J");
    live.wait_for_text(">正文 2.txt");
    live.wait_for_text("句 ╎ 关键词");
    live.send("ya");
    live.wait_for_text("太长，终端不收");
    assert_eq!(copies(&live), KEYS.len());
    run.leaves(live);
    Outcome::Pass
}

/// An article whose title has this in it; a headline of a page would not be one then.
fn record(trap: &str, body: &str) -> String {
    let title = format!("标题{trap}尾");
    format!("{}\n", json!({"title": title, "author": title, "date": "2023-05-12", "text": body}))
}

fn line(payload: &str) -> String {
    format!("　　老船工{payload}把缆绳收好，江面上的雾还没有散{payload}。\n")
}

/// Copies that the terminal was asked to take.
fn copies(live: &Live) -> usize {
    live.raw().windows(COPY.len()).filter(|bytes| *bytes == COPY.as_bytes()).count()
}

/// Copies by keys, as the copy of this number; what was copied.
fn copy(live: &mut Live, keys: &str, number: usize) -> String {
    live.send(keys);
    live.wait_for_output(keys, |raw| {
        let text = String::from_utf8_lossy(raw);
        text.split(COPY).nth(number).is_some_and(|rest| rest.contains('\x07'))
    });
    let text = String::from_utf8_lossy(live.raw()).into_owned();
    let data = text.split(COPY).nth(number).and_then(|rest| rest.split('\x07').next());
    let data = data.expect("a copy");
    assert!(data.len() <= MOST, "{} bytes", data.len());
    live.allow(format!("{COPY}{data}\x07"));
    live.wait_for_text("已送到终端 (OSC 52)");
    String::from_utf8(STANDARD.decode(data).expect("base64")).expect("UTF-8")
}

/// F28.
pub(super) const PASTED: Row = Row {
    id: "F28",
    what: "what is copied acts where it is pasted",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: pasted,
};

fn pasted(run: &mut Run) -> Outcome {
    let mut traps: Vec<String> = [
        "ls\x1b[201~\rrm -rf ~\r",
        "echo\u{202e}啊",
        "a\x08\x08\x08b",
        "\tcd\t",
        "\x03",
        "\x04",
        "\x15",
        "\u{85}id\u{85}",
        "\u{2028}id\u{2028}",
        "\u{200b}零宽\u{feff}",
        "\x1b[200~x",
    ]
    .map(str::to_owned)
    .into();
    let all = payloads();
    traps
        .extend((0..run.either(10, 20)).map(|_| all[run.below(all.len() as u64) as usize].clone()));
    let archive = Archive::new();
    let body: String = traps.iter().map(|trap| line(trap)).collect();
    archive.add("a.jsonl", record("\x1b[201~\r", &format!("{body}\r\n\n\n")));
    let mut live = run.opened(&[OsString::from(archive.path())], 1);
    live.send("\r");
    live.wait_for_text(">正文");
    // There is nothing to take of the analysis before it is there.
    live.wait_for_text("句 ╎ 关键词");
    for (number, keys) in KEYS.into_iter().enumerate() {
        let copied = copy(&mut live, keys, number + 1);
        let acts = copied.chars().find(|c| *c != '\n' && acts(*c));
        assert_eq!(acts, None, "{keys}: {copied:?}");
        // The last Enter would be that of whoever wrote the text.
        assert!(!copied.ends_with(char::is_whitespace), "{keys}: {copied:?}");
        assert!(
            ["ya", "ys", "ym", "yc"].contains(&keys) || !copied.contains('\n'),
            "{keys}: {copied:?}"
        );
        // Who copies sees how much it was.
        let chars = copied.chars().filter(|c| !c.is_whitespace()).count();
        live.wait_for_text(&format!("{chars} 字，已送到终端"));
    }
    run.leaves(live);
    Outcome::Pass
}

/// Whether a character presses a key in a shell, or makes a line read as what it is not.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
