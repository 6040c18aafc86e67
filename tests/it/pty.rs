//! The real program in a real pseudo-terminal, its output read by a terminal emulator that knows
//! nothing of it.

#[path = "../harness/mod.rs"]
mod shared;

pub(crate) mod picture;

pub(crate) use shared::{answers, archive, grammar, payloads, session};

mod decisions;
mod exporting;
mod flashing;
mod given_back;
mod guarded;
mod hostile;
mod indexing;
mod journey;
mod matching;
mod measured;
mod mouse;
mod noting;
mod resuming;
mod search;
mod taking;
mod themes;
mod watching;
