//! Breaking Chinese prose into rows of cells.
//!
//! The rules are those of *Requirements for Chinese Text Layout* (CLREQ, W3C), section 3.1.3, in
//! the strict form: no row starts with a pause or stop mark, a closing mark, a dash or an
//! ellipsis; none ends with an opening mark; `——`, `……`, Latin words and numbers with their signs
//! stay whole; a stop mark that just does not fit hangs in the margin; no paragraph ends in a
//! single character. ASCII punctuation after a Han character is Chinese punctuation.

use super::{range::TextRange, width::Widths};

/// The measure that a paragraph is set to, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Cells of a row, its indent included. At least 2 is used, so that a Han character fits.
    pub width: usize,
    /// Cells that the first row is indented by.
    pub indent: usize,
    /// Cells right of the row that one pause or stop mark may hang into.
    pub hang: usize,
    /// What characters take on the terminal.
    pub widths: Widths,
}

/// One row of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The bytes of the row. The rows of a paragraph, in order, are its whole text; white space at
    /// the end of a row belongs to it and is not counted in its width.
    pub range: TextRange,
    /// Cells left free before the text.
    pub indent: usize,
}

/// Sets `text`, one paragraph without line ends, into rows. An empty text has one empty row.
///
/// Linear in the length of the text. No row is wider than the measure with its hang, except that
/// a row always takes at least one character.
pub fn wrap(text: &str, measure: Measure) -> Vec<Row> {
    let measure = Measure { width: measure.width.max(2), ..measure };
    let indent = if measure.indent + 2 <= measure.width { measure.indent } else { 0 };
    let measure = Measure { indent, ..measure };
    let glyphs = glyphs(text, measure.widths);
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let room = measure.width - if start == 0 { indent } else { 0 };
        let end = row_end(&glyphs, start, room, measure.hang);
        rows.push((start, end));
        start = end;
    }
    rescue_orphan(&glyphs, &mut rows, measure);
    if rows.is_empty() {
        rows.push((0, 0));
    }
    let byte = |at: usize| glyphs.get(at).map_or(text.len(), |glyph| glyph.at);
    rows.iter()
        .map(|&(start, end)| Row {
            range: TextRange::new(byte(start), byte(end)),
            indent: if start == 0 { indent } else { 0 },
        })
        .collect()
}

/// A character with its marks, and what the rules need to know of it.
#[derive(Clone, Copy)]
struct Glyph {
    at: usize,
    cells: usize,
    class: Class,
}

/// Line breaking classes of CLREQ, coarser than those of UAX #14.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Opening quotation marks and brackets.
    Open,
    /// Closing quotation marks and brackets.
    Close,
    /// Pause and stop marks.
    Stop,
    /// Interpuncts, connector marks: never first in a row.
    Middle,
    /// Dashes and ellipses: runs stay whole and are never first in a row.
    Run,
    /// Signs before a number.
    Prefix,
    /// Signs after a number.
    Suffix,
    /// Letters and digits of words that stay whole.
    Word,
    /// Han, kana and everything else that may stand alone.
    Ideograph,
    /// White space.
    Space,
}

fn glyphs(text: &str, widths: Widths) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len() / 3 + 1);
    let mut chars = text.char_indices().peekable();
    let mut straight_quotes = 0_usize;
    while let Some((at, c)) = chars.next() {
        let cells = widths.char_cells(c);
        if cells == 0
            && let Some(base) = glyphs.last_mut()
        {
            // A mark on a space makes it visible.
            if base.class == Class::Space {
                base.class = Class::Word;
            }
            continue;
        }
        let previous = glyphs.last().map(|glyph| glyph.class);
        let next = chars.peek().map(|&(_, c)| c);
        let class = match c {
            '"' => {
                straight_quotes += 1;
                if straight_quotes % 2 == 1 { Class::Open } else { Class::Close }
            }
            _ => class(c, previous, next),
        };
        glyphs.push(Glyph { at, cells, class });
    }
    glyphs
}

fn class(c: char, previous: Option<Class>, next: Option<char>) -> Class {
    match c {
        '（' | '「' | '『' | '《' | '〈' | '【' | '〔' | '［' | '｛' | '〖' | '“' | '‘' | '('
        | '[' | '{' => Class::Open,
        '）' | '」' | '』' | '》' | '〉' | '】' | '〕' | '］' | '｝' | '〗' | '”' | ')' | ']'
        | '}' => Class::Close,
        // A single closing quote between letters is an apostrophe.
        '’' | '\'' => {
            let inside = previous == Some(Class::Word) && next.is_some_and(char::is_alphanumeric);
            if inside { Class::Word } else { Class::Close }
        }
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '．' | '｡' | '､' => {
            Class::Stop
        }
        ',' | '.' | ';' | ':' | '!' | '?' => ascii_stop(previous, next),
        '·' | '・' | '～' | '〜' | '–' | '‧' | '／' => Class::Middle,
        '—' | '―' | '…' | '‥' => Class::Run,
        '¥' | '$' | '£' | '€' | '￥' | '＄' | '№' => Class::Prefix,
        '%' | '‰' | '℃' | '°' | '％' | '′' | '″' => Class::Suffix,
        ' ' | '\t' | '\u{3000}' | '\u{A0}' => Class::Space,
        '!'..='~' => Class::Word,
        _ if c.is_alphanumeric() && Widths::NARROW.char_cells(c) == 1 => Class::Word,
        _ => Class::Ideograph,
    }
}

/// ASCII punctuation is part of a number or an address when letters or digits follow it
/// directly, and a Chinese stop otherwise.
fn ascii_stop(previous: Option<Class>, next: Option<char>) -> Class {
    match previous {
        Some(Class::Word) if next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/') => {
            Class::Word
        }
        _ => Class::Stop,
    }
}

/// Whether a row may end between the two glyphs.
fn can_break(before: Class, after: Class) -> bool {
    let glued = matches!(
        (before, after),
        (_, Class::Close | Class::Stop | Class::Middle | Class::Run | Class::Suffix | Class::Space)
            | (Class::Open, _)
            | (Class::Word | Class::Prefix, Class::Word)
    );
    !glued
}

/// The end (glyph index) of the row that begins at `start`.
fn row_end(glyphs: &[Glyph], start: usize, room: usize, hang: usize) -> usize {
    let mut used = 0;
    // The last place where the row may end, with the cells used up to there.
    let mut chance: Option<(usize, usize)> = None;
    let mut at = start;
    while let Some(glyph) = glyphs.get(at) {
        if at > start && glyphs.get(at - 1).is_some_and(|last| can_break(last.class, glyph.class)) {
            chance = Some((at, used));
        }
        if glyph.class != Class::Space && used + glyph.cells > room {
            break;
        }
        used += glyph.cells;
        at += 1;
    }
    if at == glyphs.len() {
        return at;
    }
    if let Some(end) = hanging_end(glyphs, at, used, room + hang) {
        return end;
    }
    match chance {
        // A row that would stay too empty breaks a long word or address instead.
        Some((end, kept)) if room.saturating_sub(kept) <= (room / 3).max(8) => end,
        _ => at.max(start + 1),
    }
}

/// The end of the row when the mark at `at`, which does not fit, may hang into the margin.
fn hanging_end(glyphs: &[Glyph], at: usize, used: usize, limit: usize) -> Option<usize> {
    let mark = glyphs.get(at)?;
    let hangs = matches!(mark.class, Class::Stop | Class::Close) && used + mark.cells <= limit;
    let next = glyphs.get(at + 1);
    let ends = next.is_none_or(|next| can_break(mark.class, next.class));
    (hangs && ends).then_some(at + 1)
}

/// Moves a character down to a last row that holds only one.
fn rescue_orphan(glyphs: &[Glyph], rows: &mut [(usize, usize)], measure: Measure) {
    let [.., above, last] = rows else { return };
    let lone = |range: (usize, usize)| {
        let row = glyphs.get(range.0..range.1).unwrap_or_default();
        row.iter().filter(|glyph| glyph.class == Class::Ideograph).count() == 1
            && row.iter().all(|glyph| !matches!(glyph.class, Class::Word | Class::Space))
    };
    if !lone(*last) {
        return;
    }
    let tail: usize = cells_of(glyphs, *last);
    let mut end = above.1;
    while end > above.0 + 1 {
        end -= 1;
        let legal = match (glyphs.get(end - 1), glyphs.get(end)) {
            (Some(before), Some(after)) => can_break(before.class, after.class),
            _ => false,
        };
        let moved = cells_of(glyphs, (end, above.1));
        if moved + tail > measure.width || moved > measure.width / 3 + 2 {
            return;
        }
        if legal {
            above.1 = end;
            last.0 = end;
            return;
        }
    }
}

fn cells_of(glyphs: &[Glyph], (start, end): (usize, usize)) -> usize {
    glyphs.get(start..end).unwrap_or_default().iter().map(|glyph| glyph.cells).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        let measure = Measure { width, indent: 0, hang: 0, widths: Widths::NARROW };
        wrap(text, measure).iter().map(|row| row.range.of(text)).collect()
    }

    #[test]
    fn rows_of_typical_prose() {
        for (text, width, expected) in [
            ("春风又绿江南岸", 8, vec!["春风又绿", "江南岸"]),
            // A stop never opens a row: the character before it moves down with it.
            ("春风又绿，江南岸", 8, vec!["春风又", "绿，江", "南岸"]),
            ("他说“你好”吧", 6, vec!["他说", "“你", "好”吧"]),
            ("增长了3.5%左右", 8, vec!["增长了", "3.5%左右"]),
            ("他走了——再没回来", 8, vec!["他走了——", "再没回来"]),
            ("看GDP数据", 6, vec!["看GDP", "数据"]),
            ("发展,2022年增长", 6, vec!["发展,", "2022年", "增长"]),
            ("", 8, vec![""]),
        ] {
            let set = rows(text, width);
            assert_eq!(set.concat(), text);
            assert_eq!(set, expected, "{text} in {width}");
        }
    }

    #[test]
    fn a_stop_hangs_into_the_margin() {
        let text = "春风又绿，江南岸上";
        let set = wrap(text, Measure { width: 8, indent: 0, hang: 2, widths: Widths::NARROW });
        assert_eq!(set[0].range.of(text), "春风又绿，");
    }

    #[test]
    fn no_paragraph_ends_in_one_character() {
        assert_eq!(rows("春风又绿江南岸边。", 16), ["春风又绿江南", "岸边。"]);
        assert_eq!(rows("春风又绿江南岸边上", 16), ["春风又绿江南岸", "边上"]);
    }

    proptest! {
        #[test]
        fn rows_hold_the_whole_text_within_the_measure(
            text in "[ -~一-十，。“”（）—…·0-9a-z\u{301}]{0,80}",
            width in 0usize..50,
            indent in 0usize..6,
            hang in 0usize..3,
            widths in prop::sample::select(vec![Widths::NARROW, Widths::WIDE, Widths::UNIVERSAL]),
        ) {
            let set = wrap(&text, Measure { width, indent, hang, widths });
            prop_assert_eq!(set.iter().map(|row| row.range.of(&text)).collect::<String>(), text.clone());
            for row in &set {
                let shown = row.range.of(&text).trim_end();
                let room = width.max(2) + hang;
                prop_assert!(
                    row.indent + widths.cells(shown) <= room || shown.chars().count() == 1,
                    "{:?} in {}", shown, width
                );
            }
        }

        #[test]
        fn any_text_is_kept(text in "\\PC*", width in 0usize..30) {
            let set = wrap(&text, Measure { width, indent: 4, hang: 2, widths: Widths::NARROW });
            prop_assert_eq!(set.iter().map(|row| row.range.of(&text)).collect::<String>(), text);
        }

        #[test]
        fn no_row_starts_or_ends_wrong(
            text in "([“《（]?[一-十]{2,7}[”》）]?[，。、；]?){0,20}",
            width in 12usize..60,
        ) {
            let rows = wrap(&text, Measure { width, indent: 0, hang: 2, widths: Widths::NARROW });
            for row in rows.iter().skip(1) {
                let first = row.range.of(&text).chars().next();
                prop_assert!(!first.is_some_and(|c| "，。、；”》）".contains(c)), "{:?}", first);
            }
            for row in &rows {
                let last = row.range.of(&text).chars().next_back();
                prop_assert!(!last.is_some_and(|c| "“《（".contains(c)), "{:?}", last);
            }
        }
    }
}
