//! Where the keywords stand.

use super::{Line, is_cut_off};
use crate::text::range::TextRange;

/// All places of each of `names` in the lines, in order, those of one name without overlap.
///
/// Names are looked for letter by letter, so that a phrase is found too where its words are cut in
/// another way. One pass over the text, whatever the number of names.
#[inline(never)]
pub(super) fn find(names: &[&str], lines: &[Line], text: &str) -> Vec<Vec<TextRange>> {
    let mut firsts: Vec<(char, usize)> = Vec::with_capacity(names.len());
    let mut filed = [0_u64; SLOTS / 64];
    for (number, name) in names.iter().enumerate() {
        if let Some(first) = name.chars().next() {
            firsts.push((first, number));
            filed[slot(first) / 64] |= 1 << (slot(first) % 64);
        }
    }
    let mut found: Vec<Vec<TextRange>> = vec![Vec::new(); names.len()];
    for range in lines.iter().map(Line::range) {
        let line = range.of(text);
        for (at, c) in line.char_indices() {
            if filed[slot(c) / 64] >> (slot(c) % 64) & 1 == 0 {
                continue;
            }
            for &(_, number) in firsts.iter().filter(|(first, _)| *first == c) {
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

/// Bits that tell by a character's number whether a name may begin with it: enough that most
/// characters of a text find none.
const SLOTS: usize = 2048;

fn slot(c: char) -> usize {
    c as usize % SLOTS
}

fn starts_with(line: &str, at: usize, name: &str) -> bool {
    line.get(at..).is_some_and(|rest| rest.starts_with(name))
}
