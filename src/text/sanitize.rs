//! Making text safe and stable to show.
//!
//! A text from an archive is hostile until it went through here: control characters act on the
//! terminal, bidirectional marks reorder the line, and clusters such as emoji with joiners have
//! another width on every terminal. [`DisplayText`] is what may be painted or printed; a sparse
//! map leads from each of its bytes back to the source.

use std::sync::Arc;

use super::{display::DisplayStr, range::TextRange, width::is_mark};

/// Most combining marks that one base character keeps; more only serve to flood the terminal.
const MAX_MARKS: usize = 2;

/// What stands for a character that cannot be shown: the geta mark, the traditional sign for a
/// missing type, two cells wide on every terminal.
const MISSING: &str = "〓";

/// Text that is safe to show, and the way back to the source it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayText {
    text: Arc<str>,
    /// The stretches of the displayed text, in order. Empty when both texts are the same.
    runs: Arc<[Run]>,
    source_len: usize,
    hidden: usize,
}

/// A stretch of the displayed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    display: usize,
    source: usize,
    kind: RunKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RunKind {
    /// Byte for byte the source.
    Verbatim,
    /// One source character, shown as something else or not at all.
    Replaced,
}

/// A text sanitised for one line, where the way back to the source is not needed.
pub fn display_line(source: &str) -> String {
    DisplayText::line(source).as_str().to_owned()
}

/// Whether a character acts on a terminal or cannot be seen, so that it must never be printed as it
/// is.
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// What becomes of one character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Same,
    Dropped,
    As(&'static str),
    Char(char),
}

impl DisplayText {
    /// Sanitises a text of many lines; `\n` stays. Costs no copy if nothing has to change.
    pub fn block(source: &Arc<str>) -> Self {
        let mut marks = Marks::default();
        if source.chars().all(|c| shown(c, &mut marks, Shown::Same) == Shown::Same) {
            let (text, source_len) = (source.clone(), source.len());
            return Self { text, runs: Arc::default(), source_len, hidden: 0 };
        }
        Self::build(source, Shown::Same)
    }

    /// Sanitises a text that must stay on one line: a title, a file name, a message. Line ends
    /// become spaces.
    pub fn line(source: &str) -> Self {
        Self::build(source, Shown::As(" "))
    }

    /// The text to show.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text to show, as what may be painted.
    pub fn shown(&self) -> DisplayStr<'_> {
        self.into()
    }

    /// How many characters of the source are not shown at all.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The place in the displayed text where byte `offset` of the source is shown; for a byte
    /// inside a replaced character, the start of its replacement.
    pub fn to_display(&self, offset: usize) -> usize {
        if offset >= self.source_len {
            return self.text.len();
        }
        translate(&self.runs, offset, |run| run.source, |run| run.display)
    }

    /// The byte of the source that is shown at byte `offset` of the displayed text; for a byte
    /// inside a replacement, the start of the replaced character.
    pub fn to_source(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            return self.source_len;
        }
        translate(&self.runs, offset, |run| run.display, |run| run.source)
    }

    /// A range of the source as a range of the displayed text.
    pub fn range_to_display(&self, range: TextRange) -> TextRange {
        TextRange::new(self.to_display(range.start), self.to_display(range.end))
    }

    fn build(source: &str, line_end: Shown) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut runs: Vec<Run> = Vec::new();
        let mut marks = Marks::default();
        let mut hidden = 0;
        let mut verbatim = false;
        for (at, c) in source.char_indices() {
            let shown = shown(c, &mut marks, line_end);
            let kind = if shown == Shown::Same { RunKind::Verbatim } else { RunKind::Replaced };
            if kind == RunKind::Replaced || !verbatim {
                runs.push(Run { display: text.len(), source: at, kind });
            }
            verbatim = kind == RunKind::Verbatim;
            match shown {
                Shown::Same => text.push(c),
                Shown::Dropped => hidden += 1,
                Shown::As(other) => text.push_str(other),
                Shown::Char(other) => text.push(other),
            }
        }
        Self { text: text.into(), runs: runs.into(), source_len: source.len(), hidden }
    }
}

fn translate(
    runs: &[Run],
    offset: usize,
    from: impl Fn(&Run) -> usize,
    to: impl Fn(&Run) -> usize,
) -> usize {
    let after = runs.partition_point(|run| from(run) <= offset);
    match after.checked_sub(1).and_then(|at| runs.get(at)) {
        None => offset,
        Some(run) if run.kind == RunKind::Replaced => to(run),
        Some(run) => to(run) + (offset - from(run)),
    }
}

/// Counts the combining marks since the last base character.
struct Marks(usize);

impl Default for Marks {
    /// A text that opens with a mark has no base to put it on.
    fn default() -> Self {
        Self(MAX_MARKS)
    }
}

fn shown(c: char, marks: &mut Marks, line_end: Shown) -> Shown {
    match c {
        '\n' => {
            *marks = Marks::default();
            line_end
        }
        ' '..='~'
        | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{FF01}'..='\u{FF5E}' => {
            marks.0 = 0;
            Shown::Same
        }
        _ if is_invisible(c) => Shown::Dropped,
        _ => {
            let shown = special(c);
            if shown == Shown::Same && is_mark(c) {
                marks.0 += 1;
                return if marks.0 > MAX_MARKS { Shown::Dropped } else { Shown::Same };
            }
            marks.0 = 0;
            shown
        }
    }
}

/// Characters that are replaced by something visible.
fn special(c: char) -> Shown {
    match c {
        '\t' => Shown::As("    "),
        // The control pictures of Unicode, so that an escape sequence can be read as one.
        '\u{0}'..='\u{1F}' => {
            char::from_u32(u32::from(c) + 0x2400).map_or(Shown::As("\u{2426}"), Shown::Char)
        }
        '\u{7F}' => Shown::As("\u{2421}"),
        '\u{80}'..='\u{9F}' => Shown::As("\u{2426}"),
        '\u{2028}' | '\u{2029}' => Shown::As(" "),
        // Long dashes whose width no two terminals agree on.
        '\u{2E3A}' => Shown::As("——"),
        '\u{2E3B}' => Shown::As("———"),
        // Half-width voicing marks join their kana on some terminals only.
        '\u{FF9E}' => Shown::As("゛"),
        '\u{FF9F}' => Shown::As("゜"),
        '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' | '\u{F0000}'..='\u{10FFFF}' => Shown::As(MISSING),
        _ if u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c) => {
            Shown::As(MISSING)
        }
        _ => Shown::Same,
    }
}

/// Characters that take no place of their own and change how others look: default-ignorable code
/// points (Unicode, `DerivedCoreProperties`), bidirectional controls, variation selectors, joiners,
/// tags, emoji skin tones and keycaps.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{20E3}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_shown_for_what_is_hostile() {
        for (source, expected) in [
            ("京津冀", "京津冀"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("\u{9b}31m", "␦31m"),
            ("一\t二", "一    二"),
            ("一\n二", "一 二"),
            ("abc\u{202e}def", "abcdef"),
            ("\u{fffd}\u{e000}", "〓〓"),
            ("👨\u{200d}👩", "👨👩"),
            ("e\u{301}\u{301}\u{301}", "e\u{301}\u{301}"),
            ("\u{301}x", "x"),
        ] {
            assert_eq!(DisplayText::line(source).as_str(), expected, "{source:?}");
        }
    }

    #[test]
    fn a_clean_text_is_not_copied() {
        let source: Arc<str> = "第一段。\n第二段。".into();
        let shown = DisplayText::block(&source);
        assert!(Arc::ptr_eq(&source, &shown.text));
    }

    #[test]
    fn offsets_lead_there_and_back() {
        let source: Arc<str> = "甲\u{200b}乙\u{1b}丙\t丁".into();
        let shown = DisplayText::block(&source);
        assert_eq!(shown.as_str(), "甲乙␛丙    丁");
        assert_eq!(shown.hidden(), 1);
        for c in ['甲', '乙', '丙', '丁'] {
            let (at, display) = (source.find(c).unwrap(), shown.as_str().find(c).unwrap());
            assert_eq!((shown.to_display(at), shown.to_source(display)), (display, at), "{c}");
        }
    }

    proptest! {
        #[test]
        fn nothing_shown_can_act(source in any::<String>()) {
            let source: Arc<str> = source.into();
            let shown = DisplayText::block(&source);
            prop_assert!(shown.as_str().chars().all(|c| c == '\n' || !c.is_control()));
            let again = DisplayText::block(&shown.as_str().into());
            prop_assert_eq!(again.as_str(), shown.as_str());
        }

        #[test]
        fn every_offset_maps_to_a_boundary(source in any::<String>()) {
            let source: Arc<str> = source.into();
            let shown = DisplayText::block(&source);
            let mut last = 0;
            for at in (0..=source.len()).filter(|at| source.is_char_boundary(*at)) {
                let display = shown.to_display(at);
                prop_assert!(shown.as_str().is_char_boundary(display) && display >= last);
                last = display;
            }
            for at in (0..=shown.as_str().len()).filter(|at| shown.as_str().is_char_boundary(*at)) {
                prop_assert!(source.is_char_boundary(shown.to_source(at)));
            }
        }
    }
}
