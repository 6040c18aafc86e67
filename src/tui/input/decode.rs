//! What a terminal sends, taken apart byte by byte: characters, control sequences, strings.
//!
//! Keys and answers of the terminal come mixed in one stream, cut anywhere. Whatever arrives, the
//! memory is bounded, nothing panics, and a sequence that is not understood is never taken for the
//! keys that its letters would be.

mod control;

use std::time::Duration;

pub(in crate::tui) use control::Control;

/// Longest control sequence that is kept; of a longer one only the end is waited for.
const LONGEST_SEQUENCE: usize = 64;
/// Bytes of a string that are kept.
const LONGEST_STRING: usize = 256;
/// Bytes of a paste that are kept.
const LONGEST_PASTE: usize = 1024 * 1024;
/// Bytes after which a string that does not end is given up.
const PATIENCE: usize = 64 * 1024;

/// How long the rest of a paste is waited for: one that was cut must not swallow the keys for ever.
const PASTE_PATIENCE: Duration = Duration::from_secs(1);

/// A unit of what a terminal sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Token {
    /// A character, control characters among them.
    Char(char),
    /// A character behind an escape character: `Alt` was held.
    Alt(char),
    /// A control sequence.
    Control(Control),
    /// A key in the form `ESC O x` (SS3).
    Single(u8),
    /// A string of the terminal (DCS, OSC and the like): the byte that opens it behind the escape
    /// character, and its beginning.
    Text(u8, Vec<u8>),
    /// Pasted text, as it came.
    Paste(String),
}

/// Takes bytes apart.
#[derive(Debug, Default)]
pub(in crate::tui) struct Decoder {
    state: State,
    /// What has come of the character, sequence or string.
    kept: Vec<u8>,
    /// How many bytes have come of a string, or of what ends a paste.
    length: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Between two tokens, or inside a character.
    #[default]
    Ground,
    /// Behind an escape character.
    Escape,
    /// Inside a character behind an escape character.
    AltChar,
    /// Inside a control sequence.
    Sequence,
    /// Inside a control sequence that is too long.
    Overlong,
    /// Behind `ESC O`.
    Single,
    /// Inside a string that this byte opened.
    Text(u8),
    /// Behind an escape character inside a string.
    TextEscape(u8),
    /// Before so many bytes of a mouse report.
    Mouse(u8),
    /// Inside pasted text.
    Paste,
}

/// What ends pasted text.
const PASTE_END: &[u8] = b"\x1b[201~";

impl Decoder {
    /// Takes a byte; the token that it completes, if it completes one.
    pub(in crate::tui) fn take(&mut self, byte: u8) -> Option<Token> {
        match self.state {
            State::Ground => self.ground(byte),
            State::Escape => self.escape(byte),
            State::AltChar => self.character(byte, Token::Alt),
            State::Sequence | State::Overlong => self.sequence(byte),
            State::Single => self.single(byte),
            State::Text(opened) => self.text(byte, opened),
            State::TextEscape(opened) if byte == b'\\' => Some(self.end_text(opened)),
            State::TextEscape(_) => {
                // Not the end of the string, so the string was cut and this is something else.
                self.start(State::Escape);
                self.escape(byte)
            }
            State::Mouse(more) => {
                self.state = if more > 1 { State::Mouse(more - 1) } else { State::Ground };
                None
            }
            State::Paste => self.paste(byte),
        }
    }

    /// How long whoever reads is to wait for more before he calls [`Decoder::expire`]: `usual` where
    /// what has come may be all that comes, such as a lone escape character; longer inside a paste,
    /// whose end may have been lost; `None` between two tokens, or for as long as it takes.
    pub(in crate::tui) fn patience(&self, usual: Duration) -> Option<Duration> {
        match self.state {
            State::Paste => Some(PASTE_PATIENCE),
            State::Sequence => self.kept.is_empty().then_some(usual),
            State::Ground | State::Overlong => None,
            State::Escape
            | State::AltChar
            | State::Single
            | State::Text(_)
            | State::TextEscape(_)
            | State::Mouse(_) => Some(usual),
        }
    }

    /// No more has come in time: what that makes of what has come.
    pub(in crate::tui) fn expire(&mut self) -> Option<Token> {
        self.patience(Duration::ZERO)?;
        let token = match self.state {
            State::Escape => Some(Token::Char('\u{1b}')),
            State::Sequence => Some(Token::Alt('[')),
            State::Single => Some(Token::Alt('O')),
            State::Text(opened) if self.length == 0 => Some(Token::Alt(char::from(opened))),
            State::Paste => Some(Token::Paste(String::from_utf8_lossy(&self.kept).into_owned())),
            _ => None,
        };
        self.start(State::Ground);
        token
    }

    /// Bytes that are kept of what has not come whole.
    pub(in crate::tui) fn held(&self) -> usize {
        self.kept.len()
    }

    fn start(&mut self, state: State) {
        self.state = state;
        self.kept.clear();
        self.length = 0;
    }

    fn ground(&mut self, byte: u8) -> Option<Token> {
        if byte == 0x1b {
            self.start(State::Escape);
            return None;
        }
        self.character(byte, Token::Char)
    }

    fn escape(&mut self, byte: u8) -> Option<Token> {
        match byte {
            // The first one was the key.
            0x1b => return Some(Token::Char('\u{1b}')),
            b'[' => self.start(State::Sequence),
            b'O' => self.start(State::Single),
            b'P' | b']' | b'X' | b'^' | b'_' => self.start(State::Text(byte)),
            _ => {
                self.start(State::AltChar);
                return self.character(byte, Token::Alt);
            }
        }
        None
    }

    /// A byte of a character in UTF-8.
    fn character(&mut self, byte: u8, token: fn(char) -> Token) -> Option<Token> {
        let continues = byte & 0b1100_0000 == 0b1000_0000;
        if !self.kept.is_empty() && !continues {
            // The character was cut: what comes now is another one.
            self.start(State::Ground);
            return self.ground(byte);
        }
        self.kept.push(byte);
        match std::str::from_utf8(&self.kept) {
            Ok(text) => {
                let c = text.chars().next();
                self.start(State::Ground);
                c.map(token)
            }
            Err(error) if error.error_len().is_none() => None,
            Err(_) => {
                self.start(State::Ground);
                None
            }
        }
    }

    fn sequence(&mut self, byte: u8) -> Option<Token> {
        match byte {
            // `ESC [ [ A` is how the Linux console sends F1.
            b'[' if self.kept.is_empty() => self.kept.push(byte),
            0x20..=0x3f if self.kept.len() < LONGEST_SEQUENCE => self.kept.push(byte),
            0x20..=0x3f => self.state = State::Overlong,
            0x40..=0x7e => return self.end_sequence(byte),
            // It was cut: what comes now is something else.
            _ => {
                self.start(State::Ground);
                return self.ground(byte);
            }
        }
        None
    }

    fn end_sequence(&mut self, end: u8) -> Option<Token> {
        let complete = self.state == State::Sequence;
        let body = std::mem::take(&mut self.kept);
        self.start(match (body.as_slice(), end) {
            _ if !complete => State::Ground,
            (b"", b'M') => State::Mouse(3),
            (b"200", b'~') => State::Paste,
            _ => State::Ground,
        });
        (complete && self.state == State::Ground).then_some(Token::Control(Control::new(body, end)))
    }

    fn single(&mut self, byte: u8) -> Option<Token> {
        self.start(State::Ground);
        if byte.is_ascii_graphic() { Some(Token::Single(byte)) } else { self.ground(byte) }
    }

    fn text(&mut self, byte: u8, opened: u8) -> Option<Token> {
        self.length += 1;
        match byte {
            0x07 => return Some(self.end_text(opened)),
            0x1b => self.state = State::TextEscape(opened),
            // No string holds control characters: it was cut, or `Alt` and a key were pressed.
            0x00..=0x1f => {
                self.start(State::Ground);
                return self.ground(byte);
            }
            _ if self.length > PATIENCE => self.start(State::Ground),
            _ if self.kept.len() < LONGEST_STRING => self.kept.push(byte),
            _ => {}
        }
        None
    }

    fn end_text(&mut self, opened: u8) -> Token {
        let text = std::mem::take(&mut self.kept);
        self.start(State::Ground);
        Token::Text(opened, text)
    }

    /// A byte of pasted text. However long it is and however slowly it comes, none of it is keys.
    fn paste(&mut self, byte: u8) -> Option<Token> {
        if self.kept.len() < LONGEST_PASTE {
            self.kept.push(byte);
        }
        // No part of the end but its first byte is an escape character.
        self.length = match PASTE_END.get(self.length) {
            Some(expected) if *expected == byte => self.length + 1,
            _ => usize::from(byte == 0x1b),
        };
        if self.length < PASTE_END.len() {
            return None;
        }
        let mut text = std::mem::take(&mut self.kept);
        self.start(State::Ground);
        if text.ends_with(PASTE_END) {
            text.truncate(text.len() - PASTE_END.len());
        }
        Some(Token::Paste(String::from_utf8_lossy(&text).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(bytes: &[u8]) -> Vec<Token> {
        let mut decoder = Decoder::default();
        let mut tokens: Vec<Token> = bytes.iter().filter_map(|byte| decoder.take(*byte)).collect();
        tokens.extend(decoder.expire());
        tokens
    }

    fn typed(bytes: &[u8]) -> String {
        let char_of = |token| if let Token::Char(c) = token { c } else { '?' };
        decoded(bytes).into_iter().map(char_of).collect()
    }

    #[test]
    fn what_is_no_key_is_passed_over_whole() {
        for (bytes, keys) in [
            (&b"a\xe4\xb8\xadb"[..], "a中b"),
            (b"a\xe4\xb8q", "aq"),
            (b"\xff\x80a\xc0", "a"),
            (b"\x1b", "\u{1b}"),
            (b"\x1b\x1b", "\u{1b}\u{1b}"),
            (b"\x1b]11;rgb:ff\x07a", "?a"),
            (b"\x1b]11;rgb:ff\x1b\\a", "?a"),
            (b"\x1bP>|xterm\x1b\\a", "?a"),
            (b"\x1b]cut\x03a", "\u{3}a"),
            (b"\x1b]cut", ""),
            (b"a\x1b[", "a?"),
            (b"a\x1bO", "a?"),
            (b"a\x1b]", "a?"),
            (b"a\x1b[200~cut", "a?"),
            (b"\x1b[12;\ra", "\ra"),
            (b"\x1b[M   a", "a"),
            (b"\x1b[200~q\x1b[31m\x03\x1b[201~a", "?a"),
        ] {
            assert_eq!(typed(bytes), keys, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn sequences_have_numbers() {
        let numbers = |bytes: &[u8]| match decoded(bytes).as_slice() {
            [Token::Control(control)] => control.numbers(),
            other => panic!("{other:?}"),
        };
        assert_eq!(numbers(b"\x1b[24;3R"), Some(vec![24, 3]));
        assert_eq!(numbers(b"\x1b[;3R"), Some(vec![0, 3]));
        assert_eq!(numbers(b"\x1b[99999;1R"), Some(vec![u16::MAX, 1]));
        assert_eq!(numbers(b"\x1b[?24;3R"), None);
        assert_eq!(numbers(b"\x1b[1:2R"), None);
        let overlong = [b"\x1b[".as_slice(), &[b'1'; 100], b"Ra"].concat();
        assert_eq!(decoded(&overlong), [Token::Char('a')]);
    }

    #[test]
    fn a_paste_is_one_token_and_bounded() {
        let paste = b"\x1b[200~\x1b[20\x1b\x1b[201\r\x1b[201~";
        assert_eq!(decoded(paste), [Token::Paste("\x1b[20\x1b\x1b[201\r".to_owned())]);
        let long = [b"\x1b[200~".as_slice(), &vec![b'q'; 2 * LONGEST_PASTE], PASTE_END].concat();
        assert_eq!(decoded(&long), [Token::Paste("q".repeat(LONGEST_PASTE))]);
        let string = [b"\x1b]".as_slice(), &vec![b'q'; PATIENCE]].concat();
        let mut decoder = Decoder::default();
        assert!(string.iter().all(|byte| decoder.take(*byte).is_none()));
        assert!(decoder.kept.len() <= LONGEST_STRING);
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_chunks_are_the_same_tokens(bytes: Vec<u8>) {
            let mut decoder = Decoder::default();
            for byte in &bytes {
                decoder.take(*byte);
                prop_assert!(decoder.kept.len() <= bytes.len());
            }
            // After what ends every sequence, a key is a key again.
            for byte in *b"\x1b[201~\x07\x1b\\\x1b\\\r" {
                decoder.take(byte);
            }
            prop_assert_eq!(decoder.take(b'k'), Some(Token::Char('k')));
        }

        #[test]
        fn plain_text_is_itself(text in "[^\\x1b]*") {
            prop_assert_eq!(typed(text.as_bytes()), text);
        }
    }
}
