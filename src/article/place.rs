//! How far an article was read.

use super::ArticleId;

/// A place in an article to come back to. It belongs to the text, so it holds wherever that lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingPlace {
    /// What the article is known by.
    pub id: ArticleId,
    /// Its headline, for people.
    pub title: String,
    /// The byte of its text that stood at the top.
    pub offset: usize,
}
