//! The mouse: what the terminal is asked for, what it reports, and whose the mouse is in between.

use vt100::{MouseProtocolEncoding, MouseProtocolMode, Screen};

use super::{
    archive::Archive,
    picture::{has, rows},
    session::{Launch, Session},
};

/// Whether the terminal reports what is done with the mouse, in the form that cannot be taken for keys.
fn is_reported(screen: &Screen) -> bool {
    screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
        && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Sgr
}

fn is_the_terminals(screen: &Screen) -> bool {
    screen.mouse_protocol_mode() == MouseProtocolMode::None
}

fn demo(options: &[&str]) -> Session {
    let mut session = Launch::zhaidu(["demo"].iter().chain(options)).start();
    session.wait_for("the archive", |screen| has(screen, "4 个来源") && !has(screen, "读取"));
    session
}

/// A press and a release, by column and row from 0.
fn click(column: usize, row: usize) -> String {
    let (column, row) = (column + 1, row + 1);
    format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
}

/// The row of the list that is selected.
fn selected(screen: &Screen) -> Option<usize> {
    rows(screen).iter().skip(1).position(|row| row.starts_with('>')).map(|at| at + 1)
}

#[test]
fn what_is_clicked_is_selected_and_opened_and_the_terminal_is_given_back() {
    let mut session = demo(&[]);
    session.wait_for("the mouse", |screen| is_reported(screen) && has(screen, "[鼠标]"));
    session.send(&click(9, 4));
    session.wait_for("the fourth article", |screen| selected(screen) == Some(4));
    let title = rows(session.screen())[4].chars().skip(3).take(8).collect::<String>();
    let title = title.trim().to_owned();
    session.send(&click(9, 2));
    session.wait_for("the second article", |screen| selected(screen) == Some(2));
    session.send(&click(9, 4).repeat(2));
    session.wait_for("its text", |screen| {
        has(screen, ">正文") && rows(screen).iter().skip(1).any(|row| row.contains(&title))
    });
    session
        .wait_for("its key sentences", |screen| has(screen, " 句 ╎") && !has(screen, "预先分析"));
    // Bytes that come one by one are the same report.
    let before = rows(session.screen());
    for byte in b"\x1b[<65;9;5M" {
        session.send_bytes(&[*byte]);
    }
    session.wait_for("the text further down", |screen| rows(screen)[1..9] != before[1..9]);
    session.send("\x1b[<64;9;5M");
    session.wait_for("the text as before", |screen| rows(screen)[1..9] == before[1..9]);
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_border_is_dragged() {
    let mut session = demo(&[]);
    session.wait_for("the mouse", is_reported);
    let border = |screen: &Screen| {
        let row = rows(screen).into_iter().nth(15)?;
        row.chars().position(|c| c == '╎')
    };
    session.wait_for("the border", |screen| border(screen).is_some());
    session.send("\x1b[<0;53;16M\x1b[<32;45;16M\x1b[<32;31;16M\x1b[<0;31;16m");
    session.wait_for("the border further left", |screen| {
        screen.cell(15, 30).is_some_and(|cell| cell.contents() == "╎")
    });
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn the_mouse_is_given_to_the_terminal_and_taken_back() {
    let mut session = demo(&["--no-mouse"]);
    session.wait_for("whose it is", |screen| has(screen, "[鼠标:关]"));
    assert!(is_the_terminals(session.screen()));
    let f2 = "\x1bOQ";
    session.send(f2);
    session.wait_for("the mouse", |screen| is_reported(screen) && has(screen, "鼠标归程序"));
    session.send(f2);
    session.wait_for("it is given back", |screen| {
        is_the_terminals(screen) && has(screen, "鼠标归终端")
    });
    // A report that was on its way does nothing.
    session.send(&click(9, 4));
    session.send("j");
    session.wait_for("the second article", |screen| selected(screen) == Some(2));
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_terminal_that_was_taken_anew_is_asked_for_the_mouse_again() {
    let mut session = demo(&[]);
    session.wait_for("the mouse", is_reported);
    let asked = |raw: &[u8]| raw.windows(8).filter(|bytes| *bytes == b"\x1b[?1006h").count();
    session.signal(rustix::process::Signal::STOP);
    session.signal(rustix::process::Signal::CONT);
    session.wait_for_output("the mouse is asked for again", |raw| asked(raw) == 2);
    session.signal(rustix::process::Signal::TERM);
    session.expect_exit(143);
}

#[test]
fn hostile_and_broken_reports_are_neither_obeyed_nor_typed() {
    let mut session = demo(&[]);
    session.wait_for("the mouse", is_reported);
    session.send("/");
    session.wait_for_text("同时含有两词");
    session.send("水");
    session.send_bytes(
        b"\x1b[<0;0;0M\x1b[<0;99999;99999M\x1b[<0;1M\x1b[<;;M\x1b[<3;1;1;1;1M\x1b[M !!\x1b[M\xff\xff\xff\
          \x1b[32;10;5M\x1b[<256;5;5M\x1b[<0;1:2;3M\x1b[<0;-1;3M\x1b[<0;12",
    );
    session.send("\x1b");
    session.send("库");
    // The last report was cut: what came instead of its end is the key.
    session.wait_for("the line is closed or typed on", |screen| {
        let status = rows(screen).pop().unwrap_or_default();
        status.starts_with("/水库") || !status.starts_with('/')
    });
    assert!(!has(session.screen(), "[<") && !has(session.screen(), "32;10"));
    session.send("\x03\x03\x03");
    session.expect_exit(0);
}

/// A free-running wheel sends hundreds of reports a second: they are answered together.
#[test]
fn a_storm_of_the_wheel_is_over_when_it_ends() {
    let archive = Archive::of_articles(2_000);
    let mut session = Launch::zhaidu([archive.path()]).start();
    session.wait_for("the list", |screen| has(screen, "2000 篇") && !has(screen, "读取"));
    session.send(&"\x1b[<65;9;5M".repeat(1_500));
    session.wait_for_text("第1999号消息");
    session.send("q");
    session.expect_exit(0);
}
