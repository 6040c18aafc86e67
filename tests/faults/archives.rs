//! Group D: archive files that are made to harm, and work that is made to be long.

mod bombs;
mod damage;
mod encodings;
mod lies;
mod outside;
mod patterns;
mod tars;
mod words;

use serde_json::Value;

use crate::row::Row;

/// The rows of the group.
pub(crate) const ROWS: &[Row] = &[
    outside::OUTSIDE,
    bombs::BOMBS,
    lies::LIES,
    tars::SPARSE,
    tars::RECORDS,
    encodings::NAMES,
    damage::DAMAGE,
    patterns::PATTERNS,
    words::WORDS,
];

/// What an article or a problem says under a name.
fn said<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The articles or the problems of what a command printed.
fn listed<'a>(printed: &'a Value, name: &str) -> &'a [Value] {
    printed[name].as_array().expect("a list")
}

/// The paths of all articles, without that of the archive file.
fn members_in(printed: &Value, archive: &std::path::Path) -> Vec<String> {
    let head = format!("{}/", archive.display());
    let paths = listed(printed, "articles").iter().map(|article| said(article, "path"));
    paths.map(|path| path.strip_prefix(&head).unwrap_or(path).to_owned()).collect()
}
