//! Texts in all encodings, whole, mixed, and cut anywhere.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use flate2::{Compression, write::GzEncoder};

use super::{command, open};
use crate::{
    harness::archive::Archive,
    row::{Outcome, Row},
    run::Run,
};

/// F40.
pub(super) const KINDS: Row = Row {
    id: "F40",
    what: "texts are in any encoding, in several at once, or in none",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: kinds,
};

/// An encoding, and whether a mark of byte order stands before the text.
const KINDS_OF: [(&Encoding, bool); 8] = [
    (UTF_8, false),
    (UTF_8, true),
    (UTF_16LE, true),
    (UTF_16BE, true),
    (UTF_16LE, false),
    (UTF_16BE, false),
    (GB18030, false),
    (BIG5, false),
];

/// What is written, in characters that both Chinese standards have.
const TEXT: &str = "渡口的老船工把船收好，江面上的水天一色。城里的人都到江上看水，老人說水清了，\
    今天的江水和去年不同。市民來到江上，把水管一一安好，人民生活一天比一天好。";

/// What stands for bytes that are no character.
const LOST: &str = "〓";

fn kinds(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    // So short that there is little to tell by, and longer than what is looked at first.
    let lengths = [12, 40, 400, run.either(2_000, 40_000) as usize];
    let mut count = 0;
    for (length, repeats) in lengths.iter().zip([1, 1, 8, 800]) {
        let body: String = TEXT.repeat(repeats).chars().take(*length).collect();
        for (at, (encoding, is_marked)) in KINDS_OF.into_iter().enumerate() {
            let text = format!("第{length}字\n\n　　{body}\n");
            let text = simple(encoding, &text);
            let name = format!("{length:05}-{at}.txt");
            let path = archive.add(name, bytes_of(encoding, is_marked, &text));
            let shown = command(run, &["show"], &path);
            assert_eq!((shown.code, shown.err.as_str()), (Some(0), ""), "{shown:?}");
            let (shown, text) = (characters(body_of(&shown.out)), characters(&text));
            assert_eq!(shown, text, "{} with {length} characters", encoding.name());
            count += 1;
        }
    }
    run.count("texts", count as u64);
    let mut live = open(run, &[], archive.path(), count);
    live.send("gg\r");
    for number in 1..=KINDS_OF.len() {
        live.wait_for_text("渡口的老船工");
        live.send("\x1b1");
        live.wait_for_text(&format!("{number}/{count}"));
        live.send("j\r");
    }
    live.send("\x1b1");
    run.mark(&mut live);
    run.leaves(live);

    mixed(run);
    named(run);
    Outcome::Pass
}

/// The text, as far as an encoding has its characters.
fn simple(encoding: &'static Encoding, text: &str) -> String {
    let has = |c: &char| !encoding.encode(c.encode_utf8(&mut [0; 4])).2;
    text.chars().filter(|c| encoding.output_encoding() != encoding || has(c)).collect()
}

/// A text in an encoding; the standard library of the web writes no UTF-16.
fn bytes_of(encoding: &'static Encoding, is_marked: bool, text: &str) -> Vec<u8> {
    let mark = if is_marked { "\u{FEFF}" } else { "" };
    let text = format!("{mark}{text}");
    match encoding {
        _ if encoding == UTF_16LE => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ if encoding == UTF_16BE => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => encoding.encode(&text).0.into_owned(),
    }
}

/// What `show` prints of a text, without the line that says where it is.
fn body_of(shown: &str) -> &str {
    shown.split_once('\n').map_or("", |(_, body)| body)
}

/// What is left of a text however it is set.
fn characters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A text that goes on in another encoding, and single bytes that belong to none: all else is there.
fn mixed(run: &mut Run) {
    let archive = Archive::new();
    let (utf8, gb) = (TEXT.as_bytes(), GB18030.encode(TEXT).0);
    let both = [utf8, b"\n\n", &gb, b"\n\n", utf8].concat();
    let path = archive.add("mixed.txt", both);
    // Some of it can be read, and all of it by asking for the one encoding and then for the other.
    for (label, parts) in [("", 1), ("utf-8", 2), ("gb18030", 1)] {
        let option = format!("--encoding={label}");
        let args = if label.is_empty() { &["show"][..] } else { &["show", &option] };
        let shown = command(run, args, &path);
        assert_eq!(shown.code, Some(0), "{shown:?}");
        let whole = characters(&shown.out).matches(&characters(TEXT)).count();
        assert!(whole >= parts, "{label}: {}", shown.out);
    }

    let bytes = TEXT.as_bytes();
    let is_cut = |at: &usize| TEXT.is_char_boundary(*at);
    for _ in 0..run.either(5, 20) {
        let at = run.below(bytes.len() as u64) as usize;
        let at = (at..=bytes.len()).find(is_cut).expect("the end is one");
        let bad = 0xF8 + run.below(8) as u8;
        let damaged = [&bytes[..at], &[bad], &bytes[at..]].concat();
        let shown = command(run, &["show"], &archive.add("damaged.txt", damaged));
        let expected = [&TEXT[..at], LOST, &TEXT[at..]].concat();
        assert_eq!(characters(body_of(&shown.out)), characters(&expected), "byte {bad:x} at {at}");
    }
    archive.add("damaged.txt", [bytes, b"\xff"].concat());
    let mut live = open(run, &[], archive.path(), 2);
    live.send("\r");
    live.wait_for_text("渡口的老船工");
    live.send("G");
    live.wait_for_text("100%");
    live.send("\x1b1");
    run.leaves(live);
}

/// Whoever knows better says so, and is not overruled; what cannot be is no reason to fail.
fn named(run: &mut Run) {
    let archive = Archive::new();
    for (encoding, label) in [
        (GB18030, "gbk"),
        (BIG5, "big5"),
        (SHIFT_JIS, "shift_jis"),
        (EUC_JP, "euc-jp"),
        (UTF_16LE, "utf-16le"),
        (EUC_KR, "euc-kr"),
    ] {
        let text = simple(encoding, TEXT);
        let path = archive.add("a.txt", bytes_of(encoding, false, &text));
        let shown = command(run, &["show", "--encoding", label], &path);
        assert_eq!(characters(body_of(&shown.out)), characters(&text), "{label}: {}", shown.err);
        let other = command(run, &["show", "--encoding", "windows-1252"], &path);
        assert_eq!(other.code, Some(0), "{label}: {other:?}");
    }
}

/// F41.
pub(super) const EDGES: Row = Row {
    id: "F41",
    what: "characters lie across the edges of blocks, pieces and pipes",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: edges,
};

/// Blocks that files and pipes are read in, with some room around their edges.
const BLOCK: usize = 64 * 1024;

fn edges(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    for (at, (encoding, is_marked)) in KINDS_OF.into_iter().enumerate() {
        // A character has four bytes at most, so one of these shifts cuts it anywhere.
        for shift in 0..4 {
            if !run.has_turn() {
                continue;
            }
            let text = simple(encoding, &TEXT.repeat(BLOCK / 100));
            let text = format!("{}{text}", "a".repeat(shift));
            let bytes = bytes_of(encoding, is_marked, &text);
            let expected = characters(&text);
            let path = archive.add(format!("{at}-{shift}.txt"), &bytes);
            let name = encoding.name();

            let shown = command(run, &["show"], &path);
            assert!(characters(body_of(&shown.out)) == expected, "{name} {shift}: a file");
            let pieces = pieces(run, &bytes);
            let shown = piped(run, pieces);
            assert!(characters(body_of(&shown)) == expected, "{name} {shift}: a pipe");
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&bytes).expect("memory");
            let path = archive.add("a.gz", packed.finish().expect("memory"));
            let shown = command(run, &["show"], &path);
            assert!(characters(body_of(&shown.out)) == expected, "{name} {shift}: packed");
            fs::remove_file(path).expect("a file");
            run.count("texts", 3);
        }
    }
    let mut live = run.start(run.zhaidu([Path::new(archive.path())]));
    live.wait_for_text("渡口的老船工");
    live.send("\r");
    live.wait_for_text(" 0%");
    live.send("G");
    live.wait_for_text("100%");
    live.send("\x1b1");
    run.leaves(live);
    Outcome::Pass
}

/// Bytes, cut at random, with many short pieces.
fn pieces(run: &mut Run, bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = bytes;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let most = if run.below(4) == 0 { 3 } else { 20_000 };
        let length = (1 + run.below(most) as usize).min(rest.len());
        let (piece, after) = rest.split_at(length);
        pieces.push(piece.to_vec());
        rest = after;
    }
    pieces
}

/// What is shown of a text that comes in pieces.
fn piped(run: &Run, pieces: Vec<Vec<u8>>) -> String {
    let mut command: Command = run.command(["show", "-"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = thread::spawn(move || {
        pieces.iter().try_for_each(|piece| stdin.write_all(piece).and_then(|()| stdin.flush()))
    });
    let output = child.wait_with_output().expect("its output");
    writer.join().expect("a writer").expect("all is taken");
    String::from_utf8(output.stdout).expect("UTF-8")
}
