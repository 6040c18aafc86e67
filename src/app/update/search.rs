//! Searching the whole archive: what is typed, the way through the results, and back.

use super::{by, span};
use crate::{
    app::{
        action::{Motion, Pane, Search, Step},
        layout::SizeClass,
        marks::Waits,
        model::Model,
        msg::Effect,
        prompt::{Prompt, PromptKind},
        search::{Reached, SearchNews},
        viewport::Span,
    },
    lang::Lang,
    listing::ArticleKey,
    text::display::display,
};

impl Model {
    pub(super) fn search(&mut self, search: Search) {
        match search {
            Search::Open => self.open_search(),
            Search::Pinyin | Search::Order if self.search.near.is_some() => {
                self.notice = Some(self.lang.of("按相近程度排列", "the nearest first").into());
            }
            Search::Pinyin => {
                if self.search.is_on {
                    self.search.is_literal = !self.search.is_literal;
                    self.search.unfolded = None;
                    self.search.ask_again();
                    self.notice = Some(if self.search.is_literal {
                        self.lang.of("不用拼音", "letters are not pinyin").into()
                    } else {
                        self.lang.of("字母也当拼音查找", "letters may be pinyin").into()
                    });
                }
            }
            Search::Reprints if self.search.near.is_some() => {
                let only = "只能展开按词查到的结果";
                let only = self.lang.of(only, "only results of a query can be unfolded");
                self.notice = Some(only.into());
            }
            Search::Reprints => {
                let told = match self.search.toggle_reprints() {
                    Some(true) => self.lang.of("逐篇列出，再按收起", "each is listed; again folds"),
                    Some(false) => self.lang.of("已收起", "folded again"),
                    None => self.lang.of("没有内容相同的文章", "no other article has this text"),
                };
                self.notice = Some(told.into());
            }
            Search::Order if self.search.results.looked.is_some() => {
                let only = "没有索引，只能按来源的顺序；zhaidu index 建立索引";
                let only = self.lang.of(
                    only,
                    "without an index, in the order of the archive only; zhaidu index makes one",
                );
                self.notice = Some(only.into());
            }
            Search::Order => {
                self.search.reorder();
                self.notice = Some(self.search.order.told(self.lang).into());
            }
        }
    }

    /// Takes in which articles the results of a search are, for whoever asked.
    pub(super) fn take_found(&mut self, generation: u64, found: Vec<ArticleKey>) -> Vec<Effect> {
        let reads_all = std::mem::take(&mut self.marks.waits) == Waits::ToReadAll;
        if !self.search.shows(generation) {
            return Vec::new();
        }
        if reads_all {
            self.mark_read(&found);
        }
        self.export_found(found)
    }

    /// Takes in what came of a search.
    pub(super) fn take_search(&mut self, generation: u64, news: SearchNews) {
        let was_asked_again = self.search.is_asked_again();
        if let Some(why) = self.search.take(generation, news) {
            if self.search.near.is_some() {
                if was_asked_again {
                    // The article they are near to may be gone: they stay as they are.
                    return;
                }
                // What is near is not known: back to where that was asked.
                self.leave_results();
                if let Some(place) = self.history.back(self.place()) {
                    self.return_to(place);
                }
            }
            self.notice = Some(why);
        }
        let is_left = |key| self.focus == Pane::List || self.archive.is_gone(key);
        if self.search.lost().is_some_and(is_left) {
            self.search.go_to_hit();
        }
    }

    /// All sources are known, and the index is up to date: what a search could not look at is looked at
    /// now, and what has changed since.
    pub(super) fn search_the_rest(&mut self) {
        self.search.catch_up(self.archive.found_count());
    }

    /// Shows the articles that are nearest to the selected one, in the place of the list.
    pub(super) fn related(&mut self) {
        let Some(key) = self.list.selected else { return };
        let Some(row) = self.archive.row(key) else { return };
        let title = row.title.to_line();
        let place = self.place();
        self.history.leave(place);
        self.show_results();
        self.search.edited_at = self.search.selected;
        self.search.ask_near(key, title);
        self.focus_on(Pane::List);
    }

    fn show_results(&mut self) {
        if !self.search.is_on {
            self.search.before = Some((self.list.selected, self.list.top));
            self.search.is_on = true;
        }
    }

    fn open_search(&mut self) {
        if !self.search.is_on {
            self.show_results();
            self.search.ask("");
        }
        self.search.edited_at = self.search.selected;
        self.focus_on(Pane::List);
        self.prompt = Some(Prompt::new(PromptKind::Search, &self.search.query));
    }

    /// Opens the line for what is searched for, empty: a text came where keys are commands.
    pub(super) fn search_anew(&mut self) {
        self.open_search();
        self.prompt = Some(Prompt::new(PromptKind::Search, ""));
    }

    /// Searches for what is typed.
    pub(in crate::app) fn search_as_typed(&mut self) {
        let Some(prompt) = self.prompt.as_ref() else { return };
        if prompt.kind() == PromptKind::Search && prompt.text() != self.search.query {
            self.search.ask(prompt.text());
        }
    }

    /// The query is as it should be.
    pub(super) fn accept_search(&mut self) {
        self.prompt = None;
        let query = self.search.query.trim().to_owned();
        if query.is_empty() && self.search.near.is_some() {
            return;
        }
        if query.is_empty() {
            return self.close_search();
        }
        // Who asks for the same once more wants to know how things stand now.
        let is_same = self.search.accepted.as_deref() == Some(&*query);
        self.search.accept(&query);
        if is_same && self.search.asks_marks() {
            self.search.ask_on();
        }
        if let Some((_, why)) = &self.search.misread {
            self.notice = Some(why.clone());
        }
    }

    /// The query was not meant: the one before it is searched for again, if there is one.
    pub(super) fn cancel_search(&mut self) {
        self.prompt = None;
        match self.search.accepted.clone() {
            _ if self.search.near.is_some() => {}
            None => self.close_search(),
            Some(query) if query != self.search.query.trim() => {
                self.search.return_to(&query, self.search.edited_at);
            }
            Some(_) => {}
        }
    }

    /// Back to the list as it was.
    fn close_search(&mut self) {
        if let Some((selected, top)) = self.search.before {
            self.list.top = top;
            self.list.selected = selected;
        }
        self.search.close();
    }

    /// Leaves the results, or ends a search that takes long.
    pub(super) fn leave_results(&mut self) {
        if self.search.is_running {
            self.search.stop();
            self.notice = Some(self.lang.of("已停止查找", "stopped searching").into());
        } else if let Some(query) = self.search.accepted.clone()
            && self.search.near.is_some()
        {
            // Back to the results from which one was gone on.
            self.search.return_to(&query, self.search.edited_at);
        } else {
            self.close_search();
        }
    }

    pub(super) fn move_in_results(&mut self, motion: Motion, times: usize) {
        let page = self.room(Pane::List) / (1 + self.search.lines);
        self.search.moved(span(motion, page.max(1).cast_signed(), times));
    }

    /// The article so many steps away in the order of the list, or of the results.
    pub(super) fn step_article(&mut self, step: Step, times: usize) {
        let span = Span::Items(by(step).saturating_mul(times.cast_signed()));
        if self.search.is_on {
            self.search.moved(span);
        } else {
            self.list.moved(span, &self.archive);
        }
    }

    /// Opens the selected result at its hit.
    pub(super) fn open_result(&mut self) {
        let Some(detail) = self.search.current() else { return };
        if detail.key.is_none_or(|key| self.archive.is_gone(key)) {
            let unknown = self.lang.of("列表里还没有这一篇", "it is not in the list yet");
            self.notice = Some(unknown.into());
            return;
        }
        let place = self.place();
        self.history.leave(place);
        self.search.go_to_hit();
        self.focus_on(Pane::Reader);
        self.tell_hit(0);
    }

    /// Goes to the next hit of the search, in whichever article it is.
    pub(super) fn step_hit(&mut self, step: Step) {
        let is_seen = self.screen().place(Pane::Reader).is_some();
        if self.focus == Pane::List || (!is_seen && self.size_class() != SizeClass::Tiny) {
            return self.open_result();
        }
        if !self.search.step(by(step)) {
            let end = match step {
                Step::Next => self.lang.of("没有更多结果", "no more results"),
                Step::Previous => self.lang.of("这是第一处结果", "this is the first result"),
            };
            self.notice = Some(end.into());
            return;
        }
        self.tell_hit(by(step));
    }

    /// Says where one is going to be among the hits, as far as that is known.
    fn tell_hit(&mut self, by: isize) {
        let Some(detail) = self.search.current() else { return };
        let at = match self.search.at {
            Some(at) => at.saturating_add_signed(by),
            None if by < 0 => detail.hits.len().saturating_sub(1),
            None => 0,
        };
        let (count, number) = (detail.hits.len(), self.search.selected + 1);
        let all = self.search.results.articles;
        let at = at + 1;
        self.notice = Some(match (self.lang, count) {
            (Lang::Zh, 0) => display!("第 {number}/{all} 篇，不在正文里"),
            (Lang::En, 0) => display!("article {number}/{all}, not in its text"),
            (Lang::Zh, _) => display!("第 {number}/{all} 篇，第 {at}/{count} 处"),
            (Lang::En, _) => display!("article {number}/{all}, hit {at}/{count}"),
        });
    }

    /// Keeps the selection in sight, in the list or in what stands in its place.
    pub(in crate::app) fn settle_list(&mut self, room: usize) {
        if !self.search.is_on {
            return self.list.settle(&self.archive, room);
        }
        self.search.settle(room);
        if self.list.selected.is_some_and(|key| self.archive.is_gone(key)) {
            self.list.settle(&self.archive, room);
        }
        // A result may be of a text that its source does not have any more.
        if let Some(key) = self.search.led().filter(|key| !self.archive.is_gone(*key)) {
            self.list.selected = Some(key);
        }
    }

    /// Brings the hit that is to be gone to into sight, once text and reader are there.
    pub(in crate::app) fn reach_hit(&mut self) {
        let shown = self.screen().place(Pane::Reader).is_some() && !self.page.is_on;
        let open = self.reader.key().zip(self.reader.article().map(|article| article.id));
        let Some((key, id)) = open.filter(|_| shown && self.search.is_on) else { return };
        if self.list.selected != Some(key) {
            return;
        }
        match self.search.reached(key, id) {
            None | Some(Reached::Nothing) => {}
            Some(Reached::AnotherText) => {
                let changed = self.lang.of(
                    "文章在建立索引之后变了，找不到命中之处",
                    "the article has changed since it was indexed",
                );
                self.notice = Some(changed.into());
            }
            Some(Reached::Hit(hit)) => {
                self.reader.reveal(hit);
                self.flash(hit);
                self.settle_reader();
                self.sentences.follow(self.reader.anchor());
            }
        }
    }

    /// The articles worth having ready, the selected one first.
    pub(in crate::app) fn neighbourhood(&self) -> Vec<ArticleKey> {
        if self.search.is_on {
            let near = self.search.neighbourhood();
            if !near.is_empty() && near.first() == self.list.selected.as_ref() {
                return near;
            }
        }
        let near =
            if self.skim.is_on { self.skimmed() } else { self.list.neighbourhood(&self.archive) };
        // The selected one may stand nowhere near: not in the list yet, or where there is no room.
        let selected = self.list.selected;
        selected.into_iter().chain(near.into_iter().filter(|key| Some(*key) != selected)).collect()
    }
}
