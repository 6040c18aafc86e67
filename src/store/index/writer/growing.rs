//! The segment that is being built.

use rusqlite::Connection;

use super::Analysed;
use crate::{
    query::pinyin::push_line,
    store::index::{
        schema::IndexError,
        segment::{Builder, KEY_BITS, Segment, push_number},
    },
};

/// A segment that grows as texts come.
#[derive(Debug, Default)]
pub(super) struct Growing {
    terms: Builder,
    /// Three characters in a row, if they are counted.
    threes: Option<Builder>,
    /// The texts with their characters.
    documents: Vec<(i64, u32)>,
    /// Their headlines, one line each.
    headlines: Vec<u8>,
}

impl Growing {
    /// From now on three characters in a row are counted, or are not. Nothing has come yet.
    pub(super) fn count_threes(&mut self, are_counted: bool) {
        self.threes = are_counted.then(Builder::default);
    }

    /// Whether three characters in a row are counted.
    pub(super) fn counts_threes(&self) -> bool {
        self.threes.is_some()
    }

    /// How many texts have come.
    pub(super) fn documents(&self) -> usize {
        self.documents.len()
    }

    /// Whether a text may come next: they come in order.
    pub(super) fn may_take(&self, text: i64) -> bool {
        self.documents.last().is_none_or(|(last, _)| *last < text)
    }

    /// Adds the next text.
    pub(super) fn add(&mut self, analysed: &Analysed) {
        let Analysed { text, chars, headline, terms, threes, .. } = analysed;
        self.terms.add(terms);
        if let Some(builder) = &mut self.threes {
            builder.add(threes);
        }
        self.documents.push((*text, *chars));
        // No list of terms leads to a headline by its pinyin: it may begin with any character and read in many ways.
        push_line(headline, &mut self.headlines);
    }

    /// Whether it is time to keep it.
    pub(super) fn is_full(&self) -> bool {
        self.terms.is_full() || self.threes.as_ref().is_some_and(Builder::is_full)
    }

    /// Keeps it, and is empty then; the last text of it.
    pub(super) fn put(&mut self, connection: &Connection, closed: bool) -> Result<i64, IndexError> {
        let Segment { shape, rows } = self.terms.finish();
        let threes = self.threes.as_mut().map(Builder::finish_own).unwrap_or_default();
        let documents = std::mem::take(&mut self.documents);
        let headlines = std::mem::take(&mut self.headlines);
        let mut texts = Vec::new();
        let mut before = 0;
        for &(text, chars) in &documents {
            push_number(&mut texts, (text - before) as u32);
            push_number(&mut texts, chars);
            before = text;
        }
        let segment = connection
            .prepare_cached(
                "INSERT INTO segments (last, documents, bits, closed, texts, headlines)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .insert((before, shape.documents, shape.bits, closed, texts, headlines))?;
        let mut statement = connection.prepare_cached("INSERT INTO postings VALUES (?, ?)")?;
        // Those of three characters have the highest keys.
        for (key, list) in rows.into_iter().chain(threes) {
            statement.execute((segment << KEY_BITS | key, list))?;
        }
        Ok(before)
    }
}
