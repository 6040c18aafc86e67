//! The options of all commands that open an archive.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::values::{FormatArg, SplitArg, charset, field_of_record, name_of_field};
use crate::{
    config,
    library::Settings,
    source::{
        Charset, Field, FieldNames,
        read::ReadOptions,
        walk::{FollowLinks, Hidden, WalkOptions},
    },
    tui::Opened,
};

/// Heading of the options that say how sources are read.
const READING: &str = "Reading";

/// What to open, and how.
#[derive(Clone, Debug, Default, ClapArgs)]
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
            option("--format", &name_of(format));
        }
        for (field, name) in fields {
            option("--field", &format!("{}={name}", name_of_field(*field)));
        }
        if let Some(split) = split {
            option("--split", &name_of(split));
        }
        let switches =
            [(*follow, "--follow"), (*hidden, "--hidden"), (*no_overrides, "--no-overrides")];
        let switches = switches.into_iter().filter(|(is_on, _)| *is_on);
        words.extend(switches.map(|(_, name)| name.to_owned()));
        words
    }

    /// The same in words, for another command line.
    pub fn opened(&self) -> Opened {
        Opened { options: self.to_words(), paths: self.paths.clone(), is_demo: false }
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

/// What a value of an option is called.
fn name_of(value: &impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::cli::args::Args;

    #[test]
    fn how_it_was_opened_can_be_said_again() {
        for line in [
            "zhaidu",
            "zhaidu a b",
            "zhaidu --encoding GBK --format jsonl --split strict a",
            "zhaidu --encoding utf-16 --field text=abstract --field date=day a",
            "zhaidu --follow --hidden --no-overrides a",
        ] {
            let args = Args::try_parse_from(line.split(' ')).expect("a command line");
            let opened = args.open.opened();
            let paths = opened.paths.iter().map(|path| path.display().to_string());
            let words = ["zhaidu".to_owned()].into_iter().chain(opened.options).chain(paths);
            let again = Args::try_parse_from(words).expect("a command line");
            assert_eq!(format!("{:?}", again.open), format!("{:?}", args.open), "{line}");
        }
    }
}
