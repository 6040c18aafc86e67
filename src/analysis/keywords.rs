//! Ranking the words and phrases of an article.
//!
//! [`candidates`] gathers what could be a keyword, [`score`] says how telling each one is,
//! [`pick`] chooses those that add something to the ones before, and [`places`] finds where they
//! stand. Words are compared by their numbers; strings come in only for the chosen few.
//!
//! The graph of Mihalcea and Tarau (2004, section 3) has no part in it: as a factor it added
//! nothing to how often and how early a phrase stands.

mod candidates;
mod pick;
mod places;
mod score;

use super::{Keyword, words::Kind};
use crate::text::{
    range::TextRange,
    segment::{Segmenter, Word},
};

/// Keywords that are kept of an article.
const KEPT: usize = 30;

/// The words of one sentence or heading.
pub(super) struct Line<'a> {
    pub words: &'a [Word],
    /// Whether it is a title line.
    pub title: bool,
}

impl Line<'_> {
    /// Its place in the text.
    fn range(&self) -> TextRange {
        let start = self.words.first().map_or(0, |word| word.range.start);
        TextRange::new(start, self.words.last().map_or(start, |word| word.range.end))
    }
}

/// The keywords of the article, best first. `text` is the article's text. Linear in its length.
pub(super) fn rank(
    lines: &[Line],
    kinds: &[Kind],
    text: &str,
    segmenter: &Segmenter,
) -> Vec<Keyword> {
    let candidates = candidates::gather(lines, kinds, text, segmenter);
    let factors = score::Factors::new(lines.len());
    let score = |candidate| score::score(candidate, kinds, &factors);
    let scores: Vec<f64> = candidates.iter().map(score).collect();
    let chosen = pick::pick(&candidates, &scores, text, KEPT);
    let best = chosen.first().map_or(1.0, |chosen| chosen.score.max(f64::MIN_POSITIVE));
    let names: Vec<&str> = chosen.iter().map(|chosen| chosen.name).collect();
    let keyword = |(chosen, places): (pick::Chosen, Vec<TextRange>)| Keyword {
        text: chosen.name.to_owned(),
        weight: chosen.score / best,
        places,
    };
    chosen.into_iter().zip(places::find(&names, lines, text)).map(keyword).collect()
}

/// Whether a word at this place is cut out of a longer word in letters. The dictionary's cutter
/// knows only the plain Latin ones, so of pinyin with tone marks (`Zhōngguó`) it leaves pieces.
fn is_cut_off(range: TextRange, text: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c < '\u{2E80}' && c.is_alphanumeric());
    let word = range.of(text);
    let before = || text.get(..range.start).and_then(|text| text.chars().next_back());
    let after = || text.get(range.end..).and_then(|text| text.chars().next());
    (is_letter(word.chars().next()) && is_letter(before()))
        || (is_letter(word.chars().next_back()) && is_letter(after()))
}

#[cfg(test)]
mod tests;
