//! A small process beside the interface, for what the interface cannot do itself.
//!
//! It *gives the terminal back* when the interface is killed, or ends in another way in which no code of
//! it runs any more. And it *starts programs* and *makes files* where the person wants them: the
//! interface itself, which reads texts from anywhere, may do neither (`sandbox`).
//!
//! It is a child, not a parent: whoever waits for the first frame does not wait for a second process, which
//! is started behind it. It is the same program, started again under another name; it holds no
//! text and loads nothing, so it takes two megabytes. It ends when the interface has ended, however that was.
//!
//! Three streams join the two. At its standard input it hears, line by line, whose the terminal is (`state`): a line is one
//! write and takes no lock, so that it can be told while everything else is stuck. Its standard output
//! is the terminal. Its standard error is a socket with what is to be done (`request`); each request brings
//! the streams that it is about, and one for its answer.

mod client;
mod program;
mod request;
mod serve;
mod state;
mod wire;

pub use client::{Guard, Lent, Starter};
pub use program::{Program, Streamed};
pub use serve::{is_guard, serve};
pub use state::{Hello, Settings, State, tell};
