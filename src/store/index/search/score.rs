//! How well an article matches.

use std::{panic::resume_unwind, sync::atomic::Ordering, thread};

use rusqlite::OptionalExtension;

use super::{
    SearchHit,
    ask::ask_all,
    gather::{MOST_LEAVES, Match, Matches, Search, Titles},
    order::by_score,
    segments::{Decided, DecidedText},
    threads::{self, Part},
};
use crate::{
    query::{self, Expr, MatchOptions, Matcher, Query},
    store::index::{
        catalogue::{ArticlePlace, Catalogue},
        plan::Leaf,
        reader::Index,
        schema::IndexError,
    },
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
/// Texts that one thread gives their scores in a millisecond.
const ALONE: usize = 10_000;
/// Texts in no segment that are few enough to be asked for each term. They are more only while an index is made.
const FEW_LOOSE: usize = 1_000;

impl Search<'_> {
    /// The articles of the texts that match, with their scores; `None` when it was cancelled.
    pub(super) fn scored(
        &mut self,
        matches: &Matches,
    ) -> Result<Option<Vec<SearchHit>>, IndexError> {
        let texts = self.index.catalogue.texts as f32;
        let mean = self.index.catalogue.mean_chars.max(1.0);
        let idf = |documents: usize| {
            let documents = documents as f32;
            (1.0 + (texts - documents + 0.5).max(0.0) / (documents + 0.5)).ln()
        };
        let weights: Vec<f32> = self.documents(matches)?.into_iter().map(idf).collect();
        let weight = |leaf: usize| weights.get(leaf).copied().unwrap_or(0.0);
        let scorer = Scorer { catalogue: &self.index.catalogue, weights: &weights, mean };
        let Scored { mut hits, in_doubt } = scorer.score_all(matches);
        for (at, leaves) in in_doubt {
            if self.cancelled.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let Some(hit) = hits.get_mut(at) else { continue };
            let Some(title) = self.index.title(hit.article)? else { continue };
            let title = phrase(&title);
            for leaf in places_of(leaves) {
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
        Ok(Some(hits))
    }

    /// Of how many texts of the archive each leaf is in, whether they match or not: a word counts for as much
    /// beside another one as alone. Of a long term postings know only which texts have all of its pairs or threes
    /// of characters, which are hardly more; where they know nothing, texts that match are counted.
    fn documents(&mut self, matches: &Matches) -> Result<Vec<usize>, IndexError> {
        let mut documents = vec![0_usize; self.plan.leaves.len()];
        for decided in &matches.decided {
            documents.iter_mut().zip(decided.having()).for_each(|(all, some)| *all += some);
        }
        for (leaf, _) in matches.verified.iter().flat_map(|it| &it.times) {
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

/// What gives texts their scores.
#[derive(Clone, Copy)]
struct Scorer<'a> {
    catalogue: &'a Catalogue,
    /// What each leaf counts for.
    weights: &'a [f32],
    /// Characters of a text, in the mean.
    mean: f32,
}

/// The articles of some texts.
#[derive(Default)]
struct Scored {
    hits: Vec<SearchHit>,
    /// Hits whose title may have leaves, a bit for each.
    in_doubt: Vec<(usize, u64)>,
}

impl Scorer<'_> {
    /// The articles of the texts.
    fn score_all(self, matches: &Matches) -> Scored {
        let Matches { decided, verified } = matches;
        let count = verified.len() + decided.iter().map(Decided::count).sum::<usize>();
        if count < ALONE {
            return self.score(decided, verified);
        }
        let threads = threads::count();
        let parts: Vec<Scored> = thread::scope(|scope| {
            let parts: Vec<_> = (0..threads)
                .map(|at| Part { at, of: threads })
                .map(|part| scope.spawn(move || self.score(part.of(decided), part.of(verified))))
                .collect();
            parts
                .into_iter()
                .map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        });
        let mut all = Scored { hits: Vec::with_capacity(count), in_doubt: Vec::new() };
        for Scored { hits, in_doubt } in parts {
            let before = all.hits.len();
            all.in_doubt.extend(in_doubt.into_iter().map(|(at, leaves)| (before + at, leaves)));
            all.hits.extend(hits);
        }
        all
    }

    fn score(self, decided: &[Decided], verified: &[Match]) -> Scored {
        let count = verified.len() + decided.iter().map(Decided::count).sum::<usize>();
        let mut scored = Scored { hits: Vec::with_capacity(count), in_doubt: Vec::new() };
        for segment in decided {
            segment.each(self.catalogue, &mut |it: DecidedText<'_>| {
                let score = self.score_of(it.chars, it.times, it.titles);
                let articles = self.catalogue.articles(it.text);
                scored.add(articles, score, it.titles.in_doubt);
            });
        }
        // Of texts in no segment all titles are in doubt.
        let known: u64 = (0..self.weights.len().min(MOST_LEAVES)).map(|leaf| 1 << leaf).sum();
        for it in verified {
            let score = self.score_of(it.chars, &it.times, it.titles);
            let in_doubt = it.titles.in_doubt & known;
            match &it.articles {
                Some(articles) => scored.add(articles.iter().copied(), score, in_doubt),
                None => scored.add(self.catalogue.articles(it.text), score, in_doubt),
            }
        }
        scored
    }

    /// The score of a text with so many characters that has leaves so often.
    fn score_of(self, chars: u32, times: &[(usize, f32)], titles: Titles) -> f32 {
        let weight = |leaf: usize| self.weights.get(leaf).copied().unwrap_or(0.0);
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * chars as f32 / self.mean);
        let term = |&(leaf, times): &(usize, f32)| {
            weight(leaf) * times * (SATURATION + 1.0) / (times + norm)
        };
        let in_title = places_of(titles.sure).map(|leaf| IN_TITLE * weight(leaf));
        times.iter().map(term).sum::<f32>() + in_title.sum::<f32>()
    }
}

impl Scored {
    fn add(&mut self, articles: impl Iterator<Item = ArticlePlace>, score: f32, in_doubt: u64) {
        for ArticlePlace { article, text, date } in articles {
            if in_doubt != 0 {
                self.in_doubt.push((self.hits.len(), in_doubt));
            }
            self.hits.push(SearchHit { article, text, score, by_pinyin: false, date });
        }
    }
}

/// The places of the bits that are set.
fn places_of(bits: u64) -> impl Iterator<Item = usize> {
    let rest = std::iter::successors(Some(bits), |rest| Some(rest & rest.wrapping_sub(1)));
    rest.take_while(|rest| *rest != 0).map(|rest| rest.trailing_zeros() as usize)
}

impl Index {
    fn title(&self, article: i64) -> Result<Option<String>, IndexError> {
        let mut statement =
            self.connection.prepare_cached("SELECT title FROM articles WHERE id = ?")?;
        Ok(statement.query_row([article], |row| row.get(0)).optional()?)
    }
}
