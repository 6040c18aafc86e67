//! Marking everything that is listed.

use crate::{
    app::{
        marks::{Memory, Waits},
        model::Model,
    },
    article::{Mark, MarkedArticle},
    listing::ArticleKey,
    text::display::display,
};

impl Model {
    /// Everything that stands in the list is read, or every result: those are asked for first.
    pub(super) fn mark_all_read(&mut self) {
        if self.search.is_on && self.search.results.articles > 0 {
            self.marks.waits = Waits::ToReadAll;
            return self.search.ask_keys();
        }
        if self.search.is_on {
            return self.mark_read(&[]);
        }
        let keys = self.archive.rows().to_vec();
        self.mark_read(&keys);
    }

    /// These articles are read, all of which is taken back in one step.
    pub(super) fn mark_read(&mut self, keys: &[ArticleKey]) {
        let articles: Vec<MarkedArticle> =
            keys.iter().filter_map(|key| self.marked_article(*key)).collect();
        self.marks.begin_group();
        let set = |article| self.marks.set(article, Mark::Read(true), Memory::Remembered);
        let changed = articles.iter().map(set).filter(|changed| *changed).count();
        self.marks.begin_group();
        if changed == 0 {
            let none = self.lang.of("没有未读的文章", "none of them is unread");
            self.notice = Some(none.into());
            return;
        }
        let what = self.lang.of("已读", "read");
        self.say_saving(&display!("{what} ×{changed}"));
    }
}
