//! The options of all commands that open an archive.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::values::{FormatArg, SplitArg, charset, field_of_record};
use crate::{
    config,
    library::Settings,
    source::{
        Charset, Field, FieldNames,
        read::ReadOptions,
        walk::{FollowLinks, Hidden, WalkOptions},
    },
};

/// Heading of the options that say how sources are read.
const READING: &str = "Reading";

/// What to open, and how.
#[derive(Clone, Debug, ClapArgs)]
pub struct OpenArgs {
    /// Files and folders; - is standard input (default: what is piped in, else the current folder)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Encoding of all texts, such as gb18030 (default: found out for each)
    #[arg(long, value_name = "NAME", value_parser = charset, help_heading = READING)]
    pub encoding: Option<Charset>,
    /// What the sources hold
    #[arg(long, value_enum, default_value_t = FormatArg::Auto, value_name = "FORMAT", help_heading = READING)]
    pub format: FormatArg,
    /// Where records have title, text, date, author or source under another name, such as
    /// text=abstract
    #[arg(long = "field", value_name = "NAME=FIELD", value_parser = field_of_record, help_heading = READING)]
    pub fields: Vec<(Field, String)>,
    /// Follow symbolic links inside folders
    #[arg(long, help_heading = READING)]
    pub follow: bool,
    /// Read hidden files and folders too
    #[arg(long, help_heading = READING)]
    pub hidden: bool,
    /// How to look for several articles on a page (default: config.toml, else auto)
    #[arg(long, value_enum, value_name = "MODE", help_heading = READING)]
    pub split: Option<SplitArg>,
    /// Ignore what you decided about pages in the interface
    #[arg(long, help_heading = READING)]
    pub no_overrides: bool,
}

impl OpenArgs {
    /// How to open it, where the person may have set something for good.
    pub fn settings(&self, set: &config::settings::Settings) -> Settings {
        let follows = self.follow || set.follow;
        let links = if follows { FollowLinks::Always } else { FollowLinks::Never };
        let hidden = if self.hidden || set.hidden { Hidden::Include } else { Hidden::Skip };
        Settings {
            walk: WalkOptions { links, hidden },
            read: ReadOptions {
                charset: self.encoding,
                format: self.format.into(),
                hidden,
                fields: FieldNames::new(self.fields.clone()),
                ..ReadOptions::default()
            },
            split: self.split.map_or(set.split, Into::into),
            ..Settings::default()
        }
    }
}
