//! A query as an index can answer it.
//!
//! What postings say of a text has three values: it matches, it does not, or its text has to be
//! asked. Two sets of documents hold that, those that match for certain and those that may, and they
//! are put together as the parts of the query are.

use super::{
    chain::Chain,
    segment::{Posting, Shape},
    terms::{Field, Term, needed},
};
use crate::query::{self, Expr, Pattern, Required};

/// A query with numbers instead of terms.
#[derive(Debug)]
pub(super) struct Plan {
    root: Node,
    pub(super) leaves: Vec<Leaf>,
    /// Whether titles, bylines, paths, dates or keywords are asked for.
    pub(super) asks_rows: bool,
    pub(super) asks_keywords: bool,
}

#[derive(Debug)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Leaf(usize),
}

/// A term of the query.
#[derive(Debug)]
pub(super) struct Leaf {
    /// What a text with it has, all of it; nothing for what postings know nothing of.
    pub(super) terms: Vec<Term>,
    /// Or one of these, if that is known: where there are none, nothing has it.
    pub(super) either: Option<Vec<Term>>,
    /// What stands in a text that has it, if it is a regular expression.
    pub(super) required: Required,
    /// Whether what has the only term of it surely has it.
    pub(super) is_exact: bool,
    /// What may decide it if it is longer.
    pub(super) chain: Option<Chain>,
    /// What a title with it has, if the term counts for more in titles.
    pub(super) title: Vec<Term>,
    /// Whether it is wanted, not excluded.
    pub(super) wanted: bool,
}

/// What a plan is made with.
struct Words<'a> {
    is_read: &'a dyn Fn(&query::Term) -> bool,
    words: &'a mut dyn FnMut(&query::Literal) -> Option<Vec<u32>>,
}

/// A set of documents of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

/// What is known of the documents of a segment.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Those that match for certain.
    pub(super) must: Bits,
    /// Those that may match, the others included.
    pub(super) may: Bits,
}

impl Plan {
    /// The plan for a query. `words` gives the numbers of the keywords that a term means, `is_read` says of which
    /// terms postings know nothing because texts are read.
    pub(super) fn of(
        expr: &Expr,
        is_read: &dyn Fn(&query::Term) -> bool,
        words: &mut dyn FnMut(&query::Literal) -> Option<Vec<u32>>,
    ) -> Self {
        let mut plan = Self {
            root: Node::All(Vec::new()),
            leaves: Vec::new(),
            asks_rows: false,
            asks_keywords: false,
        };
        plan.root = plan.node(expr, true, &mut Words { is_read, words });
        plan
    }

    fn node(&mut self, expr: &Expr, wanted: bool, words: &mut Words<'_>) -> Node {
        match expr {
            Expr::All(parts) => {
                Node::All(parts.iter().map(|part| self.node(part, wanted, words)).collect())
            }
            Expr::Any(parts) => {
                Node::Any(parts.iter().map(|part| self.node(part, wanted, words)).collect())
            }
            Expr::Not(inner) => Node::Not(Box::new(self.node(inner, !wanted, words))),
            Expr::Term(term) => {
                let leaf = self.leaf(term, wanted, words);
                self.leaves.push(leaf);
                Node::Leaf(self.leaves.len() - 1)
            }
        }
    }

    fn leaf(&mut self, term: &query::Term, wanted: bool, words: &mut Words<'_>) -> Leaf {
        let mut leaf = Leaf {
            terms: Vec::new(),
            either: None,
            required: Required::Anything,
            is_exact: false,
            chain: None,
            title: Vec::new(),
            wanted,
        };
        match (&term.pattern, term.field) {
            (Pattern::Literal(_), query::Field::Any) if (words.is_read)(term) => {}
            (Pattern::Literal(literal), query::Field::Any) => {
                leaf.terms = needed(&literal.folded, Field::Text);
                leaf.title = needed(&literal.folded, Field::Title);
                leaf.is_exact = is_whole(&literal.folded, &leaf.terms);
                leaf.chain = Chain::of(&literal.folded);
            }
            (Pattern::Literal(literal), query::Field::Title) => {
                // A headline may be no title line: where there is none, the text has it.
                if !(words.is_read)(term) {
                    leaf.terms = needed(&literal.folded, Field::Text);
                }
                self.asks_rows = true;
            }
            (Pattern::Literal(literal), query::Field::Keyword) => {
                // What is read as something else need not stand there.
                if !(words.is_read)(term) {
                    leaf.terms = needed(&literal.folded, Field::Text);
                }
                self.asks_keywords = true;
                if let Some(words) = (words.words)(literal) {
                    leaf.either = Some(words.into_iter().map(Term::keyword).collect());
                }
            }
            (
                Pattern::Regex(regex),
                query::Field::Any | query::Field::Title | query::Field::Keyword,
            ) => {
                // Titles and keywords stand in the text too, but an expression may ask where they end.
                leaf.required = regex.required().clone();
                self.asks_rows = true;
                self.asks_keywords |= term.field == query::Field::Keyword;
            }
            _ => self.asks_rows = true,
        }
        leaf
    }

    /// What is known of the documents of a segment. `leaf` gives what is known of a leaf.
    pub(super) fn evaluate(&self, documents: usize, leaf: &mut dyn FnMut(usize) -> Known) -> Known {
        evaluate(&self.root, documents, leaf)
    }
}

/// Whether the term is all of the text.
fn is_whole(folded: &str, terms: &[Term]) -> bool {
    terms.len() == 1 && folded.chars().count() <= 2
}

fn evaluate(node: &Node, documents: usize, leaf: &mut dyn FnMut(usize) -> Known) -> Known {
    match node {
        Node::Leaf(at) => leaf(*at),
        Node::Not(inner) => {
            let Known { must, may } = evaluate(inner, documents, leaf);
            Known { must: may.inverted(documents), may: must.inverted(documents) }
        }
        Node::All(parts) => {
            let all = Known { must: Bits::full(documents), may: Bits::full(documents) };
            parts.iter().fold(all, |known, part| {
                let Known { must, may } = evaluate(part, documents, leaf);
                Known { must: known.must.and(&must), may: known.may.and(&may) }
            })
        }
        Node::Any(parts) => {
            let none = Known { must: Bits::empty(documents), may: Bits::empty(documents) };
            parts.iter().fold(none, |known, part| {
                let Known { must, may } = evaluate(part, documents, leaf);
                Known { must: known.must.or(&must), may: known.may.or(&may) }
            })
        }
    }
}

impl Bits {
    pub(super) fn empty(documents: usize) -> Self {
        Self(vec![0; documents.div_ceil(64)])
    }

    pub(super) fn full(documents: usize) -> Self {
        Self::empty(documents).inverted(documents)
    }

    pub(super) fn of(documents: usize, members: impl Iterator<Item = u16>) -> Self {
        let mut bits = Self::empty(documents);
        for member in members {
            if let Some(word) = bits.0.get_mut(usize::from(member) / 64) {
                *word |= 1 << (member % 64);
            }
        }
        bits
    }

    pub(super) fn has(&self, document: usize) -> bool {
        self.0.get(document / 64).is_some_and(|word| word >> (document % 64) & 1 == 1)
    }

    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
        self
    }

    pub(super) fn or(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        self
    }

    pub(super) fn without(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
        self
    }

    fn inverted(mut self, documents: usize) -> Self {
        for word in &mut self.0 {
            *word = !*word;
        }
        if let Some(last) = self.0.last_mut()
            && !documents.is_multiple_of(64)
        {
            *last &= (1 << (documents % 64)) - 1;
        }
        self
    }

    /// How many documents are in the set.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The documents of a list.
    pub(super) fn having(list: &[Posting], documents: usize) -> Self {
        Self::of(documents, list.iter().map(|posting| posting.document))
    }

    /// The documents in the set, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
    }
}

/// The rows of a segment, by key.
pub(super) trait Rows {
    /// Hands a row to `read`, if there is one.
    fn row<T>(&mut self, key: i64, read: impl FnOnce(&[u8]) -> T) -> Option<T>;
}

/// The documents that have a term.
pub(super) enum List {
    /// Exactly these.
    Own(Vec<Posting>),
    /// At most these.
    Shared(Vec<u16>),
}

/// The list of a term in a segment.
pub(super) fn list(term: Term, shape: Shape, rows: &mut impl Rows) -> List {
    if let Some(own) = rows.row(Shape::own_key(term), |row| shape.read_own(row)) {
        return List::Own(own);
    }
    let (key, at) = shape.shared_key(term);
    List::Shared(rows.row(key, |row| shape.read_shared(row, at)).unwrap_or_default())
}

impl List {
    fn bits(&self, documents: usize) -> Bits {
        match self {
            Self::Own(postings) => Bits::having(postings, documents),
            Self::Shared(members) => Bits::of(documents, members.iter().copied()),
        }
    }
}

impl Leaf {
    /// What is known of the documents of a segment, and how often each has the term if that is known
    /// exactly.
    pub(super) fn look_up(&self, shape: Shape, rows: &mut impl Rows) -> (Known, Vec<Posting>) {
        let documents = shape.documents as usize;
        let none = || Bits::empty(documents);
        if let Some(either) = &self.either {
            let union =
                |bits: Bits, term: &Term| bits.or(&list(*term, shape, rows).bits(documents));
            let may = either.iter().fold(none(), union);
            return (Known { must: none(), may }, Vec::new());
        }
        if let [term] = *self.terms.as_slice()
            && self.is_exact
            && let List::Own(postings) = list(term, shape, rows)
        {
            let bits = Bits::having(&postings, documents);
            return (Known { must: bits.clone(), may: bits }, postings);
        }
        if let Some(chain) = &self.chain {
            return chain.look_up(&self.terms, shape, rows);
        }
        let may = intersection(&self.terms, shape, rows);
        let may = may.and(&having(&self.required, shape, rows));
        (Known { must: none(), may }, Vec::new())
    }

    /// The documents whose title surely has the term, and others whose title may have it.
    pub(super) fn titles(&self, shape: Shape, rows: &mut impl Rows) -> (Bits, Bits) {
        let documents = shape.documents as usize;
        let none = Bits::empty(documents);
        if self.title.is_empty() || !self.wanted {
            return (none.clone(), none);
        }
        if let [term] = *self.title.as_slice()
            && self.is_exact
            && let List::Own(postings) = list(term, shape, rows)
        {
            return (Bits::having(&postings, documents), none);
        }
        (none, intersection(&self.title, shape, rows))
    }
}

/// The documents that may have all terms.
pub(super) fn intersection(terms: &[Term], shape: Shape, rows: &mut impl Rows) -> Bits {
    let documents = shape.documents as usize;
    let meet = |bits: Bits, term: &Term| bits.and(&list(*term, shape, rows).bits(documents));
    terms.iter().fold(Bits::full(documents), meet)
}

/// The documents that may have what is required. As deep as a regular expression may be.
fn having(required: &Required, shape: Shape, rows: &mut impl Rows) -> Bits {
    let documents = shape.documents as usize;
    match required {
        Required::Anything => Bits::full(documents),
        Required::Text(folded) => intersection(&needed(folded, Field::Text), shape, rows),
        Required::All(parts) => parts
            .iter()
            .fold(Bits::full(documents), |bits, part| bits.and(&having(part, shape, rows))),
        Required::Any(parts) => parts
            .iter()
            .fold(Bits::empty(documents), |bits, part| bits.or(&having(part, shape, rows))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_sets(documents in 1_usize..300, a in prop::collection::btree_set(0_u16..300, 0..80)) {
            let members: Vec<u16> = a.into_iter().filter(|n| usize::from(*n) < documents).collect();
            let bits = Bits::of(documents, members.iter().copied());
            let back: Vec<u16> = bits.iter().map(|n| n as u16).collect();
            prop_assert_eq!(&back, &members);
            let inverted = bits.clone().inverted(documents);
            prop_assert_eq!(inverted.iter().count(), documents - members.len());
            prop_assert!((0..documents).all(|n| bits.has(n) != inverted.has(n)));
            prop_assert_eq!(bits.clone().and(&inverted), Bits::empty(documents));
            prop_assert_eq!(bits.clone().without(&inverted), bits.clone());
            prop_assert_eq!(bits.or(&inverted), Bits::full(documents));
        }
    }
}
