//! Articles on the topic of another one.

use std::collections::HashSet;

use crate::{
    article::ArticleId,
    query::Query,
    store::index::{Index, IndexError, Reprints, SearchHit},
};

/// Keywords that are shown where they stand.
const SHOWN: usize = 8;

/// Articles on the topic of another one.
#[derive(Debug)]
pub struct Related {
    /// The articles, nearest first; the score is how near.
    pub hits: Vec<SearchHit>,
    /// Finds in them what they have in common with it: its keywords.
    pub query: Query,
}

/// The articles that share most keywords with one that has the content `own`. Reprints of it are left
/// out, and of several that are reprints of each other there is the first one only.
///
/// # Errors
///
/// Those of the index.
pub fn related(
    index: &mut Index,
    (own, keywords): (ArticleId, &[(&str, f32)]),
    reprints: &Reprints,
    count: usize,
) -> Result<Related, IndexError> {
    // Some are left out; how many is not known before.
    let texts = index.related(keywords, count * 2 + SHOWN)?;
    let mut told = HashSet::new();
    for near in &texts {
        if index.article(near.text)?.is_some_and(|article| article.id == own) {
            told.insert(reprints.first(near.text));
        }
    }
    let mut hits = Vec::new();
    for near in texts {
        if !told.insert(reprints.first(near.text)) {
            continue;
        }
        hits.extend(index.first_article(near));
    }
    hits.truncate(count);
    Ok(Related { hits, query: any_of(keywords) })
}

/// The query that finds any of the first keywords.
fn any_of(keywords: &[(&str, f32)]) -> Query {
    let words = keywords.iter().map(|(word, _)| word).filter(|word| !word.contains('"'));
    let words: Vec<String> = words.take(SHOWN).map(|word| format!("\"{word}\"")).collect();
    // Words in quotes are always understood; without any there is nothing to show.
    Query::parse(&words.join(" OR ")).unwrap_or_default()
}
