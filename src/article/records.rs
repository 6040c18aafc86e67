//! Files of many records: a day of a newspaper in one file, an article per line, front matter.
//!
//! Such a file says by its form where articles begin. A reader here takes a text only when that
//! form holds from the first line to the last: numbers that rise, fields that come again, text
//! under every headline. If one line is out of place it takes nothing, and the page is split as any
//! other. No file name is asked.
//!
//! What is found is a [`Plan`] over the lines as they are. From it come the cut [`Lines`], where a
//! line that holds several fields, such as title and text, is a line per field; the segments; and
//! what the usual steps have to be told in the end. The usual builder makes the articles.
//!
//! A number or key before a field (`1.`, `title:`, `标题：`) is not part of the article, so that an
//! article has the same id in such a file and alone.

mod crawler;
mod day;
mod fields;
mod labels;
mod rows;
mod ruled;
#[cfg(test)]
mod tests;
mod words;

use super::chars::is_blank;
use super::decide::Segment;
use super::lines::{End, Line, Lines};
use super::roles::Class;
use super::why::{Evidence, Word};
use super::{Owner, Role, SplitMode, byline};
use crate::text::range::TextRange;

/// Confidence that makes a form one beyond doubt: a strict split takes no other.
const OVERWHELMING: f32 = 0.97;
/// Confidence of a form that holds, but that another kind of writing might have by chance.
const LIKELY: f32 = 0.92;
/// Characters of text in a record, at least.
const TEXT: u32 = 60;
/// Characters of a line that is no item, heading or verse.
const LONG: u32 = 30;
/// Characters of a headline, at most.
const HEADLINE: u32 = 48;

/// Whom a field belongs to, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The article that it stands in.
    Article(Role),
    /// The page.
    Page(Role),
}

/// A line, or a piece of one, of which the form says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Field {
    /// The line, among the filled ones.
    at: usize,
    /// Its bytes, without white space around; the whole line most of the time.
    range: TextRange,
    place: Place,
}

/// What one reader found, in terms of the lines as they are.
#[derive(Debug)]
struct Plan {
    /// In the order of the text; several for one line cut it.
    fields: Vec<Field>,
    /// First lines of the records, in order. What stands before the first is the page's.
    starts: Vec<usize>,
    confidence: f32,
    evidence: Vec<Word>,
}

/// A file of records, or one record with a head of its own.
#[derive(Debug)]
pub(super) struct Records {
    /// The records as segments of the cut lines.
    pub(super) segments: Vec<Segment>,
    /// What the form says of each cut line.
    places: Vec<Option<Place>>,
}

/// Looks for records, and cuts the lines that hold several fields. `None` leaves the lines as they
/// are. Without splitting only the head of a single article is read.
pub(super) fn find(lines: &mut Lines<'_>, mode: SplitMode) -> Option<Records> {
    let readers = [fields::find, labels::find, day::find, rows::find, ruled::find, crawler::find];
    let plan = readers.iter().find_map(|read| read(lines))?;
    let wanted = match mode {
        SplitMode::Off => plan.starts.len() == 1,
        SplitMode::Auto => true,
        SplitMode::Strict => plan.confidence >= OVERWHELMING,
    };
    wanted.then(|| Records::cut(&plan, lines))
}

impl Records {
    fn cut(plan: &Plan, lines: &mut Lines<'_>) -> Self {
        let mut filled = Vec::with_capacity(lines.filled.len() + plan.fields.len());
        let mut places = Vec::with_capacity(filled.capacity());
        let mut starts = Vec::with_capacity(plan.starts.len());
        let mut fields = plan.fields.iter().peekable();
        let mut wanted = plan.starts.iter().peekable();
        for (at, line) in std::mem::take(&mut lines.filled).into_iter().enumerate() {
            if wanted.next_if(|&&start| start == at).is_some() {
                starts.push(filled.len());
            }
            let before = filled.len();
            while let Some(field) = fields.next_if(|field| field.at == at) {
                if let Some(piece) = piece(lines.text, &line, field.range, filled.len() > before) {
                    filled.push(piece);
                    places.push(Some(field.place));
                }
            }
            if filled.len() == before {
                filled.push(line);
                places.push(None);
            }
        }
        let ends = starts.iter().copied().skip(1).chain([filled.len()]);
        let segment = |(&start, end)| Segment {
            start,
            end,
            evidence: Evidence::of_words(plan.confidence, &plan.evidence),
            titled: true,
            photo: false,
        };
        let segments = starts.iter().zip(ends).map(segment).collect();
        lines.filled = filled;
        Self { segments, places }
    }

    /// Puts what the form says over what the usual steps made of the lines. `segments` are the records as a
    /// person has cut and joined them.
    pub(super) fn settle(
        &self,
        segments: &[Segment],
        classes: &[Class],
        roles: &mut [Role],
        owners: &mut [Owner],
    ) {
        let first = self.segments.first().map_or(0, |segment| segment.start);
        for at in 0..first.min(roles.len()) {
            roles[at] = match classes.get(at) {
                Some(Class::PageHead | Class::Imprint) => Role::PageHeader,
                _ => Role::Other,
            };
        }
        for (article, segment) in segments.iter().enumerate() {
            for at in segment.start..segment.end {
                match self.places.get(at).copied().flatten() {
                    Some(Place::Article(role)) => {
                        (roles[at], owners[at]) = (role, Owner::Article(article));
                    }
                    Some(Place::Page(role)) => (roles[at], owners[at]) = (role, Owner::Page),
                    // The head of a record is known: no other line is its headline.
                    None if matches!(roles[at], Role::Title | Role::Kicker | Role::Subtitle) => {
                        roles[at] = Role::Heading;
                    }
                    None => {}
                }
            }
        }
        for (at, place) in self.places.iter().enumerate().take(first) {
            if let Some(Place::Page(role) | Place::Article(role)) = place {
                roles[at] = *role;
            }
        }
    }
}

/// The facts about a piece of `line`; only the first piece keeps the blank lines before it.
fn piece(text: &str, line: &Line, range: TextRange, later: bool) -> Option<Line> {
    if range == line.range {
        return Some(line.clone());
    }
    let gap = if later { 0 } else { line.gap };
    Line::of(range.of(text), range.start, line.index, gap)
}

/// Whether a line has the form of a headline: short, Chinese, and not the end of a sentence.
fn is_headline(line: &Line) -> bool {
    line.chars <= HEADLINE
        && line.is_chinese()
        && line.end != End::Comma
        && !line.stopped
        && line.inner_ends <= 1
        && !line.unclosed
        && !matches!(line.last, '：' | ':' | ';' | '.')
}

/// What the text of one record amounts to.
#[derive(Clone, Copy, Debug, Default)]
struct Prose {
    chars: u32,
    han: u32,
    /// Characters in lines that are longer than an item or a heading.
    long: u32,
}

impl Prose {
    fn of(lines: &Lines<'_>, range: std::ops::Range<usize>) -> Self {
        let mut prose = Self::default();
        let first = range.start;
        for (at, line) in lines.filled.get(range).unwrap_or_default().iter().enumerate() {
            prose.chars = prose.chars.saturating_add(line.chars);
            prose.han = prose.han.saturating_add(line.han);
            if line.chars >= LONG || lines.is_full(first + at) {
                prose.long = prose.long.saturating_add(line.chars);
            }
        }
        prose
    }

    /// Whether it is running text of some length in Chinese.
    fn is_text(self) -> bool {
        let (chars, han, long) = (u64::from(self.chars), u64::from(self.han), u64::from(self.long));
        self.chars >= TEXT && han * 2 >= chars && long * 5 >= chars * 3
    }
}

/// Whether hardly a title comes twice, and no more than a third of them ask a question: speakers
/// and keys come again, and questions with answers are no articles.
fn are_titles(titles: &[&str]) -> bool {
    let different: std::collections::HashSet<&str> = titles.iter().copied().collect();
    let questions = titles.iter().filter(|title| title.ends_with(['？', '?'])).count();
    different.len() * 20 >= titles.len() * 19 && questions * 3 <= titles.len()
}

/// The field for line `at` as a whole.
fn whole(lines: &Lines<'_>, at: usize, place: Place) -> Option<Field> {
    lines.filled.get(at).map(|line| Field { at, range: line.range, place })
}

/// The field that lies `from..to` bytes into line `at`, white space cut off; `None` when nothing is
/// left of it.
fn inside(lines: &Lines<'_>, at: usize, from: usize, to: usize, place: Place) -> Option<Field> {
    let start = lines.filled.get(at)?.range.start;
    let text = lines.str(at).get(from..to)?;
    let tail = text.trim_start_matches(is_blank);
    let from = start + from + (text.len() - tail.len());
    let length = tail.trim_end_matches(is_blank).len();
    (length > 0).then_some(Field { at, range: TextRange::new(from, from + length), place })
}

/// The names under the headline of a record, when line `at` is nothing else.
fn byline_at(lines: &Lines<'_>, at: usize) -> Option<Field> {
    byline::parse(lines.str(at))?;
    whole(lines, at, Place::Article(Role::Byline))
}

/// A number with its mark at the start of a line: `1.`, `12、`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    value: u32,
    mark: char,
    /// Bytes of number, mark and white space.
    length: usize,
}

/// The number that `text` begins with, if something stands behind it.
fn number(text: &str) -> Option<Number> {
    let (value, rest) = digits(text)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | '、' | '．'))?;
    let body = rest.strip_prefix(mark)?;
    let bare = body.trim_start_matches(is_blank);
    let next = bare.chars().next()?;
    let decimal = body.len() == bare.len() && next.is_ascii_digit();
    (!decimal).then_some(Number { value, mark, length: text.len() - bare.len() })
}

/// A number in digits, four at most, and what follows it.
fn digits(text: &str) -> Option<(u32, &str)> {
    let digit = |c: char| match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    };
    let length = text.chars().take(5).take_while(|&c| digit(c).is_some()).count();
    let values = text.chars().take(length).filter_map(digit);
    let value = values.fold(0, |value, digit| value * 10 + digit);
    let rest = text.char_indices().nth(length).map_or("", |(at, _)| text.split_at(at).1);
    (1..=4).contains(&length).then_some((value, rest))
}
