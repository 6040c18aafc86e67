//! The thread that reads what the terminal sends: keys, and answers when it was asked something.
//! Nothing else in the program reads from the terminal while the interface runs.
//!
//! The bytes are decoded here and not by a library: answers come mixed with keys, in pieces, late
//! or wrong, and one decoder for both loses neither and takes neither for the other.

pub(super) mod decode;
pub(super) mod ear;
mod keys;
mod mouse;

use std::{
    fs::File,
    io::{self, PipeReader, PipeWriter, Read, Write, pipe},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    termios::isatty,
};

use super::{
    Ending, Event, fault,
    probe::{Question, Replies},
    spawn, tell,
};
use crate::config::Background;
use decode::{Decoder, Token};
use ear::meaning;
use mouse::Clicks;

/// How long the rest of a sequence is waited for before an escape character counts as the key.
const GRACE: Duration = Duration::from_millis(50);
/// The same while an answer of the terminal is expected.
const LONG_GRACE: Duration = Duration::from_millis(250);
/// How long a terminal is waited for when it was asked for its widths.
pub(super) const CAP: Duration = Duration::from_secs(1);

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Input {
    sender: Sender<Event>,
    /// `None` while another program has the keyboard.
    listening: Option<Listening>,
}

/// The thread while it runs.
#[derive(Debug)]
struct Listening {
    orders: Sender<Order>,
    waker: PipeWriter,
    thread: Option<JoinHandle<()>>,
}

/// What is wanted of the thread.
#[derive(Clone, Copy, Debug)]
enum Order {
    /// Answers to this question are expected, and late when this has passed.
    Measure(Question, Instant),
    /// The terminal was taken anew: what began before will not be ended.
    BeginAnew,
}

impl Input {
    /// Starts the thread.
    pub(super) fn listen(sender: Sender<Event>) -> io::Result<Self> {
        let listening = Some(Listening::start(sender.clone())?);
        Ok(Self { sender, listening })
    }

    /// Reads nothing until [`Input::resume`]: another program has the keyboard.
    pub(super) fn pause(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.end();
        }
    }

    /// Reads again.
    pub(super) fn resume(&mut self) -> io::Result<()> {
        if self.listening.is_none() {
            self.listening = Some(Listening::start(self.sender.clone())?);
        }
        Ok(())
    }

    /// Expects answers to a question from now on: to be called before it is asked.
    pub(super) fn expect_answers(&self, asked: Question) {
        self.order(Order::Measure(asked, Instant::now() + CAP));
    }

    /// Forgets what has come of a sequence or a paste: the terminal was taken anew.
    pub(super) fn begin_anew(&self) {
        self.order(Order::BeginAnew);
    }

    /// Ends the thread and waits for that: nothing is read from the terminal any more.
    pub(super) fn end(mut self) {
        self.pause();
    }

    fn order(&self, order: Order) {
        let Some(listening) = &self.listening else { return };
        let _ = listening.orders.send(order);
        let _ = (&listening.waker).write(b"!");
    }
}

impl Listening {
    fn start(sender: Sender<Event>) -> io::Result<Self> {
        let (mut woken, waker) = pipe()?;
        // Here and not in the thread: an interface that no key reaches cannot even be left.
        let keyboard = keyboard()?;
        let (orders, taken) = channel();
        let thread = spawn("input", move || {
            let mut reader = Reader::new(sender.clone(), taken);
            if reader.keep_reading(&keyboard, &mut woken).is_err() {
                let _ = sender.send(Event::End(Ending::HungUp));
            }
        });
        Ok(Self { orders, waker, thread })
    }

    fn end(self) {
        drop((self.orders, self.waker));
        // A thread that panicked has ended, too.
        let _ = self.thread.map(JoinHandle::join);
    }
}

/// Where keys come from: standard input, or the controlling terminal when something is piped in.
pub(super) fn keyboard() -> io::Result<File> {
    let stdin = io::stdin();
    if isatty(&stdin) { Ok(rustix::io::dup(&stdin)?.into()) } else { File::open("/dev/tty") }
}

struct Reader {
    sender: Sender<Event>,
    orders: Receiver<Order>,
    decoder: Decoder,
    clicks: Clicks,
    /// Answers are expected.
    measuring: Option<Measuring>,
}

struct Measuring {
    replies: Replies,
    /// When it is said that there was no answer; `None` once that has been said.
    until: Option<Instant>,
}

impl Reader {
    fn new(sender: Sender<Event>, orders: Receiver<Order>) -> Self {
        let (decoder, clicks) = (Decoder::default(), Clicks::default());
        Self { sender, orders, decoder, clicks, measuring: None }
    }

    /// Reads until nobody listens any more. A panic over some bytes must not make the program deaf: what
    /// had come of them is forgotten.
    fn keep_reading(&mut self, keyboard: &File, woken: &mut PipeReader) -> io::Result<()> {
        loop {
            match catch_unwind(AssertUnwindSafe(|| self.read(keyboard, woken))) {
                Ok(ended) => return ended,
                Err(_) => self.decoder = Decoder::default(),
            }
        }
    }

    /// Reads until nobody listens any more.
    fn read(&mut self, keyboard: &File, woken: &mut PipeReader) -> io::Result<()> {
        let mut chunk = [0; 4096];
        loop {
            let now = Instant::now();
            let due = self.due(now);
            let timeout = due.map(|due| timespec(due.saturating_duration_since(now)));
            let mut watched =
                [PollFd::new(keyboard, PollFlags::IN), PollFd::new(&*woken, PollFlags::IN)];
            match poll(&mut watched, timeout.as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let [from_keyboard, from_waker] = watched.map(|fd| fd.revents());
            if from_waker.contains(PollFlags::IN) {
                let _ = woken.read(&mut chunk);
            } else if from_waker.contains(PollFlags::HUP) {
                // The interface has ended: what is typed from now on is not for it.
                return Ok(());
            }
            let read = if from_keyboard.is_empty() { None } else { some_of(keyboard, &mut chunk)? };
            // The order comes before the question, so it is here before any answer to it.
            self.take_orders();
            let alive = match read {
                Some(count) => self.take(chunk.get(..count).unwrap_or_default()),
                None => due.is_none_or(|due| Instant::now() < due) || self.expire(),
            };
            if !alive {
                return Ok(());
            }
        }
    }

    fn take_orders(&mut self) {
        for order in self.orders.try_iter() {
            match order {
                Order::Measure(asked, until) => {
                    let replies = Replies::to(asked);
                    self.measuring = Some(Measuring { replies, until: Some(until) });
                }
                Order::BeginAnew => self.decoder = Decoder::default(),
            }
        }
    }

    /// When something is to be done though nothing has come.
    fn due(&self, now: Instant) -> Option<Instant> {
        let cap = self.measuring.as_ref().and_then(|measuring| measuring.until);
        // An answer may be on its way in pieces: a lone escape character waits longer for it.
        let usual = if cap.is_some() { LONG_GRACE } else { GRACE };
        let grace = self.decoder.patience(usual).map(|patience| now + patience);
        cap.into_iter().chain(grace).min()
    }

    /// The time is up; `false` when nobody listens any more.
    fn expire(&mut self) -> bool {
        // The keys first: what is said of the terminal stands until the next key.
        let rest = self.decoder.expire();
        let passed_on = rest.is_none_or(|token| self.pass_on(token));
        let now = Instant::now();
        let late = self.measuring.as_mut().and_then(|measuring| {
            measuring.until.take_if(|until| *until <= now)?;
            Some(measuring.replies.given_up())
        });
        passed_on && late.is_none_or(|heard| self.sender.send(Event::Probed(heard)).is_ok())
    }

    /// Takes what was read; `false` when nobody listens any more.
    fn take(&mut self, bytes: &[u8]) -> bool {
        fault::point("input");
        bytes.iter().all(|byte| {
            let token = self.decoder.take(*byte);
            token.is_none_or(|token| self.pass_on(token))
        })
    }

    fn pass_on(&mut self, token: Token) -> bool {
        if let Some(measuring) = &mut self.measuring
            && measuring.replies.take(&token)
        {
            // An answer that comes late is still the truth.
            let heard = measuring.replies.heard();
            if let Some(heard) = heard {
                self.measuring = None;
                return self.sender.send(Event::Probed(heard)).is_ok();
            }
            return true;
        }
        if let Some(background) = scheme(&token) {
            return self.sender.send(Event::Scheme(background)).is_ok();
        }
        let msg = meaning(token, &mut self.clicks, Instant::now());
        msg.is_none_or(|msg| tell(&self.sender, msg))
    }
}

/// The background when the terminal says that its colours have changed: `CSI ? 997 ; 1 n` for dark, `2` for
/// light (mode 2031 of Contour).
fn scheme(token: &Token) -> Option<Background> {
    let Token::Control(control) = token else { return None };
    match control.private_numbers(b'?').filter(|_| control.end == b'n')?[..] {
        [997, 1] => Some(Background::Dark),
        [997, 2] => Some(Background::Light),
        _ => None,
    }
}

/// Reads what there is; `None` when there is nothing after all.
fn some_of(keyboard: &File, chunk: &mut [u8]) -> io::Result<Option<usize>> {
    match rustix::io::read(keyboard, chunk) {
        Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
        Ok(count) => Ok(Some(count)),
        Err(Errno::INTR | Errno::AGAIN) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn timespec(duration: Duration) -> Timespec {
    // Waking a little late is better than waking early and waiting for nothing.
    let duration = duration + Duration::from_millis(1);
    Timespec::try_from(duration).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 })
}
