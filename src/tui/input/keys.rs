//! Which key a terminal means. The forms are those of xterm (`ctlseqs`, "PC-style function keys"),
//! with what rxvt, screen and the Linux console send instead.

use super::decode::{Control, Token};
use crate::app::{
    chord::{Chord, Key, Modifiers},
    msg::Msg,
};

/// What a token means to the interface; `None` for what is neither key nor paste. A character beyond
/// ASCII is passed on as it was typed.
pub(super) fn message(token: Token) -> Option<Msg> {
    match token {
        Token::Char(c) if !c.is_ascii() => Some(Msg::Typed(c)),
        Token::Paste(text) => Some(Msg::Paste(text)),
        token => chord(&token).map(Msg::Key),
    }
}

/// The key press; `None` for what is no key.
fn chord(token: &Token) -> Option<Chord> {
    match token {
        Token::Char(c) => Some(typed(*c, Modifiers::default())),
        Token::Alt(c) => Some(typed(*c, Modifiers { alt: true, ..Modifiers::default() })),
        Token::Single(end) => Some(Chord::new(single(*end)?, Modifiers::default())),
        Token::Control(control) => sequence(control),
        Token::Text(..) | Token::Paste(_) => None,
    }
}

fn typed(c: char, modifiers: Modifiers) -> Chord {
    match c {
        // Enter is the other one of the two, and Backspace sends DEL nearly everywhere.
        '\n' => Chord::new(Key::Char('j'), Modifiers { ctrl: true, ..modifiers }),
        '\u{8}' => Chord::new(Key::Char('h'), Modifiers { ctrl: true, ..modifiers }),
        _ => Chord::new(Key::Char(c), modifiers),
    }
}

fn sequence(control: &Control) -> Option<Chord> {
    if control.end == b'Z' {
        return Some(Chord::new(Key::Tab, Modifiers { shift: true, ..Modifiers::default() }));
    }
    if let Some(number) = control.console() {
        return Some(Chord::new(Key::F(number), Modifiers::default()));
    }
    let numbers = control.numbers()?;
    let key = match control.end {
        b'~' => numbered(*numbers.first()?)?,
        // With modifiers this is what a terminal answers to the question for the cursor.
        // And the other is a report of the mouse in the form of urxvt: nobody sends Enter so.
        b'R' | b'M' => return None,
        end => single(end)?,
    };
    Some(Chord::new(key, modifiers(numbers.get(1).copied())))
}

/// Keys told by a letter.
fn single(end: u8) -> Option<Key> {
    Some(match end {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'M' => Key::Enter,
        b'P'..=b'S' => Key::F(end - b'P' + 1),
        _ => return None,
    })
}

/// Keys told by a number.
fn numbered(number: u16) -> Option<Key> {
    let number = u8::try_from(number).ok()?;
    Some(match number {
        1 | 7 => Key::Home,
        2 => Key::Insert,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => Key::F(number - 10),
        17..=21 => Key::F(number - 11),
        23..=26 => Key::F(number - 12),
        28..=29 => Key::F(number - 13),
        31..=34 => Key::F(number - 14),
        _ => return None,
    })
}

/// The modifiers: 1 and a bit for each.
fn modifiers(number: Option<u16>) -> Modifiers {
    let bits = number.unwrap_or(1).saturating_sub(1);
    Modifiers { shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
}

#[cfg(test)]
mod tests {
    use super::{super::decode::Decoder, *};

    fn chords(bytes: &[u8]) -> Vec<String> {
        let mut decoder = Decoder::default();
        let tokens = bytes.iter().filter_map(|byte| decoder.take(*byte)).collect::<Vec<_>>();
        let tokens = tokens.into_iter().chain(decoder.expire());
        tokens.filter_map(|token| chord(&token)).map(|chord| chord.to_string()).collect()
    }

    #[test]
    fn keys_are_what_terminals_send() {
        for (bytes, keys) in [
            (&b"q"[..], "q"),
            ("中".as_bytes(), "中"),
            ("？".as_bytes(), "?"),
            (b"\r", "Enter"),
            (b"\n", "C-j"),
            (b"\t", "Tab"),
            (b"\x7f", "Backspace"),
            (b"\x08", "C-h"),
            (b"\x1b", "Esc"),
            (b"\x03", "C-c"),
            (b"\x1d", "C-]"),
            (b"\x00", "C-Space"),
            (b"\x1bx", "A-x"),
            (b"\x1b\x1b[A", "Esc Up"),
            (b"\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left"),
            (b"\x1bOA\x1bOH\x1bOF", "Up Home End"),
            (b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End"),
            (b"\x1b[5~\x1b[6~\x1b[2~\x1b[3~", "PageUp PageDown Insert Delete"),
            (b"\x1b[1;5A\x1b[1;2D\x1b[5;3~", "C-Up S-Left A-PageUp"),
            (b"\x1b[Z", "S-Tab"),
            (b"\x1bOP\x1b[[B\x1b[13~\x1b[15~\x1b[17~\x1b[24~", "F1 F2 F3 F5 F6 F12"),
            (b"\x1b[25~\x1b[26~\x1b[28~\x1b[29~\x1b[34~", "F13 F14 F15 F16 F20"),
            // Answers of the terminal, events nobody asked for, what is not understood.
            (b"\x1b[24;3R\x1b[?62;22c\x1b[?2026;2$y\x1b[I\x1b[0n\x1b[9999~\x1b]11;x\x07", ""),
            // The letter before the one that the Linux console sends for F1.
            (b"\x1b[[@\x1b[[F", ""),
            (b"\x1b[<0;1;1M\x1b[<64;1;1m\x1b[32;10;5M\x1b[MaZZ\x1b[M !!", ""),
        ] {
            assert_eq!(chords(bytes).join(" "), keys, "{}", bytes.escape_ascii());
        }
    }
}
