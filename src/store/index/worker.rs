//! What can be done with a text beside the one who writes: any number of threads, each with a worker.

use std::sync::Arc;

use super::{
    body::Body,
    digest::Digest,
    likeness::likeness,
    pack::Unpacker,
    schema::IndexError,
    terms::{Counter, Field},
    writer::{Analysed, Finding, Spent, StoredBody, StoredText, Writer},
};
use crate::{
    analysis::{Vocabulary, analyze},
    article::{ArticleId, Role},
    text::searchable::read_letters,
};

/// Analyses stored texts and counts their terms.
pub struct Worker {
    unpacker: Unpacker,
    counter: Counter,
    /// The letters of the text, told once for all that is done with them.
    letters: Vec<u32>,
    spent: Spent,
}

impl Worker {
    /// A worker for the texts of this writer, as they are packed from now on.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn new(writer: &Writer) -> Result<Self, IndexError> {
        let unpacker = Unpacker::new(writer.dictionary())
            .map_err(|error| IndexError::File("zstd".into(), error))?;
        let (counter, letters) = (Counter::new(writer.counts_threes()), Vec::new());
        Ok(Self { unpacker, counter, letters, spent: writer.spent() })
    }

    /// Analyses a text, unless it is known what analysis finds.
    ///
    /// # Errors
    ///
    /// When the text is damaged.
    pub fn analyse(
        &mut self,
        text: StoredText,
        vocabulary: &Vocabulary,
    ) -> Result<Ranked, IndexError> {
        let StoredText { id, article, body, known } = text;
        let bytes = match body {
            StoredBody::Fresh(bytes) => bytes,
            StoredBody::Packed { size, trained, packed } => {
                let bytes = self.unpacker.unpack(size, trained, &packed);
                Arc::new(bytes.map_err(|_| IndexError::Damaged)?)
            }
        };
        let body = Body::of(&bytes).ok_or(IndexError::Damaged)?;
        let article = body.into_article(ArticleId(article));
        let analyse = || RankedAs::New(Digest::of(&analyze(&article, vocabulary)));
        let found = known.map_or_else(analyse, RankedAs::Known);
        let headline = article.headline();
        Ok(Ranked { text: id, bytes, found, headline })
    }

    /// Counts the terms of a text that was analysed.
    ///
    /// # Errors
    ///
    /// When the text is damaged.
    pub fn count(&mut self, ranked: Ranked) -> Result<Analysed, IndexError> {
        let Ranked { text, bytes, found, headline } = ranked;
        let body = Body::of(&bytes).ok_or(IndexError::Damaged)?;
        read_letters(body.searched, &mut self.letters);
        let found = match found {
            RankedAs::Known(digest) => Finding::Known(digest),
            RankedAs::New(digest) => Finding::New(digest, likeness(&self.letters)),
        };
        let chars = body.text.chars().count() as u32;
        let spent = self.spent.take();
        let (mut terms, mut threes) = spent.map(|it| (it.terms, it.threes)).unwrap_or_default();
        self.count_terms(&body);
        self.counter.take_into(&mut terms, &mut threes);
        Ok(Analysed { text, found, chars, headline, terms, threes })
    }

    /// Counts the terms of the text whose letters were read, and of its title lines.
    fn count_terms(&mut self, body: &Body) {
        self.counter.add(&self.letters, Field::Text);
        let is_title = |role: Role| matches!(role, Role::Title | Role::Subtitle | Role::Kicker);
        for part in body.parts.iter().filter(|part| is_title(part.role)) {
            read_letters(part.range.of(body.text), &mut self.letters);
            self.counter.add(&self.letters, Field::Title);
        }
    }
}

/// A text that was analysed, and whose terms are not counted yet.
///
/// All texts of a job are analysed before the terms of the first are counted: each looks into tables of its own that
/// fill what is near the processor, and would find them gone for every text.
#[derive(Debug)]
pub struct Ranked {
    text: i64,
    bytes: Arc<Vec<u8>>,
    found: RankedAs,
    headline: String,
}

#[derive(Debug)]
enum RankedAs {
    New(Digest),
    /// The digest as it is written.
    Known(Vec<u8>),
}

impl Ranked {
    /// Its number.
    pub fn text(&self) -> i64 {
        self.text
    }
}
