//! What kind of word a word is, as far as ranking cares.

use std::{collections::HashSet, hash::BuildHasherDefault, sync::LazyLock};

use rustc_hash::FxHasher;

use super::{is_letter, words_of};
use crate::{
    article::is_name,
    text::{lexicon::Lexicon, segment::Segmenter},
};

/// How far the dictionary's frequencies count for keywords: at 1 rare words, at 0 frequent words
/// of the article would win over all else.
const LEVELLED: f32 = 0.4;
/// Part of a word that is about the topic of almost every article.
const GENERIC: f32 = 0.45;
/// Part of a word that the dictionary lacks: half of them are cut wrongly.
const UNKNOWN: f32 = 0.7;
/// Part of a verb: it may name an act (翻译, 吸附) or only join two topics.
const VERB: f32 = 0.4;
/// Characters that no unknown word begins or ends with: it is cut wrongly then (值为, 这是).
const NO_BEGINNING: &str = "对与及的是在以被把将而也都并或由这那此其该想我你他她们就又再很";
const NO_END: &str = "中为对与和及了的是在等从以被把将而且也都于并或由向有不着";

/// Sum of all frequencies in the dictionary, for turning a frequency into a share.
const DICTIONARY_TOTAL: f32 = 60_000_000.0;

/// What ranking needs to know of a distinct word. Small, as it is looked up for every one.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they do not exclude each other")]
pub(super) struct Kind {
    /// Its part in keywords.
    pub place: Place,
    /// Whether it says something about the topic of its sentence.
    pub content: bool,
    /// How telling it is: −ln of its share in the dictionary's corpus; 0 for words that are not
    /// content.
    pub weight: f32,
    /// Characters.
    pub chars: u16,
    /// Letters and digits among them.
    pub letters: u16,
    /// Whether people write it or say it.
    pub register: Register,
    /// Characters as they count for the length of a phrase: of a Latin word at most three do.
    pub width: u8,
    /// Whether all its characters have three bytes, as Chinese ones do.
    pub plain: bool,
    /// Its part in the score of a keyword: the weight, levelled, with less for generic words, for
    /// verbs and for unknown words; 0 for words that carry no topic.
    pub telling: f32,
    /// Whether it says next to nothing as a keyword of its own: 发展, 产业.
    pub bare: bool,
    /// Whether it is a keyword although it is a verb: it may name an act.
    pub verb: bool,
    /// Whether the dictionary lacks it: it may be a name, or a mistake of the segmentation.
    pub unknown: bool,
}

impl Kind {
    /// The kind of no word.
    pub(super) const NONE: Self = Self {
        place: Place::Nowhere,
        content: false,
        weight: 0.0,
        chars: 0,
        letters: 0,
        register: Register::Any,
        width: 0,
        plain: false,
        telling: 0.0,
        bare: false,
        verb: false,
        unknown: false,
    };
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

/// The words of a list.
type List = HashSet<&'static str, BuildHasherDefault<FxHasher>>;

struct Lists {
    stop: List,
    bare: List,
    generic: List,
    predicates: List,
    spoken: List,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    stop: words_of(include_str!("words/stop.txt")).collect(),
    bare: words_of(include_str!("words/bare.txt")).collect(),
    generic: words_of(include_str!("words/generic.txt")).collect(),
    predicates: words_of(include_str!("words/predicates.txt")).collect(),
    spoken: words_of(include_str!("words/spoken.txt")).collect(),
});

/// What kind of word a word is. What a person says of it counts for more than the lists.
pub(super) fn kind(word: &str, lexicon: &Lexicon) -> Kind {
    let segmenter = lexicon.segmenter();
    let entry = Entry { text: word, tag: segmenter.tag(word) };
    let kind = usual_kind(&entry, segmenter);
    if lexicon.is_stop(word) {
        let place = Place::Nowhere;
        return Kind { place, content: false, weight: 0.0, telling: 0.0, ..kind };
    }
    if kind.place != Place::Nowhere || kind.chars < 2 || !segmenter.has_own(word) {
        return kind;
    }
    let telling = surprise(word, segmenter).powf(LEVELLED);
    Kind { place: Place::Alone, telling, bare: false, ..kind }
}

/// A word with its tag.
struct Entry<'a> {
    text: &'a str,
    tag: &'a str,
}

/// −ln of the share of a word in the dictionary's corpus.
fn surprise(word: &str, segmenter: &Segmenter) -> f32 {
    (DICTIONARY_TOTAL / segmenter.frequency(word) as f32).ln().max(0.1)
}

/// What the dictionary and the lists say.
fn usual_kind(entry: &Entry, segmenter: &Segmenter) -> Kind {
    // Words are short, but for runs of Latin letters.
    let count = |wanted: &dyn Fn(char) -> bool| {
        let found = entry.text.chars().filter(|c| wanted(*c)).count();
        u16::try_from(found).unwrap_or(u16::MAX)
    };
    let chars = count(&|_| true);
    let content = is_content(entry, chars);
    let place = place(entry, chars);
    // The dictionary is asked, which takes time, only where the answer counts.
    let asked = content || place != Place::Nowhere;
    let surprise = if asked { surprise(entry.text, segmenter) } else { 1.0 };
    let verb = place == Place::Alone && entry.tag.starts_with('v') && entry.tag != "vn";
    let known = match entry.tag {
        _ if is_generic(entry.text) => GENERIC,
        "x" => UNKNOWN,
        _ => 1.0,
    };
    let spoken = LISTS.spoken.contains(entry.text);
    let register = if spoken { Register::Spoken } else { Register::Any };
    let part = if verb { known * VERB } else { known };
    Kind {
        place,
        content,
        register,
        weight: if content { surprise } else { 0.0 },
        chars,
        letters: count(&|c| is_letter(c)),
        width: u8::try_from(if entry.tag == "eng" { chars.min(3) } else { chars })
            .unwrap_or(u8::MAX),
        plain: entry.text.len() == 3 * usize::from(chars),
        telling: if is_telling(entry.text) { surprise.powf(LEVELLED) * part } else { 0.0 },
        verb,
        bare: LISTS.bare.contains(entry.text),
        unknown: entry.tag == "x",
    }
}

fn is_generic(text: &str) -> bool {
    LISTS.generic.contains(text) || LISTS.bare.contains(text)
}

fn is_content(entry: &Entry, chars: u16) -> bool {
    if !is_telling(entry.text) {
        return false;
    }
    let tag = entry.tag.chars().next().unwrap_or('x');
    let telling = matches!(tag, 'n' | 'v' | 'a' | 'j' | 'i' | 'l' | 'b' | 's' | 'e' | 'x' | 'z');
    telling && entry.tag != "e" && (chars > 1 || tag == 'n')
}

/// Whether it is a word, and none that carries no topic.
fn is_telling(text: &str) -> bool {
    !LISTS.stop.contains(text) && text.chars().any(is_letter)
}

fn place(entry: &Entry, chars: u16) -> Place {
    if !is_telling(entry.text) || LISTS.predicates.contains(entry.text) {
        return Place::Nowhere;
    }
    match entry.tag {
        // Short lower-case letters are units and readings, not names.
        "eng" if chars < 4 && !entry.text.chars().any(char::is_uppercase) => Place::Nowhere,
        // The dictionary takes many a common word for a name: 平方和, 修正.
        "nr" if chars > 1 => {
            if is_name(entry.text) {
                Place::Name
            } else {
                Place::Alone
            }
        }
        "nrt" | "nrfg" if chars > 1 => Place::Name,
        "x" if entry.text.starts_with(|c| NO_BEGINNING.contains(c)) => Place::Nowhere,
        "x" if entry.text.ends_with(|c| NO_END.contains(c)) => Place::Nowhere,
        "eng" | "x" | "an" | "j" | "l" if chars > 1 => Place::Alone,
        // Names of acts among them: 翻译, 吸附.
        tag if tag.starts_with(['n', 'v']) && chars > 1 => Place::Alone,
        tag if tag.starts_with(['n', 'v', 'a', 'b', 's']) => Place::Inside,
        // What may stand before a verb is part of many a term: 自动, 仿真, 互动.
        "d" if chars > 1 => Place::Inside,
        _ => Place::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_typical_words() {
        let of = |text: &str| {
            let lexicon = Lexicon::default();
            assert_eq!(lexicon.segmenter().words(text).vocabulary, [text], "one word");
            kind(text, &lexicon)
        };
        assert_eq!(of("的").place, Place::Nowhere);
        assert_eq!(of("河流").place, Place::Alone);
        assert_eq!(of("推进").place, Place::Nowhere);
        assert!(of("推进").content);
        assert!(of("发展").telling < of("河流").telling);
        assert_eq!(of("翻译").place, Place::Alone);
        assert_eq!([of("平方和").place, of("李克强").place], [Place::Alone, Place::Name]);
        assert_eq!([of("链").place, of("互动").place], [Place::Inside; 2]);
        assert!(of("表示").weight == 0.0 && of("芯片").weight > of("城市").weight);
    }
}
