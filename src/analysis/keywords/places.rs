//! Where the keywords stand.

use super::{Line, is_cut_off};
use crate::text::{
    letter::{TAILS, tail, tails},
    range::TextRange,
};

/// All places of each of `names` in the lines, in order, those of one name without overlap.
///
/// Names are looked for letter by letter, so that a phrase is found too where its words are cut in
/// another way. One pass over the text, whatever the number of names.
pub(super) fn find(names: &[&str], lines: &[Line], text: &str) -> Vec<Vec<TextRange>> {
    let index = Index::of(names);
    let mut found: Vec<Vec<TextRange>> = vec![Vec::new(); names.len()];
    for range in lines.iter().map(Line::range) {
        let line = range.of(text);
        for (at, tail) in tails(line) {
            for number in index.under(tail) {
                let (Some(name), Some(places)) = (names.get(number), found.get_mut(number)) else {
                    continue;
                };
                let place = TextRange::new(range.start + at, range.start + at + name.len());
                let free = places.last().is_none_or(|last| last.end <= place.start);
                if free && starts_with(line, at, name) && !is_cut_off(place, text) {
                    places.push(place);
                }
            }
        }
    }
    found
}

/// Names by the tails of their first characters.
struct Index {
    /// By tail one more than the number of the last name that begins with it; 0 for none.
    last: [u8; TAILS],
    /// The same by name for the one before it.
    before: Vec<u8>,
}

impl Index {
    /// As many of the names as a byte can count: more than an article has keywords.
    fn of(names: &[&str]) -> Self {
        let mut index = Self { last: [0; TAILS], before: Vec::with_capacity(names.len()) };
        for (number, name) in (1..=u8::MAX).zip(names) {
            let tail = name.chars().next().map_or(0, tail);
            index.before.push(std::mem::replace(&mut index.last[tail], number));
        }
        index
    }

    /// The numbers of the names whose first character may have this tail.
    fn under(&self, tail: usize) -> impl Iterator<Item = usize> {
        let name = |one_more: u8| usize::from(one_more).checked_sub(1);
        let first = self.last.get(tail).and_then(|last| name(*last));
        std::iter::successors(first, move |at| self.before.get(*at).and_then(|last| name(*last)))
    }
}

fn starts_with(line: &str, at: usize, name: &str) -> bool {
    line.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(name.as_bytes()))
}
