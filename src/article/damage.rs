//! Places at which text was destroyed before it came here: by wrong conversions between encodings
//! or scripts, mostly on copies of a page.
//!
//! A text that is only unusual must not be marked. So there are signs that no sound text has, and
//! signs that count only on a page where one of those was found, or many glosses.

use super::chars::{is_han, is_toned};
use super::{Article, gloss};
use crate::text::range::TextRange;

/// Characters over which two signs are one damaged place, and a stray mark belongs to a sign.
const NEAR: usize = 3;

/// A sign of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sign {
    range: TextRange,
    /// Whether it tells by itself.
    strong: bool,
}

/// Fills in [`Article::damage`] for the articles of one page. `glossed` tells that the page was
/// full of glosses.
pub(super) fn mark(articles: &mut [Article], glossed: bool) {
    let signs: Vec<Vec<Sign>> =
        articles.iter().map(|article| signs(&article.text, glossed)).collect();
    let damaged = glossed || signs.iter().flatten().any(|sign| sign.strong);
    for (article, signs) in articles.iter_mut().zip(signs) {
        let counted = signs.into_iter().filter(|sign| sign.strong || damaged);
        article.damage = places(&article.text, counted.map(|sign| sign.range));
    }
}

/// All signs in `text`, in order of their beginnings. Sound text costs a look at each byte.
fn signs(text: &str, glossed: bool) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for (at, byte) in suspects(text) {
        if signs.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        let (head, rest) = text.split_at_checked(at).unwrap_or_default();
        let found = if byte == b'?' { question(head, rest) } else { lost(rest) };
        if let Some((bytes, strong)) = found {
            signs.push(Sign { range: TextRange::new(at, at + bytes), strong });
        }
    }
    if glossed {
        let wrong = gloss::glosses(text).filter(|gloss| !gloss.fits);
        let range = |gloss: gloss::Gloss| TextRange::new(gloss.base, gloss.range.end);
        signs.extend(wrong.map(|gloss| Sign { range: range(gloss), strong: true }));
        signs.sort_by_key(|sign| sign.range);
    }
    signs
}

/// The bytes of `text` that a sign may begin with. Most stretches have none, which is seen many bytes
/// at a time.
fn suspects(text: &str) -> impl Iterator<Item = (usize, u8)> {
    const STRETCH: usize = 512;
    let bytes = text.as_bytes();
    let second = move |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let stretches = bytes.chunks(STRETCH).zip((0..).step_by(STRETCH));
    let stretches = stretches.filter(move |&(firsts, start)| {
        let seconds = bytes.get(start + 1..).unwrap_or_default();
        let any = |any: u8, (&a, &b): (&u8, &u8)| any | u8::from(is_suspect(a, b));
        // The last byte of the text has none behind it.
        firsts.iter().zip(seconds).fold(0, any) > 0
            || firsts.last().is_some_and(|&last| is_suspect(last, 0))
    });
    let places = stretches.flat_map(|(firsts, start)| (start..).zip(firsts.iter().copied()));
    places.filter(move |&(at, first)| is_suspect(first, second(at)))
}

/// Whether a sign may begin with these bytes. The second one tells full-width punctuation from what
/// is lost.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "without branches many are asked at once")]
fn is_suspect(first: u8, second: u8) -> bool {
    let lost = (first == 0xEF) & ((0x80..=0xA3).contains(&second) | (second == 0xBF));
    (first == b'?') | (first == 0xEE) | (first == 0xF3) | (first == 0xF4) | lost
}

/// A run of characters that stand for what could not be decoded, or of characters without a
/// meaning of their own: its bytes, and whether it tells by itself.
fn lost(rest: &str) -> Option<(usize, bool)> {
    let is_lost = |c: char| c == '\u{FFFD}' || is_private(c);
    let end = rest.find(|c| !is_lost(c)).unwrap_or(rest.len());
    let run = rest.get(..end).filter(|run| !run.is_empty())?;
    // A lone character of private use may be a sign that only the font of the paper has.
    Some((run.len(), run.contains('\u{FFFD}')))
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// What a question mark begins that was half of a character once: its bytes, and whether it tells
/// by itself.
fn question(before: &str, rest: &str) -> Option<(usize, bool)> {
    if !before.chars().next_back().is_some_and(|c| is_han(c) || c == ')') {
        return None;
    }
    if let Some(bytes) = unopened(rest) {
        return Some((bytes, true));
    }
    if let Some(found) = run_in(rest) {
        return Some(found);
    }
    // 安全??恐: two or more in the middle of a sentence.
    let marks = rest.bytes().take_while(|&byte| byte == b'?').count();
    let goes_on = rest.get(marks..).and_then(|rest| rest.chars().next()).is_some_and(is_han);
    (marks > 1 && goes_on).then_some((marks, false))
}

/// 日?qǐng): a gloss whose bracket became a part of something else.
fn unopened(rest: &str) -> Option<usize> {
    let mut syllable = String::new();
    for (at, c) in rest.char_indices().skip(1).take(8) {
        if c == ')' {
            let toned = syllable.chars().any(is_toned) && gloss::is_syllable(&syllable);
            return toned.then_some(at + 1);
        }
        syllable.push(gloss::letter(c)?);
    }
    None
}

/// 础?;A不, 此?!边M入: a second mark, then a capital letter before a Chinese character. Nobody sets a
/// semicolon behind a question mark; the other form may be meant (什么?!大A股).
fn run_in(rest: &str) -> Option<(usize, bool)> {
    let mut chars = rest.char_indices().skip(1);
    let (_, mark) = chars.next().filter(|&(_, c)| matches!(c, '!' | ';'))?;
    let mut next = chars.next()?;
    if is_han(next.1) {
        next = chars.next()?;
    }
    let (at, letter) = next;
    let goes_on = chars.next().is_some_and(|(_, c)| is_han(c));
    (letter.is_ascii_uppercase() && goes_on).then_some((at + 1, mark == ';'))
}

/// The damaged places: each sign with a stray mark shortly before it, near ones as one.
fn places(text: &str, signs: impl Iterator<Item = TextRange>) -> Vec<TextRange> {
    let mut places: Vec<TextRange> = Vec::new();
    for sign in signs {
        let range = TextRange::new(stray(text, sign.start), sign.end);
        match places.last_mut() {
            Some(last) if is_near(text, last.end, range.start) => {
                last.end = last.end.max(range.end);
            }
            _ => places.push(range),
        }
    }
    places
}

/// Whether so little text lies between two offsets that one misfortune destroyed both.
fn is_near(text: &str, end: usize, start: usize) -> bool {
    let between = text.get(end..start.max(end)).unwrap_or_default();
    !between.contains('\n') && between.chars().take(NEAR + 1).count() <= NEAR
}

/// The beginning of a place with a sign at `start`: a mark in the middle of a word shortly before
/// it belongs to it, as in 六!比蝿(wù).
fn stray(text: &str, start: usize) -> usize {
    let head = text.get(..start).unwrap_or_default();
    let mut near = head.char_indices().rev().take(NEAR);
    let mark = near.find(|&(_, c)| !is_han(c)).filter(|&(_, c)| matches!(c, '!' | '?' | ';'));
    let word = |at: &usize| head.get(..*at).is_some_and(|before| before.ends_with(is_han));
    mark.map(|(at, _)| at).filter(word).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::article::{SplitMode, split};

    const GLOSSED: &str = "精準(zhǔn)承接(jiē)產(chǎn)業(yè)轉(zhuǎn)移。";

    fn damaged(text: &str) -> Vec<String> {
        let page = split(Arc::from(text), SplitMode::Off);
        let article = &page.articles[0];
        article.damage.iter().map(|range| range.of(&article.text).to_owned()).collect()
    }

    #[test]
    fn a_gloss_that_does_not_fit_is_damage_among_many_glosses() {
        assert_eq!(damaged("結合“六穩”“六!比蝿(wù)，完善政策。"), [""; 0]);
        let text = format!("{GLOSSED}結合“六穩”“六!比蝿(wù)，完善政策。");
        assert_eq!(damaged(&text), ["!比蝿(wù)"]);
    }

    #[test]
    fn strong_signs() {
        for (text, place) in [
            ("基础不\u{FFFD}\u{FFFD}，地动山摇。", "\u{FFFD}\u{FFFD}"),
            ("人民日?qǐng)?bào)记者", "?qǐng)?bào)"),
            ("基础?;A不牢", "?;A"),
        ] {
            assert_eq!(damaged(text), [place], "{text}");
        }
    }

    #[test]
    fn weak_signs_count_with_strong_ones_only() {
        for (text, place) in [("安全??恐魅沃", "??"), ("代号\u{E001}的样机", "\u{E001}")]
        {
            assert_eq!(damaged(text), [""; 0], "{text}");
            assert_eq!(damaged(&format!("{GLOSSED}\n{text}")), [place], "{text}");
        }
    }

    #[test]
    fn sound_text_is_not_marked() {
        for text in [
            "真的吗?我不信!走吧;好。",
            "什么?!A股又涨了?!大A股!",
            "你说什么?? 我没有听见。",
            "咖啡(café)，汉字(hànzì)",
            "：；？！，。（）",
        ] {
            assert_eq!(damaged(text), [""; 0], "{text}");
        }
    }
}
