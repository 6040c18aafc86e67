//! Keeping a sentence that repeats a better one from taking its place beside it.

use std::collections::HashSet;

use super::similarity::{EXACT_UP_TO, Terms};
use crate::accumulator::Accumulator;
use crate::graph::Graph;

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
/// keep their order. `graph` is the graph of the similarities between them.
///
/// Chosen sentences are filed under their words, so a candidate meets only those that share a word
/// with it: the work is bounded like that of the similarities.
pub(super) fn push_back(
    order: Vec<usize>,
    terms: &Terms,
    graph: &Graph,
    redundancy: Redundancy,
) -> Vec<usize> {
    let Redundancy { cosine, against } = redundancy;
    if cosine >= 1.0 || cosine.is_nan() {
        return order;
    }
    let compared = match against {
        Against::All => usize::MAX,
        Against::First(count) => count,
    };
    let norms: Vec<Norm> = (0..terms.sentences()).map(|at| Norm::of(terms, at)).collect();
    let suspects = suspects(terms, graph, &norms, cosine);
    if !suspects.contains(&true) {
        return order;
    }
    let mut filed = Filed::new(terms);
    let mut shared = Accumulator::new(terms.sentences());
    let mut weightless = HashSet::new();
    let mut chosen = Vec::with_capacity(order.len());
    let mut repeated = Vec::new();
    for sentence in order {
        if !suspects[sentence] {
            chosen.push(sentence);
            continue;
        }
        for (word, weight) in terms.words(sentence) {
            for &other in filed.under(word) {
                shared.add(other, weight * weight);
            }
        }
        let least = cosine * norms[sentence].root;
        let alike = |(other, sum): (u32, f64)| sum > least * norms[other as usize].root;
        // Counted to the end, because taking is what clears the row.
        let similar = shared.take().filter(|&pair| alike(pair)).count() > 0;
        let words = terms.all_words(sentence);
        let no_weight = norms[sentence].root == 0.0 && !words.is_empty();
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

/// The weights of the words of a sentence.
struct Norm {
    /// The root of the sum of their squares.
    root: f64,
    /// The largest of them.
    largest: f64,
}

impl Norm {
    fn of(terms: &Terms, sentence: usize) -> Self {
        let (sum, largest) = terms
            .words(sentence)
            .fold((0.0, 0.0), |(sum, largest), (_, w)| (sum + w * w, f64::max(largest, w)));
        Self { root: sum.sqrt(), largest }
    }
}

/// Which sentences may repeat another one, or be repeated; the others need not be compared.
///
/// The squares of the weights that two sentences share are at most the sum of these weights, which
/// the graph has, times the largest. In most texts no two sentences have enough in common for that.
fn suspects(terms: &Terms, graph: &Graph, norms: &[Norm], cosine: f64) -> Vec<bool> {
    // The graph of a longer text does not have every edge.
    if terms.sentences() > EXACT_UP_TO {
        return vec![true; terms.sentences()];
    }
    // Two sentences of one word have no edge, and sentences without weight none at all.
    let uncertain = |(at, norm): (usize, &Norm)| match terms.all_words(at) {
        [] => false,
        [_] => true,
        _ => norm.root == 0.0,
    };
    let mut suspects: Vec<bool> = norms.iter().enumerate().map(uncertain).collect();
    for (a, (targets, weights)) in graph.rows().enumerate() {
        let least = cosine * norms[a].root;
        for (&b, &weight) in targets.iter().zip(weights) {
            let b = b as usize;
            let most = terms.shared(a, b, weight) * norms[a].largest.min(norms[b].largest);
            // Numbers that were rounded in another way must not make the difference.
            if most * ROUNDING > least * norms[b].root {
                suspects[a] = true;
            }
        }
    }
    suspects
}

/// More than all rounding of a sum can make of it.
const ROUNDING: f64 = 1.0 + 1e-9;

/// Lists of sentences by word, with room for every sentence that has the word.
struct Filed<'a> {
    starts: &'a [usize],
    filled: Vec<usize>,
    sentences: Vec<u32>,
}

impl<'a> Filed<'a> {
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
