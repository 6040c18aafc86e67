//! The options of `marks`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

/// `marks`
#[derive(Clone, Debug, ClapArgs)]
pub struct MarksArgs {
    /// What to do with them.
    #[command(subcommand)]
    pub what: MarksCommand,
}

/// What can be done with marks.
#[derive(Clone, Debug, Subcommand)]
pub enum MarksCommand {
    /// List the marked articles: id, state, tags, title, path, note
    List,
    /// Print all marks as JSON lines
    Export,
    /// Take in what was exported; what is there already is passed over
    Import {
        /// The file with JSON lines; - or nothing for standard input
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}
