//! The options that say which articles, in which order, and how much of them.

use clap::Args as ClapArgs;

use super::values::{GroupArg, SortArg, from_one, share};
use crate::article::order::{Direction, Order};

/// In which order.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct OrderArgs {
    /// Sort by this; what is not known comes last (default: the order of the archive)
    #[arg(long, value_enum, value_name = "FIELD")]
    pub sort: Option<SortArg>,
    /// Put together what has the same; with headings on a terminal
    #[arg(long, value_enum, value_name = "FIELD")]
    pub group: Option<GroupArg>,
    /// The greatest first
    #[arg(long)]
    pub reverse: bool,
}

impl OrderArgs {
    /// The order.
    pub fn order(self) -> Order {
        Order {
            by: self.sort.map(Into::into).unwrap_or_default(),
            group: self.group.map(Into::into).unwrap_or_default(),
            direction: if self.reverse { Direction::Down } else { Direction::Up },
        }
    }
}

/// Which articles of each source.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct PickArgs {
    /// Only article N of each source, from 1
    #[arg(short, long, value_name = "N", value_parser = from_one)]
    pub article: Option<u32>,
}

/// Length of a summary.
#[derive(Clone, Copy, Debug, ClapArgs)]
#[group(multiple = false)]
pub struct LengthArgs {
    /// Key sentences of each article (default: config.toml, else 5)
    #[arg(short = 'n', long, value_name = "N", value_parser = from_one)]
    pub sentences: Option<u32>,
    /// Share of the text, such as 0.2 or 20%
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub ratio: Option<f64>,
    /// At most this many characters
    #[arg(long, value_name = "N", value_parser = from_one)]
    pub chars: Option<u32>,
}

/// What articles have to be like; all that is asked for.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct OnlyArgs {
    /// Only articles that match, in the language of search; may be given several times
    #[arg(short, long = "query", value_name = "QUERY")]
    pub queries: Vec<String>,
    /// Only articles with a star
    #[arg(long)]
    pub starred: bool,
    /// Only articles with this tag; may be given several times
    #[arg(long = "tag", value_name = "NAME")]
    pub tags: Vec<String>,
    /// Only articles with a note
    #[arg(long)]
    pub noted: bool,
    /// Take Latin letters of a query for nothing but what they are
    #[arg(long, requires = "queries")]
    pub no_pinyin: bool,
}

impl OnlyArgs {
    /// Whether anything is asked for.
    pub fn is_any(&self) -> bool {
        let Self { queries, starred, tags, noted, no_pinyin: _ } = self;
        *starred || *noted || !queries.is_empty() || !tags.is_empty()
    }
}
