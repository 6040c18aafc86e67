//! What sentences share with the title, by pairs of neighbouring characters: they see what is cut
//! into other words, or abbreviated, in the title (Chinese headlines are dense), where words do not.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

use super::{is_letter, sentences::Candidate};

/// Share of the pairs of a sentence from which on it only repeats the title.
const ECHO: f64 = 0.8;

/// What the sentences share with the title.
pub(super) struct TitleEvidence {
    /// For each sentence how much it shares; all zero without a title.
    pub values: Vec<f64>,
    /// Value of the first sentence over the largest; `None` when no sentence shares anything.
    pub lead: Option<f64>,
    /// Which sentences only repeat the title.
    pub echoes: Vec<bool>,
}

/// Compares the sentences with the lines of the title.
pub(super) fn evidence(sentences: &[Candidate], title: &[&str]) -> TitleEvidence {
    let mut pairs = Pairs::of(title);
    let (mut values, mut echoes) = (Vec::new(), Vec::new());
    for (number, sentence) in (1..).zip(sentences) {
        let Shared { distinct, places } = pairs.shared(number, sentence.text);
        let all = sentence.chars.max(2) as f64;
        values.push(f64::from(distinct) / all.sqrt());
        echoes.push(f64::from(places) >= ECHO * (all - 1.0));
    }
    let most = values.iter().copied().fold(0.0, f64::max);
    let lead = values.first().filter(|_| most > 0.0).map(|first| first / most);
    TitleEvidence { values, lead, echoes }
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
    fn of(title: &[&str]) -> Self {
        let mut ids = HashMap::default();
        for pair in title.iter().flat_map(|line| pairs(line)) {
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
}

/// The pairs of neighbouring letters and digits, in lower case; other characters are passed over.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    let mut letters = text.chars().filter(|c| is_letter(*c)).map(|c| c.to_ascii_lowercase());
    let mut before = letters.next();
    letters.filter_map(move |c| before.replace(c).map(|before| (before, c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(title: &str, sentences: &[&str]) -> TitleEvidence {
        let candidates: Vec<Candidate> =
            sentences.iter().map(|text| Candidate::bare(text)).collect();
        evidence(&candidates, &[title])
    }

    #[test]
    fn sentences_that_take_up_the_title() {
        let found = shared("澄江修新桥", &["下了三天雨。", "澄江的新桥修好了。", "澄江修新桥。"]);
        assert!(found.values[0] == 0.0 && found.values[1] > 0.0);
        assert!(found.values[2] > found.values[1]);
        assert_eq!(found.echoes, [false, false, true]);
        assert_eq!(found.lead, Some(0.0));
    }

    #[test]
    fn no_title() {
        let found = shared("", &["下了三天雨。", "雨"]);
        assert_eq!((found.values, found.lead), (vec![0.0, 0.0], None));
        assert_eq!(found.echoes, [false, false]);
    }
}
