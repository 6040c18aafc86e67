//! Noticing signals, and a terminal that went away.

use std::{io, process, sync::mpsc::Sender, thread, time::Duration};

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::Signals,
};

use super::{Ending, Event, input::keyboard, spawn, terminal::give_back};

/// Exit code of a process that lost its terminal: 128 + SIGHUP.
pub const HUNG_UP: i32 = 128 + SIGHUP;
/// How long the interface has to end in good order before it is ended.
const GRACE: Duration = Duration::from_millis(500);

/// Starts the threads.
pub(super) fn watch(sender: &Sender<Event>) -> io::Result<()> {
    let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let told = sender.clone();
    spawn("signals", move || watch_signals(signals, &told));
    let told = sender.clone();
    spawn("hang-up", move || {
        wait_for_hang_up();
        let _ = told.send(Event::End(Ending::HungUp));
        // The interface may be stuck in a write to the terminal that is gone.
        thread::sleep(GRACE);
        process::exit(HUNG_UP);
    });
    Ok(())
}

fn watch_signals(mut signals: Signals, sender: &Sender<Event>) {
    let mut asked = false;
    for signal in signals.forever() {
        let taken = match signal {
            SIGTSTP => sender.send(Event::Suspend).is_ok(),
            SIGCONT => sender.send(Event::Continued).is_ok(),
            SIGWINCH => sender.send(Event::Resized).is_ok(),
            // Whoever asks a second time does not want to wait.
            _ => sender.send(Event::End(Ending::Signal(signal))).is_ok() && !asked,
        };
        asked |= !matches!(signal, SIGTSTP | SIGCONT | SIGWINCH);
        if !taken {
            give_back();
            process::exit(128 + signal);
        }
    }
}

/// Returns when the terminal is gone. Waiting for no event at all still reports a hang-up, and
/// costs nothing until then; the reader of keys cannot be relied on to notice.
fn wait_for_hang_up() {
    let Some(terminal) = keyboard() else {
        loop {
            thread::park();
        }
    };
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) if watched[0].revents().intersects(gone) => return,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
