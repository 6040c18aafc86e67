//! What texts are found by: pairs of characters and single ones, of the text and of the title, and
//! keywords.
//!
//! Pairs of characters, not words: a word index misses what is cut otherwise than the query (京津 in
//! 京津冀), pairs find every place where the letters stand, and a pair is rare enough to narrow the
//! search. Pairs with marks between sentences are left out; the text itself decides about those.

use crate::text::letter::is_letter;

/// A term as a number of 48 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Term(u64);

/// Bits of a term.
const BITS: u32 = 48;
const MASK: u64 = (1 << BITS) - 1;
/// Odd, so that multiplying by it loses nothing.
const MIX: u64 = 0x9E37_79B9_7F4B;

/// Where a term stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Anywhere in the article.
    Text,
    /// In its title lines.
    Title,
}

impl Term {
    /// A character.
    pub(super) fn single(field: Field, c: char) -> Self {
        Self::of_one(field, c.into())
    }

    fn of_one(field: Field, c: u32) -> Self {
        Self((field as u64 + 2) << 42 | u64::from(c))
    }

    /// Two characters in a row.
    pub(super) fn pair(field: Field, first: char, second: char) -> Self {
        Self::of_two(field, first.into(), second.into())
    }

    fn of_two(field: Field, first: u32, second: u32) -> Self {
        Self((field as u64) << 42 | u64::from(first) << 21 | u64::from(second))
    }

    /// A keyword, by the number of the word.
    pub(super) fn keyword(word: u32) -> Self {
        Self(4 << 42 | u64::from(word))
    }

    /// The number by which it is kept.
    pub(super) fn code(self) -> u64 {
        self.0
    }

    /// Its bits stirred: all terms stay different, and the lowest bits are spread evenly.
    pub(super) fn stirred(self) -> u64 {
        let half = self.0 ^ self.0 >> 24;
        let product = half.wrapping_mul(MIX) & MASK;
        product ^ product >> 24
    }

    /// The term whose bits were stirred to these.
    pub(super) fn unstirred(stirred: u64) -> Self {
        let product = stirred ^ stirred >> 24;
        let half = product.wrapping_mul(inverse(MIX)) & MASK;
        Self(half ^ half >> 24)
    }
}

/// The number by which multiplying by an odd one is taken back (Newton's method, modulo 2^64).
const fn inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

/// The terms by which a folded text can be found, those of what is asked as of what is searched: all
/// pairs of characters, of a single character that one.
pub(super) fn needed(folded: &str, field: Field) -> Vec<Term> {
    let chars: Vec<char> = folded.chars().collect();
    let pairs = chars.windows(2).filter_map(|pair| match *pair {
        [first, second] if is_letter(first) && is_letter(second) => {
            Some(Term::pair(field, first, second))
        }
        _ => None,
    });
    let mut terms: Vec<Term> = pairs.collect();
    // A character between marks is in no pair.
    for (at, &c) in chars.iter().enumerate().filter(|(_, c)| is_letter(**c)) {
        let telling =
            |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| is_letter(*c));
        if !telling(at.checked_sub(1)) && !telling(Some(at + 1)) {
            terms.push(Term::single(field, c));
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// A term with how often a text has it, in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted(u64);

/// Bits of the times.
const TIMES: u32 = 64 - BITS;

impl Counted {
    /// A term that a text has so often.
    pub(super) fn of(term: Term, times: u16) -> Self {
        Self(term.stirred() << TIMES | u64::from(times))
    }

    /// The stirred bits of the term.
    pub(super) fn stirred(self) -> u64 {
        self.0 >> TIMES
    }

    /// How often the text has it.
    pub(super) fn times(self) -> u16 {
        self.0 as u16
    }

    #[inline]
    fn once_more(&mut self) {
        self.0 += u64::from(self.times() < u16::MAX);
    }
}

/// Counts the terms of one text after the other. What it looks into for every character is so small that it
/// stays near the processor, and hardly a branch depends on whether a term is new, which nothing could foretell.
#[derive(Debug)]
pub(super) struct Counter {
    /// For each place by stirred bits, one more than the number of a term; 0 where there is none.
    slots: Vec<u32>,
    /// The terms by their numbers, and room for more: half as many as slots.
    counted: Vec<Counted>,
    /// How many terms that are.
    count: usize,
    /// How often the text has each character of the basic plane, which need no looking for.
    times: Vec<u16>,
    /// Those that it has, and room for one more.
    seen: Vec<u16>,
    /// How many characters that are.
    seen_count: usize,
}

/// Slots at first: enough for articles of a usual length.
const SLOTS: usize = 1 << 13;
/// Characters of the basic plane.
const PLANE: usize = 1 << 16;

impl Default for Counter {
    fn default() -> Self {
        Self {
            slots: vec![0; SLOTS],
            counted: vec![Counted(0); SLOTS / 2],
            count: 0,
            times: vec![0; PLANE],
            seen: vec![0; PLANE + 1],
            seen_count: 0,
        }
    }
}

impl Counter {
    /// Counts the characters and pairs of a text, of which [`read_letters`] has read the letters.
    ///
    /// [`read_letters`]: crate::text::searchable::read_letters
    pub(super) fn add(&mut self, letters: &[u32], field: Field) {
        match field {
            Field::Text => self.count_singles(letters),
            Field::Title => letters.iter().for_each(|letter| self.count_single(*letter, field)),
        }
        let mut before = 0;
        for &letter in letters {
            if letter != 0 && before != 0 {
                self.count(Term::of_two(field, before, letter));
            }
            before = letter;
        }
    }

    /// Counts the characters of a text, those of the basic plane each in its place.
    fn count_singles(&mut self, letters: &[u32]) {
        for &letter in letters {
            let Some(times) = self.times.get_mut(letter as usize) else {
                self.count_single(letter, Field::Text);
                continue;
            };
            if let Some(next) = self.seen.get_mut(self.seen_count) {
                *next = letter as u16;
            }
            self.seen_count += usize::from(*times == 0);
            *times = times.saturating_add(1);
        }
    }

    fn count_single(&mut self, letter: u32, field: Field) {
        if letter != 0 {
            self.count(Term::of_one(field, letter));
        }
    }

    /// Counts one term.
    #[inline]
    fn count(&mut self, term: Term) {
        let new = Counted::of(term, 0);
        let mask = self.slots.len() - 1;
        let mut at = new.stirred() as usize & mask;
        // It is written as the next one before it is known whether it is new.
        if let Some(next) = self.counted.get_mut(self.count) {
            *next = new;
        }
        while let Some(slot) = self.slots.get_mut(at) {
            let is_new = *slot == 0;
            let number = if is_new { self.count } else { *slot as usize - 1 };
            *slot = number as u32 + 1;
            self.count += usize::from(is_new);
            match self.counted.get_mut(number) {
                Some(counted) if counted.stirred() == new.stirred() => {
                    counted.once_more();
                    break;
                }
                _ => at = (at + 1) & mask,
            }
        }
        if self.count == self.counted.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        self.counted.resize(self.slots.len() / 2, Counted(0));
        let mask = self.slots.len() - 1;
        for (number, counted) in (1..).zip(&self.counted).take(self.count) {
            let mut at = counted.stirred() as usize & mask;
            while self.slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = number;
            }
        }
    }

    /// Puts what was counted since the last time into a list in the place of what it holds, in no order.
    pub(super) fn take_into(&mut self, counted: &mut Vec<Counted>) {
        counted.clear();
        // Keywords follow.
        counted.reserve_exact(self.count + self.seen_count + 16);
        counted.extend_from_slice(self.counted.get(..self.count).unwrap_or_default());
        for &letter in self.seen.iter().take(self.seen_count) {
            let times = self.times.get_mut(usize::from(letter)).map_or(0, std::mem::take);
            // What is no letter was counted with them.
            if letter != 0 {
                counted.push(Counted::of(Term::of_one(Field::Text, letter.into()), times));
            }
        }
        (self.count, self.seen_count) = (0, 0);
        if self.slots.len() > SLOTS {
            self.slots = vec![0; SLOTS];
            self.counted = vec![Counted(0); SLOTS / 2];
        } else {
            self.slots.fill(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::text::searchable::{Searchable, read_letters};
    use proptest::prelude::*;

    fn taken(counter: &mut Counter) -> Vec<Counted> {
        let mut counted = vec![Counted::of(Term::keyword(7), 7)];
        counter.take_into(&mut counted);
        counted
    }

    fn letters(text: &str) -> Vec<u32> {
        let mut letters = Vec::new();
        read_letters(text, &mut letters);
        letters
    }

    #[test]
    fn what_is_needed_is_there() {
        let cases: [(&str, usize); 8] = [
            ("", 0),
            ("桥", 1),
            ("京津冀", 2),
            ("，", 0),
            ("a，b", 2),
            ("ab，c", 2),
            ("桥桥桥", 1),
            (" 5g ", 1),
        ];
        for (text, count) in cases {
            let needed = needed(text, Field::Text);
            assert_eq!(needed.len(), count, "{text}");
            let mut counter = Counter::default();
            counter.add(&letters(text), Field::Text);
            let counted: Vec<Term> =
                taken(&mut counter).iter().map(|it| Term::unstirred(it.stirred())).collect();
            assert!(needed.iter().all(|term| counted.contains(term)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn stirring_loses_nothing(code in 0_u64..1 << 48) {
            prop_assert_eq!(Term::unstirred(Term(code).stirred()), Term(code));
            prop_assert!(Term(code).stirred() < 1 << 48);
        }

        #[test]
        fn counts_like_a_map(
            articles in prop::collection::vec(prop::collection::vec("[一-二a，\u{20000}]{0,40}|[一-龥]{0,3000}", 0..4), 1..4),
        ) {
            let mut counter = Counter::default();
            for texts in articles {
                let mut plain: HashMap<Term, u16> = HashMap::new();
                // A text and its titles.
                for (text, field) in texts.iter().zip([Field::Text, Field::Title, Field::Title]) {
                    counter.add(&letters(text), field);
                    let chars: Vec<char> = Searchable::of(text).text().chars().collect();
                    for c in chars.iter().filter(|c| is_letter(**c)) {
                        *plain.entry(Term::single(field, *c)).or_default() += 1;
                    }
                    for pair in chars.windows(2).filter(|pair| pair.iter().all(|c| is_letter(*c))) {
                        *plain.entry(Term::pair(field, pair[0], pair[1])).or_default() += 1;
                    }
                }
                let counted = taken(&mut counter);
                let terms = counted.iter().map(|it| (Term::unstirred(it.stirred()), it.times()));
                let terms: HashMap<_, _> = terms.collect();
                prop_assert_eq!(terms.len(), counted.len(), "a term twice");
                prop_assert_eq!(terms, plain);
            }
        }
    }
}
