//! The program on a terminal of its own.

use std::{
    ffi::OsStr,
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{
        LazyLock,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{Parser, Screen};

use crate::account::{self, Thread};

/// Rows and columns of the terminal.
const SIZE: (u16, u16) = (50, 200);
/// Longest that anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// How every frame of the program ends: synchronized output is over.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// The program, copied as it is installed; the copy lies beside it. The same bytes as the linker has written them, here
/// and there, are mapped in smaller pieces, and starting takes a tenth longer.
static PROGRAM: LazyLock<io::Result<PathBuf>> = LazyLock::new(|| {
    let linked = env!("CARGO_BIN_EXE_zhaidu");
    let copy = PathBuf::from(format!("{linked}-copy"));
    // Written anew: what it replaces may lie in small pieces.
    let _ = fs::remove_file(&copy);
    fs::copy(linked, &copy).map(|_| copy)
});

/// A running program, its terminal and what stands on it.
pub(crate) struct Session {
    child: Box<dyn Child>,
    output: Receiver<Vec<u8>>,
    screen: Parser,
    keyboard: Box<dyn Write + Send>,
    // As long as this is there, so is the terminal.
    _master: Box<dyn MasterPty>,
    /// What the program keeps of a person: nothing of earlier runs, or each would go on where the last one was.
    _home: TempDir,
    started: Instant,
}

impl Session {
    /// Starts the interface on these paths, with the indexes in `cache`.
    pub(crate) fn start(cache: &Path, paths: &[&OsStr]) -> io::Result<Self> {
        let program = PROGRAM.as_ref().map_err(|error| io::Error::other(error.to_string()))?;
        let mut command = CommandBuilder::new(program);
        command.args(["--lang", "en"]);
        command.args(paths);
        // Nobody's own keys are to be measured.
        command.env("XDG_CONFIG_HOME", "/nonexistent");
        command.env("XDG_CACHE_HOME", cache);
        Self::run(command)
    }

    /// Starts any program.
    pub(crate) fn run(mut command: CommandBuilder) -> io::Result<Self> {
        let (rows, cols) = SIZE;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).map_err(io::Error::other)?;
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        let home = TempDir::new()?;
        command.env("XDG_DATA_HOME", home.path());
        command.env("XDG_STATE_HOME", home.path());
        let mut reader = pair.master.try_clone_reader().map_err(io::Error::other)?;
        let keyboard = pair.master.take_writer().map_err(io::Error::other)?;
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
        Ok(Self { child, output, screen, keyboard, _master: pair.master, _home: home, started })
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

    /// The time since the start until a frame is complete, and the processor time of each thread
    /// until then. The program does nothing while what it has written is looked at.
    pub(crate) fn first_frame(
        &mut self,
        complete: fn(&Screen) -> bool,
    ) -> io::Result<(Duration, Vec<Thread>)> {
        loop {
            let bytes = self.output.recv_timeout(PATIENCE).map_err(io::Error::other)?;
            account::stop(self.pid())?;
            let wall = self.started.elapsed();
            self.screen.process(&bytes);
            while let Ok(bytes) = self.output.try_recv() {
                self.screen.process(&bytes);
            }
            let threads =
                complete(self.screen.screen()).then(|| account::stopped_threads(self.pid()));
            account::go_on(self.pid())?;
            if let Some(threads) = threads {
                return Ok((wall, threads?));
            }
        }
    }

    /// Types something and waits for the next frame; the time until all of it was written.
    pub(crate) fn answer(&mut self, keys: &str) -> io::Result<Duration> {
        while let Ok(bytes) = self.output.try_recv() {
            self.screen.process(&bytes);
        }
        let typed = Instant::now();
        self.press(keys)?;
        let mut written = Vec::new();
        while !written.windows(END_OF_FRAME.len()).any(|bytes| bytes == END_OF_FRAME) {
            written.extend(self.output.recv_timeout(PATIENCE).map_err(io::Error::other)?);
        }
        let answered = typed.elapsed();
        self.screen.process(&written);
        Ok(answered)
    }

    /// Types something.
    pub(crate) fn press(&mut self, keys: &str) -> io::Result<()> {
        self.keyboard.write_all(keys.as_bytes())?;
        self.keyboard.flush()
    }

    /// Takes in what comes within a time.
    pub(crate) fn watch(&mut self, time: Duration) {
        let until = Instant::now() + time;
        let left = || until.saturating_duration_since(Instant::now());
        while let Ok(bytes) = self.output.recv_timeout(left()) {
            self.screen.process(&bytes);
        }
    }

    /// Waits until nothing has come for a time; how long something came.
    pub(crate) fn rest(&mut self, time: Duration) -> Duration {
        let begun = Instant::now();
        let mut last = Duration::ZERO;
        while last < PATIENCE
            && let Ok(bytes) = self.output.recv_timeout(time)
        {
            last = begun.elapsed();
            self.screen.process(&bytes);
        }
        last
    }

    /// Asks the program to end and waits for it.
    pub(crate) fn quit(mut self) -> io::Result<()> {
        self.press("q")?;
        self.child.wait().map(drop)
    }

    /// Ends the program at once.
    pub(crate) fn kill(mut self) -> io::Result<()> {
        self.child.kill()?;
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

/// Whether `less` shows a short file.
pub(crate) fn file_is_shown(screen: &Screen) -> bool {
    screen.contents().contains("(END)")
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
