//! Whether a `.` ends a sentence.
//!
//! Between Chinese characters it does: scientific abstracts are set so. Behind Latin letters and
//! digits it is an abbreviation, a decimal point, a part of an address or the dot of a list marker
//! more often than a stop.

use super::marks::{is_han, is_pause};

/// Longest Latin word that is looked at, and longest number.
const WORD: usize = 16;
/// Abbreviations behind which a sentence goes on, in lower case.
const ABBREVIATIONS: [&str; 50] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "no", "nos", "vs", "fig", "figs", "eq",
    "eqs", "al", "ed", "eds", "vol", "vols", "pp", "ch", "sec", "ref", "refs", "inc", "ltd", "co",
    "corp", "dept", "univ", "gen", "col", "lt", "capt", "rev", "hon", "gov", "sen", "rep",
    "approx", "ca", "cf", "viz", "resp", "est", "jan", "feb", "tab", "chap",
];
/// Ends of domain names that follow a Chinese name, as in 例子.com.
const DOMAINS: [&str; 8] = ["com", "cn", "net", "org", "gov", "edu", "io", "tv"];
/// Characters that end a transliterated given name…
const NAME_ENDS: &str = "斯尔德特克姆恩翰得扎蒂丁雷莱娜莎丽亚伊森顿曼格夫奇娅卡罗拉维托伦琳诺尼迪兰弗奥汉朗普巴萨塞杰迈默思瑟";
/// …and that begin the family name behind it: 卡尔.马克思.
const NAME_STARTS: &str = "马哈威诺穆费贝布史克卡罗奥巴伯艾贾杰沃韦维乔莫麦迈摩纳尼皮普萨塞斯施泰汤托特瓦希谢休雅伊詹拉莱兰劳雷格戈古盖福弗德丹达";

/// The markers of a list with dots so far: 1. 2. or A. B.
#[derive(Default)]
pub(super) struct Markers {
    number: u32,
    letter: Option<char>,
}

impl Markers {
    /// Whether the dot at bytes `at..end` of `text` ends a sentence that begins at byte `start`.
    pub(super) fn is_stop(&mut self, text: &str, start: usize, at: usize, end: usize) -> bool {
        let before = text.get(start..at).unwrap_or_default();
        let behind = text.get(end..).unwrap_or_default();
        let next = behind.chars().next();
        match before.chars().next_back() {
            None => false,
            Some(c) if is_digit(c) => self.ends_number(before, behind, next),
            Some(c) if is_letter(c) => self.ends_word(before, behind, next),
            Some(c) if c.is_whitespace() => next.is_some_and(is_han),
            Some(c) => match next {
                Some(n) if is_han(n) => !(NAME_ENDS.contains(c) && NAME_STARTS.contains(n)),
                Some(n) if is_digit(n) => is_han(c),
                Some(n) if is_letter(n) => is_han(c) && !is_domain(behind),
                Some(n) => !is_pause(n),
                None => true,
            },
        }
    }

    fn ends_number(&mut self, before: &str, behind: &str, next: Option<char>) -> bool {
        let start = word_start(before, is_digit);
        let (rest, digits) = before.split_at(start);
        let short = short_number(digits);
        let follows = short.is_some_and(|number| number == 1 || number == self.number + 1);
        // A number behind a word counts something, unless it goes on with a list.
        let apart = match rest.trim_end().chars().next_back() {
            None => short.is_some(),
            Some('.' | '．') => false,
            // As in “总则 2. 分则”.
            Some(_) if rest.ends_with(char::is_whitespace) => follows,
            Some(c) => short.is_some() && !c.is_alphanumeric() && (follows || !is_sign(c)),
        };
        if apart || follows && rest.ends_with(is_han) && next.is_some_and(is_han) {
            self.number = short.unwrap_or_default();
            return false;
        }
        match next {
            Some(n) if is_letter(n) || is_digit(n) || is_pause(n) => false,
            Some(n) if n.is_whitespace() => begins_anew(behind),
            _ => true,
        }
    }

    fn ends_word(&mut self, before: &str, behind: &str, next: Option<char>) -> bool {
        let start = word_start(before, is_letter);
        let (rest, word) = before.split_at(start);
        let ends = match next {
            Some(n) if is_letter(n) || is_digit(n) || is_pause(n) => false,
            Some('-' | '/' | '@' | '_' | '·') => false,
            Some(n) if n.is_whitespace() => begins_anew(behind),
            None | Some(_) => true,
        };
        ends && match word.chars().next() {
            // An initial or a marker; behind Chinese text it is a name of something (维生素C.),
            // behind a number a unit.
            Some(letter) if letter.len_utf8() == word.len() => {
                let unit = rest.trim_end().ends_with(is_digit);
                let named = !self.is_marker(letter) && rest.ends_with(is_han);
                (unit || named) && next.is_some_and(is_han)
            }
            _ => !is_abbreviation(word, behind),
        }
    }

    fn is_marker(&mut self, letter: char) -> bool {
        let follows = self.letter.is_some_and(|last| last as u32 + 1 == letter as u32);
        let marker = matches!(letter, 'A' | 'a') || follows;
        if marker {
            self.letter = Some(letter);
        }
        marker
    }
}

/// Where the last characters of `text` for which `belongs` holds begin.
fn word_start(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    let word = text.chars().rev().take(WORD).take_while(|c| belongs(*c));
    text.len() - word.map(char::len_utf8).sum::<usize>()
}

/// Digits, also those of the width of a Chinese character.
fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The value of one digit or two.
fn short_number(digits: &str) -> Option<u32> {
    let value = |c: char| (c as u32).wrapping_sub(if c.is_ascii() { '0' } else { '０' } as u32);
    let short = (1..=2).contains(&digits.chars().count());
    short.then(|| digits.chars().fold(0, |number, c| number * 10 + value(c)))
}

/// Letters of scripts that write words with several of them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
}

/// Operators and units before a number that counts something.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '<'
            | '>'
            | '＝'
            | '＜'
            | '＞'
            | '≤'
            | '≥'
            | '±'
            | '+'
            | '-'
            | '~'
            | '～'
            | '/'
            | '×'
            | '('
            | '（'
    )
}

/// Whether a new sentence may begin behind white space: no small letter, no pause.
pub(super) fn begins_anew(behind: &str) -> bool {
    let next = behind.chars().find(|c| !c.is_whitespace());
    next.is_none_or(|c| !c.is_ascii_lowercase() && !is_pause(c))
}

fn is_abbreviation(word: &str, behind: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let numbered = || behind.trim_start_matches(' ').starts_with(is_digit);
    ABBREVIATIONS.contains(&word.as_str()) && (word != "no" || numbered())
}

fn is_domain(behind: &str) -> bool {
    let end = behind.bytes().take(WORD).take_while(u8::is_ascii_alphabetic).count();
    behind.get(..end).is_some_and(|word| DOMAINS.contains(&word))
}
