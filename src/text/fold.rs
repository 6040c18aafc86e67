//! Traditional characters read as simplified ones, for the dictionary and the lists of words that
//! know only those.
//!
//! Character by character, and only between characters of three bytes, so that every range into
//! the folded text is the same range into the text as it is printed. Converted text with mistakes
//! (復雜 for 複雜) comes back to the same simplified words.

use std::{borrow::Cow, sync::LazyLock};

/// Characters before the first one of the table.
const FIRST: u32 = 0x3400;
/// The last character that the table can hold.
const LAST: u32 = 0x9FFF;
/// Chinese characters that are looked at to tell in which script a text is.
const SAMPLE: usize = 600;
/// One in this many Chinese characters must be traditional for the text to be.
const SHARE: usize = 20;

/// For each character from [`FIRST`] on the simplified one; 0 where there is none.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; (LAST - FIRST + 1) as usize];
    let lines = include_str!("fold.txt").lines().filter(|line| !line.starts_with('#'));
    for pair in lines.flat_map(str::split_whitespace) {
        let mut chars = pair.chars();
        if let (Some(from), Some(to)) = (chars.next(), chars.next())
            && let Some(slot) = (from as u32).checked_sub(FIRST)
            && let Some(slot) = table.get_mut(slot as usize)
        {
            *slot = u16::try_from(to as u32).unwrap_or_default();
        }
    }
    table
});

/// A bit for each character from [`FIRST`] on: whether only traditional text has it. Less than a
/// tenth of [`TABLE`], which every text would else push out of the way of the dictionary.
static TRADITIONAL: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; TABLE.len().div_ceil(64)];
    for (slot, simplified) in (0_u32..).zip(&*TABLE) {
        // 乾 is a word of simplified text too.
        let is_traditional = *simplified != 0 && FIRST + slot != u32::from('乾');
        if let Some(bits) = bits.get_mut(slot as usize / 64) {
            *bits |= u64::from(is_traditional) << (slot % 64);
        }
    }
    bits
});

/// A bit for each character from [`FIRST`] on: whether it has a simplified form. Small, as [`TRADITIONAL`] is.
static CHANGING: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let bits = |slots: &[u16]| {
        (0..).zip(slots).fold(0, |bits, (at, form)| bits | u64::from(*form != 0) << at)
    };
    TABLE.chunks(64).map(bits).collect()
});

/// Whether the character of these three bytes has another simplified form. It is one from U+4000 on.
#[inline]
pub(super) fn is_simplified_by(a: u8, b: u8, c: u8) -> bool {
    let low = |byte: u8| u32::from(byte & 0x3F);
    let slot = (u32::from(a & 0x0F) << 12 | low(b) << 6 | low(c)).saturating_sub(FIRST);
    let bits = CHANGING.get(slot as usize / 64).copied().unwrap_or_default();
    bits >> (slot % 64) & 1 != 0
}

/// The simplified form of a traditional character; other characters as they are.
///
/// ```
/// use zhaidu::text::fold::simplified;
///
/// assert_eq!(['萬', '万', '陜', 'a'].map(simplified), ['万', '万', '陕', 'a']);
/// ```
pub fn simplified(c: char) -> char {
    look_up(&TABLE, c).unwrap_or(c)
}

/// `text` with its traditional characters as simplified ones, byte for byte as long; the text
/// itself when it does not look traditional, which only a sample of it is read for.
pub fn folded(text: &str) -> Cow<'_, str> {
    if looks_traditional(text) { Cow::Owned(fold(text)) } else { Cow::Borrowed(text) }
}

/// Whether one in twenty or more of the Chinese characters at the beginning of `text` is only
/// used in traditional text.
fn looks_traditional(text: &str) -> bool {
    let bits = &*TRADITIONAL;
    let (mut all, mut traditional) = (0, 0);
    let mut rest = text.as_bytes();
    while all < SAMPLE {
        rest = match rest {
            // The characters of the table have three bytes, so that only those are decoded.
            [a @ 0xE3..=0xE9, b, c, behind @ ..] => {
                let low = |byte: u8| u32::from(byte & 0x3F);
                let code = u32::from(a & 0x0F) << 12 | low(*b) << 6 | low(*c);
                if let Some(slot) = code.checked_sub(FIRST) {
                    let bits = bits.get(slot as usize / 64).copied().unwrap_or_default();
                    all += 1;
                    traditional += (bits >> (slot % 64) & 1) as usize;
                }
                behind
            }
            [0..=0x7F, behind @ ..]
            | [0x80..=0xDF, _, behind @ ..]
            | [0xE0..=0xEF, _, _, behind @ ..]
            | [_, _, _, _, behind @ ..] => behind,
            _ => break,
        };
    }
    traditional > 0 && traditional * SHARE >= all
}

fn look_up(table: &[u16], c: char) -> Option<char> {
    let slot = table.get((c as u32).checked_sub(FIRST)? as usize)?;
    char::from_u32(u32::from(*slot)).filter(|_| *slot != 0)
}

fn fold(text: &str) -> String {
    let table = &*TABLE;
    let mut folded = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let form = match c {
            '著' if !is_work(before, next) => '着',
            // A name of heaven is no word for dry.
            '乾' if matches!(next, '隆' | '坤' | '元' | '嘉' | '卦') => c,
            _ => look_up(table, c).unwrap_or(c),
        };
        folded.push(form);
        before = c;
    }
    folded
}

/// Whether 著 between these two has to do with writing or renown: simplified text keeps it there.
fn is_work(before: char, next: char) -> bool {
    "名作稱称述書书錄录者".contains(next)
        || "名顯显專专原論论巨編编合土昭卓遺遗譯译所".contains(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn traditional_text_is_folded() {
        for (text, folded_text) in [
            ("舊書店的第二個門", "旧书店的第二个门"),
            ("結構復雜，發現問題", "结构复杂，发现问题"),
            ("陜西著力發展", "陕西着力发展"),
            ("著名學者跟著名著走", "著名学者跟著名著走"),
            ("乾隆說：曬乾了", "乾隆说：晒干了"),
        ] {
            assert_eq!(folded(text), folded_text);
        }
    }

    #[test]
    fn simplified_text_is_not_touched() {
        for text in [
            "著名的乾隆瓷器",
            "它们说：“山高水长。”",
            "",
            "abc",
            "于右任題字的这一块匾额至今还挂在祠堂正中的墙上",
        ] {
            assert!(matches!(folded(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn the_table_has_every_pair_and_ends_with_it() {
        let rows = include_str!("fold.txt").lines().filter(|line| !line.starts_with('#'));
        let pairs: Vec<&str> = rows.flat_map(str::split_whitespace).collect();
        assert!(pairs.len() > 2_900);
        for pair in pairs {
            let (from, to) = pair.split_at(3);
            assert_eq!(simplified(from.parse().expect("one character")).to_string(), to);
            assert_eq!(fold(to), to, "folded once is folded");
        }
    }

    proptest! {
        #[test]
        fn every_place_stays_where_it_is(text in "[一-鿿㐀-㒀a。，乾著隆\u{20000}]{0,40}|\\PC{0,20}") {
            let folded = fold(&text);
            prop_assert!(text.char_indices().map(|(at, _)| at).eq(folded.char_indices().map(|(at, _)| at)));
            prop_assert_eq!(text.len(), folded.len());
        }
    }
}
