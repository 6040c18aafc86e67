//! How telling a candidate is.

use super::candidates::Candidate;
use crate::analysis::words::Kind;

/// How much more than elsewhere a place in the first line counts, and in how many lines that fades
/// to a third: news and abstracts name their topic at once.
const EARLY: f64 = 5.0;
const FADES: f64 = 1.5;
/// Factor for what the title names.
const IN_TITLE: f64 = 1.7;
/// What each further word of a phrase adds: two words that keep together tell more than one.
const PER_WORD: f64 = 0.5;
/// What a candidate loses that only stands inside longer ones; a single word loses it twice.
const NESTED: f64 = 0.3;
/// What a phrase loses that the same word always goes on with: it is a fragment.
const BOUND: f64 = 0.9;
/// Share of the places beyond which a phrase counts as bound to the word beside it.
const BOUND_FROM: f64 = 0.5;
/// Factor for a phrase that begins with a verb: it may be a term (烧结温度) or a clause (承接京津).
const VERB_FIRST: f64 = 0.7;
/// Characters beyond which length tells nothing any more.
const LONG: usize = 6;

/// Factor for what stands only once in an article of many lines: the scene at its beginning is
/// seldom its topic.
const ONCE: f64 = 0.5;
const MANY: usize = 16;
/// Lines after which a place counts as anywhere in the article.
const LATE: usize = 16;

/// What does not depend on the words of a candidate.
pub(super) struct Factors {
    /// By the number of the first line that has it.
    place: [f64; LATE + 1],
    /// By its width.
    width: [f64; LONG + 1],
    /// For what stands once, and in no title.
    once: f64,
}

impl Factors {
    /// For an article of so many lines.
    pub(super) fn new(lines: usize) -> Self {
        Self {
            place: std::array::from_fn(|line| 1.0 + EARLY * (-(line as f64) / FADES).exp()),
            width: std::array::from_fn(|width| (width as f64).powf(0.2)),
            once: if lines < MANY { 1.0 } else { ONCE },
        }
    }
}

/// The score of a candidate, comparable within one article: its frequency times what its words say,
/// as tf·idf does, times factors for its form and its place.
pub(super) fn score(candidate: &Candidate, kinds: &[Kind], factors: &Factors) -> f64 {
    let words = candidate.phrase.words();
    let of_words = || words.iter().filter_map(|word| kinds.get(*word as usize));
    let size = words.len().max(1) as f64;
    let telling = of_words().map(|kind| f64::from(kind.telling)).sum::<f64>() / size;
    let width: usize = of_words().map(|kind| usize::from(kind.width)).sum();
    let count = f64::from(candidate.count);
    let nested = 1.0 - NESTED * f64::from(candidate.nested) / count;
    let bound = ((candidate.bound - BOUND_FROM) / (1.0 - BOUND_FROM)).max(0.0);
    let whole = 1.0 - BOUND * bound;
    let role = match words.len() {
        1 => nested * nested,
        _ if of_words().next().is_some_and(|kind| kind.verb) => nested * whole * VERB_FIRST,
        _ => nested * whole,
    };
    let form = (1.0 + PER_WORD * (size - 1.0)) * factors.width[width.min(LONG)] * role;
    let place = factors.place[(candidate.line as usize).min(LATE)]
        * if candidate.in_title { IN_TITLE } else { 1.0 };
    let seldom = if candidate.count == 1 && !candidate.in_title { factors.once } else { 1.0 };
    count * seldom * telling * form * place
}
