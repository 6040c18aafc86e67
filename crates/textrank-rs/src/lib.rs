//! Key sentences and keywords from tokenised text.
//!
//! The crate ranks what it is given as numbers: sentences are lists of word ids, keywords are word
//! ids in the order of the text. Splitting text into sentences and words, and leaving out words
//! that should not count, is the caller's part, so it works for any language. There is no I/O, no
//! global state and no `Result`: every input has a ranking, and the same input has the same one
//! every time.
//!
//! - [`rank_sentences`] builds the `TextRank` sentence graph (Mihalcea and Tarau, 2004), with the
//!   original overlap or with weighted words, and walks it with an optional prior for each
//!   sentence. [`SentenceRanks::order`] then lists all sentences best first, repetitions last.
//! - [`blend`] joins the graph with other evidence (position, frequency, whatever the caller finds),
//!   each kind as far as the caller trusts it, so that a score can be taken apart again.
//! - [`rank_keywords`] does the same for words that stand near each other.
//! - [`pagerank()`] and [`Graph`] are the engine below both, for graphs of other kinds.
//!
//! Graphs are sparse throughout: similar sentences are found through the words they share, and the
//! work per word of the text is bounded, so a text of ten thousand sentences is no special case.
//! What that costs in exactness, and from which size on, is stated at [`EXACT_UP_TO`].
//!
//! ```
//! use std::collections::HashMap;
//! use textrank_rs::{Redundancy, SentenceOptions, rank_sentences};
//!
//! let text = [
//!     "the new line brings the airport within half an hour",
//!     "tickets cost three euros",
//!     "half of the passengers on the new line travel to the airport",
//!     "the old airport bus stops running when the line opens",
//! ];
//! let mut ids: HashMap<&str, u32> = HashMap::new();
//! let sentences: Vec<Vec<u32>> = text
//!     .iter()
//!     .map(|sentence| {
//!         let words = sentence.split(' ').filter(|word| word.len() > 3);
//!         words.map(|word| { let next = ids.len() as u32; *ids.entry(word).or_insert(next) }).collect()
//!     })
//!     .collect();
//!
//! let ranked = rank_sentences(&sentences, &SentenceOptions::default());
//! let order = ranked.order(&ranked.ranks.scores, Redundancy::default());
//! assert_eq!(text[order[0]], "half of the passengers on the new line travel to the airport");
//! assert_eq!(text[order[3]], "tickets cost three euros");
//! ```
//!
//! # References
//!
//! - S. Brin and L. Page. The Anatomy of a Large-Scale Hypertextual Web Search Engine. WWW 1998.
//! - T. Haveliwala. Topic-Sensitive `PageRank`. WWW 2002.
//! - R. Mihalcea and P. Tarau. `TextRank`: Bringing Order into Texts. EMNLP 2004.
//! - A. Nenkova and L. Vanderwende. The Impact of Frequency on Summarization. Microsoft Research
//!   MSR-TR-2005-101.

mod accumulator;
mod evidence;
mod graph;
mod keywords;
mod numbering;
mod order;
mod pagerank;
mod rows;
mod sentences;

pub use evidence::{Evidence, blend, from_start, towards_end};
pub use graph::{Edge, Graph};
pub use keywords::{
    CoOccurrence, Keyword, KeywordOptions, KeywordRanks, Reach, WIDEST_WINDOW, rank_keywords,
};
pub use pagerank::{MAX_SWEEPS, Ranks, Walk, pagerank};
pub use sentences::{
    Against, EXACT_UP_TO, MOST_NAMED, Redundancy, SentenceOptions, SentenceRanks, Similarity,
    Supporter, rank_sentences,
};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
