//! Keeping a sentence that repeats a better one from taking its place beside it.

use std::collections::HashSet;

use super::similarity::Terms;
use crate::accumulator::Accumulator;

/// When a sentence counts as a repetition of one that was chosen before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Redundancy {
    /// The cosine above which two sentences say the same, from 0 (any shared word is enough) to
    /// 1 (nothing is ever pushed back); NaN counts as 1. Default 0.7.
    ///
    /// The cosine is taken between the sets of distinct words, each word weighted as in
    /// [`Similarity`](crate::Similarity): Σ w² over the shared words, divided by the root of
    /// Σ w² over the words of one and of the same over the other. Sentences made up of words
    /// without weight repeat each other when their words are the same; empty ones never do.
    pub cosine: f64,
    /// Which of the chosen sentences a candidate is compared with.
    pub against: Against,
}

/// Which of the sentences already chosen count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// All of them.
    All,
    /// The best so many.
    First(usize),
}

impl Default for Redundancy {
    fn default() -> Self {
        Self { cosine: 0.7, against: Against::All }
    }
}

/// Moves the sentences that repeat an earlier one of `order` behind all that do not; both groups
/// keep their order.
///
/// Chosen sentences are filed under their words, so a candidate meets only those that share a word
/// with it: the work is bounded like that of the similarities.
#[inline(never)]
pub(super) fn push_back(order: Vec<usize>, terms: &Terms, redundancy: Redundancy) -> Vec<usize> {
    let Redundancy { cosine, against } = redundancy;
    if cosine >= 1.0 || cosine.is_nan() {
        return order;
    }
    let compared = match against {
        Against::All => usize::MAX,
        Against::First(count) => count,
    };
    let norm = |sentence: usize| terms.words(sentence).map(|(_, w)| w * w).sum::<f64>().sqrt();
    let norms: Vec<f64> = (0..terms.sentences()).map(norm).collect();
    let mut filed = Filed::new(terms);
    let mut shared = Accumulator::new(terms.sentences());
    let mut weightless = HashSet::new();
    let mut chosen = Vec::with_capacity(order.len());
    let mut repeated = Vec::new();
    for sentence in order {
        for (word, weight) in terms.words(sentence) {
            for &other in filed.under(word) {
                shared.add(other, weight * weight);
            }
        }
        let alike =
            |(other, sum): (u32, f64)| sum > cosine * norms[sentence] * norms[other as usize];
        // Counted to the end, because taking is what clears the row.
        let similar = shared.take().filter(|&pair| alike(pair)).count() > 0;
        let words = terms.all_words(sentence);
        let no_weight = norms[sentence] == 0.0 && !words.is_empty();
        if similar || (no_weight && weightless.contains(words)) {
            repeated.push(sentence);
            continue;
        }
        if chosen.len() < compared {
            for (word, _) in terms.words(sentence) {
                filed.file(word, sentence);
            }
            if no_weight {
                weightless.insert(words);
            }
        }
        chosen.push(sentence);
    }
    chosen.append(&mut repeated);
    chosen
}

/// Lists of sentences by word, with room for every sentence that has the word.
struct Filed<'a> {
    starts: &'a [usize],
    filled: Vec<usize>,
    sentences: Vec<u32>,
}

impl<'a> Filed<'a> {
    #[inline(never)]
    fn new(terms: &'a Terms) -> Self {
        let (starts, room) = terms.postings_layout();
        Self { starts, filled: vec![0; starts.len()], sentences: vec![0; room] }
    }

    fn under(&self, word: usize) -> &[u32] {
        let start = self.starts[word];
        &self.sentences[start..start + self.filled[word]]
    }

    fn file(&mut self, word: usize, sentence: usize) {
        self.sentences[self.starts[word] + self.filled[word]] = sentence as u32;
        self.filled[word] += 1;
    }
}
