//! The options that tell which words there are.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// Heading of these options.
const WORDS: &str = "Words";

/// Which words there are.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct LexiconArgs {
    /// Words to keep whole, a line for each as in jieba: word, frequency, tag (default: config.toml)
    #[arg(long, value_name = "FILE", help_heading = WORDS)]
    pub dict: Option<PathBuf>,
    /// Words that count for nothing, a line for each (default: config.toml)
    #[arg(long, value_name = "FILE", help_heading = WORDS)]
    pub stopwords: Option<PathBuf>,
}
