//! What could be a keyword: runs of one to three words that name something.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

use super::{Line, is_cut_off};
use crate::{
    analysis::words::{Kind, Place},
    text::{
        range::TextRange,
        segment::{Segmenter, Word},
    },
};

/// Most words of a phrase.
const LONGEST: usize = 3;
/// Most characters of a phrase; see [`Kind::width`].
const WIDEST: usize = 8;
/// No word.
const NONE: u32 = u32::MAX;

type Numbers = HashMap<Phrase, u32, BuildHasherDefault<FxHasher>>;

/// Up to three words by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Phrase([u32; LONGEST]);

impl Phrase {
    /// Its words.
    pub(super) fn words(&self) -> &[u32] {
        self.0.get(..self.len()).unwrap_or(&self.0)
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().position(|word| *word == NONE).unwrap_or(LONGEST)
    }

    /// The first words of `words`, as many as fit.
    fn of(words: &[u32]) -> Self {
        let mut phrase = [NONE; LONGEST];
        for (slot, word) in phrase.iter_mut().zip(words) {
            *slot = *word;
        }
        Self(phrase)
    }
}

/// A word or phrase with what was counted of it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub phrase: Phrase,
    /// Its first place.
    pub place: TextRange,
    /// How often it stands in the lines, as the words are cut.
    pub count: u32,
    /// The number of the first line that has it; a title is line 0.
    pub line: u32,
    /// Whether a title has it.
    pub in_title: bool,
    /// How many of its places are parts of a longer candidate.
    pub nested: u32,
    /// The share of its places that have the same word, one that could belong to it, at the same
    /// side: 1 for a phrase that is always cut out of the same longer one, and for an unknown word
    /// that always misses the same character (初, 心使命). 0 for other single words.
    pub bound: f64,
}

/// All candidates, in the order of their first places. Phrases must stand twice.
pub(super) fn gather(
    lines: &[Line],
    kinds: &[Kind],
    text: &str,
    segmenter: &Segmenter,
) -> Vec<Candidate> {
    let mut gathered = Gathered::with_capacity(kinds.len());
    let counts = counts(lines, kinds.len());
    for (number, line) in (0..).zip(lines) {
        let run = Run { words: line.words, kinds, counts: &counts, text };
        for (start, word) in line.words.iter().enumerate() {
            let Some(kind) = kinds.get(word.id as usize) else { continue };
            if kind.place == Place::Nowhere
                && !(is_torn_off(kind) && run.begins_torn_word(start, segmenter))
            {
                continue;
            }
            run.phrases_from(start, |phrase, len, place| {
                let at = gathered.add((phrase, len), place, number, line.title);
                if len > 1 || kind.unknown {
                    let before = start.checked_sub(1).and_then(|at| line.words.get(at));
                    let sides = [before, line.words.get(start + len)];
                    gathered.sides.push((at, sides.map(|word| joining(word, len == 1, kinds))));
                }
            });
        }
    }
    gathered.count_bound();
    gathered.count_nested(kinds);
    let Gathered { mut candidates, .. } = gathered;
    candidates.retain(|candidate| is_borne_out(candidate, kinds) && !is_bare(candidate, kinds));
    candidates
}

struct Gathered {
    candidates: Vec<Candidate>,
    /// The numbers of phrases of several words.
    numbers: Numbers,
    /// The numbers of single words, by word; [`NONE`] for those that are no candidate.
    single: Vec<u32>,
    /// For each place of a phrase, or of an unknown word, its number and the words at its two sides.
    sides: Vec<(u32, [u32; 2])>,
}

impl Gathered {
    /// Nothing yet, of so many words.
    fn with_capacity(words: usize) -> Self {
        Self {
            candidates: Vec::with_capacity(words),
            numbers: Numbers::with_capacity_and_hasher(words / 2, BuildHasherDefault::default()),
            single: vec![NONE; words],
            sides: Vec::with_capacity(words),
        }
    }

    /// Counts a place of a phrase of so many words, and gives the number of the phrase.
    fn add(
        &mut self,
        (phrase, len): (Phrase, usize),
        place: TextRange,
        line: u32,
        title: bool,
    ) -> u32 {
        let next = self.candidates.len() as u32;
        let [first, ..] = phrase.0;
        let number = match self.single.get_mut(first as usize) {
            Some(slot) if len == 1 => {
                *slot = (*slot).min(next);
                *slot
            }
            _ => *self.numbers.entry(phrase).or_insert(next),
        };
        if number == next {
            let (count, nested) = (0, 0);
            let (in_title, bound) = (false, 0.0);
            self.candidates.push(Candidate { phrase, place, count, line, in_title, nested, bound });
        }
        if let Some(candidate) = self.candidates.get_mut(number as usize) {
            candidate.count += 1;
            candidate.in_title |= title;
        }
        number
    }

    /// Finds out how firmly phrases are bound to what stands beside them; see [`Candidate::bound`].
    fn count_bound(&mut self) {
        let Self { candidates, sides, .. } = self;
        let twice = |number: u32| candidates.get(number as usize).is_some_and(|c| c.count > 1);
        sides.retain(|(number, _)| twice(*number));
        for side in 0..2 {
            let key = |(number, words): &(u32, [u32; 2])| (*number, words[side]);
            sides.sort_unstable_by_key(key);
            for same in sides.chunk_by(|a, b| key(a) == key(b)) {
                let (number, word) = same.first().map_or((NONE, NONE), key);
                if word != NONE
                    && let Some(candidate) = candidates.get_mut(number as usize)
                {
                    let share = same.len() as f64 / f64::from(candidate.count);
                    candidate.bound = candidate.bound.max(share);
                }
            }
        }
    }

    /// Counts for each candidate how often it is only a part of a longer one that is borne out.
    fn count_nested(&mut self, kinds: &[Kind]) {
        let mut nested = vec![0; self.candidates.len()];
        let phrases = self.candidates.iter().filter(|candidate| candidate.phrase.len() > 1);
        for candidate in phrases.filter(|candidate| is_borne_out(candidate, kinds)) {
            let words = candidate.phrase.words();
            for part in (1..words.len()).flat_map(|size| words.windows(size)) {
                let number = match part {
                    &[word] => self.single.get(word as usize),
                    _ => self.numbers.get(&Phrase::of(part)),
                };
                if let Some(count) = number.and_then(|at| nested.get_mut(*at as usize)) {
                    *count += candidate.count;
                }
            }
        }
        for (candidate, nested) in self.candidates.iter_mut().zip(nested) {
            candidate.nested = nested.min(candidate.count);
        }
    }
}

/// The number of a word that could belong to the phrase beside it; [`NONE`] for others. To a single
/// word that the dictionary lacks, only a character that no phrase would take can belong.
fn joining(word: Option<&Word>, single: bool, kinds: &[Kind]) -> u32 {
    let joins = |kind: &Kind| match kind.place {
        Place::Nowhere => single && kind.chars == 1 && kind.telling > 0.0,
        _ => !single,
    };
    let word = word.filter(|word| kinds.get(word.id as usize).is_some_and(joins));
    word.map_or(NONE, |word| word.id)
}

/// Whether there is reason enough to take a candidate for one: a phrase must stand twice, and so
/// must a verb and a word that the dictionary lacks, unless the title has it.
fn is_borne_out(candidate: &Candidate, kinds: &[Kind]) -> bool {
    let clear = |kind: &Kind| !kind.unknown && !kind.verb;
    let clear = |word: u32| kinds.get(word as usize).is_some_and(clear);
    match candidate.phrase.words() {
        [word] if clear(*word) => true,
        [_] => (candidate.count > 1 || candidate.in_title) && candidate.bound < 1.0,
        _ => candidate.count > 1,
    }
}

/// Whether it is a word that says next to nothing of its own.
fn is_bare(candidate: &Candidate, kinds: &[Kind]) -> bool {
    match candidate.phrase.words() {
        [word] => kinds.get(*word as usize).is_some_and(|kind| kind.bare),
        _ => false,
    }
}

/// How often each word stands in the lines; 255 for more.
fn counts(lines: &[Line], words: usize) -> Vec<u8> {
    let mut counts = vec![0_u8; words];
    for word in lines.iter().flat_map(|line| line.words) {
        if let Some(count) = counts.get_mut(word.id as usize) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// Whether a word may be half of another one: a single character that carries a topic.
fn is_torn_off(kind: &Kind) -> bool {
    kind.chars == 1 && kind.telling > 0.0
}

/// The words of a line, with what is known of them.
struct Run<'a> {
    words: &'a [Word],
    kinds: &'a [Kind],
    /// How often each word stands: no phrase with one that stands once can stand twice.
    counts: &'a [u8],
    text: &'a str,
}

impl Run<'_> {
    /// Whether a word that [is torn off](is_torn_off) and the next one are a word of the dictionary
    /// that was cut in two for the sake of the words around it (初|心|使命). What follows would be a
    /// fragment without it.
    fn begins_torn_word(&self, start: usize, segmenter: &Segmenter) -> bool {
        let Some([first, second]) = self.words.get(start..start + 2) else { return false };
        let joins = |kind: &Kind| is_torn_off(kind) && kind.place == Place::Inside;
        self.kinds.get(second.id as usize).is_some_and(joins)
            && segmenter.knows(TextRange::new(first.range.start, second.range.end).of(self.text))
    }

    /// Gives `take` the candidates that begin at word `start`, with their lengths and places.
    fn phrases_from(&self, start: usize, mut take: impl FnMut(Phrase, usize, TextRange)) {
        let words = self.words.get(start..).unwrap_or_default();
        let begin = words.first().map_or(0, |word| word.range.start);
        let mut phrase = Phrase([NONE; LONGEST]);
        let mut width = 0;
        for (slot, word) in words.iter().take(LONGEST).enumerate() {
            let id = word.id as usize;
            let (Some(kind), Some(count)) = (self.kinds.get(id), self.counts.get(id)) else {
                return;
            };
            width += usize::from(kind.width);
            let joins = match kind.place {
                Place::Nowhere | Place::Name => slot == 0,
                Place::Alone | Place::Inside => slot == 0 || *count > 1,
            };
            if !joins || width > WIDEST || (!kind.plain && is_cut_off(word.range, self.text)) {
                return;
            }
            phrase.0[slot] = word.id;
            // Something named stands at the end of a phrase, and alone only what is one by itself.
            let whole = match kind.place {
                Place::Alone | Place::Name => true,
                Place::Inside | Place::Nowhere => slot > 0 && kind.chars == 1,
            };
            if whole {
                take(phrase, slot + 1, TextRange::new(begin, word.range.end));
            }
            if kind.place == Place::Name || *count <= 1 {
                return;
            }
        }
    }
}
