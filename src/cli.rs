//! The command-line shell: one file per subcommand, text for people on a terminal, plain text when
//! piped, JSON for programs.

pub mod args;
mod bar;
mod columns;
mod completions;
mod config;
mod decide;
mod doctor;
mod explain;
mod export;
mod filter;
mod index;
mod interface;
mod json;
mod keys;
mod keywords;
mod lexicon;
mod list;
mod man;
mod marks;
mod only;
mod output;
mod pages;
mod related;
mod resume;
mod sandbox;
mod search;
mod session;
mod settings;
mod show;
mod stop;
mod stream;
mod summary;
mod theme;
mod themes;

use std::{io, sync::Arc};

use args::{Args, Command};
use output::Output;
use signal_hook::consts::SIGXFSZ;

use crate::{
    config::{lang, load_settings},
    text::display::display,
};

/// How a command ended. The number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Fine,
    /// Nothing was found.
    Nothing,
    /// Something failed, be it one source of many.
    Failed,
    /// The person left, and something that they marked is not saved.
    Unsaved,
    /// A signal ended it; 128 and its number.
    Signal(i32),
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Nothing => 1,
            Self::Failed => 2,
            Self::Unsaved => 3,
            Self::Signal(signal) => 128_u8.saturating_add(u8::try_from(signal).unwrap_or(0)),
        }
    }
}

/// Whether what is wrong with the settings is told before a command: some tell it themselves, some do
/// without settings.
fn tells_of_settings(command: Option<&Command>) -> bool {
    use Command::{Completions, Config, Demo, Doctor, Man};
    !matches!(command, None | Some(Demo(_) | Config(_) | Doctor(_) | Completions(_) | Man))
}

/// A file that may not grow any more (`ulimit -f`) is an error as a full disk is, and not the end.
fn survive_limits() {
    // Where that is not possible, the limit ends the program as it always did.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
}

/// Runs what the command line asks for. A reader that closes the pipe ends it quietly.
pub fn run(args: Args) -> Exit {
    output::report_panics();
    survive_limits();
    let off = args.no_sandbox.then(|| "sandbox=false".to_owned());
    let set: Vec<String> = args.set.iter().cloned().chain(off).collect();
    let loaded = load_settings(&set);
    let lang = args.lang.map(Into::into).or(loaded.settings().lang).unwrap_or_else(lang);
    let mut out = Output::new(lang, loaded);
    if settings::reject_options(&mut out) {
        return Exit::Failed;
    }
    if tells_of_settings(args.command.as_ref()) {
        settings::complain(&mut out);
    }
    sandbox::confine(args.command.as_ref(), &out);
    let result = match args.command {
        None => interface::run(&args.open, args.screen, &mut out),
        Some(Command::Demo(screen)) => interface::demo(screen, &mut out),
        Some(Command::List(args)) => list::run(&args, &mut out),
        Some(Command::Show(args)) => show::run(&args, &mut out),
        Some(Command::Summary(args)) => summary::run(&args, &mut out),
        Some(Command::Keywords(args)) => keywords::run(&args, &mut out),
        Some(Command::Search(args)) => search::run(&args, &mut out),
        Some(Command::Related(args)) => related::run(&args, &mut out),
        Some(Command::Index(args)) => index::run(&args, &mut out),
        Some(Command::Filter(args)) => filter::run(&args, &mut out),
        Some(Command::Marks(args)) => marks::run(&args, &mut out),
        Some(Command::Export(args)) => export::run(&args, &mut out),
        Some(Command::Session(args)) => session::run(&args, &mut out),
        Some(Command::Pages(args)) => pages::run(&args, &mut out),
        Some(Command::Keys(args)) => keys::run(&args, &mut out),
        Some(Command::Config(args)) => config::run(&args, &mut out),
        Some(Command::Themes(args)) => themes::run(&args, &mut out),
        Some(Command::Doctor(args)) => doctor::run(&args, &mut out),
        Some(Command::Completions(args)) => completions::run(&args, &mut out),
        Some(Command::Man) => man::run(&mut out),
    };
    let result = result.and_then(|exit| match exit {
        // The interface has printed nothing, and its terminal may be gone.
        Exit::Signal(_) => Ok(exit),
        Exit::Fine | Exit::Nothing | Exit::Failed | Exit::Unsaved => out.flush().map(|()| exit),
    });
    match result {
        Ok(exit) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Fine,
        Err(error) => {
            out.complain(&display!("zhaidu: {error}"));
            Exit::Failed
        }
    }
}
