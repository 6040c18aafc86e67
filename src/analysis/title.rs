//! What sentences share with the title.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;
use textrank_rs::query_overlap;

use super::sentences::Candidate;

/// Part of the pairs of characters in the evidence; the rest is the words'. Pairs see what both
/// texts write in another way (日本遗产, 日遗产), words know which of them is telling.
const PAIRS: f64 = 0.6;
/// Share of the pairs of a sentence from which on it only repeats the title.
const ECHO: f64 = 0.8;

/// What the sentences share with the title.
pub(super) struct TitleEvidence {
    /// For each sentence how much it shares; all zero without a title.
    pub values: Vec<f64>,
    /// Share of the title's pairs of characters that the text has, 0 to 1.
    pub coverage: f64,
    /// Value of the first sentence over the largest; 1 when nothing is shared.
    pub lead: f64,
    /// Which sentences only repeat the title.
    pub echoes: Vec<bool>,
}

/// The text of the title lines and their content words.
pub(super) struct Title<'a> {
    pub lines: Vec<&'a str>,
    pub words: Vec<u32>,
}

/// Compares the sentences with the title; `weights` say how telling each word is, by id.
pub(super) fn evidence(sentences: &[Candidate], title: &Title, weights: &[f64]) -> TitleEvidence {
    let mut pairs = Pairs::of(title);
    let (mut by_pairs, mut echoes) = (Vec::new(), Vec::new());
    for (number, sentence) in (1..).zip(sentences) {
        let Shared { distinct, places } = pairs.shared(number, sentence.text);
        let all = sentence.chars.max(2) as f64;
        by_pairs.push(f64::from(distinct) / all.sqrt());
        echoes.push(f64::from(places) >= ECHO * (all - 1.0));
    }
    let words: Vec<&[u32]> = sentences.iter().map(|sentence| &*sentence.words).collect();
    let by_words = query_overlap(&words, &title.words, weights);
    let values: Vec<f64> = scaled(by_pairs, PAIRS)
        .zip(scaled(by_words, 1.0 - PAIRS))
        .map(|(pairs, words)| pairs + words)
        .collect();
    let most = values.iter().copied().fold(0.0, f64::max);
    let lead = values.first().map_or(1.0, |first| if most > 0.0 { first / most } else { 1.0 });
    TitleEvidence { coverage: pairs.coverage(), lead, echoes, values }
}

/// The values with a sum of `sum`, or all zero.
fn scaled(values: Vec<f64>, sum: f64) -> impl Iterator<Item = f64> {
    let factor = sum / values.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    values.into_iter().map(move |value| value * factor)
}

/// The pairs of neighbouring characters of the title, and where each was last seen.
struct Pairs {
    ids: HashMap<(char, char), usize, BuildHasherDefault<FxHasher>>,
    /// The last sentence with the pair, from 1; 0 for a pair that the text has not had.
    seen: Vec<u32>,
}

/// Pairs of the title in a sentence.
struct Shared {
    /// Different ones.
    distinct: u32,
    /// Places at which one stands.
    places: u32,
}

impl Pairs {
    fn of(title: &Title) -> Self {
        let mut ids = HashMap::default();
        for pair in title.lines.iter().flat_map(|line| pairs(line)) {
            let next = ids.len();
            ids.entry(pair).or_insert(next);
        }
        Self { seen: vec![0; ids.len()], ids }
    }

    fn shared(&mut self, number: u32, sentence: &str) -> Shared {
        let mut shared = Shared { distinct: 0, places: 0 };
        if self.ids.is_empty() {
            return shared;
        }
        for pair in pairs(sentence) {
            let Some(last) = self.ids.get(&pair).and_then(|id| self.seen.get_mut(*id)) else {
                continue;
            };
            shared.places += 1;
            shared.distinct += u32::from(*last != number);
            *last = number;
        }
        shared
    }

    fn coverage(&self) -> f64 {
        let found = self.seen.iter().filter(|last| **last > 0).count();
        found as f64 / self.seen.len().max(1) as f64
    }
}

/// The pairs of neighbouring letters and digits, in lower case; other characters are passed over.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    let mut before = letters.next();
    letters.filter_map(move |c| before.replace(c).map(|before| (before, c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(title: &str, sentences: &[&str]) -> TitleEvidence {
        let candidates: Vec<Candidate> =
            sentences.iter().map(|text| Candidate::bare(text)).collect();
        evidence(&candidates, &Title { lines: vec![title], words: Vec::new() }, &[])
    }

    #[test]
    fn sentences_that_take_up_the_title() {
        let found = shared("澄江修新桥", &["下了三天雨。", "澄江的新桥修好了。", "澄江修新桥。"]);
        assert!(found.values[0] == 0.0 && found.values[1] > 0.0);
        assert!(found.values[2] > found.values[1]);
        assert_eq!(found.echoes, [false, false, true]);
        assert!((found.coverage - 1.0).abs() < 1e-9 && found.lead == 0.0);
    }

    #[test]
    fn no_title() {
        let found = shared("", &["下了三天雨。", "雨"]);
        assert_eq!((found.values, found.coverage, found.lead), (vec![0.0, 0.0], 0.0, 1.0));
        assert_eq!(found.echoes, [false, false]);
    }
}
