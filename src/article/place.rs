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

/// The beginning of the character at a byte of a text, or the end of the text: a place may come from a file
/// that says anything.
pub fn character_at(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_becomes_a_place_in_the_text() {
        for (offset, expected) in [(0, 0), (1, 0), (2, 0), (3, 3), (5, 3), (6, 6), (7, 6)] {
            assert_eq!(character_at("渡口", offset), expected, "{offset}");
        }
        assert_eq!(character_at("", usize::MAX), 0);
    }
}
