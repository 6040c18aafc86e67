//! Running the program in a pseudo-terminal, typing keys and waiting for the screen.

use std::{
    fs::File,
    io::Write,
    num::NonZeroU16,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
        mpsc::{Receiver, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, kill_process},
    termios::{Action, OptionalActions, SpecialCodeIndex, tcflow, tcgetattr, tcsetattr},
};
use tempfile::TempDir;
use vt100::{Parser, Screen};

use super::{answers::Listener, ending::wait_for_end, grammar, reading::Reading, screen};

pub(crate) use super::{ending::Ended, launch::Launch};

/// How long anything may take before a test gives up. Never reached when all is well, not even where the
/// program is built without optimisation and shares the machine.
pub(super) const DEADLINE: Duration = Duration::from_secs(120);
/// Written to the terminal behind the program when it is gone: what comes before it is all that
/// the program wrote.
const END: &[u8] = b"\x05end of output\x05";
/// What stands around a picture, so that terminals show all of it at once.
const PICTURE_BEGIN: &[u8] = b"\x1b[?2026h";
const PICTURE_END: &[u8] = b"\x1b[?2026l";

impl Launch {
    /// Starts it.
    pub(crate) fn start(self) -> Session {
        let Self { command, size: (columns, rows), env, answers, home, patience, is_stuck } = self;
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let name = pair.master.tty_name().expect("a terminal has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(name, flags, Mode::empty()).expect("the terminal opens");
        let slave = File::from(slave);
        let before = termios(&slave);
        if is_stuck {
            tcflow(&slave, Action::OOff).expect("a terminal that can be stopped");
        }

        let mut builder = CommandBuilder::from_argv(command);
        builder.env_clear();
        builder.env("HOME", home.path());
        builder.cwd(home.path());
        for (name, value) in env {
            match value {
                Some(value) => builder.env(name, value),
                None => builder.env_remove(name),
            }
        }
        let child = pair.slave.spawn_command(builder).expect("the command starts");
        let pid = child.process_id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let pid = pid.expect("a process has a number");
        drop(pair.slave);

        let (sender, events) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let reader = pair.master.try_clone_reader().expect("the output can be read");
        let writer = pair.master.take_writer().expect("keys can be typed");
        let writer = Arc::new(Mutex::new(writer));
        let listener = Listener::new(answers, writer.clone());
        let pace = Arc::new(AtomicU32::new(u32::MAX));
        let reader = Reading { reader, stop: stop.clone(), pace: pace.clone(), listener };
        let output = sender.clone();
        let reader = thread::spawn(move || {
            reader.read(|bytes| output.send(Event::Output(bytes)).is_ok());
        });
        thread::spawn(move || drop(sender.send(Event::Ended(wait_for_end(child, pid)))));
        Session {
            keyboard: Some(Keyboard { writer, master: pair.master, reader, stop, pace }),
            slave,
            before,
            pid,
            events,
            parser: Parser::new(at_least_one(rows), at_least_one(columns), 0),
            raw: Vec::new(),
            ended: None,
            allowed: Vec::new(),
            patience,
            _home: home,
        }
    }
}

/// Columns or rows of the emulator: a terminal may claim any number, but nobody has so many cells.
fn at_least_one(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count.min(1000)).unwrap_or(NonZeroU16::MIN)
}

/// The terminal's settings, in a form that can be compared and shown.
fn termios(terminal: &File) -> String {
    format!("{:?}", tcgetattr(terminal).expect("the settings of the terminal"))
}

enum Event {
    Output(Vec<u8>),
    Ended(Ended),
}

/// What is typed, and what the terminal answers, goes here.
pub(crate) type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// The side of the terminal on which the person sits.
struct Keyboard {
    writer: Writer,
    master: Box<dyn MasterPty + Send>,
    reader: JoinHandle<()>,
    stop: Arc<AtomicBool>,
    pace: Arc<AtomicU32>,
}

/// A running program and its screen.
pub(crate) struct Session {
    keyboard: Option<Keyboard>,
    /// Keeps the settings of the terminal alive when the program is gone.
    slave: File,
    before: String,
    pid: Pid,
    events: Receiver<Event>,
    parser: Parser,
    raw: Vec<u8>,
    ended: Option<Ended>,
    /// Sequences that the program wrote because the person asked for it.
    allowed: Vec<Vec<u8>>,
    /// How long anything may take.
    patience: Duration,
    _home: Arc<TempDir>,
}

impl Session {
    /// Types.
    pub(crate) fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Types bytes that may be no text.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let keyboard = self.keyboard.as_mut().expect("the terminal is there");
        let mut writer = keyboard.writer.lock().expect("the writer is whole");
        writer.write_all(bytes).and_then(|()| writer.flush()).expect("keys are taken");
    }

    /// The process that was started.
    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    /// Whether the terminal was taken away.
    pub(crate) fn is_hung_up(&self) -> bool {
        self.keyboard.is_none()
    }

    /// The screen as the emulator has it now.
    pub(crate) fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Everything that the program wrote.
    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Waits until the screen shows something. A terminal shows no part of a picture that is not whole.
    pub(crate) fn wait_for(&mut self, what: &str, seen: impl Fn(&Screen) -> bool) {
        let until = Instant::now() + self.patience;
        while self.is_in_picture() || !seen(self.screen()) {
            let Some(event) = self.next(until) else { self.fail(what) };
            let over = matches!(event, Event::Ended(_));
            self.take(event);
            if over {
                self.drain();
                assert!(seen(self.screen()), "{}", self.report(what));
            }
        }
    }

    /// Waits until a text stands on one row of the screen.
    pub(crate) fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |screen| screen::has(screen, text));
    }

    /// Waits until the program has ended and all of its output is on the screen.
    pub(crate) fn wait_exit(&mut self) -> Ended {
        let until = Instant::now() + self.patience;
        while self.ended.is_none() {
            let Some(event) = self.next(until) else { self.fail("the program ends") };
            let over = matches!(event, Event::Ended(_));
            self.take(event);
            if over && self.keyboard.is_some() {
                self.drain();
            }
        }
        self.ended.clone().expect("it has ended")
    }

    /// Whether the program has ended by now; then all of its output is on the screen.
    pub(crate) fn has_ended(&mut self) -> bool {
        while let Ok(event) = self.events.try_recv() {
            let over = matches!(event, Event::Ended(_));
            self.take(event);
            if over && self.keyboard.is_some() {
                self.drain();
            }
        }
        self.ended.is_some()
    }

    /// Waits for the end and checks the exit code and that the terminal is as it was.
    pub(crate) fn expect_exit(&mut self, code: u32) {
        let ended = self.wait_exit();
        assert_eq!((ended.code, &ended.signal), (code, &None), "{}", self.report("exit code"));
        self.assert_given_back();
    }

    /// Waits until the program has written something that can be told by its bytes only.
    pub(crate) fn wait_for_output(&mut self, what: &str, written: impl Fn(&[u8]) -> bool) {
        let until = Instant::now() + self.patience;
        while !written(&self.raw) {
            match self.next(until) {
                Some(event @ Event::Output(_)) => self.take(event),
                Some(Event::Ended(_)) | None => self.fail(what),
            }
        }
    }

    /// Expects the program to write this sequence, once, beside what it may write at any time.
    pub(crate) fn allow(&mut self, sequence: impl Into<Vec<u8>>) {
        self.allowed.push(sequence.into());
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let keyboard = self.keyboard.as_ref().expect("the terminal is there");
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        keyboard.master.resize(size).expect("a new size");
        let (columns, rows) = (at_least_one(columns), at_least_one(rows));
        self.parser.set_size(rows, columns);
    }

    /// Takes so many bytes a second from now on; none at all if that is 0.
    pub(crate) fn pace(&mut self, bytes: u32) {
        let keyboard = self.keyboard.as_ref().expect("the terminal is there");
        keyboard.pace.store(bytes, Ordering::SeqCst);
        tcflow(&self.slave, Action::OOn).expect("a terminal that can be started");
    }

    /// Sends a signal to the process that was started.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the process is there");
    }

    /// Takes the terminal away, as a lost connection does.
    pub(crate) fn hang_up(&mut self) {
        let Keyboard { writer, master, reader, stop, .. } =
            self.keyboard.take().expect("the terminal is there");
        // The reading thread holds the terminal open: it is woken and sent away first.
        stop.store(true, Ordering::SeqCst);
        self.slave.write_all(END).expect("the terminal can be written");
        reader.join().expect("the reader ends");
        // Who drops the writer types the key for the end of a file, if there is one: it moves the text.
        let mut settings = tcgetattr(&self.slave).expect("the settings of the terminal");
        settings.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&self.slave, OptionalActions::Now, &settings).expect("other settings");
        drop((writer, master));
    }

    /// Holds that the terminal is as it was before the program started, and that the program
    /// wrote nothing but what the grammar allows.
    pub(crate) fn assert_given_back(&self) {
        assert_eq!(termios(&self.slave), self.before, "{}", self.report("settings"));
        let mut written = self.raw.clone();
        for sequence in &self.allowed {
            let at = written.windows(sequence.len()).position(|bytes| bytes == sequence);
            let at = at.unwrap_or_else(|| panic!("{}", self.report("a sequence that was allowed")));
            written.drain(at..at + sequence.len());
        }
        assert_eq!(grammar::modes_left(&written), Vec::<u16>::new(), "{}", self.report("modes"));
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "{}", self.report("alternate screen"));
        assert!(!screen.hide_cursor(), "{}", self.report("cursor"));
        grammar::check(&written);
    }

    /// Waits until the settings of the terminal, told beside those of before, are as they should be.
    pub(crate) fn wait_for_settings(&mut self, what: &str, are: impl Fn(&str, &str) -> bool) {
        let until = Instant::now() + self.patience;
        while !are(&self.settings(), &self.before) {
            if self.has_ended() || Instant::now() > until {
                self.fail(what);
            }
            thread::yield_now();
        }
    }

    /// The settings of the terminal as they are now.
    pub(crate) fn settings(&self) -> String {
        termios(&self.slave)
    }

    /// The settings of the terminal as they were before the program started.
    pub(crate) fn settings_before(&self) -> &str {
        &self.before
    }

    /// Whether a picture was begun that is not at its end, and may still come to it.
    fn is_in_picture(&self) -> bool {
        let mut marks = self.raw.windows(PICTURE_END.len()).rev();
        let mark = marks.find(|bytes| [PICTURE_BEGIN, PICTURE_END].contains(bytes));
        self.ended.is_none() && mark == Some(PICTURE_BEGIN)
    }

    fn next(&self, until: Instant) -> Option<Event> {
        self.events.recv_timeout(until.saturating_duration_since(Instant::now())).ok()
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Output(bytes) => {
                self.parser.process(&bytes);
                self.raw.extend(bytes);
            }
            Event::Ended(ended) => self.ended = Some(ended),
        }
    }

    /// Takes in what is still on its way when the program is gone.
    fn drain(&mut self) {
        self.slave.write_all(END).expect("the terminal can be written");
        let mut rest = Vec::new();
        let until = Instant::now() + self.patience;
        // Who guards the terminal may write behind it.
        let end = |rest: &[u8]| rest.windows(END.len()).position(|bytes| bytes == END);
        while end(&rest).is_none() {
            match self.next(until) {
                Some(Event::Output(bytes)) => rest.extend(bytes),
                Some(Event::Ended(ended)) => self.ended = Some(ended),
                None => self.fail("the end of the output"),
            }
        }
        if let Some(at) = end(&rest) {
            rest.drain(at..at + END.len());
        }
        self.take(Event::Output(rest));
    }

    fn fail(&self, what: &str) -> ! {
        panic!("{}", self.report(what))
    }

    /// What is to be told where something that was waited for did not come.
    pub(crate) fn report(&self, what: &str) -> String {
        let rows = screen::rows(self.screen()).join("\n");
        let tail = self.raw.get(self.raw.len().saturating_sub(200)..).unwrap_or_default();
        format!(
            "waited for: {what}\nended: {:?}\nscreen:\n{rows}\nlast bytes: {:?}",
            self.ended,
            String::from_utf8_lossy(tail)
        )
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.ended.is_none() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}
