//! What texts are found by: pairs of characters and single ones, of the text and of the title, keywords, and in
//! large archives three characters in a row.
//!
//! Pairs of characters, not words: a word index misses what is cut otherwise than the query (京津 in
//! 京津冀), pairs find every place where the letters stand, and a pair is rare enough to narrow the
//! search. Pairs with marks between sentences are left out; the text itself decides about those.

mod counter;

pub(super) use self::counter::{Counted, Counter};
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

    /// Three characters in a row in a text, if they are among those of the basic plane that Chinese is mostly
    /// written with.
    pub(super) fn three(first: char, second: char, third: char) -> Option<Self> {
        Self::of_three(first.into(), second.into(), third.into())
    }

    #[inline]
    fn of_three(first: u32, second: u32, third: u32) -> Option<Self> {
        let (first, second, third) = (small(first)?, small(second)?, small(third)?);
        Some(Self(1 << 45 | first << 30 | second << 15 | third))
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

/// A character in 15 bits: those up to U+2DFF, which Latin, Greek and Cyrillic are among, and the unified ideographs
/// but for those of the extensions.
#[inline]
fn small(c: u32) -> Option<u64> {
    const IDEOGRAPHS: u32 = 0x4E00;
    const OTHERS: u32 = 0x2E00;
    match c {
        ..OTHERS => Some(u64::from(c)),
        IDEOGRAPHS..0xA000 => Some(u64::from(c - IDEOGRAPHS + OTHERS)),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::searchable::read_letters;
    use proptest::prelude::*;

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
            let mut counter = Counter::new(false);
            counter.add(&letters(text), Field::Text);
            let counted: Vec<Term> =
                counter.taken().iter().map(|it| Term::unstirred(it.stirred())).collect();
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
        fn three_characters_are_one_term(a in any::<[char; 3]>(), b in "[a-cé㐀一-丂龥𠀀]{3}") {
            let b: Vec<char> = b.chars().collect();
            for other in [&a[..], &b[..]] {
                for own in [&a[..], &b[..]] {
                    let [own_term, term] =
                        [own, other].map(|of| Term::three(of[0], of[1], of[2]));
                    prop_assert!(own_term.is_none() || (own_term == term) == (own == other));
                    let key = own_term.map_or(0, Term::code);
                    prop_assert!(key < 1 << 46);
                    prop_assert_ne!(own_term, Some(Term::pair(Field::Text, other[0], other[1])));
                }
            }
        }
    }
}
