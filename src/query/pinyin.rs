//! Latin letters as pinyin.
//!
//! `jingjinji`, `jjj` and `jingjj` all find 京津冀: every character is read in full, by its first
//! letter, or by the two of `zh`, `ch` and `sh`; the last one may be half typed. A character with
//! several readings has all of them. Letters and digits of the text stand for themselves between
//! characters, `gdpzz` finds GDP增长.
//!
//! A pattern is compiled to masks: bit *p* of a mask of a syllable says that it may be read from
//! letter *p* on. Matching then keeps the set of letters that may come next in one number and is
//! linear in the text, whatever the readings.

mod units;

use std::{collections::HashMap, sync::LazyLock};

use pinyin::{Pinyin, ToPinyinMulti};

pub use self::units::{Lines, push_line};
use crate::text::{range::TextRange, searchable::folded_char};

/// The first character of the table, 〇.
const FIRST: u32 = 0x3007;
/// The last one.
const LAST: u32 = 0x9FFF;
/// Readings of one character, the most usual ones; what comes behind is hardly ever meant.
const MAX_READINGS: usize = 4;
/// Letters of a pattern, at most: there is a bit for each and one for the end.
const MAX_LETTERS: usize = 63;
/// Letters of a pattern, at least.
const MIN_LETTERS: usize = 2;

/// The readings of all characters.
struct Table {
    /// For each character from [`FIRST`] on a place in `sets`; 0 where there is none.
    slots: Vec<u16>,
    /// Sets of places in `syllables`.
    sets: Vec<Vec<u16>>,
    syllables: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    fn new() -> Self {
        let mut table = Self { slots: Vec::new(), sets: vec![Vec::new()], syllables: Vec::new() };
        let (mut syllables, mut sets) = (HashMap::new(), HashMap::new());
        for code in FIRST..=LAST {
            let mut set = Vec::new();
            for reading in char::from_u32(code).map(readings).unwrap_or_default() {
                let next = syllables.len() as u16;
                set.push(*syllables.entry(reading.clone()).or_insert_with(|| {
                    table.syllables.push(reading);
                    next
                }));
            }
            if set.is_empty() {
                table.slots.push(0);
                continue;
            }
            let next = table.sets.len() as u16;
            table.slots.push(*sets.entry(set.clone()).or_insert_with(|| {
                table.sets.push(set);
                next
            }));
        }
        table
    }

    #[inline]
    fn slot(&self, c: char) -> usize {
        let slot = (c as u32).checked_sub(FIRST).and_then(|slot| self.slots.get(slot as usize));
        slot.copied().unwrap_or_default().into()
    }
}

/// The readings of a character as they are typed, each once.
fn readings(c: char) -> Vec<String> {
    let mut readings: Vec<String> = Vec::new();
    let all = c.to_pinyin_multi().into_iter().flatten().map(Pinyin::plain);
    for reading in all {
        let reading = reading.replace('ê', "e");
        // ü is typed as v; some type u.
        for typed in [reading.replace('ü', "v"), reading.replace('ü', "u")] {
            let plain = typed.bytes().all(|byte| byte.is_ascii_lowercase());
            if plain && readings.len() < MAX_READINGS && !readings.contains(&typed) {
                readings.push(typed);
            }
        }
    }
    readings
}

/// Where in the pattern a syllable may be read.
#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    /// In full.
    full: u64,
    /// How many letters that takes.
    length: u32,
    /// By its first letter.
    initial: u64,
    /// By `zh`, `ch` or `sh`.
    double: u64,
    /// Half typed, up to the end of the pattern.
    tail: u64,
}

impl Reading {
    fn new(syllable: &str, letters: &str) -> Self {
        let mut reading = Self { length: syllable.len() as u32, ..Self::default() };
        let double = syllable.get(..2).filter(|two| matches!(*two, "zh" | "ch" | "sh"));
        let starts = |rest: &str, with: Option<&str>| with.is_some_and(|it| rest.starts_with(it));
        for (bit, _) in letters.char_indices() {
            let rest = letters.get(bit..).unwrap_or_default();
            reading.full |= u64::from(rest.starts_with(syllable)) << bit;
            reading.initial |= u64::from(starts(rest, syllable.get(..1))) << bit;
            reading.double |= u64::from(starts(rest, double)) << bit;
            reading.tail |= u64::from(syllable.starts_with(rest)) << bit;
        }
        reading
    }

    fn any(self) -> u64 {
        self.full | self.initial | self.double | self.tail
    }

    /// All of several readings, of which the length of none is known.
    fn or(self, other: Self) -> Self {
        Self {
            full: self.full | other.full,
            length: 0,
            initial: self.initial | other.initial,
            double: self.double | other.double,
            tail: self.tail | other.tail,
        }
    }
}

/// Letters that are looked for as pinyin.
///
/// ```
/// use zhaidu::query::pinyin::PinyinPattern;
///
/// let title = "推动京津冀协同发展";
/// for letters in ["jjj", "jingjinji", "jingjj", "JingJin"] {
///     let found = PinyinPattern::new(letters).and_then(|pattern| pattern.find(title));
///     assert!(found.is_some_and(|range| range.of(title).starts_with("京津")));
/// }
/// ```
#[derive(Clone, Debug)]
pub struct PinyinPattern {
    letters: String,
    /// For each syllable of the table.
    readings: Vec<Reading>,
    /// For each set of the table all of its readings together.
    sets: Vec<Reading>,
    /// For each set of the table whether a hit may begin with it.
    begins: Vec<bool>,
}

impl PinyinPattern {
    /// Makes the table of readings, which takes some hundredths of a second, so that nobody has to wait for it who
    /// types the first letters.
    pub fn prepare() {
        LazyLock::force(&TABLE);
    }

    /// Whether something that is looked for may be pinyin: Latin letters, at least two, and digits;
    /// an apostrophe between syllables is passed over.
    pub fn is_one(text: &str) -> bool {
        let letters = || text.chars().map(folded_char).filter(|c| *c != '\'');
        let plain = letters().all(|c| c.is_ascii_alphanumeric());
        plain
            && letters().filter(char::is_ascii_alphabetic).count() >= MIN_LETTERS
            && letters().count() <= MAX_LETTERS
    }

    /// A pattern, if [`PinyinPattern::is_one`].
    pub fn new(text: &str) -> Option<Self> {
        if !Self::is_one(text) {
            return None;
        }
        let letters: String = text.chars().map(folded_char).filter(|c| *c != '\'').collect();
        let table = &*TABLE;
        let readings: Vec<Reading> =
            table.syllables.iter().map(|syllable| Reading::new(syllable, &letters)).collect();
        let reading = |syllable: &u16| readings.get(usize::from(*syllable)).copied();
        let together =
            |set: &Vec<u16>| set.iter().filter_map(reading).fold(Reading::default(), Reading::or);
        let sets: Vec<Reading> = table.sets.iter().map(together).collect();
        let begins = sets.iter().map(|set| set.any() & 1 == 1).collect();
        Some(Self { letters, readings, sets, begins })
    }

    /// How many letters and digits it has.
    pub fn letters(&self) -> usize {
        self.letters.len()
    }

    /// The first place where a text, folded or not, reads like this, with at least one Chinese
    /// character.
    pub fn find(&self, text: &str) -> Option<TextRange> {
        self.find_from(text, 0)
    }

    /// All places where a text reads like this, in order. They may overlap: of 推进京津冀 `jjj` is 进京津
    /// and 京津冀, and nobody knows which was meant.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = TextRange> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find_from(text, from)?;
            from = found.start + found.of(text).chars().next().map_or(1, char::len_utf8);
            Some(found)
        })
    }

    fn find_from(&self, text: &str, from: usize) -> Option<TextRange> {
        let table = &*TABLE;
        let rest = text.get(from..)?;
        rest.char_indices().find_map(|(at, c)| {
            if !self.may_begin(table, c) {
                return None;
            }
            let chars = rest.get(at..)?.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
            let length = self.length_at(table, chars)?;
            Some(TextRange::new(from + at, from + at + length))
        })
    }

    #[inline]
    fn may_begin(&self, table: &Table, c: char) -> bool {
        match table.slot(c) {
            0 => is_latin(c) && self.letters.starts_with(folded_char(c)),
            slot => self.begins.get(slot).copied().unwrap_or_default(),
        }
    }

    /// Where at the beginning of some characters, of which each comes with the place behind it, it reads like the
    /// pattern up to; as soon as possible.
    fn length_at(
        &self,
        table: &Table,
        chars: impl Iterator<Item = (usize, char)>,
    ) -> Option<usize> {
        let end = 1u64 << self.letters.len();
        let mut expected = 1u64;
        let mut chinese = false;
        for (behind, c) in chars {
            let slot = table.slot(c);
            let (mut next, mut done) = (0, false);
            if slot == 0 && is_latin(c) {
                next = self.places_of(folded_char(c), expected);
            } else if slot != 0 {
                chinese = true;
                let reading = self.sets.get(slot)?;
                next = self.behind(expected, reading, table.sets.get(slot)?);
                done = expected & reading.tail != 0;
            }
            if chinese && (done || next & end != 0) {
                return Some(behind);
            }
            expected = next;
            if expected == 0 {
                return None;
            }
        }
        None
    }

    /// The places behind a character that has a set of readings, which are these together.
    #[inline]
    fn behind(&self, expected: u64, together: &Reading, set: &[u16]) -> u64 {
        let mut next = (expected & together.initial) << 1 | (expected & together.double) << 2;
        // Mostly none is read in full.
        if expected & together.full != 0 {
            for syllable in set {
                let reading = self.readings.get(usize::from(*syllable)).copied();
                let reading = reading.unwrap_or_default();
                next |= (expected & reading.full) << reading.length;
            }
        }
        next
    }

    /// The places behind a letter or digit that stands for itself.
    fn places_of(&self, c: char, expected: u64) -> u64 {
        let places = self.letters.char_indices().filter(|(_, letter)| *letter == c);
        places.fold(0, |next, (bit, _)| next | (expected & (1 << bit)) << 1)
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

#[cfg(test)]
mod tests;
