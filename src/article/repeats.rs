//! Pull quotes and abstracts: lines made of sentences that stand in the text a second time.
//!
//! A candidate is cut into runs of six characters; a run counts as covered when another line
//! holds it too. Only the runs of candidates are stored, a long file is taken in windows, and a
//! run remembers a few candidates at most, so the work grows with the text alone.

use std::collections::HashMap;

use super::chars::{is_bullet, is_han};
use super::cues;
use super::evidence::Hashed;
use super::lines::{End, Line, Lines};
use super::roles::Class;

/// Characters of a run.
const RUN: u32 = 6;
/// Share of a candidate's runs that must be found in other lines.
const COVERED: f32 = 0.62;
/// The same for a candidate that a bullet marks already.
const COVERED_MARKED: f32 = 0.5;
/// A quotation is not shorter, in characters.
const SHORTEST: u32 = 10;
/// A quotation is not longer, in characters.
const LONGEST: u32 = 400;
/// Characters of the text that are compared with each other.
const WINDOW: u32 = 60_000;
/// Candidates that one run remembers.
const KEPT: usize = 4;

/// Turns the classes of repeated lines into [`Class::PullQuote`] and [`Class::Abstract`].
///
/// Quotations go first and leave the pool of sources, because a quotation and the abstract may
/// repeat the same sentence.
pub(super) fn mark(lines: &Lines<'_>, classes: &mut [Class]) {
    let mut start = 0;
    while start < classes.len() {
        let end = window_end(lines, start);
        for told in [Told::ByForm, Told::ByPlace] {
            let quotes = (start..end).filter(|&at| told.fits(lines, classes, at)).collect();
            for at in covered(lines, classes, start..end, quotes) {
                if is_whole(lines, classes, start..end, at) {
                    classes[at] = Class::PullQuote;
                }
            }
        }
        let firsts = (start..end).filter(|&at| may_be_abstract(classes, at)).collect();
        for at in covered(lines, classes, start..end, firsts) {
            classes[at] = Class::Abstract;
        }
        start = end;
    }
}

/// One past the last line of the window that begins at `start`.
fn window_end(lines: &Lines<'_>, start: usize) -> usize {
    let mut chars = 0_u32;
    let rest = lines.filled.get(start..).unwrap_or_default();
    let fits = |line: &&Line| {
        chars = chars.saturating_add(line.chars);
        chars <= WINDOW
    };
    start + rest.iter().take_while(fits).count().max(1)
}

/// What makes a line look like a quotation. The first kind is marked before the second is looked
/// for: a quotation covers the half of a paragraph that goes on behind it.
#[derive(Clone, Copy)]
enum Told {
    /// A mark before the line, or no stop at its end.
    ByForm,
    /// A paragraph around it that it interrupts.
    ByPlace,
}

impl Told {
    fn fits(self, lines: &Lines<'_>, classes: &[Class], at: usize) -> bool {
        let Some(line) = lines.filled.get(at) else { return false };
        let above = at.checked_sub(1).and_then(|at| lines.filled.get(at).zip(classes.get(at)));
        let interrupts =
            above.is_some_and(|(above, &class)| class == Class::Body && above.end != End::Final);
        let goes_on = classes.get(at + 1).is_some_and(|&c| c == Class::Body || c.is_beside());
        match (classes.get(at), self) {
            (Some(Class::Body), Self::ByForm) => is_bullet(line.first) || line.end == End::Open,
            (Some(Class::Numbered), Self::ByForm) => is_bullet(line.first),
            (Some(Class::Body), Self::ByPlace) => interrupts,
            (Some(Class::Display), Self::ByForm) => interrupts && goes_on,
            _ => false,
        }
    }
}

/// Whether the words of line `at` end where a sentence of another line, or a part of one, ends. The first half of a
/// cut paragraph that a quotation repeats ends in the middle of one.
fn is_whole(
    lines: &Lines<'_>,
    classes: &[Class],
    mut window: std::ops::Range<usize>,
    at: usize,
) -> bool {
    /// Characters that are looked for.
    const TAIL: usize = 6;
    let Some(line) = lines.filled.get(at) else { return false };
    if is_bullet(line.first) {
        return true;
    }
    let stop = |c: char| !is_han(c) && !c.is_ascii_alphanumeric();
    let last = cues::tail(lines.str(at).trim_end_matches(stop), TAIL);
    let ends_there = |source: &str| {
        source.match_indices(last).any(|(found, _)| {
            let rest = source.get(found + last.len()..).unwrap_or_default();
            rest.chars().next().is_none_or(stop)
        })
    };
    window.any(|source| {
        source != at && classes.get(source) == Some(&Class::Body) && ends_there(lines.str(source))
    })
}

/// The first line of text under a headline or a byline.
fn may_be_abstract(classes: &[Class], at: usize) -> bool {
    let above = at.checked_sub(1).and_then(|at| classes.get(at));
    let headed = matches!(above, Some(Class::Display | Class::Byline | Class::Column));
    classes.get(at) == Some(&Class::Body) && headed
}

/// One candidate while its runs are looked for.
struct Candidate {
    line: usize,
    /// For every run of the candidate, whether another line holds it.
    found: Vec<bool>,
    /// Characters of the lines that hold some of it.
    sources: u32,
    /// The last of these lines, so that none is counted twice.
    last: usize,
}

/// Those of `wanted` that other lines of the window cover.
fn covered(
    lines: &Lines<'_>,
    classes: &[Class],
    window: std::ops::Range<usize>,
    wanted: Vec<usize>,
) -> Vec<usize> {
    let size = |at: usize| lines.filled.get(at).map_or(0, |line| line.chars);
    let fits = |&at: &usize| (SHORTEST..=LONGEST).contains(&size(at));
    let wanted: Vec<usize> = wanted.into_iter().filter(fits).collect();
    let is_source = |&at: &usize| {
        let marked = lines.filled.get(at).is_some_and(|line| is_bullet(line.first));
        !marked && classes.get(at) == Some(&Class::Body)
    };
    let sources: Vec<usize> = window.filter(is_source).collect();
    if !are_enough(lines, &sources, &wanted) {
        return Vec::new();
    }
    let known = Known::of(lines, &wanted);
    if !known.may_be_covered(lines, &sources, &wanted) {
        return Vec::new();
    }
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut places = Places { last: HashMap::default(), all: Vec::new(), known: &known };
    for line in wanted {
        let mut runs = 0;
        each_run(lines.str(line), |run| {
            places.add(run, candidates.len(), runs);
            runs += 1;
        });
        candidates.push(Candidate { line, found: vec![false; runs], sources: 0, last: line });
    }
    // The refrain of a song quotes nothing.
    let same = |a: usize, b: usize| size(a) == size(b) && lines.str(a) == lines.str(b);
    for source in sources {
        each_run(lines.str(source), |run| {
            for (candidate, place) in places.of(run) {
                let Some(candidate) = candidates.get_mut(candidate) else { continue };
                if candidate.line == source || same(candidate.line, source) {
                    continue;
                }
                candidate.found[place] = true;
                if candidate.last != source {
                    candidate.last = source;
                    candidate.sources = candidate.sources.saturating_add(size(source));
                }
            }
        });
    }
    let repeats = |candidate: &Candidate| {
        let share = candidate.found.iter().filter(|&&found| found).count() as f32
            / candidate.found.len().max(1) as f32;
        let marked = lines.filled.get(candidate.line).is_some_and(|line| is_bullet(line.first));
        let least = if marked { COVERED_MARKED } else { COVERED };
        share >= least && candidate.sources > size(candidate.line)
    };
    candidates.iter().filter(|c| repeats(c)).map(|c| c.line).collect()
}

/// Which candidate may hold a run, by some bits of it. Nearly always the runs of the text and those
/// of the candidates have so little in common that nothing more need be known.
struct Known {
    /// For each pattern of bits the number of a candidate from 1, [`NOBODY`] or [`SEVERAL`].
    holders: Vec<u8>,
    /// How many runs each candidate has.
    runs: Vec<usize>,
}

const NOBODY: u8 = 0;
const SEVERAL: u8 = u8::MAX;

impl Known {
    fn of(lines: &Lines<'_>, candidates: &[usize]) -> Self {
        let size = |&at: &usize| lines.filled.get(at).map_or(0, |line| line.chars as usize);
        let chars: usize = candidates.iter().map(size).sum();
        // So many that hardly a run of a long text meets one of a candidate by chance.
        let slots = (chars * 64).next_power_of_two().clamp(1 << 15, 1 << 17);
        let mut known = Self { holders: vec![NOBODY; slots], runs: vec![0; candidates.len()] };
        for (candidate, &at) in candidates.iter().enumerate() {
            let number = number(candidate);
            each_run(lines.str(at), |run| {
                let slot = known.slot(run);
                let holder = &mut known.holders[slot];
                *holder = if [NOBODY, number].contains(holder) { number } else { SEVERAL };
                known.runs[candidate] += 1;
            });
        }
        known
    }

    #[inline]
    fn slot(&self, run: u64) -> usize {
        // As many as a power of two.
        (run >> 40) as usize & (self.holders.len() - 1)
    }

    #[inline]
    fn holder(&self, run: u64) -> u8 {
        self.holders[self.slot(run)]
    }

    /// Whether the sources could cover one of the candidates.
    fn may_be_covered(&self, lines: &Lines<'_>, sources: &[usize], candidates: &[usize]) -> bool {
        let mut hits = [0_usize; SEVERAL as usize + 1];
        for &source in sources {
            let own = candidates.binary_search(&source).map_or(NOBODY, number);
            each_run(lines.str(source), |run| {
                let holder = self.holder(run);
                if holder != NOBODY && (holder != own || holder == SEVERAL) {
                    hits[usize::from(holder)] += 1;
                }
            });
        }
        let shared = hits[usize::from(SEVERAL)];
        self.runs.iter().enumerate().any(|(candidate, &runs)| {
            let number = number(candidate);
            let own = if number == SEVERAL { 0 } else { hits[usize::from(number)] };
            // One run of a source may stand in some places of the candidate.
            ((own + shared) * KEPT) as f32 >= COVERED_MARKED * runs as f32
        })
    }
}

/// The number of a candidate in [`Known`]: those behind the first 254 have none of their own.
fn number(candidate: usize) -> u8 {
    u8::try_from(candidate + 1).unwrap_or(SEVERAL)
}

/// Whether the other sources are long enough to cover one of `wanted`.
fn are_enough(lines: &Lines<'_>, sources: &[usize], wanted: &[usize]) -> bool {
    let size = |at: usize| lines.filled.get(at).map_or(0, |line| u64::from(line.chars));
    let all: u64 = sources.iter().map(|&source| size(source)).sum();
    let own = |at: usize| if sources.binary_search(&at).is_ok() { size(at) } else { 0 };
    wanted.iter().any(|&at| all - own(at) > size(at))
}

/// Where the runs of the candidates occur. One list holds all places, those of one run linked from
/// the last to the first, so that a page needs no allocation per run.
struct Places<'k> {
    /// The last place of each run.
    last: HashMap<u64, usize, Hashed>,
    all: Vec<Place>,
    /// Most runs of the text are not there.
    known: &'k Known,
}

struct Place {
    candidate: usize,
    position: usize,
    before: Option<usize>,
}

impl Places<'_> {
    /// Notes a place of `run`, unless it has enough of them.
    fn add(&mut self, run: u64, candidate: usize, position: usize) {
        if self.of(run).count() < KEPT {
            let before = self.last.insert(run, self.all.len());
            self.all.push(Place { candidate, position, before });
        }
    }

    /// Candidate and position of every place of `run`.
    #[inline]
    fn of(&self, run: u64) -> impl Iterator<Item = (usize, usize)> {
        let last =
            if self.known.holder(run) == NOBODY { None } else { self.last.get(&run).copied() };
        let places = std::iter::successors(last.and_then(|at| self.all.get(at)), |place| {
            self.all.get(place.before?)
        });
        places.map(|place| (place.candidate, place.position))
    }
}

/// Calls `visit` with a hash of every run of six letters or digits in `text`.
#[inline]
fn each_run(text: &str, mut visit: impl FnMut(u64)) {
    /// Bits of a character, and of the three that one half of a run holds.
    const CHAR: u32 = 21;
    const HALF: u64 = (1 << (3 * CHAR)) - 1;
    let (mut early, mut late, mut seen) = (0_u64, 0_u64, 0_u32);
    for c in text.chars().filter(|&c| is_han(c) || c.is_ascii_alphanumeric()) {
        early = (early << CHAR | late >> (2 * CHAR)) & HALF;
        late = (late << CHAR | u64::from(u32::from(c))) & HALF;
        seen = seen.saturating_add(1);
        if seen >= RUN {
            let early = early.wrapping_mul(0xD6E8_FEB8_6659_FD93);
            let mixed = (early ^ early >> 32 ^ late).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            visit(mixed ^ mixed >> 29);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::roles::classify;

    fn marked(text: &str) -> Vec<Class> {
        let lines = Lines::scan(text);
        let mut classes = classify(&lines);
        mark(&lines, &mut classes);
        classes
    }

    const FIRST: &str = "老街的修缮从去年春天开始，先修屋顶，再修墙面。工匠们沿用旧法，以糯米灰浆砌砖，一天只砌三尺高。";
    const SECOND: &str = "街口的粮店改成了书屋，原来的秤和算盘都留在柜台上。来的人多是附近的住户，傍晚坐满了两张长桌。";

    #[test]
    fn a_sentence_printed_twice_is_a_pull_quote() {
        let quote = "工匠们沿用旧法，以糯米灰浆砌砖，一天只砌三尺高";
        let cut = "街口的粮店改成了书屋，原来的秤和";
        assert_eq!(marked(&format!("{FIRST}\n{cut}\n{quote}\n算盘都在。"))[2], Class::PullQuote);
        assert_eq!(marked(&format!("{FIRST}\n■{quote}。\n{SECOND}"))[1], Class::PullQuote);
        assert_ne!(marked(&format!("{SECOND}\n{quote}\n{SECOND}"))[1], Class::PullQuote);
    }

    #[test]
    fn an_abstract_stands_under_the_headline() {
        let sum = "工匠们沿用旧法，以糯米灰浆砌砖，一天只砌三尺高。来的人多是附近的住户。";
        let page = format!("老街新事\n□林小满\n{sum}\n{FIRST}\n{SECOND}");
        assert_eq!(marked(&page)[2], Class::Abstract);
    }

    #[test]
    fn equal_lines_do_not_quote_each_other() {
        let verse = "我们在河边唱了一支很老很老的歌谣\n".repeat(50);
        assert!(marked(&verse).iter().all(|&class| class != Class::PullQuote));
    }
}
