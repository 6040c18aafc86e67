//! A terminal with the program in it.

use std::{
    env,
    io::{Read, Write},
    num::NonZeroU16,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{Parser, Screen};

/// Long enough for a slow machine to load the dictionary; only a failure waits that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Nothing more comes to a screen that has not changed for so long, when pictures are made.
const QUIET: Duration = Duration::from_millis(700);

/// What stands before and behind a frame.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The program on a terminal of its own.
pub(in crate::readme) struct Terminal {
    parser: Parser,
    /// The beginning of a frame whose end has not come yet.
    unfinished: Vec<u8>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    /// Where it keeps what it keeps.
    _home: TempDir,
    /// Held so that the terminal stays open.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts the program in a clean environment on a screen of so many columns and rows, in a new home.
    pub(in crate::readme) fn run(args: &[&str], (columns, rows): (u16, u16)) -> Self {
        let home = TempDir::new().expect("a folder");
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhaidu"));
        command.args(args);
        command.env_clear();
        let environment = [("TERM", "xterm"), ("COLORTERM", "truecolor"), ("LC_ALL", "C.UTF-8")];
        for (name, value) in environment {
            command.env(name, value);
        }
        // What flashes for a moment would be in a picture or not, as it happens.
        command.env("ZHAIDU_MOTION", "false");
        command.env("HOME", home.path());
        command.cwd(env::temp_dir());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let side = |cells| NonZeroU16::new(cells).expect("a screen has cells");
        Self {
            parser: Parser::new(side(rows), side(columns), 0),
            unfinished: Vec::new(),
            keyboard: pair.master.take_writer().expect("a writer"),
            output,
            child,
            _home: home,
            _master: pair.master,
        }
    }

    /// Types keys as bytes.
    pub(in crate::readme) fn type_keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the program reads");
        self.keyboard.flush().expect("the program reads");
    }

    /// Waits until a text is on the screen. Any space may stand between its words.
    pub(in crate::readme) fn wait_for(&mut self, text: &str) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.wait_until(&format!("“{text}”"), |screen| {
            words(&screen.contents()).contains(text)
        });
    }

    /// Waits until the screen is as it should be; `what` says how, should it never be so.
    pub(in crate::readme) fn wait_until(&mut self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let start = Instant::now();
        while !is_so(self.screen()) {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let Ok(bytes) = self.output.recv_timeout(left) else {
                panic!("{what} did not come:\n{}", self.screen().contents());
            };
            self.take(&bytes);
        }
    }

    /// Takes in what comes until nothing has come for a while.
    pub(in crate::readme) fn settle(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(QUIET) {
            self.take(&bytes);
        }
    }

    /// Waits until a whole frame has a text, as [`Terminal::wait_for`] does until the screen has it.
    pub(in crate::readme) fn wait_for_frame(&mut self, text: &str) {
        self.wait_for(text);
        while !self.unfinished.is_empty() {
            let bytes = self.output.recv_timeout(PATIENCE).expect("the rest of a frame");
            self.take(&bytes);
        }
    }

    /// Takes in what the program wrote, up to the end of the last whole frame.
    fn take(&mut self, bytes: &[u8]) {
        self.unfinished.extend(bytes);
        let end = self.unfinished.windows(END.len()).rposition(|bytes| bytes == END);
        let begins = |bytes: &[u8]| bytes.windows(BEGIN.len()).any(|bytes| bytes == BEGIN);
        let whole = match end {
            Some(end) => end + END.len(),
            None if begins(&self.unfinished) => return,
            None => self.unfinished.len(),
        };
        let rest = self.unfinished.split_off(whole);
        self.parser.process(&self.unfinished);
        self.unfinished = rest;
    }

    /// What is on the screen.
    pub(in crate::readme) fn screen(&self) -> &Screen {
        self.parser.screen()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a failed test the program still runs; one that has ended cannot be stopped again.
        let _ = self.child.kill();
    }
}
