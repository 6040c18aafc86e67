//! The interactive shell: the only part that knows terminals, signals and threads.
//!
//! One channel of `Event`s joins the threads. The *input* thread reads keys and what the terminal
//! answers when it is measured, the *scanner* walks and reads the archive, the *analyst* loads and
//! analyses what the person looks at, while the *dictionary* is loaded beside it, the *searcher*
//! searches all of it, the *keeper* puts decisions on disk, the *arranger* sorts a long list, the
//! *watcher* notices signals and a terminal that went away. The thread that runs [`run`] only
//! updates the model and draws, so that keys are answered at once.

mod analyst;
mod arranger;
pub mod backend;
mod input;
mod keeper;
mod measuring;
mod probe;
pub mod rehearsal;
mod scanner;
mod searcher;
pub mod survey;
mod terminal;
pub mod tmux;
mod watcher;

pub use probe::Answer;
pub use watcher::HUNG_UP;

use std::{
    io,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use ratatui::{buffer::Buffer, layout::Position};

use crate::{
    app::{
        keymap::Keymap,
        model::Model,
        msg::{Effect, Msg, Trouble},
        update::update,
    },
    lang::Lang,
    library::{Library, index::IndexPlace},
    text::{display::DisplayLine, width::Widths},
    view::{self, canvas::keep_ascii, theme::Theme},
};
use analyst::Analyst;
use arranger::Arranger;
use input::Input;
use keeper::Keeper;
use measuring::Measuring;
use scanner::Scanner;
use searcher::Searcher;
use terminal::{Terminal, is_gone};

/// Longest that messages are taken in before a frame is drawn.
const FRAME: Duration = Duration::from_millis(16);

/// What reaches the interface.
#[derive(Debug)]
enum Event {
    /// Something for the model.
    Msg(Msg),
    /// The program is to end.
    End(Ending),
    /// The program is to stop, as after `Ctrl-Z`.
    Suspend,
    /// The program was stopped from outside and runs again.
    Continued,
    /// The terminal has another size.
    Resized,
    /// The terminal was asked for its widths, and this came of it.
    Probed(Answer),
    /// The terminal's multiplexer takes it for one without Chinese.
    Tmux(tmux::Utf8),
}

/// How the interface ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person left.
    Quit,
    /// A signal asked the program to end; its number.
    Signal(i32),
    /// The terminal went away.
    HungUp,
    /// The terminal does not take what it is sent for UTF-8: it would show bytes, and act on some.
    NotUtf8,
}

/// What the interface starts with.
#[derive(Debug)]
pub struct Start {
    /// The archive.
    pub library: Arc<Library>,
    /// Where its index lies; `None` to do without one.
    pub index: Option<IndexPlace>,
    /// Language of the interface.
    pub lang: Lang,
    /// What the keys mean.
    pub keymap: Keymap,
    /// How things look.
    pub theme: Theme,
    /// What characters take on the terminal; `None` when that is to be measured.
    pub widths: Option<Widths>,
    /// Whether tmux stands between the program and the terminal.
    pub in_tmux: bool,
    /// What went wrong before the start, such as mistakes in the keymap.
    pub problems: Vec<DisplayLine>,
}

/// Runs the interface until the person leaves or the terminal does.
///
/// The first frame is on the screen before a file is opened or the dictionary is loaded.
///
/// # Errors
///
/// When the terminal cannot be set up, read or written.
pub fn run(start: Start) -> io::Result<Ending> {
    match run_in_terminal(start) {
        // A terminal that went away fails every read and write.
        Err(error) if is_gone(&error) => Ok(Ending::HungUp),
        ending => ending,
    }
}

fn run_in_terminal(start: Start) -> io::Result<Ending> {
    let (sender, receiver) = channel();
    // Before the terminal is taken: a signal must never find it taken and nobody to give it back.
    watcher::watch(&sender)?;
    let mut terminal = Terminal::enter()?;
    let Start { library, index, lang, keymap, theme, widths, in_tmux, problems } = start;
    let mut model = Model::new(library.name(), lang, keymap, terminal.size());
    // Until the answer is there, what is right everywhere.
    model.widths = widths.unwrap_or(Widths::UNIVERSAL);
    for problem in problems {
        update(&mut model, Msg::Trouble(Trouble::general(problem)));
    }
    let measuring = Measuring::new(widths.is_some());
    terminal.draw(|picture| paint(&model, &theme, measuring, picture))?;

    let input = Input::listen(sender.clone())?;
    if in_tmux {
        let told = sender.clone();
        spawn("tmux", move || drop(told.send(Event::Tmux(tmux::client_utf8()))));
    }
    let scanner = Scanner::start(library.clone(), index.clone(), lang, sender.clone());
    let arranger = Arranger::start(sender.clone());
    let searcher = Searcher::start(library.clone(), index, scanner.entries(), lang, sender.clone());
    let analyst = Analyst::start(library.clone(), scanner.entries(), lang, sender);
    let keeper = Keeper::start(library, lang, analyst.relay());
    let mut shell = Shell {
        terminal,
        model,
        theme,
        input,
        measuring,
        stops_when_answered: false,
        is_stopped: false,
        scanner,
        arranger,
        searcher,
        analyst,
        keeper,
    };
    let ending = shell.run(&receiver);
    if let Ok(Ending::Quit | Ending::Signal(_)) = ending {
        shell.see_out(&receiver);
    }
    // Before the terminal is given back: what is typed then is for the shell.
    shell.input.end();
    shell.terminal.leave();
    shell.keeper.finish();
    ending
}

struct Shell {
    terminal: Terminal,
    model: Model,
    theme: Theme,
    input: Input,
    measuring: Measuring,
    /// The program is to stop when an answer that is on its way has come.
    stops_when_answered: bool,
    /// The program has stopped itself and not been continued yet: a stop takes effect a little after
    /// it was asked for.
    is_stopped: bool,
    scanner: Scanner,
    arranger: Arranger,
    searcher: Searcher,
    analyst: Analyst,
    keeper: Keeper,
}

impl Shell {
    fn run(&mut self, events: &Receiver<Event>) -> io::Result<Ending> {
        self.probe()?;
        while let Ok(event) = events.recv() {
            let started = Instant::now();
            let mut next = Some(event);
            // Whatever has piled up is taken in before the next frame, within reason.
            while let Some(event) = next {
                if let Some(ending) = self.take(event)? {
                    return Ok(ending);
                }
                next = next_in_time(events, started);
            }
            self.draw()?;
            self.probe()?;
        }
        Ok(Ending::HungUp)
    }

    fn take(&mut self, event: Event) -> io::Result<Option<Ending>> {
        match event {
            Event::End(ending) => Ok(Some(ending)),
            Event::Suspend => self.suspend(),
            Event::Continued => {
                self.is_stopped = false;
                self.resume()
            }
            Event::Resized => self.resized(),
            Event::Probed(answer) => self.probed(answer),
            Event::Tmux(utf8) => {
                if utf8 == tmux::Utf8::No {
                    // In ASCII, because that is all such a client shows.
                    let advice = "tmux shows no Chinese here: detach, then tmux -u attach";
                    self.model.notice = Some(advice.into());
                }
                Ok(None)
            }
            Event::Msg(msg) => self.learn(msg),
        }
    }

    /// Asks the terminal what characters take there, if that is to be done now.
    fn probe(&mut self) -> io::Result<()> {
        let size = self.model.size;
        if !Terminal::is_taken() || !self.measuring.is_due(size.width) {
            return Ok(());
        }
        self.measuring.ask();
        self.input.expect_answers();
        let row = size.height.saturating_sub(1);
        self.terminal.write_through(&probe::request(Some(row)), row)?;
        self.draw()
    }

    /// Waits for an answer that is on its way, before the terminal is given back: it would go to the
    /// shell, as if it had been typed there.
    fn see_out(&mut self, events: &Receiver<Event>) {
        let Some(until) = self.measuring.awaited() else { return };
        let left = || until.saturating_duration_since(Instant::now());
        while let Ok(event) = events.recv_timeout(left()) {
            if matches!(event, Event::Probed(_) | Event::End(_)) {
                return;
            }
        }
    }

    fn probed(&mut self, answer: Answer) -> io::Result<Option<Ending>> {
        let silent = self.model.lang.of(
            "终端没有回答测量，用通用间距 (--ambiguous)",
            "the terminal did not answer; using wide spacing (--ambiguous)",
        );
        self.measuring.settle();
        if std::mem::take(&mut self.stops_when_answered) {
            self.suspend()?;
        }
        match answer {
            Answer::NotUtf8 => Ok(Some(Ending::NotUtf8)),
            Answer::Measured(widths) => {
                // It did answer, if late.
                self.model.notice.take_if(|notice| notice.as_str() == silent);
                self.learn(Msg::Widths(widths))
            }
            Answer::Silent => {
                self.model.notice = Some(silent.into());
                self.learn(Msg::Widths(Widths::UNIVERSAL))
            }
        }
    }

    fn learn(&mut self, msg: Msg) -> io::Result<Option<Ending>> {
        for effect in update(&mut self.model, msg) {
            if let Some(ending) = self.carry_out(effect)? {
                return Ok(Some(ending));
            }
        }
        Ok(None)
    }

    fn carry_out(&mut self, effect: Effect) -> io::Result<Option<Ending>> {
        match effect {
            Effect::Fetch(keys) => self.analyst.fetch(keys),
            Effect::Analyze(keys) => self.analyst.analyze(keys),
            Effect::Page(key) => self.analyst.page(key),
            Effect::Arrange(arranging) => self.arranger.take(*arranging),
            Effect::Search(order) => self.searcher.take(order),
            Effect::Decide { source, page, decision } => self.keeper.keep(source, page, decision),
            Effect::Forget => self.analyst.forget(),
            Effect::Reload(source) => {
                self.analyst.forget();
                self.scanner.reload(source);
            }
            Effect::Invisible(invisible) => self.analyst.show_invisible(invisible),
            Effect::Redraw => self.terminal.clear(),
            Effect::Suspend => return self.suspend(),
            Effect::Quit => return Ok(Some(Ending::Quit)),
        }
        Ok(None)
    }

    fn suspend(&mut self) -> io::Result<Option<Ending>> {
        if self.measuring.awaited().is_some() {
            // It would go to the shell, as if it had been typed there.
            self.stops_when_answered = true;
            return Ok(None);
        }
        if self.terminal.suspend()? {
            self.is_stopped = true;
            return Ok(None);
        }
        let alone = self.model.lang.of("没有可以返回的 shell", "no shell to return to");
        self.model.notice = Some(alone.into());
        Ok(None)
    }

    /// Takes the terminal as it is now: whoever had it meanwhile may have changed everything.
    fn resume(&mut self) -> io::Result<Option<Ending>> {
        if !self.terminal.retake()? {
            return Ok(None);
        }
        self.measuring.begin_anew();
        self.input.begin_anew();
        self.resized()
    }

    /// Asks the terminal for its size: what was reported with a change may be outdated, and a
    /// change before the thread that reads keys has started is reported by the signal only.
    fn resized(&mut self) -> io::Result<Option<Ending>> {
        let size = self.terminal.measure()?;
        self.learn(Msg::Resize(size))
    }

    /// Draws, unless another job has the terminal: then there is nothing of ours to draw on.
    fn draw(&mut self) -> io::Result<()> {
        if self.is_stopped || (!Terminal::is_taken() && !self.terminal.retake()?) {
            return Ok(());
        }
        // Before the frame: when the line is seen, it takes pastes.
        self.terminal.accept_pastes(self.model.prompt.is_some())?;
        let (model, theme, measuring) = (&self.model, &self.theme, self.measuring);
        self.terminal.draw(|picture| paint(model, theme, measuring, picture))
    }
}

/// Paints the picture; the place of its caret.
fn paint(
    model: &Model,
    theme: &Theme,
    measuring: Measuring,
    picture: &mut Buffer,
) -> Option<Position> {
    view::draw(model, theme, picture);
    if !measuring.allows_text() {
        keep_ascii(picture);
    }
    view::caret(model)
}

/// Another event, if there is one and the time for a frame is not up. The clock comes first: an event
/// that has been received must be taken.
fn next_in_time(events: &Receiver<Event>, started: Instant) -> Option<Event> {
    if started.elapsed() < FRAME { events.try_recv().ok() } else { None }
}

/// Starts a thread whose panic ends only what it was doing, not the picture on the screen.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    // Without threads there is nothing to read: the interface stays up and can be left.
    thread::Builder::new().name(name.to_owned()).spawn(work).ok()
}

/// What is said of a text over which the program failed.
fn program_failed(lang: Lang) -> &'static str {
    lang.of("处理它时程序出错", "the program failed over it")
}

fn tell(sender: &Sender<Event>, msg: Msg) -> bool {
    sender.send(Event::Msg(msg)).is_ok()
}

#[cfg(test)]
mod tests;
