//! The command line.

mod config;
mod export;
mod filter;
mod index;
mod keys;
mod lexicon;
mod marks;
mod mouse;
mod open;
mod open_only;
mod pick;
mod related;
mod run;
mod search;
mod session;
mod theme;
mod values;

use std::env;

use clap::{
    ArgMatches, Args as ClapArgs, Command as ClapCommand, CommandFactory, FromArgMatches, Parser,
    Subcommand, error::ErrorKind, parser::ValueSource,
};
use clap_complete::Shell;

pub use config::ConfigArgs;
pub use export::{ExportArgs, ToArg};
pub use filter::FilterArgs;
pub use index::{CacheArgs, IndexArgs};
pub use keys::{KeymapArgs, KeysArgs, KeysCheckArgs, KeysCommand, KeysListArgs, KeysWhichArgs};
pub use lexicon::LexiconArgs;
pub use marks::{MarksArgs, MarksCommand};
pub use mouse::MouseArgs;
pub use open::OpenArgs;
pub use pick::{LengthArgs, OnlyArgs, OrderArgs, PickArgs};
pub use related::RelatedArgs;
pub use run::RunArgs;
pub use search::{FoundArgs, SearchArgs, SearchSortArg};
pub use session::{ResumeArgs, SessionArgs, SessionCommand};
pub use theme::{ThemeArgs, ThemesArgs, ThemesCommand};
pub use values::{AmbiguousArg, FormatArg, GroupArg, LangArg, SortArg, SplitArg};

use crate::library::displayed;

/// The two forms of the command line.
const USAGE: &str = "zhaidu [OPTIONS] [PATH]...\n       zhaidu [--lang <LANG>] <COMMAND>";

/// Examples, for the help and the manual page.
pub(super) const EXAMPLES: &str = "  zhaidu demo                    try it on four built-in pages
  zhaidu ~/archive               open a folder; ? shows the keys
  zhaidu summary -n 3 page.txt   three key sentences of each article
  zhaidu list --json ~/archive   for programs";

/// What the exit codes mean, for the help and the manual page.
pub(super) const EXIT_CODES: &str = "0 fine, 1 nothing found, 2 something failed, 128 + n signal n";

/// Skim archives of Chinese text: articles, key sentences and keywords side by side.
///
/// Without a command, opens files and folders in the interface; where that cannot run, prints the
/// text of files, or the list of the articles of a folder.
#[derive(Debug, Parser)]
#[command(name = "zhaidu", bin_name = "zhaidu", version, override_usage = USAGE, after_help = after_help())]
pub struct Args {
    /// What to do; opens the interface when missing.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Language of messages (default: config.toml, else from the locale).
    #[arg(long, value_enum, global = true, value_name = "LANG", display_order = 900)]
    pub lang: Option<LangArg>,
    /// Set something for this time, as config.toml does for good.
    #[arg(long, global = true, value_name = "NAME=VALUE", display_order = 901)]
    pub set: Vec<String>,
    /// Do without the sandbox, which keeps the program from writing outside its own folders.
    #[arg(long, global = true, display_order = 902)]
    pub no_sandbox: bool,
    /// What to open.
    #[command(flatten)]
    pub open: OpenArgs,
    /// How the interface looks and works.
    #[command(flatten)]
    pub screen: ScreenArgs,
}

impl Args {
    /// The command line of this process. Ends the process when it asks for help or is wrong.
    pub fn of_process() -> Self {
        let words: Vec<_> = env::args_os().collect();
        if let Some(args) = Self::without_command(&words) {
            return args;
        }
        let mut command = Self::command();
        let matches =
            command.try_get_matches_from_mut(words).unwrap_or_else(|error| reject(&error));
        if let Some((name, option)) = misplaced(&command, &matches) {
            let message = format!("{option} belongs behind the command: zhaidu {name} {option}");
            command.error(ErrorKind::ArgumentConflict, message).exit();
        }
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
    }
}

/// A subcommand and an option that was given before it and would be ignored there.
fn misplaced(command: &ClapCommand, matches: &ArgMatches) -> Option<(String, String)> {
    let name = matches.subcommand_name()?;
    let given = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let own = command.get_arguments().filter(|arg| !arg.is_global_set());
    let option = own.filter(|arg| given(arg.get_id().as_str())).find_map(|arg| arg.get_long())?;
    Some((name.to_owned(), format!("--{option}")))
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
    /// Search an archive
    #[command(long_about = search::long())]
    Search(SearchArgs),
    /// Find the articles of an archive on the topic of another article
    Related(RelatedArgs),
    /// Bring the index of an archive up to date, so that opening and searching it is quick
    Index(IndexArgs),
    /// Add key sentences and keywords to texts in a pipeline: JSON lines in, JSON lines out
    #[command(long_about = filter::LONG)]
    Filter(FilterArgs),
    /// List, export and import what you keep about articles: stars, read, tags, notes
    Marks(MarksArgs),
    /// Export articles with their key sentences, keywords and marks
    #[command(long_about = export::LONG)]
    Export(ExportArgs),
    /// Say where the interface would go on, or have that forgotten
    Session(SessionArgs),
    /// Print how pages were split, line by line, and why
    Pages(PagesArgs),
    /// Say what the keys do, and check your own keymap
    #[command(long_about = keys::LONG)]
    Keys(KeysArgs),
    /// Say what is set and where, and check your own settings
    #[command(long_about = config::LONG)]
    Config(ConfigArgs),
    /// Say which themes there are, and check your own
    #[command(long_about = theme::LONG)]
    Themes(ThemesArgs),
    /// Say what was found of the terminal, the locale and the configuration
    Doctor(DoctorArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

fn after_help() -> String {
    format!("Examples:\n{EXAMPLES}\n\nExit codes: {EXIT_CODES}.")
}

/// What characters take on the terminal.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct WidthArgs {
    /// Cells of “ ” … — □ and the like on the terminal (default: config.toml, else auto)
    #[arg(long, value_enum, value_name = "CELLS")]
    pub ambiguous: Option<AmbiguousArg>,
}

/// How the interface looks and works.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct ScreenArgs {
    /// What characters take.
    #[command(flatten)]
    pub width: WidthArgs,
    /// Which keymap.
    #[command(flatten)]
    pub keys: KeymapArgs,
    /// Which theme.
    #[command(flatten)]
    pub theme: ThemeArgs,
    /// Whose the mouse is.
    #[command(flatten)]
    pub mouse: MouseArgs,
    /// Whether there is an index.
    #[command(flatten)]
    pub cache: CacheArgs,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    /// What is taken up again.
    #[command(flatten)]
    pub resume: ResumeArgs,
    /// What is done at once.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `list`
#[derive(Clone, Debug, ClapArgs)]
pub struct ListArgs {
    /// What to list.
    #[command(flatten)]
    pub open: OpenArgs,
    /// What characters take.
    #[command(flatten)]
    pub width: WidthArgs,
    /// Which of them.
    #[command(flatten)]
    pub only: OnlyArgs,
    /// In which order.
    #[command(flatten)]
    pub order: OrderArgs,
    /// Which words there are, for queries about keywords.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `show`
#[derive(Clone, Debug, ClapArgs)]
pub struct ShowArgs {
    /// What to show.
    #[command(flatten)]
    pub open: OpenArgs,
    /// What characters take.
    #[command(flatten)]
    pub cells: WidthArgs,
    /// Which articles.
    #[command(flatten)]
    pub pick: PickArgs,
    /// Columns to set the text in (default: those of the terminal; not set when piped)
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(2..))]
    pub width: Option<u16>,
    /// Print JSON
    #[arg(long, conflicts_with = "width")]
    pub json: bool,
}

/// `summary`
#[derive(Clone, Debug, ClapArgs)]
pub struct SummaryArgs {
    /// What to summarise.
    #[command(flatten)]
    pub open: OpenArgs,
    /// What characters take.
    #[command(flatten)]
    pub width: WidthArgs,
    /// Which articles.
    #[command(flatten)]
    pub pick: PickArgs,
    /// How much of it.
    #[command(flatten)]
    pub length: LengthArgs,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    /// Tell where the score of each sentence comes from
    #[arg(long)]
    pub explain: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
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
    /// Keywords of each article, 30 at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub count: usize,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `pages`
#[derive(Clone, Debug, ClapArgs)]
pub struct PagesArgs {
    /// What to look at.
    #[command(flatten)]
    pub open: OpenArgs,
    /// What characters take.
    #[command(flatten)]
    pub width: WidthArgs,
    /// Print JSON: a line for each page, with the lines of each article by their roles
    #[arg(long)]
    pub json: bool,
}

/// `doctor`
#[derive(Clone, Debug, ClapArgs)]
pub struct DoctorArgs {
    /// Measure how long the steps take, on PATH or on the built-in archive
    #[arg(long)]
    pub timings: bool,
    /// Print the lines for ~/.tmux.conf that make ambiguous characters wide (tmux 3.7 and later)
    #[arg(long, conflicts_with = "timings")]
    pub tmux: bool,
    /// What characters take.
    #[command(flatten)]
    pub width: WidthArgs,
    /// What to measure on.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// `completions`
#[derive(Clone, Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Ends the process with what is wrong with its command line, or with what was asked for. The
/// parser repeats the words that it was given, so it is given them again, safe to show.
fn reject(error: &clap::Error) -> ! {
    if !error.use_stderr() {
        error.exit()
    }
    if let Err(error) =
        Args::try_parse_from(env::args_os().map(|word| displayed(&word).to_string()))
    {
        error.exit();
    }
    let hidden = "the command line holds characters that cannot be seen";
    Args::command().error(ErrorKind::InvalidValue, hidden).exit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn options_before_a_command_are_not_ignored() {
        let cases = [
            (vec!["zhaidu", "--hidden", "list"], Some("--hidden")),
            (vec!["zhaidu", "--split", "off", "show", "x"], Some("--split")),
            (vec!["zhaidu", "--lang", "zh", "list"], None),
            (vec!["zhaidu", "list", "--hidden"], None),
            (vec!["zhaidu", "--hidden", "folder"], None),
        ];
        for (words, expected) in cases {
            let mut command = Args::command();
            let matches = command.try_get_matches_from_mut(&words).expect("a command line");
            let found = misplaced(&command, &matches).map(|(_, option)| option);
            assert_eq!(found.as_deref(), expected, "{words:?}");
        }
    }
}
