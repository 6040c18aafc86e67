//! Skimming the list.

use super::{Model, span};
use crate::{
    app::{
        action::{Motion, Pane},
        filters::{Filter, FilterBy},
        skim::{self, SkimKind, SkimRow},
        viewport::Span,
    },
    lang::Lang,
    listing::ArticleKey,
    text::display::{DisplayLine, display},
};

impl Model {
    /// Shows the articles of the list one below the other, or the panes again. What is searched for becomes a
    /// filter of the list first.
    pub(super) fn toggle_skim(&mut self) {
        if self.search.is_on {
            let query = self.search.query.trim().to_owned();
            if self.search.near.is_some() || self.search.misread.is_some() || query.is_empty() {
                let only = self.lang.of(
                    "只能浏览列表和按词查到的结果",
                    "only the list and what a query finds can be skimmed",
                );
                self.notice = Some(only.into());
                return;
            }
            self.filter_by([Filter::new(FilterBy::Query(query))]);
            let filtered = self.lang.of("结果成了列表的筛选", "the results are a filter now");
            self.notice = Some(filtered.into());
        }
        if self.archive.rows().is_empty() {
            self.notice = Some(self.lang.of("还没有文章", "no articles yet").into());
            return;
        }
        self.focus_on(Pane::List);
        self.skim.is_on = true;
        self.skim.start_at(self.list.position(&self.archive).unwrap_or(0));
    }

    /// Opens the selected article; going back leads to the stream again.
    pub(super) fn open_skimmed(&mut self) {
        self.focus_on(Pane::Reader);
        self.skim.is_left = true;
    }

    /// Goes on in the stream by articles, or by screens.
    pub(super) fn move_in_skim(&mut self, motion: Motion, times: usize) {
        let page = match motion {
            Motion::PageDown | Motion::HalfDown => self.skim.next_page(),
            Motion::PageUp | Motion::HalfUp => self.skim.previous_page(),
            _ => return self.list.moved(span(motion, 1, times), &self.archive),
        };
        let last = self.archive.rows().len().saturating_sub(1);
        if page > last {
            let end = self.lang.of("到底了", "the end of the list");
            self.notice = Some(end.into());
        }
        let here = self.list.position(&self.archive).unwrap_or(0);
        let page = page.min(last);
        if matches!(motion, Motion::PageDown | Motion::HalfDown) {
            self.mark_passed(here..page.max(here + 1));
        }
        self.list.moved(Span::Items(page.cast_signed() - here.cast_signed()), &self.archive);
        self.skim.start_at(page);
    }

    /// Moves the stream by articles. Those that leave it at the top have been seen.
    pub(super) fn scroll_skim(&mut self, by: isize) {
        let Some(last) = self.archive.rows().len().checked_sub(1) else { return };
        let here = self.list.position(&self.archive).unwrap_or(0);
        let from = self.skim.top();
        let to = from.saturating_add_signed(by).min(last);
        self.mark_passed(from..to.max(from));
        self.list.moved(Span::Items(to.cast_signed() - here.cast_signed()), &self.archive);
        self.skim.start_at(to);
    }

    /// More or fewer key sentences of each article.
    pub(super) fn recount_skim(&mut self, by: isize) {
        self.skim.recount(by);
        let count = self.skim.count;
        let per = self.lang.of("每篇要点", "key sentences of each article");
        self.notice = Some(display!("{per}: {count}"));
    }

    /// The articles to have ready while the list is skimmed.
    pub(super) fn skimmed(&self) -> Vec<ArticleKey> {
        let wanted = self.skim.wanted();
        let rows = self.archive.rows();
        rows.iter().skip(wanted.start).take(wanted.len()).copied().collect()
    }

    /// Fills the stream. It ends when something else is looked at.
    pub(in crate::app) fn settle_skim(&mut self) {
        self.skim.is_on &= self.focus == Pane::List && !self.search.is_on;
        let (true, Some(place)) = (self.skim.is_on, self.screen().content(Pane::List)) else {
            return;
        };
        let (columns, room) = (usize::from(place.width), usize::from(place.height));
        let (rows, selected) = (self.archive.rows(), self.list.position(&self.archive));
        let at = (selected.unwrap_or(0), rows.len());
        let mut stream = std::mem::take(&mut self.skim);
        let count = stream.count;
        stream.settle(at, room, |row| {
            let key = rows.get(row).copied();
            key.map_or_else(Vec::new, |key| self.skim_item(key, count, columns))
        });
        self.skim = stream;
    }

    /// The rows of one article.
    fn skim_item(&self, key: ArticleKey, count: usize, columns: usize) -> Vec<SkimRow> {
        let row = |kind, text| SkimRow { key, kind, text };
        let place = self.archive.place(key).unwrap_or_default();
        let mut rows = match self.archive.row(key) {
            Some(known) => {
                let date = known.date.map(DisplayLine::of).unwrap_or_default();
                let chars = match self.lang {
                    Lang::Zh => display!("{} 字", known.chars),
                    Lang::En => display!("{} chars", known.chars),
                };
                let facts = [date, known.byline.to_line(), chars, place];
                let facts: Vec<&str> =
                    facts.iter().map(DisplayLine::as_str).filter(|fact| !fact.is_empty()).collect();
                vec![
                    row(SkimKind::Title, known.title.to_line()),
                    row(SkimKind::Facts, DisplayLine::new(&facts.join("  "))),
                ]
            }
            None => vec![row(SkimKind::Title, place)],
        };
        let body =
            self.known_of(key).map(|known| skim::body(key, &known, count, columns, self.widths));
        if let Some(body) = body {
            rows.extend(body);
        } else {
            let why = self.failure_of(key).cloned();
            let waiting = || self.lang.of("正在读取 ..", "Loading ..").into();
            rows.push(row(SkimKind::Waiting, why.unwrap_or_else(waiting)));
        }
        rows.push(row(SkimKind::Gap, DisplayLine::default()));
        rows
    }
}
