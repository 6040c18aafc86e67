//! Finding something in the open text.

use super::by;
use crate::{
    app::{
        action::{Edit, Step},
        find::{FindOrder, Hits},
        model::Model,
        msg::Effect,
        prompt::{Prompt, PromptKind},
    },
    lang::Lang,
    text::{display::display, range::TextRange},
};

impl Model {
    /// Opens the line for what is to be found in the text.
    pub(super) fn open_find(&mut self) {
        if self.reader.key().is_none() {
            self.notice = Some(self.lang.of("还没有正文", "there is no text yet").into());
            return;
        }
        self.find.before = Some((self.find.query.clone(), self.reader.anchor()));
        self.prompt = Some(Prompt::new(PromptKind::Find, ""));
    }

    /// Looks for what is typed, and in another article for what was looked for before.
    pub(in crate::app) fn find_as_typed(&mut self) -> Option<Effect> {
        if let Some(prompt) = self.prompt.as_ref().filter(|it| it.kind() == PromptKind::Find)
            && prompt.text() != self.find.query
            // Until something is typed, what was looked for before stays.
            && !(prompt.text().is_empty() && self.find.before.as_ref().is_some_and(|it| it.0 == self.find.query))
        {
            self.find.ask(prompt.text(), self.lang);
        }
        self.find.order(self.reader.key(), !self.search.is_literal)
    }

    /// Takes in what was found; while one types, the first hit behind the place where one was is shown.
    pub(super) fn take_hits(&mut self, order: &FindOrder, hits: Hits) {
        if !self.find.take(order, hits) {
            return;
        }
        let from = self.find.before.as_ref().map_or(0, |(_, anchor)| *anchor);
        if let Some(hit) = self.find.first_from(from) {
            self.show_hit(hit, false);
        } else {
            self.reader.go_to(from);
            self.notice = Some(self.lang.of("没有找到", "not found").into());
        }
    }

    /// Changes the line for what is to be found, or ends it.
    pub(super) fn edit_find(&mut self, edit: Edit) {
        let Some(prompt) = &mut self.prompt else { return };
        match edit {
            Edit::Accept => self.accept_find(),
            Edit::Cancel => self.cancel_find(),
            Edit::Erase if prompt.text().is_empty() => self.cancel_find(),
            _ => drop(prompt.edit(edit, &self.find.queries)),
        }
    }

    pub(super) fn accept_find(&mut self) {
        let typed = self.prompt.take().map(|prompt| prompt.text().trim().to_owned());
        self.find.before = None;
        if typed.is_none_or(|typed| typed.is_empty()) {
            // An empty line repeats what was looked for last.
            if !self.find.is_on()
                && let Some(last) = self.find.queries.last().cloned()
            {
                self.find.ask(&last, self.lang);
            } else if self.find.is_on() {
                self.step_find(Step::Next);
            }
            return;
        }
        if let Some((_, why)) = &self.find.misread {
            self.notice = Some(why.clone());
        }
        self.find.accept();
    }

    /// What was typed was not meant: all is as before.
    fn cancel_find(&mut self) {
        self.prompt = None;
        let Some((query, anchor)) = self.find.before.take() else { return };
        self.reader.go_to(anchor);
        if query.is_empty() {
            self.find.close();
        } else if query != self.find.query {
            self.find.ask(&query, self.lang);
            self.find.stay();
        }
    }

    /// Leaves what was looked for: nothing is lit any more.
    pub(super) fn leave_find(&mut self) {
        self.find.close();
        self.notice = Some(self.lang.of("不再查找", "nothing is looked for any more").into());
    }

    /// Goes to the next hit in the text, or the previous one.
    pub(super) fn step_find(&mut self, step: Step) {
        self.show_reader();
        match self.find.step(by(step), self.reader.anchor()) {
            Some((hit, round)) => {
                self.show_hit(hit, round);
                self.flash(hit.0);
            }
            None => self.notice = Some(self.lang.of("没有找到", "not found").into()),
        }
    }

    fn show_hit(&mut self, (hit, number, count): (TextRange, usize, usize), round: bool) {
        self.reader.reveal(hit);
        self.sentences.follow(self.reader.anchor());
        let query = &self.find.query;
        let round = match (round, self.lang) {
            (false, _) => "",
            (true, Lang::Zh) => "（转了一圈）",
            (true, Lang::En) => " (went round)",
        };
        self.notice = Some(display!("{query} {number}/{count}{round}"));
    }
}
