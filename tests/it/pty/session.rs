//! Running the program in a pseudo-terminal, typing keys and waiting for the screen.

use std::{
    fs::{self, File},
    io::{Read, Write},
    num::NonZeroU16,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid},
    termios::tcgetattr,
};
use tempfile::TempDir;
use vt100::{Parser, Screen};

use super::{answers::Listener, grammar, picture};

pub(crate) use super::launch::Launch;

/// How long anything may take before a test gives up. Never reached when all is well, not even where the
/// program is built without optimisation and shares the machine.
const DEADLINE: Duration = Duration::from_secs(120);
/// The unit of processor times in `/proc` on all but forgotten machines (`USER_HZ`).
const TICKS_PER_SECOND: u64 = 100;
/// Written to the terminal behind the program when it is gone: what comes before it is all that
/// the program wrote.
const END: &[u8] = b"\x05end of output\x05";

impl Launch {
    /// Starts it.
    pub(crate) fn start(self) -> Session {
        let Self { command, size: (columns, rows), env, answers, home } = self;
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let name = pair.master.tty_name().expect("a terminal has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(name, flags, Mode::empty()).expect("the terminal opens");
        let slave = File::from(slave);
        let before = termios(&slave);

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
        let reader = read_output(reader, stop.clone(), sender.clone(), listener);
        thread::spawn(move || wait_for_end(child, pid, &sender));
        Session {
            keyboard: Some(Keyboard { writer, master: pair.master, reader, stop }),
            slave,
            before,
            pid,
            events,
            parser: Parser::new(at_least_one(rows), at_least_one(columns), 0),
            raw: Vec::new(),
            ended: None,
            _home: home,
        }
    }
}

fn at_least_one(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}

/// The terminal's settings, in a form that can be compared and shown.
fn termios(terminal: &File) -> String {
    format!("{:?}", tcgetattr(terminal).expect("the settings of the terminal"))
}

fn read_output(
    mut reader: Box<dyn Read + Send>,
    stop: Arc<AtomicBool>,
    sender: Sender<Event>,
    mut listener: Listener,
) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut chunk = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = reader.read(&mut chunk) {
            let output = chunk.get(..count).unwrap_or_default().to_vec();
            listener.hear(&output);
            if stop.load(Ordering::SeqCst) || sender.send(Event::Output(output)).is_err() {
                return;
            }
        }
    })
}

/// Waits for the process to end and reads what it cost before its record is gone.
fn wait_for_end(mut child: Box<dyn Child + Send + Sync>, pid: Pid, sender: &Sender<Event>) {
    let watched = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(pid), watched) {}
    let cpu = cpu_time(pid);
    let status = child.wait().expect("the process can be waited for");
    let ended = Ended { code: status.exit_code(), signal: status.signal().map(Into::into), cpu };
    let _ = sender.send(Event::Ended(ended));
}

/// Processor time of a process and of the children that it waited for. `None` where there is no
/// `/proc`.
fn cpu_time(pid: Pid) -> Option<Duration> {
    let record = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // The name in brackets may hold spaces; the times are fields 14 to 17 (proc(5)).
    let (_, fields) = record.rsplit_once(')')?;
    let times = fields.split_whitespace().skip(11).take(4);
    let ticks: u64 = times.filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
}

enum Event {
    Output(Vec<u8>),
    Ended(Ended),
}

/// How a process ended.
#[derive(Clone, Debug)]
pub(crate) struct Ended {
    /// Its exit code.
    pub(crate) code: u32,
    /// The signal that killed it.
    pub(crate) signal: Option<String>,
    /// Processor time that it took.
    pub(crate) cpu: Option<Duration>,
}

/// What is typed, and what the terminal answers, goes here.
pub(crate) type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// The side of the terminal on which the person sits.
struct Keyboard {
    writer: Writer,
    master: Box<dyn MasterPty + Send>,
    reader: JoinHandle<()>,
    stop: Arc<AtomicBool>,
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
    _home: TempDir,
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

    /// The screen as the emulator has it now.
    pub(crate) fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Everything that the program wrote.
    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Waits until the screen shows something.
    pub(crate) fn wait_for(&mut self, what: &str, seen: impl Fn(&Screen) -> bool) {
        let until = Instant::now() + DEADLINE;
        while !seen(self.screen()) {
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
        self.wait_for(text, |screen| picture::has(screen, text));
    }

    /// Waits until the program has ended and all of its output is on the screen.
    pub(crate) fn wait_exit(&mut self) -> Ended {
        let until = Instant::now() + DEADLINE;
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

    /// Waits for the end and checks the exit code and that the terminal is as it was.
    pub(crate) fn expect_exit(&mut self, code: u32) {
        let ended = self.wait_exit();
        assert_eq!((ended.code, &ended.signal), (code, &None), "{}", self.report("exit code"));
        self.assert_given_back();
    }

    /// Waits until the program has written something that can be told by its bytes only.
    pub(crate) fn wait_for_output(&mut self, what: &str, written: impl Fn(&[u8]) -> bool) {
        let until = Instant::now() + DEADLINE;
        while !written(&self.raw) {
            match self.next(until) {
                Some(event @ Event::Output(_)) => self.take(event),
                Some(Event::Ended(_)) | None => self.fail(what),
            }
        }
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let keyboard = self.keyboard.as_ref().expect("the terminal is there");
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        keyboard.master.resize(size).expect("a new size");
        let (columns, rows) = (at_least_one(columns), at_least_one(rows));
        self.parser.set_size(rows, columns);
    }

    /// Sends a signal to the process that was started.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the process is there");
    }

    /// Takes the terminal away, as a lost connection does.
    pub(crate) fn hang_up(&mut self) {
        let Keyboard { writer, master, reader, stop } =
            self.keyboard.take().expect("the terminal is there");
        // The reading thread holds the terminal open: it is woken and sent away first.
        stop.store(true, Ordering::SeqCst);
        self.slave.write_all(END).expect("the terminal can be written");
        reader.join().expect("the reader ends");
        drop((writer, master));
    }

    /// Holds that the terminal is as it was before the program started, and that the program
    /// wrote nothing but what the grammar allows.
    pub(crate) fn assert_given_back(&self) {
        assert_eq!(termios(&self.slave), self.before, "{}", self.report("settings"));
        assert_eq!(grammar::modes_left(&self.raw), Vec::<u16>::new(), "{}", self.report("modes"));
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "{}", self.report("alternate screen"));
        assert!(!screen.hide_cursor(), "{}", self.report("cursor"));
        grammar::check(&self.raw);
    }

    /// The settings of the terminal as they are now.
    pub(crate) fn settings(&self) -> String {
        termios(&self.slave)
    }

    /// The settings of the terminal as they were before the program started.
    pub(crate) fn settings_before(&self) -> &str {
        &self.before
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
        let until = Instant::now() + DEADLINE;
        while !rest.ends_with(END) {
            match self.next(until) {
                Some(Event::Output(bytes)) => rest.extend(bytes),
                Some(Event::Ended(ended)) => self.ended = Some(ended),
                None => self.fail("the end of the output"),
            }
        }
        rest.truncate(rest.len() - END.len());
        self.take(Event::Output(rest));
    }

    fn fail(&self, what: &str) -> ! {
        panic!("{}", self.report(what))
    }

    fn report(&self, what: &str) -> String {
        let rows = picture::rows(self.screen()).join("\n");
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
