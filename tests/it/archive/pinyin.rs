//! Letters that are the pinyin of what is in a large archive.

use super::{Archive, FERRY, set};

/// A page of so many lines in which no word stands that is looked for.
fn accounts(number: usize, lines: usize) -> String {
    let many = "天干地支子丑寅卯辰巳午未申酉戌亥春夏秋冬梅兰竹菊琴棋书画笔墨纸砚";
    let chars: Vec<char> = many.chars().collect();
    let line = |line: usize| {
        let (a, b) =
            (chars[(number + line) % chars.len()], chars[(number * 7 + line) % chars.len()]);
        format!("{a}{b}坊的账本记着{a}{b}坊的工钱，{a}{b}坊每年冬天结账。\n")
    };
    let lines: Vec<String> = (0..lines).map(line).collect();
    format!("第{number}本账\n\n{}", lines.join("\n"))
}

#[test]
fn letters_find_in_every_text_of_a_large_archive_what_is_a_keyword_of_one() {
    let mut files: Vec<(String, String)> =
        (0..560).map(|number| (format!("{number}.txt"), accounts(number, 40))).collect();
    // So long that 渡口, which stands there once, is none of its keywords.
    let passing = format!("{}\n最后一页写着渡口两个字。\n", accounts(1, 32));
    files.extend([("a.txt".into(), FERRY.into()), ("passing.txt".into(), passing)]);
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let archive = Archive::new(&files);
    archive.run();
    let cases: [(&str, &[&str]); 7] = [
        ("kw:渡口", &["a.txt"]),
        ("dukou", &["a.txt", "passing.txt"]),
        ("dukou -守灯的人", &["passing.txt"]),
        ("kw:dukou", &["a.txt"]),
        // Two letters are the initials of something in every text.
        ("dk", &["a.txt"]),
        ("vr", &[]),
        // Of one text only, and no keyword of it.
        ("lianggezi", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(archive.search(query), set(expected), "{query}");
    }
}
