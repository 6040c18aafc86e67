//! How near a choice of sentences or keywords comes to a reference.
//!
//! Sentences: ROUGE-N and ROUGE-L (Lin 2004) over characters. Each Han character, Latin word and
//! number is a token; punctuation is none. Keywords: F1 of the first few, by exact match.

use std::{collections::HashMap, hash::Hash};

use unicode_normalization::UnicodeNormalization as _;

/// A ranked sentence: where it stands among the sentences of its article, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Its place in reading order.
    pub(crate) index: usize,
    /// Its text.
    pub(crate) text: String,
}

/// How much of a ranking is held against the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Budget {
    /// As many tokens as the reference has.
    Reference,
    /// This many tokens.
    Tokens(usize),
    /// This many whole sentences.
    Sentences(usize),
}

/// What the overlap of two texts is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rouge {
    /// Tokens: ROUGE-1.
    One,
    /// Pairs of neighbouring tokens: ROUGE-2.
    Two,
    /// The longest common subsequence: ROUGE-L.
    Longest,
}

/// Harmonic mean of precision and recall, and recall, both from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Match {
    /// F1.
    pub(crate) f1: f64,
    /// Share of the reference that was met.
    pub(crate) recall: f64,
}

impl Match {
    /// Of `hits` among `given` and `wanted` things.
    fn of(hits: usize, given: usize, wanted: usize) -> Self {
        let share = |whole: usize| if whole == 0 { 0.0 } else { hits as f64 / whole as f64 };
        let (precision, recall) = (share(given), share(wanted));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Self { f1, recall }
    }
}

/// The tokens of a text after NFKC and in lower case: runs of the letters a to z, numbers with
/// decimals and percent sign, and each Han character by itself.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let plain: Vec<char> = text.nfkc().collect::<String>().to_lowercase().chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = plain.get(at) {
        let length = match c {
            'a'..='z' => run(&plain, at, |c| c.is_ascii_lowercase()),
            '0'..='9' => number(&plain, at),
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => 1,
            _ => 0,
        };
        if length > 0 {
            tokens.extend(plain.get(at..at + length).map(|token| token.iter().collect::<String>()));
        }
        at += length.max(1);
    }
    tokens
}

/// How many characters from `at` on are of one class.
fn run(text: &[char], at: usize, class: fn(char) -> bool) -> usize {
    text.iter().skip(at).take_while(|c| class(**c)).count()
}

/// How many characters the number at `at` has.
fn number(text: &[char], at: usize) -> usize {
    let digits = |at| run(text, at, |c| c.is_ascii_digit());
    let mut length = digits(at);
    if text.get(at + length) == Some(&'.') {
        let decimals = digits(at + length + 1);
        length += if decimals > 0 { decimals + 1 } else { 0 };
    }
    length + usize::from(text.get(at + length) == Some(&'%'))
}

/// The tokens of the best sentences, as many as the budget holds, in reading order. `ranked` is
/// best first; the last sentence is cut where a budget of tokens ends.
pub(crate) fn take(ranked: &[Chosen], budget: Budget, reference: usize) -> Vec<String> {
    let (most, limit) = match budget {
        Budget::Reference => (usize::MAX, reference),
        Budget::Tokens(tokens) => (usize::MAX, tokens),
        Budget::Sentences(sentences) => (sentences, usize::MAX),
    };
    let mut chosen: Vec<(usize, Vec<String>)> = Vec::new();
    let mut used = 0;
    for sentence in ranked.iter().take(most) {
        let mut tokens = tokens(&sentence.text);
        tokens.truncate(limit - used);
        used += tokens.len();
        chosen.push((sentence.index, tokens));
        if used >= limit {
            break;
        }
    }
    chosen.sort_by_key(|(index, _)| *index);
    chosen.into_iter().flat_map(|(_, tokens)| tokens).collect()
}

/// ROUGE of a summary against a reference, both as tokens.
pub(crate) fn rouge(rouge: Rouge, summary: &[String], reference: &[String]) -> Match {
    match rouge {
        Rouge::One => shared(summary.iter(), reference.iter()),
        Rouge::Two => shared(summary.windows(2), reference.windows(2)),
        Rouge::Longest => Match::of(common(summary, reference), summary.len(), reference.len()),
    }
}

/// What two bags of things share.
fn shared<T: Eq + Hash>(
    given: impl ExactSizeIterator<Item = T>,
    wanted: impl ExactSizeIterator<Item = T>,
) -> Match {
    let sizes = (given.len(), wanted.len());
    let mut left: HashMap<T, usize> = HashMap::new();
    for thing in wanted {
        *left.entry(thing).or_default() += 1;
    }
    let mut hits = 0;
    for thing in given {
        if let Some(count) = left.get_mut(&thing).filter(|count| **count > 0) {
            *count -= 1;
            hits += 1;
        }
    }
    Match::of(hits, sizes.0, sizes.1)
}

/// Length of the longest common subsequence, row by row.
fn common(a: &[String], b: &[String]) -> usize {
    let mut above = vec![0; b.len() + 1];
    for x in a {
        let mut row = Vec::with_capacity(above.len());
        let mut left = 0;
        row.push(left);
        for (y, pair) in b.iter().zip(above.windows(2)) {
            left = if x == y { pair[0] + 1 } else { left.max(pair[1]) };
            row.push(left);
        }
        above = row;
    }
    above.last().copied().unwrap_or(0)
}

/// F1 of the first `count` keywords against the wanted ones.
pub(crate) fn keywords(count: usize, given: &[String], wanted: &[String]) -> Match {
    let wanted = distinct(wanted);
    let mut given = distinct(given);
    given.truncate(count);
    let hits = given.iter().filter(|word| wanted.contains(word)).count();
    Match::of(hits, given.len(), wanted.len())
}

/// Keywords as they are compared, each once: NFKC, lower case, without white space and the marks
/// that join the parts of a term.
fn distinct(words: &[String]) -> Vec<String> {
    let joining = |c: char| c.is_whitespace() || "-_·•.，,、".contains(c);
    let mut distinct: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let plain = word.nfkc().collect::<String>().to_lowercase().replace(joining, "");
        if !plain.is_empty() && !distinct.contains(&plain) {
            distinct.push(plain);
        }
    }
    distinct
}
