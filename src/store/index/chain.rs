//! Phrases of three characters and more that postings decide for certain.
//!
//! That a text has all pairs of a phrase does not say that it has the phrase. In a large archive a frequent phrase
//! stands in tens of thousands of texts, and reading each takes longer than anybody waits. Three characters in a row
//! that are frequent have lists of their own, too; of a longer phrase they decide mostly: where 津冀 is in a text as
//! often as 京津冀 and somewhere before 协, there is 京津冀协.

use super::{
    plan::{Bits, Known, Rows, intersection},
    segment::{MOST_TIMES, Posting, Shape},
    terms::{Field, Term},
};
use crate::text::letter::is_letter;

/// The terms of a phrase in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    threes: Vec<Term>,
    /// The pairs that each of those shares with the next one.
    pairs: Vec<Term>,
}

impl Chain {
    /// That of a folded phrase, if it has one: three letters or more, and nothing else.
    pub(super) fn of(folded: &str) -> Option<Self> {
        let chars: Vec<char> = folded.chars().collect();
        let three = |three: &[char]| match *three {
            [first, second, third] if three.iter().all(|c| is_letter(*c)) => {
                Term::three(first, second, third)
            }
            _ => None,
        };
        let threes: Vec<Term> = chars.windows(3).map(three).collect::<Option<_>>()?;
        let inner = chars.get(1..chars.len().checked_sub(1)?)?.windows(2);
        let pairs = inner.filter_map(|pair| match *pair {
            [first, second] => Some(Term::pair(Field::Text, first, second)),
            _ => None,
        });
        Some(Self { pairs: pairs.collect(), threes }).filter(|chain| !chain.threes.is_empty())
    }

    /// What is known of the documents of a segment, and how often those have the phrase that surely do. `all` are the
    /// pairs of the phrase.
    pub(super) fn look_up(
        &self,
        all: &[Term],
        shape: Shape,
        rows: &mut impl Rows,
    ) -> (Known, Vec<Posting>) {
        let documents = shape.documents as usize;
        let mut own = |term: &Term| rows.row(Shape::own_key(*term), |row| shape.read_own(row));
        let threes: Vec<Vec<Posting>> = self.threes.iter().filter_map(&mut own).collect();
        let is_whole = threes.len() == self.threes.len();
        // What is frequent enough for a list is made of pairs that are.
        let pairs = self.pairs.iter().filter(|_| is_whole);
        let pairs: Vec<Times> = pairs.map(|term| Times::of(own(term), documents)).collect();
        let having = |bits: Bits, list: &Vec<Posting>| bits.and(&Bits::having(list, documents));
        let may = threes.iter().fold(Bits::full(documents), having);
        if !is_whole {
            let may = may.and(&intersection(all, shape, rows));
            return (Known { must: Bits::empty(documents), may }, Vec::new());
        }
        let threes = threes.into_iter().map(|list| Times::of(Some(list), documents));
        let threes: Vec<Times> = threes.collect();
        let sure = |document: usize| {
            let times = surely(&threes, &pairs, document)?;
            Some(Posting { document: document as u16, times })
        };
        let postings: Vec<Posting> = may.iter().filter_map(sure).collect();
        (Known { must: Bits::having(&postings, documents), may }, postings)
    }
}

/// How often each document has a term, up to [`MOST_TIMES`].
struct Times(Vec<u8>);

impl Times {
    /// What a list says; without one any document may have the term any number of times.
    fn of(list: Option<Vec<Posting>>, documents: usize) -> Self {
        let Some(list) = list else { return Self(vec![MOST_TIMES as u8; documents]) };
        let mut times = vec![0; documents];
        for Posting { document, times: count } in list {
            if let Some(times) = times.get_mut(usize::from(document)) {
                *times = count;
            }
        }
        Self(times)
    }

    fn in_document(&self, document: usize) -> u8 {
        self.0.get(document).copied().unwrap_or_default()
    }
}

/// How often a document surely has the phrase, at least; `None` where it may not have it. Each pair is what a three
/// shares with the next one.
///
/// Where a pair stands `p` times, `a` of them behind what belongs before it and `b` of them before what belongs behind
/// it, both are so at `a + b - p` places at least. Step by step along the phrase that is the sum of all threes less
/// that of all pairs.
fn surely(threes: &[Times], pairs: &[Times], document: usize) -> Option<u8> {
    let mut sum = 0_i32;
    for three in threes {
        sum += i32::from(three.in_document(document));
    }
    for pair in pairs {
        let times = pair.in_document(document);
        if u32::from(times) >= MOST_TIMES {
            // Or any number more.
            return None;
        }
        sum -= i32::from(times);
    }
    u8::try_from(sum).ok().filter(|times| *times > 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        store::index::{
            segment::Builder,
            terms::{Counter, needed},
        },
        text::searchable::{phrase, read_letters},
    };

    impl Rows for BTreeMap<i64, Vec<u8>> {
        fn row<T>(&mut self, key: i64, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
            self.get(&key).map(|row| read(row))
        }
    }

    /// A segment of the texts.
    fn segment(texts: &[String]) -> (Shape, BTreeMap<i64, Vec<u8>>) {
        let mut counter = Counter::new(true);
        let (mut terms, mut threes) = (Builder::default(), Builder::default());
        let (mut letters, mut counted) = (Vec::new(), [Vec::new(), Vec::new()]);
        for text in texts {
            read_letters(text, &mut letters);
            counter.add(&letters, Field::Text);
            let [all, three] = &mut counted;
            counter.take_into(all, three);
            terms.add(all);
            threes.add(three);
        }
        let segment = terms.finish();
        let rows = segment.rows.into_iter().chain(threes.finish_own());
        (segment.shape, rows.collect())
    }

    /// What is known of the texts: for certain, and maybe.
    fn known(texts: &[String], asked: &str) -> Option<(Vec<usize>, Vec<usize>, Vec<Posting>)> {
        let (shape, mut rows) = segment(texts);
        let folded = phrase(asked);
        let chain = Chain::of(&folded)?;
        let (known, postings) = chain.look_up(&needed(&folded, Field::Text), shape, &mut rows);
        Some((known.must.iter().collect(), known.may.iter().collect(), postings))
    }

    #[test]
    fn frequent_phrases_are_decided() {
        let mut texts: Vec<String> = Vec::new();
        for _ in 0..60 {
            // Always so; with something else behind the pair, so that only reading tells; never.
            texts.push("推动京津冀协同发展，京津冀协同。".to_owned());
            texts.push("京津冀协调，冀协同，冀协会。".to_owned());
            texts.push("京津。津冀。".to_owned());
        }
        let (must, may, postings) = known(&texts, "京津冀协同").expect("a phrase");
        let every = |first: usize| (0..60).map(move |at| at * 3 + first);
        assert_eq!(must, every(0).collect::<Vec<_>>());
        assert!(postings.iter().all(|posting| posting.times == 2));
        assert_eq!(may, (0..60).flat_map(|at| [at * 3, at * 3 + 1]).collect::<Vec<_>>());
        let (must, may, _) = known(&texts, "京津冀").expect("a phrase");
        assert_eq!((&must, must.len()), (&may, 120));
    }

    #[test]
    fn only_letters_are_chains() {
        for (asked, threes) in [
            ("京津", None),
            ("京，津冀", None),
            ("京津冀", Some(1)),
            ("京津冀ab", Some(3)),
            ("", None),
        ] {
            assert_eq!(Chain::of(asked).map(|chain| chain.threes.len()), threes, "{asked}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        /// What surely has the phrase has it, as often at least; what has it may have it.
        #[test]
        fn nothing_is_said_that_is_not_so(
            texts in prop::collection::vec("[一丁七。]{0,14}", 20..60),
            asked in "[一丁七]{3,6}",
        ) {
            // So many that three characters are frequent enough to have lists.
            let texts: Vec<String> = texts.iter().cycle().take(texts.len() * 24).cloned().collect();
            let (must, may, postings) = known(&texts, &asked).expect("letters");
            let stands = |text: &String| {
                let places = text.char_indices().filter(|(at, _)| text[*at..].starts_with(&asked));
                places.count() as u32
            };
            for (document, text) in texts.iter().enumerate() {
                let times = stands(text);
                prop_assert!(times > 0 || !must.contains(&document), "{} in {}", asked, text);
                prop_assert!(times == 0 || may.contains(&document), "{} in {}", asked, text);
            }
            for Posting { document, times } in postings {
                prop_assert!((1..=stands(&texts[usize::from(document)])).contains(&times.into()));
            }
        }
    }
}
