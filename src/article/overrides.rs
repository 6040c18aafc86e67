//! What a person decided about a page, against the splitter.

use std::fmt;

use super::decide::{Considered, Segment};
use super::lines::Lines;
use super::roles::Class;
use super::why::{Evidence, Reason, Word};
use super::{Owner, SplitMode};

const OWN: Word = Word::new("你的决定", "your own decision");
const NO_ARTICLE: Word = Word::new("你说这不是文章", "you said that this is no article");

/// Something that a person decided about a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// About one of its lines.
    Line(Override),
    /// How willing the splitter is to see several articles on it.
    Mode(SplitMode),
    /// The decision before counts no more.
    Undo,
    /// Something that only later versions know, which can be taken back as any other.
    Unknown,
}

/// A decision about one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Override {
    /// The line, as index into [`Page::lines`](super::Page::lines).
    pub line: usize,
    /// What was decided about it.
    pub verdict: Verdict,
}

/// What was decided about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// An article begins there.
    Begins,
    /// No article begins there: it goes on with the one above.
    GoesOn,
    /// What begins there is no article: its lines belong to the page.
    NoArticle,
}

impl Verdict {
    /// Whether it says where articles begin, not what they are. One of each kind holds for a line.
    pub fn is_border(self) -> bool {
        self != Self::NoArticle
    }
}

/// The hash of a page's whole text: what a decision is about, wherever the page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageId(pub [u8; 32]);

impl PageId {
    /// The id of a page with this text: its BLAKE3 hash.
    pub fn of(text: &str) -> Self {
        Self(*blake3::hash(text.as_bytes()).as_bytes())
    }

    /// The id that is written so, 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| Self(*hash.as_bytes()))
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Evidence {
    /// Whether a person decided it.
    pub fn is_own(&self) -> bool {
        self.reasons.iter().any(|reason| reason.word == OWN || reason.word == NO_ARTICLE)
    }
}

/// Cuts and joins `segments` as `overrides` say, the later one where two are about one line. What
/// was considered at such a line gives way to the decision.
pub(super) fn apply(
    overrides: &[Override],
    lines: &Lines<'_>,
    classes: &[Class],
    segments: &mut Vec<Segment>,
    considered: &mut Vec<Considered>,
) {
    for decision in overrides.iter().filter(|decision| decision.verdict.is_border()) {
        // The top of the page is where its first article begins, whatever anybody says.
        let Some(at) = first_of(lines, decision.line).filter(|&at| at > 0) else { continue };
        let start = segments.binary_search_by_key(&at, |segment| segment.start);
        if (decision.verdict, start) == (Verdict::GoesOn, Ok(0)) {
            // There is no article above the first one.
            continue;
        }
        considered.retain(|(considered, _)| *considered != at);
        match (decision.verdict, start) {
            (Verdict::Begins, Ok(same)) => segments[same].evidence = begins(),
            (Verdict::Begins, Err(below)) => cut(segments, below, at, classes),
            (Verdict::GoesOn, Ok(same)) => {
                let segment = segments.remove(same);
                if let Some(above) = same.checked_sub(1).and_then(|above| segments.get_mut(above)) {
                    above.end = segment.end;
                    above.photo &= segment.photo;
                }
                considered.push((at, against(OWN)));
            }
            (Verdict::GoesOn, Err(_)) => considered.push((at, against(OWN))),
            // Of no use before all borders are known.
            (Verdict::NoArticle, _) => {}
        }
    }
}

/// Takes away what is no article, as `overrides` say: its lines belong to the page. What does not begin
/// where that was said is another one by now; and one article is left whatever anybody says.
pub(super) fn dismiss(
    overrides: &[Override],
    lines: &Lines<'_>,
    segments: &mut Vec<Segment>,
    owners: &mut [Owner],
    considered: &mut Vec<Considered>,
) {
    for decision in overrides.iter().filter(|decision| !decision.verdict.is_border()) {
        let at = first_of(lines, decision.line);
        let begins = |at: usize| segments.binary_search_by_key(&at, |segment| segment.start).ok();
        let found = at.and_then(|at| Some((at, begins(at)?)));
        let Some((at, number)) = found.filter(|_| segments.len() > 1) else { continue };
        segments.remove(number);
        for owner in owners.iter_mut() {
            match owner {
                Owner::Article(own) if *own == number => *owner = Owner::Page,
                Owner::Article(later) if *later > number => *later -= 1,
                Owner::Article(_) | Owner::Page => {}
            }
        }
        considered.retain(|(considered, _)| *considered != at);
        considered.push((at, against(NO_ARTICLE)));
    }
}

/// The line of the page among the filled ones; its first field, where it holds several: a line is never cut.
fn first_of(lines: &Lines<'_>, line: usize) -> Option<usize> {
    let at = lines.filled.partition_point(|filled| filled.index < line);
    lines.filled.get(at).filter(|filled| filled.index == line).map(|_| at)
}

/// Cuts the segment before index `below` at line `at`.
fn cut(segments: &mut Vec<Segment>, below: usize, at: usize, classes: &[Class]) {
    let Some(above) = below.checked_sub(1).and_then(|above| segments.get_mut(above)) else {
        return;
    };
    let end = std::mem::replace(&mut above.end, at);
    let titled = classes.get(at).is_some_and(|class| class.is_display());
    segments.insert(below, Segment { start: at, end, evidence: begins(), titled, photo: false });
}

fn begins() -> Evidence {
    Evidence { confidence: 1.0, ..Evidence::of(1.0, OWN) }
}

fn against(word: Word) -> Evidence {
    let share = -Evidence::of(1.0, word).reasons.first().map_or(0.0, |reason| reason.share);
    Evidence { confidence: 0.0, reasons: vec![Reason { word, share }] }
}

#[cfg(test)]
mod tests;
