//! Filtering the list: by titles or a query as one types, by what one turns to, and back.

use crate::{
    app::{
        action::Pane,
        filters::{Filter, FilterBy, SiftNews},
        model::Model,
        prompt::{Prompt, PromptKind},
    },
    listing::{Arranged, ArticleKey, TitleFilter},
    query::Query,
    text::display::{DisplayLine, display},
};

impl Model {
    /// Opens the line for what titles are to have. A filter by titles on top is changed.
    pub(super) fn open_filter(&mut self) {
        let top = self.filters.all().last().map(|filter| &filter.by);
        let known = match top {
            Some(FilterBy::Title(filter)) => filter.typed().to_owned(),
            _ => String::new(),
        };
        self.type_filter(PromptKind::Filter, &known);
    }

    /// Opens the line for a query that articles are to match, on top of the other filters.
    pub(super) fn open_query_filter(&mut self) {
        self.type_filter(PromptKind::Query, "");
    }

    fn type_filter(&mut self, kind: PromptKind, text: &str) {
        self.list.before = Some(self.place());
        self.show_list();
        self.prompt = Some(Prompt::new(kind, text));
    }

    /// Shows the list, whatever stood in its place.
    fn show_list(&mut self) {
        let selected = self.list.selected;
        if self.search.is_on {
            self.search.close();
        }
        self.skim.is_on = false;
        self.page.is_on = false;
        self.list.selected = selected;
        self.upper = Pane::List;
        self.focus_on(Pane::List);
    }

    /// Filters by what is typed; the best title is selected.
    pub(in crate::app) fn filter_as_typed(&mut self) {
        let Some(prompt) = self.prompt.as_ref().filter(|it| it.kind().is_filter()) else { return };
        let Some(before) = &self.list.before else { return };
        let (typed, base) = if prompt.kind() == PromptKind::Filter {
            let top = before.filters.last().map(|filter| &filter.by);
            let below = usize::from(matches!(top, Some(FilterBy::Title(_))));
            (TitleFilter::new(prompt.text()).map(FilterBy::Title), before.filters.len() - below)
        } else {
            let typed = prompt.text().trim();
            let typed = (!typed.is_empty()).then(|| FilterBy::Query(typed.to_owned()));
            (typed, before.filters.len())
        };
        let (is_blank, was_selected) = (typed.is_none(), before.key);
        let is_title = matches!(typed, Some(FilterBy::Title(_)));
        if !self.filters.retype(base, typed) {
            return;
        }
        self.archive.filter(self.filters.conditions());
        if is_title {
            self.list.selected = None;
        } else if is_blank {
            self.list.selected = was_selected;
        }
    }

    /// The list was put in order, or filtered; or it could not be.
    pub(super) fn arranged(&mut self, generation: u64, arranged: Option<Arranged>) {
        match arranged {
            Some(arranged) => self.archive.arranged(generation, arranged),
            None => self.archive.not_arranged(generation),
        }
        if self.archive.is_arranging() {
            return;
        }
        if let Some((key, top)) = self.list.awaited.take() {
            (self.list.selected, self.list.top) = (Some(key), top);
        }
        let is_typing = self.prompt.as_ref().is_some_and(|it| it.kind() == PromptKind::Filter);
        if is_typing && self.archive.title_filter().is_some() {
            self.list.selected = None;
        }
    }

    /// The filter is as it should be.
    pub(super) fn accept_filter(&mut self) {
        if let Some(prompt) = self.prompt.as_ref().filter(|it| it.kind() == PromptKind::Query)
            && let Err(error) = Query::parse(prompt.text())
        {
            // The line stays: what is wrong is marked in it.
            self.notice = Some(DisplayLine::new(&error.message(self.lang)));
            return;
        }
        self.prompt = None;
        if self.filters.all().last().is_some_and(Filter::lacks_keywords) {
            self.notice = Some(self.lacks_keywords());
        }
        if let Some(before) = self.list.before.take()
            && before.filters != self.filters.all()
        {
            self.history.leave(before);
        }
    }

    fn lacks_keywords(&self) -> DisplayLine {
        let why = "没有用索引，不知道关键词 (kw:)；正文里的词直接写";
        self.lang.of(why, "no index is in use, and only that knows keywords (kw:)").into()
    }

    /// The filter was not meant: all is as before.
    pub(super) fn cancel_filter(&mut self) {
        self.prompt = None;
        if let Some(before) = self.list.before.take() {
            let before = crate::app::history::Place { focus: Pane::List, ..before };
            self.return_to(before);
        }
    }

    /// Puts a filter on top, which can be taken back as a jump can.
    pub(super) fn filter_by(&mut self, filters: impl IntoIterator<Item = Filter>) {
        let before = self.place();
        self.history.leave(before);
        self.show_list();
        for filter in filters {
            self.filters.push(filter);
        }
        self.archive.filter(self.filters.conditions());
    }

    /// Takes the last filter away.
    pub(super) fn pop_filter(&mut self) {
        let before = self.place();
        self.history.leave(before);
        let popped = self.filters.pop();
        self.archive.filter(self.filters.conditions());
        self.notice = Some(match popped.filter(|_| !self.filters.is_empty()) {
            Some(filter) => {
                display!("{} {}", self.lang.of("已取消", "taken away:"), filter.label())
            }
            None => self.lang.of("已取消筛选", "all articles are listed again").into(),
        });
    }

    /// Takes in what came of a set that a filter asked for.
    pub(super) fn take_sifted(&mut self, number: u64, news: SiftNews) {
        let awaited = self.filters.all().iter().rfind(|filter| filter.is_awaited()).cloned();
        let (is_other, trouble) = self.filters.take(number, news);
        if is_other {
            self.archive.filter(self.filters.conditions());
        }
        let is_typing = self.prompt.is_some();
        if trouble.is_some() {
            self.notice = trouble;
            return;
        }
        let found = awaited.and_then(|it| self.filters.all().iter().find(|now| now.by == it.by));
        let Some(filter) = found.filter(|_| is_other && !is_typing) else { return };
        if filter.lacks_keywords() {
            self.notice = Some(self.lacks_keywords());
        } else if filter.is_by_text() {
            let by_text = self.lang.of(
                "没有索引，按正文里的词；zhaidu index 建立索引",
                "no index knows keywords: articles with this word; zhaidu index makes one",
            );
            self.notice = Some(by_text.into());
        }
    }

    /// Selects an article, wherever it stands: one that is filtered out ends the filters.
    pub(in crate::app) fn select(&mut self, key: ArticleKey) {
        if self.archive.is_filtered_out(key) {
            let before = self.place();
            self.history.leave(before);
            self.filters.restore(Vec::new());
            self.archive.filter(Vec::new());
            let all = self.lang.of("已取消筛选", "all articles are listed again");
            self.notice = Some(all.into());
        }
        self.list.selected = Some(key);
    }
}
