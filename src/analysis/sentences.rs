//! Ranking the sentences of an article.
//!
//! The graph is that of Mihalcea and Tarau (2004), with shared words weighted by how telling they
//! are. The walk restarts where news puts its point (early sentences, words of the title), and what
//! cannot stand alone as a key sentence is marked down.

use textrank_rs::{Against, Redundancy, SentenceOptions, Similarity, Walk, rank_sentences};

use super::words::Kind;

/// Damping of the walk: lower than the usual 0.85, so that the prior counts for more.
const DAMPING: f64 = 0.7;
/// Cosine above which a sentence repeats a better one.
const REPEATED: f64 = 0.7;
/// Content words, about half of all, beyond which a sentence is too long to be read at a glance and
/// is marked down.
const LONG: f64 = 40.0;
/// Openings that lean on the sentence before.
const LEANING: [&str; 30] = [
    "他",
    "她",
    "它",
    "这",
    "那",
    "其",
    "该",
    "此",
    "同时",
    "此外",
    "但",
    "而",
    "因此",
    "所以",
    "另外",
    "然而",
    "不过",
    "于是",
    "并",
    "对此",
    "为此",
    "例如",
    "比如",
    "其中",
    "另一方面",
    "与此同时",
    "当然",
    "接着",
    "随后",
    "据悉",
];

/// Scores of all sentences, and the indices of those without damage, best first.
pub(super) struct Ranking {
    pub scores: Vec<f64>,
    pub order: Vec<usize>,
}

/// A sentence as ranking sees it.
pub(super) struct Candidate<'a> {
    pub text: &'a str,
    /// Its content words.
    pub words: Vec<u32>,
    /// Whether text was destroyed in it: nobody could make sense of it.
    pub damaged: bool,
}

/// Ranks the sentences; `title` holds the content words of the title.
pub(super) fn rank(sentences: &[Candidate], title: &[u32], kinds: &[Kind]) -> Ranking {
    let weights: Vec<f64> = kinds.iter().map(|kind| kind.weight).collect();
    let quality: Vec<f64> = sentences.iter().map(quality).collect();
    let echo = title_shares(sentences, title, &weights);
    let strongest = echo.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let prior: Vec<f64> = quality
        .iter()
        .zip(&echo)
        .enumerate()
        .map(|(at, (quality, echo))| (position_prior(at) + 0.5 * echo / strongest) * quality)
        .collect();
    let words: Vec<&[u32]> = sentences.iter().map(|sentence| sentence.words.as_slice()).collect();
    let ranks = rank_sentences(
        &words,
        &SentenceOptions {
            similarity: Similarity::Weighted(&weights),
            walk: Walk { damping: DAMPING, ..Walk::default() },
            prior: Some(&prior),
        },
    );
    let mut scores: Vec<f64> =
        ranks.ranks.scores.iter().zip(&quality).map(|(score, quality)| score * quality).collect();
    let total: f64 = scores.iter().sum();
    for score in &mut scores {
        *score /= total.max(f64::MIN_POSITIVE);
    }
    let redundancy = Redundancy { cosine: REPEATED, against: Against::First(6) };
    // Damaged sentences go last before they are left out, so that they push no repetition back.
    let whole = |at: usize| sentences.get(at).is_some_and(|sentence| !sentence.damaged);
    let candidate = |(at, &score)| if whole(at) { score } else { -1.0 };
    let candidates: Vec<f64> = scores.iter().enumerate().map(candidate).collect();
    let mut order = ranks.order(&candidates, redundancy);
    order.retain(|&at| whole(at));
    Ranking { scores, order }
}

/// How likely news puts its point into sentence `at`, counted from 0.
fn position_prior(at: usize) -> f64 {
    0.05 + 0.95 / (at as f64 + 1.0).powf(1.5)
}

/// For each sentence, the weight of the title's words in it, over the root of its length.
fn title_shares(sentences: &[Candidate], title: &[u32], weights: &[f64]) -> Vec<f64> {
    let weight = |word: &u32| weights.get(*word as usize).copied().unwrap_or(0.0);
    let share = |sentence: &Candidate| {
        let mut shared: Vec<u32> =
            sentence.words.iter().copied().filter(|word| title.contains(word)).collect();
        shared.sort_unstable();
        shared.dedup();
        let sum: f64 = shared.iter().map(weight).sum();
        sum / (sentence.words.len().max(1) as f64).sqrt()
    };
    sentences.iter().map(share).collect()
}

/// How well a sentence stands alone, 0 to 1.
fn quality(sentence: &Candidate) -> f64 {
    let mut quality = 1.0;
    if LEANING.iter().any(|opening| sentence.text.starts_with(opening)) {
        quality *= 0.7;
    }
    let words = sentence.words.len() as f64;
    if words > LONG {
        quality *= (LONG / words).sqrt();
    }
    if sentence.text.ends_with(['？', '?']) {
        quality *= 0.6;
    }
    if !is_balanced(sentence.text) {
        quality *= 0.8;
    }
    if !sentence
        .text
        .ends_with(['。', '！', '？', '!', '?', '”', '」', '…', '.', '）', ')', '’', '』', '｡'])
    {
        quality *= 0.5;
    }
    if words < 4.0 {
        quality *= 0.3;
    }
    quality
}

fn is_balanced(text: &str) -> bool {
    [('“', '”'), ('「', '」'), ('（', '）'), ('《', '》')]
        .iter()
        .all(|(open, close)| text.matches(*open).count() == text.matches(*close).count())
}
