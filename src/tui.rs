//! The interactive shell: the only part that knows terminals, signals and threads.
//!
//! One channel of `Event`s joins the threads. The *input* thread reads keys and what the terminal
//! answers when it is measured, the *scanner* walks and reads the archive, the *analyst* loads and
//! analyses what the person looks at, while the *dictionary* is loaded beside it, the *searcher*
//! searches all of it, the *sifter* finds what filters ask for, the *keeper* puts decisions on disk, the *marker*
//! marks, two *recorders* keep what is come back to, the *exporter* writes files of articles, the *clipboard*
//! hands texts to other programs, the *arranger* sorts a long list, the
//! *watcher* notices signals and a terminal that went away. The thread that runs [`run`] only
//! updates the model and draws, so that keys are answered at once.

mod analyst;
mod arranger;
pub mod backend;
mod backup;
pub mod clipboard;
mod command;
mod editor;
mod errand;
mod exporter;
mod fault;
mod input;
mod keeper;
mod marker;
mod measuring;
mod probe;
mod recorder;
pub mod rehearsal;
mod report;
mod scanner;
mod searcher;
mod session;
mod shell;
mod sifter;
pub mod survey;
mod terminal;
pub mod tmux;
mod watcher;

pub use command::Opened;
pub use input::ear::Ear;
pub use probe::Answer;
pub use recorder::{Keeping, SessionPlace};
pub use watcher::HUNG_UP;

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
};

use crate::{
    app::{
        action::Action,
        keymap::Keymap,
        model::Model,
        msg::{Msg, Trouble},
        preferences::Preferences,
        theme::ThemeWish,
        update::update,
    },
    config::Background,
    guard::Starter,
    lang::Lang,
    library::{Library, index::IndexPlace},
    sandbox,
    text::{display::DisplayLine, width::Widths},
    view::theme::Themes,
};
use analyst::Analyst;
use arranger::Arranger;
use clipboard::Clipboard;
use errand::{Errand, Returned};
use exporter::Exporter;
use input::Input;
use keeper::Keeper;
use marker::Marker;
use measuring::Measuring;
use probe::{Heard, Question};
use recorder::Recorder;
use scanner::Scanner;
use searcher::Searcher;
use shell::{Away, Outside, Shell, paint};
use sifter::Sifter;
use terminal::{Terminal, is_gone};
use watcher::Watcher;

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
    /// The terminal was asked about itself, and this came of it.
    Probed(Heard),
    /// The terminal has other colours now.
    Scheme(Background),
    /// These bytes carry a text to the terminal's clipboard; when they are written, this is true.
    ForTerminal(Vec<u8>, DisplayLine),
    /// Another program is to have the terminal.
    Errand(Box<Errand>),
    /// It has ended.
    Returned(Box<Returned>),
    /// The terminal's multiplexer takes it for one without Chinese.
    Tmux(tmux::Utf8),
}

/// How the interface ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person left.
    Quit,
    /// The person left, and something of what they marked or decided could not be written.
    Unsaved,
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
    /// How it was opened, to be opened so again.
    pub opened: Opened,
    /// Where its index lies; `None` to do without one.
    pub index: Option<IndexPlace>,
    /// The folder with the person's marks; `None` when there is no home.
    pub marks: Option<PathBuf>,
    /// Language of the interface.
    pub lang: Lang,
    /// What the keys mean.
    pub keymap: Keymap,
    /// How things can look.
    pub themes: Themes,
    /// The theme that is wanted.
    pub theme: ThemeWish,
    /// What characters take on the terminal; `None` when that is to be measured.
    pub widths: Option<Widths>,
    /// Whether the program has the mouse.
    pub mouse: bool,
    /// Whether tmux stands between the program and the terminal.
    pub in_tmux: bool,
    /// How it is to work.
    pub preferences: Preferences,
    /// How much newer articles come sooner among the results of a search: from 0, not at all, to 1, as much
    /// as the best score.
    pub freshness: f32,
    /// What is come back to later, and what to come back to now; `None` to keep nothing.
    pub keeping: Option<Keeping>,
    /// What is run as soon as there is an article.
    pub commands: Vec<Action>,
    /// What went wrong before the start, such as mistakes in the keymap.
    pub problems: Vec<DisplayLine>,
    /// What is done beside it, and what it gives up.
    pub apart: Apart,
    /// Something to say until the first key.
    pub notice: Option<DisplayLine>,
}

/// What the interface leaves to a process beside it.
#[derive(Debug)]
pub struct Apart {
    /// Whether there is one.
    pub guard: bool,
    /// Whether the interface confines itself to its own folders; not without a guard, which does the rest.
    pub sandbox: bool,
    /// Its own folders.
    pub own_folders: Vec<PathBuf>,
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
    // Before the terminal is taken: a signal must never end the program while nobody gives it back.
    let watcher = watcher::watch(&sender, terminal::takes_output())?;
    let mut terminal = Terminal::enter()?;
    let Start { library, opened, index, marks, lang, keymap, widths, in_tmux, .. } = start;
    let Start { mut themes, theme, preferences, keeping, problems, notice, mouse, apart, .. } =
        start;
    let (commands, freshness) = (start.commands, start.freshness);
    let mut model = Model::new(library.name(), lang, keymap, terminal.size());
    model.prefer(preferences);
    model.mouse.is_on = mouse;
    // Until the answer is there, what is right everywhere.
    model.widths = widths.unwrap_or(Widths::UNIVERSAL);
    model.theme = theme;
    model.due = commands;
    for problem in problems {
        update(&mut model, Msg::Trouble(Trouble::general(problem)));
    }
    let session = keeping.as_ref().and_then(|keeping| keeping.session.as_ref());
    if let Some(left) = session.and_then(SessionPlace::left) {
        model.resume(left);
    }
    model.notice = notice;
    let asked = Question { widths: widths.is_none(), background: themes.depend_on_background() };
    let measuring = Measuring::new(asked);
    let theme = themes.wear(model.theme.name);
    terminal.draw(|picture| paint(&model, &theme, measuring, picture))?;

    watcher.into_iter().for_each(Watcher::start);
    let scratch = apart.own_folders.last().cloned();
    let starter = confined(&apart, lang);
    // It may touch the disk, which the first frame does not wait for.
    model.root = library.root();
    let input = Input::listen(sender.clone())?;
    if in_tmux {
        let (told, starter) = (sender.clone(), starter.clone());
        spawn("tmux", move || drop(told.send(Event::Tmux(tmux::client_utf8(&starter)))));
    }
    let marker = Marker::start(marks, lang, sender.clone());
    backup::start(lang, sender.clone());
    let recorder = Recorder::start(keeping, lang, sender.clone());
    let mut scanner = Scanner::start(library.clone(), index.clone(), lang, sender.clone());
    let arranger = Arranger::start(sender.clone());
    let entries = scanner.entries();
    let sifter = Sifter::start(library.clone(), index.clone(), entries, lang, sender.clone());
    let (entries, index) = (scanner.entries(), (index, freshness));
    let searcher = Searcher::start(library.clone(), index, entries, lang, sender.clone());
    let outside = Outside {
        clipboard: Clipboard::start(lang, starter.clone(), sender.clone()),
        starter: starter.clone(),
        library: library.clone(),
        entries: scanner.entries(),
        opened,
        sender: sender.clone(),
        away: Away::Here,
        due: None,
    };
    let exports = sender.clone();
    let (entries, dictionary) = (scanner.entries(), scanner.dictionary());
    let analyst = Analyst::start(library.clone(), entries, dictionary, lang, sender);
    let files = (starter.clone(), scratch);
    let exporter = Exporter::start(library.clone(), scanner.entries(), files, lang, exports);
    let keeper = Keeper::start(library, lang, analyst.relay());
    let mut shell = Shell {
        terminal,
        model,
        themes,
        input,
        measuring,
        stops_when_answered: false,
        is_stopped: false,
        flashes_until: None,
        scanner,
        arranger,
        searcher,
        sifter,
        analyst,
        keeper,
        marker,
        outside,
        exporter,
        recorder,
    };
    let ending = shell.run(&receiver).or_else(|error| let_go(error, &receiver));
    if let Ok(Ending::Quit | Ending::Signal(_)) = ending {
        shell.see_out(&receiver);
    }
    watcher::ends();
    shell.leave();
    if ending.is_ok() {
        // Before the keys are let go, so that a report on its way is not typed into the shell. A terminal
        // that is gone cannot be told.
        let _ = shell.terminal.report_mouse(false);
    }
    // Before the terminal is given back: what is typed then is for the shell.
    shell.input.end();
    shell.terminal.leave();
    shell.recorder.finish();
    let is_kept = shell.keeper.finish() & shell.marker.finish();
    shell.exporter.finish();
    if let Starter::Guard(guard) = &starter {
        guard.finish();
    }
    match ending {
        Ok(Ending::Quit) if !is_kept => Ok(Ending::Unsaved),
        ending => ending,
    }
}

/// How the program is to end that was let go from a write to a terminal that takes nothing.
fn let_go(error: io::Error, events: &Receiver<Event>) -> io::Result<Ending> {
    let is_end = |event| if let Event::End(ending) = event { Some(ending) } else { None };
    let waited = error.kind() == io::ErrorKind::WouldBlock;
    let wanted = waited.then(|| events.try_iter().find_map(is_end)).flatten();
    wanted.ok_or(error)
}

/// Starts the guard, and gives up what it does from now on. All threads that read texts start behind this; only
/// the one that waits for signals has started before.
fn confined(apart: &Apart, lang: Lang) -> Starter {
    let Some(guard) = apart.guard.then(|| terminal::guarded(lang).ok()).flatten() else {
        return Starter::Here;
    };
    if apart.sandbox {
        sandbox::confine(&apart.own_folders);
    }
    Starter::Guard(Arc::new(guard))
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
