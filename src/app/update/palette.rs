//! The line for commands, and the commands that fit what is typed there.

use crate::app::{
    action::{Action, Edit},
    layout,
    model::Model,
    msg::Effect,
    prompt::{Prompt, PromptKind},
};
use crate::text::display::display;

/// Commands that are kept to be brought back.
const KEPT: usize = 100;

impl Model {
    pub(super) fn open_prompt(&mut self) {
        self.prompt = Some(Prompt::default());
    }

    /// Finds the commands that fit what is typed.
    pub(in crate::app) fn palette_as_typed(&mut self) {
        let context = self.context_below();
        match self.prompt.as_ref().filter(|prompt| prompt.kind() == PromptKind::Command) {
            Some(prompt) => {
                self.palette.find(prompt.text(), &self.keymap, context, self.lang);
                self.palette.settle(layout::popup_room(self.size));
            }
            None => self.palette.close(),
        }
    }

    /// Changes the line for commands, or ends it.
    pub(super) fn edit_command(&mut self, edit: Edit) -> Vec<Effect> {
        // What was changed by the same burst of keys counts.
        self.palette_as_typed();
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        // Lines typed before come back on a line that is empty or is one of them itself.
        let is_history = prompt.text().is_empty() || prompt.is_older();
        match edit {
            Edit::Accept => {
                let line = prompt.text().trim().to_owned();
                self.prompt = None;
                return self.run(&line);
            }
            Edit::Cancel => self.prompt = None,
            // A line that is empty already is left by taking away once more.
            Edit::Erase if prompt.text().is_empty() => self.prompt = None,
            Edit::Older if !is_history => self.palette.moved(-1),
            Edit::Newer if !is_history => self.palette.moved(1),
            Edit::Complete if self.palette.chosen().is_some() => self.complete_chosen(),
            Edit::Complete => {
                let before = prompt.text().to_owned();
                prompt.edit(edit, &self.commands);
                if prompt.text() == before {
                    self.complete_chosen();
                }
            }
            _ => drop(prompt.edit(edit, &self.commands)),
        }
        Vec::new()
    }

    /// Puts the selected command into the line.
    pub(super) fn complete_chosen(&mut self) {
        if let Some(spec) = self.palette.current() {
            self.prompt = Some(Prompt::new(PromptKind::Command, spec.words));
        }
    }

    /// Runs the command that was gone to, else the one in the line, else the best that fits the line.
    fn run(&mut self, line: &str) -> Vec<Effect> {
        let (chosen, best) = (self.palette.chosen(), self.palette.current());
        self.palette.close();
        if line.is_empty() {
            return Vec::new();
        }
        let written = Action::parse(line);
        let meant = chosen.map(|spec| Ok(spec.action));
        let found =
            meant.unwrap_or(written).or_else(|unknown| best.map(|spec| spec.action).ok_or(unknown));
        self.keep_command(found.map_or(line, |action| action.words()));
        match found {
            Ok(action) => self.run_here(action),
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

    /// Runs a command if it works where the person is, and says so if it does not.
    pub(super) fn run_here(&mut self, action: Action) -> Vec<Effect> {
        if action.spec().works_in(self.context()) {
            return self.act(action);
        }
        let elsewhere = self.lang.of("在这里不能用", "does not work here");
        self.notice = Some(display!("{action} {elsewhere}"));
        Vec::new()
    }

    fn keep_command(&mut self, line: &str) {
        if self.commands.last().is_none_or(|last| last != line) {
            self.commands.push(line.to_owned());
            let surplus = self.commands.len().saturating_sub(KEPT);
            self.commands.drain(..surplus);
        }
    }
}
