//! Sentences that are too long to be read as one, and what is not worth a sentence.

use super::{TextRange, marks::is_pause};

/// Characters beyond which a sentence is cut at its semicolons.
const LONG: usize = 110;
/// A piece between semicolons has at least so many characters.
const PIECE: usize = 25;
/// A sentence never has more characters than this: text without stops is cut at a pause.
const MAX: usize = 800;

/// A place to cut: one past a semicolon, in bytes and in characters.
pub(super) type Joint = (usize, usize);

/// The places where a sentence between two joints is cut further, its end not included.
pub(super) fn joints(from: Joint, to: Joint, semicolons: &[Joint]) -> Vec<usize> {
    if to.1 - from.1 <= LONG {
        return Vec::new();
    }
    let mut last = from.1;
    let mut cuts = Vec::new();
    for &(at, index) in semicolons {
        if index - last >= PIECE && to.1.saturating_sub(index) >= PIECE {
            cuts.push(at);
            last = index;
        }
    }
    cuts
}

/// Adds `range` to `sentences`, without the blanks around it and in pieces of bounded length.
pub(super) fn push(text: &str, range: TextRange, sentences: &mut Vec<TextRange>) {
    let mut start = range.start;
    // A character has at least one byte: shorter text need not be counted.
    if range.len() > MAX {
        let mut chars = 0;
        let mut pause = None;
        for (at, c) in range.of(text).char_indices() {
            chars += 1;
            let end = range.start + at + c.len_utf8();
            if is_pause(c) || c.is_whitespace() {
                pause = Some((end, chars));
            }
            if chars >= MAX {
                let (at, before) = pause.take().unwrap_or((end, chars));
                push_trimmed(text, TextRange::new(start, at), sentences);
                (start, chars) = (at, chars - before);
            }
        }
    }
    push_trimmed(text, TextRange::new(start, range.end), sentences);
}

fn push_trimmed(text: &str, range: TextRange, sentences: &mut Vec<TextRange>) {
    let raw = range.of(text);
    let body = raw.trim_start_matches(is_blank);
    let start = range.end - body.len();
    let trimmed = TextRange::new(start, start + body.trim_end_matches(is_blank).len());
    if !trimmed.is_empty() {
        sentences.push(trimmed);
    }
}

/// White space of any width, and characters without one. A variation selector is none: it belongs
/// to the character before it.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}
