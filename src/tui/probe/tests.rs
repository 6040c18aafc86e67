use proptest::prelude::*;

use super::{super::input::decode::Decoder, *};

/// Configurations of terminals with the cells that `中` and the representative of each class took
/// there when they were measured, in the order of [`Class::ALL`].
const TERMINALS: [(&str, [u16; 9]); 21] = [
    ("xterm 412", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("xterm 412 -cjk_width", [2, 2, 2, 2, 2, 2, 2, 2, 2]),
    ("xterm 412 -mk_width", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("VTE 0.84", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("VTE 0.84, ambiguous wide", [2, 2, 2, 2, 2, 2, 2, 2, 2]),
    ("Konsole 26.08", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("QTerminal 2.4", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("Alacritty 0.17", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("kitty 0.48", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("foot 1.28", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("mlterm 3.9", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("mlterm 3.9, ambiguous wide", [2, 2, 2, 2, 2, 2, 2, 2, 2]),
    ("rxvt-unicode 9.30", [2, 1, 1, 1, 1, 1, 1, 1, 1]),
    ("st", [2, 1, 1, 1, 1, 1, 1, 1, 1]),
    ("pterm", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("tmux 3.3a", [2, 1, 1, 1, 1, 1, 1, 1, 0]),
    ("tmux 3.8", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("tmux next-3.8, glibc", [2, 1, 1, 1, 1, 1, 1, 1, 1]),
    ("tmux next-3.8, utf8proc", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("screen 5.0", [2, 1, 1, 1, 1, 1, 1, 1, 2]),
    ("screen 5.0, cjkwidth on", [2, 2, 2, 2, 2, 2, 2, 2, 2]),
];

/// What a terminal sends back that gives characters these widths.
fn reply(cells: &[u16]) -> String {
    // Of the first kind there are two.
    let asked =
        cells.iter().enumerate().map(|(at, cells)| if at == 0 { 2 * cells } else { *cells });
    let places = asked.map(|cells| format!("\x1b[24;{}R", cells + 1));
    places.chain(["\x1b[?64;1;2c".to_owned()]).collect()
}

/// The answer about the widths, and the characters that were typed beside it.
fn heard(bytes: &[u8]) -> (Option<Answer>, String) {
    let (heard, typed) = heard_of(Question::ALL, bytes);
    (heard.and_then(|heard| heard.widths), typed)
}

/// What is heard of a question, and the characters that were typed beside it.
fn heard_of(asked: Question, bytes: &[u8]) -> (Option<Heard>, String) {
    let (mut decoder, mut replies, mut typed) =
        (Decoder::default(), Replies::to(asked), String::new());
    let mut answer = None;
    for byte in bytes {
        let Some(token) = decoder.take(*byte) else { continue };
        match token {
            token if replies.take(&token) => answer = answer.or(replies.heard()),
            Token::Char(c) => typed.push(c),
            _ => {}
        }
    }
    (answer, typed)
}

#[test]
fn every_terminal_that_was_measured_is_recognised() {
    for (name, cells) in TERMINALS {
        let Some(Answer::Measured(widths)) = heard(reply(&cells).as_bytes()).0 else {
            panic!("{name}");
        };
        for (class, cells) in Class::ALL.into_iter().zip(cells.into_iter().skip(1)) {
            let measured = [Measured::Unknown, Measured::One, Measured::Two];
            assert_eq!(widths.get(class), measured[usize::from(cells)], "{name}: {class:?}");
        }
    }
    let decided = |number: usize| heard(reply(&TERMINALS[number].1).as_bytes()).0;
    assert_eq!(decided(0), Some(Answer::Measured(Widths::NARROW)));
    assert_eq!(decided(1), Some(Answer::Measured(Widths::WIDE)));
}

#[test]
fn what_is_no_sound_answer_is_not_believed() {
    let universal = Some(Answer::Measured(Widths::UNIVERSAL));
    let narrow = [2, 1, 1, 1, 1, 1, 1, 1, 2];
    for (cells, expected) in [
        (&[3, 3, 3, 2, 2, 2, 3, 3, 4][..], Some(Answer::NotUtf8)),
        (&[0; 9], Some(Answer::NotUtf8)),
        (&[2, 0, 3, 9, 0, 0, 0, 0, 0], universal),
        (&narrow[..8], universal),
        (&[2; 10], universal),
        (&[2; 1000], universal),
        (&[], Some(Answer::Silent)),
    ] {
        assert_eq!(heard(reply(cells).as_bytes()).0, expected, "{cells:?}");
    }
    // Anything but the very answer that was asked for does not end it.
    for end in ["\x1b[>41;1;0c", "\x1b[c", "\x1b[?1;2$c", "\x1b[?1;2", "\x1b[=1c", "c"] {
        assert_eq!(heard(end.as_bytes()).0, None, "{end:?}");
    }
}

#[test]
fn what_is_typed_beside_the_answer_stays_in_order() {
    let mut bytes = b"j".to_vec();
    for (number, part) in reply(&TERMINALS[0].1).split_inclusive(['R', 'c']).enumerate() {
        bytes.extend(part.as_bytes());
        bytes.push(b'0' + number as u8);
        bytes.extend(b"\x1b[?2026;2$y\x1b]11;rgb:0/0/0\x1b\\\x1bP>|x(1)\x1b\\\x1b[I");
    }
    assert_eq!(heard(&bytes), (Some(Answer::Measured(Widths::NARROW)), "j0123456789".to_owned()));
}

#[test]
fn the_question_asks_for_nothing_but_the_cursor_the_background_and_the_kind() {
    let question = String::from_utf8(request(Question::ALL, Some(23))).unwrap();
    assert!(
        question.starts_with("\x1b[?2026h\x1b7\x1b[0m\x1b[24;1H\x1b]11;?\x1b\\\r\x1b[K中丰\x1b[6n")
    );
    assert!(question.ends_with("\x1b[6n\r\x1b[K\x1b8\x1b[?2026l\x1b[c"));
    assert_eq!(question.matches("\x1b[6n").count(), ASKED);
    assert!(question.len() < 200, "{}", question.len());
    let asked = Question { widths: false, background: true };
    let short = String::from_utf8(request(asked, Some(23))).unwrap();
    assert_eq!(
        short.replace("\x1b]11;?\x1b\\", ""),
        "\x1b[?2026h\x1b7\x1b[0m\x1b[24;1H\r\x1b[K\x1b8\x1b[?2026l\x1b[c"
    );
}

#[test]
fn the_background_is_told_before_the_end_of_the_answer_or_not_at_all() {
    let (dark, light) = (Some(Background::Dark), Some(Background::Light));
    let asked = Question { widths: false, background: true };
    for (bytes, background) in [
        (&b"\x1b]11;rgb:00/00/00\x1b\\\x1b[?1c"[..], dark),
        (b"\x1b]11;rgb:ff/ff/ff\x07\x1b[?1c", light),
        (b"\x1b[?1c\x1b]11;rgb:ff/ff/ff\x07", None),
        (b"\x1b]10;rgb:00/00/00\x07\x1b[?1c", None),
        (b"\x1b]11;rgb:00/00/00\x07\x1b]11;rgb:zz\x07\x1b[?1c", dark),
        (b"\x1b]11;rgb:00\x03/00/00\x07\x1b[?1c", None),
        (b"\x1b[?1c", None),
    ] {
        let (heard, _) = heard_of(asked, bytes);
        assert_eq!(heard, Some(Heard { widths: None, background }), "{}", bytes.escape_ascii());
    }
}

proptest! {
    #[test]
    fn whatever_comes_is_taken(bytes: Vec<u8>, cells in prop::collection::vec(0_u16..12, 0..40)) {
        heard(&bytes);
        let (answer, _) = heard(&[&bytes[..], b"\x07\x1b\\\r", reply(&cells).as_bytes()].concat());
        prop_assert!(answer.is_some() || bytes.windows(5).any(|b| b == b"[200~"));
    }
}
