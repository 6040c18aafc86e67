//! Articles with the same line of strokes or stars between them, each with its headline first.
//!
//! Chapters, scenes and sections are set off so as well. Articles differ in what newspapers add:
//! names, a dateline, a day.

use super::words;
use super::{
    Field, LIKELY, OVERWHELMING, Place, Plan, Prose, are_titles, byline_at, is_headline, whole,
};
use crate::article::lines::{Line, Lines};
use crate::article::{Role, cues, forms};

/// Lines of strokes in a file, at least.
const LEAST: usize = 3;
/// Characters of text under each headline, at least.
const TEXT: u32 = 80;

pub(super) fn find(lines: &Lines<'_>) -> Option<Plan> {
    let rules = rules(lines)?;
    let mut fields: Vec<Field> = Vec::new();
    let mut starts = Vec::new();
    let mut titles = Vec::new();
    let mut told = 0;
    let mut start = 0;
    for rule in rules.iter().copied().chain([lines.filled.len()]) {
        if start < rule {
            let record = record(lines, start, rule)?;
            told += usize::from(record.told);
            starts.push(start);
            titles.push(lines.str(start));
            fields.extend(whole(lines, start, Place::Article(Role::Title)));
            fields.extend(record.byline);
        }
        if rule < lines.filled.len() {
            fields.extend(whole(lines, rule, Place::Page(Role::Other)));
        }
        start = rule + 1;
    }
    if starts.len() < LEAST || told * 2 < starts.len() || !are_titles(&titles) {
        return None;
    }
    let sure = told == starts.len() && starts.len() > LEAST;
    Some(Plan {
        fields,
        starts,
        confidence: if sure { OVERWHELMING } else { LIKELY },
        evidence: vec![words::RULES],
    })
}

/// The lines of strokes, when there are enough and all are the same.
fn rules(lines: &Lines<'_>) -> Option<Vec<usize>> {
    let found: Vec<usize> = (0..lines.filled.len()).filter(|&at| is_rule(lines, at)).collect();
    let first = lines.str(*found.first()?);
    let same = found.len() >= LEAST && found.iter().all(|&at| lines.str(at) == first);
    same.then_some(found)
}

/// Whether a line is three strokes or stars of one kind or more, and nothing else.
fn is_rule(lines: &Lines<'_>, at: usize) -> bool {
    let known = |c: char| "=-*#~_＝－＊—※☆★◆●·".contains(c);
    let fits = |line: &&Line| line.first == line.last && line.han == 0 && known(line.first);
    lines.filled.get(at).filter(fits).is_some_and(|line| {
        (3..=80).contains(&line.chars)
            && lines.str(at).chars().all(|c| c == line.first || c.is_whitespace())
    })
}

struct Record {
    byline: Option<Field>,
    /// Whether it has what only articles have.
    told: bool,
}

/// The lines `start..end` as an article; `None` when they have the form of something else.
fn record(lines: &Lines<'_>, start: usize, end: usize) -> Option<Record> {
    let title = lines.filled.get(start)?;
    let other = forms::is_item(lines.str(start)) || byline_at(lines, start).is_some();
    // One line in this form makes it a document of another kind.
    let markup = |at: usize| {
        ["#", "```", "- ", "* ", "> ", "|"].iter().any(|mark| lines.str(at).starts_with(mark))
    };
    if !is_headline(title) || other || (start..end).any(markup) {
        return None;
    }
    let byline = (start + 1 < end).then(|| byline_at(lines, start + 1)).flatten();
    let text = start + 1 + usize::from(byline.is_some());
    let prose = Prose::of(lines, text..end);
    if !prose.is_text() || prose.chars < TEXT {
        return None;
    }
    let opens = |at: usize| {
        let text = lines.str(at);
        cues::has_dateline(text)
            || cues::is_date(text)
            || cues::is_source(text)
            || cues::has_lede(text)
    };
    let told = byline.is_some()
        || (text..end.min(text + 2)).any(opens)
        || cues::closing_author(lines.str(end - 1)).is_some();
    Some(Record { byline, told })
}
