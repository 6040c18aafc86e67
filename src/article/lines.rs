//! The lines of a page with the facts that later steps ask for, gathered in one pass.

use super::chars::{
    closes, closes_line, ends_sentence, is_blank, is_comma, is_han, is_toned, leading_han, opens,
};
use super::cues;
use super::why::Word;
use super::{Owner, PageLine, Role};
use crate::text::range::TextRange;

/// Why a line without text is blank.
const BLANK: Word = Word::new("空行", "blank");

/// How a line ends, closing quotes and brackets aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With the end of a sentence, or of a part of it that can stand alone.
    Final,
    /// With a comma.
    Comma,
    /// In the middle of things, or as a headline does.
    Open,
}

/// Facts about one line that is not blank.
#[expect(clippy::struct_excessive_bools, reason = "the facts do not depend on each other")]
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its number on the page, from 0.
    pub(super) index: usize,
    /// Its text without white space at either end.
    pub(super) range: TextRange,
    /// Blank lines before it.
    pub(super) gap: u32,
    /// Characters without white space and pinyin glosses.
    pub(super) chars: u32,
    /// Chinese characters among them.
    pub(super) han: u32,
    /// Sentence ends that have more text after them.
    pub(super) inner_ends: u32,
    /// Commas, the enumeration comma included.
    pub(super) commas: u32,
    /// First character.
    pub(super) first: char,
    /// Last character.
    pub(super) last: char,
    /// How it ends.
    pub(super) end: End,
    /// Whether there is a full stop or a semicolon in it.
    pub(super) stopped: bool,
    /// Whether a quotation or a bracket is left open.
    pub(super) unclosed: bool,
    /// Whether white space stands between two Chinese words.
    pub(super) inner_space: bool,
    /// Whether the line began with white space.
    pub(super) indented: bool,
}

impl Line {
    /// Looks at `raw`, a line or a piece of one that begins at byte `start` of the page, on the line
    /// with number `index` after `gap` blank lines; `None` when it is blank.
    pub(super) fn of(raw: &str, start: usize, index: usize, gap: u32) -> Option<Self> {
        facts(raw, start, index, gap)
    }

    /// Characters with the usual indent of two.
    fn width(&self) -> u32 {
        self.chars + if self.indented { 2 } else { 0 }
    }

    /// Whether most of the line is Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        (self.han >= 2 && self.han * 5 >= self.chars * 2)
            || (self.han >= 5 && self.han * 4 >= self.chars)
    }
}

/// Text that was cut into lines of one width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrap {
    /// Characters of a full line.
    pub(super) width: u32,
    /// Whether paragraphs begin with white space.
    pub(super) indented: bool,
}

/// The lines of a page.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    /// The text of the page.
    pub(super) text: &'t str,
    /// Every line, still without role and owner.
    pub(super) all: Vec<PageLine>,
    /// The lines that are not blank.
    pub(super) filled: Vec<Line>,
    /// Blank lines that usually stand between two paragraphs.
    pub(super) base_gap: u32,
    /// Set when the text was cut at a fixed width.
    pub(super) wrap: Option<Wrap>,
}

impl<'t> Lines<'t> {
    /// Cuts `text` at its line feeds and looks at every line once.
    pub(super) fn scan(text: &'t str) -> Self {
        let mut all = Vec::new();
        let mut filled = Vec::new();
        let (mut start, mut gap) = (0, 0);
        for raw in text.split_inclusive('\n') {
            let range = TextRange::new(start, start + raw.len());
            start = range.end;
            match facts(raw, range.start, all.len(), gap) {
                Some(line) => {
                    filled.push(line);
                    gap = 0;
                }
                None => gap += 1,
            }
            let (role, owner) = (Role::Blank, Owner::Page);
            all.push(PageLine { range, role, owner, why: BLANK, confidence: 1.0 });
        }
        let (base_gap, wrap) = (usual_gap(&filled), fixed_width(&filled));
        Self { text, all, filled, base_gap, wrap }
    }

    /// The text of the line with index `at` among the filled ones, without white space around.
    pub(super) fn str(&self, at: usize) -> &'t str {
        self.filled.get(at).map_or("", |line| line.range.of(self.text))
    }

    /// Whether so many blank lines stand before line `at` that something was taken out there,
    /// such as a picture or a box.
    pub(super) fn floats(&self, at: usize) -> bool {
        at > 0 && self.filled.get(at).is_some_and(|line| line.gap >= self.base_gap + 2)
    }

    /// Whether line `at` was cut at the fixed width of the page.
    pub(super) fn is_full(&self, at: usize) -> bool {
        let full = |wrap: Wrap| self.filled.get(at).is_some_and(|l| l.width() + 2 >= wrap.width);
        self.wrap.is_some_and(full)
    }
}

/// Looks at one line with its line end; `None` when it is blank.
fn facts(raw: &str, start: usize, index: usize, gap: u32) -> Option<Line> {
    let tail = raw.trim_start_matches(is_blank);
    let text = tail.trim_end_matches(is_blank);
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let from = start + (raw.len() - tail.len());
    let body = without_closing_bracket(text);
    let core = body.chars().rev().find(|&c| !closes(c) && c != '"').unwrap_or(last);
    let end = match core {
        c if closes_line(c) => End::Final,
        c if is_comma(c) => End::Comma,
        _ => End::Open,
    };
    let mut line = Line {
        index,
        range: TextRange::new(from, from + text.len()),
        gap,
        chars: 0,
        han: 0,
        inner_ends: 0,
        commas: 0,
        first,
        last,
        end,
        stopped: false,
        unclosed: false,
        inner_space: false,
        indented: tail.len() < raw.len(),
    };
    count(text, &mut line);
    Some(line)
}

/// `text` without a bracket at its end when the sentence before it is complete: `……。（王明）`.
fn without_closing_bracket(text: &str) -> &str {
    let opening = text.strip_suffix([')', '）']).and_then(|inner| {
        let near = cues::tail(inner, 24);
        near.rfind(['(', '（']).map(|at| inner.len() - near.len() + at)
    });
    let before = opening.and_then(|at| text.get(..at)).unwrap_or_default();
    let before = before.trim_end_matches(is_blank);
    let complete = before.trim_end_matches(|c| closes(c) || c == '"').ends_with(ends_sentence);
    if complete { before } else { text }
}

/// Fills in what has to be counted.
fn count(text: &str, line: &mut Line) {
    /// Any of the characters that are counted in rows.
    const HAN: char = '一';
    let (mut depth, mut ended, mut spaced) = (0_u32, false, false);
    let mut before = ' ';
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let run = leading_han(rest.as_bytes());
        if run > 0 {
            let chars = u32::try_from(run).unwrap_or(u32::MAX);
            line.chars = line.chars.saturating_add(chars);
            line.han = line.han.saturating_add(chars);
            line.inner_space |= spaced && ends_word(before);
            line.inner_ends += u32::from(ended);
            // Which of them it was makes no difference.
            (before, spaced, ended) = (HAN, false, false);
            at += 3 * run;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        if c == '('
            && is_han(before)
            && let Some(length) = gloss(rest)
        {
            at += length;
            continue;
        }
        at += c.len_utf8();
        if is_blank(c) {
            spaced = true;
            continue;
        }
        line.chars += 1;
        if is_han(c) {
            line.han += 1;
        }
        line.inner_space |=
            spaced && ends_word(before) && (is_han(c) || matches!(c, '“' | '「' | '《'));
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        } else if is_comma(c) {
            line.commas += 1;
        }
        if ended && !closes(c) && !closes_line(c) {
            line.inner_ends += 1;
            ended = false;
        }
        ended |= ends_sentence(c);
        line.stopped |= matches!(c, '。' | '；');
        (before, spaced) = (c, false);
    }
    line.unclosed = depth > 0;
}

/// Whether a Chinese word, or what is set around it, may end with `c`.
fn ends_word(c: char) -> bool {
    is_han(c) || matches!(c, '”' | '」' | '》' | '！' | '？')
}

/// Length in bytes of a pronunciation in brackets, such as `(zhǔn)`, that `text` begins with.
fn gloss(text: &str) -> Option<usize> {
    let (mut letters, mut toned) = (0, false);
    for (at, c) in text.char_indices().skip(1).take(8) {
        match c {
            ')' => return (letters > 0 && toned).then_some(at + 1),
            _ if is_toned(c) => toned = true,
            'a'..='z' | 'ü' => {}
            _ => return None,
        }
        letters += 1;
    }
    None
}

/// The most frequent number of blank lines between two lines, the smaller one when in doubt.
fn usual_gap(lines: &[Line]) -> u32 {
    let mut counts = [0_usize; 8];
    for line in lines.iter().skip(1) {
        if let Some(count) = usize::try_from(line.gap).ok().and_then(|gap| counts.get_mut(gap)) {
            *count += 1;
        }
    }
    let best = (0..).zip(counts).max_by_key(|&(gap, count)| (count, std::cmp::Reverse(gap)));
    best.map_or(0, |(gap, _)| gap)
}

/// Recognises text that was cut at a fixed width: a quarter of the lines or more is about as long
/// as the longest of them, does not end a sentence, and hardly a line is longer.
fn fixed_width(lines: &[Line]) -> Option<Wrap> {
    const SHORTEST: usize = 16;
    const LONGEST: usize = 80;
    let mut cut = [0_usize; LONGEST + 1];
    let mut longer = [0_usize; LONGEST + 2];
    for line in lines {
        let chars = usize::try_from(line.width()).unwrap_or(usize::MAX).min(LONGEST + 1);
        longer[chars] += 1;
        if line.end != End::Final && chars <= LONGEST {
            cut[chars] += 1;
        }
    }
    let mut above = longer[LONGEST + 1];
    for width in (SHORTEST..=LONGEST).rev() {
        let near: usize = cut[width - 2..=width].iter().sum();
        if near >= 6 && near * 4 >= lines.len() && above * 20 <= lines.len() {
            let indented = lines.iter().filter(|line| line.indented).count();
            let indented = indented * 20 >= lines.len() && indented * 2 <= lines.len();
            return Some(Wrap { width: u32::try_from(width).unwrap_or(u32::MAX), indented });
        }
        above += longer[width];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Line {
        let mut lines = Lines::scan(text).filled;
        assert_eq!(lines.len(), 1, "{text}");
        lines.remove(0)
    }

    #[test]
    fn ends() {
        for (text, end) in [
            ("他说：“走吧。”", End::Final),
            ("山高水长，", End::Comma),
            ("山高水长", End::Open),
            ("——", End::Final),
            ("（王明）", End::Open),
        ] {
            assert_eq!(one(text).end, end, "{text}");
        }
    }

    #[test]
    fn facts_of_a_line() {
        let line = one("\u{3000}\u{3000}雨停了。人们 走出门，看“天\r\n");
        assert_eq!((line.chars, line.han, line.commas, line.inner_ends), (13, 10, 1, 1));
        assert!(line.indented && line.unclosed && line.inner_space && line.stopped);
        assert_eq!((line.first, line.last), ('雨', '天'));
    }

    #[test]
    fn glosses_do_not_count() {
        assert_eq!(one("精準(zhǔn)承接(jiē)").chars, 4);
        assert_eq!(one("模型(abc)").chars, 7);
    }

    #[test]
    fn line_ranges_are_the_text() {
        let text = "一\r\n\n \r二\r三\n";
        let lines = Lines::scan(text);
        let joined: String = lines.all.iter().map(|line| line.range.of(text)).collect();
        assert_eq!(joined, text);
        assert_eq!(lines.filled.iter().map(|l| l.gap).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(lines.str(1), "二\r三");
    }

    #[test]
    fn fixed_width_is_seen_and_verse_is_not() {
        let row = "山里的早晨来得很晚太阳要到九点钟才能越过东边那道高高的山梁照进来";
        let wrapped = format!("　　{row}\n{row}\n{row}\n不远了。\n").repeat(4);
        let wrap = Lines::scan(&wrapped).wrap.expect("cut at a fixed width");
        assert!(wrap.indented && wrap.width >= 30);
        assert_eq!(Lines::scan(&"春风吹过小河湾\n".repeat(20)).wrap, None);
    }
}
