//! What of the results is in sight: in the window, and lit in the text.

use super::{Detail, SearchPane};
use crate::{
    app::viewport::{Span, Window},
    article::ArticleId,
    listing::ArticleKey,
    text::range::TextRange,
};

/// The hits that are lit in a text, in order, and the one that was gone to last.
pub type LitHits<'a> = (&'a [TextRange], Option<TextRange>);

impl SearchPane {
    /// Rows that a result takes.
    pub fn height(&self, at: usize) -> usize {
        1 + self.detail(at).map_or(self.lines, |detail| detail.lines.len().min(self.lines))
    }

    /// The hits that are to be lit in a text, and the one that was gone to last.
    pub fn lit(&self, key: ArticleKey, id: ArticleId) -> Option<LitHits<'_>> {
        let fits = |detail: &&Detail| detail.key == Some(key) && detail.id == id;
        let selected = self.current().filter(fits);
        let here = selected.and_then(|detail| detail.hits.get(self.at?)).copied();
        let detail = selected.or_else(|| self.details.values().find(fits))?;
        Some((&detail.hits, here))
    }

    /// Moves the window of so many rows; the selection goes with it when it would leave the sight.
    pub(in crate::app) fn scroll(&mut self, by: isize, room: usize) {
        let Window { top, selected, .. } = self.window(room).scrolled(by, |at| self.height(at));
        self.top = top;
        self.select(selected);
    }

    /// The number of the result at a row of the window.
    pub(in crate::app) fn result_at(&self, row: usize, room: usize) -> Option<usize> {
        self.window(room).item_at(row, |at| self.height(at))
    }

    /// Goes to this result.
    pub(in crate::app) fn select(&mut self, at: usize) {
        self.moved(Span::Items(at.cast_signed() - self.selected.cast_signed()));
    }

    fn window(&self, room: usize) -> Window {
        Window { top: self.top, selected: self.selected, len: self.results.articles, room }
    }
}
