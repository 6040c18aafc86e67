//! The list of articles.

use super::{
    archive::Archive,
    history::Place,
    viewport::{Span, Window, follow},
};
use crate::listing::ArticleKey;

/// State of the list pane.
#[derive(Debug, Default)]
pub struct ListPane {
    /// The selected article. It stays selected while rows come in above it.
    pub selected: Option<ArticleKey>,
    /// First visible row.
    pub top: usize,
    /// Where the person was before the line for a filter was opened.
    pub(super) before: Option<Place>,
    /// What is to be selected, and the first visible row, when the list has been arranged.
    pub(super) awaited: Option<(ArticleKey, usize)>,
    /// The row at which it stood last: there it is looked for first.
    at: usize,
}

impl ListPane {
    /// The number of the selected row.
    pub fn position(&self, archive: &Archive) -> Option<usize> {
        let position = archive.position(self.selected?, self.at);
        Some(position.min(archive.rows().len().checked_sub(1)?))
    }

    /// Moves the selection.
    pub fn moved(&mut self, span: Span, archive: &Archive) {
        let Some(position) = self.position(archive) else { return };
        let position = span.apply(position, archive.rows().len());
        self.selected = archive.rows().get(position).copied();
    }

    /// The next (or previous) article of the same page, if there is one.
    pub fn sibling(&self, by: isize, archive: &Archive) -> Option<ArticleKey> {
        let selected = self.selected?;
        let number = isize::try_from(selected.article).ok()?.checked_add(by)?;
        let sibling = ArticleKey { article: u32::try_from(number).ok()?, ..selected };
        archive.row(sibling).map(|_| sibling)
    }

    /// Keeps the selection on an existing row and in sight.
    pub fn settle(&mut self, archive: &Archive, room: usize) {
        if self.selected.is_none() {
            self.selected = archive.rows().first().copied();
        }
        let position = self.position(archive);
        self.selected = position.and_then(|at| archive.rows().get(at)).copied();
        let Some(position) = position else { return };
        self.at = position;
        self.top = follow(self.top, position, archive.rows().len(), room, height(archive, room));
    }

    /// Moves the window of so many rows; the selection goes with it when it would leave the sight.
    pub fn scroll(&mut self, by: isize, archive: &Archive, room: usize) {
        let Some(window) = self.window(archive, room) else { return };
        let Window { top, selected, .. } = window.scrolled(by, height(archive, room));
        self.top = top;
        self.selected = archive.rows().get(selected).copied();
    }

    /// The article at a row of the window.
    pub fn article_at(&self, row: usize, archive: &Archive, room: usize) -> Option<ArticleKey> {
        let at = self.window(archive, room)?.item_at(row, height(archive, room))?;
        archive.rows().get(at).copied()
    }

    fn window(&self, archive: &Archive, room: usize) -> Option<Window> {
        let selected = self.position(archive)?;
        Some(Window { top: self.top, selected, len: archive.rows().len(), room })
    }

    /// The selected article and its neighbours, the next ones first: what is worth having ready.
    pub fn neighbourhood(&self, archive: &Archive) -> Vec<ArticleKey> {
        const AHEAD: usize = 4;
        let Some(position) = self.position(archive) else { return Vec::new() };
        let rows = archive.rows();
        let next = rows.iter().skip(position).take(1 + AHEAD);
        let previous = position.checked_sub(1).and_then(|at| rows.get(at));
        let is_worth_it = |key: &&ArticleKey| {
            Some(**key) == self.selected
                || archive.row(**key).is_none_or(|row| !row.is_as_long_as_a_book())
        };
        next.chain(previous).filter(is_worth_it).copied().collect()
    }
}

/// Rows that each article of the list takes: the heading of a group belongs to its first one, where there
/// is room for both.
fn height(archive: &Archive, room: usize) -> impl Fn(usize) -> usize {
    move |at| 1 + usize::from(room > 1 && archive.begins_group(at))
}
