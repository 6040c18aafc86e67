//! The options of `related`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{FoundArgs, LexiconArgs, OpenArgs, PickArgs, WidthArgs};

/// `related`
#[derive(Clone, Debug, ClapArgs)]
pub struct RelatedArgs {
    /// The file with the article; it need not be in the archive
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where to look for others.
    #[command(flatten)]
    pub open: OpenArgs,
    /// Which article of the file.
    #[command(flatten)]
    pub pick: PickArgs,
    /// What characters take.
    #[command(flatten)]
    pub width: WidthArgs,
    /// What is printed.
    #[command(flatten)]
    pub form: FoundArgs,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}
