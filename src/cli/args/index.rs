//! The options of `index`, and those that say whether there is one.

use clap::Args as ClapArgs;

use super::{LexiconArgs, OpenArgs, values::from_one};

/// Whether there is an index.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct CacheArgs {
    /// Neither use nor make an index of the archive
    #[arg(long)]
    pub no_cache: bool,
}

/// `index`
#[derive(Clone, Debug, ClapArgs)]
pub struct IndexArgs {
    /// What to index.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Make it anew, whatever is there
    #[arg(long)]
    pub rebuild: bool,
    /// Only say what is in it, and whether it is whole
    #[arg(long, conflicts_with = "rebuild")]
    pub stats: bool,
    /// Then go on until Ctrl-C, and keep it up to date as files come, change and go
    #[arg(long, conflicts_with = "stats")]
    pub watch: bool,
    /// Threads (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = from_one)]
    pub jobs: Option<u32>,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}
