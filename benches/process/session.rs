//! The program on a terminal of its own.

use std::{
    ffi::OsStr,
    io::{self, Read, Write},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

/// Rows and columns of the terminal.
const SIZE: (u16, u16) = (50, 200);
/// Longest that anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running program, its terminal and what stands on it.
pub(crate) struct Session {
    child: Box<dyn Child>,
    output: Receiver<Vec<u8>>,
    screen: Parser,
    master: Box<dyn MasterPty>,
    started: Instant,
}

impl Session {
    /// Starts the interface on these paths.
    pub(crate) fn start(paths: &[&OsStr]) -> io::Result<Self> {
        let (rows, cols) = SIZE;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).map_err(io::Error::other)?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhaidu"));
        command.args(["--lang", "en"]);
        command.args(paths);
        command.env("TERM", "xterm-256color");
        // Nobody's own keys are to be measured.
        command.env("XDG_CONFIG_HOME", "/nonexistent");
        let mut reader = pair.master.try_clone_reader().map_err(io::Error::other)?;
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut chunk = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut chunk) {
                if sender.send(chunk.iter().take(count).copied().collect()).is_err() {
                    return;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).map_err(io::Error::other)?;
        let screen = Parser::new(
            rows.try_into().map_err(io::Error::other)?,
            cols.try_into().map_err(io::Error::other)?,
            0,
        );
        Ok(Self { child, output, screen, master: pair.master, started })
    }

    /// Number of the process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap_or(0)
    }

    /// Waits until the screen is as wanted; the time since the start.
    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Screen) -> bool) -> io::Result<Duration> {
        while !wanted(self.screen.screen()) {
            if self.started.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("not reached:\n{}", self.text())));
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return Err(io::Error::other(format!("it fell silent:\n{}", self.text())));
                }
            }
        }
        Ok(self.started.elapsed())
    }

    /// Asks the program to end and waits for it.
    pub(crate) fn quit(mut self) -> io::Result<()> {
        let mut keyboard = self.master.take_writer().map_err(io::Error::other)?;
        keyboard.write_all(b"q")?;
        keyboard.flush()?;
        self.child.wait().map(drop)
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }
}

/// Whether a frame is complete: frames are written from the top, and the last row, the status
/// line, is never empty.
pub(crate) fn frame_is_complete(screen: &Screen) -> bool {
    let (rows, columns) = SIZE;
    let last = screen.rows(0, columns).nth(usize::from(rows) - 1);
    last.is_some_and(|row| !row.trim().is_empty())
}

/// Whether every source is read and listed.
pub(crate) fn list_is_complete(screen: &Screen) -> bool {
    let text = screen.contents();
    frame_is_complete(screen) && !["Looking for", "reading "].iter().any(|sign| text.contains(sign))
}

/// Whether the first article is shown with its key sentences.
pub(crate) fn article_is_analysed(screen: &Screen) -> bool {
    let text = screen.contents();
    // The pane counts the sentences once there are any. Its name alone must not pass for that.
    let mut before =
        text.split(" sentences").map(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    list_is_complete(screen) && before.any(|counted| counted) && !text.contains("Analysing")
}

/// Whether nothing is left to be analysed ahead: the status line counts only until then.
pub(crate) fn nothing_is_left(screen: &Screen) -> bool {
    article_is_analysed(screen) && !screen.contents().contains("analysed ")
}
