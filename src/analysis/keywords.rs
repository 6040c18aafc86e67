//! Ranking the words and phrases of an article.
//!
//! A candidate is a run of one to three words that name something. Its score joins how often it
//! stands in the article, how telling its words are, the rank of its words in the co-occurrence
//! graph (Mihalcea and Tarau 2004, section 3), its length and where it first appears.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;
use textrank_rs::{CoOccurrence, KeywordOptions, Reach, rank_keywords};

use super::{
    Keyword,
    words::{Kind, Place},
};
use crate::text::{
    range::TextRange,
    segment::{Word, Words},
};

/// Most words of a phrase.
const LONGEST: usize = 3;
/// Most characters of a phrase.
const MAX_CHARS: usize = 8;
/// Window of the co-occurrence graph, in words.
const WINDOW: usize = 8;
/// Keywords that are kept of an article.
const KEPT: usize = 30;

/// The words of one sentence or heading.
pub(super) struct Line<'a> {
    pub words: &'a [Word],
    /// Whether it is a title line.
    pub title: bool,
}

/// Up to three word ids; unused places hold `u32::MAX`.
type Phrase = [u32; LONGEST];

struct Candidate {
    phrase: Phrase,
    places: Vec<TextRange>,
    first: usize,
    in_title: bool,
    /// Places at which it stands inside a longer candidate that occurs twice.
    nested: usize,
    score: f64,
}

/// The keywords of the article, best first. `text` is the article's text.
pub(super) fn rank(lines: &[Line], words: &Words, kinds: &[Kind], text: &str) -> Vec<Keyword> {
    let graph = graph_ranks(lines, kinds);
    let mut candidates = candidates(lines, kinds);
    count_nested(&mut candidates);
    for candidate in &mut candidates {
        candidate.score = score(candidate, kinds, &graph);
    }
    candidates.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| a.places.first().cmp(&b.places.first()))
    });
    let best = candidates.first().map_or(1.0, |candidate| candidate.score.max(f64::MIN_POSITIVE));
    let mut chosen: Vec<Keyword> = Vec::with_capacity(KEPT);
    for candidate in candidates.into_iter().take(KEPT * 4) {
        let name = name(&candidate, words, text);
        // A variant of a keyword that is listed already adds nothing to read.
        let variant = |other: &Keyword| other.text.contains(&*name) || name.contains(&*other.text);
        if chosen.len() < KEPT && !chosen.iter().any(variant) {
            let weight = candidate.score / best;
            chosen.push(Keyword { text: name, weight, places: candidate.places });
        }
    }
    chosen
}

/// The rank of each word in the co-occurrence graph, 1 for the best, by word id.
fn graph_ranks(lines: &[Line], kinds: &[Kind]) -> Vec<f64> {
    let candidate = |word: &Word| {
        let kind = kinds.get(word.id as usize)?;
        (kind.content && kind.place != Place::Nowhere).then_some(word.id)
    };
    let tokens: Vec<Vec<Option<u32>>> =
        lines.iter().map(|line| line.words.iter().map(candidate).collect()).collect();
    let neighbours = CoOccurrence { window: WINDOW, reach: Reach::Sentence };
    let ranked = rank_keywords(&tokens, &KeywordOptions { neighbours, ..Default::default() });
    let mut ranks = vec![0.0; kinds.len()];
    for keyword in ranked.keywords {
        if let Some(rank) = ranks.get_mut(keyword.word as usize) {
            *rank = keyword.weight;
        }
    }
    ranks
}

/// All candidates with their places, phrases only if they stand twice.
fn candidates(lines: &[Line], kinds: &[Kind]) -> Vec<Candidate> {
    let mut ids: HashMap<Phrase, usize, BuildHasherDefault<FxHasher>> = HashMap::default();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for start in 0..line.words.len() {
            for phrase in phrases_from(line.words, start, kinds) {
                let range = TextRange::new(phrase.1.start, phrase.1.end);
                let at = *ids.entry(phrase.0).or_insert_with(|| {
                    candidates.push(Candidate {
                        phrase: phrase.0,
                        places: Vec::new(),
                        first: number,
                        in_title: false,
                        nested: 0,
                        score: 0.0,
                    });
                    candidates.len() - 1
                });
                if let Some(candidate) = candidates.get_mut(at) {
                    candidate.places.push(range);
                    candidate.in_title |= line.title;
                }
            }
        }
    }
    candidates.retain(|candidate| is_borne_out(candidate, kinds));
    candidates
}

/// Whether there is reason enough to take a candidate for one: a phrase must stand twice, and so
/// must a word that the dictionary lacks, unless the title has it.
fn is_borne_out(candidate: &Candidate, kinds: &[Kind]) -> bool {
    let known = length(&candidate.phrase) == 1
        && kinds.get(candidate.phrase[0] as usize).is_some_and(|kind| !kind.unknown);
    known || candidate.places.len() > 1 || (candidate.in_title && length(&candidate.phrase) == 1)
}

/// The candidates that begin at word `start`, with their places.
fn phrases_from(words: &[Word], start: usize, kinds: &[Kind]) -> Vec<(Phrase, TextRange)> {
    let mut found = Vec::new();
    let mut phrase = [u32::MAX; LONGEST];
    let mut chars = 0;
    let mut end: Option<TextRange> = None;
    for (slot, word) in words.iter().skip(start).take(LONGEST).enumerate() {
        let Some(kind) = kinds.get(word.id as usize) else { break };
        let joins = match kind.place {
            Place::Nowhere => false,
            Place::Name => slot == 0,
            Place::Alone | Place::Inside => true,
        };
        chars += kind.chars;
        if !joins || chars > MAX_CHARS {
            break;
        }
        phrase[slot] = word.id;
        let range = TextRange::new(end.map_or(word.range.start, |end| end.start), word.range.end);
        end = Some(range);
        // Something named stands at the end of a phrase, and alone only what is one by itself.
        let whole = if slot == 0 {
            kind.place != Place::Inside
        } else {
            kind.place == Place::Alone || kind.chars == 1
        };
        if whole {
            found.push((phrase, range));
        }
        if kind.place == Place::Name {
            break;
        }
    }
    found
}

/// Counts for each candidate how often it is only a part of a longer one.
fn count_nested(candidates: &mut [Candidate]) {
    let ids: HashMap<Phrase, usize, BuildHasherDefault<FxHasher>> =
        candidates.iter().enumerate().map(|(at, candidate)| (candidate.phrase, at)).collect();
    let mut nested = vec![0; candidates.len()];
    for candidate in candidates.iter() {
        let words = length(&candidate.phrase);
        for size in 1..words {
            for start in 0..=words - size {
                let mut part = [u32::MAX; LONGEST];
                part[..size].copy_from_slice(&candidate.phrase[start..start + size]);
                if let Some(count) = ids.get(&part).and_then(|at| nested.get_mut(*at)) {
                    *count += candidate.places.len();
                }
            }
        }
    }
    for (candidate, nested) in candidates.iter_mut().zip(nested) {
        candidate.nested = nested.min(candidate.places.len());
    }
}

fn score(candidate: &Candidate, kinds: &[Kind], graph: &[f64]) -> f64 {
    let words = length(&candidate.phrase);
    let ids = candidate.phrase.iter().take(words).map(|id| *id as usize);
    let mean = |of: &dyn Fn(usize) -> f64| ids.clone().map(of).sum::<f64>() / words as f64;
    let telling = mean(&|id| kinds.get(id).map_or(0.0, |kind| kind.weight.sqrt() * kind.damp));
    let rank = mean(&|id| graph.get(id).copied().unwrap_or(0.0)).max(0.01);
    let chars: usize = ids.clone().filter_map(|id| kinds.get(id)).map(|kind| kind.chars).sum();
    let count = candidate.places.len() as f64;
    let alone = 1.0 - candidate.nested as f64 / count;
    count
        * telling
        * (1.0 + 0.5 * (words as f64 - 1.0))
        * rank.powf(0.3)
        * (chars.min(6) as f64).powf(0.2)
        * (1.0 + 1.5 * (-(candidate.first as f64) / 3.0).exp())
        * if candidate.in_title { 2.0 } else { 1.0 }
        * (0.5 + 0.5 * alone).max(0.05)
        * if words == 1 { 0.7 + 0.3 * alone } else { 1.0 }
}

fn length(phrase: &Phrase) -> usize {
    phrase.iter().take_while(|id| **id != u32::MAX).count()
}

fn name(candidate: &Candidate, words: &Words, text: &str) -> String {
    let place = candidate.places.first().map(|place| place.of(text));
    let first = candidate.phrase[0] as usize;
    place.or(words.vocabulary.get(first).map(|entry| entry.text)).unwrap_or_default().to_owned()
}
