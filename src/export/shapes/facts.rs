//! What is known of an article: of the issue it was printed in, and what is printed around its text.

use serde::Serialize;

use crate::{
    article::{
        Article,
        facts::{self, Known, Origin},
    },
    library::Item,
};

/// Facts of `list --json` and `show --json`. What is not known is null, or an empty array.
#[derive(Serialize)]
pub(super) struct Facts {
    /// Date of the issue: `2003-04-20`, `2003-04` or `2003`.
    date: Option<String>,
    /// Where it was written: `path`, `header` or `record`.
    date_from: Option<&'static str>,
    /// Name of the newspaper.
    paper: Option<String>,
    /// Where it was written.
    paper_from: Option<&'static str>,
    /// Number of the page.
    page: Option<u16>,
    /// Letter of its section.
    sheet: Option<char>,
    /// Where it was written.
    page_from: Option<&'static str>,
    /// Where and when the report was sent.
    dateline: Option<Dateline>,
    /// Lines above the title.
    kicker: Option<String>,
    /// Lines below the title.
    subtitle: Option<String>,
    /// Standing column of the paper.
    column: Option<String>,
    /// Byline as printed.
    byline: Option<String>,
    /// Where the author works.
    affiliation: Option<String>,
    /// Agency or paper it was taken from.
    source: Option<String>,
    /// Summary by the editors.
    #[serde(rename = "abstract")]
    summary: Option<String>,
    /// Section headings.
    headings: Vec<Heading>,
    /// Whose pictures stand beside it.
    credits: Vec<String>,
}

/// The place and day that open a news item.
#[derive(Serialize)]
struct Dateline {
    month: u8,
    day: u8,
    place: Option<String>,
    agency: String,
}

/// A section heading.
#[derive(Serialize)]
struct Heading {
    level: usize,
    text: String,
}

impl Facts {
    pub(super) fn new(item: &Item) -> Self {
        let article = item.article;
        let known = item.document.facts_of(article);
        let record = item.document.record.as_ref();
        let page = known.page();
        Self {
            date: known.date().map(|date| date.to_string()),
            date_from: from(known.date.as_ref()),
            paper: known.paper().map(ToOwned::to_owned),
            paper_from: from(known.paper.as_ref()),
            page: page.map(|page| page.number),
            sheet: page.and_then(|page| page.sheet),
            page_from: from(known.page.as_ref()),
            dateline: article.dateline().map(Dateline::from),
            kicker: article.kicker(),
            subtitle: article.subtitle(),
            column: article.column(),
            byline: article.byline().map(ToOwned::to_owned),
            affiliation: article.affiliation(),
            source: article.source().or_else(|| record.and_then(|record| record.source.clone())),
            summary: article.abstract_text(),
            headings: headings(article),
            credits: article.credits().map(ToOwned::to_owned).collect(),
        }
    }
}

impl From<facts::Dateline> for Dateline {
    fn from(line: facts::Dateline) -> Self {
        let facts::Dateline { month, day, place, agency } = line;
        Self { month, day, place, agency }
    }
}

fn headings(article: &Article) -> Vec<Heading> {
    let headings = article.headings();
    headings
        .map(|heading| Heading { level: heading.level, text: heading.text.to_owned() })
        .collect()
}

fn from<T>(known: Option<&Known<T>>) -> Option<&'static str> {
    known.map(|known| match known.from {
        Origin::Path => "path",
        Origin::Header => "header",
        Origin::Record => "record",
    })
}
