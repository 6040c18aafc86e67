//! Filtering the list by the titles of articles, as one types.

use crate::{
    app::{
        action::Pane,
        model::Model,
        prompt::{Prompt, PromptKind},
    },
    listing::{ArticleKey, TitleFilter},
};

impl Model {
    /// Opens the line for what titles are to have.
    pub(super) fn open_filter(&mut self) {
        let known = self.archive.title_filter().map_or("", TitleFilter::typed).to_owned();
        self.list.before = Some((known.clone(), self.list.selected));
        self.focus_on(Pane::List);
        self.prompt = Some(Prompt::new(PromptKind::Filter, &known));
    }

    /// Filters by what is typed; the best title is selected.
    pub(in crate::app) fn filter_as_typed(&mut self) {
        let Some(prompt) = self.prompt.as_ref().filter(|it| it.kind() == PromptKind::Filter) else {
            return;
        };
        let filter = TitleFilter::new(prompt.text());
        if filter.as_ref() == self.archive.title_filter() {
            return;
        }
        let is_blank = filter.is_none();
        self.archive.filter(filter);
        self.list.selected = None;
        if is_blank && let Some((_, before)) = &self.list.before {
            self.list.selected = *before;
        }
    }

    /// The list was put in order, or filtered.
    pub(super) fn arranged(&mut self, generation: u64, keys: Vec<ArticleKey>) {
        self.archive.arranged(generation, keys);
        let is_typing = self.prompt.as_ref().is_some_and(|it| it.kind() == PromptKind::Filter);
        if is_typing && self.archive.title_filter().is_some() && !self.archive.is_arranging() {
            self.list.selected = None;
        }
    }

    /// The filter is as it should be.
    pub(super) fn accept_filter(&mut self) {
        self.prompt = None;
        self.list.before = None;
    }

    /// The filter was not meant: all is as before.
    pub(super) fn cancel_filter(&mut self) {
        self.prompt = None;
        if let Some((typed, selected)) = self.list.before.take() {
            self.archive.filter(TitleFilter::new(&typed));
            self.list.selected = selected;
        }
    }

    /// Shows all articles in the list again, at the one that is selected.
    pub(super) fn leave_filter(&mut self) {
        self.archive.filter(None);
        self.notice = Some(self.lang.of("已取消筛选", "all articles are listed again").into());
    }

    /// Selects an article, wherever it stands: one that is filtered out ends the filter.
    pub(in crate::app) fn select(&mut self, key: ArticleKey) {
        if self.archive.is_filtered_out(key) {
            self.leave_filter();
        }
        self.list.selected = Some(key);
    }
}
