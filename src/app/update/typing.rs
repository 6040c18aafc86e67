//! What is typed: keys that run commands, and the line for commands in words.

use crate::{
    app::{
        action::{Action, Edit, Search},
        chord::{Chord, Key, Modifiers},
        keymap::Resolved,
        model::Model,
        msg::Effect,
        prompt::{Prompt, PromptKind},
        viewport::Span,
    },
    text::display::display,
};

/// Commands that are kept to be brought back.
const KEPT: usize = 100;

impl Model {
    /// A key was pressed.
    pub(super) fn key(&mut self, chord: Chord) -> Vec<Effect> {
        self.notice = None;
        self.marks.begin_group();
        if chord.key() == Key::Esc && !self.pending.is_empty() {
            self.pending.clear();
            return Vec::new();
        }
        self.pending.push(chord);
        match self.keymap.resolve(self.context(), &self.pending) {
            Resolved::Pending => Vec::new(),
            Resolved::Actions(actions) => {
                let actions = actions.to_vec();
                self.pending.clear();
                actions.into_iter().flat_map(|action| self.act(action)).collect()
            }
            Resolved::Unbound => {
                self.unbound();
                Vec::new()
            }
        }
    }

    /// A character was typed that stands for another key outside of prompts, as full-width forms
    /// do.
    pub(super) fn typed(&mut self, c: char) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else {
            return self.key(Chord::new(Key::Char(c), Modifiers::default()));
        };
        self.notice = None;
        prompt.insert(c.encode_utf8(&mut [0; 4]));
        Vec::new()
    }

    /// Something was pasted.
    pub(super) fn pasted(&mut self, text: &str) {
        let Some(prompt) = &mut self.prompt else { return };
        if !prompt.insert(text) {
            let cut =
                self.lang.of("粘贴的内容太长，只留下开头", "the paste was too long and was cut");
            self.notice = Some(cut.into());
        }
    }

    /// Keys that do nothing: in a prompt they stand for themselves, elsewhere they are told.
    fn unbound(&mut self) {
        let chords = std::mem::take(&mut self.pending);
        if let Some(prompt) = &mut self.prompt {
            for c in chords.into_iter().filter_map(Chord::character) {
                prompt.insert(c.encode_utf8(&mut [0; 4]));
            }
            return;
        }
        if let [chord] = chords.as_slice()
            && let Some(c) = chord.character().filter(|c| !c.is_ascii() && c.is_alphabetic())
            && Action::Search(Search::Open).spec().works_in(self.context())
        {
            return self.search_for(c.encode_utf8(&mut [0; 4]));
        }
        let typed: Vec<String> = chords.iter().map(ToString::to_string).collect();
        let unbound = self.lang.of("没有绑定，按 ? 看帮助", "is not bound; ? shows the keys");
        self.notice = Some(display!("{} {unbound}", typed.join(" ")));
    }

    pub(super) fn open_prompt(&mut self) {
        self.prompt = Some(Prompt::default());
    }

    /// Changes the line that is typed, or ends it.
    pub(super) fn edit(&mut self, edit: Edit) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        if prompt.kind() == PromptKind::Search {
            match edit {
                Edit::Accept => self.accept_search(),
                Edit::Cancel => self.cancel_search(),
                Edit::Erase if prompt.text().is_empty() => self.cancel_search(),
                _ => drop(prompt.edit(edit, &self.search.queries)),
            }
            return Vec::new();
        }
        if prompt.kind() == PromptKind::Filter {
            match edit {
                Edit::Accept => self.accept_filter(),
                Edit::Cancel => self.cancel_filter(),
                Edit::Erase if prompt.text().is_empty() => self.cancel_filter(),
                // The list is in sight while one types.
                Edit::Older => self.list.moved(Span::Items(-1), &self.archive),
                Edit::Newer => self.list.moved(Span::Items(1), &self.archive),
                _ => drop(prompt.edit(edit, &[])),
            }
            return Vec::new();
        }
        if matches!(prompt.kind(), PromptKind::Tags | PromptKind::Note) {
            self.edit_marks(edit);
            return Vec::new();
        }
        match edit {
            Edit::Accept => {
                let line = prompt.text().trim().to_owned();
                self.prompt = None;
                return self.run(&line);
            }
            Edit::Cancel => self.prompt = None,
            // A line that is empty already is left by taking away once more.
            Edit::Erase if prompt.text().is_empty() => self.prompt = None,
            _ => {
                let choices = prompt.edit(edit, &self.commands);
                if !choices.is_empty() {
                    self.notice = Some(display!("{}", choices.join("  ")));
                }
            }
        }
        Vec::new()
    }

    /// Runs a command given in words.
    fn run(&mut self, line: &str) -> Vec<Effect> {
        if line.is_empty() {
            return Vec::new();
        }
        if self.commands.last().is_none_or(|last| last != line) {
            self.commands.push(line.to_owned());
            let surplus = self.commands.len().saturating_sub(KEPT);
            self.commands.drain(..surplus);
        }
        match Action::parse(line) {
            Ok(action) if action.spec().works_in(self.context()) => self.act(action),
            Ok(_) => {
                let elsewhere = self.lang.of("在这里不能用", "does not work here");
                self.notice = Some(display!("{line} {elsewhere}"));
                Vec::new()
            }
            Err(unknown) => {
                let what = self.lang.of("没有这个命令", "no such command");
                let meant = self.lang.of("是不是", "did you mean");
                self.notice = Some(match unknown.suggestion {
                    Some(words) => display!("{what}: {line}; {meant} {words}?"),
                    None => display!("{what}: {line}"),
                });
                Vec::new()
            }
        }
    }
}
