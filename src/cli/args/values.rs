//! The values of options that have a fixed set of them.

use clap::ValueEnum;

use crate::{
    analysis::Length,
    article::{
        SplitMode,
        order::{GroupBy, SortBy},
    },
    config::settings::Ambiguous,
    lang::Lang,
    source::{Charset, Field, encoding::parse_encoding, read::Format},
};

/// See [`Lang`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

/// See [`Ambiguous`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AmbiguousArg {
    /// As the interface measures it; one cell in printed text
    Auto,
    /// One cell
    #[value(name = "1")]
    One,
    /// Two cells
    #[value(name = "2")]
    Two,
    /// One or two: room for two, right on every terminal
    Universal,
}

impl From<AmbiguousArg> for Ambiguous {
    fn from(cells: AmbiguousArg) -> Self {
        match cells {
            AmbiguousArg::Auto => Self::Auto,
            AmbiguousArg::One => Self::One,
            AmbiguousArg::Two => Self::Two,
            AmbiguousArg::Universal => Self::Universal,
        }
    }
}

/// See [`Format`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// What name and content show; archives, packed or not, are always opened
    #[default]
    Auto,
    /// One text
    Text,
    /// A JSON object with a text per line
    Jsonl,
    /// JSON with objects in it, each with a text
    Json,
    /// A table with names in its first row and a text in each other row
    Csv,
    /// The same with tabs
    Tsv,
    /// A web page
    Html,
    /// Markdown
    Markdown,
    /// RSS or Atom
    Feed,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Auto => Self::ByName,
            FormatArg::Text => Self::Plain,
            FormatArg::Jsonl => Self::JsonLines,
            FormatArg::Json => Self::Json,
            FormatArg::Csv => Self::Csv,
            FormatArg::Tsv => Self::Tsv,
            FormatArg::Html => Self::Html,
            FormatArg::Markdown => Self::Markdown,
            FormatArg::Feed => Self::Feed,
        }
    }
}

/// See [`SplitMode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SplitArg {
    /// A page is one article
    Off,
    /// Where the page gives good reasons
    Auto,
    /// Only where there is hardly a doubt
    Strict,
}

impl From<SplitArg> for SplitMode {
    fn from(split: SplitArg) -> Self {
        match split {
            SplitArg::Off => Self::Off,
            SplitArg::Auto => Self::Auto,
            SplitArg::Strict => Self::Strict,
        }
    }
}

/// See [`SortBy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortArg {
    /// Date of the issue
    Date,
    /// Page of the newspaper
    Page,
    /// Headline, by code points
    Title,
    /// Authors, by code points
    Author,
    /// Length of the text
    Chars,
    /// Your marks: starred, unread, read
    Marks,
    /// Order of the archive
    Source,
}

impl From<SortArg> for SortBy {
    fn from(by: SortArg) -> Self {
        match by {
            SortArg::Date => Self::Date,
            SortArg::Page => Self::Page,
            SortArg::Title => Self::Title,
            SortArg::Author => Self::Author,
            SortArg::Chars => Self::Chars,
            SortArg::Marks => Self::Marks,
            SortArg::Source => Self::Source,
        }
    }
}

/// See [`GroupBy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GroupArg {
    /// Date of the issue
    Date,
    /// Newspaper
    Paper,
    /// Authors
    Author,
}

impl From<GroupArg> for GroupBy {
    fn from(by: GroupArg) -> Self {
        match by {
            GroupArg::Date => Self::Date,
            GroupArg::Paper => Self::Paper,
            GroupArg::Author => Self::Author,
        }
    }
}

pub(super) fn charset(name: &str) -> Result<Charset, String> {
    parse_encoding(name).map_err(|problem| problem.message(Lang::En))
}

pub(super) fn from_one(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "a whole number from 1 on is needed".to_owned())
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = match text.strip_suffix('%') {
        Some(number) => (number, 100.0),
        None => (text, 1.0),
    };
    let share = number.trim().parse::<f64>().ok().map(|share| share / unit);
    let share = share.filter(|share| *share > 0.0 && *share <= 1.0);
    share.ok_or_else(|| "a share is a number above 0 and up to 1, or a percentage".to_owned())
}

/// Key sentences as a number, `all` or a percentage.
pub(super) fn amount(text: &str) -> Result<Length, String> {
    if text == "all" {
        return Ok(Length::Sentences(usize::MAX));
    }
    let length = match text.strip_suffix('%') {
        Some(_) => share(text).ok().map(Length::Ratio),
        None => text.parse().ok().map(Length::Sentences),
    };
    length.ok_or_else(|| "a number, all, or a percentage up to 100% is needed".to_owned())
}

/// What a line of `filter` holds, and the name of the field that it is in.
pub(super) fn field_of_line(text: &str) -> Result<(Field, String), String> {
    field(text, &[("id", Field::Id), ("title", Field::Title), ("text", Field::Text)])
}

/// The fields of a record, by their names.
const RECORD_FIELDS: [(&str, Field); 5] = [
    ("title", Field::Title),
    ("text", Field::Text),
    ("date", Field::Date),
    ("author", Field::Author),
    ("source", Field::Source),
];

/// What a field of a record is called.
pub(super) fn name_of_field(field: Field) -> &'static str {
    RECORD_FIELDS.iter().find(|(_, known)| *known == field).map_or("", |(name, _)| *name)
}

/// What a record holds, and the name of the field that it is in.
pub(super) fn field_of_record(text: &str) -> Result<(Field, String), String> {
    field(text, &RECORD_FIELDS)
}

fn field(text: &str, names: &[(&str, Field)]) -> Result<(Field, String), String> {
    let (name, field) = text.split_once('=').unwrap_or_default();
    if let Some((_, known)) = names.iter().find(|(known, _)| *known == name) {
        return Ok((*known, field.to_owned()));
    }
    let all: Vec<String> = names.iter().map(|(name, _)| format!("{name}=FIELD")).collect();
    let (last, others) = all.split_last().ok_or_else(String::new)?;
    Err(format!("{} or {last} is needed", others.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_numbers_or_percentages() {
        let cases = [("0.2", 0.2), ("20%", 0.2), ("20 %", 0.2), ("1", 1.0), ("100%", 1.0)];
        for (text, expected) in cases {
            assert_eq!(share(text), Ok(expected), "{text}");
        }
        for text in ["", "%", "0", "-0.1", "1.01", "101%", "NaN", "inf", "half"] {
            assert!(share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_are_numbers_shares_or_all() {
        for (text, expected) in [
            ("3", Length::Sentences(3)),
            ("0", Length::Sentences(0)),
            ("all", Length::Sentences(usize::MAX)),
            ("20%", Length::Ratio(0.2)),
        ] {
            assert_eq!(amount(text), Ok(expected), "{text}");
        }
        for text in ["", "-1", "0.2", "%", "0%", "101%", "ALL"] {
            assert!(amount(text).is_err(), "{text}");
        }
    }

    #[test]
    fn fields_are_named() {
        assert_eq!(field_of_line("text=a=b"), Ok((Field::Text, "a=b".to_owned())));
        assert_eq!(field_of_line("id="), Ok((Field::Id, String::new())));
        for wrong in ["text", "=a", "date=a"] {
            let told = "id=FIELD, title=FIELD or text=FIELD is needed";
            assert_eq!(field_of_line(wrong), Err(told.to_owned()), "{wrong}");
        }
        assert_eq!(field_of_record("date=a"), Ok((Field::Date, "a".to_owned())));
        assert!(field_of_record("id=a").is_err());
    }
}
