//! A terminal that takes nothing any more: its window hangs, the line to it is dead, or somebody has pressed
//! `Ctrl-S`. A write to it waits for ever, and a program that is to end must not.

use std::{fs::File, sync::OnceLock, thread, time::Duration};

use rustix::{
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    io::{Errno, write},
    process::{Signal, getpid, kill_process},
    stdio::{dup2_stdout, stdout},
    termios::{QueueSelector, tcflush},
};

/// How often it is tried to give the terminal back.
const TRIES: u32 = 20;
/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(5);

/// The flags that standard output had before it was told not to wait; others have it, too.
static FLAGS: OnceLock<OFlags> = OnceLock::new();

/// Lets go whoever is stuck in a write to the terminal: that write fails, as all do from now on that
/// would have to wait.
pub(super) fn let_go() {
    let Ok(flags) = fcntl_getfl(stdout()) else { return };
    let _ = FLAGS.set(flags);
    let _ = fcntl_setfl(stdout(), flags | OFlags::NONBLOCK);
    // Whoever waits looks again after a signal, and this one is harmless.
    let _ = kill_process(getpid(), Signal::WINCH);
}

/// Standard output waits again, if it was told not to.
pub(super) fn restore() {
    if let Some(flags) = FLAGS.get() {
        let _ = fcntl_setfl(stdout(), *flags);
    }
}

/// Writes what gives the terminal back, if somebody had to be let go: `false` where nobody was, and
/// nothing was done. What the terminal has not taken by then is dropped, or there would be no room.
pub(super) fn give_back(sequences: &[u8]) -> bool {
    let Some(flags) = FLAGS.get() else { return false };
    for _ in 0..TRIES {
        let _ = tcflush(stdout(), QueueSelector::OFlush);
        // Whoever was let go may still be on the way out.
        if write(stdout(), sequences) != Err(Errno::AGAIN) {
            break;
        }
        thread::sleep(PAUSE);
    }
    let _ = fcntl_setfl(stdout(), *flags);
    // What is left of a frame would be written when the process ends, and would wait again.
    if let Ok(nothing) = File::options().write(true).open("/dev/null") {
        let _ = dup2_stdout(&nothing);
    }
    true
}
