//! Words that letters may be read as, of those that are keywords of some article.
//!
//! To read all texts of a large archive would take longer than anybody waits. But what a person has in mind mostly
//! is a keyword somewhere, and where such a word stands is known to the postings: so letters become the words that
//! they may be, and those are looked for as they are printed.

use std::{cmp::Reverse, collections::HashMap, sync::atomic::AtomicBool};

use super::{MOST_WORDS, rows::Rows};
use crate::{
    query::{Expr, Field, Literal, MIN_IN_TEXTS, Pattern, Query, Term, pinyin::PinyinPattern},
    store::index::{reader::Index, schema::IndexError},
    text::searchable::phrase,
};

/// Words that letters are read as in texts, at most: each is looked for.
const MOST_READINGS: usize = 12;

/// The pinyin that something may be.
pub(super) fn pattern_of(literal: &Literal) -> Option<PinyinPattern> {
    if literal.quoted { None } else { PinyinPattern::new(&literal.folded) }
}

/// What the letters of a query may be read as.
#[derive(Debug)]
pub(super) struct Readings {
    /// Whether all texts are read.
    of_texts: bool,
    letters: Vec<Letters>,
}

/// Letters that may be words.
#[derive(Debug)]
struct Letters {
    folded: String,
    pattern: PinyinPattern,
    /// The words, the likeliest first.
    words: Vec<String>,
    /// How many keywords read so.
    count: usize,
}

/// What a keyword reads as.
struct Reading {
    /// The number of the letters.
    letters: usize,
    /// What of the keyword reads so, folded, if that is to be looked for, and whether it is all of it.
    word: String,
    is_whole: bool,
}

impl Readings {
    /// Those of a query, of which texts are read if that is asked for, and else words of the archive are looked up;
    /// `None` when it was cancelled.
    pub(super) fn of(
        query: &Query,
        of_texts: bool,
        index: &mut Index,
        cancelled: &AtomicBool,
    ) -> Result<Option<Self>, IndexError> {
        let mut readings = Self { of_texts, letters: Vec::new() };
        readings.ask(&query.expr);
        Ok(readings.look_up(index, cancelled)?.then_some(readings))
    }

    /// Notes letters that may be words, where they are wanted.
    fn ask(&mut self, expr: &Expr) {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => {
                for part in parts {
                    self.ask(part);
                }
            }
            Expr::Not(_) => {}
            Expr::Term(term) => {
                let Pattern::Literal(literal) = &term.pattern else { return };
                if let Some(pattern) = pattern_of(literal)
                    && term.field == Field::Any
                {
                    let (folded, words) = (literal.folded.clone(), Vec::new());
                    self.letters.push(Letters { folded, pattern, words, count: 0 });
                }
            }
        }
    }

    /// Finds out which words of the archive read so; `false` when it was cancelled.
    fn look_up(&mut self, index: &mut Index, cancelled: &AtomicBool) -> Result<bool, IndexError> {
        if self.letters.is_empty() {
            return Ok(true);
        }
        let words = Rows {
            first: 0,
            last: "SELECT coalesce(max(id), 0) FROM words",
            of_range: "SELECT word FROM words WHERE id >= ? AND id < ?",
        };
        let read = index.look_through(words, cancelled, |row, found| {
            let word = row.get_ref(0)?.as_str().map_err(|_| IndexError::Damaged)?;
            for (letters, Letters { pattern, .. }) in self.letters.iter().enumerate() {
                if let Some(range) = pattern.find(word) {
                    let is_whole = range.len() == word.len();
                    let is_looked_for = pattern.letters() >= MIN_IN_TEXTS;
                    let word = if is_looked_for { phrase(range.of(word)) } else { String::new() };
                    found.push(Reading { letters, word, is_whole });
                }
            }
            Ok(())
        })?;
        let Some(read) = read else { return Ok(false) };
        // For each word whether a keyword is nothing else, and how many have it.
        let mut words: Vec<HashMap<String, (bool, u32)>> = Vec::new();
        words.resize_with(self.letters.len(), HashMap::new);
        for Reading { letters, word, is_whole } in read {
            if let Some(letters) = self.letters.get_mut(letters) {
                letters.count += 1;
            }
            if let Some(words) = words.get_mut(letters) {
                let (was_whole, count) = words.entry(word).or_default();
                *was_whole |= is_whole;
                *count += 1;
            }
        }
        for (letters, words) in self.letters.iter_mut().zip(words) {
            let mut words: Vec<(String, (bool, u32))> = words.into_iter().collect();
            words.sort_unstable_by(|a, b| Reverse(a.1).cmp(&Reverse(b.1)).then(a.0.cmp(&b.0)));
            letters.words = words.into_iter().take(MOST_READINGS).map(|(word, _)| word).collect();
        }
        Ok(true)
    }

    /// The query with what its letters are read as beside them, or in their place where they are all of it: what
    /// has the letters was found already. `None` if nothing reads so.
    pub(super) fn read(&self, query: &Query) -> Option<Query> {
        let expr = match &query.expr {
            Expr::Term(term) => Expr::Any(self.terms(term).into_iter().map(Expr::Term).collect()),
            expr => self.expr(expr),
        };
        self.is_any_read(&query.expr).then_some(Query { expr })
    }

    fn expr(&self, expr: &Expr) -> Expr {
        match expr {
            Expr::All(parts) => Expr::All(parts.iter().map(|part| self.expr(part)).collect()),
            Expr::Any(parts) => Expr::Any(parts.iter().map(|part| self.expr(part)).collect()),
            Expr::Not(_) => expr.clone(),
            Expr::Term(term) => {
                let mut terms = self.terms(term);
                if !terms.contains(term) {
                    terms.push(term.clone());
                }
                Expr::Any(terms.into_iter().map(Expr::Term).collect())
            }
        }
    }

    fn is_any_read(&self, expr: &Expr) -> bool {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| self.is_any_read(part)),
            Expr::Not(_) => false,
            Expr::Term(term) => !self.terms(term).is_empty(),
        }
    }

    /// What a term is read as. Keywords and, of small archives, titles and texts are read by who asks for it.
    fn terms(&self, term: &Term) -> Vec<Term> {
        let Pattern::Literal(literal) = &term.pattern else { return Vec::new() };
        let Some(pattern) = pattern_of(literal) else { return Vec::new() };
        match term.field {
            Field::Any if pattern.letters() < MIN_IN_TEXTS => {
                // Of few letters every text has what reads so: keywords only, and only as many as tell anything.
                let read = self.letters.iter().find(|it| it.folded == literal.folded);
                let tells = read.is_some_and(|it| (1..=MOST_WORDS).contains(&it.count));
                let keyword = || Term { field: Field::Keyword, ..term.clone() };
                tells.then(keyword).into_iter().collect()
            }
            Field::Any if !self.of_texts => {
                let words = self.letters.iter().find(|it| it.folded == literal.folded);
                let word = |word: &String| Literal {
                    typed: word.clone(),
                    folded: word.clone(),
                    quoted: true,
                };
                let words = words.into_iter().flat_map(|letters| &letters.words).map(word);
                let terms =
                    words.map(|word| Term { pattern: Pattern::Literal(word), ..term.clone() });
                terms.collect()
            }
            Field::Keyword => vec![term.clone()],
            Field::Any | Field::Title | Field::Byline if self.of_texts => vec![term.clone()],
            _ => Vec::new(),
        }
    }
}
