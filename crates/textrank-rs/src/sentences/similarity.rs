//! Similarities between sentences, found through the words they share.

use crate::accumulator::Accumulator;
use crate::graph::{Edge, Graph};
use crate::numbering::Numbering;
use crate::rows::Rows;

/// Up to this many sentences everything is exact: every two sentences that share a word are
/// compared. In longer texts
///
/// - a word that occurs in more than this many sentences no longer links them, and has no weight
///   when repetition is looked for; beyond 20,000 sentences the limit falls, to 200 from 100,000
///   sentences on. This bounds the work per word of the text;
/// - each sentence names only its strongest neighbours, at most [`MOST_NAMED`], and in texts of
///   very many sentences fewer: about a million in all, but never fewer than 8 each. Two
///   sentences are linked when either names the other; of equally strong ones, the earlier are
///   named.
pub const EXACT_UP_TO: usize = 1000;

/// How many sentences a word may link, however long the text.
const FEWEST_LINKED: usize = 200;

/// The number of sentences times the most that a word may link, down to the fewest.
const LINKED_IN_ALL: usize = 20_000_000;

/// The most neighbours that a sentence of a long text may name; see [`EXACT_UP_TO`].
pub const MOST_NAMED: usize = 64;

/// The fewest neighbours that a sentence may name, however long the text.
const FEWEST_NAMED: usize = 8;

/// How many neighbours the sentences of a long text may name in all, down to the fewest each.
const NAMED_IN_ALL: usize = 1_000_000;

/// The weights that a word can have. Squares and sums of them stay in the range of `f64`.
const WORD_WEIGHTS: std::ops::RangeInclusive<f64> = 1e-50..=1e50;

/// How similar two sentences are, by the distinct words that both contain.
///
/// Both kinds divide by log |a| + log |b|, where |a| is the number of words of a sentence with
/// repeats, so that long sentences do not win by length alone. The divisor is zero when both
/// sentences have a single word; such a pair is not similar, whatever the word.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Similarity<'a> {
    /// The number of shared words over log |a| + log |b|, as in Mihalcea and Tarau (2004,
    /// section 4).
    #[default]
    Overlap,
    /// The sum of the weights of the shared words over log |a| + log |b|.
    ///
    /// The weights are indexed by word, typically by inverse document frequency. Words without a
    /// weight, and weights that are zero, negative or NaN, add nothing; others are brought into
    /// 1e-50 to 1e50.
    Weighted(&'a [f64]),
}

impl Similarity<'_> {
    /// What a word adds when two sentences share it.
    fn weight(self, word: u32) -> f64 {
        match self {
            Self::Overlap => 1.0,
            Self::Weighted(weights) => match weights.get(word as usize) {
                Some(&weight) if weight > 0.0 => {
                    weight.clamp(*WORD_WEIGHTS.start(), *WORD_WEIGHTS.end())
                }
                _ => 0.0,
            },
        }
    }
}

/// What is known of a word while sentences are read.
struct Seen {
    /// The last sentence with it: what makes words distinct without a set.
    last: u32,
    /// How often it was met.
    count: u32,
}

/// Which sentence contains which words, from both sides.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    /// The distinct words of each sentence, by number, ascending.
    by_sentence: Rows,
    /// The sentences of each word, ascending.
    by_word: Rows,
    /// What each word adds when it is shared; zero for words that link nothing.
    weights: Vec<f64>,
    /// The logarithm of the number of words of each sentence, zero for an empty one.
    logs: Vec<f64>,
    /// How often each word stands in the text.
    counts: Vec<u32>,
}

impl Terms {
    pub(super) fn new<S: AsRef<[u32]>>(sentences: &[S], similarity: Similarity<'_>) -> Self {
        let all = sentences.iter().flat_map(|sentence| sentence.as_ref().iter().copied());
        let mut numbering = Numbering::for_ids(all);
        let mut seen: Vec<Seen> = Vec::new();
        let mut distinct = Vec::with_capacity(sentences.iter().map(|s| s.as_ref().len()).sum());
        let mut ends = Vec::with_capacity(sentences.len());
        for (position, sentence) in (0_u32..).zip(sentences) {
            let start = distinct.len();
            for &word in sentence.as_ref() {
                let number = numbering.number(word);
                let Some(word) = seen.get_mut(number as usize) else {
                    seen.push(Seen { last: position, count: 1 });
                    distinct.push(number);
                    continue;
                };
                word.count += 1;
                if std::mem::replace(&mut word.last, position) != position {
                    distinct.push(number);
                }
            }
            distinct[start..].sort_unstable();
            ends.push(distinct.len());
        }
        let words = numbering.into_words();
        let by_sentence = Rows::from_items(distinct, ends.into_iter());
        let by_word = by_sentence.transposed(words.len());
        let most_linked =
            (LINKED_IN_ALL / sentences.len().max(1)).clamp(FEWEST_LINKED, EXACT_UP_TO);
        let weight = |(word, postings): (&u32, &[u32])| {
            if postings.len() > most_linked { 0.0 } else { similarity.weight(*word) }
        };
        Self {
            weights: words.iter().zip(by_word.iter()).map(weight).collect(),
            by_sentence,
            by_word,
            counts: seen.into_iter().map(|word| word.count).collect(),
            logs: sentences.iter().map(|s| (s.as_ref().len().max(1) as f64).ln()).collect(),
        }
    }

    /// How many sentences there are.
    pub(super) fn sentences(&self) -> usize {
        self.by_sentence.len()
    }

    /// Where the postings of each word start when all lie in one list, and the length of the list.
    pub(super) fn postings_layout(&self) -> (&[usize], usize) {
        (self.by_word.starts(), self.by_word.iter().map(<[u32]>::len).sum())
    }

    /// The distinct words of a sentence, by number and ascending.
    pub(super) fn all_words(&self, sentence: usize) -> &[u32] {
        self.by_sentence.row(sentence)
    }

    /// The words of a sentence that link it to others, by number and ascending, with their weight.
    pub(super) fn words(&self, sentence: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.all_words(sentence)
            .iter()
            .map(|&word| (word as usize, self.weights[word as usize]))
            .filter(|&(_, weight)| weight > 0.0)
    }

    /// The mean, over the distinct words of a sentence, of how often each stands in the text.
    pub(super) fn mean_count(&self, sentence: usize) -> f64 {
        let words = self.all_words(sentence);
        let count = |word: &u32| f64::from(self.counts[*word as usize]);
        let sum: f64 = words.iter().map(count).sum();
        if words.is_empty() { 0.0 } else { sum / words.len() as f64 }
    }

    /// The graph of all similarities that count.
    pub(super) fn graph(&self) -> Graph {
        let sentences = self.sentences();
        if sentences <= EXACT_UP_TO {
            Graph::from_edges(sentences, &self.all_edges())
        } else {
            let most = (NAMED_IN_ALL / sentences).clamp(FEWEST_NAMED, MOST_NAMED);
            // An edge that both ends name has the same weight twice, and must not count double.
            Graph::merged(sentences, &self.strongest_edges(most), f64::max)
        }
    }

    /// Every pair of similar sentences once, in order.
    fn all_edges(&self) -> Vec<Edge> {
        let mut row = Accumulator::new(self.sentences());
        // How many postings of each word belong to sentences already passed.
        let mut passed = vec![0; self.by_word.len()];
        let mut edges = Vec::new();
        for a in 0..self.sentences() {
            for (word, weight) in self.words(a) {
                passed[word] += 1;
                for &later in &self.by_word.row(word)[passed[word]..] {
                    row.add(later, weight);
                }
            }
            edges.extend(row.take_sorted().filter_map(|(b, shared)| self.edge(a, b, shared)));
        }
        edges
    }

    /// For every sentence the edges to its strongest neighbours.
    fn strongest_edges(&self, most: usize) -> Vec<Edge> {
        let mut row = Accumulator::new(self.sentences());
        let mut candidates: Vec<Edge> = Vec::new();
        let mut edges = Vec::with_capacity(self.sentences() * most);
        for a in 0..self.sentences() {
            for (word, weight) in self.words(a) {
                for &other in self.by_word.row(word) {
                    row.add(other, weight);
                }
            }
            candidates.extend(
                row.take()
                    .filter(|&(b, _)| b as usize != a)
                    .filter_map(|(b, shared)| self.edge(a, b, shared)),
            );
            if candidates.len() > most {
                candidates.select_nth_unstable_by(most - 1, |x, y| {
                    y.weight.total_cmp(&x.weight).then(x.b.cmp(&y.b))
                });
                candidates.truncate(most);
            }
            edges.append(&mut candidates);
        }
        edges
    }

    /// The weight of all words that two sentences share, by the weight of the edge between them.
    pub(super) fn shared(&self, a: usize, b: usize, edge: f64) -> f64 {
        edge * (self.logs[a] + self.logs[b])
    }

    /// The edge between two sentences that share words of this weight in all, if there is one.
    fn edge(&self, a: usize, b: u32, shared: f64) -> Option<Edge> {
        let logs = self.logs[a] + self.logs[b as usize];
        (logs > 0.0).then(|| Edge { a: a as u32, b, weight: shared / logs })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_way_of_long_texts_finds_the_same_edges(
            text in prop::collection::vec(prop::collection::vec(0_u32..15, 0..9), 1..25),
            weights in prop::collection::vec(0.0..3.0, 15),
            most in 1_usize..25,
        ) {
            let terms = Terms::new(&text, Similarity::Weighted(&weights));
            let all = Graph::from_edges(text.len(), &terms.all_edges());
            let unlimited = terms.strongest_edges(text.len());
            prop_assert_eq!(&Graph::merged(text.len(), &unlimited, f64::max), &all);

            let named = terms.strongest_edges(most);
            for sentence in 0..text.len() {
                let mut best: Vec<(usize, f64)> = all.neighbours(sentence).collect();
                best.sort_by(|x, y| y.1.total_cmp(&x.1));
                best.truncate(most);
                best.sort_by_key(|&(other, _)| other);
                let own = named.iter().filter(|edge| edge.a as usize == sentence);
                let mut found: Vec<(usize, f64)> = own.map(|e| (e.b as usize, e.weight)).collect();
                found.sort_by_key(|&(other, _)| other);
                prop_assert_eq!(found, best);
            }
        }
    }
}
