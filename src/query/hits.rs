//! What a match found, for highlighting and for ranking.

use crate::text::range::TextRange;

use super::Field;

/// Hits of one article, and of one term in one place of it, that are kept; the rest is as if it was
/// not there.
pub(super) const MAX_HITS: usize = 10_000;

/// The text in which a hit lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The title.
    Title,
    /// The keyword with this index.
    Keyword(usize),
    /// The byline.
    Byline,
    /// The path.
    Path,
    /// The tag with this index.
    Tag(usize),
    /// The note.
    Note,
    /// The whole text of the article.
    Text,
}

impl Place {
    /// The field that this place belongs to; [`Field::Any`] for the whole text.
    pub fn field(self) -> Field {
        match self {
            Self::Title => Field::Title,
            Self::Keyword(_) => Field::Keyword,
            Self::Byline => Field::Byline,
            Self::Path => Field::Path,
            Self::Tag(_) => Field::Tag,
            Self::Note => Field::Note,
            Self::Text => Field::Any,
        }
    }
}

/// How something was found; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// It stands there.
    Literal,
    /// A regular expression found it.
    Regex,
    /// It reads so.
    Pinyin,
}

/// A place to highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hit {
    /// The text that it lies in.
    pub place: Place,
    /// Where in that text, as it is printed.
    pub range: TextRange,
    /// How it was found.
    pub kind: Kind,
}

/// How often a term was found in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The term, as index into [`Matcher::terms`](super::Matcher::terms).
    pub term: usize,
    /// The field; [`Field::Any`] for the whole text, which includes the title.
    pub field: Field,
    /// How it was found.
    pub kind: Kind,
    /// How often, at most 10,000 in one text; places next to each other counted apart.
    pub count: usize,
}

/// What was found in an article that matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What to highlight: in the order of places, then of the text, apart, at most 10,000. Hits
    /// that touch are one, hits that overlap too, of the better kind. None for what is not text,
    /// such as dates, and for what must not be there.
    pub hits: Vec<Hit>,
    /// For ranking: how often each term was found in each field, those that were.
    pub counts: Vec<Count>,
}

impl Found {
    /// The best way in which something was found; none when nothing was looked for in a text.
    pub fn kind(&self) -> Option<Kind> {
        self.counts.iter().map(|count| count.kind).min()
    }

    /// Adds what a term found in one place.
    pub(super) fn add(&mut self, term: usize, place: Place, kind: Kind, ranges: &[TextRange]) {
        if ranges.is_empty() {
            return;
        }
        self.hits.extend(ranges.iter().map(|range| Hit { place, range: *range, kind }));
        let field = place.field();
        let same =
            |count: &&mut Count| (count.term, count.field, count.kind) == (term, field, kind);
        match self.counts.iter_mut().rev().find(same) {
            Some(known) => known.count += ranges.len(),
            None => self.counts.push(Count { term, field, kind, count: ranges.len() }),
        }
    }

    /// Puts the hits in order and makes one of those that touch.
    pub(super) fn tidy(&mut self) {
        self.hits.sort_unstable();
        let mut merged: Vec<Hit> = Vec::with_capacity(self.hits.len());
        for hit in self.hits.drain(..) {
            match merged.last_mut() {
                Some(last) if belongs(*last, hit) => {
                    last.range.end = last.range.end.max(hit.range.end);
                    last.kind = last.kind.min(hit.kind);
                }
                _ => merged.push(hit),
            }
        }
        merged.truncate(MAX_HITS);
        self.hits = merged;
    }
}

fn belongs(last: Hit, next: Hit) -> bool {
    let touches = last.range.end == next.range.start && last.kind == next.kind;
    last.place == next.place && (touches || last.range.overlaps(next.range))
}
