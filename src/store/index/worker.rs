//! What can be done with a text beside the one who writes: any number of threads, each with a worker.

use std::sync::Arc;

use super::{
    body::Body,
    digest::Digest,
    likeness::likeness,
    pack::{Dictionary, Unpacker},
    schema::IndexError,
    terms::{Counted, Counter, Field},
    writer::{Analysed, Finding, StoredBody, StoredText, Writer},
};
use crate::{
    analysis::{Vocabulary, analyze},
    article::{Article, ArticleId, Role},
    text::{letter::read_letters, searchable::Searchable},
};

/// Analyses stored texts and counts their terms.
pub struct Worker {
    unpacker: Unpacker,
    counter: Counter,
    /// The letters of the text, told once for all that is done with them.
    letters: Vec<u32>,
}

impl Worker {
    /// A worker for the texts of this writer, as they are packed from now on.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn new(writer: &Writer) -> Result<Self, IndexError> {
        Self::of(writer.dictionary())
    }

    pub(super) fn of(dictionary: &Dictionary) -> Result<Self, IndexError> {
        let unpacker =
            Unpacker::new(dictionary).map_err(|error| IndexError::File("zstd".into(), error))?;
        Ok(Self { unpacker, counter: Counter::default(), letters: Vec::new() })
    }

    /// Analyses a text, unless it is known what analysis finds, and counts its terms.
    ///
    /// # Errors
    ///
    /// When the text is damaged.
    pub fn analyse(
        &mut self,
        text: StoredText,
        vocabulary: &Vocabulary,
    ) -> Result<Analysed, IndexError> {
        let StoredText { id, article, body, known } = text;
        let bytes = match body {
            StoredBody::Fresh(bytes) => bytes,
            StoredBody::Packed { size, trained, packed } => {
                let bytes = self.unpacker.unpack(size, trained, &packed);
                Arc::new(bytes.map_err(|_| IndexError::Damaged)?)
            }
        };
        let body = Body::of(&bytes).ok_or(IndexError::Damaged)?;
        let searchable = Searchable::of(body.searched);
        read_letters(searchable.text(), &mut self.letters);
        let article = body.into_article(ArticleId(article));
        let found = match known {
            Some(digest) => Finding::Known(digest),
            None => {
                Finding::New(Digest::of(&analyze(&article, vocabulary)), likeness(&self.letters))
            }
        };
        let terms = self.terms(&article);
        let chars = article.text.chars().count() as u32;
        Ok(Analysed { text: id, found, chars, terms })
    }

    /// The terms of the text whose letters were read, and of its title lines.
    fn terms(&mut self, article: &Article) -> Vec<Counted> {
        self.counter.add(&self.letters, Field::Text);
        let is_title = |role: Role| matches!(role, Role::Title | Role::Subtitle | Role::Kicker);
        for part in article.parts.iter().filter(|part| is_title(part.role)) {
            let title = Searchable::of(part.range.of(&article.text));
            read_letters(title.text(), &mut self.letters);
            self.counter.add(&self.letters, Field::Title);
        }
        self.counter.take()
    }
}
