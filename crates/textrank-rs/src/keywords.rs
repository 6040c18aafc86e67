//! Keywords: which words of a text stand in the company of the others.

use crate::accumulator::Accumulator;
use crate::graph::Graph;
use crate::numbering::Numbering;
use crate::order::best_first;
use crate::pagerank::{Walk, pagerank};
use crate::rows::Rows;

/// The widest window: it bounds the work per word of a text.
pub const WIDEST_WINDOW: usize = 64;

/// A place of the text that no candidate fills.
const NO_WORD: u32 = u32::MAX;

/// Which words count as neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoOccurrence {
    /// How many consecutive places of the text belong together, the first and the last included:
    /// with 2 only direct neighbours are linked, below that nothing is. Default 5; more than
    /// [`WIDEST_WINDOW`] counts as that.
    pub window: usize,
    /// How far the window reaches at the end of a sentence.
    pub reach: Reach,
}

/// How far a window reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It stops where the sentence ends.
    Sentence,
    /// It runs on into the next sentences.
    Text,
}

impl Default for CoOccurrence {
    fn default() -> Self {
        Self { window: 5, reach: Reach::Sentence }
    }
}

/// How keywords are ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct KeywordOptions<'a> {
    /// Which words count as neighbours.
    pub neighbours: CoOccurrence,
    /// Damping and tolerance of the random walk.
    pub walk: Walk,
    /// How much each word deserves a visit before its company is heard, by word: the teleport
    /// vector of [`pagerank`]. Words beyond its end, and values that are negative, infinite or
    /// NaN, count as zero; if nothing positive is left all words are alike, as with `None`.
    pub prior: Option<&'a [f64]>,
}

/// A word of the text with its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyword {
    /// The word, by the caller's number.
    pub word: u32,
    /// Its score as a part of the best word's: the best has 1.
    pub weight: f64,
    /// Its first place, counted in tokens from the start of the text.
    pub first: usize,
}

/// The candidate words of a text, ranked.
#[derive(Debug, Clone, PartialEq)]
pub struct KeywordRanks {
    /// Every distinct candidate, best first; equal weights in the order of first places.
    pub keywords: Vec<Keyword>,
    /// How many sweeps over the graph it took.
    pub sweeps: usize,
    /// Whether the tolerance of the walk was met.
    pub converged: bool,
}

/// Ranks the candidate words of a text by the company they keep.
///
/// The text comes as sentences of tokens: `Some(word)` is a candidate, `None` a token that is none
/// but takes a place in the window. Two candidates are linked by as many units of weight as there
/// are pairs of places, one of each, within a window; a word is not linked to itself. The graph is
/// then ranked by [`pagerank`], as in Mihalcea and Tarau (2004, section 3) with weighted edges.
///
/// ```
/// use textrank_rs::{KeywordOptions, rank_keywords};
///
/// // Words 1 and 2 meet once each with 0, which is named in both sentences.
/// let text = [vec![Some(1), None, Some(0)], vec![Some(0), Some(2), None]];
/// let ranked = rank_keywords(&text, &KeywordOptions::default());
/// assert_eq!(ranked.keywords[0].word, 0);
/// assert_eq!(ranked.keywords[0].first, 2);
/// ```
pub fn rank_keywords<S: AsRef<[Option<u32>]>>(
    sentences: &[S],
    options: &KeywordOptions<'_>,
) -> KeywordRanks {
    let window = options.neighbours.window.clamp(1, WIDEST_WINDOW);
    let text = Text::new(sentences, window, options.neighbours.reach);
    let graph = text.graph(window);
    let prior: Option<Vec<f64>> = options.prior.map(|prior| {
        text.words.iter().map(|&word| prior.get(word as usize).copied().unwrap_or(0.0)).collect()
    });
    let ranks = pagerank(&graph, prior.as_deref(), options.walk);
    let top = ranks.scores.iter().copied().fold(0.0, f64::max);
    let keyword = |number: usize| Keyword {
        word: text.words[number],
        weight: ranks.scores[number] / top,
        first: text.firsts[number],
    };
    KeywordRanks {
        // Words are numbered by first appearance, so ties fall in the order of first places.
        keywords: best_first(&ranks.scores).into_iter().map(keyword).collect(),
        sweeps: ranks.sweeps,
        converged: ranks.converged,
    }
}

/// The candidates of a text in one line.
struct Text {
    /// Every place with the number of its word, or [`NO_WORD`].
    places: Vec<u32>,
    /// The words by number, in the order of first appearance.
    words: Vec<u32>,
    /// The token at which each word first appears.
    firsts: Vec<usize>,
}

impl Text {
    fn new<S: AsRef<[Option<u32>]>>(sentences: &[S], window: usize, reach: Reach) -> Self {
        let all = sentences.iter().flat_map(AsRef::as_ref).copied();
        let mut numbering = Numbering::for_ids(all.flatten());
        // Empty places that no window spans keep the words of two sentences apart.
        let gap = match reach {
            Reach::Sentence => window - 1,
            Reach::Text => 0,
        };
        let mut places = Vec::new();
        let mut firsts = Vec::new();
        let mut token = 0;
        for sentence in sentences {
            for word in sentence.as_ref() {
                let number = word.map_or(NO_WORD, |word| numbering.number(word));
                if number as usize == firsts.len() {
                    firsts.push(token);
                }
                places.push(number);
                token += 1;
            }
            places.extend(std::iter::repeat_n(NO_WORD, gap));
        }
        Self { places, words: numbering.into_words(), firsts }
    }

    /// The co-occurrence graph, built word by word: going through the places of a word gives its
    /// whole row, so no list of pairs has to be kept or sorted.
    fn graph(&self, window: usize) -> Graph {
        let places = (0_u32..).zip(&self.places);
        let occurrences = Rows::group(
            self.words.len(),
            places.filter(|&(_, &word)| word != NO_WORD).map(|(place, &word)| (word, place)),
        );
        let mut row = Accumulator::new(self.words.len());
        Graph::from_rows(self.words.len(), |word, targets, weights| {
            for &place in occurrences.row(word) {
                let place = place as usize;
                let start = place.saturating_sub(window - 1);
                let end = (place + window).min(self.places.len());
                for &other in &self.places[start..end] {
                    if other != NO_WORD && other as usize != word {
                        row.add(other, 1.0);
                    }
                }
            }
            for (other, count) in row.take_sorted() {
                targets.push(other);
                weights.push(count);
            }
        })
    }
}

#[cfg(test)]
mod tests;
