//! What becomes of single characters.

use unicode_normalization::{
    IsNormalized,
    char::{canonical_combining_class, compose, decompose_canonical},
    is_nfc_quick,
};

use super::LineEnd;
use crate::text::width::{is_mark, is_regional};

/// What stands for a character that cannot be shown: the geta mark, the traditional sign for a
/// missing type, two cells wide on every terminal.
pub(super) const MISSING: char = '〓';

/// Whether a character acts on a terminal or cannot be seen, so that it must never be printed as it
/// is.
#[inline]
pub fn is_unsafe(c: char) -> bool {
    // Nearly every character of a Chinese text, told at once.
    let common = matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}');
    !common && (c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Whether `c` is shown as it is whatever stands before it, and takes a place of its own.
#[inline]
pub(super) fn stays(c: char, line_end: LineEnd) -> bool {
    is_plain(c) || (c == '\n' && line_end == LineEnd::Kept) || (c > '\u{2FF}' && is_other_base(c))
}

/// Whether a text is shown as it is, told as fast as can be: nearly all names and titles are.
pub(super) fn is_plain_text(text: &str) -> bool {
    let is_ascii = text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    is_ascii || text.chars().all(is_plain)
}

/// Ranges without a mark, a control, or a character that another is composed with.
#[inline]
fn is_plain(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'
        | ' '..='~'
        | '\u{3000}'..='\u{3029}'
        | '\u{FF01}'..='\u{FF5E}'
        | '\u{2010}'..='\u{2027}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{A1}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{2460}'..='\u{25FF}')
}

fn is_other_base(c: char) -> bool {
    special(c).is_none()
        && !is_invisible(c)
        && !is_jamo(c)
        && !is_regional(c)
        && !is_mark(c)
        && is_nfc_quick([c].into_iter()) == IsNormalized::Yes
        && canonical_combining_class(c) == 0
}

/// Whether `c` belongs to the cluster that the character before it begins: a mark, or a character
/// that may be composed with it (UAX #15).
pub(super) fn extends(c: char) -> bool {
    !is_plain(c)
        && !matches!(c, '\u{1100}'..='\u{115F}' | '\u{A960}'..='\u{A97F}')
        && special(c).is_none()
        && !is_invisible(c)
        && (is_mark(c) || !begins_normalized(c))
}

/// Whether no character before `c` can matter to its normal form.
fn begins_normalized(c: char) -> bool {
    let starts =
        |c| canonical_combining_class(c) == 0 && is_nfc_quick([c].into_iter()) == IsNormalized::Yes;
    if starts(c) {
        return true;
    }
    let mut first = None;
    decompose_canonical(c, |part| first = first.or(Some(part)));
    canonical_combining_class(c) == 0 && first.is_some_and(|first| first != c && starts(first))
}

/// Letters that Korean syllables are made of. Those that are not composed to one take any number of
/// cells, as the terminal pleases.
pub(super) fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}')
}

/// Whether `c` is shown as a space because some programs and terminals take it for a line end.
pub(super) fn is_foreign_line_end(c: char) -> bool {
    matches!(c, '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What is shown for a character that is replaced by something visible.
pub(super) fn special(c: char) -> Option<Special> {
    Some(match c {
        '\t' => Special::Text("    "),
        _ if is_foreign_line_end(c) => Special::Text(" "),
        // The control pictures of Unicode, so that an escape sequence can be read as one.
        '\u{0}'..='\u{1F}' => {
            Special::Char(char::from_u32(u32::from(c) + 0x2400).unwrap_or('\u{2426}'))
        }
        '\u{7F}' => Special::Char('\u{2421}'),
        '\u{80}'..='\u{9F}' => Special::Char('\u{2426}'),
        // Long dashes whose glyphs are wider than the cells they take.
        '\u{2E3A}' => Special::Text("——"),
        '\u{2E3B}' => Special::Text("———"),
        // Half-width voicing marks join their kana on some terminals only.
        '\u{FF9E}' => Special::Char('゛'),
        '\u{FF9F}' => Special::Char('゜'),
        // Most are what is left of a Han character that could not be decoded.
        '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' | '\u{F0000}'..='\u{10FFFF}' => Special::Char(MISSING),
        _ if is_noncharacter(c) => Special::Char(MISSING),
        _ => return None,
    })
}

/// See [`special`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    Char(char),
    Text(&'static str),
}

fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// Characters that take no place of their own and change how others look: default-ignorable code
/// points (Unicode, `DerivedCoreProperties`), bidirectional controls, variation selectors, joiners,
/// annotations, layout controls of hieroglyphs, tags, emoji skin tones and keycaps.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{20E3}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// The full-width kana for a half-width one with a half-width voicing mark.
pub(super) fn voiced(kana: char, mark: char) -> Option<char> {
    const FULL: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    let mark = match mark {
        '\u{FF9E}' => '\u{3099}',
        '\u{FF9F}' => '\u{309A}',
        _ => return None,
    };
    let at = u32::from(kana).checked_sub(0xFF66)?;
    compose(FULL.chars().nth(at as usize)?, mark)
}

/// The ASCII letter of a letter that flags are made of.
pub(super) fn letter(c: char) -> char {
    let at = u32::from(c).wrapping_sub(0x1F1E6);
    u8::try_from(at).ok().and_then(|at| b'A'.checked_add(at)).map_or(MISSING, char::from)
}
