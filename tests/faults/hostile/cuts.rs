//! Places inside characters, and texts that are shorter or longer in another form.

use std::ffi::OsString;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::{
    harness::{
        archive::Archive,
        screen::{has, rows},
    },
    printed::words,
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F26.
pub(super) const CUTS: Row = Row {
    id: "F26",
    what: "a text is cut inside a character",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: cuts,
};

/// Words that take more or fewer bytes when they are folded, composed or written small; each can be typed.
const WORDS: [&str; 16] = [
    "İstanbul",
    "Straße",
    "GROẞ",
    "300\u{212a}",
    "\u{212b}ngström",
    "ǅungla",
    "ﬁnale",
    "第Ⅷ卷",
    "㎏㎡",
    "ｶﾞﾊﾟ",
    "𠀀𠀁字",
    "後臺裏麵",
    "e\u{301}\u{323}té",
    "ΌΣΟΣ",
    "각\u{1100}\u{1161}",
    "Å①ﬃ〒",
];
/// Articles.
const ARTICLES: usize = 6;

fn cuts(run: &mut Run) -> Outcome {
    let archive = Archive::new();
    for number in 0..ARTICLES {
        let title = format!("标题{}{}", WORDS[number], WORDS[number + 8]);
        let mut lines = vec![title, String::new(), "　　本报讯".to_owned()];
        lines.extend((0..12).map(|_| {
            let some: String = (0..6).map(|_| WORDS[run.below(16) as usize]).collect();
            format!("　　{some}，江水{}清了{some}。", WORDS[run.below(16) as usize])
        }));
        lines.push(format!("　　{}。\n", WORDS.concat()));
        let text = lines.join("\n");
        archive.add(format!("{number}{}.txt", WORDS[number]), text);
    }
    for word in WORDS {
        if run.has_turn() {
            hits_lie_where_they_are_said_to(run, &archive, word);
        }
    }
    for size in [(160, 45), (21, 6), (80, 24)] {
        let launch = run.zhaidu([archive.path()]).size(size.0, size.1);
        let mut live = run.start(launch);
        live.wait_for_text("6 篇");
        for _ in 0..3 {
            let word = WORDS[run.below(16) as usize];
            if size.0 > 40 {
                searched(&mut live, word);
                typed(&mut live, word, run.below(4) as usize);
            } else {
                typed(&mut live, word, run.below(3) as usize);
            }
        }
        run.leaves(live);
    }
    let mut live = run.opened(&[OsString::from(archive.path())], ARTICLES);
    noted(&mut live, run);
    run.mark(&mut live);
    run.leaves(live);
    Outcome::Pass
}

/// A search finds a word in every article, and says where it is.
fn hits_lie_where_they_are_said_to(run: &mut Run, archive: &Archive, word: &str) {
    let path = [archive.path().as_os_str()];
    let (exported, _) = run.json(&words(&["export", "--to", "json"], path));
    let query = format!("\"{word}\"");
    let (found, code) = run.json(&words(&["search", "--json", &query], path));
    let found = found["articles"].as_array().expect("a list");
    assert!(found.len() == ARTICLES && code == Some(0), "{word}: {} articles", found.len());
    for article in found {
        let same = |other: &&Value| other["path"] == article["path"];
        let whole = exported["articles"].as_array().into_iter().flatten().find(same).expect("it");
        let parts = whole["parts"].as_array().expect("a list").iter();
        let parts: Vec<&str> = parts.filter_map(|part| part["text"].as_str()).collect();
        let text: Vec<char> = parts.join("\n").chars().collect();
        for hit in article["hits"].as_array().expect("a list") {
            let at = |name: &str| hit[name].as_u64().expect("a number") as usize;
            let there: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(hit["text"], there, "{word} in {}", article["path"]);
            run.count("hits", 1);
        }
    }
}

/// Searches for parts of a word, and goes from hit to hit.
fn searched(live: &mut Live, word: &str) {
    let chars: Vec<char> = word.chars().collect();
    for end in 1..=chars.len() {
        let part: String = chars[..end].iter().collect();
        live.send(&format!("/{part}\r"));
        live.wait_for_text(">查找");
        // What was found is counted when it is known, and opened when it is shown. A letter that was typed
        // with its marks apart is put together, and is not found where they are apart.
        live.wait_for("results", |screen| {
            let shown = rows(screen);
            // Further down there are other panes.
            let is_shown = shown[1].starts_with("> ");
            let is_typed = shown.last().is_some_and(|row| row.contains("个来源"));
            is_typed && shown[0].contains("处") && (is_shown || has(screen, "没有找到"))
        });
        if has(live.screen(), "没有找到") {
            live.send("\x1b\x1b[I");
            live.wait_for_text(">文章");
            continue;
        }
        live.send("\r");
        live.wait_for_text(">正文");
        live.send("nnNnss\x15\x04\x1b\x1b[I\x1b\x1b[I\x1b1");
        live.wait_for_text(">文章");
    }
}

/// Types a word and changes it in the middle, in one of the lines that take text.
fn typed(live: &mut Live, word: &str, place: usize) {
    if place == 3 {
        // In a text, when it is there.
        live.send("\r");
        live.wait_for_text(">正文");
        live.wait_for_text(" 句");
    }
    live.send(["/", "f", "F", "/"][place]);
    let sign = ["/", "~", "&", "/"][place];
    live.wait_for("a line to type", |screen| {
        rows(screen).last().is_some_and(|row| row.starts_with(sign))
    });
    live.send(word);
    // To the left, away with one, in with another, a word away, to the ends.
    live.send("\x1b[D\x1b[D\x7f字\x1b[C\x1b[3~\x01İ\x05ﬁ\x02\x02\x7f\x1b[D水\x17\x19\x0b");
    live.send(word);
    live.send("\x15\x1b\x1b[I");
    live.wait_for("no line to type", |screen| {
        rows(screen).last().is_some_and(|row| !row.starts_with(sign))
    });
    live.send("\x1b1");
    live.wait_for_text("6 篇");
}

/// A note is kept as it was typed.
fn noted(live: &mut Live, run: &Run) {
    // What is typed is put together where it can be.
    let note: String = WORDS[..8].concat().nfc().collect();
    live.send(&format!("a{note}\r"));
    live.wait_for_text("已保存");
    live.send("j");
    let kept = run.command(["marks", "export"]).output().expect("the program starts");
    let kept = String::from_utf8(kept.stdout).expect("UTF-8");
    assert!(kept.contains(&note), "{note} is not in {kept}");
}
