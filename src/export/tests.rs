use std::{
    fs,
    io::{self, Write},
    ops::ControlFlow,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use super::*;
use crate::{
    article::Marks,
    error::{Problem, ProblemKind},
    lang::Lang,
    library::{Found, Input, Item, Library, Settings, displayed},
};

/// Titles that mean something to one of the formats, or to a terminal.
const HOSTILE: [&str; 14] = [
    "<script>document.title='ran'</script>",
    "<img src=x onerror=alert(1)> & \"quoted\" 'so'",
    "]]></mark></article><!-- -->",
    "=cmd|' /C calc'!A0",
    "+1-2",
    "-1+2",
    "@SUM(A1:A9)",
    "＝1+1",
    "桥头 | 的 | 灯",
    "`rm -rf` **粗** _斜_ [链](javascript:alert(1)) ~~删~~ $x$",
    "第 # 条 &amp; \\",
    "1. 一",
    "\u{1b}[31m红\u{202e}反\u{7}",
    "a\",\"b\r\nc",
];

const TEXT: &str = "柳塘的摆渡船停了三十年，今年春天又开了。摆渡的是老船工的孙女，一趟只收两元钱。<b>粗</b>\n\
                    =她说，摆渡船不是给游客看的。\u{1b}[0m天黑以后，渡口点一盏灯。";

/// Exports records with these titles, in the order of `places`.
fn exported(format: Format, titles: &[&str], places: &[usize], marks: &Marks) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("records.jsonl");
    let lines = titles.iter().map(|title| format!("{}\n", json!({"title": title, "text": TEXT})));
    fs::write(&path, lines.collect::<String>()).expect("a file");
    let library = Library::new(Input::Paths(vec![path]), Settings::default());
    let setting = Setting {
        format,
        lang: Lang::Zh,
        title: "资料",
        is_file: true,
        folder: Some(folder.path()),
    };
    let mut writer = Writer::new(setting, Vec::new());
    let mut places = places.iter();
    let mut number = 0;
    let _ = library.walk(&mut |found| {
        let Found::Entry(entry) = found else { panic!("{found:?}") };
        library.read(&entry, &mut |document| {
            let document = document.expect("a text");
            let place = document.place(&entry);
            let path = displayed("records.jsonl".as_ref());
            for article in &document.page.articles {
                number += 1;
                let item =
                    Item { place: &place, path: &path, number, document: &document, article };
                let analysis = library.analyze(article);
                let exported = Exported::new(item, &analysis, Wanted::default(), marks);
                writer.take(&exported, *places.next().expect("a place")).expect("written");
            }
            ControlFlow::Continue(())
        })
    });
    let problems = [Problem::new("坏.txt", ProblemKind::Binary)];
    String::from_utf8(writer.finish(&problems).expect("written")).expect("UTF-8")
}

fn hostile(format: Format) -> String {
    let tag = "<i>标签".to_owned();
    let marks =
        Marks { starred: true, read: true, tags: [tag].into(), note: "=1\n<b>备注`".into() };
    let places: Vec<usize> = (0..HOSTILE.len()).collect();
    exported(format, &HOSTILE, &places, &marks)
}

/// What of a title can be seen.
fn seen(title: &str) -> String {
    let line = displayed(title.as_ref()).to_string();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn hostile_titles_are_text_in_html() {
    let page = hostile(Format::Html);
    assert!(!page.chars().any(|c| c.is_control() && c != '\n'), "{page:?}");
    let known = [
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "nav", "ol", "li", "a",
        "small", "main", "article", "header", "p", "div", "span", "mark", "footer",
    ];
    let (mut texts, mut marks) = (String::new(), 0);
    for token in Tokenizer::new(&page) {
        match token.expect("no error without input and output") {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(known.contains(&&*name), "<{name}>");
                for attribute in tag.attributes.keys() {
                    let name = String::from_utf8_lossy(attribute).into_owned();
                    assert!(!name.starts_with("on") && name != "style", "{name}");
                }
                marks += usize::from(name == "mark");
            }
            Token::String(text) => texts.push_str(&String::from_utf8_lossy(&text)),
            Token::Comment(_) => panic!("a comment"),
            _ => {}
        }
    }
    let texts = squeezed(&texts);
    for title in HOSTILE {
        assert_eq!(texts.matches(&seen(title)).count(), 2, "in the contents and above: {title}");
    }
    assert!(texts.contains("#<i>标签") && texts.contains("<b>备注`"), "{texts}");
    assert!(marks > HOSTILE.len(), "{marks} key sentences are lit");
    assert!(page.contains("1 处读不出"));
}

#[test]
fn hostile_titles_are_text_in_markdown() {
    let text = hostile(Format::Markdown);
    let (mut headings, mut heading) = (Vec::new(), None);
    for event in Parser::new(&text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => headings.extend(heading.take()),
            Event::Text(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::InlineHtml(html) => {
                assert!(matches!(&*html, "<strong>" | "</strong>"), "{html}");
            }
            Event::Html(_) | Event::Code(_) | Event::InlineMath(_) => panic!("{event:?}"),
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Emphasis,
            ) => {
                panic!("{event:?}")
            }
            _ => {}
        }
    }
    let expected: Vec<String> = HOSTILE.into_iter().map(seen).collect();
    let headings: Vec<String> = headings.iter().map(|heading| squeezed(heading)).collect();
    assert_eq!(headings, expected);
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn no_cell_is_a_formula() {
    let text = hostile(Format::Csv);
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().expect("names").iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), HOSTILE.len());
    for (row, title) in rows.iter().zip(HOSTILE) {
        for cell in row {
            let first = cell.trim_start().chars().next().unwrap_or('a');
            assert!(!"=+-@＝＋－＠".contains(first), "{cell}");
        }
        let at = |name: &str| &row[names.iter().position(|other| other == name).expect(name)];
        assert_eq!(squeezed(at("title").trim_start_matches('\'')), seen(title));
        assert_eq!((at("starred"), at("read"), at("tags")), ("1", "1", "<i>标签"));
        assert_eq!(at("note"), "'=1\n<b>备注`");
        assert!(at("text").contains("渡口点一盏灯"));
    }
}

#[test]
fn json_has_everything_as_it_is() {
    let whole: Value = serde_json::from_str(&hostile(Format::Json)).expect("JSON");
    let lines: Vec<Value> = hostile(Format::JsonLines)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let articles = whole["articles"].as_array().expect("articles");
    assert_eq!((articles.len(), lines.len()), (HOSTILE.len(), HOSTILE.len()));
    assert_eq!(whole["problems"][0]["path"], "坏.txt");
    for (article, line) in articles.iter().zip(&lines) {
        let mut line = line.clone();
        assert_eq!(line.as_object_mut().expect("an object").remove("schema"), Some(json!(1)));
        for field in ["id", "parts", "sentences", "keywords", "marks", "title", "date"] {
            assert_eq!(article[field], line[field], "{field}");
        }
        assert_eq!(article["marks"]["note"], "=1\n<b>备注`");
        assert!(article["sentences"].as_array().is_some_and(|all| !all.is_empty()));
    }
    assert_eq!(articles[0]["title"], HOSTILE[0]);
}

#[test]
fn plain_text_does_nothing_to_a_terminal() {
    let text = hostile(Format::Plain);
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert!(text.contains("[★ 星标 ✓ 已读 #<i>标签]") && text.contains("渡口点一盏灯"), "{text}");
}

#[test]
fn articles_may_come_in_any_order() {
    let titles = ["甲", "乙", "丙", "丁"];
    let sorted = ["丙", "甲", "丁", "乙"];
    let places = [1, 3, 0, 2];
    for format in [Format::Markdown, Format::Html, Format::Csv, Format::Plain] {
        let mixed = exported(format, &titles, &places, &Marks::default());
        let at: Vec<usize> =
            sorted.iter().map(|title| mixed.find(title).expect("a title")).collect();
        assert!(at.is_sorted(), "{format:?}: {at:?}");
        let orderly = exported(format, &titles, &[0, 1, 2, 3], &Marks::default());
        assert_eq!(mixed.len(), orderly.len(), "{format:?}: nothing is lost or doubled");
    }
    let json = exported(Format::Json, &titles, &[5, 9, 2, 7], &Marks::default());
    let json: Value = serde_json::from_str(&json).expect("JSON, though places are missing");
    assert_eq!(json["articles"][0]["title"], "丙");
}

/// Writes a file as an export does.
fn write(path: &Path, overwrite: Overwrite, bytes: &[u8]) -> Result<u64, ExportError> {
    let mut target = Target::create(path, overwrite)?;
    target.write_all(bytes).map_err(|error| ExportError::of(path, error))?;
    target.commit()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: io::Result<fs::DirEntry>| {
        entry.expect("an entry").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_there_when_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("石板路上.md");
    let mut target = Target::create(&path, Overwrite::No).expect("a target");
    target.write_all(b"half").expect("written");
    assert!(!path.exists());
    let own = target.own();
    assert!(!own.has(&path) && own.has(&folder.path().join(&names(folder.path())[0])));
    drop(target);
    assert_eq!(names(folder.path()), [""; 0], "given up");
    assert_eq!(write(&path, Overwrite::No, b"whole").expect("written"), 5);
    let again = write(&path, Overwrite::No, b"other").expect_err("it is there");
    assert!(again.message(Lang::En, "--force").as_str().ends_with("--force replaces it"));
    assert_eq!(fs::read(&path).expect("a file"), b"whole");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its mode");
    let link = folder.path().join("link.md");
    symlink(&path, &link).expect("a link");
    write(&link, Overwrite::Yes, b"newer").expect("written");
    assert_eq!(fs::read(&path).expect("a file"), b"newer");
    assert!(link.is_symlink(), "what it leads to is replaced");
    let mode = fs::metadata(&path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(names(folder.path()), ["link.md", "石板路上.md"]);
}

#[test]
fn somebody_elses_file_is_not_replaced_at_the_end_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md");
    let target = Target::create(&path, Overwrite::No).expect("a target");
    fs::write(&path, "theirs").expect("a file");
    assert!(matches!(target.commit(), Err(ExportError::Exists(_))));
    assert_eq!(fs::read(&path).expect("a file"), b"theirs");
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
fn what_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, told) in [
        (folder.path().to_owned(), "is a folder"),
        (folder.path().join("no/a.md"), "make it first"),
        ("/dev/full".into(), "the disk is full"),
        (folder.path().join("a".repeat(300)), "too long"),
    ] {
        let error = write(&path, Overwrite::No, b"text").expect_err("not written");
        let message = error.message(Lang::En, "--force");
        assert!(message.as_str().contains(told), "{message}");
    }
    assert_eq!(names(folder.path()), [""; 0]);
}
