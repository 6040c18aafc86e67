//! Pinyin glosses, such as 準(zhǔn): readings that a conversion between encodings or scripts left
//! behind characters which nobody asked to have read out.
//!
//! A gloss is taken for one only when it is a reading of the very character before it, and taken
//! out of articles only where a page has several: a single one was set on purpose, to help with a
//! rare character.

use pinyin::{Pinyin, ToPinyinMulti};

use super::chars::{has_byte, is_han, is_toned};
use crate::text::{fold::simplified, range::TextRange};

/// So many glosses on a page were not written by a person.
const ENOUGH: usize = 5;
/// Letters of the longest syllable with its tone, and one to spare.
const LETTERS: usize = 7;

/// A syllable with its tone in brackets behind a Chinese character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gloss {
    /// First byte of the character.
    pub(super) base: usize,
    /// The brackets and what is between them.
    pub(super) range: TextRange,
    /// Whether the syllable is a reading of the character. If not, the character is not the one
    /// that was there.
    pub(super) fits: bool,
}

/// The glosses of `text` that are to be left out of its articles, in order; none where there are
/// not enough of them. Text without letters that have a tone costs a look at each of its bytes.
pub(super) fn superfluous(text: &str) -> Vec<TextRange> {
    if !has_byte(text, may_begin_tone) {
        return Vec::new();
    }
    let fitting = glosses(text).filter(|gloss| gloss.fits).map(|gloss| gloss.range);
    let found: Vec<TextRange> = fitting.collect();
    if found.len() < ENOUGH { Vec::new() } else { found }
}

/// Whether a letter with a tone may begin with `byte`, as hardly a character of a Chinese text does.
#[inline]
fn may_begin_tone(byte: u8) -> bool {
    (0xC3..=0xC7).contains(&byte) || byte == 0xE1
}

/// All glosses of `text`, in order, those that do not fit their character too. A gloss behind one
/// that fits belongs to the same character.
pub(super) fn glosses(text: &str) -> impl Iterator<Item = Gloss> {
    let mut before: Option<Gloss> = None;
    brackets(text).filter_map(move |at| {
        let (range, syllable) = toned_syllable(text, at)?;
        let again = before.filter(|gloss| gloss.fits && gloss.range.end == at);
        let end = again.map_or(at, |gloss| gloss.range.start);
        let character = text.get(..end)?.chars().next_back().filter(|&c| is_han(c))?;
        let base = end - character.len_utf8();
        let fits = reads(character, &syllable) || reads(simplified(character), &syllable);
        let gloss = Gloss { base, range, fits };
        before = Some(gloss);
        (fits || is_syllable(&syllable)).then_some(gloss)
    })
}

/// Where brackets open, ASCII or full-width.
fn brackets(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let opens = |&(at, &byte): &(usize, &u8)| {
        byte == b'(' || byte == 0xEF && bytes.get(at + 1..at + 3) == Some(&[0xBC, 0x88])
    };
    bytes.iter().enumerate().filter(opens).map(|(at, _)| at)
}

/// The bracket that opens at `at`, if it holds letters of pinyin only, one of them with a tone.
fn toned_syllable(text: &str, at: usize) -> Option<(TextRange, String)> {
    let rest = text.get(at..)?;
    let mut syllable = String::new();
    for (offset, c) in rest.char_indices().skip(1).take(LETTERS + 1) {
        if c == ')' || c == '）' {
            let range = TextRange::new(at, at + offset + c.len_utf8());
            return syllable.chars().any(is_toned).then_some((range, syllable));
        }
        syllable.push(letter(c)?);
    }
    None
}

/// A letter of pinyin, in one form where it has two.
pub(super) fn letter(c: char) -> Option<char> {
    match c {
        'ɡ' => Some('g'),
        'ɑ' => Some('a'),
        'a'..='z' | 'ü' => Some(c),
        _ => is_toned(c).then_some(c),
    }
}

/// Whether `syllable` is one of the readings of `c`.
fn reads(c: char, syllable: &str) -> bool {
    let readings = c.to_pinyin_multi().into_iter().flatten();
    readings.map(Pinyin::with_tone).any(|reading| reading == syllable)
}

/// Whether letters with one tone can be a syllable of Mandarin: café has a tone and is none.
pub(super) fn is_syllable(letters: &str) -> bool {
    const INITIALS: [&str; 23] = [
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x",
        "r", "z", "c", "s", "y", "w",
    ];
    const FINALS: [&str; 36] = [
        "a", "o", "e", "i", "u", "ü", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ue", "üe", "er",
        "an", "en", "in", "un", "ang", "eng", "ing", "ong", "ia", "iao", "ian", "iang", "iong",
        "ua", "uo", "uai", "uan", "uang", "ê", "üan",
    ];
    let tones = letters.chars().filter(|&c| is_toned(c)).count();
    let plain: String = letters.chars().map(without_tone).collect();
    let initial = INITIALS.iter().find_map(|initial| plain.strip_prefix(initial));
    let rest = initial.filter(|rest| !rest.is_empty()).unwrap_or(&plain);
    tones == 1 && FINALS.contains(&rest)
}

fn without_tone(c: char) -> char {
    const TONES: [(&str, char); 6] =
        [("āáǎà", 'a'), ("ēéěè", 'e'), ("īíǐì", 'i'), ("ōóǒò", 'o'), ("ūúǔù", 'u'), ("ǖǘǚǜ", 'ü')];
    TONES.iter().find(|(toned, _)| toned.contains(c)).map_or(c, |&(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn left(text: &str) -> String {
        let (mut left, mut at) = (String::new(), 0);
        for range in superfluous(text) {
            left.push_str(&text[at..range.start]);
            at = range.end;
        }
        left + &text[at..]
    }

    #[test]
    fn glosses_are_left_out_and_other_brackets_are_not() {
        let many = "準(zhǔn)接(jiē)動(dòng)產(chǎn)業(yè)";
        for (text, kept) in [
            ("", ""),
            ("工(經(jīng))信", "工(經)信"),
            ("開（kāi）業", "開業"),
            ("開(kāi)(kāi)業", "開業"),
            ("開(kāi)(經信)", "開(經信)"),
            ("綠(lǜ)長(zhǎng)長(cháng)", "綠長長"),
            ("同(tónɡ)心", "同心"),
            ("經(jì)濟(Apollo)6000臺(套)", "經(jì)濟(Apollo)6000臺(套)"),
            ("咖啡(café)(kāi)了(le)", "咖啡(café)(kāi)了(le)"),
            ("開(kāi", "開(kāi"),
        ] {
            assert_eq!(left(&format!("{many}{text}")), format!("準接動產業{kept}"));
        }
    }

    #[test]
    fn letters_with_a_tone_are_told_by_their_first_byte() {
        let toned = ('\0'..=char::MAX).filter(|&c| is_toned(c));
        assert!(toned.map(String::from).all(|c| may_begin_tone(c.as_bytes()[0])));
    }

    #[test]
    fn few_glosses_were_set_on_purpose() {
        let text = "噀(xùn)水，寯(jùn)才，準(zhǔn)接(jiē)。";
        assert_eq!(left(text), text);
    }

    #[test]
    fn a_gloss_that_does_not_fit_is_told() {
        let found: Vec<bool> = glosses("蝿(wù)經(jīng)咖(café)").map(|gloss| gloss.fits).collect();
        assert_eq!(found, [false, true]);
    }

    #[test]
    fn syllables() {
        for yes in ["zhǔn", "ān", "ér", "lüè", "nǚ", "xiōng", "zhuàng", "wù", "yīng"] {
            assert!(is_syllable(yes), "{yes}");
        }
        for no in ["café", "zh", "zhun", "āā", "é́x", "", "bzǎ"] {
            assert!(!is_syllable(no), "{no}");
        }
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_begin_behind_their_character(
            text in "([經準開一(（)）a]|kāi|jīng|\\(jīng\\)|準\\(zhǔn\\)){0,30}",
        ) {
            let mut at = 0;
            for gloss in glosses(&text) {
                prop_assert!(at <= gloss.range.start && gloss.base < gloss.range.start);
                prop_assert!(!gloss.range.of(&text).is_empty());
                at = gloss.range.end;
            }
        }
    }
}
