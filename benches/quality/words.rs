//! Which words count: for the methods that the program is compared with, and in headlines.

use std::{collections::HashSet, sync::LazyLock};

use zhaidu::text::segment::Segmenter;

/// Sum of all frequencies in the dictionary, for turning a frequency into a share.
const DICTIONARY_TOTAL: f64 = 60_000_000.0;

/// Words without a topic: the list of the program, so that no method is better off by its list.
static STOP: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../src/analysis/words/stop.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// What sort of word a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sort {
    /// Whether it says something about the topic of its sentence.
    pub(crate) content: bool,
    /// Whether it names something, so that it may be a keyword by itself.
    pub(crate) names: bool,
    /// −ln of its share in the dictionary's corpus; words that the dictionary lacks count as seen
    /// once.
    pub(crate) rarity: f64,
}

impl Sort {
    /// By the word and its tag.
    pub(crate) fn of(text: &&str) -> Self {
        let tag = Segmenter::shared().tag(text);
        let chars = text.chars().count();
        let content = is_content(text, tag) && (chars > 1 || tag.starts_with('n'));
        let names = content && chars > 1 && (tag.starts_with('n') || NAMING.contains(&tag));
        let share = Segmenter::shared().frequency(text) as f64 / DICTIONARY_TOTAL;
        Self { content, names, rarity: -share.ln() }
    }
}

/// Tags of words other than nouns that name something: nouns made of verbs and adjectives,
/// abbreviations, set phrases, Latin words, words that the dictionary lacks.
const NAMING: [&str; 6] = ["vn", "an", "j", "l", "eng", "x"];

/// Whether a word has a topic, by its tag: nouns, verbs, adjectives, abbreviations, idioms, places,
/// Latin words, and words that the dictionary lacks.
fn is_content(text: &str, tag: &str) -> bool {
    let telling =
        tag == "eng" || tag.starts_with(['n', 'v', 'a', 'j', 'i', 'l', 'b', 's', 'x', 'z']);
    telling && has_topic(text)
}

/// Whether a word has letters and is none of those without a topic.
fn has_topic(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !STOP.contains(text)
}

/// What keywords can know of a headline: its words of two characters or more that stand in the text
/// too and name something: nouns, names, nouns of acts, abbreviations, set phrases, Latin words,
/// and words that the dictionary lacks, as most such are names.
pub(crate) fn headline_words(headline: &str, text: &str) -> Vec<String> {
    let names = |word: &str| {
        let tag = Segmenter::shared().tag(word);
        tag.starts_with('n') || ["vn", "eng", "j", "l", "i", "x"].contains(&tag)
    };
    let mut words = words_of(&[headline]);
    words.retain(|word| names(word) && text.contains(word.as_str()));
    words
}

/// The words of two characters or more, with a letter among them, that phrases are cut into, each
/// once.
pub(crate) fn words_of<S: AsRef<str>>(phrases: &[S]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for phrase in phrases {
        let cut = Segmenter::shared().words(phrase.as_ref());
        let long =
            |word: &&&str| word.chars().count() > 1 && word.chars().any(char::is_alphanumeric);
        for word in cut.vocabulary.iter().filter(long) {
            if words.iter().all(|other| other != word) {
                words.push((*word).to_owned());
            }
        }
    }
    words
}
