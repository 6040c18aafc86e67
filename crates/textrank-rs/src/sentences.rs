//! Key sentences: which sentences of a text say most of what the text says.

mod redundancy;
mod similarity;

pub use redundancy::{Against, Redundancy};
pub use similarity::{EXACT_UP_TO, MOST_NAMED, Similarity};

use crate::graph::Graph;
use crate::order::best_first;
use crate::pagerank::{Ranks, Walk, pagerank};
use similarity::Terms;

/// How sentences are ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SentenceOptions<'a> {
    /// When two sentences support each other, and how strongly.
    pub similarity: Similarity<'a>,
    /// Damping and tolerance of the random walk.
    pub walk: Walk,
    /// How much each sentence deserves a visit before any other is heard, by position: the
    /// teleport vector of [`pagerank`], with the same rules. `None` treats all alike.
    pub prior: Option<&'a [f64]>,
}

/// The sentences of a text, ranked; [`order`](Self::order) puts them in order.
#[derive(Debug, Clone)]
pub struct SentenceRanks {
    /// A score for every sentence, in the order of the text.
    pub ranks: Ranks,
    /// Which sentences support each other: an edge for every two that are similar.
    pub graph: Graph,
    terms: Terms,
}

/// What one sentence does for the score of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Supporter {
    /// The position of the supporting sentence.
    pub sentence: usize,
    /// Its part of all the support that the other receives, from 0 to 1.
    pub share: f64,
}

/// Ranks the sentences of a text by how much the others support them.
///
/// A sentence is the list of its words, as numbers of the caller's choosing, after the caller has
/// left out what should not count. It may be empty: it then stands alone in the graph.
///
/// Numbering the words of each text from zero is fastest, but any numbers give the same result.
/// Texts of up to [`EXACT_UP_TO`] sentences are ranked exactly; see there for longer ones.
///
/// ```
/// use textrank_rs::{Redundancy, SentenceOptions, rank_sentences};
///
/// let text = [vec![0, 1, 2, 3], vec![4, 5, 6], vec![2, 3, 5, 7], vec![3, 7, 8, 9]];
/// let ranked = rank_sentences(&text, &SentenceOptions::default());
/// let order = ranked.order(&ranked.ranks.scores, Redundancy::default());
/// assert_eq!(order[0], 2);
/// ```
pub fn rank_sentences<S: AsRef<[u32]>>(
    sentences: &[S],
    options: &SentenceOptions<'_>,
) -> SentenceRanks {
    let terms = Terms::new(sentences, options.similarity);
    let graph = terms.graph();
    let ranks = pagerank(&graph, options.prior, options.walk);
    SentenceRanks { ranks, graph, terms }
}

impl SentenceRanks {
    /// How frequent the words of each sentence are in the text: the mean, over its distinct words,
    /// of how often each stands in the text; zero for a sentence without words.
    ///
    /// This is the weight of a sentence in `SumBasic` (Nenkova and Vanderwende, 2005, section 4), not
    /// divided by the length of the text, and without the update after each choice: repetition is
    /// [`Redundancy`]'s part.
    ///
    /// ```
    /// use textrank_rs::{SentenceOptions, rank_sentences};
    ///
    /// let text = [vec![0, 1], vec![0, 0], vec![2], vec![]];
    /// let ranks = rank_sentences(&text, &SentenceOptions::default());
    /// assert_eq!(ranks.frequencies(), [2.0, 3.0, 1.0, 0.0]);
    /// ```
    pub fn frequencies(&self) -> Vec<f64> {
        (0..self.graph.nodes()).map(|sentence| self.terms.mean_count(sentence)).collect()
    }

    /// All positions of sentences, best first, with what repeats a better sentence behind all that
    /// does not. A summary of any length is a prefix of this list.
    ///
    /// `scores` are [`ranks.scores`](Ranks::scores) or what the caller has made of them, by
    /// position; a missing score, or NaN, counts as the worst. Equal scores keep the order of the
    /// text.
    pub fn order(&self, scores: &[f64], redundancy: Redundancy) -> Vec<usize> {
        let mut scores = scores.to_vec();
        scores.resize(self.graph.nodes(), f64::NAN);
        redundancy::push_back(best_first(&scores), &self.terms, &self.graph, redundancy)
    }

    /// The sentences that support one sentence, strongest first, to say why it ranks where it
    /// does. The shares sum to 1, unless nothing supports it.
    pub fn supporters(&self, sentence: usize) -> Vec<Supporter> {
        let handed_over = |(other, weight): (usize, f64)| {
            let score = self.ranks.scores.get(other).copied().unwrap_or(0.0);
            Supporter { sentence: other, share: weight * score / self.graph.strength(other) }
        };
        let supporters: Vec<Supporter> = self.graph.neighbours(sentence).map(handed_over).collect();
        let shares: Vec<f64> = supporters.iter().map(|supporter| supporter.share).collect();
        let total: f64 = shares.iter().sum();
        if total <= 0.0 {
            return Vec::new();
        }
        best_first(&shares)
            .into_iter()
            .filter_map(|place| supporters.get(place))
            .map(|found| Supporter { share: found.share / total, ..*found })
            .collect()
    }
}

#[cfg(test)]
mod tests;
