//! Choosing the keywords, so that no two say the same.

use std::cmp::Ordering;

use super::candidates::Candidate;

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

#[derive(Clone, Copy)]
struct Entry<'a> {
    name: &'a str,
    /// A bit for each of its characters, several characters to a bit: names without a common bit
    /// share no character, which spares most comparisons.
    letters: u64,
    candidate: &'a Candidate,
    score: f64,
    /// Its number: the smaller, the earlier its first place.
    at: usize,
    /// How many of the chosen its score has been lowered for.
    told: usize,
}

impl Entry<'_> {
    fn is_worse_than(&self, other: &Self) -> bool {
        let order = self.score.total_cmp(&other.score).then(other.at.cmp(&self.at));
        order == Ordering::Less
    }

    /// False only if the other name cannot stand in this one.
    fn may_hold(&self, other: &Self) -> bool {
        other.letters & !self.letters == 0
    }
}

/// The `kept` best candidates, best first. `scores` are those of the candidates, `text` is the text
/// of the article.
#[inline(never)]
pub(super) fn pick<'a>(
    candidates: &'a [Candidate],
    scores: &[f64],
    text: &'a str,
    kept: usize,
) -> Vec<Chosen<'a>> {
    let mut pool = best(candidates, scores, text, kept * POOL);
    let mut chosen: Vec<Entry> = Vec::with_capacity(kept);
    while chosen.len() < kept
        && let Some(top) = pool.pop()
    {
        // A choice lowers scores and raises none, so an entry need not be told of it before it has
        // come to the top: most never do.
        let mut entry = top;
        for better in chosen.iter().skip(entry.told) {
            entry.score *= factor(better, &entry);
        }
        let lowered = entry.score < top.score;
        entry.told = chosen.len();
        if !lowered {
            chosen.push(entry);
        } else if entry.score > 0.0 {
            let at = pool.partition_point(|other| other.is_worse_than(&entry));
            pool.insert(at, entry);
        }
    }
    let chosen = chosen.into_iter();
    chosen.map(|Entry { name, score, .. }| Chosen { name, score }).collect()
}

/// The `count` candidates with the highest scores, the best last.
#[inline(never)]
fn best<'a>(
    candidates: &'a [Candidate],
    scores: &[f64],
    text: &'a str,
    count: usize,
) -> Vec<Entry<'a>> {
    let mut order: Vec<(usize, f64)> = scores.iter().copied().enumerate().collect();
    if count < order.len() {
        order.select_nth_unstable_by(count, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order.truncate(count);
    }
    let entry = |(at, score): (usize, f64)| {
        let candidate = candidates.get(at)?;
        let name = candidate.place.of(text);
        let letters = name.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64));
        Some(Entry { name, letters, candidate, score, at, told: 0 })
    };
    let mut pool: Vec<Entry> = order.into_iter().filter_map(entry).collect();
    pool.sort_unstable_by(|a, b| a.score.total_cmp(&b.score).then(b.at.cmp(&a.at)));
    pool
}

/// What is left of the score of `entry` once `chosen` is a keyword: nothing of a variant of it.
#[inline(never)]
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
#[inline(never)]
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
