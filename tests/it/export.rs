//! `zhaidu export`: whole files or none, and pages that a browser shows as they are meant.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::json;

/// A text that would do something in a browser, if it were not escaped.
const HOSTILE: &str = "<script>document.documentElement.id='ran'</script>\
                       <img src=x onerror=\"document.documentElement.id='ran'\">";

const TEXT: &str = "柳塘的摆渡船停了三十年，今年春天又开了。摆渡的是老船工的孙女，一趟只收两元钱。\
                    她说，摆渡船不是给游客看的，是给对岸种菜的人坐的。天黑以后，渡口点一盏灯。";

fn zhaidu(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command.env_clear().env("LANG", "en_GB.UTF-8").current_dir(folder);
    command.arg("export").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A folder with two articles in `records.jsonl`.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("records.jsonl"), records()).expect("a file");
    folder
}

fn records() -> String {
    let record = |title: &str| format!("{}\n", json!({ "title": title, "text": TEXT }));
    record("摆渡船又开了") + &record(HOSTILE)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn what_was_exported_before_is_no_article() {
    let folder = archive();
    let run = |args: &[&str]| zhaidu(folder.path()).args(args).output().expect("it starts");
    let first = run(&["-o", "all.txt", "."]);
    assert!(said(&first).starts_with("exported 2 articles to "), "{}", said(&first));
    let refused = run(&["-o", "all.txt", "."]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("--force replaces it"), "{}", said(&refused));
    let again = run(&["-o", "all.txt", "--force", "."]);
    assert!(said(&again).starts_with("exported 2 articles to "), "{}", said(&again));
    assert_eq!(names(folder.path()), ["all.txt", "records.jsonl"]);
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let folder = archive();
    let output = zhaidu(folder.path()).args(["-t", "html", "-o", "/dev/full", "."]).output();
    let output = output.expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        said(&output),
        "zhaidu: /dev/full: the disk is full; make room or choose another folder\n"
    );
}

/// The archive comes through a pipe, so that it is not over before the signal is there.
#[test]
fn a_signal_leaves_no_half_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = zhaidu(folder.path())
        .args(["--format", "jsonl", "-o", "all.md", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("it starts");
    // It hears of signals before it makes any file.
    while names(folder.path()).is_empty() {
        std::thread::yield_now();
        assert!(child.try_wait().expect("a child").is_none(), "it is over already");
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("a signal");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(records().as_bytes()).expect("written");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert_eq!(said(&output), "zhaidu: stopped; no file was written\n");
    assert_eq!(names(folder.path()), [""; 0]);
}

fn browser() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(|name| {
        std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
    })
}

#[test]
fn a_browser_shows_the_page_and_runs_nothing() {
    let Some(browser) = browser() else {
        println!("skipped: no chromium, chromium-browser or google-chrome on the PATH");
        return;
    };
    let folder = archive();
    let output = zhaidu(folder.path()).args(["-o", "all.html", "-n", "2", "."]).output();
    assert_eq!(output.expect("it starts").status.code(), Some(0));
    let profile = tempfile::tempdir().expect("a folder");
    let shown = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", folder.path().join("all.html").display()))
        .stderr(Stdio::null())
        .output()
        .expect("the browser starts");
    let page = String::from_utf8(shown.stdout).expect("UTF-8");
    assert_eq!(page.matches("<mark ").count(), 4, "two key sentences in each article: {page}");
    assert_eq!(page.matches("<h2>摆渡船又开了</h2>").count(), 1, "{page}");
    assert!(page.contains("<h2>&lt;script&gt;document"), "{page}");
    for made in ["id=\"ran\"", "<script", "<img"] {
        assert!(!page.contains(made), "{made} in {page}");
    }
}
