//! The real program in a real pseudo-terminal, its output read by a terminal emulator that knows
//! nothing of it.

pub(crate) mod answers;
pub(crate) mod archive;
pub(crate) mod grammar;
pub(crate) mod picture;
pub(crate) mod session;

mod decisions;
mod exporting;
mod given_back;
mod hostile;
mod journey;
mod launch;
mod measured;
mod mouse;
mod search;
mod watching;
