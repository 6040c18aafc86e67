//! Whatever ends the program, the terminal is as it was.

use std::process::Command;

use rustix::process::Signal;

use super::{
    archive::Archive,
    picture::{has, rows},
    session::{Ended, Launch, Session},
};

fn demo() -> Session {
    let mut session = Launch::zhaidu(["demo"]).start();
    session.wait_for_text("4 个来源");
    session
}

#[test]
fn leaving_gives_the_terminal_back() {
    for key in ["q", "\x03"] {
        let mut session = demo();
        session.send(key);
        session.expect_exit(0);
    }
}

#[test]
fn keys_typed_before_the_first_frame_count() {
    let mut session = Launch::zhaidu(["demo"]).start();
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_large_archive_can_be_left_while_it_is_read() {
    let archive = Archive::of_articles(2_000);
    let mut early = Launch::zhaidu([archive.path()]).start();
    early.wait_for("the interface", vt100::Screen::alternate_screen);
    early.send("q");
    early.expect_exit(0);

    let mut later = Launch::zhaidu([archive.path()]).start();
    later.wait_for_text("/2000");
    later.send("G");
    later.wait_for_text("2000/2000");
    later.send("q");
    later.expect_exit(0);
}

#[test]
fn an_overlay_is_closed_first_and_ctrl_c_leaves_from_it() {
    let mut session = demo();
    session.send("?");
    session.wait_for_text("Esc 关闭");
    session.send("q");
    session.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
    session.send("!");
    session.wait_for_text("没有问题");
    session.send("\x03");
    session.expect_exit(0);
}

#[test]
fn signals_end_the_program_in_good_order() {
    let signals =
        [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, code) in signals {
        let mut session = demo();
        session.signal(signal);
        session.expect_exit(code);
    }
}

#[test]
fn a_signal_during_the_first_frame_gives_the_terminal_back() {
    for _ in 0..5 {
        let mut session = Launch::zhaidu(["demo"]).start();
        session.wait_for("the interface", vt100::Screen::alternate_screen);
        session.signal(Signal::TERM);
        session.expect_exit(143);
    }
}

#[test]
fn input_that_breaks_the_reader_of_keys_does_not_end_the_keyboard() {
    let mut session = demo();
    // A mouse report with impossible coordinates, reports and replies that nobody asked for, a
    // paste with a command in it.
    session.send("\x1b[M   \x1b[I\x1b[<0;0;0M\x1b[99999;99999R\x1b[200~q\x1b[201~\x1b[?62;c");
    session.wait_for_text("/q");
    session.send("\x1b");
    session.wait_for("the paste is dropped", |screen| !has(screen, "/q"));
    // The screen can be drawn again without the help of the terminal.
    session.send("\x0c");
    session.send("\x1b3");
    session.wait_for_text(">要点");
    session.signal(Signal::TERM);
    session.expect_exit(143);
}

#[test]
fn a_shell_can_stop_and_continue_the_program() {
    let command = ["sh", "-i"].map(Into::into);
    let mut session = Launch::command(command).env("PS1", "ready> ").without("ENV").start();
    let prompts = |screen: &vt100::Screen| {
        rows(screen).iter().filter(|row| row.starts_with("ready>")).count()
    };
    session.wait_for("a prompt", |screen| prompts(screen) == 1);
    let settings = session.settings();
    session.send("\"$ZHAIDU\" demo\n");
    for (cycle, height) in [24_u16, 30, 24].into_iter().enumerate() {
        session.wait_for("the interface", |screen| {
            let status = rows(screen).get(usize::from(height) - 1).cloned();
            screen.alternate_screen() && status.is_some_and(|row| row.contains("4 个来源"))
        });
        session.wait_for_text("一条江怎样重新让人走近");
        assert_ne!(session.settings(), settings, "the keys are read one by one");
        session.send("\x1a");
        session.wait_for("the prompt of the shell", |screen| {
            !screen.alternate_screen() && prompts(screen) == cycle + 2
        });
        assert_eq!(session.settings(), settings);
        assert!(!session.screen().hide_cursor());
        session.resize(80, [30, 24, 24][cycle]);
        session.send("fg\n");
    }
    session
        .wait_for("the interface", |screen| screen.alternate_screen() && has(screen, "4 个来源"));
    session.send("q");
    session
        .wait_for("the last prompt", |screen| !screen.alternate_screen() && prompts(screen) == 5);
    assert_eq!(session.settings(), settings);
    let taken = session.raw().windows(8).filter(|bytes| *bytes == b"\x1b[?1049h").count();
    assert_eq!(taken, 4, "once at the start, once for every time that it came back");
    session.send("exit\n");
    session.expect_exit(0);
}

#[test]
fn without_a_shell_the_program_does_not_stop() {
    let mut session = demo();
    session.send("\x1a");
    session.wait_for_text("没有可以返回的 shell");
    session.send("?");
    session.wait_for_text("Esc 关闭");
    session.send("qq");
    session.expect_exit(0);
}

#[test]
fn in_a_container_there_is_no_shell_either() {
    let inside = ["unshare", "--map-root-user", "--pid", "--fork", "--kill-child"];
    if !Command::new(inside[0])
        .args(&inside[1..])
        .arg("true")
        .status()
        .is_ok_and(|end| end.success())
    {
        println!("skipped: `unshare` cannot make a process namespace here");
        return;
    }
    let command = inside.into_iter().chain(["sh", "-c", r#""$ZHAIDU" demo; exit $?"#]);
    let mut session = Launch::command(command.map(Into::into)).start();
    session.wait_for_text("4 个来源");
    session.send("\x1a");
    session.wait_for_text("没有可以返回的 shell");
    session.send("qq");
    session.expect_exit(0);
}

#[test]
fn a_program_that_was_stopped_from_outside_draws_itself_again() {
    let mut session = demo();
    let taken = |raw: &[u8]| raw.windows(8).filter(|bytes| *bytes == b"\x1b[?1049h").count();
    assert_eq!(taken(session.raw()), 1);
    session.signal(Signal::STOP);
    session.signal(Signal::CONT);
    session.wait_for_output("the terminal is taken again", |raw| taken(raw) == 2);
    session.wait_for_text("一条江怎样重新让人走近");
    session.send("q");
    session.expect_exit(0);
}

/// Ends in good order: with the code of a hang-up, and without having run in circles.
fn assert_hung_up(ended: &Ended) {
    assert_eq!((ended.code, &ended.signal), (129, &None));
    assert!(ended.cpu.is_none_or(|cpu| cpu.as_secs() < 5), "{ended:?}");
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    // Told by a signal; with a parent that ignores it; in a session of its own, where no signal
    // ever comes.
    let launches = [
        Launch::zhaidu(["demo"]),
        Launch::script(r#"trap "" HUP; "$ZHAIDU" demo; exit $?"#),
        Launch::script(r#"trap "" HUP; setsid -w "$ZHAIDU" demo; exit $?"#),
    ];
    for launch in launches {
        let mut session = launch.start();
        session.wait_for_text("4 个来源");
        session.hang_up();
        assert_hung_up(&session.wait_exit());
    }
}

#[test]
fn a_terminal_that_goes_away_while_much_is_read_ends_the_program() {
    let archive = Archive::of_articles(2_000);
    let mut session = Launch::zhaidu([archive.path()]).start();
    session.wait_for("the interface", vt100::Screen::alternate_screen);
    session.hang_up();
    assert_hung_up(&session.wait_exit());
}
