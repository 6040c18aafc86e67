//! Archive files and other kinds of sources, by the command line and in the interface.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::pty::session::Launch;

const TEXT: &str =
    "石板路上\n□林小满\n雨停了，路面泛着光。巷口的茶馆早早开了门，三五位老人围坐一桌。\n";

/// A zip archive of a page, a table, a web page and a picture.
fn archive() -> Vec<u8> {
    let page = "<html><title>桥头的灯</title><p>河水退下去以后，桥头的灯又亮了起来。</p></html>";
    let members: [(&str, &[u8]); 5] = [
        ("2014/20140102-03-01.txt", TEXT.as_bytes()),
        ("table.csv", "编号,摘要\n7,河水清了，鱼又回来了。\n".as_bytes()),
        ("../page\x1b[2J.html", page.as_bytes()),
        ("picture.jpg", b"\xFF\xD8"),
        ("broken", b"\0\0\0"),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// Runs the program with these arguments; gives its exit code, output and messages.
fn run(folder: &Path, args: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhaidu"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("LANG", "en_GB.UTF-8")
        .env("XDG_DATA_HOME", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("a reader");
    let output = child.wait_with_output().expect("an end");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn members_of_an_archive_file_are_listed_by_their_names() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.zip"), archive()).expect("a file");
    let (code, out, err) =
        run(folder.path(), &["list", "--json", "--field", "text=摘要", "a.zip"], b"");
    assert_eq!((code, &*err), (Some(0), ""), "{out}");
    let list: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let told = |article: &serde_json::Value, name: &str| article[name].as_str().map(str::to_owned);
    let articles: Vec<_> = list["articles"]
        .as_array()
        .expect("articles")
        .iter()
        .map(|article| (told(article, "path"), told(article, "headline"), told(article, "date")))
        .collect();
    let row = |path: &str, headline: &str, date: Option<&str>| {
        (Some(path.to_owned()), Some(headline.to_owned()), date.map(str::to_owned))
    };
    let expected = [
        row("a.zip/2014/20140102-03-01.txt", "石板路上", Some("2014-01-02")),
        row("a.zip/table.csv", "河水清了，鱼又回来了", None),
        row("a.zip/../page\x1b[2J.html", "桥头的灯", None),
    ];
    assert_eq!(articles, expected);
    assert!(!out.contains('\x1b'));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is unpacked");
}

#[test]
fn a_table_without_a_text_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.zip"), archive()).expect("a file");
    let (code, out, err) = run(folder.path(), &["list", "a.zip"], b"");
    assert_eq!(code, Some(2));
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(err.contains("a.zip/table.csv:1: no column with a text"), "{err}");
    assert!(err.contains("--field text=COLUMN"), "{err}");
}

#[test]
fn standard_input_is_told_by_its_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = |args: &[&str], input: &[u8]| run(folder.path(), args, input).1;
    let zip = list(&["list", "-"], &archive());
    assert!(zip.starts_with("<stdin>/2014/20140102-03-01.txt\t1\t1\t"), "{zip}");
    let json = list(&["list", "-"], "[{\"title\":\"甲\",\"text\":\"雨停了。\"}]".as_bytes());
    assert!(json.starts_with("<stdin>\t1\t1\t4\t\t甲\t"), "{json}");
    let table = list(&["list", "--format", "csv", "-"], "title,text\n甲,雨停了。\n".as_bytes());
    assert!(table.starts_with("<stdin>\t1\t2\t4\t\t甲\t"), "{table}");
    let text = list(&["list", "-"], TEXT.as_bytes());
    assert!(text.contains("\t林小满\t石板路上\t"), "{text}");
}

#[test]
fn the_interface_shows_the_member_and_its_problems() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.zip");
    fs::write(&path, archive()).expect("a file");
    let mut session = Launch::zhaidu([&path]).start();
    session.wait_for_text("桥头的灯");
    session.wait_for_text("2014/20140102");
    session.send("!");
    session.wait_for_text("table.csv:1");
    session.send("qq");
    session.expect_exit(0);
}
