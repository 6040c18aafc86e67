//! The words that a text is cut into: the dictionary that is part of the program, with what a
//! person adds to it.
//!
//! A person's words are written as jieba has them, `word [frequency] [tag]`, one on a line. They
//! are kept whole, and they can be keywords. A person's stop words, one on a line, count for
//! nothing, alone and as a phrase. In both files a line that begins with `#` is a comment. As
//! traditional text is read as simplified, words are taken in both forms.

use std::{
    collections::HashSet,
    fmt,
    hash::{Hash, Hasher},
    sync::OnceLock,
};

use rustc_hash::FxHasher;

use super::{
    fold,
    segment::{OwnWord, Segmenter},
};
use crate::lang::Lang;

/// The largest frequency; a dictionary has 60 million words in all.
const MOST_FREQUENT: usize = 1_000_000_000;
/// The tag of a word that is given none, or that of words that nobody knows: it names something.
const NOUN: &str = "n";

/// The dictionary and the stop words of the program, with those of a person.
#[derive(Default)]
pub struct Lexicon {
    words: Vec<OwnWord>,
    /// In lower case.
    stop: HashSet<String>,
    /// The dictionary with the words of the person, once it is needed.
    own: OnceLock<Segmenter>,
}

/// A line of a person's file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: MistakeKind,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// It is not UTF-8.
    NotUtf8,
    /// A frequency that is no number, or too large.
    Frequency(String),
    /// A tag that is not of letters.
    Tag(String),
    /// More than word, frequency and tag.
    Fields,
    /// A word with a character that is part of no word.
    Separated(String, char),
}

impl Lexicon {
    /// With the words of a dictionary file.
    ///
    /// ```
    /// use zhaidu::text::lexicon::Lexicon;
    ///
    /// let lexicon = Lexicon::default().with_dictionary("# 水务\n治水云 100 nz\n".as_bytes())?;
    /// let text = "治水云上线了";
    /// assert_eq!(lexicon.segmenter().words(text).words[0].range.of(text), "治水云");
    /// # Ok::<(), zhaidu::text::lexicon::Mistake>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first line that cannot be used.
    pub fn with_dictionary(mut self, bytes: &[u8]) -> Result<Self, Mistake> {
        for (line, text) in lines(bytes) {
            let word = text.and_then(word).map_err(|kind| Mistake { line, kind })?;
            let Some(word) = word else { continue };
            let folded = fold::folded(&word.text).into_owned();
            if folded != word.text {
                self.words.push(OwnWord { text: folded, ..word.clone() });
            }
            self.words.push(word);
        }
        self.own = OnceLock::new();
        Ok(self)
    }

    /// With the words of a file of stop words.
    ///
    /// # Errors
    ///
    /// The first line that cannot be used.
    pub fn with_stop_words(mut self, bytes: &[u8]) -> Result<Self, Mistake> {
        for (line, text) in lines(bytes) {
            let text = text.map_err(|kind| Mistake { line, kind })?;
            let word = text.split_once(" #").map_or(text, |(word, _)| word).trim();
            if !word.is_empty() && !word.starts_with('#') {
                self.stop.insert(fold::folded(word).to_lowercase());
                self.stop.insert(word.to_lowercase());
            }
        }
        Ok(self)
    }

    /// What a person added, as one number: another one whenever words or stop words differ.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for OwnWord { text, frequency, tag } in &self.words {
            (text, frequency, tag).hash(&mut hasher);
        }
        let mut stop: Vec<&String> = self.stop.iter().collect();
        stop.sort_unstable();
        stop.hash(&mut hasher);
        hasher.finish()
    }

    /// What cuts texts into words. The first call loads the dictionary; see
    /// [`Segmenter::shared`].
    pub fn segmenter(&self) -> &Segmenter {
        match self.words.as_slice() {
            [] => Segmenter::shared(),
            words => self.own.get_or_init(|| Segmenter::with_words(words)),
        }
    }

    /// Whether a word or phrase is one of the person's stop words.
    pub fn is_stop(&self, word: &str) -> bool {
        !self.stop.is_empty()
            && (self.stop.contains(word) || self.stop.contains(&word.to_lowercase()))
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon")
            .field("words", &self.words)
            .field("stop", &self.stop)
            .finish_non_exhaustive()
    }
}

/// The lines with their numbers.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, Result<&str, MistakeKind>)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = |line| std::str::from_utf8(line).map_err(|_| MistakeKind::NotUtf8);
    (1..).zip(bytes.split(|byte| *byte == b'\n').map(text))
}

/// The word on a line of a dictionary; none on a blank line and in a comment.
fn word(line: &str) -> Result<Option<OwnWord>, MistakeKind> {
    let mut fields = line.split_whitespace();
    let Some(text) = fields.next().filter(|text| !text.starts_with('#')) else { return Ok(None) };
    if let Some(c) = text.chars().find(|c| !Segmenter::joins(*c)) {
        return Err(MistakeKind::Separated(text.to_owned(), c));
    }
    let is_tag = |field: &&str| field.bytes().all(|b| b.is_ascii_alphabetic());
    let mut fields = fields.peekable();
    let frequency = match fields.next_if(|field| !is_tag(field)) {
        Some(field) => {
            let number = field.parse().ok().filter(|number| *number <= MOST_FREQUENT);
            Some(number.ok_or_else(|| MistakeKind::Frequency(field.to_owned()))?)
        }
        None => None,
    };
    let tag = match fields.next() {
        Some(tag) if !is_tag(&tag) => return Err(MistakeKind::Tag(tag.to_owned())),
        None | Some("x") => NOUN,
        Some(tag) => tag,
    };
    if fields.next().is_some() {
        return Err(MistakeKind::Fields);
    }
    Ok(Some(OwnWord { text: text.to_owned(), frequency, tag: tag.to_owned() }))
}

impl Mistake {
    /// What is wrong and what to do, in one line; not sanitised.
    pub fn message(&self, lang: Lang) -> String {
        let form = lang.of("每行为：词 [词频] [词性]", "a line is: word [frequency] [tag]");
        match (&self.kind, lang) {
            (MistakeKind::NotUtf8, Lang::Zh) => "不是 UTF-8；请另存为 UTF-8".to_owned(),
            (MistakeKind::NotUtf8, Lang::En) => "not UTF-8; save the file as UTF-8".to_owned(),
            (MistakeKind::Frequency(found), Lang::Zh) => {
                format!("词频 {found} 不是 {MOST_FREQUENT} 以内的整数；{form}")
            }
            (MistakeKind::Frequency(found), Lang::En) => {
                format!("{found} is no whole number up to {MOST_FREQUENT}; {form}")
            }
            (MistakeKind::Tag(found), Lang::Zh) => format!("词性 {found} 不是字母；{form}"),
            (MistakeKind::Tag(found), Lang::En) => format!("{found} is no tag of letters; {form}"),
            (MistakeKind::Fields, Lang::Zh) => format!("多于三项；{form}"),
            (MistakeKind::Fields, Lang::En) => format!("more than three fields; {form}"),
            (MistakeKind::Separated(word, c), Lang::Zh) => {
                format!("词 {word} 中的 {c} 总会把词断开；请去掉它")
            }
            (MistakeKind::Separated(word, c), Lang::En) => {
                format!("{c} in the word {word} always ends a word; leave it out")
            }
        }
    }
}

/// `line: message` in English, for logs and tests; not sanitised.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message(Lang::En))
    }
}

impl std::error::Error for Mistake {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words of a text and their tags.
    fn cut(lexicon: &Lexicon, text: &str) -> Vec<String> {
        let words = lexicon.segmenter().words(text);
        let tag = |id: u32| lexicon.segmenter().tag(words.vocabulary[id as usize]);
        words.words.iter().map(|word| format!("{}/{}", word.range.of(text), tag(word.id))).collect()
    }

    #[test]
    fn words_of_a_person_stay_whole() {
        let file =
            "\u{FEFF}# 注释\n\n治水云\r\n云上渡口 20\n发展 vn\n柳塘通 3 nz\n舊書庫\nC+-9 5 x\n";
        let lexicon = Lexicon::default().with_dictionary(file.as_bytes()).expect("a dictionary");
        for (text, first) in [
            ("治水云上线了", "治水云/n"),
            ("云上渡口", "云上渡口/n"),
            ("发展", "发展/vn"),
            ("柳塘通", "柳塘通/nz"),
            ("旧书库里", "旧书库/n"),
            ("舊書庫裡", "舊書庫/n"),
            ("C+-9", "C+-9/n"),
        ] {
            assert_eq!(cut(&lexicon, text)[0], first);
        }
        assert!(cut(&Lexicon::default(), "治水云上线了")[0] != "治水云/n");
    }

    #[test]
    fn stop_words_have_both_forms_and_every_case() {
        let file = "# 注释\n臺灣\nThe  # article\n\nC#\n";
        let lexicon = Lexicon::default().with_stop_words(file.as_bytes()).expect("stop words");
        assert!(["臺灣", "台湾", "the", "THE", "c#"].iter().all(|word| lexicon.is_stop(word)));
        assert!(["", "注释", "article", "湾"].iter().all(|word| !lexicon.is_stop(word)));
    }

    #[test]
    fn a_line_that_cannot_be_used_is_named() {
        for (line, told) in [
            ("甲乙 -1", "2: -1 is no whole number up to 1000000000"),
            ("甲乙 1000000001", "2: 1000000001 is no whole"),
            ("甲乙 3 名", "2: 名 is no tag of letters"),
            ("甲乙 n 3", "2: more than three fields"),
            ("甲乙 3 n 4", "2: more than three fields"),
            ("甲·乙", "2: · in the word 甲·乙 always ends a word"),
        ] {
            let found = Lexicon::default().with_dictionary(format!("丙丁\n{line}").as_bytes());
            let mistake = found.expect_err(line);
            assert!(mistake.to_string().starts_with(told), "{mistake}");
            assert!(!mistake.message(Lang::Zh).is_empty());
        }
        let mistake = Lexicon::default().with_stop_words(b"\xB5\xC4").expect_err("GBK");
        assert_eq!(mistake.kind, MistakeKind::NotUtf8);
    }

    proptest! {
        #[test]
        fn any_file_is_read(bytes in prop::collection::vec(any::<u8>(), 0..80), text: String) {
            for bytes in [bytes.as_slice(), text.as_bytes()] {
                let _ = Lexicon::default().with_dictionary(bytes);
                let _ = Lexicon::default().with_stop_words(bytes);
            }
        }
    }
}
