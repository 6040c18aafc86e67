//! Line breaking classes of CLREQ, coarser than those of UAX #14.

use crate::text::width::Widths;

/// What the rules need to know of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Opening quotation marks and brackets.
    Open,
    /// Closing quotation marks and brackets.
    Close,
    /// Pause and stop marks.
    Stop,
    /// Interpuncts, connector marks: never first in a row.
    Middle,
    /// Solidus, no-break space: neither first nor last in a row.
    Glue,
    /// Dashes and ellipses: runs stay whole and are never first in a row.
    Run,
    /// Signs before a number.
    Prefix,
    /// Signs after a number.
    Suffix,
    /// Letters, digits and signs of words that stay whole.
    Word,
    /// Han, kana and everything else that may stand alone.
    Ideograph,
    /// White space.
    Space,
}

impl Class {
    /// Whether a row may begin with it.
    pub(super) fn may_begin(self) -> bool {
        matches!(self, Self::Open | Self::Prefix | Self::Word | Self::Ideograph)
    }

    /// Whether it is more than punctuation.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Word | Self::Ideograph | Self::Suffix)
    }
}

/// What stands around a character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// Class and base of the unit before it.
    pub(super) before: Option<(Class, char)>,
    /// The character after it.
    pub(super) next: Option<char>,
}

impl Around {
    /// Whether a word goes on right before and right behind.
    fn is_inside_word(self) -> bool {
        matches!(self.before, Some((Class::Word | Class::Suffix, _)))
            && self.next.is_some_and(is_narrow_word)
    }

    fn is_inside_number(self) -> bool {
        self.follows_digit() && self.next.is_some_and(is_digit)
    }

    fn follows_digit(self) -> bool {
        self.before.is_some_and(|(_, c)| is_digit(c))
    }

    fn follows_word(self) -> bool {
        matches!(self.before, Some((Class::Word, _)))
    }

    /// Whether Chinese text stands right before it.
    fn follows_text(self) -> bool {
        matches!(self.before, Some((Class::Ideograph | Class::Close | Class::Suffix, _)))
    }
}

/// Quotation marks that look the same at both ends; what is open in the paragraph so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quotes {
    double: bool,
    single: bool,
}

impl Quotes {
    /// Opens and closes in turn.
    fn double(&mut self) -> Class {
        self.double = !self.double;
        if self.double { Class::Open } else { Class::Close }
    }

    /// A single one between letters is an apostrophe, and one right behind a word closes.
    fn single(&mut self, around: Around) -> Class {
        if around.is_inside_word() {
            return Class::Word;
        }
        let opens = !self.single && !around.follows_word() && around.next.is_some_and(|c| c != ' ');
        self.single = opens;
        if opens { Class::Open } else { Class::Close }
    }
}

/// The class of `c` where it stands.
pub(super) fn class(c: char, around: Around, quotes: &mut Quotes) -> Class {
    match c {
        '’' if around.is_inside_word() => Class::Word,
        '（' | '「' | '『' | '《' | '〈' | '【' | '〔' | '［' | '｛' | '〖' | '〘' | '〚'
        | '〝' | '“' | '‘' | '«' | '‹' | '｢' | '｟' | '⦅' | '﹙' | '﹛' | '﹝' | '﹁' | '﹃'
        | '(' | '[' | '{' => Class::Open,
        '）' | '」' | '』' | '》' | '〉' | '】' | '〕' | '］' | '｝' | '〗' | '〙' | '〛'
        | '〞' | '〟' | '”' | '’' | '»' | '›' | '｣' | '｠' | '⦆' | '﹚' | '﹜' | '﹞' | '﹂'
        | '﹄' | ')' | ']' | '}' => Class::Close,
        '"' | '＂' => quotes.double(),
        '\'' | '＇' => quotes.single(around),
        // Times and numbers in full-width signs.
        '：' | '．' | '·' | '・' | '‧' | '–' | '－' | '／' if around.is_inside_number() => {
            Class::Word
        }
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '．' | '｡' | '､' | '﹐' | '﹑' | '﹒'
        | '﹔' | '﹕' | '﹖' | '﹗' | '‼' | '⁇' | '⁈' | '⁉' => Class::Stop,
        '·' | '・' | '･' | '‧' | '～' | '〜' | '–' | '－' => Class::Middle,
        '／' | '\u{A0}' | '\u{202F}' | '\u{2007}' => Class::Glue,
        '—' | '―' | '…' | '‥' | '⋯' | '─' => Class::Run,
        '¥' | '$' | '£' | '€' | '￥' | '＄' | '￡' | '№' => Class::Prefix,
        '%' if around.follows_word() && around.next.is_some_and(|c| c.is_ascii_hexdigit()) => {
            Class::Word
        }
        '%'
        | '‰'
        | '℃'
        | '℉'
        | '°'
        | '％'
        | '′'
        | '″'
        | '\u{3371}'..='\u{337A}'
        | '\u{3380}'..='\u{33DF}' => Class::Suffix,
        ' ' | '\u{3000}' | '\t' | '\u{2000}'..='\u{200A}' | '\u{205F}' => Class::Space,
        '\u{4E00}'..='\u{9FFF}' | '\u{2460}'..='\u{24FF}' => Class::Ideograph,
        '!'..='~' => ascii(c, around),
        '±' | '−' | '＋' if around.next.is_some_and(is_digit) => sign(around),
        '×' | '÷' if around.is_inside_number() => Class::Word,
        _ if is_digit(c) || is_letter(c) => Class::Word,
        _ => Class::Ideograph,
    }
}

/// ASCII letters, digits and signs. A sign of punctuation is part of a number or an address when
/// letters or digits follow it directly, and a Chinese stop otherwise.
fn ascii(c: char, around: Around) -> Class {
    match c {
        ',' if around.is_inside_number() => Class::Word,
        ',' => Class::Stop,
        '.' | ';' | ':' | '!' | '?' => {
            let goes_on = around.next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
            if around.follows_word() && goes_on { Class::Word } else { Class::Stop }
        }
        '-' | '+' if around.next.is_some_and(is_digit) => sign(around),
        // A connector between Chinese words.
        '-' | '/' | '~' | '|' | '&' if around.follows_text() => Class::Middle,
        _ => Class::Word,
    }
}

/// A sign before a number, unless it connects the number to a word or a number before it.
fn sign(around: Around) -> Class {
    match around.before {
        Some((Class::Word | Class::Suffix, _)) => Class::Word,
        _ => Class::Prefix,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether `c` is a letter or a digit of a word in an alphabet.
fn is_narrow_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (c > '\u{7F}' && is_letter(c))
}

fn is_letter(c: char) -> bool {
    let is_full = matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    is_full || (c < '\u{2E80}' && c.is_alphanumeric() && Widths::NARROW.char_cells(c) == 1)
}

/// Whether an address that no row can hold may be cut behind `c`.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '/' | '?' | '&' | '=' | '#' | '.' | '-' | '_' | ':' | ';' | ',' | '\\' | '@' | '+')
}
