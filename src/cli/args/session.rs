//! The options about what is taken up again, and those of `session`.

use clap::{Args as ClapArgs, Subcommand};

/// Whether the interface takes up where it was left.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct ResumeArgs {
    /// Begin anew: do not go on where you left off
    #[arg(long)]
    pub new: bool,
    /// Neither go on where you left off nor keep where you leave off now, nor how far you read
    #[arg(long)]
    pub no_session: bool,
}

/// `session`
#[derive(Clone, Debug, ClapArgs)]
pub struct SessionArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub what: SessionCommand,
}

/// What can be done with what is kept of sessions.
#[derive(Clone, Debug, Subcommand)]
pub enum SessionCommand {
    /// Say what would be taken up, and how the other archives were left
    Show {
        /// Print JSON: a line for each archive
        #[arg(long)]
        json: bool,
    },
    /// Forget how all archives were left
    Forget,
}
