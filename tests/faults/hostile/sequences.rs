//! Control sequences in texts.

use std::ffi::OsString;

use serde_json::json;

use crate::{
    harness::{archive::Archive, payloads::payloads},
    packs::{sevenz, tar, zip},
    printed::{look_through, words},
    row::{Outcome, Row},
    run::Run,
};

/// F19.
pub(super) const TEXTS: Row = Row {
    id: "F19",
    what: "control sequences in texts of every format",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: texts,
};

/// Payloads in a text.
const IN_ONE: usize = 10;

/// Commands that print what is in texts; with a file that is refused they end with 2.
const COMMANDS: [&[&str]; 13] = [
    &["list"],
    &["show"],
    &["summary"],
    &["keywords"],
    &["search", "船工"],
    &["export", "--to", "md"],
    &["export", "--to", "csv"],
    &["export", "--to", "html"],
    &["export", "--to", "json"],
    &["list", "--json"],
    &["summary", "--json"],
    &["keywords", "--json"],
    &["search", "--json", "船工"],
];

fn texts(run: &mut Run) -> Outcome {
    let payloads: Vec<String> = payloads().into_iter().filter(|_| run.has_turn()).collect();
    run.count("payloads", payloads.len() as u64);
    let archive = archive(&payloads);
    let path = || [archive.path().as_os_str()];
    let (exported, _) = run.json(&words(&["export", "--to", "json"], path()));
    let articles = exported["articles"].as_array().expect("a list").len();
    assert!(articles >= payloads.len() / IN_ONE, "{articles} articles are no archive of payloads");
    // What a file is written from still has every character.
    let whole = exported.to_string();
    for payload in payloads.iter().filter(|payload| is_in_line(payload)) {
        let written = json!(format!("老船工{payload}把缆绳收好")).to_string();
        assert!(whole.contains(written.trim_matches('"')), "{payload:?} is lost");
    }
    for command in COMMANDS {
        if run.has_turn() {
            run.printed(&words(command, path()), 0);
        }
    }
    run.printed(&words(&["pages"], [archive.path().join("000.txt").as_os_str()]), 0);

    let args: Vec<OsString> = path().map(OsString::from).into();
    let mut live = run.opened(&args, articles);
    look_through(&mut live, articles, articles);
    // The same with what cannot be seen, as a page, in an overview, as results, in a filter.
    live.send("v");
    look_through(&mut live, articles, articles);
    live.send("p");
    live.wait_for_text("分篇 自动");
    live.send("p\x1b1 ");
    live.wait_for_text("要点/篇");
    live.send("\x06\x06q");
    live.wait_for_text(">文章 ");
    live.send("/船工\r");
    live.wait_for_text(">查找 1/");
    live.send("jjjj\x1b\x1b[I");
    live.wait_for_text(">文章 ");
    run.mark(&mut live);
    run.leaves(live);
    Outcome::Pass
}

/// Whether it stays in the line in which it stands: some characters end lines, others are blanks there.
fn is_in_line(payload: &str) -> bool {
    !payload.contains(|c: char| c.is_whitespace() || c == '\0')
}

/// Texts of several formats, each with some payloads in every part.
fn archive(payloads: &[String]) -> Archive {
    let archive = Archive::new();
    for (number, some) in payloads.chunks(IN_ONE).enumerate() {
        let (title, author) = (&some[0], some.last().unwrap_or(&some[0]));
        let paragraphs: Vec<String> = some.iter().map(|payload| paragraph(payload)).collect();
        let text = format!("标题{title}尾\n\n本报记者 沈{author}舟\n\n{}\n", paragraphs.join("\n"));
        let record = json!({"title": format!("标题{title}尾"), "author": author, "date": title,
                            "source": author, title: title, "content": paragraphs.join("\n")});
        let member = [("a.txt", text.as_bytes())];
        match number % 8 {
            0 => archive.add(format!("{number:03}.txt"), &text),
            1 => archive.add(format!("{number:03}.jsonl"), format!("{record}\n")),
            2 => archive.add(format!("{number:03}.zip"), zip(&member)),
            3 => archive.add(format!("{number:03}.tar"), tar(&member)),
            4 => archive.add(format!("{number:03}.7z"), sevenz(&member)),
            5 => archive.add(format!("{number:03}.md"), format!("# {text}")),
            6 => archive.add(format!("{number:03}.html"), page(title, &paragraphs)),
            _ => archive.add(format!("{number:03}.csv"), table(title, &paragraphs)),
        };
    }
    archive
}

fn paragraph(payload: &str) -> String {
    format!("　　老船工{payload}把缆绳收好，江面上的雾还没有散。他说要先看岸上的管子{payload}。")
}

/// A web page. What would be markup there is written as text.
fn page(title: &str, paragraphs: &[String]) -> String {
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let body: Vec<String> =
        paragraphs.iter().map(|line| format!("<p>{}</p>", text(line))).collect();
    let body = body.join("\n");
    format!(
        "<html><head><title>{0}</title></head><body><h1>{0}</h1>\n{body}</body></html>",
        text(title)
    )
}

/// A table with a row.
fn table(title: &str, paragraphs: &[String]) -> String {
    let field = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    format!("title,content\n{},{}\n", field(title), field(&paragraphs.join("\n")))
}
