//! What tmux says of the terminal behind it, which the program in it cannot see.

use std::{
    io::Read,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long tmux is waited for.
const CAP: Duration = Duration::from_secs(2);
/// How often it is looked whether it is done.
const BEAT: Duration = Duration::from_millis(10);
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
pub fn client_utf8() -> Utf8 {
    match ask(&["display-message", "-p", "#{client_utf8}"]).as_deref() {
        Some("1") => Utf8::Yes,
        Some("0") => Utf8::No,
        _ => Utf8::Unknown,
    }
}

/// Whether tmux hands on to the terminal what it is given for the clipboard; `None` when it could not
/// be asked. Takes up to two seconds.
pub fn passes_on_clipboard() -> Option<bool> {
    ask(&["show-options", "-sv", "set-clipboard"]).map(|set| set != "off")
}

/// The version of tmux, such as `tmux 3.5a`; of any origin. Takes up to two seconds.
pub fn version() -> Option<String> {
    ask(&["-V"])
}

/// The line that tmux prints.
fn ask(args: &[&str]) -> Option<String> {
    let mut command = Command::new("tmux");
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let done = ends_in_time(&mut child);
    if !done {
        let _ = child.kill();
        let _ = child.wait();
        return None;
    }
    let mut line = String::new();
    child.stdout.take()?.take(LONGEST).read_to_string(&mut line).ok()?;
    Some(line.trim().to_owned())
}

/// Whether it ends well before the time is up.
pub(super) fn ends_in_time(child: &mut Child) -> bool {
    let until = Instant::now() + CAP;
    while Instant::now() < until {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(BEAT),
            Err(_) => return false,
        }
    }
    false
}
