//! The terminal is asked for the widths of its characters, and may answer as it likes.

use super::{
    answers::{Answers, question},
    picture::{has, rows},
    session::{Launch, Session},
};

fn asked(raw: &[u8]) -> usize {
    let text = String::from_utf8_lossy(raw);
    text.match_indices("\x1b[?2026h\x1b7")
        .filter(|(at, _)| question(&text[*at..]).is_some())
        .count()
}

/// Starts the program on a terminal that says nothing by itself, up to the question.
fn questioned() -> Session {
    let mut session = Launch::zhaidu(["demo"]).answers(Answers::Silent).start();
    session.wait_for_output("the question", |raw| asked(raw) == 1);
    session
}

#[test]
fn the_first_frame_comes_before_the_question_and_the_answer_after_it() {
    let mut session = Launch::zhaidu(["demo"]).start();
    session.wait_for_text("4 个来源");
    session.wait_for_text("的“鸟粮”");
    let raw = String::from_utf8_lossy(session.raw()).into_owned();
    let frame = raw.find("demo").expect("a frame");
    // What a terminal without UTF-8 could take for something else waits for the answer.
    assert!(raw[..raw.find("\x1b[6n").expect("a question")].replace("中丰", "").is_ascii());
    let question_at = raw.find("\x1b[6n").expect("a question");
    assert!(frame < question_at);
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_wide_terminal_is_believed() {
    let mut session = Launch::zhaidu(["demo"]).answers(Answers::Wide).start();
    // The emulator is narrow: the second cell of the mark stays empty.
    session.wait_for_text("的“ 鸟粮”");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_terminal_that_says_nothing_is_drawn_on_all_the_same() {
    let mut session = questioned();
    // Keys are answered while the answer is waited for.
    session.send("\x1b3");
    session.wait_for_text("终端没有回答测量");
    session.wait_for_text(">要点");
    // An answer that comes late still counts, and is no key.
    session.send(&Answers::Narrow.reply());
    session.wait_for("the notice is gone", |screen| !has(screen, "终端没有回答测量"));
    session.wait_for_text("4 个来源");
    session.send(&Answers::Wide.reply());
    session.send("\x1b[24;3R\x1b[?64c");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn keys_beside_the_answer_are_pressed_in_order() {
    let mut session = questioned();
    let reply = Answers::Narrow.reply();
    let (first, rest) = reply.split_at(7);
    // Cut inside a sequence and inside a character; other replies, of which nobody asked, between.
    session.send_bytes(b"\x1b2");
    session.send_bytes(first.as_bytes());
    session.send_bytes(b"\x1b[?2026;2$y\x1b]11;rgb:0000/0000/0000\x1b\\\x1bP>|q(1)\x1b\\\x1b[I");
    session.send_bytes(rest.as_bytes());
    session.send_bytes("\x1b3？".as_bytes());
    session.wait_for_text("Esc 关闭");
    session.send_bytes(b"\x1b[");
    session.send_bytes(b"B\xe4\xb8");
    session.send_bytes(b"\xad");
    // The help is searched for a character that no key is.
    session.wait_for_text("/中");
    session.send_bytes(b"\x1b");
    session.wait_for("the help is whole again", |screen| !has(screen, "/中"));
    session.send_bytes(b"\x1b");
    session.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
    session.wait_for_text(">要点");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn garbage_for_an_answer_is_no_answer() {
    let mut session = questioned();
    session.send_bytes(&[0x9b, 0xff, 0xc3, b'(']);
    session.send("\x1b[1;2;3R\x1b[?1R\x1b[24;99999R\x1b[>0;1;2c\x1b[24;");
    session.send("\x1b[0n\x1b[?62;c");
    session.send("?");
    session.wait_for_text("Esc 关闭");
    session.send("\x03");
    session.expect_exit(0);
}

#[test]
fn an_answer_on_its_way_does_not_reach_the_shell() {
    let caught = || {
        let script = "\"$ZHAIDU\" demo; read -r rest; echo \"<$rest>\"";
        let mut session = Launch::script(script).answers(Answers::Silent).start();
        session.wait_for_output("the question", |raw| asked(raw) == 1);
        session.send("q");
        session.send(&Answers::Narrow.reply());
        session.wait_for("the terminal is given back", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
        session.send("\n");
        session.expect_exit(0);
        has(session.screen(), "<>")
    };
    // A machine that is busy for a second may let one through.
    assert!((0..3).any(|_| caught()));
}

#[test]
fn a_terminal_of_bytes_is_told_in_ascii() {
    let mut session = Launch::zhaidu(["demo"]).answers(Answers::Latin1).start();
    session.expect_exit(2);
    let raw = session.raw();
    let back = raw.windows(8).rposition(|bytes| bytes == b"\x1b[?1049l").expect("given back");
    let after = &raw[back + 8..];
    assert!(after.is_ascii(), "{}", String::from_utf8_lossy(after));
    session.wait_for_text("tmux -u attach");
    session.wait_for_text("2023-05-12-?03?.txt");
}

#[test]
fn no_question_is_asked_when_the_widths_are_given() {
    let given = [
        Launch::zhaidu(["demo", "--ambiguous", "1"]),
        Launch::zhaidu(["demo", "--ambiguous", "universal"]),
        Launch::zhaidu(["demo"]).config("config.toml", b"ambiguous = \"2\""),
    ];
    for launch in given {
        let mut session = launch.answers(Answers::Latin1).start();
        session.wait_for_text("4 个来源");
        session.send("q");
        session.expect_exit(0);
        assert!(!session.raw().windows(4).any(|bytes| bytes == b"\x1b[6n"));
    }
    let file = Launch::zhaidu(["demo", "--ambiguous", "auto"]);
    let mut session = file.config("config.toml", b"ambiguous = \"2\"\nambigous = 1").start();
    session.wait_for_output("the question", |raw| asked(raw) == 1);
    session.wait_for_text("1 个问题");
    session.send("!");
    session.wait_for_text("ambigous");
    session.send("qq");
    session.expect_exit(0);
}

#[test]
fn a_terminal_that_is_taken_again_is_measured_again() {
    let mut session = Launch::zhaidu(["demo"]).start();
    session.wait_for_text("4 个来源");
    session.wait_for_output("the question", |raw| asked(raw) == 1);
    session.signal(rustix::process::Signal::STOP);
    session.signal(rustix::process::Signal::CONT);
    session.wait_for_output("the question again", |raw| asked(raw) == 2);
    session.resize(100, 30);
    session.send("q");
    session.expect_exit(0);
    assert_eq!(asked(session.raw()), 2);
}

#[test]
fn the_doctor_measures_and_gives_the_terminal_back() {
    for (answers, told) in [
        (Answers::Narrow, "占一格（测得）"),
        (Answers::Wide, "占两格（测得）"),
        (Answers::Silent, "终端没有回答"),
        (Answers::Latin1, "the terminal does not use UTF-8"),
    ] {
        let mut session = Launch::zhaidu(["doctor"]).size(80, 40).answers(answers).start();
        let ended = session.wait_exit();
        assert_eq!(ended.code, 0);
        assert!(has(session.screen(), told), "{}", rows(session.screen()).join("\n"));
        assert_eq!(session.settings(), session.settings_before());
    }
}

#[test]
fn the_doctor_tells_of_mistakes_in_the_settings() {
    let launch = Launch::zhaidu(["doctor"]).size(80, 40);
    let mut session = launch.config("config.toml", b"ambiguous = \"2\"\nambigous = 1").start();
    assert_eq!(session.wait_exit().code, 2);
    for told in ["\"ambigous\"", "占两格（由设置文件指定）"] {
        assert!(has(session.screen(), told), "{}", rows(session.screen()).join("\n"));
    }
}
