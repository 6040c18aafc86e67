//! An article with all that is known of where it stands.

use std::ffi::OsStr;

use super::Document;
use crate::{article::Article, text::display::DisplayLine};

/// One article on its way through a command or into a file.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    /// Path of the source as it was named or found.
    pub place: &'a OsStr,
    /// The same, safe to show.
    pub path: &'a DisplayLine,
    /// Number of the article on its source, from 1.
    pub number: u32,
    /// The text it stands in.
    pub document: &'a Document,
    /// The article.
    pub article: &'a Article,
}

impl Item<'_> {
    /// Line of the source at which the article begins, from 1.
    pub fn line(&self) -> usize {
        self.document.line_of(self.article)
    }
}
