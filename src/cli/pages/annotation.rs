//! The shape of `zhaidu pages --json`: the lines of each article by their roles, as pages are
//! annotated by hand, so that one tool compares both.

use std::{collections::BTreeMap, ffi::OsStr};

use serde::Serialize;

use crate::{
    article::{Article, Kind, Owner, Page, Role, letters},
    lang::Lang,
    library::Document,
};

/// A page.
#[derive(Serialize)]
pub(super) struct Annotation {
    /// Name of the file.
    file: String,
    annotator: &'static str,
    gold_kind: &'static str,
    /// The articles in the order in which they begin.
    articles: Vec<ArticleLines>,
    /// Lines that belong to no article, by role.
    page: BTreeMap<&'static str, Vec<usize>>,
    /// What is not sure.
    doubts: Vec<String>,
}

/// An article. All numbers are lines of the file, from 1.
#[derive(Serialize)]
struct ArticleLines {
    id: String,
    kind: &'static str,
    #[serde(flatten)]
    heads: BTreeMap<&'static str, Lines>,
    #[serde(rename = "abstract", skip_serializing_if = "Vec::is_empty")]
    summary: Vec<usize>,
    headings: Vec<usize>,
    /// Paragraphs in reading order; one with several lines was joined.
    body: Vec<Vec<usize>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pull_quotes: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    captions: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    credits: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other: Vec<usize>,
    #[serde(skip_serializing_if = "is_false")]
    title_after_body: bool,
    #[serde(skip_serializing_if = "is_false")]
    out_of_order_start: bool,
    /// How sure the beginning is, and why.
    notes: String,
}

/// Lines of a title, a byline and the like.
#[derive(Default, Serialize)]
struct Lines {
    lines: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Annotation {
    pub(super) fn new(place: &OsStr, document: &Document) -> Self {
        let page = &document.page;
        let articles = page.articles.iter().enumerate();
        let name = std::path::Path::new(place).file_name().unwrap_or(place);
        Self {
            file: name.to_string_lossy().into_owned(),
            annotator: "zhaidu",
            gold_kind: "program",
            articles: articles.map(|(at, article)| ArticleLines::new(page, at, article)).collect(),
            page: page_lines(page),
            doubts: doubts(page),
        }
    }
}

/// The lines of no article, by role.
fn page_lines(page: &Page) -> BTreeMap<&'static str, Vec<usize>> {
    let mut lines: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (at, line) in page.lines.iter().enumerate() {
        let field = match line.role {
            Role::Blank => continue,
            Role::Column => "column",
            Role::Caption => "captions",
            Role::Credit => "credits",
            _ => "other",
        };
        if line.owner == Owner::Page {
            lines.entry(field).or_default().push(at + 1);
        }
    }
    lines
}

fn doubts(page: &Page) -> Vec<String> {
    let unsure = page.articles.iter().enumerate().filter(|(_, article)| !article.start.is_sure());
    unsure.map(|(at, article)| format!("{}: {}", letters(at), note(article))).collect()
}

fn note(article: &Article) -> String {
    let words = article.start.words(Lang::En).join(", ");
    format!("begins with confidence {:.2}: {words}", article.start.confidence)
}

impl ArticleLines {
    fn new(page: &Page, number: usize, article: &Article) -> Self {
        let lines_of = |role: Role| -> Vec<usize> {
            let pieces = article.parts_of(role).filter_map(|part| part.pieces.first());
            pieces.map(|piece| page.line_of(piece.source.start)).collect()
        };
        let body = body(page, article);
        let title = lines_of(Role::Title);
        let first = body.first().and_then(|paragraph| paragraph.first()).copied();
        let lowest = body.iter().flatten().min().copied();
        Self {
            id: letters(number),
            kind: match article.kind {
                Kind::Article => "article",
                Kind::Photo => "photo",
            },
            title_after_body: title.first() > first.as_ref() && first.is_some(),
            out_of_order_start: first > lowest,
            heads: heads(article, &lines_of),
            summary: lines_of(Role::Abstract),
            headings: lines_of(Role::Heading),
            body,
            pull_quotes: lines_of(Role::PullQuote),
            captions: lines_of(Role::Caption),
            credits: lines_of(Role::Credit),
            other: [lines_of(Role::PageHeader), lines_of(Role::Other)].concat(),
            notes: note(article),
        }
    }
}

/// Title, byline and the other lines that are fields of their own; those that are there.
fn heads(
    article: &Article,
    lines_of: &dyn Fn(Role) -> Vec<usize>,
) -> BTreeMap<&'static str, Lines> {
    const FIELDS: [(&str, Role); 7] = [
        ("title", Role::Title),
        ("kicker", Role::Kicker),
        ("subtitle", Role::Subtitle),
        ("byline", Role::Byline),
        ("affiliation", Role::Affiliation),
        ("source", Role::Source),
        ("column", Role::Column),
    ];
    let mut heads = BTreeMap::new();
    for (field, role) in FIELDS {
        let lines = lines_of(role);
        if !lines.is_empty() {
            let authors = if role == Role::Byline { article.authors.clone() } else { Vec::new() };
            heads.insert(field, Lines { lines, authors });
        }
    }
    heads
}

/// The lines of every paragraph, in reading order.
fn body(page: &Page, article: &Article) -> Vec<Vec<usize>> {
    let paragraphs = article.parts_of(Role::Paragraph);
    paragraphs
        .map(|part| {
            let mut lines: Vec<usize> =
                part.pieces.iter().map(|piece| page.line_of(piece.source.start)).collect();
            lines.dedup();
            lines
        })
        .collect()
}
