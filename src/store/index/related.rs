//! Texts on the same topic.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicBool, Ordering},
};

use rusqlite::OptionalExtension;

use super::{
    catalogue::ArticlePlace,
    digest::words_of,
    plan::{List, list},
    reader::Index,
    rows::SourceKey,
    schema::IndexError,
    search::{SearchHit, SegmentRows},
    terms::Term,
};
use crate::{query::Literal, text::searchable::phrase};

/// Texts that share most keywords, whose keywords are then compared one by one.
const COMPARED: usize = 200;

/// A text on the same topic as another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelatedText {
    /// Its number.
    pub text: i64,
    /// How much of the keywords the two share, 0 to 1: the cosine of their weights, the rarer a word
    /// is in the archive the more it counts.
    pub likeness: f32,
}

impl Index {
    /// The `count` texts nearest to one, nearest first, told by its keywords with their weights: it need
    /// not be in the index, and is among them if it is. Asks postings for the keywords, so its time does
    /// not grow with the square of anything.
    ///
    /// # Errors
    ///
    /// Those of the database, or when it is damaged.
    pub fn related(
        &mut self,
        keywords: &[(&str, f32)],
        count: usize,
    ) -> Result<Vec<RelatedText>, IndexError> {
        self.refresh()?;
        let weights: HashMap<&str, f32> = keywords.iter().copied().collect();
        let mut own = Vec::new();
        let mut statement = self.connection.prepare_cached("SELECT id, word FROM words")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let word = row.get_ref(1)?.as_str().map_err(|_| IndexError::Damaged)?;
            if let Some(weight) = weights.get(word) {
                own.push((row.get(0)?, *weight));
            }
        }
        drop(rows);
        drop(statement);
        self.nearest(&own, count)
    }

    /// The text of an article of a source, by its number there, from 0.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn text_of(&self, source: &SourceKey, number: u64) -> Result<Option<i64>, IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT text FROM articles JOIN sources ON sources.id = source
             WHERE key = ? AND number = ?",
        )?;
        let number = number.cast_signed();
        Ok(statement.query_row((&source.0, number), |row| row.get(0)).optional()?)
    }

    /// The first article that has a text, as a hit; `None` if there is none. As of the last
    /// [`Index::refresh`].
    pub fn first_article(&self, near: RelatedText) -> Option<SearchHit> {
        let place = self.catalogue.articles(near.text).next()?;
        let ArticlePlace { article, text, date } = place;
        Some(SearchHit { article, text, score: near.likeness, by_pinyin: false, date })
    }

    fn nearest(
        &mut self,
        own: &[(u32, f32)],
        count: usize,
    ) -> Result<Vec<RelatedText>, IndexError> {
        let mut documents: HashMap<u32, usize> = HashMap::new();
        let mut sharing: HashMap<i64, Vec<u32>> = HashMap::new();
        for segment in &self.catalogue.segments {
            let statement =
                self.connection.prepare_cached("SELECT list FROM postings WHERE key = ?")?;
            let mut rows = SegmentRows {
                statement: RefCell::new(statement),
                segment: segment.id,
                failed: None,
            };
            for &(word, _) in own {
                let members: Vec<u16> = match list(Term::keyword(word), segment.shape, &mut rows) {
                    List::Own(postings) => {
                        postings.iter().map(|posting| posting.document).collect()
                    }
                    List::Shared(members) => members,
                };
                *documents.entry(word).or_default() += members.len();
                for document in members {
                    if let Some((text, _)) = segment.text(usize::from(document)) {
                        sharing.entry(text).or_default().push(word);
                    }
                }
            }
            if let Some(error) = rows.failed {
                return Err(error.into());
            }
        }
        for (text, theirs) in self.loose_keywords()? {
            for (word, _) in own.iter().filter(|(word, _)| theirs.contains(word)) {
                *documents.entry(*word).or_default() += 1;
                sharing.entry(text).or_default().push(*word);
            }
        }
        let all = self.catalogue.texts as f32;
        let telling = |word: u32| {
            let documents = documents.get(&word).copied().unwrap_or(0) as f32;
            (1.0 + all / (1.0 + documents)).ln()
        };
        let weights: HashMap<u32, f32> =
            own.iter().map(|(word, weight)| (*word, weight * telling(*word))).collect();
        let sum = |words: &[u32]| words.iter().filter_map(|word| weights.get(word)).sum::<f32>();
        let mut candidates: Vec<(i64, f32)> = sharing
            .iter()
            .filter(|(other, _)| self.catalogue.has_articles(**other))
            .map(|(other, words)| (*other, sum(words)))
            .collect();
        candidates.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        candidates.truncate(COMPARED.max(count));
        let norm =
            |weights: &mut dyn Iterator<Item = f32>| weights.map(|w| w * w).sum::<f32>().sqrt();
        let own_norm = norm(&mut own.iter().map(|(word, weight)| weight * telling(*word)));
        let mut related = Vec::new();
        for (other, _) in candidates {
            let theirs = self.keyword_weights(other)?;
            let theirs = theirs.iter().map(|(word, weight)| (*word, weight * telling(*word)));
            let shared: f32 = theirs
                .clone()
                .filter_map(|(word, weight)| Some(weights.get(&word)? * weight))
                .sum();
            let norms = own_norm * norm(&mut theirs.map(|(_, weight)| weight));
            if shared > 0.0 && norms > 0.0 {
                related.push(RelatedText { text: other, likeness: shared / norms });
            }
        }
        related
            .sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.text.cmp(&b.text)));
        related.truncate(count);
        Ok(related)
    }

    /// Gives hits for a score the weight that a keyword has in their texts, above 0 where it is one.
    ///
    /// # Errors
    ///
    /// Those of the database, or when it is damaged.
    pub fn weigh(
        &self,
        word: &str,
        hits: &mut [SearchHit],
        cancelled: &AtomicBool,
    ) -> Result<(), IndexError> {
        let literal = Literal { typed: word.to_owned(), folded: phrase(word), quoted: true };
        let numbers = self.words(&literal, None)?.unwrap_or_default();
        for hit in hits {
            if cancelled.load(Ordering::Relaxed) {
                break;
            }
            let own = self.keyword_weights(hit.text)?.into_iter();
            let weights =
                own.filter(|(number, _)| numbers.contains(number)).map(|(_, weight)| weight);
            // The lightest are kept as 0.
            hit.score = weights.map(|weight| weight.max(f32::MIN_POSITIVE)).fold(0.0, f32::max);
        }
        Ok(())
    }

    /// The keywords, by number, of the texts that are in no segment, so that no postings tell them.
    fn loose_keywords(&self) -> Result<Vec<(i64, HashSet<u32>)>, IndexError> {
        let Some(first) = self.catalogue.loose.first() else { return Ok(Vec::new()) };
        let mut statement =
            self.connection.prepare_cached("SELECT text, digest FROM analyses WHERE text >= ?")?;
        let mut rows = statement.query([first])?;
        let mut texts = Vec::new();
        while let Some(row) = rows.next()? {
            let digest = row.get_ref(1)?.as_blob().map_err(|_| IndexError::Damaged)?;
            let words = words_of(digest).into_iter().map(|(word, _)| word);
            texts.push((row.get(0)?, words.collect()));
        }
        Ok(texts)
    }

    /// The keywords of a text by number, with their weights.
    fn keyword_weights(&self, text: i64) -> Result<Vec<(u32, f32)>, IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT digest FROM analyses WHERE text = ?")?;
        let bytes: Option<Vec<u8>> = statement.query_row([text], |row| row.get(0)).optional()?;
        Ok(words_of(&bytes.unwrap_or_default()))
    }
}
