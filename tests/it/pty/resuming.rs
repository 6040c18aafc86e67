//! Leaving the real program in every way, and coming back to it.

use std::{
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use vt100::Screen;

use super::{
    archive::{Archive, article},
    journey::reader_rows,
    picture::{has, rows},
    session::{Launch, Session},
};

/// An archive, and what the program keeps about it.
struct Desk {
    archive: Archive,
    state: Archive,
}

impl Desk {
    fn new() -> Self {
        let archive = Archive::new();
        for title in ["甲", "乙", "丙"] {
            let long: Vec<String> =
                (1..40).map(|n| format!("{title}文第{n}段写的是渡口。")).collect();
            let long = long.join("\n");
            let text = format!("{}\n{long}", article(&format!("{title}地的消息")));
            archive.add(format!("{title}.txt"), text);
        }
        Self { archive, state: Archive::new() }
    }

    fn launch(&self, args: &[&str]) -> Launch {
        let below = |name: &str| self.state.path().join(name);
        Launch::zhaidu(args)
            .env("XDG_DATA_HOME", below("data"))
            .env("XDG_STATE_HOME", below("state"))
            .env("XDG_CACHE_HOME", below("cache"))
    }

    fn folder(&self) -> String {
        self.archive.path().to_str().expect("the path is UTF-8").to_owned()
    }

    fn start(&self, args: &[&str]) -> Session {
        self.launch(args).start()
    }

    fn sessions(&self) -> PathBuf {
        self.state.path().join("state/zhaidu/sessions")
    }

    /// What is kept of the archive; empty if nothing is.
    fn kept(&self) -> String {
        let name = fs::read_to_string(self.sessions().join("last")).unwrap_or_default();
        let file = self.sessions().join(format!("{}.json", name.trim()));
        fs::read_to_string(file).unwrap_or_default()
    }
}

/// Opens the second article, and goes down in it; what stands at the top then.
fn read(session: &mut Session) -> [String; 2] {
    session.wait_for_text(">文章 1/3");
    session.send("j\r");
    session.wait_for_text(">正文");
    session.wait_for_text("乙地的消息");
    session.wait_for_text("渡口的老船工");
    // One move after the other, and then a key that moves nothing: what it says comes in a frame of its own, so
    // the rows are whole when it is there.
    for _ in 0..2 {
        let before = reader_rows(session.screen());
        session.send("\x04");
        session.wait_for("the text has moved", |screen| reader_rows(screen) != before);
    }
    session.send("~");
    session.wait_for_text("没有绑定");
    reader_rows(session.screen())
}

/// Waits for something that does not show on the screen.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < end, "waited for: {what}");
        thread::yield_now();
    }
}

/// The second article is open at this place.
fn is_back(top: &[String; 2]) -> impl Fn(&Screen) -> bool {
    move |screen| has(screen, ">正文") && reader_rows(screen) == *top
}

#[test]
fn without_arguments_it_goes_on_where_it_was_left() {
    let desk = Desk::new();
    let mut session = desk.start(&[&desk.folder()]);
    let top = read(&mut session);
    session.send("q");
    session.expect_exit(0);

    let mut session = desk.start(&[]);
    session.wait_for_text("接着上次");
    session.wait_for("the same place", is_back(&top));
    // The level and the filter as well.
    session.send("--");
    session.wait_for_text("正文的 30%");
    session.send("\x1b1f乙\r");
    session.wait_for_text("› ~乙 1");
    session.send("q");
    session.expect_exit(0);
    let mut session = desk.start(&[]);
    session.wait_for_text("› ~乙 1");
    session.send("\r");
    session.wait_for("folds", |screen| has(screen, "⋯"));
    session.send("q");
    session.expect_exit(0);

    // A size that was not there before shows the same text.
    let mut session = desk.launch(&[]).size(160, 45).start();
    session.wait_for_text("乙地的消息");
    session.send("q");
    session.expect_exit(0);
    for args in [&["--new", &desk.folder()][..], &["--no-session", &desk.folder()]] {
        let mut session = desk.start(args);
        session.wait_for_text(">文章 1/3");
        session.send("q");
        session.expect_exit(0);
    }
}

#[test]
fn however_it_ends_it_is_come_back_to() {
    for signal in [Some(Signal::TERM), Some(Signal::HUP), Some(Signal::KILL), None] {
        let desk = Desk::new();
        let mut session = desk.start(&[&desk.folder()]);
        let top = read(&mut session);
        if signal == Some(Signal::KILL) {
            let is_kept = || {
                let kept = desk.kept();
                kept.contains("乙地的消息") && !kept.contains("\"offset\": 0")
            };
            until("the place is on the disk", is_kept);
        }
        match signal {
            Some(signal) => session.signal(signal),
            None => session.hang_up(),
        }
        session.wait_exit();
        let mut session = desk.start(&[]);
        session.wait_for(&format!("{top:?} again after {signal:?}"), is_back(&top));
        session.send("q");
        session.expect_exit(0);
    }
}

#[test]
fn each_archive_has_its_own_place_and_a_renamed_file_keeps_it() {
    let (desk, other) = (Desk::new(), Archive::of_articles(4));
    let mut session = desk.start(&[&desk.folder()]);
    let top = read(&mut session);
    session.send("q");
    session.expect_exit(0);
    let other = other.path().to_str().expect("the path is UTF-8");
    let mut session = desk.start(&[other]);
    session.wait_for_text(">文章 1/4");
    session.send("jj");
    session.wait_for_text(">文章 3/4");
    session.send("q");
    session.expect_exit(0);
    let folder = desk.archive.path();
    fs::rename(folder.join("乙.txt"), folder.join("一.txt")).expect("another name");
    let mut session = desk.start(&[&desk.folder()]);
    session.wait_for("the same place", is_back(&top));
    session.send("q");
    session.expect_exit(0);
    let mut session = desk.start(&[other]);
    session.wait_for_text(">文章 3/4");
    session.send("q");
    session.expect_exit(0);
    // Without a session the place in the article is there all the same.
    fs::remove_dir_all(desk.sessions()).expect("removed");
    let mut session = desk.start(&[&desk.folder()]);
    session.wait_for_text(">文章 1/3");
    session.send("\r");
    session.wait_for("the same place", is_back(&top));
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn commands_of_the_start_are_about_the_article_of_last_time() {
    let desk = Desk::new();
    let mut session = desk.start(&[&desk.folder()]);
    session.wait_for_text(">文章 1/3");
    session.send("j");
    session.wait_for_text(">文章 2/3");
    session.send("q");
    session.expect_exit(0);
    let mut session = desk.start(&["--run", "mark star", &desk.folder()]);
    session.wait_for("the second one is starred", |screen| {
        let starred = rows(screen).into_iter().filter(|row| row.contains('*'));
        starred.collect::<Vec<_>>().concat().contains("乙地的消息")
    });
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn two_at_once_lose_no_place() {
    let desk = Desk::new();
    let mut first = desk.start(&[&desk.folder()]);
    let top = read(&mut first);
    let mut second = desk.start(&["--new", &desk.folder()]);
    second.wait_for_text(">文章 1/3");
    second.send("G\r");
    second.wait_for_text(">正文");
    second.wait_for_text("甲地的消息");
    let begins = reader_rows(second.screen());
    second.send("\x04");
    second.wait_for("the text has moved", |screen| reader_rows(screen) != begins);
    let other = reader_rows(second.screen());
    first.send("q");
    first.expect_exit(0);
    second.send("q");
    second.expect_exit(0);
    // The last one to end is gone on with; the place of the other is in the article.
    let mut session = desk.start(&[]);
    session.wait_for("the place of the last one", is_back(&other));
    session.send("K");
    session.wait_for("the place of the first one", is_back(&top));
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn an_archive_that_is_gone_is_told_of_in_one_line() {
    let desk = Desk::new();
    let mut session = desk.start(&[&desk.folder()]);
    read(&mut session);
    session.send("q");
    session.expect_exit(0);
    let moved = desk.state.path().join("moved");
    fs::rename(desk.archive.path(), &moved).expect("it is moved");
    let mut session = desk.start(&[]);
    session.wait_for_text("上次的资料库不在了");
    // The home of the test has nothing to read: the demo is there instead.
    session.wait_for_text(">文章 1/16");
    session.send("q");
    session.expect_exit(0);
    fs::rename(&moved, desk.archive.path()).expect("it is back");
}

#[test]
fn what_is_kept_may_hold_anything() {
    let hostile: [&[u8]; 6] = [
        b"",
        b"\xff\xfe\x00",
        b"{\"v\":1,\"archive\":{\"paths\":[\"/etc/\\u001b[2J\",\"--version\"],\"kind\":\"paths\"}}",
        b"{\"v\":1,\"archive\":{\"paths\":[\"/\"],\"options\":[\"--help\"]}}",
        b"{\"v\":1,\"archive\":{\"paths\":[{\"hex\":\"2f0a\"}]},\"level\":200,\"focus\":\"\\u001b\"}",
        b"[[[[[[[[[[[[[[[[[[[[",
    ];
    for bytes in hostile {
        let desk = Desk::new();
        fs::create_dir_all(desk.sessions()).expect("the folder");
        fs::write(desk.sessions().join("last"), "mine").expect("the file");
        fs::write(desk.sessions().join("mine.json"), bytes).expect("the file");
        let mut session = desk.start(&[]);
        session.wait_for_text(">文章 1/16");
        session.send("q");
        session.expect_exit(0);
    }
}

#[test]
fn what_is_damaged_is_set_aside_and_told_of() {
    let desk = Desk::new();
    let mut session = desk.start(&[&desk.folder()]);
    read(&mut session);
    session.send("q");
    session.expect_exit(0);
    let name = fs::read_to_string(desk.sessions().join("last")).expect("a name");
    let file = desk.sessions().join(format!("{}.json", name.trim()));
    let half = desk.kept().chars().take(40).collect::<String>();
    fs::write(&file, &half).expect("the file");
    let mut session = desk.start(&[&desk.folder()]);
    session.wait_for_text("上次的状态损坏，已改名留着");
    session.wait_for_text(">文章 1/3");
    session.send("q");
    session.expect_exit(0);
    let aside = desk.sessions().join(format!("{}.json.1.damaged", name.trim()));
    assert_eq!(fs::read_to_string(aside).expect("it is there"), half);
    assert!(desk.kept().contains("丙地的消息"), "a new one is there");
}

#[test]
fn a_disk_that_takes_nothing_is_told_of_and_keeps_nobody_waiting() {
    let desk = Desk::new();
    fs::write(desk.state.path().join("state"), "in the way").expect("a file");
    let data = desk.state.path().join("data/zhaidu");
    fs::create_dir_all(&data).expect("a folder");
    fs::write(data.join("places"), "in the way").expect("a file");
    let mut session = desk.start(&[&desk.folder()]);
    read(&mut session);
    session.send("J");
    session.wait_for("a problem is counted", |screen| {
        rows(screen).last().is_some_and(|row| row.contains('!'))
    });
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn nothing_is_kept_when_nothing_is_to_be_kept() {
    let desk = Desk::new();
    let mut session = desk.start(&["--no-session", &desk.folder()]);
    read(&mut session);
    session.send("Jq");
    session.expect_exit(0);
    assert!(!desk.sessions().exists());
    assert!(!desk.state.path().join("data/zhaidu/places").exists());
}
