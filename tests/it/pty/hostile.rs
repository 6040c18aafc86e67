//! Nothing from a text reaches the terminal as a control sequence.

use std::{ffi::OsString, fmt::Write as _, io::Write as _, ops::ControlFlow, path::Path};

use flate2::{Compression, GzBuilder};
use vt100::Screen;

use ratatui::layout::Size;
use zhaidu::{
    app::msg::Msg,
    lang::Lang,
    library::{Found, Input, Library, Settings},
    listing::ArticleKey,
    tui::backend::RowBackend,
};

use super::{
    archive::Archive,
    grammar::{check, modes_left},
    picture::{has, rows},
    session::Launch,
};

use super::payloads::payloads;
use crate::harness::{Program, Source, reading};

/// Every payload in a file name, a headline, a byline, the text, a record, and what is no record.
fn hostile_archive() -> Archive {
    let archive = Archive::new();
    let mut records = String::new();
    for (number, payload) in payloads().into_iter().enumerate() {
        let text = format!(
            "标题{number}{payload}标题尾\n\n本报记者 沈{payload}舟\n\n　　老船工{payload}把缆绳收好，\
             江面上的雾{payload}还没有散。他说要先看岸上的管子{payload}。去年冬天，居民把旧管子挖出来，\
             又把新管子{payload}接上。渡口的人一天比一天多，江水的颜色一天比一天浅。\n"
        );
        let name = payload.replace('/', "");
        archive.add(format!("{number:03}{name}名.txt"), &text);
        let record = serde_json::json!({
            "title": format!("记录{number}{payload}尾"), "author": payload, "content": text,
        });
        let line = writeln!(records, "{record}\n{{\"{payload}\n{{\"other\": \"{payload}\"}}");
        line.expect("a string takes everything");
    }
    archive.add("记录\x1b]0;PWNED\x07.jsonl", records);
    for (number, payload) in payloads().into_iter().enumerate().step_by(10) {
        archive.add(format!("包{number:03}.txt.gz"), packed(&payload));
    }
    archive
}

/// A gzip file whose member has this name; names there are bytes, ended by 0.
fn packed(name: &str) -> Vec<u8> {
    let name = name.replace('\0', "");
    let mut writer = GzBuilder::new().filename(name).write(Vec::new(), Compression::fast());
    let text = "包里的标题\n\n　　老船工把缆绳收好，江面上的雾还没有散。他说要先看岸上的管子。\n";
    writer.write_all(text.as_bytes()).expect("memory takes everything");
    writer.finish().expect("memory takes everything")
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
    assert!(count > payloads().len() * 3 / 2, "most of it passes for text: {count}");
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
    session.wait_for_text(&format!("记录{}", payloads().len() - 1));
    session.send("\x1b3\x1b4!");
    session.wait_for_text("keymap.toml");
    session.send("G");
    session.wait_for_text("没有这个文件或文件夹");
    // All of it once more, as results of a search.
    session.send("q/船工\r");
    session.wait_for_text(&format!(">查找 1/{count}  船工"));
    for number in 2..40 {
        session.send("j");
        session.wait_for_text(&format!(">查找 {number}/"));
    }
    session.send("\rnnn");
    session.wait_for_text(">正文");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn nothing_pasted_acts() {
    let mut session = Launch::zhaidu(["demo"]).start();
    session.wait_for_text("4 个来源");
    for (number, payload) in payloads().into_iter().enumerate() {
        // Where no line is typed, a paste begins a search.
        for (key, sign) in [(":", ':'), ("", '/')] {
            session.send(key);
            session.wait_for("the line", |screen| {
                row_of_prompt(screen).starts_with(sign) || key.is_empty()
            });
            // A terminal takes the end of a paste out of what is pasted.
            let payload = payload.replace("\x1b[201~", "");
            session.send(&format!("\x1b[200~粘{payload}尾{number}\x1b[201~"));
            session.wait_for("what was pasted", |screen| {
                // Behind a query stands what is wrong with it.
                let row = row_of_prompt(screen);
                row.starts_with(&format!("{sign}粘")) && row.contains(&format!("尾{number}"))
            });
            let modes = [7, 1000, 1002, 1006, 1007, 1049, 2004, 2031];
            assert_eq!(modes_left(session.raw()), modes, "the cursor is shown");
            session.send("\x1b");
            session.wait_for("no line", |screen| !row_of_prompt(screen).starts_with(sign));
        }
    }
    let modes = [7, 25, 1000, 1002, 1006, 1007, 1049, 2004, 2031];
    assert_eq!(modes_left(session.raw()), modes, "pastes are marked all the time");
    session.send("q");
    session.expect_exit(0);
}

fn row_of_prompt(screen: &Screen) -> String {
    rows(screen).pop().unwrap_or_default()
}

#[test]
fn no_frame_is_large_whatever_the_text() {
    const LARGEST: usize = 64 * 1024;
    let texts = [
        format!("京{}冀", "\u{301}".repeat(1_000_000)),
        "京津冀协同发展，".repeat(10 * 1024 * 1024 / 24),
        payloads().concat().repeat(50),
        "👨\u{200d}👩\u{200d}👧\u{fe0f}🇨🇳".repeat(100_000),
        "ǎ“—…①Ω".repeat(100_000),
    ];
    let (size, key) = ((200, 50), ArticleKey { source: 0, article: 0 });
    for text in texts {
        let sources =
            vec![Source::of_texts("名\u{1b}]0;x.txt", &[&format!("标题{text}\n\n{text}\n")])];
        let mut program = Program::started(sources, Lang::Zh, size);
        program.find();
        program.read();
        let article = program.article(key).expect("an article");
        program.send(Msg::Text(key, Ok(reading(&article))));
        let mut backend = RowBackend::new(Vec::new(), Size { width: size.0, height: size.1 });
        for keys in ["", "A-2", "PageDown", "j", "G", "k", "g g", "A-1"] {
            program.press_without_work(keys);
            backend.take(&program.painted());
            let written = backend.present().expect("memory takes everything");
            let frame = std::mem::take(backend.writer_mut());
            assert!(written == frame.len() && written <= LARGEST, "{keys}: {written} bytes");
            check(&frame);
        }
    }
}

/// Runs a command in a terminal; what it wrote is checked there, and must hold `expected`.
fn run(args: &[OsString], keymap: &str, code: u32, expected: &str) {
    let launch = Launch::zhaidu(args).size(160, 60).keymap(keymap.as_bytes());
    let mut session = launch.env("NO_COLOR", "1").start();
    session.expect_exit(code);
    let written = String::from_utf8_lossy(session.raw()).into_owned();
    assert!(!written.contains('\u{1b}'), "{args:?}: a command writes no sequence of its own");
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
    let names = payloads().into_iter().map(|payload| payload.replace('/', "") + "没有");
    let all: Vec<OsString> = [word("list")].into_iter().chain(names.map(Into::into)).collect();
    run(&all, "", 2, "没有这个文件或文件夹");
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
