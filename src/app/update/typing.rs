//! What is typed: keys that run commands, and the line for commands in words.

use crate::{
    app::{
        action::{Action, Context, Edit, Search},
        chord::{Chord, Key, Modifiers},
        keymap::Resolved,
        model::Model,
        msg::Effect,
        prompt::{Prompt, PromptKind},
        viewport::Span,
    },
    text::display::display,
};

impl Model {
    /// A key was pressed.
    pub(super) fn key(&mut self, chord: Chord) -> Vec<Effect> {
        self.notice = None;
        self.marks.begin_group();
        if chord.key() == Key::Esc && !(self.pending.is_empty() && self.count.is_none()) {
            self.pending.clear();
            self.count = None;
            return Vec::new();
        }
        if self.count_digit(chord) {
            return Vec::new();
        }
        self.pending.push(chord);
        match self.keymap.resolve(self.context(), &self.pending) {
            Resolved::Pending => Vec::new(),
            Resolved::Actions(actions) => {
                let actions = actions.to_vec();
                self.pending.clear();
                self.run_counted(&actions)
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

    /// Something was pasted. Where no line is typed it is never keys: it begins a search.
    pub(super) fn pasted(&mut self, text: &str) {
        self.notice = None;
        self.pending.clear();
        self.count = None;
        let is_typing = self.prompt.is_some();
        let text = if is_typing { text } else { text.trim() };
        if text.is_empty() {
            return;
        }
        if !is_typing && !self.open_for_text() {
            let nowhere = self.lang.of("这里不能粘贴，没有执行", "nothing here takes a paste");
            self.notice = Some(nowhere.into());
        }
        let Some(prompt) = &mut self.prompt else { return };
        if !prompt.paste(text) {
            let cut =
                self.lang.of("粘贴的内容太长，只留下开头", "the paste was too long and was cut");
            self.notice = Some(cut.into());
        }
    }

    /// Opens the line for what is searched for where the person is: rows of the help, or articles. `false`
    /// where nothing is searched.
    fn open_for_text(&mut self) -> bool {
        let context = self.context();
        if context == Context::Help {
            self.prompt = Some(Prompt::new(PromptKind::Help, ""));
            return true;
        }
        let is_searched = Action::Search(Search::Open).spec().works_in(context);
        if is_searched {
            self.search_anew();
        }
        is_searched
    }

    /// Keys that do nothing: in a prompt they stand for themselves, elsewhere they are told.
    fn unbound(&mut self) {
        let chords = std::mem::take(&mut self.pending);
        self.count = None;
        if let Some(prompt) = &mut self.prompt {
            for c in chords.into_iter().filter_map(Chord::character) {
                prompt.insert(c.encode_utf8(&mut [0; 4]));
            }
            return;
        }
        if let [chord] = chords.as_slice()
            && let Some(c) = chord.character().filter(|c| !c.is_ascii() && c.is_alphabetic())
            && self.open_for_text()
        {
            // An input method was on.
            if let Some(prompt) = &mut self.prompt {
                prompt.insert(c.encode_utf8(&mut [0; 4]));
            }
            return;
        }
        let typed: Vec<String> = chords.iter().map(ToString::to_string).collect();
        let unbound = self.lang.of("没有绑定，按 ? 看帮助", "is not bound; ? shows the keys");
        self.notice = Some(display!("{} {unbound}", typed.join(" ")));
    }

    /// Changes the line that is typed, or ends it.
    pub(super) fn edit(&mut self, edit: Edit) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        if prompt.kind() == PromptKind::Search {
            match edit {
                Edit::Accept => self.accept_search(),
                Edit::Cancel => self.cancel_search(),
                Edit::Erase if prompt.text().is_empty() => self.cancel_search(),
                Edit::Complete => self.complete_query(),
                _ => drop(prompt.edit(edit, &self.search.queries)),
            }
            return Vec::new();
        }
        if prompt.kind().is_filter() {
            match edit {
                Edit::Accept => self.accept_filter(),
                Edit::Cancel => self.cancel_filter(),
                Edit::Erase if prompt.text().is_empty() => self.cancel_filter(),
                // The list is in sight while one types.
                Edit::Older => self.list.moved(Span::Items(-1), &self.archive),
                Edit::Newer => self.list.moved(Span::Items(1), &self.archive),
                Edit::Complete if prompt.kind() == PromptKind::Query => self.complete_query(),
                _ => drop(prompt.edit(edit, &[])),
            }
            return Vec::new();
        }
        match prompt.kind() {
            PromptKind::Find => {
                self.edit_find(edit);
                Vec::new()
            }
            PromptKind::Help => self.edit_help(edit),
            PromptKind::Pipe => self.edit_pipe(edit),
            PromptKind::Export => self.edit_export(edit),
            PromptKind::Tags | PromptKind::Note => {
                self.edit_marks(edit);
                Vec::new()
            }
            _ => self.edit_command(edit),
        }
    }
}
