//! What a terminal answers when a program asks for the place of the cursor and for its kind.

use std::io::Write;

use super::session::Writer;

/// The texts whose widths the program asks for.
const ASKED: [&str; 9] = ["中丰", "“", "□", "ǎ", "α", "ж", "─", "█", "\u{31350}"];
/// What a terminal says of its kind.
const KIND: &str = "\x1b[?64;1;2;22c";

/// How a terminal answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    /// Ambiguous characters take one cell.
    Narrow,
    /// They take one, and the background is white.
    Light,
    /// They take one, and the background is black.
    Dark,
    /// They take two.
    Wide,
    /// Every byte is a character.
    Latin1,
    /// Not at all.
    Silent,
}

impl Answers {
    /// The answer to the whole question.
    pub(crate) fn reply(self) -> String {
        if self == Self::Silent {
            return String::new();
        }
        let places = ASKED.map(|text| {
            let cells = text.chars().map(|c| match (self, c) {
                // The last byte of 中 is a soft hyphen in ISO 8859-1, which may take no cell.
                (Self::Latin1, '中') => 2,
                (Self::Latin1, c) => c.len_utf8(),
                (Self::Wide, _) | (_, '中' | '丰' | '\u{31350}') => 2,
                _ => 1,
            });
            format!("\x1b[24;{}R", cells.sum::<usize>() + 1)
        });
        places.into_iter().chain([self.end()]).collect()
    }

    /// The end of the answer: the background, if the terminal tells it, and its kind.
    fn end(self) -> String {
        match self {
            Self::Light => format!("\x1b]11;rgb:ffff/ffff/ffff\x1b\\{KIND}"),
            Self::Dark => format!("\x1b]11;rgb:0000/0000/0000\x1b\\{KIND}"),
            Self::Narrow | Self::Wide | Self::Latin1 => KIND.to_owned(),
            Self::Silent => String::new(),
        }
    }
}

/// Length of the question at the head of a text: nothing but the very one that the program may ask.
pub(crate) fn question(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\x1b[?2026h\x1b7\x1b[0m")?;
    let rest = match rest.strip_prefix("\x1b[") {
        Some(place) => {
            place.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(";1H")?
        }
        None => rest,
    };
    let body: Vec<String> = ASKED.iter().map(|text| format!("\r\x1b[K{text}\x1b[6n")).collect();
    let rest = rest.strip_prefix("\x1b]11;?\x1b\\").unwrap_or(rest);
    // What characters take is not asked when it is given.
    let rest = rest.strip_prefix(body.concat().as_str()).unwrap_or(rest);
    let rest = rest.strip_prefix("\r\x1b[K\x1b8\x1b[?2026l\x1b[c")?;
    Some(text.len() - rest.len())
}

/// Listens to what is written and answers.
pub(crate) struct Listener {
    answers: Answers,
    writer: Writer,
    heard: Vec<u8>,
    /// Whether the place of the cursor was asked for.
    measured: bool,
}

impl Listener {
    pub(crate) fn new(answers: Answers, writer: Writer) -> Self {
        Self { answers, writer, heard: Vec::new(), measured: false }
    }

    /// Takes output, cut anywhere.
    pub(crate) fn hear(&mut self, output: &[u8]) {
        /// The end of the question.
        const END: &[u8] = b"\x1b[?2026l\x1b[c";
        /// What asks for the place of the cursor.
        const PLACE: &[u8] = b"\x1b[6n";
        self.heard.extend(output);
        self.measured |= self.heard.windows(PLACE.len()).any(|bytes| bytes == PLACE);
        while let Some(at) = self.heard.windows(END.len()).position(|bytes| bytes == END) {
            self.heard.drain(..at + END.len());
            let mut writer = self.writer.lock().expect("the writer is whole");
            // The program may be gone by now.
            let reply = if std::mem::take(&mut self.measured) {
                self.answers.reply()
            } else {
                self.answers.end()
            };
            let _ = writer.write_all(reply.as_bytes()).and_then(|()| writer.flush());
        }
        let excess = self.heard.len().saturating_sub(END.len() - 1);
        self.heard.drain(..excess);
    }
}
