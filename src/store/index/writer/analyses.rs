//! What analysis found, and the segments that are built of it.

use std::sync::Arc;

use rusqlite::OptionalExtension;

use super::{FINISHED, Spent, Writer, words::Words};
use crate::store::index::{
    digest::{Digest, words_of},
    schema::{self, IndexError},
    segment::KEY_BITS,
    terms::{Counted, Term},
};

/// Texts that need no segment: so many are searched one by one in some milliseconds.
const LOOSE: usize = 500;

/// Texts of which frequent phrases are known without reading them: a phrase that half of fewer texts have is found by
/// reading those as soon as anybody can tell.
const MANY: i64 = 50_000;

/// What was found in a text, ready to be written.
#[derive(Clone, Debug)]
pub struct Analysed {
    pub(in crate::store::index) text: i64,
    pub(in crate::store::index) found: Finding,
    /// Characters.
    pub(in crate::store::index) chars: u32,
    pub(in crate::store::index) headline: String,
    pub(in crate::store::index) terms: Vec<Counted>,
    /// Three characters in a row, if they are counted.
    pub(in crate::store::index) threes: Vec<Counted>,
}

/// What analysis found.
#[derive(Clone, Debug)]
pub(in crate::store::index) enum Finding {
    /// Just now: the digest, and the numbers that tell reprints.
    New(Digest, u64),
    /// Before: the digest as it is written.
    Known(Vec<u8>),
}

impl Analysed {
    /// A text over which analysis failed: it is found by its source only.
    pub fn nothing(text: i64) -> Self {
        let found = Finding::New(Digest::default(), 0);
        let (headline, terms, threes) = (String::new(), Vec::new(), Vec::new());
        Self { text, found, chars: 0, headline, terms, threes }
    }
}

/// A text as it is kept.
#[derive(Clone, Debug)]
pub struct StoredText {
    /// Its number.
    pub id: i64,
    /// The id of the article.
    pub(in crate::store::index) article: [u8; 16],
    pub(in crate::store::index) body: StoredBody,
    /// The digest of its analysis as it is written, if there is one.
    pub(in crate::store::index) known: Option<Vec<u8>>,
}

/// The bytes of a text.
#[derive(Clone, Debug)]
pub(in crate::store::index) enum StoredBody {
    /// As they were just put there.
    Fresh(Arc<Vec<u8>>),
    /// As they are kept.
    Packed { size: u32, trained: bool, packed: Vec<u8> },
}

impl StoredText {
    /// Bytes of the text, about.
    pub fn bytes(&self) -> u64 {
        match &self.body {
            StoredBody::Fresh(bytes) => bytes.len() as u64,
            StoredBody::Packed { size, .. } => u64::from(*size),
        }
    }
}

impl Writer {
    /// The texts after one that lack an analysis or are in no segment yet, in order, up to `count`.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn unfinished(&mut self, after: i64, count: u32) -> Result<Vec<StoredText>, IndexError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT texts.id, article, size, trained, body, digest
             FROM texts LEFT JOIN analyses ON analyses.text = texts.id
             WHERE texts.id > ?1 AND (digest IS NULL OR (?4 AND texts.id > ?2))
             ORDER BY texts.id LIMIT ?3",
        )?;
        let after = after.max(self.settled());
        let mut rows = statement.query((after, self.segmented, count, self.builds))?;
        let mut texts = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let body = match self.fresh.remove(&id) {
                Some(bytes) => StoredBody::Fresh(bytes),
                None => StoredBody::Packed {
                    size: row.get(2)?,
                    trained: row.get(3)?,
                    packed: row.get(4)?,
                },
            };
            texts.push(StoredText { id, article: row.get(1)?, body, known: row.get(5)? });
        }
        Ok(texts)
    }

    /// Gets ready to analyse: how many texts [`Writer::unfinished`] has to give. Loose texts are among
    /// them only if they are so many that they get a segment.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn prepare(&mut self) -> Result<u64, IndexError> {
        let last = "SELECT coalesce(max(id), 0) FROM texts";
        self.last_prepared = self.connection.query_row(last, [], |row| row.get(0))?;
        if self.last_prepared <= self.finished {
            return Ok(0);
        }
        self.words = Words::load(&self.connection)?;
        self.growing.count_threes(self.last_prepared >= MANY);
        let (loose, new): (u32, u32) = self.connection.query_row(
            "SELECT coalesce(sum(texts.id > ?1), 0), coalesce(sum(digest IS NULL), 0)
             FROM texts LEFT JOIN analyses ON analyses.text = texts.id
             WHERE texts.id > ?2 AND (texts.id > ?1 OR digest IS NULL)",
            (self.segmented, self.settled()),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        self.builds = loose as usize >= LOOSE;
        if self.builds {
            self.begin()?;
            self.reopen_segments()?;
            self.commit()?;
        }
        let count: i64 = self.connection.query_row(
            "SELECT count(*) FROM texts LEFT JOIN analyses ON analyses.text = texts.id
             WHERE texts.id > ?3 AND (digest IS NULL OR (?2 AND texts.id > ?1))",
            (self.segmented, self.builds, self.settled()),
            |row| row.get(0),
        )?;
        Ok(if self.builds { count.cast_unsigned() } else { new.into() })
    }

    /// The last text up to which all are analysed and in segments: no other has to be looked at.
    fn settled(&self) -> i64 {
        self.finished.min(self.segmented)
    }

    /// Takes small segments at the end apart, when so many new texts wait that one segment of all of
    /// them is worth the work: so their number grows with the logarithm of the texts.
    fn reopen_segments(&mut self) -> Result<(), IndexError> {
        loop {
            let waiting: i64 = self.connection.query_row(
                "SELECT count(*) FROM texts WHERE id > ?",
                [self.segmented],
                |row| row.get(0),
            )?;
            let last = self.connection.query_row(
                "SELECT id, documents, closed FROM segments ORDER BY id DESC LIMIT 1",
                [],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, bool>(2)?)),
            );
            match last.optional()? {
                Some((segment, documents, false)) if waiting * 2 >= documents => {
                    self.connection.execute("DELETE FROM segments WHERE id = ?", [segment])?;
                    let (first, next) = (segment << KEY_BITS, (segment + 1) << KEY_BITS);
                    self.connection.execute(
                        "DELETE FROM postings WHERE key >= ? AND key < ?",
                        [first, next],
                    )?;
                    self.segmented = self.last_segmented()?;
                    // Its texts are left to be done, whatever becomes of those that wait.
                    self.finish_at(self.finished.min(self.segmented))?;
                }
                _ => return Ok(()),
            }
        }
    }

    pub(super) fn last_segmented(&self) -> Result<i64, IndexError> {
        let last: Option<i64> =
            self.connection.query_row("SELECT max(last) FROM segments", [], |row| row.get(0))?;
        Ok(last.unwrap_or(0))
    }

    /// Keeps an analysis. Texts that are in no segment yet must come in order.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn put_analysis(&mut self, mut analysed: Analysed) -> Result<(), IndexError> {
        let Analysed { text, found, terms, .. } = &mut analysed;
        let text = *text;
        let words = match found {
            Finding::Known(digest) => words_of(digest),
            Finding::New(digest, likeness) => {
                let bytes = digest.to_bytes(|word| self.words.number(word));
                for (number, word) in self.words.take_new() {
                    self.connection
                        .prepare_cached("INSERT INTO words VALUES (?, ?)")?
                        .execute((number, word))?;
                }
                self.connection
                    .prepare_cached("REPLACE INTO analyses VALUES (?, ?, ?)")?
                    .execute((text, likeness.cast_signed(), &bytes))?;
                words_of(&bytes)
            }
        };
        if self.builds && text > self.segmented && self.growing.may_take(text) {
            terms.extend(words.into_iter().map(|(word, _)| Counted::of(Term::keyword(word), 1)));
            self.growing.add(&analysed);
            if self.growing.is_full() {
                self.put_segment(true)?;
            }
        }
        self.spent.give(analysed);
        Ok(())
    }

    /// Whether three characters in a row are counted.
    pub(in crate::store::index) fn counts_threes(&self) -> bool {
        self.growing.counts_threes()
    }

    /// Analyses that were written, and are given back.
    pub(in crate::store::index) fn spent(&self) -> Spent {
        self.spent.clone()
    }

    /// Ends the analysing: texts that are in no segment yet get one, if they are many.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn finish_segments(&mut self) -> Result<(), IndexError> {
        if self.growing.documents() >= LOOSE { self.put_segment(false) } else { Ok(()) }
    }

    /// Keeps that nothing is left to be done of what [`Writer::prepare`] has seen, so that the next run does not look
    /// at those texts again.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn set_finished(&mut self) -> Result<(), IndexError> {
        self.finish_at(self.finished.max(self.last_prepared))
    }

    fn finish_at(&mut self, text: i64) -> Result<(), IndexError> {
        if text != self.finished {
            schema::set_fact(&self.connection, FINISHED, &text.to_le_bytes())?;
            self.finished = text;
        }
        Ok(())
    }

    fn put_segment(&mut self, closed: bool) -> Result<(), IndexError> {
        self.segmented = self.growing.put(&self.connection, closed)?;
        Ok(())
    }
}
