//! The real program in a real pseudo-terminal, its output read by a terminal emulator that knows nothing
//! of it. The targets `it` and `faults` have this in common.
#![allow(dead_code, reason = "each of the two targets uses what it needs")]

pub(crate) mod answers;
pub(crate) mod archive;
pub(crate) mod ending;
pub(crate) mod grammar;
mod launch;
pub(crate) mod payloads;
mod reading;
pub(crate) mod screen;
pub(crate) mod session;
