//! What the thread hears of a terminal, without terminal, thread and clock: bytes in, messages out.

use std::time::{Duration, Instant};

use super::{
    decode::{Decoder, Token},
    keys,
    mouse::Clicks,
};
use crate::{
    app::msg::Msg,
    tui::probe::{Question, Replies},
};

/// What a token means to the interface, if it is a key, a paste or something done with the mouse.
pub(super) fn meaning(token: Token, clicks: &mut Clicks, now: Instant) -> Option<Msg> {
    let of_mouse = clicks.event(&token, now).map(Msg::Mouse);
    of_mouse.or_else(|| keys::message(token))
}

/// Takes what a terminal sends and gives what the interface is told of it.
#[derive(Debug)]
pub struct Ear {
    decoder: Decoder,
    clicks: Clicks,
    /// What is expected, if the terminal was asked something.
    replies: Option<Replies>,
    now: Instant,
}

impl Ear {
    /// An ear at a moment, for which no time passes. `asked` says whether the terminal was asked for its
    /// widths and its background, so that answers are expected.
    pub fn new(asked: bool, now: Instant) -> Self {
        let replies = asked.then(|| Replies::to(Question::ALL));
        Self { decoder: Decoder::default(), clicks: Clicks::default(), replies, now }
    }

    /// Takes what was read at once.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<Msg> {
        let mut heard = Vec::new();
        for token in bytes.iter().filter_map(|byte| self.decoder.take(*byte)) {
            let is_answer = self.replies.as_mut().is_some_and(|replies| replies.take(&token));
            heard
                .extend((!is_answer).then(|| meaning(token, &mut self.clicks, self.now)).flatten());
        }
        heard
    }

    /// Nothing more came for as long as the rest of a sequence is waited for.
    pub fn wait(&mut self) -> Option<Msg> {
        self.decoder.patience(Duration::ZERO)?;
        let token = self.decoder.expire()?;
        meaning(token, &mut self.clicks, self.now)
    }

    /// Bytes that are kept of what has not come whole.
    pub fn held(&self) -> usize {
        self.decoder.held()
    }
}
