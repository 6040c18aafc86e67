//! The options of `keys`.

use std::path::PathBuf;

use clap::{
    Args as ClapArgs, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};

use crate::app::action::Context;

/// The help of `keys`, with what the exit codes mean there.
pub(super) const LONG: &str = "Say what the keys do, and check your own keymap

Your keymap is keymap.toml in the folder for configuration. It holds differences to the keymap that it \
begins from: inherit = \"less\" above its tables takes less for that; there are default, less, emacs and \
newsboat.

Exit codes: which: 1 when the keys do nothing; diff: 1 when there is no difference; check: 2 when there \
are mistakes, 0 when there are only warnings.";

/// `keys`
#[derive(Clone, Debug, ClapArgs)]
pub struct KeysArgs {
    /// What to say.
    #[command(subcommand)]
    pub command: KeysCommand,
}

/// What `keys` can say.
#[derive(Clone, Debug, Subcommand)]
pub enum KeysCommand {
    /// List the keys with what they do: context, keys, commands, help
    List(KeysListArgs),
    /// List what your keymap changes: place, table, keys, before, after
    Diff(KeymapArgs),
    /// Say what a sequence of keys does, and which line of which file says so
    Which(KeysWhichArgs),
    /// Print all mistakes and warnings of a keymap
    Check(KeysCheckArgs),
    /// Print a JSON schema of keymaps, with which editors complete and check them
    Schema,
}

/// Which keymap.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct KeymapArgs {
    /// Keymap to use instead of the one in the configuration folder: a file, or default, less,
    /// emacs, newsboat
    #[arg(long, value_name = "FILE")]
    pub keymap: Option<PathBuf>,
}

/// `keys list`
#[derive(Clone, Debug, ClapArgs)]
pub struct KeysListArgs {
    /// Where the keys are typed, what is inherited there included (default: every table by itself)
    #[arg(value_parser = context())]
    pub context: Option<Context>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Which keymap.
    #[command(flatten)]
    pub keymap: KeymapArgs,
}

/// `keys which`
#[derive(Clone, Debug, ClapArgs)]
pub struct KeysWhichArgs {
    /// Where the keys are typed
    #[arg(value_parser = context())]
    pub context: Context,
    /// The keys as a keymap writes them, such as g g, C-d, Space
    #[arg(required = true)]
    pub keys: Vec<String>,
    /// Which keymap.
    #[command(flatten)]
    pub keymap: KeymapArgs,
}

/// `keys check`
#[derive(Clone, Debug, ClapArgs)]
pub struct KeysCheckArgs {
    /// The keymap (default: the one in the configuration folder)
    pub file: Option<PathBuf>,
}

fn context() -> impl TypedValueParser<Value = Context> {
    // The parser lets nothing but these names through.
    let named = |name: String| Context::named(&name).unwrap_or(Context::Global);
    PossibleValuesParser::new(Context::ALL.map(Context::name)).map(named)
}
