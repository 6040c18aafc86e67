//! Where the keywords stand.

use super::{Line, is_cut_off};
use crate::text::range::TextRange;

/// All places of each of `names` in the lines, in order, those of one name without overlap.
///
/// Names are looked for letter by letter, so that a phrase is found too where its words are cut in
/// another way. One pass over the text, whatever the number of names.
pub(super) fn find(names: &[&str], lines: &[Line], text: &str) -> Vec<Vec<TextRange>> {
    let mut starting = vec![Vec::new(); SLOTS];
    for (number, name) in names.iter().enumerate() {
        if let Some(first) = name.chars().next() {
            starting[slot(first)].push((first, number));
        }
    }
    let mut found: Vec<Vec<TextRange>> = vec![Vec::new(); names.len()];
    for range in lines.iter().map(Line::range) {
        let line = range.of(text);
        for (at, c) in line.char_indices() {
            for &(_, number) in starting[slot(c)].iter().filter(|(first, _)| *first == c) {
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

/// Slots that names are filed in by their first character, so that most characters of the text find
/// an empty one.
const SLOTS: usize = 256;

fn slot(c: char) -> usize {
    c as usize % SLOTS
}

fn starts_with(line: &str, at: usize, name: &str) -> bool {
    line.get(at..).is_some_and(|rest| rest.starts_with(name))
}
