//! The shape of `search --json`.

use serde::Serialize;

use crate::{cli::search::Result, text::range::TextRange};

/// An article of `search --json`.
#[derive(Serialize)]
pub(in crate::cli) struct FoundArticle {
    /// 1 for the best.
    rank: usize,
    /// How well it matches; comparable within one search.
    score: f64,
    /// Whether it was found by its pinyin only.
    pinyin: bool,
    /// Path of the source.
    path: String,
    /// Number of the article on its source, from 1.
    article: u64,
    /// Line of the source at which it begins, from 1.
    line: u64,
    /// Headline, or the first words of an article without one.
    headline: String,
    /// Names of the authors.
    byline: String,
    /// Date of the issue; null when it is not known.
    date: Option<String>,
    /// Where the text matches.
    hits: Vec<FoundHit>,
}

/// A place in an article.
#[derive(Serialize)]
struct FoundHit {
    /// First character in the text of the article, from 0, as `show` prints it.
    start: usize,
    /// The character after the last one.
    end: usize,
    /// What stands there.
    text: String,
}

impl FoundArticle {
    pub(in crate::cli) fn new(rank: usize, result: &Result) -> Self {
        let facts = &result.facts;
        Self {
            rank,
            score: (f64::from(result.score) * 1e6).round() / 1e6,
            pinyin: result.by_pinyin,
            path: result.path().into_owned(),
            article: facts.nth,
            line: facts.line,
            headline: facts.title.clone(),
            byline: facts.byline.clone(),
            date: facts.date.map(|date| date.to_string()),
            hits: hits(&result.article.text, &result.hits),
        }
    }
}

/// Counts characters in one pass over the text: the ranges are in order.
fn hits(text: &str, ranges: &[TextRange]) -> Vec<FoundHit> {
    let (mut at, mut chars) = (0, 0);
    let mut count_to = |to: usize| {
        chars += text.get(at..to).map_or(0, |piece| piece.chars().count());
        at = to;
        chars
    };
    let hit = |range: &TextRange| {
        let start = count_to(range.start);
        FoundHit { start, end: count_to(range.end), text: range.of(text).to_owned() }
    };
    ranges.iter().map(hit).collect()
}
