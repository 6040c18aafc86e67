//! Where the keywords stand.

use std::{collections::HashMap, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

use super::{Line, is_cut_off};
use crate::{analysis::phrases::Chars, text::range::TextRange};

/// All places of each of `names` in the lines, in order, those of one name without overlap.
///
/// Names are looked for letter by letter, so that a phrase is found too where its words are cut in
/// another way. One pass over the text, whatever the number of names.
pub(super) fn find(names: &[&str], lines: &[Line], text: &str) -> Vec<Vec<TextRange>> {
    let mut firsts = Chars::default();
    let mut starting: HashMap<char, Vec<usize>, BuildHasherDefault<FxHasher>> = HashMap::default();
    for (number, name) in names.iter().enumerate() {
        if let Some(first) = name.chars().next() {
            starting.entry(first).or_default().push(number);
            firsts.add(first);
        }
    }
    let mut found: Vec<Vec<TextRange>> = vec![Vec::new(); names.len()];
    for range in lines.iter().map(Line::range) {
        let line = range.of(text);
        for (at, c) in line.char_indices().filter(|(_, c)| firsts.may_have(*c)) {
            for &number in starting.get(&c).into_iter().flatten() {
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

fn starts_with(line: &str, at: usize, name: &str) -> bool {
    line.get(at..).is_some_and(|rest| rest.starts_with(name))
}
