//! Short lines that look like headlines and are pieces of paragraphs: something is missing at
//! their end or before their beginning, or they end as a sentence of the text does.

use super::chars::{is_bound, is_function};
use super::evidence::PairCounts;
use super::forms;
use super::lines::{End, Line, Lines};
use super::roles::Class;

/// Characters of Chinese prose that hardly ever begin a paragraph: in news they stand at its
/// beginning less than a sixth as often as inside it, and one paragraph in 350 begins so, but one
/// in seven pieces that were cut at random.
const INNER: &str = "的是和了业个年展出化成动力方行们等部将定区心表得系队务度制明间员技量期很造题续情已月示色式手尔议统";
/// Characters of the small words that prose is full of and headlines spare.
const SMALL: &str = "的了是在有也都就把被着过这那我他她它们很不没还又才只会要能可从到对为与和及";

/// The sum when nothing speaks for a piece of a paragraph. These weights were fitted on headlines
/// and headings against paragraphs that were cut at random.
const BIAS: f32 = -4.8;
/// For every ten characters, up to 44.
const TENS: f32 = 1.6;
/// For every comma, up to two.
const COMMAS: f32 = 1.2;
/// For every enumeration comma, up to two.
const ENUMERATION: f32 = 0.8;
/// Times the share of small words in tenths, as of [`HALF`] characters or more.
const SMALL_WORDS: f32 = 0.7;
/// The text goes on with a character that hardly begins a paragraph.
const INNER_BELOW: f32 = 3.3;
/// The characters over the border below stand together elsewhere.
const KNOWN_BELOW: f32 = 2.5;
/// The text above breaks off.
const OPEN_ABOVE: f32 = 1.0;
/// Two halves with a space between them: a headline.
const SPACED: f32 = -1.1;
/// Sum from which a line is a piece of a paragraph.
const ENOUGH: f32 = 0.8;
/// The first half of a paragraph that was cut has so many characters or more.
const HALF: u32 = 20;
/// How often the characters on either side of a border stand together elsewhere on the page when
/// a word runs over it.
const KNOWN: u32 = 2;

/// Turns the classes of such lines into [`Class::Body`].
pub(super) fn mark(lines: &Lines<'_>, classes: &mut [Class]) {
    let pairs = PairCounts::of(lines.text, borders(lines, classes).into_iter());
    for at in 0..classes.len() {
        let Some(line) = lines.filled.get(at).filter(|_| classes[at] == Class::Display) else {
            continue;
        };
        let place = Place { lines, classes, pairs: &pairs, at, line };
        if place.wants_more() || place.leans() || place.is_spoken() {
            classes[at] = Class::Body;
        }
    }
}

/// The characters on either side of every border between a short line and text.
fn borders(lines: &Lines<'_>, classes: &[Class]) -> Vec<(char, char)> {
    let mut borders = Vec::new();
    for at in (0..classes.len()).filter(|&at| classes[at] == Class::Display) {
        let Some(line) = lines.filled.get(at) else { continue };
        if let Some(next) = text_below(lines, classes, at) {
            borders.push((line.last, next.first));
        }
        if let Some(above) = text_above(lines, classes, at) {
            borders.push((above.last, line.first));
        }
    }
    borders
}

/// The line of text over line `at`, what stands beside the text passed over.
fn text_above<'a>(lines: &'a Lines<'_>, classes: &[Class], at: usize) -> Option<&'a Line> {
    let above = (0..at).rev().find(|&above| !classes[above].is_beside())?;
    lines.filled.get(above).filter(|_| classes[above] == Class::Body)
}

/// The line of text under line `at`, what stands beside the text passed over.
fn text_below<'a>(lines: &'a Lines<'_>, classes: &[Class], at: usize) -> Option<&'a Line> {
    let below = (at + 1..classes.len()).find(|&below| !classes[below].is_beside())?;
    lines.filled.get(below).filter(|_| classes[below] == Class::Body)
}

/// A short line with what stands around it.
struct Place<'a, 't> {
    lines: &'a Lines<'t>,
    classes: &'a [Class],
    pairs: &'a PairCounts<'t>,
    at: usize,
    line: &'a Line,
}

impl Place<'_, '_> {
    /// Whether a sentence breaks off at the end of the line.
    fn wants_more(&self) -> bool {
        let (line, below) = (self.line, text_below(self.lines, self.classes, self.at));
        let next = self.lines.filled.get(self.at + 1);
        let next = next.filter(|_| self.classes.get(self.at + 1) == Some(&Class::Body));
        let half = line.chars >= HALF && line.end == End::Open;
        let runs_on = below.is_some_and(|below| self.known(line, below));
        line.unclosed
            || is_function(line.last)
            || next.is_some_and(|next| is_bound(next.first))
            || (half && runs_on)
            || below.is_some_and(|below| self.is_half(below))
    }

    /// Whether the line, alone in the text, reads as the first half of the paragraph `below`
    /// rather than as a heading. Length alone does not tell.
    fn is_half(&self, below: &Line) -> bool {
        let Some(above) = text_above(self.lines, self.classes, self.at) else { return false };
        let (line, text) = (self.line, self.lines.str(self.at));
        let inner = INNER.contains(below.first);
        let known = self.known(line, below);
        if !(inner || known || self.has_clauses()) {
            return false;
        }
        let count = |set: &[char]| text.matches(set).take(2).count() as f32;
        let small = text.chars().filter(|&c| SMALL.contains(c)).count() as f32;
        let when = |present: bool, weight: f32| if present { weight } else { 0.0 };
        let sum = BIAS
            + TENS * (line.chars as f32 / 10.0).min(4.4)
            + COMMAS * count(&['，', ','])
            + ENUMERATION * count(&['、'])
            + SMALL_WORDS * 10.0 * small / line.chars.max(HALF) as f32
            + when(inner, INNER_BELOW)
            + when(known, KNOWN_BELOW)
            + when(above.end != End::Final, OPEN_ABOVE)
            + when(line.inner_space, SPACED);
        sum >= ENOUGH
    }

    /// Whether the line goes on with a sentence that the line above has begun.
    fn leans(&self) -> bool {
        let Some(above) = text_above(self.lines, self.classes, self.at) else { return false };
        above.end == End::Comma
            || (above.end == End::Open
                && (is_bound(self.line.first)
                    || (above.chars >= HALF
                        && (self.has_clauses() || self.known(above, self.line)))))
    }

    /// Whether the line is a whole sentence where no headline can stand.
    fn is_spoken(&self) -> bool {
        let led = self.at == 0
            || self.classes.get(self.at + 1) == Some(&Class::Byline)
            || forms::is_dashed(self.lines.str(self.at + 1))
            || self.lines.floats(self.at);
        self.line.end == End::Final && self.line.last != '—' && !led
    }

    fn has_clauses(&self) -> bool {
        self.lines.str(self.at).contains(['，', ','])
    }

    fn known(&self, above: &Line, below: &Line) -> bool {
        self.pairs.get((above.last, below.first)) >= KNOWN
    }
}
