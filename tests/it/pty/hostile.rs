//! Nothing from a text reaches the terminal as a control sequence.

use std::{ffi::OsString, fmt::Write, ops::ControlFlow, path::Path};

use zhaidu::library::{Found, Input, Library, Settings};

use super::{archive::Archive, picture::has, session::Launch};

/// What texts have been given to attack terminals: titles, clipboard, screen modes, questions
/// that the terminal answers, 8-bit forms, other character sets, marks of direction, tags.
const PAYLOADS: [&str; 22] = [
    "\x1b]0;PWNED\x07",
    "\x1b]52;c;UFdORUQ=\x07",
    "\x1b]8;;http://x.invalid\x1b\\",
    "\x1b[31m\x1b[2J\x1b[H",
    "\x1b[?1049l\x1b[?25h",
    "\x1bP$q\"p\x1b\\",
    "\x1b[6n\x1b[c",
    "\x1bc",
    "\x1b(0",
    "\x1b%@",
    "\x1b_PWNED\x1b\\",
    "\u{9b}31m",
    "\u{9d}0;PWNED\u{9c}",
    "\u{90}PWNED\u{9c}",
    "\u{202e}\u{2066}\u{200f}\u{61c}",
    "\u{2028}\u{2029}\u{85}",
    "\u{feff}\u{2060}\u{fff9}",
    "\u{e0050}\u{e007f}",
    "\x07\x08\x0b\x0c\x0e\x0f",
    "\r\x1b[A\x1b[2K",
    "\x7f\x1a\x04",
    "\x1b",
];

/// Every payload in a file name, a headline, a byline, the text, a record, and what is no record.
fn hostile_archive() -> Archive {
    let archive = Archive::new();
    let mut records = String::new();
    for (number, payload) in PAYLOADS.into_iter().enumerate() {
        let text = format!(
            "标题{number}{payload}标题尾\n\n本报记者 沈{payload}舟\n\n　　老船工{payload}把缆绳收好，\
             江面上的雾{payload}还没有散。他说要先看岸上的管子{payload}。去年冬天，居民把旧管子挖出来，\
             又把新管子{payload}接上。渡口的人一天比一天多，江水的颜色一天比一天浅。\n"
        );
        let name = payload.replace('/', "");
        archive.add(format!("{number:02}{name}名.txt"), &text);
        let record = serde_json::json!({
            "title": format!("记录{number}{payload}尾"), "author": payload, "content": text,
        });
        let line = writeln!(records, "{record}\n{{\"{payload}\n{{\"other\": \"{payload}\"}}");
        line.expect("a string takes everything");
    }
    archive.add("记录\x1b]0;PWNED\x07.jsonl", records);
    archive
}

/// How many articles the archive has; what passes for binary is none.
fn count(archive: &Archive) -> usize {
    let input = Input::Paths(vec![archive.path().to_path_buf()]);
    let library = Library::new(input, Settings::default());
    let mut count = 0;
    let _ = library.walk(&mut |found| {
        let Found::Entry(entry) = found else { return ControlFlow::Continue(()) };
        library.read(&entry, &mut |document| {
            count += document.map_or(0, |document| document.page.articles.len());
            ControlFlow::Continue(())
        })
    });
    count
}

fn missing(archive: &Archive) -> OsString {
    archive.path().join("没有\x1b]0;PWNED\x07\u{202e}的").into_os_string()
}

#[test]
fn the_interface_lets_no_sequence_through() {
    let archive = hostile_archive();
    let keymap = "[global]\n\"\x1b]0;PWNED\x07\" = \"quit\"\n\"x\" = \"qu\x1b]0;PWNED\x07it\"\n\
                  \"\u{202e}j\" = \"\u{9b}31m\"\n\"y\" = \"no\\u001b]0;PWNED\\u0007such\"\n";
    let paths = [archive.path().as_os_str().to_owned(), missing(&archive)];
    let launch = Launch::zhaidu(paths).size(160, 45).keymap(keymap.as_bytes());
    let mut session = launch.start();
    let count = count(&archive);
    assert!(count > PAYLOADS.len() * 3 / 2, "most of it passes for text: {count}");
    session.wait_for("the whole archive", |screen| {
        has(screen, &format!("1/{count}")) && !has(screen, "读取")
    });
    session.wait_for_text("标题0");
    session.send("\r");
    for number in 1..count {
        session.send("\x06J");
        session.wait_for_text(&format!("{}/{count}", number + 1));
        session.wait_for("its text", |screen| has(screen, "船工"));
    }
    session.wait_for_text(&format!("记录{}", PAYLOADS.len() - 1));
    session.send("34!");
    session.wait_for_text("keymap.toml");
    session.send("G");
    session.wait_for_text("没有这个文件或文件夹");
    session.send("qq");
    session.expect_exit(0);
}

/// Runs a command in a terminal; what it wrote is checked there, and must hold `expected`.
fn run(args: &[OsString], keymap: &str, code: u32, expected: &str) {
    let mut session = Launch::zhaidu(args).size(160, 60).keymap(keymap.as_bytes()).start();
    session.expect_exit(code);
    let written = String::from_utf8_lossy(session.raw()).into_owned();
    assert!(written.contains(expected), "{args:?}: {expected} is missing in\n{written}");
}

fn args(words: &[&str], path: &Path) -> Vec<OsString> {
    let words = words.iter().map(OsString::from);
    words.chain([path.as_os_str().to_owned()]).collect()
}

#[test]
fn no_command_lets_a_sequence_through() {
    let archive = hostile_archive();
    let commands: [&[&str]; 7] = [
        &["list"],
        &["show"],
        &["summary"],
        &["keywords"],
        &["list", "--json"],
        &["summary", "--json"],
        &["keywords", "--json"],
    ];
    for command in commands {
        // Half of the records are none, which is an error.
        run(&args(command, archive.path()), "", 2, "标题");
    }
}

#[test]
fn no_message_lets_a_sequence_through() {
    let archive = Archive::new();
    let missing = missing(&archive);
    let evil = OsString::from("\x1b]0;PWNED\x07\u{9b}31m\u{202e}坏");
    let word = |word: &str| OsString::from(word);
    run(&[word("list"), missing.clone()], "", 2, "没有这个文件或文件夹");
    run(&[missing], "", 2, "没有这个文件或文件夹");
    let wrong: [(&[OsString], &str); 4] = [
        (&[word("--encoding"), evil.clone(), word("x")], "坏"),
        (&[word("list"), word("--split"), evil.clone()], "坏"),
        (&[word("completions"), evil.clone()], "坏"),
        (&[word("summary"), word("-n"), evil.clone()], "坏"),
    ];
    for (args, expected) in wrong {
        run(args, "", 2, expected);
    }
    let mut option = word("--");
    option.push(&evil);
    run(&[option], "", 2, "坏");
}
