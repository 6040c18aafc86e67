//! Taking the terminal and giving it back, whatever happens in between.

use std::{
    io::{self, Write},
    mem::ManuallyDrop,
    panic,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use nix::unistd::{getpgid, getpgrp, getppid, getsid};
use ratatui::{Frame, backend::CrosstermBackend, layout::Size};
use rustix::{
    process::{Signal, kill_current_process_group},
    termios::{LocalModes, tcgetattr, tcgetpgrp, tcgetwinsize},
};

use super::size_of;

/// Alternate screen, no cursor, the wheel as arrow keys.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?1007h";
/// Plain attributes, empty screen.
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
/// Everything that this program or a library of it may have switched on, switched off: scroll
/// region, attributes, synchronised update, alternate scroll, bracketed paste, hidden cursor,
/// alternate screen.
const GIVE_BACK: &[u8] = b"\x1b[r\x1b[0m\x1b[?2026l\x1b[?1007l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Whether the terminal is ours now. Read by the panic hook, so it cannot live in [`Terminal`].
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, taken. Dropping it gives it back.
pub(super) struct Terminal {
    /// Never dropped: that would show the cursor, which [`give_back`] does, and panic over a
    /// terminal that is gone.
    inner: ManuallyDrop<ratatui::Terminal<CrosstermBackend<io::Stdout>>>,
}

impl Terminal {
    /// Takes the terminal. A panic of the calling thread gives it back before it is reported;
    /// panics of other threads leave the screen alone.
    pub(super) fn enter() -> io::Result<Self> {
        let ui = thread::current().id();
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == ui {
                give_back();
                report(info);
            }
        }));
        take()?;
        let inner = ratatui::Terminal::new(CrosstermBackend::new(io::stdout()));
        Ok(Self { inner: ManuallyDrop::new(inner.inspect_err(|_| give_back())?) })
    }

    /// Gives the terminal back; a second call does nothing.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may do this")]
    pub(super) fn leave(&mut self) {
        give_back();
    }

    /// Whether the terminal is ours now.
    pub(super) fn is_taken() -> bool {
        TAKEN.load(Ordering::SeqCst)
    }

    /// The size of the screen in cells.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may do this")]
    pub(super) fn size(&self) -> io::Result<Size> {
        let size = tcgetwinsize(io::stdout())?;
        Ok(size_of(size.ws_col, size.ws_row))
    }

    /// Draws a frame.
    pub(super) fn draw(&mut self, picture: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.inner.draw(picture).map(|_| ())
    }

    /// Makes the next frame paint everything. The library would ask the terminal for the place of
    /// the cursor and wait for the answer, which the reader of keys takes away.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(CLEAR).and_then(|()| out.flush())?;
        self.inner.swap_buffers();
        Ok(())
    }

    /// Asks the terminal something that shows for an instant, and makes the next frame paint over
    /// it.
    pub(super) fn ask(&mut self, question: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(question).and_then(|()| out.flush())?;
        drop(out);
        self.clear()
    }

    /// Gives the terminal back and stops the process until the shell continues it. `false`, and
    /// nothing is done, when no shell waits to continue it: the process would stop for ever.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may do this")]
    pub(super) fn suspend(&mut self) -> io::Result<bool> {
        if !has_shell() {
            return Ok(false);
        }
        give_back();
        // The whole group, so that a pipeline stops as one job.
        kill_current_process_group(Signal::STOP)?;
        Ok(true)
    }

    /// Takes the terminal again, whatever state it is in now, and makes the next frame paint
    /// everything. `false`, and nothing is done, while another job has the terminal.
    pub(super) fn retake(&mut self) -> io::Result<bool> {
        let foreground = tcgetpgrp(io::stdout());
        if foreground.is_ok_and(|group| group.as_raw_nonzero().get() != getpgrp().as_raw()) {
            return Ok(false);
        }
        // Raw mode that counts as on is not switched on again, so it is switched off first; but not
        // when it is on, or what the terminal answers meanwhile would be shown.
        if tcgetattr(io::stdout()).is_ok_and(|now| now.local_modes.contains(LocalModes::ICANON)) {
            disable_raw_mode()?;
        }
        take()?;
        self.clear()?;
        Ok(true)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    out.write_all(TAKE).and_then(|()| out.flush()).inspect_err(|_| give_back())
}

/// Gives the terminal back; a second call does nothing. Takes no lock, so that it works while the
/// thread that draws is stuck in a write.
pub(super) fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // A terminal that is gone cannot be given back; there is nothing left to do about it.
        let _ = disable_raw_mode();
        let _ = rustix::io::write(rustix::stdio::stdout(), GIVE_BACK);
    }
}

/// Whether a shell with job control started the program: a parent in the same session but another
/// process group. In a container, parent, session and group can lie outside: the system calls them
/// 0 then, which is a process to ask about as little as to return to.
fn has_shell() -> bool {
    let parent = getppid();
    let same_session = matches!(
        (getsid(Some(parent)), getsid(None)),
        (Ok(a), Ok(b)) if a == b && a.as_raw() > 0
    );
    parent.as_raw() > 0
        && same_session
        && getpgid(Some(parent)).is_ok_and(|group| group.as_raw() > 0 && group != getpgrp())
}
