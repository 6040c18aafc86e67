//! The text of an article with its parts.

use std::{borrow::Cow, sync::Arc};

use super::decide::Segment;
use super::evidence::PairCounts;
use super::lines::{End, Lines};
use super::why::Evidence;
use super::{Article, ArticleId, Join, Kind, Part, Piece, Role, byline, cues, joins};
use crate::text::range::TextRange;

/// Lines and roles of the page that articles are built from.
pub(super) struct Builder<'a, 't> {
    pub(super) lines: &'a Lines<'t>,
    pub(super) roles: &'a [Role],
    pub(super) pairs: &'a PairCounts<'t>,
    /// What of the page is left out of its articles, in order.
    pub(super) glosses: &'a [TextRange],
}

/// Roles that stand before the text, in order.
const HEAD: [Role; 5] = [Role::Column, Role::Kicker, Role::Title, Role::Subtitle, Role::Byline];
/// Roles that follow the byline when they stand at the top.
const ORIGIN: [Role; 2] = [Role::Affiliation, Role::Source];
/// Roles that stand beside the text, in order.
const BESIDE: [Role; 5] =
    [Role::PullQuote, Role::Caption, Role::Credit, Role::PageHeader, Role::Other];

impl Builder<'_, '_> {
    /// Builds the article of `segment` from its lines `own`, in page order.
    pub(super) fn article(&self, segment: &Segment, own: &[usize]) -> Article {
        let role = |at: usize| self.roles.get(at).copied().unwrap_or(Role::Other);
        let is_text = |at: usize| matches!(role(at), Role::Paragraph | Role::Heading);
        let top = own.iter().position(|&at| is_text(at)).unwrap_or(own.len());
        let mut draft = Draft::new(self.lines, self.glosses);
        let (above, below) = own.split_at(top);
        for wanted in HEAD {
            let late = if wanted == Role::Byline { &[][..] } else { below };
            let lines = above.iter().chain(late).filter(|&&at| role(at) == wanted);
            lines.for_each(|&at| draft.part(wanted, at));
        }
        for &at in above.iter().filter(|&&at| ORIGIN.contains(&role(at))) {
            draft.part(role(at), at);
        }
        for &at in own.iter().filter(|&&at| role(at) == Role::Abstract) {
            draft.part(Role::Abstract, at);
        }
        let streams =
            |at: usize| is_text(at) || role(at) == Role::Byline || ORIGIN.contains(&role(at));
        let stream: Vec<usize> = below.iter().copied().filter(|&at| streams(at)).collect();
        let stream = self.in_reading_order(own, stream);
        self.pour(&stream, &mut draft);
        for wanted in BESIDE {
            own.iter().filter(|&&at| role(at) == wanted).for_each(|&at| draft.part(wanted, at));
        }
        let authors = self.authors(own, &stream);
        let photo = segment.photo && !own.iter().any(|&at| is_text(at));
        Article {
            id: ArticleId::of(&draft.text),
            kind: if photo { Kind::Photo } else { Kind::Article },
            text: Arc::from(draft.text),
            parts: draft.parts,
            damage: Vec::new(),
            authors,
            start: segment.evidence.clone(),
        }
    }

    /// Headings and paragraphs, those that a column break had cut joined again.
    fn pour(&self, stream: &[usize], draft: &mut Draft<'_, '_>) {
        let mut above = None;
        for &at in stream {
            let role = self.roles.get(at).copied().unwrap_or(Role::Other);
            match above {
                Some(above) if role == Role::Paragraph => match self.joins(above, at) {
                    Some(evidence) => draft.join(at, evidence),
                    None => draft.part(role, at),
                },
                _ => draft.part(role, at),
            }
            above = (role == Role::Paragraph).then_some(at);
        }
    }

    fn joins(&self, above: usize, below: usize) -> Option<Evidence> {
        joins::continues(self.lines, self.pairs, above, below)
    }

    /// Puts the beginning of an article that was printed after its end back in its place. The
    /// sign: behind a gap or quotations at the end stands more text, its last line breaks off, and
    /// a word runs on from there into the first line.
    fn in_reading_order(&self, own: &[usize], stream: Vec<usize>) -> Vec<usize> {
        /// Times that the characters over the border must stand together elsewhere.
        const KNOWN: u32 = 3;
        let gap = own
            .iter()
            .rposition(|&at| self.roles.get(at) == Some(&Role::PullQuote) || self.lines.floats(at));
        let (Some(gap), Some(&first), Some(&last)) =
            (gap.and_then(|gap| own.get(gap)), stream.first(), stream.last())
        else {
            return stream;
        };
        let facts = |at: usize| self.lines.filled.get(at);
        let (Some(opening), Some(closing)) = (facts(first), facts(last)) else { return stream };
        let text = |at: usize| self.roles.get(at) == Some(&Role::Paragraph);
        let known = self.pairs.get((closing.last, opening.first)) >= KNOWN;
        let start = stream.partition_point(|&at| at < *gap);
        let turned = text(first) && text(last) && known && closing.end == End::Open;
        if !turned || start == 0 || start >= stream.len() || self.joins(last, first).is_none() {
            return stream;
        }
        let (body, opening) = stream.split_at(start);
        opening.iter().chain(body).copied().collect()
    }

    /// Names from the bylines and from the brackets at the end of the text.
    fn authors(&self, own: &[usize], stream: &[usize]) -> Vec<String> {
        let mut authors: Vec<String> = Vec::new();
        let mut add = |name: String| {
            if authors.len() < 20 && !authors.contains(&name) {
                authors.push(name);
            }
        };
        let bylines = own.iter().filter(|&&at| self.roles.get(at) == Some(&Role::Byline));
        for &at in bylines {
            let text = self.read(at);
            let office = cues::author_with_office(&text).map(str::to_owned);
            let named = byline::parse(&text).map(|byline| byline.authors);
            let signed = cues::signed(&text).map(str::to_owned);
            office.into_iter().chain(signed).chain(named.into_iter().flatten()).for_each(&mut add);
        }
        let text = |at: &&usize| self.roles.get(**at) == Some(&Role::Paragraph);
        let last = stream.iter().rfind(text).map(|&at| self.read(at)).unwrap_or_default();
        if let Some(name) = cues::closing_author(&last) {
            add(name.to_owned());
        }
        authors
    }

    /// Line `at` without its glosses.
    fn read(&self, at: usize) -> Cow<'_, str> {
        let line = self.lines.filled.get(at).map(|line| line.range).unwrap_or_default();
        if within(self.glosses, line).is_empty() {
            return Cow::Borrowed(line.of(self.lines.text));
        }
        kept(self.glosses, line).map(|range| range.of(self.lines.text)).collect::<String>().into()
    }
}

/// The glosses that lie in a line.
fn within(glosses: &[TextRange], line: TextRange) -> &[TextRange] {
    let from = glosses.partition_point(|gloss| gloss.start < line.start);
    let to = glosses.partition_point(|gloss| gloss.end <= line.end);
    glosses.get(from..to).unwrap_or_default()
}

/// What is left of a line without its glosses; never nothing, as each has its character.
fn kept(glosses: &[TextRange], line: TextRange) -> impl Iterator<Item = TextRange> {
    let glosses = within(glosses, line);
    let starts = [line.start].into_iter().chain(glosses.iter().map(|gloss| gloss.end));
    let ends = glosses.iter().map(|gloss| gloss.start).chain([line.end]);
    starts.zip(ends).map(|(start, end)| TextRange::new(start, end)).filter(|kept| !kept.is_empty())
}

/// An article's text while it is written.
struct Draft<'a, 't> {
    lines: &'a Lines<'t>,
    glosses: &'a [TextRange],
    text: String,
    parts: Vec<Part>,
}

impl<'a, 't> Draft<'a, 't> {
    fn new(lines: &'a Lines<'t>, glosses: &'a [TextRange]) -> Self {
        Self { lines, glosses, text: String::new(), parts: Vec::new() }
    }

    /// Begins a part with line `at`.
    fn part(&mut self, role: Role, at: usize) {
        if !self.parts.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        let range = TextRange::new(start, start);
        self.parts.push(Part { role, range, pieces: Vec::new(), joins: Vec::new() });
        self.piece(at);
    }

    /// Goes on with the last part in line `at`.
    fn join(&mut self, at: usize, evidence: Evidence) {
        let before = self.parts.last().map_or(0, |part| part.pieces.len());
        self.piece(at);
        let Some(part) = self.parts.last_mut() else { return };
        if let Some(piece) = part.pieces.get(before) {
            part.joins.push(Join { at: piece.start, evidence });
        }
    }

    /// Adds line `at` without its glosses to the last part. Between two letters or digits of ASCII
    /// a space is set,
    /// which belongs to no piece.
    fn piece(&mut self, at: usize) {
        let words = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let Some(source) = self.lines.filled.get(at).map(|line| line.range) else { return };
        let Some(part) = self.parts.last_mut() else { return };
        let text = source.of(self.lines.text);
        if !part.pieces.is_empty()
            && words(self.text.chars().next_back())
            && words(text.chars().next())
        {
            self.text.push(' ');
        }
        for source in kept(self.glosses, source) {
            part.pieces.push(Piece { start: self.text.len(), source });
            self.text.push_str(source.of(self.lines.text));
        }
        part.range.end = self.text.len();
    }
}
