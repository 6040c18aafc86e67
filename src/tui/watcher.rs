//! Noticing signals, and a terminal that went away.

use std::{
    fs::File,
    io,
    os::unix::net::UnixStream,
    process,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    time::{Duration, Instant},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::{backend::SignalDelivery, exfiltrator::SignalOnly},
};

use super::{
    Ending, Event,
    input::keyboard,
    spawn,
    terminal::{give_back, is_interrupt_of_other, is_lent, let_go, stop_lent},
};

/// Exit code of a process that lost its terminal: 128 + SIGHUP.
pub const HUNG_UP: i32 = 128 + SIGHUP;
/// How long the interface has to end in good order before it is ended.
const GRACE: Duration = Duration::from_millis(500);
/// How long it has after that, when it was let go from a write to the terminal: an answer of the terminal may
/// be on its way, for which it waits.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// How long it has when it is known to end, and only waits for what is on its way to the disk.
const LAST_WRITES: Duration = Duration::from_secs(10);
/// Whether it is.
static ENDS: AtomicBool = AtomicBool::new(false);
/// What is waited for.
const SIGNALS: [i32; 7] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];

/// From now on signals are kept for the watcher. The thread is started at once, or returned to be started when the
/// first frame is there, of which it costs a tenth: it is needed before only where the terminal takes no output
/// now, so that a write to it may last. A signal that comes in between waits for the end of the first frame, and
/// a terminal that stops in that millisecond has it wait longer.
pub(super) fn watch(sender: &Sender<Event>, takes_output: bool) -> io::Result<Option<Watcher>> {
    let (read, write) = UnixStream::pair()?;
    let signals = SignalDelivery::with_pipe(read, write, SignalOnly, SIGNALS)?;
    let sender = sender.clone();
    let (end, code) = (None, HUNG_UP);
    let (was_asked, is_last) = (false, false);
    let watcher = Watcher { signals, sender, end, code, was_asked, is_last };
    if takes_output {
        return Ok(Some(watcher));
    }
    watcher.start();
    Ok(None)
}

/// The interface ends in good order: from now on only the disk is waited for.
pub(super) fn ends() {
    ENDS.store(true, Ordering::Relaxed);
}

/// The thread, or what it will be.
pub(super) struct Watcher {
    signals: SignalDelivery<UnixStream, SignalOnly>,
    sender: Sender<Event>,
    /// When the process is ended, because its terminal is gone or a signal wants it.
    end: Option<Instant>,
    /// The exit code then.
    code: i32,
    /// A signal has asked the program to end.
    was_asked: bool,
    /// All that could be done before that was done.
    is_last: bool,
}

impl Watcher {
    /// Starts the thread.
    pub(super) fn start(self) {
        spawn("watcher", move || self.watch());
    }

    fn watch(mut self) {
        let mut terminal = keyboard().ok();
        loop {
            if !self.wait(terminal.as_ref()) {
                terminal = None;
                let _ = self.sender.send(Event::End(Ending::HungUp));
                self.end.get_or_insert_with(|| Instant::now() + GRACE);
                self.is_last = true;
            }
            if self.end.is_some_and(|end| Instant::now() >= end) {
                self.insist();
            }
            for signal in self.signals.pending() {
                self.take(signal);
            }
        }
    }

    /// The interface has not ended in time: it may be stuck in a write to a terminal that takes nothing, or
    /// that is gone.
    fn insist(&mut self) {
        let more = if ENDS.swap(false, Ordering::Relaxed) {
            self.is_last = true;
            let_go();
            LAST_WRITES
        } else if self.is_last {
            give_back();
            process::exit(self.code);
        } else {
            self.is_last = true;
            let_go();
            LAST_WORDS
        };
        self.end = Some(Instant::now() + more);
    }

    /// Waits for a signal, or for the end of the process to be due; `false` when the terminal is
    /// gone. Waiting for no event at all still reports a hang-up, and costs nothing until then; the
    /// reader of keys cannot be relied on to notice.
    fn wait(&self, terminal: Option<&File>) -> bool {
        let left = self.end.map(|end| end.saturating_duration_since(Instant::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let signals = PollFd::new(self.signals.get_read(), PollFlags::IN);
        let terminal = terminal.map(|terminal| PollFd::new(terminal, PollFlags::empty()));
        let mut watched: Vec<_> = [Some(signals), terminal].into_iter().flatten().collect();
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        match poll(&mut watched, left.as_ref()) {
            Ok(_) => !watched.get(1).is_some_and(|terminal| terminal.revents().intersects(gone)),
            Err(error) => error == rustix::io::Errno::INTR,
        }
    }

    fn take(&mut self, signal: i32) {
        let taken = match signal {
            // The keys that give these are typed for the program that has the terminal; it must not
            // stop alone, or nobody would be there to continue it.
            SIGINT | SIGQUIT if is_interrupt_of_other() => return,
            SIGTSTP if is_lent() => return stop_lent(),
            SIGTSTP => self.sender.send(Event::Suspend).is_ok(),
            SIGCONT => self.sender.send(Event::Continued).is_ok(),
            SIGWINCH => self.sender.send(Event::Resized).is_ok(),
            // Whoever asks a second time does not want to wait.
            _ if self.was_asked => false,
            _ => {
                self.was_asked = true;
                if self.end.is_none() && !is_lent() {
                    self.code = 128 + signal;
                    self.end = Some(Instant::now() + GRACE);
                }
                self.sender.send(Event::End(Ending::Signal(signal))).is_ok()
            }
        };
        if !taken {
            let_go();
            give_back();
            process::exit(128 + signal);
        }
    }
}
