//! Which texts a condition on marks is about.
//!
//! Marks are kept by the content of texts, and by far fewer texts have marks than not. So the marks are
//! gone through, not the texts, and what comes of it is a set of texts, or of all but some.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::{
    article::{MarkTable, Marks},
    query::{Expr, Fact, MatchOptions, Matcher, Query, Subject, Verdict},
    store::index::{
        catalogue::SegmentTexts,
        plan::{Bits, Known},
        reader::Index,
        schema::IndexError,
    },
};

/// What a query says of marks.
pub(super) struct Marked {
    /// The texts that fulfil what must hold of marks, whatever holds of the text.
    pub(super) whole: Texts,
    /// The texts of each term that is about marks and stands among others.
    terms: Vec<Option<Texts>>,
}

impl Marked {
    /// The texts of a condition on nothing but marks, and of each term of a query.
    pub(super) fn of(
        index: &Index,
        condition: &Query,
        query: &Matcher,
        options: MatchOptions,
    ) -> Result<Self, IndexError> {
        let texts = |query: &Query| {
            let condition = Matcher::literal_but_for(query, options, |_| false);
            Texts::of(&index.connection, &condition, &index.marks)
        };
        let of_term = |term: &crate::query::Term| {
            let query = Query { expr: Expr::Term(term.clone()) };
            term.field.is_of_marks().then(|| texts(&query)).transpose()
        };
        let terms = query.terms().iter().map(of_term).collect::<Result<_, _>>()?;
        Ok(Self { whole: texts(condition)?, terms })
    }

    /// What is known of a segment by a term, if that is about marks: all of it.
    pub(super) fn known(&self, term: usize, segment: &SegmentTexts) -> Option<Known> {
        let bits = self.terms.get(term)?.as_ref()?.bits(segment);
        Some(Known { must: bits.clone(), may: bits })
    }
}

/// Texts by their numbers.
#[derive(Debug)]
pub(super) enum Texts {
    /// These.
    Only(HashSet<i64>),
    /// All but these.
    AllBut(HashSet<i64>),
}

impl Texts {
    fn of(
        connection: &Connection,
        condition: &Matcher,
        marks: &MarkTable,
    ) -> Result<Self, IndexError> {
        let holds = |marks: &Marks| {
            let subject = Subject { marks: Fact::Known(marks), ..Subject::default() };
            matches!(condition.judge(&subject), Verdict::Yes(_))
        };
        let of_unmarked = holds(&Marks::default());
        let mut statement = connection.prepare_cached("SELECT id FROM texts WHERE article = ?")?;
        let mut texts = HashSet::new();
        for (id, _) in marks.iter().filter(|(_, marks)| holds(marks) != of_unmarked) {
            for text in statement.query_map([id.0], |row| row.get(0))? {
                texts.insert(text?);
            }
        }
        Ok(if of_unmarked { Self::AllBut(texts) } else { Self::Only(texts) })
    }

    /// Whether a text is among them.
    pub(super) fn has(&self, text: i64) -> bool {
        match self {
            Self::Only(texts) => texts.contains(&text),
            Self::AllBut(texts) => !texts.contains(&text),
        }
    }

    /// Those of a segment.
    pub(super) fn bits(&self, segment: &SegmentTexts) -> Bits {
        match self {
            Self::AllBut(texts) if texts.is_empty() => {
                return Bits::full(segment.shape.documents as usize);
            }
            Self::Only(texts) if texts.is_empty() => {
                return Bits::empty(segment.shape.documents as usize);
            }
            _ => {}
        }
        // Counted to the last of them: as many as there are numbers would be none.
        let documents = (0..=u16::MAX).take(segment.shape.documents as usize);
        let among = |document: &u16| {
            segment.text(usize::from(*document)).is_some_and(|(text, _)| self.has(text))
        };
        Bits::of(segment.shape.documents as usize, documents.filter(among))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::index::segment::Shape;

    #[test]
    fn a_segment_may_have_as_many_texts_as_there_are_numbers() {
        for count in [1_u32, 65_535, 65_536] {
            let shape = Shape { documents: count, bits: 4 };
            let texts = (0..count).map(|text| (text, 9)).collect();
            let segment = SegmentTexts { id: 1, shape, base: 1, texts };
            let all = Texts::AllBut(HashSet::from([1])).bits(&segment);
            assert_eq!(all.iter().count(), count as usize - 1);
        }
    }
}
