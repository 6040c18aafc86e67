//! JSON: one document, or a line for each article.

use std::io;

use serde::Serialize;

use super::{
    Exported,
    shapes::{Keyword, Marks, SCHEMA, Sentence, Shown, Trouble, write},
    writer::Form,
};
use crate::error::Problem;

/// An article: what `show --json`, `summary --json` and `keywords --json` tell of it, and its marks.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    shown: Shown,
    /// Key sentences in reading order.
    sentences: Vec<Sentence>,
    /// Keywords, heaviest first.
    keywords: Vec<Keyword>,
    /// What the person keeps about it.
    marks: Marks<'a>,
}

impl<'a> Whole<'a> {
    fn new(exported: &'a Exported) -> Self {
        let item = &exported.item;
        let keywords = exported.keywords.iter().copied();
        Self {
            shown: Shown::new(item),
            sentences: exported.sentences.iter().map(|key| Sentence::new(item, key)).collect(),
            keywords: Keyword::best(keywords, exported.keywords.len()),
            marks: Marks::new(exported.marks),
        }
    }
}

/// A line, which tells its version itself.
#[derive(Serialize)]
struct Line<'a> {
    schema: u32,
    #[serde(flatten)]
    whole: Whole<'a>,
}

/// `{"schema":1,"articles":[…],"problems":[…]}`.
pub(super) struct Document;

impl Form for Document {
    fn head(&self, _: usize) -> String {
        format!("{{\"schema\":{SCHEMA},\"articles\":[\n")
    }

    fn piece(&mut self, exported: &Exported, _: usize) -> io::Result<Vec<u8>> {
        let mut piece = Vec::new();
        write(&mut piece, &Whole::new(exported))?;
        Ok(piece)
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn tail(&self, problems: &[Problem]) -> io::Result<Vec<u8>> {
        let mut tail = b"],\n\"problems\":".to_vec();
        let troubles: Vec<Trouble> = problems.iter().map(Trouble::from).collect();
        write(&mut tail, &troubles)?;
        tail.extend(b"}\n");
        Ok(tail)
    }
}

/// A line for each article.
pub(super) struct Lines;

impl Form for Lines {
    fn piece(&mut self, exported: &Exported, _: usize) -> io::Result<Vec<u8>> {
        let mut piece = Vec::new();
        write(&mut piece, &Line { schema: SCHEMA, whole: Whole::new(exported) })?;
        piece.push(b'\n');
        Ok(piece)
    }
}
