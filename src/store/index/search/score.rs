//! How well an article matches.

use rusqlite::OptionalExtension;

use super::{
    SearchHit, by_score,
    gather::{Match, Search},
};
use crate::{
    query,
    store::index::{catalogue::ArticlePlace, plan::Leaf, reader::Index, schema::IndexError},
    text::searchable::phrase,
};

/// BM25 (Robertson and Zaragoza, 2009, section 3.2): how soon more of the same counts for less, and
/// how far the length of a text matters.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;
/// What a term in the title adds, and one that is a keyword, in the measure of a text that has it
/// once.
const IN_TITLE: f32 = 2.0;
const AS_KEYWORD: f32 = 1.0;
/// Best articles whose keywords are looked at.
const LOOKED_AT: usize = 30;

impl Search<'_> {
    /// The articles of the texts that match, with their scores.
    pub(super) fn scored(&mut self, matches: &[Match]) -> Result<Vec<SearchHit>, IndexError> {
        let mut documents = vec![0_usize; self.plan.leaves.len()];
        for (leaf, _) in matches.iter().flat_map(|it| &it.times) {
            if let Some(documents) = documents.get_mut(*leaf) {
                *documents += 1;
            }
        }
        let texts = self.index.catalogue.texts as f32;
        let mean = self.index.catalogue.mean_chars.max(1.0);
        let weights: Vec<f32> = documents
            .iter()
            .map(|documents| {
                let documents = *documents as f32;
                (1.0 + (texts - documents + 0.5).max(0.0) / (documents + 0.5)).ln()
            })
            .collect();
        let weight = |leaf: usize| weights.get(leaf).copied().unwrap_or(0.0);
        let mut hits = Vec::with_capacity(matches.len());
        let mut titled = Vec::new();
        for it in matches {
            let norm = SATURATION * (1.0 - LENGTH + LENGTH * it.chars as f32 / mean);
            let term = |(leaf, times): &(usize, f32)| {
                weight(*leaf) * times * (SATURATION + 1.0) / (times + norm)
            };
            let sure = it.titles.iter().filter(|(_, sure)| *sure);
            let in_title: f32 = sure.map(|(leaf, _)| IN_TITLE * weight(*leaf)).sum();
            let score = it.times.iter().map(term).sum::<f32>() + in_title;
            let in_doubt: Vec<usize> =
                it.titles.iter().filter(|(_, sure)| !sure).map(|(leaf, _)| *leaf).collect();
            let known = it.articles.iter().flatten().copied();
            let all = it.articles.is_none().then(|| self.index.catalogue.articles(it.text));
            for ArticlePlace { article, text, date } in known.chain(all.into_iter().flatten()) {
                if !in_doubt.is_empty() {
                    titled.push((hits.len(), in_doubt.clone()));
                }
                hits.push(SearchHit { article, text, score, by_pinyin: false, date });
            }
        }
        for (at, leaves) in titled {
            let Some(hit) = hits.get_mut(at) else { continue };
            let Some(title) = self.index.title(hit.article)? else { continue };
            let title = phrase(&title);
            for leaf in leaves {
                if self.folded(leaf).is_some_and(|folded| title.contains(folded)) {
                    hit.score += IN_TITLE * weight(leaf);
                }
            }
        }
        // The best ones to the front; all are put in order at the end.
        if hits.len() > LOOKED_AT {
            hits.select_nth_unstable_by_key(LOOKED_AT, by_score);
        }
        for hit in hits.iter_mut().take(LOOKED_AT) {
            let Some(digest) = self.index.digest(hit.text)? else { continue };
            for leaf in 0..self.plan.leaves.len() {
                let Some(folded) = self.folded(leaf) else { continue };
                let has =
                    digest.keywords.iter().find(|keyword| phrase(&keyword.text).contains(folded));
                hit.score += has.map_or(0.0, |keyword| AS_KEYWORD * keyword.weight * weight(leaf));
            }
        }
        Ok(hits)
    }

    /// What a leaf looks for in any field, if it is wanted.
    fn folded(&self, leaf: usize) -> Option<&str> {
        let wanted = self.plan.leaves.get(leaf).is_some_and(|leaf: &Leaf| leaf.wanted);
        let term = self.matcher.terms().get(leaf).filter(|_| wanted)?;
        match (&term.pattern, term.field) {
            (query::Pattern::Literal(literal), query::Field::Any) => Some(&literal.folded),
            _ => None,
        }
    }
}

impl Index {
    fn title(&self, article: i64) -> Result<Option<String>, IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT title FROM articles WHERE id = ?")?;
        Ok(statement.query_row([article], |row| row.get(0)).optional()?)
    }
}
