//! The options that choose a theme.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args as ClapArgs, Subcommand};

/// The help of `themes`, with what the exit codes mean there.
pub(super) const LONG: &str = "Say which themes there are, and check your own

A theme of your own is themes/NAME.toml in the folder for configuration. It holds differences to the theme
that it begins from: inherit = \"dark\" at its top takes dark for that; there are dark, light, sixteen and
mono. zhaidu themes show dark prints one to begin with.

Exit codes: show: 2 when there is no such theme; check: 2 when there are mistakes.";

/// Which theme.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct ThemeArgs {
    /// Theme: auto, dark, light, sixteen, mono, a name from the folder themes beside config.toml, or
    /// a file (default: auto; mono when colours are not wanted)
    #[arg(long, value_name = "NAME|FILE")]
    pub theme: Option<OsString>,
}

/// `themes`
#[derive(Clone, Debug, ClapArgs)]
pub struct ThemesArgs {
    /// What to say.
    #[command(subcommand)]
    pub command: ThemesCommand,
}

/// What `themes` can say.
#[derive(Clone, Debug, Subcommand)]
pub enum ThemesCommand {
    /// List the themes: name, and where it is
    List,
    /// Print a theme as a file: a built-in one as it is, your own with all that it inherits
    Show {
        /// Its name, or a file
        #[arg(value_name = "NAME|FILE")]
        name: OsString,
    },
    /// Say what is wrong with a theme file, or with all of your own
    Check {
        /// The file (default: those in the folder themes beside config.toml)
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}
