//! What tmux says of the terminal behind it, which the program in it cannot see.

use std::{
    io::{self, Read},
    time::Duration,
};

use crate::guard::{Program, Starter, Streamed};

/// How long tmux is waited for.
pub(super) const CAP: Duration = Duration::from_secs(2);
/// Longest output that is read.
const LONGEST: u64 = 200;

/// Whether tmux sends its client UTF-8. Without, the client shows `_` for every Chinese character,
/// and the answers to a measurement do not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Utf8 {
    /// It does.
    Yes,
    /// It does not: started in a locale without UTF-8, and without `-u`.
    No,
    /// It could not be asked.
    Unknown,
}

/// Asks tmux about the client that is attached. Takes up to two seconds.
pub fn client_utf8(starter: &Starter) -> Utf8 {
    match ask(starter, &["display-message", "-p", "#{client_utf8}"]).as_deref() {
        Some("1") => Utf8::Yes,
        Some("0") => Utf8::No,
        _ => Utf8::Unknown,
    }
}

/// Whether tmux hands on to the terminal what it is given for the clipboard; `None` when it could not
/// be asked. Takes up to two seconds.
pub fn passes_on_clipboard(starter: &Starter) -> Option<bool> {
    ask(starter, &["show-options", "-sv", "set-clipboard"]).map(|set| set != "off")
}

/// The version of tmux, such as `tmux 3.5a`; of any origin. Takes up to two seconds.
pub fn version() -> Option<String> {
    ask(&Starter::Here, &["-V"])
}

/// The line that tmux prints.
fn ask(starter: &Starter, args: &[&str]) -> Option<String> {
    let (read, write) = io::pipe().ok()?;
    let program = Program::new(["tmux"].iter().chain(args).copied())
        .streams(Streamed::Null, Streamed::File(write.into()), Streamed::Null)
        .limit(CAP);
    starter.run(program).ok()??.success().then_some(())?;
    let mut line = String::new();
    read.take(LONGEST).read_to_string(&mut line).ok()?;
    Some(line.trim().to_owned())
}
