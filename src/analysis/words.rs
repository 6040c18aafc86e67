//! What kind of word a word is, as far as ranking cares.

use std::{collections::HashSet, sync::LazyLock};

use super::words_of;
use crate::text::segment::{Entry, Segmenter, Words};

/// Sum of all frequencies in the dictionary, for turning a frequency into a share.
const DICTIONARY_TOTAL: f64 = 60_000_000.0;

/// What ranking needs to know of a distinct word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Kind {
    /// Its part in keywords.
    pub place: Place,
    /// Whether it says something about the topic of its sentence.
    pub content: bool,
    /// How telling it is: −ln of its share in the dictionary's corpus; 0 for words that are not
    /// content.
    pub weight: f64,
    /// Characters.
    pub chars: usize,
    /// Factor for a keyword that has it: below 1 for generic and for unknown words.
    pub damp: f64,
    /// Whether people write it or say it.
    pub register: Register,
    /// Whether the dictionary lacks it: it may be a name, or a mistake of the segmentation.
    pub unknown: bool,
}

/// Where a word belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Register {
    /// In any text.
    Any,
    /// In speech.
    Spoken,
}

/// A word's part in keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A keyword of its own, or part of a phrase.
    Alone,
    /// Only part of a phrase.
    Inside,
    /// A person's name: a keyword, never part of a phrase.
    Name,
    /// Never.
    Nowhere,
}

struct Lists {
    stop: HashSet<&'static str>,
    generic: HashSet<&'static str>,
    predicates: HashSet<&'static str>,
    spoken: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    stop: words_of(include_str!("words/stop.txt")).collect(),
    generic: words_of(include_str!("words/generic.txt")).collect(),
    predicates: words_of(include_str!("words/predicates.txt")).collect(),
    spoken: words_of(include_str!("words/spoken.txt")).collect(),
});

/// The kinds of all distinct words, by id.
pub(super) fn kinds(words: &Words, segmenter: &Segmenter) -> Vec<Kind> {
    words.vocabulary.iter().map(|entry| kind(entry, segmenter)).collect()
}

fn kind(entry: &Entry, segmenter: &Segmenter) -> Kind {
    let chars = entry.text.chars().count();
    let content = is_content(entry, chars);
    let place = if content { place(entry, chars) } else { Place::Nowhere };
    let weight = if content {
        (DICTIONARY_TOTAL / segmenter.frequency(entry.text) as f64).ln().max(0.1)
    } else {
        0.0
    };
    let damp = match entry.tag {
        _ if LISTS.generic.contains(entry.text) => 0.4,
        "x" => 0.7,
        _ => 1.0,
    };
    let spoken = LISTS.spoken.contains(entry.text);
    let register = if spoken { Register::Spoken } else { Register::Any };
    Kind { place, content, weight, chars, damp, register, unknown: entry.tag == "x" }
}

fn is_content(entry: &Entry, chars: usize) -> bool {
    if LISTS.stop.contains(entry.text) || !entry.text.chars().any(char::is_alphanumeric) {
        return false;
    }
    let tag = entry.tag.chars().next().unwrap_or('x');
    let telling = matches!(tag, 'n' | 'v' | 'a' | 'j' | 'i' | 'l' | 'b' | 's' | 'e' | 'x' | 'z');
    telling && entry.tag != "e" && (chars > 1 || tag == 'n')
}

fn place(entry: &Entry, chars: usize) -> Place {
    if LISTS.predicates.contains(entry.text) {
        return Place::Nowhere;
    }
    match entry.tag {
        // Short lower-case letters are units and readings, not names.
        "eng" if chars < 4 && !entry.text.chars().any(char::is_uppercase) => Place::Nowhere,
        "nr" | "nrt" | "nrfg" if chars > 1 => Place::Name,
        "eng" | "x" | "vn" | "an" | "j" | "l" if chars > 1 => Place::Alone,
        tag if tag.starts_with('n') && chars > 1 => Place::Alone,
        tag if tag.starts_with(['n', 'v', 'a', 'b', 's']) => Place::Inside,
        _ => Place::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_typical_words() {
        let of = |text: &str| {
            let segmenter = Segmenter::shared();
            let words = segmenter.words(text);
            assert_eq!(words.vocabulary.len(), 1, "{text} is one word");
            kinds(&words, segmenter)[0]
        };
        assert_eq!(of("的").place, Place::Nowhere);
        assert_eq!(of("河流").place, Place::Alone);
        assert_eq!(of("推进").place, Place::Nowhere);
        assert!(of("推进").content);
        assert!(of("发展").damp < 1.0);
        assert!(of("表示").weight == 0.0 && of("芯片").weight > of("城市").weight);
    }
}
