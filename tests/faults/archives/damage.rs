//! Archive files that are cut off, damaged, encrypted, or a part of several.

use std::{collections::BTreeMap, io::Write};

use super::{listed, said};
use crate::{
    harness::{
        archive::{Archive, article},
        screen::has,
    },
    packs::{Member, Raw, gzip, sevenz, tar, zip, zip_of},
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F51.
pub(super) const DAMAGE: Row = Row {
    id: "F51",
    what: "archive files cut off anywhere, with bits flipped, encrypted, in several parts",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: damage,
};

/// Members of an archive.
const MEMBERS: usize = 12;
/// Bytes by which the kind of a file is known.
const MARK: u64 = 512;
/// Places at which an archive is cut off.
const CUTS: u64 = 200;

fn damage(run: &mut Run) -> Outcome {
    let texts: BTreeMap<String, String> =
        (0..MEMBERS).map(|number| (format!("{number:02}.txt"), long(number))).collect();
    let members: Vec<Member> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let whole = [
        ("a.zip", zip(&members)),
        ("a.tar", tar(&members)),
        ("a.tgz", gzip("a.tar", &tar(&members))),
        ("a.tar.zst", zstd(&tar(&members))),
        ("a.7z", sevenz(&members)),
        ("a.txt.gz", gzip("a.txt", long(0).as_bytes())),
    ];
    let archive = Archive::new();
    let mut count = 0;
    for (name, bytes) in &whole {
        for number in 0..run.either(12, 20) {
            let mut damaged = bytes.clone();
            let length = bytes.len() as u64;
            if number % 2 == 0 {
                // With less than its mark it is no archive any more, but a short text.
                let end = run.below(CUTS) * length / CUTS;
                damaged.truncate(end.max(MARK) as usize);
                run.count("cuts", 1);
            } else {
                damaged[run.below(length) as usize] ^= 1 << run.below(8);
                run.count("flips", 1);
            }
            archive.add(format!("{number:02}{name}"), damaged);
            count += 1;
        }
    }
    archive.add("encrypted.zip", encrypted());
    archive.add("part.zip", part());
    archive.add("z.txt", article("损坏之后的消息"));
    let (printed, code) =
        run.json(&words(&["export", "--to", "json"], [archive.path().as_os_str()]));
    assert!(matches!(code, Some(0 | 2)), "{code:?}");
    let (list, _) = run.json(&words(&["list", "--json"], [archive.path().as_os_str()]));
    let problems: Vec<&str> =
        listed(&list, "problems").iter().map(|told| said(told, "path")).collect();
    for article in listed(&printed, "articles") {
        is_what_it_was(article, &texts, &problems);
        run.count("texts", 1);
    }
    let told = listed(&list, "problems").iter().map(|told| said(told, "message"));
    assert_eq!(told.filter(|message| message.contains("it is encrypted")).count(), 1);
    // Each damaged file has either all of its texts, or is told of.
    assert!(problems.len() > count / 3, "{} problems of {count} files", problems.len());

    let articles = listed(&list, "articles").len();
    let mut live = run.start(run.zhaidu([archive.path()]).size(160, 45));
    // The list has more rows than that: the files of which nothing could be read.
    live.wait_for("the whole archive", |screen| {
        has(screen, &format!("{articles} 篇")) && !has(screen, "读取 ")
    });
    live.send("!");
    live.wait_for_text("已损坏");
    live.send("qG");
    live.wait_for_text("损坏之后的消息");
    live.send("\r");
    live.wait_for_text(">正文 z.txt");
    run.mark(&mut live);
    live.send("\x1b1");
    run.leaves(live);
    Outcome::Pass
}

/// A text without a problem is that of the member whose name it has.
fn is_what_it_was(
    article: &serde_json::Value,
    texts: &BTreeMap<String, String>,
    problems: &[&str],
) {
    let path = said(article, "path");
    let archive = path.rsplit_once('/').map_or(path, |(archive, _)| archive);
    if problems.iter().any(|place| *place == path || *place == archive) || path.ends_with("/z.txt")
    {
        return;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let text: String = listed(article, "parts").iter().map(|part| said(part, "text")).collect();
    let same = |text: &str, other: &str| {
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
        let (one, other) = (letters(text), letters(other));
        // Tar has no sums of what is in it: a bit there is another character, or some that are none, and a line
        // that begins otherwise may stand elsewhere. The texts of two members differ in every line.
        one == other || (archive.ends_with("a.tar") && apart(&one, &other) <= 8)
    };
    match texts.get(name) {
        Some(known) => assert!(same(&text, known), "{path} has another text: {text}"),
        // Names in zip have no sum either.
        None => assert!(texts.values().any(|known| same(&text, known)), "{path}: {text}"),
    }
}

/// How many letters only one of two texts has, whatever their order.
fn apart(one: &[char], other: &[char]) -> usize {
    let mut counts: BTreeMap<char, isize> = BTreeMap::new();
    for letter in one {
        *counts.entry(*letter).or_default() += 1;
    }
    for letter in other {
        *counts.entry(*letter).or_default() -= 1;
    }
    counts.values().map(|count| count.unsigned_abs()).sum()
}

/// A text that is not packed to nothing.
fn long(number: usize) -> String {
    let words = ["江水", "旧管子", "渡口", "居民", "颜色", "学生", "雾"];
    let line = |line: usize| {
        let some: String =
            (0..9).map(|at| words[(line * 7 + at * at * (number + 3)) % 7]).collect();
        format!("　　{number}之{line}：{some}。")
    };
    let lines: Vec<String> = (0..40).map(line).collect();
    article(&format!("第{number}号消息"))
        + &lines.join(
            "
",
        )
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zstd::Encoder::new(Vec::new(), 3).expect("memory");
    writer.include_checksum(true).expect("a sum");
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

/// A zip archive with a member that wants a password.
fn encrypted() -> Vec<u8> {
    let secret = Raw { flags: 1, ..Raw::stored(b"secret.txt", &[7; 40]) };
    zip_of(&[secret], 1)
}

/// The last of three files that a zip archive was written to.
fn part() -> Vec<u8> {
    let text = article("分卷里的消息");
    let mut bytes = zip_of(&[Raw::stored(b"a.txt", text.as_bytes())], 1);
    let end = bytes.len() - 22;
    bytes[end + 4] = 2;
    bytes[end + 6] = 0;
    bytes
}
