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
    text::searchable::Searchable,
};

/// Analyses stored texts and counts their terms.
pub struct Worker {
    unpacker: Unpacker,
    counter: Counter,
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
        Ok(Self { unpacker, counter: Counter::default() })
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
        let article = body.into_article(ArticleId(article));
        let found = match known {
            Some(digest) => Finding::Known(digest),
            None => Finding::New(
                Digest::of(&analyze(&article, vocabulary)),
                likeness(searchable.text()),
            ),
        };
        let terms = self.terms(&article, &searchable);
        let chars = article.text.chars().count() as u32;
        Ok(Analysed { text: id, found, chars, terms })
    }

    fn terms(&mut self, article: &Article, searchable: &Searchable) -> Vec<Counted> {
        self.counter.add(searchable.text(), Field::Text);
        let is_title = |role: Role| matches!(role, Role::Title | Role::Subtitle | Role::Kicker);
        for part in article.parts.iter().filter(|part| is_title(part.role)) {
            self.counter.add(Searchable::of(part.range.of(&article.text)).text(), Field::Title);
        }
        self.counter.take()
    }
}
