//! Steps and jumps: to sentences, to places of keywords, to where the person was.

use super::by;
use crate::{
    app::{
        action::{Amount, Pane, Step, Travel},
        keywords::Light,
        layout::SizeClass,
        model::Model,
        sentences::Stepped,
        viewport::Span,
    },
    lang::Lang,
    text::{display::display, range::TextRange},
};

impl Model {
    pub(super) fn page_article(&mut self, step: Step) {
        if let Some(key) = self.list.sibling(by(step), &self.archive) {
            self.select(key);
        } else {
            let end = match step {
                Step::Next => self.lang.of("这是本版最后一篇", "last article of this page"),
                Step::Previous => self.lang.of("这是本版第一篇", "first article of this page"),
            };
            self.notice = Some(end.into());
        }
    }

    /// Brings the reader onto the screen and lays it out, so that it can be scrolled.
    pub(super) fn show_reader(&mut self) {
        if self.size_class() == SizeClass::Narrow || self.focus == Pane::List {
            self.focus_on(Pane::Reader);
        }
        self.upper = Pane::Reader;
        if self.screen().place(Pane::Reader).is_none() {
            self.focus_on(Pane::Reader);
        }
        self.settle_reader();
    }

    /// Goes to a place in the text; where the person was can be come back to.
    pub(super) fn jump(&mut self, range: TextRange) {
        let place = self.place();
        self.history.leave(place);
        self.focus_on(Pane::Reader);
        self.settle_reader();
        self.reader.reveal(range);
        self.flash(range);
    }

    pub(super) fn step_sentence(&mut self, step: Step) {
        if self.sentences.items.is_empty() {
            self.notice = Some(self.lang.of("还没有要点", "no key sentences yet").into());
            return;
        }
        self.show_reader();
        // The first step goes to the selected sentence, the next ones on from there.
        if self.sentences.stepped == Stepped::There {
            let from = self.sentences.selected;
            self.sentences.moved(Span::Items(by(step)));
            if self.sentences.selected == from {
                let end = self.lang.of("没有更多要点", "no more key sentences");
                self.notice = Some(end.into());
            }
        }
        self.sentences.stepped = Stepped::There;
        if let Some(range) = self.sentences.current().map(|sentence| sentence.range) {
            self.reader.reveal(range);
            self.flash(range);
        }
    }

    pub(super) fn step_occurrence(&mut self, step: Step) {
        if self.find.is_on() && self.focus == Pane::Reader {
            return self.step_find(step);
        }
        if self.search.is_on && self.focus != Pane::Keywords {
            return self.step_hit(step);
        }
        self.show_reader();
        let Some((place, number)) = self.keywords.step(self.reader.anchor(), step) else {
            self.notice = Some(self.lang.of("还没有关键词", "no keywords yet").into());
            return;
        };
        if let Some(keyword) = self.keywords.current() {
            self.notice = Some(display!("{} {number}/{}", keyword.text, keyword.places.len()));
        }
        self.keywords.light = Light::Pinned;
        self.reader.reveal(place);
        self.flash(place);
    }

    pub(super) fn travel(&mut self, travel: Travel) {
        let now = self.place();
        let place = match travel {
            Travel::Back => self.history.back(now),
            Travel::Forward => self.history.forward(now),
        };
        if let Some(place) = place {
            self.return_to(place);
        } else {
            let end = self.lang.of("没有更多位置", "no more places");
            self.notice = Some(end.into());
        }
    }

    pub(super) fn recount(&mut self, amount: Amount) {
        if self.skim.is_on {
            return self.recount_skim(if amount == Amount::More { 1 } else { -1 });
        }
        let available = self.analysis().map_or(usize::MAX, |analysis| analysis.order.len());
        let by = if amount == Amount::More { 1 } else { -1 };
        if self.sentences.recount(by, available) {
            self.show_sentences();
        }
        let count = self.sentences.count;
        self.notice = Some(match self.lang {
            Lang::Zh => display!("{count} 个要点"),
            Lang::En => display!("{count} key sentences"),
        });
    }
}
