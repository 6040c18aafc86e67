//! Measuring what ambiguous characters take on the terminal, by printing one of each class and
//! asking where the cursor is then; and asking whether its background is dark.
//!
//! Nothing is asked but the place of the cursor (CPR), the colour of the background (OSC 11) and, as the
//! end of the answer, what the terminal is (DA1). Every terminal tried answers the first and the last, and
//! none shows anything of them. The colour is asked for first: a terminal that does not know the question
//! leaves it out, and one that takes it for text has it erased by what follows.

mod background;

use crate::{
    config::Background,
    text::width::{Class, Measured, Widths},
};

use super::input::decode::Token;

/// Characters that take two cells each on every terminal, and together more where their bytes are
/// taken for characters. One alone can pass there: among its bytes may be one that takes no cell.
const CONTROL: &str = "中丰";
/// Cells that they take.
const CONTROL_CELLS: u16 = 4;
/// How many places of the cursor are asked for.
const ASKED: usize = 1 + Class::ALL.len();
/// Columns that the question needs.
const ROOM: u16 = 8;

/// What the terminal answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The widths of its characters.
    Measured(Widths),
    /// It does not take the bytes that it is sent for UTF-8.
    NotUtf8,
    /// Nothing, or nothing in time.
    Silent,
}

/// What a terminal is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// What characters take there.
    pub(super) widths: bool,
    /// Whether its background is dark.
    pub(super) background: bool,
}

impl Question {
    /// All of it.
    pub(super) const ALL: Self = Self { widths: true, background: true };

    /// Whether anything is asked.
    pub(super) fn is_asked(self) -> bool {
        self.widths || self.background
    }
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// What was answered about the widths, if they were asked for.
    pub(super) widths: Option<Answer>,
    /// The background, if the terminal told it.
    pub(super) background: Option<Background>,
}

/// Whether a terminal of so many columns can be measured.
pub(super) fn has_room(columns: u16) -> bool {
    columns >= ROOM
}

/// The question as it is sent. It is asked on this row, from 0, or where the cursor is; the row is empty
/// then.
pub(super) fn request(asked: Question, row: Option<u16>) -> Vec<u8> {
    let place = row.map_or_else(String::new, |row| format!("\x1b[{};1H", row.saturating_add(1)));
    let mut question = format!("\x1b[?2026h\x1b7\x1b[0m{place}");
    if asked.background {
        question.push_str(background::REQUEST);
    }
    let classes = Class::ALL.map(|class| class.representative().to_string());
    let texts = [CONTROL].into_iter().chain(classes.iter().map(String::as_str));
    for text in texts.filter(|_| asked.widths) {
        question.extend(["\r\x1b[K", text, "\x1b[6n"]);
    }
    question.push_str("\r\x1b[K\x1b8\x1b[?2026l\x1b[c");
    question.into_bytes()
}

/// The answers to the question, as they come in.
#[derive(Clone, Debug)]
pub(super) struct Replies {
    asked: Question,
    /// The columns that were reported, from 1.
    columns: Vec<u16>,
    background: Option<Background>,
    complete: bool,
}

impl Replies {
    /// No answer yet.
    pub(super) fn to(asked: Question) -> Self {
        Self { asked, columns: Vec::new(), background: None, complete: false }
    }

    /// Takes a token if it is an answer; `false` leaves it to whoever else may understand it.
    pub(super) fn take(&mut self, token: &Token) -> bool {
        let control = match token {
            Token::Control(control) => control,
            Token::Text(b']', text) if background::is_answer(text) => {
                self.background = background::told(text).or(self.background);
                return true;
            }
            _ => return false,
        };
        match control.end {
            b'R' if self.asked.widths => {
                let numbers = control.numbers().unwrap_or_default();
                let [_, column] = numbers[..] else { return false };
                // More than were asked for are as good as none.
                if self.columns.len() <= ASKED {
                    self.columns.push(column);
                }
            }
            b'c' if control.private_numbers(b'?').is_some() => self.complete = true,
            _ => return false,
        }
        true
    }

    /// What came of the question, once the end of the answer has come.
    pub(super) fn heard(&self) -> Option<Heard> {
        self.complete.then(|| self.so_far(answer(&self.columns)))
    }

    /// What came of the question when nothing more does.
    pub(super) fn given_up(&self) -> Heard {
        self.so_far(Answer::Silent)
    }

    fn so_far(&self, widths: Answer) -> Heard {
        let widths = self.asked.widths.then_some(widths);
        Heard { widths, background: self.background }
    }
}

fn answer(columns: &[u16]) -> Answer {
    let widths: Vec<u16> = columns.iter().map(|column| column.saturating_sub(1)).collect();
    let [control, classes @ ..] = widths.as_slice() else { return Answer::Silent };
    if classes.len() != Class::ALL.len() {
        // Which of them are missing cannot be told.
        return Answer::Measured(Widths::UNIVERSAL);
    }
    if *control != CONTROL_CELLS {
        return Answer::NotUtf8;
    }
    let classes = Class::ALL.into_iter().zip(classes);
    Answer::Measured(classes.fold(Widths::UNIVERSAL, |widths, (class, cells)| {
        widths.with(
            class,
            match cells {
                1 => Measured::One,
                2 => Measured::Two,
                _ => Measured::Unknown,
            },
        )
    }))
}

#[cfg(test)]
mod tests;
