//! What is wrong with the rows of a paragraph, by tables of its own.

use std::fmt;

use zhaidu::text::wrap::{Measure, Row};

/// CLREQ 3.1.3: pause and stop marks, closing marks, connectors, interpuncts, and (strict) dashes
/// and ellipses never begin a row; nor does the sign of a number.
const NEVER_FIRST: &str = "，。、；：！？）」』》〉】〕］｝〗”’…—·～–／％%℃‰°";

/// Opening marks never end a row, nor does the sign of an amount or a solidus.
const NEVER_LAST: &str = "（「『《〈【〔［｛〖“‘￥¥$／";

/// Punctuation of ASCII, which does not begin a row where it follows a character directly.
const ASCII_MARKS: &str = ",.;:!?)]}";

/// What was found in many paragraphs.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) faults: Vec<String>,
    pub(super) rows: usize,
    /// Rows that are not the last one of their paragraph by unused cells: 0, 1, 2 or 3, more.
    slack: [usize; 4],
}

impl Findings {
    fn fault(&mut self, kind: &str, text: &str, at: usize, measure: Measure) {
        let from = floor(text, at.saturating_sub(24));
        let to = floor(text, at + 24);
        let around = format!("{}|{}", &text[from..at], &text[at..to]);
        self.faults.push(format!("{kind} in {}: {around}", measure.width));
    }

    /// Rows with four or more unused cells, in percent of those that are not the last.
    pub(super) fn share_of_loose(&self) -> f64 {
        self.share(3)
    }

    fn share(&self, at: usize) -> f64 {
        let all: usize = self.slack.iter().sum();
        100.0 * self.slack[at] as f64 / all.max(1) as f64
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let [none, one, few, loose] = [0, 1, 2, 3].map(|at| self.share(at));
        write!(
            f,
            "{:>7} rows, {} faults, unused cells 0: {none:.1} %, 1: {one:.1} %, 2-3: {few:.1} %, \
             4 and more: {loose:.2} %",
            self.rows,
            self.faults.len(),
        )
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Checks the rows of one paragraph.
pub(super) fn check(text: &str, rows: &[Row], measure: Measure, findings: &mut Findings) {
    findings.rows += rows.len();
    let tokens = tokens(text);
    let mut end = 0;
    for (number, row) in rows.iter().enumerate() {
        if row.range.start != end {
            findings.fault("lost", text, row.range.start, measure);
        }
        end = row.range.end;
        let shown = row.range.of(text).trim_end();
        let cells = row.indent + measure.widths.cells(shown);
        if cells > measure.width + measure.hang {
            findings.fault("too wide", text, row.range.start, measure);
        }
        if number + 1 < rows.len() {
            let slack = measure.width.saturating_sub(cells);
            findings.slack[match slack {
                0 | 1 => slack,
                2 | 3 => 2,
                _ => 3,
            }] += 1;
            check_cut(text, row.range.end, &tokens, measure, findings);
        } else if number > 0 && is_lone(shown) {
            findings.fault("lone character", text, row.range.start, measure);
        }
    }
    if end != text.len() {
        findings.fault("lost", text, end, measure);
    }
}

fn is_lone(row: &str) -> bool {
    row.chars().filter(|c| c.is_alphanumeric()).count() == 1
        && !row.chars().any(|c| NEVER_LAST.contains(c) || "%％℃°".contains(c))
}

/// What is wrong with the end of a row at byte `at`.
fn check_cut(
    text: &str,
    at: usize,
    tokens: &[(usize, usize, Kind)],
    measure: Measure,
    findings: &mut Findings,
) {
    let (before, after) = text.split_at(at);
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return;
    };
    let follows_space = last.is_whitespace();
    let solid = before.trim_end().chars().next_back();
    let is_word = after.chars().nth(1).is_some_and(|c| c.is_ascii_alphanumeric());
    if NEVER_FIRST.contains(first)
        || (ASCII_MARKS.contains(first) && !follows_space && !(first == '.' && is_word))
        || first.is_whitespace()
    {
        findings.fault("first", text, at, measure);
    }
    let is_opening_straight = last == '"' && before.matches('"').count() % 2 == 1;
    let is_closing_straight = first == '"' && before.matches('"').count() % 2 == 1;
    if solid.is_some_and(|c| NEVER_LAST.contains(c) || "([{".contains(c)) || is_opening_straight {
        findings.fault("last", text, at, measure);
    }
    if is_closing_straight {
        findings.fault("first", text, at, measure);
    }
    if "—…".contains(last) && "—…".contains(first) {
        findings.fault("run cut", text, at, measure);
    }
    let after = tokens.partition_point(|&(start, ..)| start < at);
    let Some(&(start, end, kind)) = after.checked_sub(1).and_then(|i| tokens.get(i)) else {
        return;
    };
    if at < end && measure.widths.cells(&text[start..end]) <= measure.width {
        let kind = if kind == Kind::Number { "number cut" } else { "word cut" };
        findings.fault(kind, text, at, measure);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Word,
}

/// Words and numbers with their signs: their bytes. A word is letters and digits of an alphabet
/// with single signs between them, and so is an address.
fn tokens(text: &str) -> Vec<(usize, usize, Kind)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let is_core = |at: usize| chars.get(at).is_some_and(|&(_, c)| is_letter(c) || is_digit(c));
    let is_at = |at: usize, signs: &str| chars.get(at).is_some_and(|&(_, c)| signs.contains(c));
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let digit = |at: usize| chars.get(at).is_some_and(|&(_, c)| is_digit(c));
        let signed = is_at(at, "¥￥$€£-+±") && digit(at + 1);
        if !is_core(at) && !signed {
            at += 1;
            continue;
        }
        let start = at;
        let is_number = signed || digit(at);
        at += 1;
        loop {
            let in_number = digit(at - 1) && digit(at + 1) && is_at(at, ".,:/×-–~·：．");
            let in_word = is_core(at + 1) && is_at(at, ".-'’_@/&+?=#:");
            let in_address = is_at(at, ":") && is_at(at + 1, "/") && is_at(at + 2, "/");
            if is_core(at) {
                at += 1;
            } else if in_address {
                at += 3;
            } else if in_number || in_word {
                at += 2;
            } else {
                break;
            }
        }
        while is_number && is_at(at, "%‰℃°％") {
            at += 1;
        }
        let end = chars.get(at).map_or(text.len(), |&(end, _)| end);
        let kind = if is_number { Kind::Number } else { Kind::Word };
        tokens.push((chars[start].0, end, kind));
    }
    tokens
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{C0}'..'\u{500}').contains(&c) && c.is_alphabetic()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}
