//! Counting the terms of a text.

use super::{BITS, Field, Term};

/// A term with how often a text has it, in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store::index) struct Counted(u64);

/// Bits of the times.
const TIMES: u32 = 64 - BITS;

impl Counted {
    /// A term that a text has so often.
    pub(in crate::store::index) fn of(term: Term, times: u16) -> Self {
        Self(term.stirred() << TIMES | u64::from(times))
    }

    /// The stirred bits of the term.
    pub(in crate::store::index) fn stirred(self) -> u64 {
        self.0 >> TIMES
    }

    /// How often the text has it.
    pub(in crate::store::index) fn times(self) -> u16 {
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
pub(in crate::store::index) struct Counter {
    terms: Table,
    /// Three characters in a row, if they are counted: in a table of their own, since together they would be too
    /// many to stay near.
    threes: Option<Table>,
    /// How often the text has each character of the basic plane, which need no looking for.
    times: Vec<u16>,
    /// Those that it has, and room for one more.
    seen: Vec<u16>,
    /// How many characters that are.
    seen_count: usize,
}

/// Terms that are looked up by their bits.
#[derive(Debug)]
struct Table {
    /// For each place by stirred bits, one more than the number of a term; 0 where there is none.
    slots: Vec<u32>,
    /// The terms by their numbers, and room for more: half as many as slots.
    counted: Vec<Counted>,
    /// How many terms that are.
    count: usize,
}

/// Slots at first: enough for articles of a usual length.
const SLOTS: usize = 1 << 13;
/// Characters of the basic plane.
const PLANE: usize = 1 << 16;

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![0; SLOTS], counted: vec![Counted(0); SLOTS / 2], count: 0 }
    }
}

impl Counter {
    /// A counter that counts three characters in a row too, or does not.
    pub(in crate::store::index) fn new(with_threes: bool) -> Self {
        Self {
            terms: Table::default(),
            threes: with_threes.then(Table::default),
            times: vec![0; PLANE],
            seen: vec![0; PLANE + 1],
            seen_count: 0,
        }
    }

    /// Counts the characters and pairs of a text, of which [`read_letters`] has read the letters.
    ///
    /// [`read_letters`]: crate::text::searchable::read_letters
    pub(in crate::store::index) fn add(&mut self, letters: &[u32], field: Field) {
        match field {
            Field::Text => {
                self.count_singles(letters);
                if let Some(threes) = &mut self.threes {
                    threes.count_threes(letters);
                }
            }
            Field::Title => letters.iter().for_each(|letter| self.count_single(*letter, field)),
        }
        let mut before = 0;
        for &letter in letters {
            if letter != 0 && before != 0 {
                self.terms.count(Term::of_two(field, before, letter));
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
            self.terms.count(Term::of_one(field, letter));
        }
    }

    /// Puts what was counted since the last time into a list in the place of what it holds, in no order; three
    /// characters in a row into one of their own.
    pub(in crate::store::index) fn take_into(
        &mut self,
        counted: &mut Vec<Counted>,
        threes: &mut Vec<Counted>,
    ) {
        counted.clear();
        // Keywords follow.
        counted.reserve_exact(self.terms.count + self.seen_count + 16);
        self.terms.take_into(counted);
        for &letter in self.seen.iter().take(self.seen_count) {
            let times = self.times.get_mut(usize::from(letter)).map_or(0, std::mem::take);
            // What is no letter was counted with them.
            if letter != 0 {
                counted.push(Counted::of(Term::of_one(Field::Text, letter.into()), times));
            }
        }
        self.seen_count = 0;
        threes.clear();
        if let Some(table) = &mut self.threes {
            threes.reserve_exact(table.count);
            table.take_into(threes);
        }
    }

    /// What was counted, in new lists.
    #[cfg(test)]
    pub(super) fn taken(&mut self) -> Vec<Counted> {
        let mut counted = [Term::keyword(7); 2].map(|term| vec![Counted::of(term, 7)]);
        let [terms, threes] = &mut counted;
        self.take_into(terms, threes);
        counted.concat()
    }
}

impl Table {
    fn count_threes(&mut self, letters: &[u32]) {
        for three in letters.windows(3) {
            if let [first, second, third] = *three
                && first != 0
                && second != 0
                && third != 0
                && let Some(term) = Term::of_three(first, second, third)
            {
                self.count(term);
            }
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

    /// Adds what was counted since the last time, in no order.
    fn take_into(&mut self, counted: &mut Vec<Counted>) {
        counted.extend_from_slice(self.counted.get(..self.count).unwrap_or_default());
        self.count = 0;
        if self.slots.len() > SLOTS {
            *self = Self::default();
        } else {
            self.slots.fill(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::text::{
        letter::is_letter,
        searchable::{Searchable, read_letters},
    };
    use proptest::prelude::*;

    fn letters(text: &str) -> Vec<u32> {
        let mut letters = Vec::new();
        read_letters(text, &mut letters);
        letters
    }

    proptest! {
        #[test]
        fn counts_like_a_map(
            with_threes: bool,
            articles in prop::collection::vec(prop::collection::vec("[一-二a，\u{20000}]{0,40}|[一-龥]{0,3000}", 0..4), 1..4),
        ) {
            let mut counter = Counter::new(with_threes);
            for texts in articles {
                let mut plain: HashMap<Term, u16> = HashMap::new();
                // A text and its titles.
                for (text, field) in texts.iter().zip([Field::Text, Field::Title, Field::Title]) {
                    counter.add(&letters(text), field);
                    let chars: Vec<char> = Searchable::of(text).text().chars().collect();
                    for c in chars.iter().filter(|c| is_letter(**c)) {
                        *plain.entry(Term::single(field, *c)).or_default() += 1;
                    }
                    for three in chars.windows(3).filter(|_| with_threes && field == Field::Text) {
                        let term = Term::three(three[0], three[1], three[2]);
                        if let Some(term) = term.filter(|_| three.iter().all(|c| is_letter(*c))) {
                            *plain.entry(term).or_default() += 1;
                        }
                    }
                    for pair in chars.windows(2).filter(|pair| pair.iter().all(|c| is_letter(*c))) {
                        *plain.entry(Term::pair(field, pair[0], pair[1])).or_default() += 1;
                    }
                }
                let counted = counter.taken();
                let terms = counted.iter().map(|it| (Term::unstirred(it.stirred()), it.times()));
                let terms: HashMap<_, _> = terms.collect();
                prop_assert_eq!(terms.len(), counted.len(), "a term twice");
                prop_assert_eq!(terms, plain);
            }
        }
    }
}
