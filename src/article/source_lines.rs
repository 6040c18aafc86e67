//! Where the text of an article stands in its source, by lines.

use std::sync::Arc;

use super::Article;

/// The line of the source at which each piece of an article's text stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLines(Arc<[(usize, usize)]>);

impl SourceLines {
    /// The lines of an article, when `line_at` tells the line of a byte of its page.
    pub fn of(article: &Article, line_at: impl Fn(usize) -> usize) -> Self {
        let pieces = article.parts.iter().flat_map(|part| &part.pieces);
        Self(pieces.map(|piece| (piece.start, line_at(piece.source.start))).collect())
    }

    /// The line, from 1, at which byte `offset` of the article's text stands; `None` when no line is
    /// known.
    pub fn at(&self, offset: usize) -> Option<usize> {
        let behind = self.0.partition_point(|(start, _)| *start <= offset);
        self.0.get(behind.saturating_sub(1)).map(|(_, line)| *line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SplitMode, split};

    #[test]
    fn every_byte_has_the_line_that_it_came_from() {
        let page = split("石板路上\n\n□林小满\n\n雨停了，\n路面泛着光。\n".into(), SplitMode::Off);
        let article = &page.articles[0];
        let lines = SourceLines::of(article, |offset| page.line_of(offset));
        for (text, line) in [("石", 1), ("板", 1), ("林", 3), ("雨", 5), ("路面", 6)] {
            let at = article.text.find(text).expect("in the text");
            assert_eq!(lines.at(at), Some(line), "{text}");
        }
        assert_eq!(lines.at(usize::MAX), Some(6));
        assert_eq!(SourceLines::default().at(0), None);
    }
}
