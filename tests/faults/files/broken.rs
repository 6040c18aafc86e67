//! Files that are no text, records that are broken, and marks in marks without end.

use std::fs;

use super::{command, open};
use crate::{
    ends::names,
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    row::{Outcome, Row},
    run::Run,
};

/// F42.
pub(super) const BINARY: Row = Row {
    id: "F42",
    what: "a text is a program, a picture, or anything",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: binary,
};

fn binary(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(2);
    let program = fs::read("/bin/ls").unwrap_or_else(|_| b"\x7fELF\0\0".repeat(1_000));
    let whole = archive.add("ls.txt", &program);
    // What is found in a folder is counted, what was named is told of.
    let mut live = open(run, &[], archive.path(), 2);
    live.wait_for_text("跳过 1");
    run.mark(&mut live);
    run.leaves(live);
    let told = command(run, &["list"], &whole);
    assert_eq!(told.code, Some(2), "{told:?}");
    names(&told.err, "ls.txt", "it holds binary data", "convert it");
    let mut live = run.start(run.zhaidu([&whole]));
    live.wait_for_text("不是文本");
    live.send("\r");
    live.wait_for_text("不是文本");
    live.send("\x1b1");
    run.leaves(live);

    // Whatever bytes there are: what is taken for a text is shown harmlessly, with all that is around it.
    let files = run.either(20, 40);
    for number in 0..files {
        let bytes = anything(run, number);
        archive.add(format!("r{number:02}.txt"), bytes);
    }
    archive.add("z.txt", article("最后的消息"));
    run.count("files", files);
    let told = command(run, &["list"], archive.path());
    assert!(matches!(told.code, Some(0)), "{told:?}");
    assert!(told.out.contains("第1号消息") && told.out.contains("最后的消息"), "{told:?}");
    let rows = told.out.lines().count();
    for option in ["--no-cache", "--follow"] {
        let mut live = open(run, &[option], archive.path(), rows);
        live.send("\r");
        for _ in 0..rows.min(30) {
            live.send("J");
        }
        live.send("\x1b1G\r");
        live.wait_for_text("老船工");
        live.send("\x1b1");
        run.leaves(live);
    }
    Outcome::Pass
}

/// Bytes of one kind or another.
fn anything(run: &mut Run, number: u64) -> Vec<u8> {
    let length = 1 + run.below(20_000) as usize;
    let mut bytes: Vec<u8> = Vec::with_capacity(length);
    while bytes.len() < length {
        match number % 5 {
            // Anything at all.
            0 => bytes.push(run.below(256) as u8),
            // No NUL, which would give it away.
            1 => bytes.push(1 + run.below(255) as u8),
            // Texts with a byte of another kind now and then.
            2 => {
                bytes.extend("江水清了，".bytes());
                bytes.push(run.below(256) as u8);
            }
            // What terminals act on.
            3 => {
                let acts = ["\x1b[2J", "\x1b]52;c;eA==\x07", "\u{9b}31m", "\x1bP", "\r", "\x08"];
                bytes.extend(acts[run.below(6) as usize].bytes());
                bytes.extend("江水清了，居民走到江边散步，孩子们在岸上放风筝。".bytes());
            }
            // What is two thirds of a character.
            _ => bytes.extend(&"江".as_bytes()[..2]),
        }
    }
    bytes
}

/// F43.
pub(super) const LINES: Row = Row {
    id: "F43",
    what: "records are broken: bytes, quotes, numbers, depth, length",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: lines,
};

/// Lines from which no article can be had. None of them is blank.
fn bad_lines() -> Vec<Vec<u8>> {
    let texts = [
        "{",
        "}",
        "[",
        "]",
        "{]",
        "[}",
        "nonsense",
        "null",
        "true",
        "1",
        "1e999",
        "NaN",
        "Infinity",
        "\"text\"",
        "[1,2]",
        "[{\"text\":\"甲\"}]",
        "{}",
        "{\"title\":\"甲\"}",
        "{\"text\":}",
        "{\"text\"}",
        "{\"text\":\"甲\"",
        "{\"text\":\"甲\"}}",
        "{\"text\":\"甲\"},",
        "{\"text\":\"甲\"} {\"text\":\"乙\"}",
        "{text:\"甲\"}",
        "{'text':'甲'}",
        "{\"text\":'甲'}",
        "{\"text\":NaN}",
        "{\"text\":1e999}",
        "{\"text\":7e999}",
        "{\"text\":-}",
        "{\"text\":01}",
        "{\"text\":+1}",
        "{\"text\":0x1}",
        "{\"text\":.5}",
        "{\"text\":null}",
        "{\"text\":{}}",
        "{\"text\":[]}",
        "{\"text\":\"\"}",
        "{\"text\":\" \"}",
        "{\"text\":\"\\ud83d\"}",
        "{\"text\":\"\\ude00\\ud83d\"}",
        "{\"text\":\"\\u12\"}",
        "{\"text\":\"\\x41\"}",
        "{\"text\":\"a\u{1}b\"}",
        "{\"text\":\"a\tb\"}",
        "{\"text\":\"\u{0}\"}",
        "{\"text\":\"甲\",}",
        "{,\"text\":\"甲\"}",
        "{\"text\" \"甲\"}",
        "{\"text\":\"甲\" \"乙\"}",
        "// {\"text\":\"甲\"}",
        "{/* */\"text\":\"甲\"}",
        "\u{feff}\u{feff}{\"text\":\"甲\"}",
        "\u{1b}[2J",
        "id,text",
        "<text>甲</text>",
        "---",
    ];
    let mut lines: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    lines.push("[".repeat(200_000).into());
    lines.push("{\"text\":".repeat(200_000).into());
    lines.push("{\"a\":".repeat(200).into());
    lines.push(vec![0; 1_000]);
    lines.push(vec![0xFF; 1_000]);
    lines
}

/// Lines from which an article can be had all the same, with the words that it is known by.
const REPAIRED: [(&[u8], &str); 6] = [
    (b"\xef\xbb\xbf{\"text\":\"\xe7\x94\xb2\xe4\xb8\x80\"}", "甲一"),
    (b"{\"text\":\"\xe7\x94\xb2\xe4\xba\x8c\xe6\xb1\x9f\xff\xe6\xb0\xb4\"}", "甲二江〓水"),
    (b"{\"text\":\"\xe4\xb8\x99\",\"text\":\"\xe7\x94\xb2\xe4\xb8\x89\"}", "甲三"),
    (b"  {\"text\" : \"\xe7\x94\xb2\xe5\x9b\x9b\" , \"n\":1e-400000000000 }  \r", "甲四"),
    (b"{\"text\":\"\xe7\x94\xb2\xe4\xba\x94\\u0000\\u001b\"}", "甲五"),
    (b"{\"text\":\"\xe7\x94\xb2\xe5\x85\xad\\ud83d\\ude00\"}", "甲六"),
];

fn lines(run: &mut Run) -> Outcome {
    let bad = bad_lines();
    let good = |number: usize| format!("{{\"text\":\"第{number}条好消息，江水清了。\"}}\n");
    let mut file = Vec::new();
    for (number, line) in bad.iter().enumerate() {
        file.extend(line);
        file.push(b'\n');
        file.extend(good(number).bytes());
    }
    let archive = Archive::new();
    let path = archive.add("bad.jsonl", &file);
    let told = command(run, &["list"], &path);
    assert_eq!(told.code, Some(2), "{told:?}");
    let found: Vec<&str> = told.out.lines().filter_map(|line| line.split('\t').nth(5)).collect();
    let expected: Vec<String> =
        (0..bad.len()).map(|number| format!("第{number}条好消息")).collect();
    assert_eq!(found.len(), expected.len(), "{:?}", told.out);
    assert!(
        found.iter().zip(&expected).all(|(found, expected)| found.contains(expected.as_str())),
        "{found:?}"
    );
    let problems: Vec<&str> = told.err.lines().collect();
    assert_eq!(problems.len(), bad.len(), "{}", told.err);
    for (at, problem) in problems.iter().enumerate() {
        names(problem, &format!("bad.jsonl:{}:", 2 * at + 1), "(", ";");
    }
    run.count("bad lines", bad.len() as u64);

    let mut live = open(run, &["--no-cache"], &path, bad.len());
    live.wait_for_text(&format!("! {} 个问题", bad.len()));
    live.send("!");
    live.wait_for_text("bad.jsonl:1:");
    live.send("q");
    live.send("G\r");
    live.wait_for_text("条好消息");
    live.send("\x1b1");
    run.mark(&mut live);
    run.leaves(live);
    // Through the index of a folder too.
    let mut live = open(run, &[], archive.path(), bad.len());
    live.wait_for_text(&format!("! {} 个问题", bad.len()));
    run.leaves(live);

    let repaired = REPAIRED.iter().flat_map(|(line, _)| line.iter().chain(b"\n")).copied();
    let path = archive.add("mended.jsonl", repaired.collect::<Vec<u8>>());
    let told = command(run, &["list"], &path);
    for (line, words) in REPAIRED {
        let line = String::from_utf8_lossy(line).into_owned();
        assert!(told.out.contains(words), "{line}: {told:?}");
    }
    long_line(run, &archive);
    Outcome::Pass
}

/// A line that is longer than any record is passed over, and costs no memory.
fn long_line(run: &mut Run, archive: &Archive) {
    if !run.is_long || run.number > 0 {
        return;
    }
    let path = archive.add("long.jsonl", "{\"text\":\"第1条好消息\"}\n{\"text\":\"");
    let mut file = fs::OpenOptions::new().append(true).open(&path).expect("a file");
    let block = "江水清了。".repeat(1 << 16);
    for _ in 0..300 {
        std::io::Write::write_all(&mut file, block.as_bytes()).expect("room");
    }
    std::io::Write::write_all(&mut file, "\"}\n{\"text\":\"第2条好消息\"}\n".as_bytes())
        .expect("room");
    let mut live = open(run, &["--no-cache"], &path, 2);
    live.wait_for_text("! 1 个问题");
    live.send("!");
    live.wait_for("which line, and why", |screen| {
        has(screen, "long.jsonl:2:") && has(screen, "太大")
    });
    live.send("q");
    run.leaves(live);
}

/// F44.
pub(super) const NESTED: Row = Row {
    id: "F44",
    what: "marks stand in marks a million deep",
    needs: &[],
    cap_mib: 250,
    alone: false,
    in_ci: true,
    play: nested,
};

/// A mark that opens and is never closed, the file in which it does, and how deep.
const MARKS: [(&str, &str, usize); 14] = [
    ("a.html", "<div>", 1_000_000),
    ("b.html", "<blockquote><ul><li><table><tr><td>", 100_000),
    ("c.html", "<b><i>", 500_000),
    ("d.html", "<svg><math>", 300_000),
    ("e.html", "<p title=\"", 300_000),
    ("f.html", "<!--", 300_000),
    ("g.html", "</div>", 300_000),
    ("h.md", ">", 1_000_000),
    ("i.md", "[", 1_000_000),
    ("j.md", "*_", 300_000),
    ("k.md", "* ", 300_000),
    ("l.md", "![](", 200_000),
    ("m.md", "`a", 200_000),
    ("n.md", "<div>\n\n", 200_000),
];
/// The same in what is read by other readers.
const INSIDE: [(&str, &str, &str, usize); 4] = [
    ("o.xml", "<rss><channel><item><title>题</title><description>", "&lt;div&gt;", 200_000),
    ("p.xml", "<rss><channel><item>", "<a>", 300_000),
    ("q.json", "", "[", 1_000_000),
    ("r.json", "", "{\"text\":", 300_000),
];

fn nested(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    archive.add("0.txt", article("平常的消息"));
    let body = "江水清了，居民走到江边散步。";
    // All of their depth in the first long play only.
    let part = if run.is_long && run.number == 0 { 1 } else { 5 };
    for (name, mark, depth) in MARKS {
        if !run.has_turn() {
            continue;
        }
        let path = archive.add(name, format!("{}{body}", mark.repeat(depth / part)));
        let told = command(run, &["show"], &path);
        assert!(matches!(told.code, Some(0..=2)), "{name}: {:?} {}", told.code, told.err);
        // What a mark hides is not shown; what stands in one that is never closed is.
        let hidden = ["d.html", "e.html", "f.html"].contains(&name);
        assert!(hidden || told.out.contains("江水清了"), "{name}: {:?} {}", told.code, told.err);
    }
    for (name, before, mark, depth) in INSIDE {
        if !run.has_turn() {
            continue;
        }
        let path = archive.add(name, format!("{before}{}{body}", mark.repeat(depth / part)));
        let told = command(run, &["show"], &path);
        assert!(matches!(told.code, Some(0..=2)), "{name}: {:?} {}", told.code, told.err);
    }
    let count = fs::read_dir(archive.path()).expect("a folder").count();
    run.count("files", count as u64);
    let sources = format!(" {count} 个来源");
    for option in ["--no-cache", "--follow"] {
        let mut live = run.start(run.zhaidu([option.as_ref(), archive.path().as_os_str()]));
        live.wait_for("all of them are read", |screen| {
            has(screen, &sources) && !has(screen, "读取 ")
        });
        live.send("gg\r");
        live.wait_for_text("老船工");
        for _ in 0..count {
            live.send("J");
        }
        live.send("\x1b1gg\r");
        live.wait_for_text("老船工");
        live.send("\x1b1");
        run.leaves(live);
    }
    Outcome::Pass
}
