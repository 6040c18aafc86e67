//! Cutting a paragraph into sentences.
//!
//! A sentence ends after 。！？ or an ellipsis that nothing closes, together with the quotation
//! marks and brackets that follow. A quotation stays in one piece with what introduces it and
//! with a short attribution behind it (“……。”他说。), so that no sentence has half a pair.

use super::range::TextRange;

/// A quotation longer than this many characters is cut at its own stops after all.
const LONG_QUOTATION: usize = 120;
/// A sentence never has more characters than this: text without stops is cut at a pause.
const MAX_CHARS: usize = 800;
/// An attribution behind a quotation is at most this many characters long.
const ATTRIBUTION: usize = 24;
/// Verbs by which an attribution is known.
const SAID: [&str; 13] = [
    "说",
    "道",
    "表示",
    "指出",
    "认为",
    "介绍",
    "强调",
    "告诉记者",
    "坦言",
    "感叹",
    "回忆",
    "解释",
    "评价",
];

/// The sentences of `paragraph`, in order, as ranges without the white space around them. What
/// lies between two of them is white space only, so no character of the text is lost.
pub fn sentences(paragraph: &str) -> Vec<TextRange> {
    let mut cutter = Cutter::default();
    let mut chars = paragraph.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|&(_, next)| next);
        cutter.take(c, at, end, next, paragraph);
    }
    cutter.cut(paragraph.len());
    cutter.ends.push(paragraph.len());
    trimmed(paragraph, &cutter.ends)
}

#[derive(Default)]
struct Cutter {
    /// Byte offsets behind each sentence.
    ends: Vec<usize>,
    /// Opened and not yet closed quotation marks and brackets.
    depth: usize,
    /// Characters of the sentence so far.
    chars: usize,
    /// Behind the last pause, where a sentence without stops may be cut: byte offset and
    /// characters up to there.
    pause: Option<(usize, usize)>,
    /// A stop was seen and only closing marks since.
    stopped: bool,
}

impl Cutter {
    fn take(&mut self, c: char, at: usize, end: usize, next: Option<char>, text: &str) {
        self.chars += 1;
        match c {
            '“' | '「' | '『' | '（' | '《' | '【' | '(' => {
                self.depth += 1;
                self.stopped = false;
            }
            '”' | '」' | '』' | '）' | '》' | '】' | ')' => {
                self.depth = self.depth.saturating_sub(1);
            }
            '。' | '！' | '？' | '!' | '?' | '｡' => self.stopped = true,
            '…' => self.stopped = next != Some('…') && !next.is_some_and(is_inner),
            '.' => self.stopped = is_latin_stop(text, at, next),
            _ => self.stopped = false,
        }
        if matches!(c, '，' | ',' | '；' | ';' | '、' | ' ' | '：') {
            self.pause = Some((end, self.chars));
        }
        if self.ends_here(next, text, end) {
            self.cut(end);
        } else if self.chars >= MAX_CHARS {
            let (at, chars) = self.pause.unwrap_or((end, self.chars));
            let rest = self.chars - chars;
            self.cut(at);
            self.chars = rest;
        }
    }

    fn ends_here(&self, next: Option<char>, text: &str, end: usize) -> bool {
        let continues = next.is_some_and(|next| is_closing(next) || is_stop(next));
        if !self.stopped || continues {
            return false;
        }
        let quoted = self.depth > 0 && self.chars < LONG_QUOTATION;
        let closed_quotation = text.get(..end).is_some_and(|t| t.ends_with(['”', '」', '』']));
        !(quoted || closed_quotation && is_attribution(text.get(end..).unwrap_or_default()))
    }

    fn cut(&mut self, end: usize) {
        self.ends.push(end);
        self.chars = 0;
        self.pause = None;
        self.stopped = false;
        self.depth = 0;
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '」' | '』' | '）' | '》' | '】' | ')' | '’' | '"')
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '｡')
}

/// Marks that show that an ellipsis stands inside its sentence.
fn is_inner(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '：')
}

/// A full stop ends a Latin sentence only behind a word of more than one letter and before white
/// space or the end: not in 3.5, e.g., www.example.org or an initial.
fn is_latin_stop(text: &str, at: usize, next: Option<char>) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let letters = before.chars().rev().take_while(char::is_ascii_alphabetic).count();
    letters > 2 && next.is_none_or(char::is_whitespace)
}

/// Whether the text behind a closed quotation is only the note of who spoke.
fn is_attribution(rest: &str) -> bool {
    let sentence: String = rest.chars().take(ATTRIBUTION).take_while(|c| !is_stop(*c)).collect();
    let clause = sentence.split(['，', ',', '：', '“']).next().unwrap_or_default();
    SAID.iter().any(|verb| clause.ends_with(verb))
}

/// The stretches between the ends without the white space around them, empty ones left out.
fn trimmed(text: &str, ends: &[usize]) -> Vec<TextRange> {
    let mut start = 0;
    let mut sentences = Vec::with_capacity(ends.len());
    for &end in ends {
        let Some(raw) = text.get(start..end) else { continue };
        let lead = raw.len() - raw.trim_start().len();
        let range = TextRange::new(start + lead, start + lead + raw.trim().len());
        if !range.is_empty() {
            sentences.push(range);
        }
        start = end;
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| range.of(text)).collect()
    }

    #[test]
    fn sentences_of_typical_prose() {
        for (text, expected) in [
            ("下雨了。他没带伞！怎么办？", vec!["下雨了。", "他没带伞！", "怎么办？"]),
            ("“走吧。天黑了。”他说。两人走了。", vec!["“走吧。天黑了。”他说。", "两人走了。"]),
            ("她问：“几点？”没有人回答。", vec!["她问：“几点？”", "没有人回答。"]),
            ("增长3.5%。下降2.1%。", vec!["增长3.5%。", "下降2.1%。"]),
            ("他想……算了。", vec!["他想……", "算了。"]),
            ("山、水……，都好。", vec!["山、水……，都好。"]),
            ("什么？！真的。", vec!["什么？！", "真的。"]),
            ("It works. Really well.", vec!["It works.", "Really well."]),
            ("没有句号的一段", vec!["没有句号的一段"]),
            ("  ", vec![]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn text_without_stops_is_cut_all_the_same() {
        let text = "一二三四五，".repeat(1_000);
        assert!(cut(&text).iter().all(|sentence| sentence.chars().count() <= MAX_CHARS));
    }

    proptest! {
        #[test]
        fn only_white_space_lies_between(text in "[一-十。！？…“”（） a-c.,，\u{3000}]{0,60}") {
            let mut at = 0;
            for range in sentences(&text) {
                prop_assert!(text[at..range.start].trim().is_empty() && !range.is_empty());
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }

        #[test]
        fn any_text_is_cut_at_boundaries(text in any::<String>()) {
            prop_assert!(sentences(&text).iter().all(|range| text.get(range.start..range.end).is_some()));
        }
    }
}
