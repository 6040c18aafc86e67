//! Ranking the sentences of an article.
//!
//! Five kinds of evidence are blended: the sentence graph of Mihalcea and Tarau (2004), with shared
//! words weighted by how telling they are; what a sentence shares with the title; how frequent its
//! words are; and its place, near the beginning or near the end. How far each is trusted is read
//! from the article itself (see [`Signals`]), so that one recipe serves news, rulings and
//! transcripts. What cannot stand alone as a key sentence is then marked down.

use textrank_rs::{
    Evidence, Redundancy, SentenceOptions, SentenceRanks, Similarity, Walk, blend, from_start,
    rank_sentences, towards_end,
};

use super::{
    quality::{Quality, Ties, is_pulled, quality},
    recipe::{Ingredient, Recipe},
    signals::{Signals, Trust},
    title,
    words::Kind,
};
use crate::lang::Lang;

/// Cosine above which a sentence repeats a better one.
const REPEATED: f64 = 0.6;
/// Damping of the walk: with less than the usual 0.85 it settles in half the time, and as one kind
/// of evidence among others the graph tells the same.
const DAMPING: f64 = 0.7;
/// Change of the graph's scores in a sweep at which they have settled: finer ones change no order.
const SETTLED: f64 = 1e-4;
/// How fast position loses value, and what is left of it far from the beginning.
const DECLINE: (f64, f64) = (1.5, 0.1);

/// The sentences of an article, ranked.
pub(super) struct Ranking {
    /// For each sentence its share in the score of the article.
    pub scores: Vec<f64>,
    /// For each sentence where its score comes from.
    pub grounds: Vec<Grounds>,
    /// The indices of those without damage, best first.
    pub order: Vec<usize>,
    /// What the article says about its evidence.
    pub signals: Signals,
}

/// A sentence as ranking sees it.
pub(super) struct Candidate<'a> {
    pub text: &'a str,
    /// Its content words.
    pub words: &'a [u32],
    /// All its words and marks.
    pub tokens: usize,
    /// Those that are spoken language.
    pub spoken: usize,
    /// Letters and digits.
    pub chars: usize,
    /// Whether text was destroyed in it: nobody could make sense of it.
    pub damaged: bool,
}

/// Where the score of a sentence comes from: the sum of what each kind of evidence gives, times
/// its quality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grounds {
    /// What its place among the first gives.
    pub position: f64,
    /// What it shares with the title gives.
    pub title: f64,
    /// What the support of other sentences gives.
    pub graph: f64,
    /// What the frequency of its words gives.
    pub frequency: f64,
    /// What its place near the end gives.
    pub conclusion: f64,
    /// What is in favour of it and against it.
    pub quality: Quality,
}

impl Grounds {
    /// What the kinds of evidence give to sentence `at`, in the order of the fields.
    fn of(parts: &[Vec<f64>], at: usize, quality: Quality) -> Self {
        let part = |kind: usize| parts.get(kind).and_then(|part| part.get(at)).map_or(0.0, |p| *p);
        Self {
            position: part(0),
            title: part(1),
            graph: part(2),
            frequency: part(3),
            conclusion: part(4),
            quality,
        }
    }

    /// What each kind of evidence gives, with its name.
    pub fn parts(&self, lang: Lang) -> [(&'static str, f64); 5] {
        [
            (lang.of("位置", "position"), self.position),
            (lang.of("标题", "title"), self.title),
            (lang.of("互证", "graph"), self.graph),
            (lang.of("词频", "frequency"), self.frequency),
            (lang.of("结论", "conclusion"), self.conclusion),
        ]
    }

    /// The score.
    pub fn score(&self) -> f64 {
        let Self { position, title, graph, frequency, conclusion, quality } = self;
        (position + title + graph + frequency + conclusion) * quality.factor()
    }

    fn parts_mut(&mut self) -> [&mut f64; 5] {
        let Self { position, title, graph, frequency, conclusion, .. } = self;
        [position, title, graph, frequency, conclusion]
    }
}

/// What else ranking looks at.
pub(super) struct Context<'a> {
    /// The lines of the title.
    pub title: Vec<&'a str>,
    /// Letters and digits of the pull quotes of the page.
    pub pull_quotes: Vec<String>,
    /// The kinds of all words, by id.
    pub kinds: &'a [Kind],
    pub recipe: Recipe,
}

/// Ranks the sentences.
pub(super) fn rank(sentences: &[Candidate], context: &Context) -> Ranking {
    let Context { kinds, recipe, .. } = *context;
    let title = title::evidence(sentences, &context.title);
    let signals = Signals::read(sentences, &title);
    let words: Vec<&[u32]> = sentences.iter().map(|sentence| sentence.words).collect();
    let graph = graph(&words, kinds);
    let parts = parts(&graph, &title.values, signals.trust(recipe));

    let judge = |(sentence, &echo): (&Candidate, &bool)| {
        let pulled = is_pulled(sentence.text, &context.pull_quotes);
        quality(sentence, Ties { echo, pulled }, recipe)
    };
    let judged = sentences.iter().zip(&title.echoes).map(judge);
    let mut grounds: Vec<Grounds> =
        judged.enumerate().map(|(at, q)| Grounds::of(&parts, at, q)).collect();
    scale(&mut grounds);
    let scores: Vec<f64> = grounds.iter().map(Grounds::score).collect();
    // Damaged sentences go last before they are left out, so that they push no repetition back.
    let whole = |at: usize| sentences.get(at).is_some_and(|sentence| !sentence.damaged);
    let candidate = |(at, &score)| if whole(at) { score } else { -1.0 };
    let candidates: Vec<f64> = scores.iter().enumerate().map(candidate).collect();
    let cosine = recipe.value(Ingredient::Redundancy, REPEATED, 1.0);
    let mut order = graph.order(&candidates, Redundancy { cosine, ..Redundancy::default() });
    order.retain(|&at| whole(at));
    Ranking { scores, grounds, order, signals }
}

/// The graph of sentences, of which the content words are given; words count by how telling they are.
pub(super) fn graph(words: &[&[u32]], kinds: &[Kind]) -> SentenceRanks {
    let telling: Vec<f64> = kinds.iter().map(|kind| f64::from(kind.weight)).collect();
    let similarity = Similarity::Weighted(&telling);
    let walk = Walk { damping: DAMPING, tolerance: SETTLED };
    rank_sentences(words, &SentenceOptions { similarity, walk, ..Default::default() })
}

/// What each kind of evidence gives to each sentence, in the order of [`Grounds`].
fn parts(graph: &SentenceRanks, title: &[f64], trust: Trust) -> Vec<Vec<f64>> {
    let count = graph.ranks.scores.len();
    let (decline, floor) = DECLINE;
    let position = from_start(count, decline, floor);
    let frequency = graph.frequencies();
    let end = towards_end(count);
    blend(
        count,
        &[
            Evidence { values: &position, trust: trust.position },
            Evidence { values: title, trust: trust.title },
            Evidence { values: &graph.ranks.scores, trust: trust.graph },
            Evidence { values: &frequency, trust: trust.frequency },
            Evidence { values: &end, trust: trust.conclusion },
        ],
    )
}

/// Scales what the sentences got so that all scores add up to 1.
fn scale(grounds: &mut [Grounds]) {
    let total: f64 = grounds.iter().map(Grounds::score).sum();
    let factor = 1.0 / total.max(f64::MIN_POSITIVE);
    for part in grounds.iter_mut().flat_map(Grounds::parts_mut) {
        *part *= factor;
    }
}

#[cfg(test)]
impl<'a> Candidate<'a> {
    /// A sentence of which only the text is known.
    pub(super) fn bare(text: &'a str) -> Self {
        let chars = text.chars().filter(|c| super::is_letter(*c)).count();
        Self { text, words: &[], tokens: 0, spoken: 0, chars, damaged: false }
    }
}
