//! Looking for pinyin in many short lines, one behind the other.

use super::{PinyinPattern, TABLE, is_latin};
use crate::text::searchable::folded_char;

/// Ends a line.
const END: [u8; 2] = [b'\n', 0];
/// The characters of two bytes.
const PLANE: usize = 1 << 16;
/// That a hit may begin with a character.
const BEGINS: u8 = 1;
/// That a hit may go on with it where it has begun with another one.
const GOES_ON: u8 = 2;

/// Adds a line behind others, for [`Lines::each_in`]: its characters in two bytes each, which are looked through faster
/// than UTF-8. Those that are not of the basic plane have no reading, and become all the same.
pub fn push_line(line: &str, lines: &mut Vec<u8>) {
    let unit = |c| u16::try_from(u32::from(c)).unwrap_or(u16::MAX).to_le_bytes();
    let units = line.chars().map(unit).filter(|unit| *unit != END);
    lines.extend(units.chain([END]).flatten());
}

/// A pattern for lines: most places are passed over by what is known of two characters.
#[derive(Debug)]
pub struct Lines<'a> {
    pattern: &'a PinyinPattern,
    /// What is known of each character: [`BEGINS`], [`GOES_ON`].
    steps: Vec<u8>,
    /// Whether one character may be all of a hit.
    may_be_one: bool,
}

impl<'a> Lines<'a> {
    /// Looks for this pattern.
    pub fn of(pattern: &'a PinyinPattern) -> Self {
        let table = &*TABLE;
        let end = 1 << pattern.letters.len();
        // Where the second character may be read from, and whether there need be none.
        let (mut second, mut may_be_one) = (1 << 1, false);
        for (reading, set) in pattern.sets.iter().zip(&table.sets) {
            let next = pattern.behind(1, reading, set);
            second |= next;
            may_be_one |= next & end != 0 || reading.tail & 1 != 0;
        }
        let step = |c: char| {
            let goes_on = match table.slot(c) {
                0 => is_latin(c) && pattern.places_of(folded_char(c), second) != 0,
                slot => pattern.sets.get(slot).is_some_and(|set| set.any() & second != 0),
            };
            u8::from(pattern.may_begin(table, c)) * BEGINS + u8::from(goes_on) * GOES_ON
        };
        let steps = (0..PLANE).map(|unit| char::from_u32(unit as u32).map_or(0, step)).collect();
        Self { pattern, steps, may_be_one }
    }

    /// Hands over the number of each line that reads like the pattern somewhere, as [`PinyinPattern::find`] tells.
    pub fn each_in(&self, lines: &[u8], mut take: impl FnMut(usize)) {
        let units = lines.as_chunks().0;
        let step = |unit: &[u8; 2]| {
            self.steps.get(usize::from(u16::from_le_bytes(*unit))).copied().unwrap_or(0)
        };
        let (mut line, mut is_found) = (0, false);
        let mut next = units.first().map_or(0, step);
        for (at, unit) in units.iter().enumerate() {
            let own = std::mem::replace(&mut next, units.get(at + 1).map_or(0, step));
            if *unit == END {
                (line, is_found) = (line + 1, false);
            } else if own & BEGINS != 0
                && !is_found
                && (next & GOES_ON != 0 || self.may_be_one)
                && self.is_at(units.get(at..).unwrap_or_default())
            {
                is_found = true;
                take(line);
            }
        }
    }

    fn is_at(&self, units: &[[u8; 2]]) -> bool {
        let char_of = |unit: &[u8; 2]| {
            char::from_u32(u16::from_le_bytes(*unit).into()).unwrap_or(char::REPLACEMENT_CHARACTER)
        };
        self.pattern.length_at(&TABLE, (1..).zip(units.iter().map(char_of))).is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_are_found_as_one_by_one(
            letters in "[a-z]{2,6}|[jgx]{2,4}|j(ing|in)?j(in)?j?i?|[a-z0-9']{2,40}",
            lines in prop::collection::vec("[京津冀经济j3Ｊ]{0,6}|[一-龥\\n，a-z]{0,12}|\\PC{0,12}", 0..12),
        ) {
            let mut units = Vec::new();
            for line in &lines {
                push_line(line, &mut units);
            }
            let Some(pattern) = PinyinPattern::new(&letters) else { return Ok(()) };
            let mut found = Vec::new();
            Lines::of(&pattern).each_in(&units, |line| found.push(line));
            let is_found = |line: &String| pattern.find(&line.replace('\n', "")).is_some();
            let lines = (0..).zip(&lines).filter(|(_, line)| is_found(line));
            prop_assert_eq!(found, lines.map(|(at, _)| at).collect::<Vec<_>>());
        }
    }
}
