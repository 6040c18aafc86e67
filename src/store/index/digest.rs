//! What the index keeps of an analysis: the keywords and the best sentences, as places in the text.
//!
//! The rest of an analysis would take a fifth of the room that the texts take, and reckoning it again
//! for the one article that is looked at takes less than a thousandth of a second.

use super::segment::{number, push_number};
use crate::{
    analysis::{Analysis, Keyword},
    text::range::TextRange,
};

/// Keywords and sentences that are kept.
const KEYWORDS: usize = 15;
const SENTENCES: usize = 10;
/// Steps in which weights are kept.
const STEPS: f64 = 255.0;

/// The keywords and the best sentences of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// The keywords, best first.
    pub keywords: Vec<DigestKeyword>,
    /// The places of the best sentences, best first.
    pub sentences: Vec<TextRange>,
}

/// A keyword.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestKeyword {
    /// The word or phrase, as it is printed at its first place.
    pub text: String,
    /// The first byte of that.
    pub start: usize,
    /// Its weight, 1 for the heaviest, in steps of 1/255.
    pub weight: f32,
    /// How often it stands in the text.
    pub count: u32,
}

impl Digest {
    /// What is kept of an analysis.
    pub fn of(analysis: &Analysis) -> Self {
        let keyword = |keyword: &Keyword| {
            let step = (keyword.weight * STEPS).round().clamp(0.0, STEPS);
            Some(DigestKeyword {
                text: keyword.text.clone(),
                start: keyword.places.first()?.start,
                weight: (step / STEPS) as f32,
                count: keyword.places.len() as u32,
            })
        };
        let distinct = analysis.best_distinct_keywords(KEYWORDS);
        let sentences = analysis.order.iter().filter_map(|at| analysis.sentences.get(*at));
        Self {
            keywords: distinct.into_iter().filter_map(keyword).collect(),
            sentences: sentences.map(|sentence| sentence.range).take(SENTENCES).collect(),
        }
    }

    /// The digest as it is written, with a number for each word.
    pub(super) fn to_bytes(&self, mut number_of: impl FnMut(&str) -> u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        push_number(&mut bytes, self.keywords.len() as u32);
        for DigestKeyword { text, start, weight, count } in &self.keywords {
            push_number(&mut bytes, number_of(text));
            push_number(&mut bytes, *start as u32);
            bytes.push((f64::from(*weight) * STEPS).round() as u8);
            push_number(&mut bytes, *count);
        }
        for range in &self.sentences {
            push_number(&mut bytes, range.start as u32);
            push_number(&mut bytes, range.len() as u32);
        }
        bytes
    }

    /// The digest that was written so, with the words of these numbers.
    pub(super) fn of_bytes(
        bytes: &[u8],
        mut word_of: impl FnMut(u32) -> Option<String>,
    ) -> Option<Self> {
        let (count, mut rest) = number(bytes)?;
        let mut digest = Self::default();
        for _ in 0..count {
            let (word, after) = number(rest)?;
            let (start, after) = number(after)?;
            let (&weight, after) = after.split_first()?;
            let (count, after) = number(after)?;
            let (text, start) = (word_of(word)?, start as usize);
            let weight = f32::from(weight) / STEPS as f32;
            digest.keywords.push(DigestKeyword { text, start, weight, count });
            rest = after;
        }
        while !rest.is_empty() {
            let (sentence, after) = range(rest)?;
            digest.sentences.push(sentence);
            rest = after;
        }
        Some(digest)
    }
}

/// The numbers of the keywords in a digest as it is written, with their weights.
pub(super) fn words_of(bytes: &[u8]) -> Vec<(u32, f32)> {
    let mut words = Vec::new();
    let digest = Digest::of_bytes(bytes, |word| {
        words.push(word);
        Some(String::new())
    });
    let weights = digest.unwrap_or_default().keywords.into_iter().map(|keyword| keyword.weight);
    words.into_iter().zip(weights).collect()
}

fn range(bytes: &[u8]) -> Option<(TextRange, &[u8])> {
    let (start, rest) = number(bytes)?;
    let (len, rest) = number(rest)?;
    let end = start.checked_add(len)?;
    Some((TextRange::new(start as usize, end as usize), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{Vocabulary, analyze},
        article::{Article, SplitMode, split},
    };
    use proptest::prelude::*;

    fn article(text: &str) -> Article {
        split(text.into(), SplitMode::Off).articles.remove(0)
    }

    #[test]
    fn a_digest_is_the_best_of_an_analysis() {
        let text = "渡口的灯\n渡口的灯亮了四十年。守灯的人换了三个，渡口的灯没有灭过。新桥通了车，灯还亮着。";
        let article = article(text);
        let analysis = analyze(&article, &Vocabulary::default());
        let digest = Digest::of(&analysis);
        let mut words: Vec<String> = Vec::new();
        let bytes = digest.to_bytes(|word| {
            words.push(word.to_owned());
            words.len() as u32 - 1
        });
        let word_of = |number: u32| words.get(number as usize).cloned();
        assert_eq!(Digest::of_bytes(&bytes, word_of), Some(digest.clone()));
        assert!(
            digest.keywords.iter().all(|word| article.text[word.start..].starts_with(&word.text))
        );
        let expected: Vec<String> = analysis
            .distinct_keywords()
            .into_iter()
            .map(|keyword| keyword.text.clone())
            .take(KEYWORDS)
            .collect();
        assert_eq!(words, expected);
        assert_eq!(digest.sentences[0], analysis.sentences[analysis.order[0]].range);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            Digest::of_bytes(&bytes, |_| Some(String::new()));
        }
    }
}
