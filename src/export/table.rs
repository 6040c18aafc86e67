//! CSV for spreadsheets: a row for each article, below a row with the names of the columns.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, which may start
//! programs and send data away, and drops white space before looking. Such a cell gets an apostrophe in front of it,
//! which says that it is text. A file begins with a byte order mark, without which Excel takes UTF-8 for
//! another encoding; standard output does not.

use std::io;

use super::{Exported, writer::Form};
use crate::text::display::DisplayLine;

/// The columns.
const COLUMNS: [&str; 17] = [
    "id",
    "path",
    "article",
    "line",
    "title",
    "authors",
    "date",
    "paper",
    "page",
    "chars",
    "starred",
    "read",
    "tags",
    "note",
    "keywords",
    "sentences",
    "text",
];

/// The byte order mark.
const BOM: &str = "\u{feff}";

/// A table.
pub(super) struct Table {
    /// Whether it begins with a byte order mark.
    pub(super) with_bom: bool,
}

impl Form for Table {
    fn head(&self, _: usize) -> String {
        let bom = if self.with_bom { BOM } else { "" };
        format!("{bom}{}\r\n", COLUMNS.join(","))
    }

    fn piece(&mut self, exported: &Exported, _: usize) -> io::Result<Vec<u8>> {
        let item = &exported.item;
        let (article, marks) = (item.article, exported.marks);
        let facts = item.document.facts_of(article);
        let keywords: Vec<&str> = exported.keywords.iter().map(|word| &*word.text).collect();
        let sentences: Vec<String> =
            exported.sentences.iter().map(|key| exported.sentence(key).to_string()).collect();
        let tags: Vec<&str> = marks.tags.iter().map(String::as_str).collect();
        let one_line = |text: &str| harmless(DisplayLine::new(text).as_str());
        let lines = |text: &str| {
            let lines: Vec<DisplayLine> = text.lines().map(DisplayLine::new).collect();
            harmless(&lines.iter().map(DisplayLine::as_str).collect::<Vec<_>>().join("\n"))
        };
        let yes = |is: bool| if is { "1" } else { "0" }.to_owned();
        let cells: [String; COLUMNS.len()] = [
            article.id.to_string(),
            harmless(item.path.as_str()),
            item.number.to_string(),
            item.line().to_string(),
            one_line(&article.headline()),
            one_line(&article.authors.join("、")),
            facts.date().map(|date| date.to_string()).unwrap_or_default(),
            one_line(facts.paper().unwrap_or_default()),
            facts.page().map(ToString::to_string).unwrap_or_default(),
            article.char_count().to_string(),
            yes(marks.starred),
            yes(marks.read),
            one_line(&tags.join(" ")),
            lines(&marks.note),
            one_line(&keywords.join("、")),
            lines(&sentences.join("\n")),
            harmless(exported.text().as_str()),
        ];
        let mut row =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        row.write_record(&cells)?;
        row.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    let opens = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n')
    };
    let is_formula = cell.trim_start().starts_with(opens) || cell.starts_with(opens);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
