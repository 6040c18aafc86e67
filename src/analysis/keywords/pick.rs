//! Choosing the keywords, so that no two say the same.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::candidates::Candidate;
use crate::text::letter::tails;

/// Candidates that are looked at for each keyword that is wanted.
const POOL: usize = 4;
/// A phrase is a variant of another, and a word of a longer word, if it has less than this share of
/// its places outside of it.
const OWN: f64 = 0.25;
/// Characters that make two phrases variants of each other, if both have them in a row.
const SHARED: usize = 4;
/// Factor for a word of a chosen phrase that hardly stands alone, and for a phrase around a chosen
/// word that hardly stands outside of it.
const TOLD: f64 = 0.7;
/// Factor for other parts of a chosen phrase, and for phrases around one.
const RELATED: f64 = 0.95;

/// A keyword.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chosen<'a> {
    /// The word or phrase.
    pub name: &'a str,
    /// Its score, lowered if a better keyword told a part of it.
    pub score: f64,
}

/// A candidate with its name, for comparing it with others.
struct Entry<'a> {
    name: &'a str,
    /// A bit for each of its characters, several characters to a bit: names without a common bit
    /// share no character, which spares most comparisons.
    letters: u64,
    candidate: &'a Candidate,
}

impl<'a> Entry<'a> {
    fn of(candidate: &'a Candidate, text: &'a str) -> Self {
        let name = candidate.place.of(text);
        let letters = tails(name).fold(0, |bits, (_, tail)| bits | 1 << (tail % 64));
        Self { name, letters, candidate }
    }

    /// False only if the other name cannot stand in this one.
    fn may_hold(&self, other: &Self) -> bool {
        other.letters & !self.letters == 0
    }
}

/// A candidate that may still be chosen; better ones are greater.
#[derive(Clone, Copy)]
struct Rival {
    score: f64,
    /// Its number: the smaller, the earlier its first place.
    at: usize,
    /// How many of the chosen its score has been lowered for; `None` if it was not looked at so far.
    told: Option<usize>,
}

impl Ord for Rival {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.at.cmp(&self.at))
    }
}

impl PartialOrd for Rival {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rival {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Rival {}

/// The `kept` best candidates, best first. `scores` are those of the candidates, `text` is the text
/// of the article.
pub(super) fn pick<'a>(
    candidates: &'a [Candidate],
    scores: &[f64],
    text: &'a str,
    kept: usize,
) -> Vec<Chosen<'a>> {
    let rival = |(at, score): (usize, &f64)| Rival { score: *score, at, told: None };
    // Few come to the top, so that all the others need not be put in order.
    let mut pool: BinaryHeap<Rival> = scores.iter().enumerate().map(rival).collect();
    let mut seen = 0;
    let mut chosen: Vec<(Entry, f64)> = Vec::with_capacity(kept);
    while chosen.len() < kept
        && let Some(top) = pool.pop()
    {
        seen += usize::from(top.told.is_none());
        let Some(candidate) = candidates.get(top.at) else { continue };
        if top.told.is_none() && seen > kept * POOL {
            continue;
        }
        // A choice lowers scores and raises none, so an entry need not be told of it before it has
        // come to the top: most never do.
        let entry = Entry::of(candidate, text);
        let mut score = top.score;
        for (better, _) in chosen.iter().skip(top.told.unwrap_or_default()) {
            score *= factor(better, &entry);
        }
        if score >= top.score {
            chosen.push((entry, score));
        } else if score > 0.0 {
            pool.push(Rival { score, told: Some(chosen.len()), ..top });
        }
    }
    chosen.into_iter().map(|(entry, score)| Chosen { name: entry.name, score }).collect()
}

/// What is left of the score of `entry` once `chosen` is a keyword: nothing of a variant of it.
fn factor(chosen: &Entry, entry: &Entry) -> f64 {
    if chosen.letters & entry.letters == 0 {
        return 1.0;
    }
    let (inner, outer) = if chosen.may_hold(entry) && holds(chosen.name, entry.name) {
        (entry.candidate, chosen.candidate)
    } else if entry.may_hold(chosen) && holds(entry.name, chosen.name) {
        (chosen.candidate, entry.candidate)
    } else {
        // Names of one word and a piece of it have two characters in common at least.
        let close = (chosen.letters & entry.letters).count_ones() > 1;
        return if close && overlaps(chosen, entry) { 0.0 } else { 1.0 };
    };
    let own = inner.count.saturating_sub(outer.count);
    if chosen.name == entry.name {
        0.0
    } else if f64::from(own) >= OWN * f64::from(inner.count) {
        RELATED
    } else if inner.phrase.len() > 1 || outer.phrase.len() == 1 {
        0.0
    } else {
        TOLD
    }
}

/// Whether the two are pieces of one phrase, as 思想政治教育 and 政治教育工作 are: they share two
/// words, or as many letters, cut in another way.
fn overlaps(one: &Entry, other: &Entry) -> bool {
    let words = one.candidate.phrase.words();
    let shared = other.candidate.phrase.words().iter().filter(|word| words.contains(word));
    let starts = other.name.char_indices();
    let ends = other.name.char_indices().skip(SHARED).map(|(at, _)| at).chain([other.name.len()]);
    let mut pieces = starts.zip(ends).filter_map(|((start, _), end)| other.name.get(start..end));
    shared.count() > 1 || pieces.any(|piece| piece.len() > SHARED && holds(one.name, piece))
}

/// Whether `part` stands in `whole`. Both are short, so the plain search is the fast one.
fn holds(whole: &str, part: &str) -> bool {
    let (whole, part) = (whole.as_bytes(), part.as_bytes());
    part.is_empty() || whole.windows(part.len()).any(|window| window == part)
}
