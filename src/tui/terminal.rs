//! Taking the terminal and giving it back, whatever happens in between.

use std::{
    io::{self, Write},
    panic,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode, is_raw_mode_enabled};
use nix::unistd::{getpgid, getpgrp, getppid, getsid};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    process::{Signal, kill_current_process_group},
    termios::{
        LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr,
    },
};

use super::{backend::RowBackend, report};
use crate::{
    guard::{Guard, Hello, Settings, State, tell},
    lang::Lang,
    text::display::{DisplayLine, DisplayStr, display},
};

mod stalled;

/// Alternate screen, no cursor, the wheel as arrow keys, word of other colours, pastes that are told from keys,
/// no automatic wrapping: a character in the last column that the terminal draws wide must not break the row
/// below.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?1007h\x1b[?2031h\x1b[?2004h\x1b[?7l";
/// Everything that this program or a library of it may have switched, switched back: scroll
/// region, attributes, synchronised update, automatic wrapping, reports of the mouse, alternate scroll, word of
/// other colours, bracketed paste, hidden cursor, alternate screen.
const GIVE_BACK: &[u8] = b"\x1b[r\x1b[0m\x1b[?2026l\x1b[?7h\x1b[?1006l\x1b[?1002l\x1b[?1000l\
    \x1b[?1007l\x1b[?2031l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Bracketed paste, for the screens on which any key leads back: the rest of a paste would be keys.
const MARK_PASTES: &[u8] = b"\x1b[?2004h";

/// Reports of the mouse, on and off: buttons, moves while one is held, numbers instead of bytes. A terminal
/// that knows some of these only still reports what it knows.
const REPORT_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const LEAVE_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Whether the terminal is ours now. Read by the panic hook, so it cannot live in [`Terminal`].
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether it is being given back now.
static GIVING: AtomicBool = AtomicBool::new(false);

/// Whether another program of the same job has the terminal. Read by the watcher: the signals that its
/// keys give are for that program.
static LENT: AtomicBool = AtomicBool::new(false);

/// When the last program that had the terminal has ended.
static RETURNED: Mutex<Option<Instant>> = Mutex::new(None);

/// How the terminal was set before it was taken, while it is taken.
static BEFORE: Mutex<Option<Settings>> = Mutex::new(None);

/// How late a signal may be noticed that a key has sent to another program and to this one.
const LATE: Duration = Duration::from_secs(2);

/// The terminal, taken. Dropping it gives it back.
pub(super) struct Terminal {
    backend: RowBackend<io::Stdout>,
    picture: Buffer,
    /// How the terminal was set when it was lent.
    lent: Option<Termios>,
    reports_mouse: bool,
}

impl Terminal {
    /// Takes the terminal. A panic of the calling thread gives it back before it is reported;
    /// panics of other threads leave the screen alone. Of both a report is kept.
    pub(super) fn enter() -> io::Result<Self> {
        let ui = thread::current().id();
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_ui = thread::current().id() == ui;
            if is_ui {
                give_back();
                tell(info);
            }
            let kept = report::keep(info, is_ui).filter(|_| is_ui);
            if let Some(path) = kept {
                let line = display!("zhaidu: {}", path.to_string_lossy());
                let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
            }
        }));
        take()?;
        let size = screen_size().inspect_err(|_| give_back())?;
        let picture = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        let backend = RowBackend::new(io::stdout(), size);
        Ok(Self { backend, picture, reports_mouse: false, lent: None })
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

    /// The size of the screen in cells, as it was when it was measured last.
    pub(super) fn size(&self) -> Size {
        self.picture.area.as_size()
    }

    /// Measures the screen. The next frame paints everything: a terminal that changes its size
    /// moves and cuts what it shows, even if it has its old size again by now.
    pub(super) fn measure(&mut self) -> io::Result<Size> {
        let size = screen_size()?;
        self.picture.resize(Rect::from((Position::ORIGIN, size)));
        self.backend.resize(size);
        Ok(size)
    }

    /// Draws a frame into an empty picture of the size of the screen, and shows the cursor where
    /// the picture has its caret.
    pub(super) fn draw(
        &mut self,
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        let caret = paint(&mut self.picture);
        self.backend.take(&self.picture);
        self.backend.place_cursor(caret);
        let written = self.backend.present().map(drop);
        // For the next frame: this one is seen already.
        self.picture.reset();
        written
    }

    /// Writes something of our own that is no frame, and makes the next frame paint the row that
    /// it may have touched.
    pub(super) fn write_through(&mut self, bytes: &[u8], touched_row: u16) -> io::Result<()> {
        self.backend.invalidate_row(touched_row);
        let out = self.backend.writer_mut();
        out.write_all(bytes).and_then(|()| out.flush())
    }

    /// Writes something that the terminal does not show.
    pub(super) fn write_between_frames(&mut self, bytes: &[u8]) -> io::Result<()> {
        let out = self.backend.writer_mut();
        out.write_all(bytes).and_then(|()| out.flush())
    }

    /// Gives the terminal to another program of this job, with a line above what that writes.
    pub(super) fn lend(&mut self, head: Option<&DisplayLine>) -> io::Result<()> {
        LENT.store(true, Ordering::SeqCst);
        give_back();
        self.lent = tcgetattr(io::stdout()).ok();
        let Some(head) = head else { return Ok(()) };
        self.write_between_frames(format!("{head}\n").as_bytes())
    }

    /// The other program has ended. Whatever it did to the settings of the terminal is undone, as a
    /// shell does; [`Terminal::retake`] or [`Terminal::ask_for_key`] follows.
    pub(super) fn end_lending(&mut self) {
        *RETURNED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        LENT.store(false, Ordering::SeqCst);
        if let Some(settings) = self.lent.take() {
            let _ = tcsetattr(io::stdout(), OptionalActions::Now, &settings);
        }
    }

    /// Says below what a program wrote how it ended, and how to go on; the keys come one by one.
    pub(super) fn ask_for_key(&mut self, told: &DisplayLine, how: DisplayStr) -> io::Result<()> {
        hold()?;
        self.reports_mouse = false;
        self.write_between_frames(MARK_PASTES)?;
        self.write_between_frames(format!("\r\n{told}  {how}\r\n").as_bytes())
    }

    /// Shows a text on the screen of the shell, wrapped by the terminal itself, so that it can be
    /// selected there like what any program prints.
    pub(super) fn show_plain(&mut self, text: DisplayStr, how: DisplayStr) -> io::Result<()> {
        self.reports_mouse = false;
        self.write_between_frames(GIVE_BACK)?;
        self.write_between_frames(MARK_PASTES)?;
        let lines = text.as_str().trim_end().replace('\n', "\r\n");
        self.write_between_frames(format!("\r\n{lines}\r\n\r\n{how}\r\n").as_bytes())
    }

    /// Tells the terminal whether to report what is done with the mouse. As long as it does, it selects no
    /// text by itself.
    pub(super) fn report_mouse(&mut self, wanted: bool) -> io::Result<()> {
        if wanted == self.reports_mouse {
            return Ok(());
        }
        self.reports_mouse = wanted;
        self.write_between_frames(if wanted { REPORT_MOUSE } else { LEAVE_MOUSE })
    }

    /// Makes the next frame paint everything.
    pub(super) fn clear(&mut self) {
        self.backend.invalidate();
    }

    /// Gives the terminal back and stops the process until the shell continues it. `false`, and
    /// nothing is done, when no shell waits to continue it: the process would stop for ever.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may do this")]
    pub(super) fn suspend(&mut self) -> io::Result<bool> {
        if !has_shell() {
            return Ok(false);
        }
        give_back();
        stop_job()?;
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
        self.reports_mouse = false;
        self.clear();
        Ok(true)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Largest screen that is painted: a terminal may claim any size.
const MOST_COLUMNS: u16 = 1000;
const MOST_ROWS: u16 = 500;

fn size_of(columns: u16, rows: u16) -> Size {
    // Some terminals say 0 for a size they do not know yet.
    let or = |value: u16, default: u16| if value == 0 { default } else { value };
    Size { width: or(columns, 80).min(MOST_COLUMNS), height: or(rows, 24).min(MOST_ROWS) }
}

/// Whether the terminal takes what is written to it now: it would not after `Ctrl-S`, or with a dead line to it.
pub(super) fn takes_output() -> bool {
    let out = io::stdout();
    let mut watched = [PollFd::new(&out, PollFlags::OUT)];
    poll(&mut watched, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}

fn screen_size() -> io::Result<Size> {
    let size = tcgetwinsize(io::stdout())?;
    Ok(size_of(size.ws_col, size.ws_row))
}

/// Makes the keys come one by one, and has somebody know how to take that back.
fn hold() -> io::Result<()> {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_raw_mode_enabled()? || before.is_none() {
        *before = Settings::of(io::stdout()).ok();
    }
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    tell(&state(*before));
    Ok(())
}

fn state(before: Option<Settings>) -> State {
    before.map_or(State::Free, State::Taken)
}

fn take() -> io::Result<()> {
    hold()?;
    let mut out = io::stdout().lock();
    out.write_all(TAKE).and_then(|()| out.flush()).inspect_err(|_| give_back())
}

/// Gives the terminal back; a second call does nothing. Takes no lock, so that it works while the
/// thread that draws is stuck in a write.
pub(super) fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // A terminal that is gone cannot be given back; there is nothing left to do about it.
        GIVING.store(true, Ordering::SeqCst);
        let _ = disable_raw_mode();
        // It may be told not to wait while it does.
        let _ = stalled::give_back(GIVE_BACK)
            || rustix::io::write(rustix::stdio::stdout(), GIVE_BACK) == Ok(GIVE_BACK.len())
            || stalled::give_back(GIVE_BACK);
        GIVING.store(false, Ordering::SeqCst);
        stalled::restore();
        tell(&State::Free);
    }
}

/// Lets go whoever is stuck in a write to the terminal, as long as it is ours.
pub(super) fn let_go() {
    let is_ours = || TAKEN.load(Ordering::SeqCst) || GIVING.load(Ordering::SeqCst);
    if is_ours() {
        stalled::let_go();
        if !is_ours() {
            stalled::restore();
        }
    }
}

/// Starts the guard, which gives the terminal back when this process no longer can.
pub(super) fn guarded(lang: Lang) -> io::Result<Guard> {
    let told = lang.of(
        "zhaidu 意外结束；显示过“已保存”的都在磁盘上",
        "zhaidu ended unexpectedly; whatever it said was saved is on the disk",
    );
    let give_back = String::from_utf8_lossy(GIVE_BACK).into_owned();
    let before = *BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    Guard::start(&Hello { give_back, told: told.to_owned() }, &state(before))
}

/// Whether another program of the same job has the terminal.
pub(super) fn is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}

/// Whether another program has the terminal, or had it until a moment ago: the key that ended it has
/// interrupted this one, too.
pub(super) fn is_interrupt_of_other() -> bool {
    let returned = *RETURNED.lock().unwrap_or_else(PoisonError::into_inner);
    is_lent() || returned.is_some_and(|at| at.elapsed() < LATE)
}

/// Stops the job while another program of it has the terminal, unless there is no shell to continue it.
pub(super) fn stop_lent() {
    if has_shell() {
        let _ = stop_job();
    }
}

/// Stops the whole group, so that a pipeline stops as one job.
fn stop_job() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
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

/// Whether an error says that the terminal went away.
pub(super) fn is_gone(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::NXIO, Errno::PIPE, Errno::BADF];
    error.raw_os_error().is_some_and(|code| gone.contains(&Errno::from_raw_os_error(code)))
}
