//! The options of `search`.

use clap::{Args as ClapArgs, ValueEnum};

use super::{CacheArgs, LexiconArgs, OpenArgs, WidthArgs, values::from_one};
use crate::{
    lang::Lang,
    query,
    store::index::SearchOrder,
    text::{
        width::Widths,
        wrap::{Measure, wrap},
    },
};

/// Columns of the usual terminal.
const COLUMNS: usize = 80;

/// The help of `search`, with the language of queries.
pub(super) fn long() -> String {
    let cells = |rule: &query::Rule| Widths::NARROW.cells(rule.example);
    let width = query::GRAMMAR.iter().map(cells).max().unwrap_or(0);
    let margin = width + 4;
    let room = COLUMNS.saturating_sub(margin);
    let measure = Measure { width: room, indent: 0, hang: 0, widths: Widths::NARROW };
    let mut rules = String::new();
    for rule in &query::GRAMMAR {
        let (meaning, gap) = (rule.meaning(Lang::En), " ".repeat(width - cells(rule)));
        let mut before = format!("\n  {}{gap}  ", rule.example);
        for row in wrap(meaning, measure) {
            rules.push_str(&before);
            rules.push_str(row.range.of(meaning).trim_end());
            before = format!("\n{}", " ".repeat(margin));
        }
    }
    format!(
        "Search an archive\n\nThe archive is indexed first, if it is not yet.\n\nQueries:{rules}"
    )
}

/// What is printed of articles that were found.
#[derive(Clone, Copy, Debug, ClapArgs)]
#[expect(clippy::struct_excessive_bools, reason = "they are options")]
pub struct FoundArgs {
    /// Print JSON
    #[arg(long, group = "form")]
    pub json: bool,
    /// Print a row for each article: path, article, line, hits, score, date, headline
    #[arg(long, group = "form")]
    pub tsv: bool,
    /// Print only the paths of sources with such articles
    #[arg(short = 'l', long, group = "form")]
    pub files_with_matches: bool,
    /// Print the paths of sources that match, with the number of hits in each
    #[arg(short = 'c', long, group = "form")]
    pub count: bool,
    /// Articles that are printed at most (default: 50 on a terminal, else all)
    #[arg(short = 'm', long, value_name = "N", value_parser = from_one)]
    pub limit: Option<u32>,
}

/// `search`
#[derive(Clone, Debug, ClapArgs)]
pub struct SearchArgs {
    /// What to search for
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// What to search.
    #[command(flatten)]
    pub open: OpenArgs,
    /// What characters take.
    #[command(flatten)]
    pub width: WidthArgs,
    /// What is printed.
    #[command(flatten)]
    pub form: FoundArgs,
    /// The order of the results
    #[arg(long, value_enum, default_value_t = SearchSortArg::Score, value_name = "ORDER")]
    pub sort: SearchSortArg,
    /// Let newer articles come sooner: 0 not at all, 1 as much as the best score (default: the setting). Only an index
    /// has scores
    #[arg(long, value_name = "SHARE")]
    pub freshness: Option<f32>,
    /// Take Latin letters for nothing but what they are
    #[arg(long)]
    pub no_pinyin: bool,
    /// Whether there is an index.
    #[command(flatten)]
    pub cache: CacheArgs,
    /// Which words there are.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// Orders of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchSortArg {
    /// The best first; without an index as in the archive, those that only read so behind the others
    Score,
    /// The newest first, those without a date last
    Date,
    /// As in the archive
    Path,
}

impl From<SearchSortArg> for SearchOrder {
    fn from(sort: SearchSortArg) -> Self {
        match sort {
            SearchSortArg::Score => Self::Score,
            SearchSortArg::Date => Self::Newest,
            SearchSortArg::Path => Self::Archive,
        }
    }
}
