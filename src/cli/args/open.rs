//! The options of all commands that open an archive.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::values::{FormatArg, SplitArg, charset, field_of_record, name_of};
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
    /// The options as they are written on a command line, without those that are as usual.
    pub fn to_words(&self) -> Vec<String> {
        let Self { paths: _, encoding, format, fields, follow, hidden, split, no_overrides } = self;
        let mut words = Vec::new();
        let mut option = |name: &str, value: &str| words.extend([name, value].map(str::to_owned));
        if let Some(charset) = encoding {
            option("--encoding", charset.name());
        }
        if *format != FormatArg::Auto {
            option("--format", &named(format));
        }
        for (field, name) in fields {
            option("--field", &format!("{}={name}", name_of(*field)));
        }
        if let Some(split) = split {
            option("--split", &named(split));
        }
        let switches =
            [(*follow, "--follow"), (*hidden, "--hidden"), (*no_overrides, "--no-overrides")];
        let switches = switches.into_iter().filter(|(is_on, _)| *is_on);
        words.extend(switches.map(|(_, name)| name.to_owned()));
        words
    }

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

/// The name of a value.
fn named(value: &impl ValueEnum) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}
