//! The process beside the interface, and what the interface gives up.

use std::{fs, thread};

use rustix::process::Signal;
use zhaidu::sandbox::{Confined, confine};

use super::{
    archive::{Archive, article},
    session::Launch,
    taking::{open, page},
};

#[test]
fn the_terminal_is_given_back_when_the_program_is_killed() {
    let archive = Archive::new();
    for signal in [Signal::KILL, Signal::ABORT] {
        // With a line that is typed, pastes and the cursor are switched too.
        for keys in ["", "\r", "/江"] {
            let mut session = open(page(&archive));
            session.send(keys);
            session.signal(signal);
            session.wait_exit();
            session.wait_for_text("意外结束");
            session.assert_given_back();
        }
    }
}

#[test]
fn a_terminal_that_another_program_has_is_left_alone() {
    let archive = Archive::new();
    let mut session = open(page(&archive));
    session.send("|echo wai''ts; cat /dev/tty\r");
    session.wait_for_text("waits");
    session.signal(Signal::KILL);
    session.wait_exit();
    assert_eq!(session.settings(), session.settings_before());
    assert!(!session.screen().contents().contains("意外结束"));
}

#[test]
fn without_a_guard_everything_else_works() {
    let archive = Archive::new();
    let mut session = open(page(&archive).env("ZHAIDU_GUARD", "false"));
    session.send("|wc -l\r");
    session.wait_for_text("退出码 0");
    session.send(" q");
    session.expect_exit(0);
}

#[test]
fn the_interface_is_confined_unless_that_is_switched_off() {
    if thread::spawn(|| confine(&[])).join().expect("it ended") == Confined::Not {
        eprintln!("skipped: this system has no Landlock");
        return;
    }
    let archive = Archive::new();
    let file = archive.add("page.txt", article("江水清了"));
    let file = file.to_str().expect("a plain path");
    for (args, confined) in [(vec![file], "1"), (vec!["--no-sandbox", file], "0")] {
        let mut session = open(Launch::zhaidu(args));
        let status = fs::read_to_string(format!("/proc/{}/status", session.pid().as_raw_nonzero()));
        let status = status.expect("it runs");
        assert!(status.contains(&format!("NoNewPrivs:\t{confined}")), "{status}");
        session.send("q");
        session.expect_exit(0);
    }
}
