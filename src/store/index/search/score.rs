//! How well an article matches.

use rusqlite::OptionalExtension;

use super::{
    SearchHit,
    ask::ask_all,
    by_score,
    gather::{Match, Search},
};
use crate::{
    query::{self, Expr, MatchOptions, Matcher, Query},
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
/// Texts in no segment that are few enough to be asked for each term. They are more only while an index is made.
const FEW_LOOSE: usize = 1_000;

impl Search<'_> {
    /// The articles of the texts that match, with their scores.
    pub(super) fn scored(&mut self, matches: &[Match]) -> Result<Vec<SearchHit>, IndexError> {
        let texts = self.index.catalogue.texts as f32;
        let mean = self.index.catalogue.mean_chars.max(1.0);
        let idf = |documents: usize| {
            let documents = documents as f32;
            (1.0 + (texts - documents + 0.5).max(0.0) / (documents + 0.5)).ln()
        };
        let weights: Vec<f32> = self.documents(matches)?.into_iter().map(idf).collect();
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

    /// Of how many texts of the archive each leaf is in, whether they match or not: a word counts for as much
    /// beside another one as alone. Of a long term postings know only which texts have all of its pairs of
    /// characters, which are hardly more; where they know nothing, texts that match are counted.
    fn documents(&mut self, matches: &[Match]) -> Result<Vec<usize>, IndexError> {
        let mut documents = vec![0_usize; self.plan.leaves.len()];
        for (leaf, _) in matches.iter().flat_map(|it| &it.times) {
            if let Some(documents) = documents.get_mut(*leaf) {
                *documents += 1;
            }
        }
        // One term alone puts texts in the same order whatever it counts for.
        let of_several = self.plan.leaves.iter().filter(|leaf| leaf.wanted).count() > 1;
        let loose = self.index.catalogue.loose.len();
        if !of_several || loose > FEW_LOOSE {
            return Ok(documents);
        }
        for (leaf, documents) in documents.iter_mut().enumerate() {
            let of_postings = self.may.get(leaf).copied();
            if let Some(matcher) = self.alone(leaf)
                && let Some(of_postings) = of_postings
            {
                let texts = self.loose_texts();
                let loose = ask_all(self.index, &matcher, texts, self.cancelled)?;
                *documents = of_postings + loose.map_or(0, |loose| loose.len());
            }
        }
        Ok(documents)
    }

    /// What looks for nothing but what a leaf looks for in any field, if it is wanted and postings know of it.
    fn alone(&self, leaf: usize) -> Option<Matcher> {
        self.folded(leaf)?;
        self.plan.leaves.get(leaf).filter(|leaf| !leaf.terms.is_empty())?;
        let term = self.matcher.terms().get(leaf)?.clone();
        let query = Query { expr: Expr::Term(term) };
        Some(Matcher::new(&query, MatchOptions { pinyin: false }))
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
