//! Words of a text, with their place and part of speech.

use std::{collections::HashMap, iter, sync::OnceLock};

use jieba_rs::{Jieba, Token};

use super::{
    range::{TextRange, character_at},
    words::{Key, Numbering},
};

/// The segmentation dictionary with its model for words that it does not know.
pub struct Segmenter {
    jieba: Jieba,
    /// The tags of the words that a person added.
    own: HashMap<String, String>,
}

/// A word that a person adds to the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWord {
    /// The word.
    pub text: String,
    /// How often it stands in a corpus of the size of the dictionary's: the more often, the rather
    /// it is cut so. When `None`, often enough to be kept whole.
    pub frequency: Option<usize>,
    /// Its part of speech, as in [`Segmenter::tag`].
    pub tag: String,
}

/// Frequency of a person's own words for telling how much they say: that of a rare word of the
/// dictionary, as the frequency they are given is for the cutting.
const OWN_FREQUENCY: usize = 3;

/// Longest piece in bytes that is cut into words at once. What that takes is 50 bytes for each byte of a
/// run of letters.
const PIECE: usize = 64 * 1024;

/// Distinct words that there is room for from the beginning: more come only in long texts.
const FEW_WORDS: usize = 4096;

/// One word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its place in the text.
    pub range: TextRange,
    /// Index into [`Words::vocabulary`].
    pub id: u32,
}

/// A text cut into words.
#[derive(Debug, Default)]
pub struct Words<'a> {
    /// The words in order; together they are the whole text.
    pub words: Vec<Word>,
    /// The distinct words in order of their first place.
    pub vocabulary: Vec<&'a str>,
    /// What each of them is looked up by.
    pub keys: Vec<Key>,
}

impl Segmenter {
    /// The dictionary of the process, loaded at the first call: about 0.1 s of processor time, so
    /// never on the thread that draws.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Segmenter> = OnceLock::new();
        SHARED.get_or_init(|| Self { jieba: Jieba::new(), own: HashMap::new() })
    }

    /// A dictionary with these words too; takes as long to load as [`Segmenter::shared`].
    pub fn with_words(words: &[OwnWord]) -> Self {
        let mut jieba = Jieba::new();
        let mut own = HashMap::new();
        for OwnWord { text, frequency, tag } in words {
            jieba.add_word(text, *frequency, Some(tag));
            own.insert(text.clone(), tag.clone());
        }
        Self { jieba, own }
    }

    /// Whether a character can be part of a word of several characters.
    pub fn joins(c: char) -> bool {
        let han = matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2A6DF}' | '\u{2A700}'..='\u{2EBEF}'
            | '\u{2F800}'..='\u{2FA1F}');
        han || c.is_ascii_alphanumeric() || "+#&._%-".contains(c)
    }

    /// Whether a person added `word`.
    pub fn has_own(&self, word: &str) -> bool {
        self.own.contains_key(word)
    }

    /// Cuts `text` into words, proper names and other unknown words by the hidden Markov model.
    /// Linear in the length of the text; besides the words it takes memory for a piece of the text only.
    pub fn words<'a>(&'a self, text: &'a str) -> Words<'a> {
        let mut words = Vec::new();
        let mut numbering: Option<Numbering<'a>> = None;
        let mut start = 0;
        for piece in pieces(text, PIECE) {
            let tokens = self.jieba.cut(piece, true);
            let room = tokens.len().min(FEW_WORDS);
            let numbering = numbering.get_or_insert_with(|| Numbering::with_capacity(room));
            let word = |token: &Token<'a>| {
                let range = TextRange::new(start + token.byte_start, start + token.byte_end);
                let key = Key::at(text, range.start, token.word.len());
                Word { range, id: numbering.number(token.word, key) }
            };
            words.extend(tokens.iter().map(word));
            start += piece.len();
        }
        let (vocabulary, keys) = numbering.map(Numbering::into_words).unwrap_or_default();
        Words { words, vocabulary, keys }
    }

    /// Whether the dictionary has `word`.
    pub fn knows(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }

    /// How often the dictionary's corpus has `word`; at least 1.
    pub fn frequency(&self, word: &str) -> usize {
        if self.has_own(word) {
            return OWN_FREQUENCY;
        }
        if self.knows(word) { self.jieba.suggest_freq(word).max(1) } else { 1 }
    }

    /// The part of speech of a word after the tag set of ICTCLAS as the dictionary has it (`n`,
    /// `vn`, `ns` …); `x` for a word that the dictionary lacks, `m` if it is of digits and `eng` if
    /// it has Latin letters.
    pub fn tag<'a>(&'a self, word: &'a str) -> &'a str {
        if let Some(tag) = self.own.get(word) {
            return tag;
        }
        if !self.knows(word) {
            return if word.bytes().all(|b| b.is_ascii_digit()) {
                "m"
            } else if word.bytes().any(|b| b.is_ascii_alphabetic()) {
                "eng"
            } else {
                "x"
            };
        }
        // Asked only for words that it has, it leaves its model for unknown words unloaded, which
        // takes as long as a third of the dictionary.
        match self.jieba.tag(word, false).as_slice() {
            [only] => only.tag,
            _ => "x",
        }
    }
}

/// The pieces of a text, of `most` bytes at most but never less than a character. They end where words do
/// anyway; only a run that is longer than a piece is broken elsewhere.
fn pieces(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        if end > most {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let head = &rest[..character_at(rest, most.max(first))];
            // A carriage return and its line feed are one word.
            let is_half = |at: usize| rest.as_bytes().get(at..at + 2) == Some(b"\r\n");
            let ends_words = |(at, c): &(usize, char)| !Segmenter::joins(*c) && !is_half(*at);
            let last = head.char_indices().rfind(ends_words);
            end = last.map_or(head.len(), |(at, c)| at + c.len_utf8());
        }
        let (piece, others) = rest.split_at(end);
        rest = others;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_carry_place_and_tag() {
        let text = "北京的春天来了，GDP增长3.5%。";
        let cut = Segmenter::shared().words(text);
        let word = |at: usize| {
            let word = cut.words[at];
            let tag = Segmenter::shared().tag(cut.vocabulary[word.id as usize]);
            (word.range.of(text), tag)
        };
        assert_eq!(word(0), ("北京", "ns"));
        assert_eq!(word(2), ("春天", "t"));
        assert!(cut.vocabulary.contains(&"GDP") && Segmenter::shared().tag("GDP") == "eng");
    }

    proptest! {
        #[test]
        fn words_are_the_whole_text(text in "[一-龥a-z0-9，。\n ]{0,60}|\\PC{0,40}") {
            let cut = Segmenter::shared().words(&text);
            let whole: String = cut.words.iter().map(|word| word.range.of(&text)).collect();
            prop_assert_eq!(whole, text.as_str());
        }

        #[test]
        fn words_of_pieces_are_the_words_of_the_text(text in "([一-龥a-z0-9]{0,9}(\r\n|[，。 \n\r])){0,30}") {
            let jieba = &Segmenter::shared().jieba;
            let all: Vec<&str> = jieba.cut(&text, true).iter().map(|token| token.word).collect();
            let in_pieces: Vec<&str> = pieces(&text, 40)
                .inspect(|piece| assert!(piece.len() <= 40))
                .flat_map(|piece| jieba.cut(piece, true))
                .map(|token| token.word)
                .collect();
            prop_assert_eq!(in_pieces, all);
        }

        #[test]
        fn pieces_are_the_whole_text(text in "\\PC{0,80}", most in 0..30_usize) {
            prop_assert_eq!(pieces(&text, most).collect::<String>(), text);
        }
    }
}
