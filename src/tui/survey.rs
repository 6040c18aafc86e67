//! Measuring the terminal without the interface, for `zhaidu doctor`, which may ask more: nobody
//! types meanwhile.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::{
    SigId,
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
    flag, low_level,
};

use super::{
    input::{
        CAP,
        decode::{Decoder, Token},
        keyboard,
    },
    probe::{Answer, Question, Replies, request},
};
use crate::config::Background;

/// Asks for the name and version of the terminal (XTVERSION) and for the state of synchronised
/// update (DECRQM). In the interface a late answer to these could pass for keys in a program that
/// is started next; they come before the question that every terminal answers.
const MORE: &[u8] = b"\x1b[>q\x1b[?2026$p";

/// What a terminal says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The widths of its characters.
    pub answer: Answer,
    /// Its background, if it tells.
    pub background: Option<Background>,
    /// Name and version, of any origin; few terminals tell.
    pub name: Option<String>,
    /// Whether it can be told to show a frame at once; `None` when it does not say.
    pub synchronised: Option<bool>,
}

/// Asks the terminal on standard output, and waits a second for the answer. Its settings are as
/// before when this returns, or when a signal ends the process meanwhile.
///
/// # Errors
///
/// When the terminal cannot be set up, read or written.
pub fn survey() -> io::Result<Survey> {
    let keyboard = keyboard()?;
    let raw = Raw::enter()?;
    let mut out = io::stdout().lock();
    out.write_all(MORE)?;
    out.write_all(&request(Question::ALL, None))?;
    out.flush()?;
    let until = Instant::now() + CAP;
    let mut heard = Told::new();
    let mut chunk = [0; 4096];
    while !heard.is_complete() && !raw.is_ended() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        let timeout = Timespec::try_from(left).ok();
        let mut watched = [PollFd::new(&keyboard, PollFlags::IN)];
        match poll(&mut watched, timeout.as_ref()) {
            Ok(0) | Err(rustix::io::Errno::INTR) => continue,
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let count = rustix::io::read(&keyboard, &mut chunk)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        heard.take(chunk.get(..count).unwrap_or_default());
    }
    Ok(heard.survey())
}

/// What has been heard so far. What is typed meanwhile is dropped.
struct Told {
    decoder: Decoder,
    replies: Replies,
    name: Option<String>,
    synchronised: Option<bool>,
}

impl Told {
    fn new() -> Self {
        let replies = Replies::to(Question::ALL);
        Self { decoder: Decoder::default(), replies, name: None, synchronised: None }
    }

    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match self.decoder.take(*byte) {
                Some(Token::Text(b'P', text)) => {
                    if let Some(name) = text.strip_prefix(b">|") {
                        self.name = Some(String::from_utf8_lossy(name).into_owned());
                    }
                }
                Some(Token::Control(control)) if control.end == b'y' => {
                    // 1 and 2: set and reset; 0: unknown; 3 and 4: for ever so (DECRPM).
                    if let [2026, state] = control.mode_numbers().unwrap_or_default()[..] {
                        self.synchronised = Some(matches!(state, 1..=3));
                    }
                }
                Some(token) => drop(self.replies.take(&token)),
                None => {}
            }
        }
    }

    fn is_complete(&self) -> bool {
        self.replies.heard().is_some()
    }

    fn survey(self) -> Survey {
        let heard = self.replies.heard().unwrap_or_else(|| self.replies.given_up());
        Survey {
            answer: heard.widths.unwrap_or(Answer::Silent),
            background: heard.background,
            name: self.name,
            synchronised: self.synchronised,
        }
    }
}

/// Raw mode, given back when this is dropped, signals that would end the process included.
struct Raw {
    /// The signal that is to end the process, or 0.
    asked: Arc<AtomicUsize>,
    hooks: Vec<SigId>,
}

impl Raw {
    fn enter() -> io::Result<Self> {
        let mut raw = Self { asked: Arc::default(), hooks: Vec::new() };
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            let number = usize::try_from(signal).unwrap_or_default();
            raw.hooks.push(flag::register_usize(signal, raw.asked.clone(), number)?);
        }
        enable_raw_mode()?;
        Ok(raw)
    }

    fn is_ended(&self) -> bool {
        self.asked.load(Ordering::SeqCst) != 0
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
        for hook in self.hooks.drain(..) {
            low_level::unregister(hook);
        }
        if let Some(signal) =
            i32::try_from(self.asked.load(Ordering::SeqCst)).ok().filter(|s| *s != 0)
        {
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::Widths;

    #[test]
    fn a_terminal_tells_what_it_can() {
        let places: String =
            [4, 1, 1, 1, 1, 1, 1, 1, 2].map(|w| format!("\x1b[5;{}R", w + 1)).concat();
        for (more, name, synchronised) in [
            ("\x1bP>|XTerm(379)\x1b\\\x1b[?2026;0$y", Some("XTerm(379)"), Some(false)),
            ("\x1bP>|tmux 3.7\x1b\\\x1b[?2026;2$y", Some("tmux 3.7"), Some(true)),
            ("\x1b[?2026;4$y", None, Some(false)),
            ("\x1b[?2004;1$yq\x1bPx\x1b\\", None, None),
        ] {
            let mut heard = Told::new();
            heard.take(format!("{more}{places}").as_bytes());
            assert!(!heard.is_complete());
            heard.take(b"\x1b[?64;22c");
            assert!(heard.is_complete());
            let name = name.map(str::to_owned);
            let answer = Answer::Measured(Widths::NARROW);
            assert_eq!(heard.survey(), Survey { answer, background: None, name, synchronised });
        }
    }
}
