//! The command line.

use std::{env, path::PathBuf};

use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum, error::ErrorKind};
use clap_complete::Shell;

use crate::{
    article::SplitMode,
    lang::Lang,
    library::{Input, Settings, displayed},
    source::{
        Charset,
        encoding::parse_encoding,
        read::ReadOptions,
        walk::{FollowLinks, Hidden, WalkOptions},
    },
};

/// Skim archives of Chinese text: articles, key sentences and keywords side by side.
///
/// Without a command, opens files and folders in the interface; when the output is no terminal,
/// prints the list of articles instead.
#[derive(Debug, Parser)]
#[command(name = "zhaidu", version)]
#[command(after_help = "Exit codes: 0 fine, 1 nothing found, 2 something failed.")]
pub struct Args {
    /// What to do; opens the interface when missing.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Language of messages (default: from the locale).
    #[arg(long, value_enum, global = true, value_name = "LANG")]
    pub lang: Option<LangArg>,
    /// What to open.
    #[command(flatten)]
    pub open: OpenArgs,
    /// How the interface looks and works.
    #[command(flatten)]
    pub screen: ScreenArgs,
}

impl Args {
    /// The command line of this process. Ends the process with a message and code 2 when it makes
    /// no sense, with code 0 after `--help` and `--version`.
    pub fn of_process() -> Self {
        let args = Self::try_parse().unwrap_or_else(|error| reject(&error));
        if args.command.is_some() && (args.open.is_set() || args.screen.keymap.is_some()) {
            let late = "options of a command stand behind its name: zhaidu COMMAND --OPTION";
            Self::command().error(ErrorKind::ArgumentConflict, late).exit();
        }
        args
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the built-in archive: four newspaper pages to try things on
    Demo(ScreenArgs),
    /// List the articles
    List(ListArgs),
    /// Print articles
    Show(ShowArgs),
    /// Print key sentences
    Summary(SummaryArgs),
    /// Print keywords
    Keywords(KeywordsArgs),
    /// Say what was found of the terminal, the locale and the configuration
    Doctor(DoctorArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// What to open, and how.
#[derive(Clone, Debug, ClapArgs)]
pub struct OpenArgs {
    /// Files and folders; - is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Encoding of all texts, such as gb18030 (default: found out for each)
    #[arg(long, value_name = "NAME", value_parser = charset)]
    pub encoding: Option<Charset>,
    /// Follow symbolic links inside folders
    #[arg(long)]
    pub follow: bool,
    /// Read hidden files and folders too
    #[arg(long)]
    pub hidden: bool,
    /// How to look for several articles on a page
    #[arg(long, value_enum, default_value_t = SplitArg::Auto, value_name = "MODE")]
    pub split: SplitArg,
}

impl OpenArgs {
    fn is_set(&self) -> bool {
        let options = self.encoding.is_some() || self.follow || self.hidden;
        options || !self.paths.is_empty() || self.split != SplitArg::Auto
    }

    /// The archive; the current folder when no path was given.
    pub fn input(&self) -> Input {
        if self.paths.is_empty() {
            return Input::Paths(vec![PathBuf::from(".")]);
        }
        Input::Paths(self.paths.clone())
    }

    /// How to open it.
    pub fn settings(&self) -> Settings {
        let links = if self.follow { FollowLinks::Always } else { FollowLinks::Never };
        let hidden = if self.hidden { Hidden::Include } else { Hidden::Skip };
        Settings {
            walk: WalkOptions { links, hidden },
            read: ReadOptions { charset: self.encoding, ..ReadOptions::default() },
            split: self.split.into(),
        }
    }
}

/// How the interface looks and works.
#[derive(Clone, Debug, ClapArgs)]
pub struct ScreenArgs {
    /// Keymap to use instead of the one in the configuration folder
    #[arg(long, value_name = "FILE")]
    pub keymap: Option<PathBuf>,
}

/// `list`
#[derive(Clone, Debug, ClapArgs)]
pub struct ListArgs {
    /// What to list.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which articles of each source.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct PickArgs {
    /// Only article N of each source, from 1
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub article: Option<u32>,
}

/// `show`
#[derive(Clone, Debug, ClapArgs)]
pub struct ShowArgs {
    /// What to show.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which articles.
    #[command(flatten)]
    pub pick: PickArgs,
    /// Columns to set the text in (default: those of the terminal; not set when piped)
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// `summary`
#[derive(Clone, Debug, ClapArgs)]
pub struct SummaryArgs {
    /// What to summarise.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which articles.
    #[command(flatten)]
    pub pick: PickArgs,
    /// How much of it.
    #[command(flatten)]
    pub length: LengthArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Length of a summary.
#[derive(Clone, Copy, Debug, ClapArgs)]
#[group(multiple = false)]
pub struct LengthArgs {
    /// Key sentences of each article (default: 5)
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub sentences: Option<u32>,
    /// Share of the text, such as 0.2 or 20%
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub ratio: Option<f64>,
    /// At most this many characters
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub chars: Option<u32>,
}

/// `keywords`
#[derive(Clone, Debug, ClapArgs)]
pub struct KeywordsArgs {
    /// What to look at.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which articles.
    #[command(flatten)]
    pub pick: PickArgs,
    /// Keywords of each article
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub count: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `doctor`
#[derive(Clone, Debug, ClapArgs)]
pub struct DoctorArgs {
    /// Measure how long the steps take, on PATH or on the built-in archive
    #[arg(long)]
    pub timings: bool,
    /// What to measure on.
    #[command(flatten)]
    pub open: OpenArgs,
}

/// `completions`
#[derive(Clone, Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// See [`Lang`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

/// See [`SplitMode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SplitArg {
    /// A page is one article
    Off,
    /// Where the page gives good reasons
    Auto,
    /// Only where there is hardly a doubt
    Strict,
}

impl From<SplitArg> for SplitMode {
    fn from(split: SplitArg) -> Self {
        match split {
            SplitArg::Off => Self::Off,
            SplitArg::Auto => Self::Auto,
            SplitArg::Strict => Self::Strict,
        }
    }
}

/// Ends the process with what is wrong with its command line, or with what was asked for. The
/// parser repeats the words that it was given, so it is given them again, safe to show.
fn reject(error: &clap::Error) -> ! {
    if !error.use_stderr() {
        error.exit()
    }
    match Args::try_parse_from(env::args_os().map(|word| displayed(&word))) {
        Err(error) => error.exit(),
        Ok(_) => {
            let hidden = "the command line holds characters that cannot be seen";
            Args::command().error(ErrorKind::InvalidValue, hidden).exit()
        }
    }
}

fn charset(name: &str) -> Result<Charset, String> {
    parse_encoding(name).map_err(|problem| problem.message(Lang::En))
}

fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = match text.strip_suffix('%') {
        Some(number) => (number, 100.0),
        None => (text, 1.0),
    };
    let share = number.trim().parse::<f64>().ok().map(|share| share / unit);
    let share = share.filter(|share| *share > 0.0 && *share <= 1.0);
    share.ok_or_else(|| "a share is a number above 0 and up to 1, or a percentage".to_owned())
}
