//! Whatever a terminal sends, and in whatever pieces: the same keys, little memory, and a paste that is one
//! thing and never keys.

use std::time::Instant;

use zhaidu::{app::msg::Msg, tui::Ear};

use super::input::Input;

/// Bytes that may be kept of what has not come whole.
const MOST: usize = 1024 * 1024;
/// What ends everything that may have begun, and a key.
const ENDS: &[u8] = b"\x1b[201~\x07\x1b\\\x1b\\\r";

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (asked, step, now) = (input.odd(), 1 + input.below(9), Instant::now());
    let bytes = input.rest();
    let mut whole = Ear::new(asked, now);
    let heard = whole.hear(bytes);
    let mut pieces = Ear::new(asked, now);
    let mut same = Vec::new();
    for (number, piece) in bytes.chunks(step).enumerate() {
        same.extend(pieces.hear(if number % 3 == 2 { &[] } else { piece }));
        if number % 3 == 2 {
            same.extend(pieces.hear(piece));
        }
        assert!(pieces.held() <= MOST.min(bytes.len()), "{} bytes are kept", pieces.held());
    }
    assert_eq!(format!("{same:?}"), format!("{heard:?}"), "in pieces of {step}");
    check_waiting(bytes, step, Ear::new(asked, now));
    check_paste(bytes, whole);
}

/// Pauses between pieces neither upset it nor make it deaf.
fn check_waiting(bytes: &[u8], step: usize, mut ear: Ear) {
    for piece in bytes.chunks(step) {
        ear.hear(piece);
        ear.wait();
    }
    ear.hear(ENDS);
    assert!(is_key(&ear.hear(b"k")), "deaf after all");
}

/// After whatever came before, pasted text is itself.
fn check_paste(bytes: &[u8], mut ear: Ear) {
    ear.hear(ENDS);
    let text: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0x1b).collect();
    let pasted = ear.hear(&[b"\x1b[200~", text.as_slice(), b"\x1b[201~"].concat());
    let [Msg::Paste(pasted)] = pasted.as_slice() else { panic!("{pasted:?} of a paste") };
    assert_eq!(*pasted, String::from_utf8_lossy(&text));
    assert!(is_key(&ear.hear(b"k")), "deaf after a paste");
}

fn is_key(heard: &[Msg]) -> bool {
    matches!(heard, [Msg::Key(_)])
}
