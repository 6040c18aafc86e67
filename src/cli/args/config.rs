//! The options of `config`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// The help of `config`, with where settings come from.
pub(super) const LONG: &str = "Say what is set and where, and check your own settings

Without an option, prints each setting, its value, and where it is set. An option on the command line \
goes before a variable of the environment (ZHAIDU_ and the name in capitals, such as ZHAIDU_LANG), that \
before config.toml in the folder for configuration (or the file that ZHAIDU_CONFIG names), and that \
before the default. --set measure=60 sets anything for once.

Exit codes: --check: 2 when something is wrong.";

/// `config`
#[derive(Clone, Debug, ClapArgs)]
pub struct ConfigArgs {
    /// Print a config.toml with every setting in it, at its default, to begin your own from
    #[arg(long, group = "what")]
    pub default: bool,
    /// Print everything that is wrong with FILE, or with your own settings
    #[arg(long, group = "what", value_name = "FILE", num_args = 0..=1)]
    pub check: Option<Option<PathBuf>>,
    /// Print the files and folders that the program reads and writes, and whether they are there
    #[arg(long, group = "what")]
    pub paths: bool,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["default", "check"])]
    pub json: bool,
}
