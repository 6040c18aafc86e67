//! The commands that fit what is typed behind the colon.

use super::{
    action::{ACTIONS, ActionSpec, Context},
    keymap::Keymap,
    lookup,
    viewport::{Span, Window, follow},
};
use crate::lang::Lang;

/// State of the list above the line for commands.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// What it was made for.
    typed: Option<String>,
    /// The commands, the best first.
    pub found: Vec<Choice>,
    /// Index of the one that is run, if one is.
    pub selected: Option<usize>,
    /// First visible one.
    pub top: usize,
    /// Whether the person went to it: then it is meant, whatever the line says.
    is_chosen: bool,
}

/// A command that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The command.
    pub spec: &'static ActionSpec,
    /// Its keys, the shortest first.
    pub keys: String,
}

/// Keys of a command that are shown.
const KEYS: usize = 2;

impl Palette {
    /// Forgets everything: the line was closed.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Finds the commands that fit what is typed and work in `context`.
    pub fn find(&mut self, typed: &str, keymap: &Keymap, context: Context, lang: Lang) {
        if self.typed.as_deref() == Some(typed) {
            return;
        }
        let fitting = ACTIONS.iter().filter(|spec| spec.works_in(context)).filter_map(|spec| {
            let keys = keymap.keys_for(context, spec.action);
            let keys: Vec<String> = keys.iter().take(KEYS).map(ToString::to_string).collect();
            let keys = keys.join("  ");
            lookup::fit(spec, &keys, typed, lang).map(|fit| (fit, Choice { spec, keys }))
        });
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_by_key(|(fit, _)| *fit);
        self.found = fitting.into_iter().map(|(_, choice)| choice).collect();
        let is_typed = !typed.trim().is_empty();
        self.selected = (is_typed && !self.found.is_empty()).then_some(0);
        (self.top, self.is_chosen) = (0, false);
        self.typed = Some(typed.to_owned());
    }

    /// Goes to another command.
    pub fn moved(&mut self, by: isize) {
        if let Some(selected) = self.selected {
            self.selected = Some(Span::Items(by).apply(selected, self.found.len()));
            self.is_chosen = true;
        }
    }

    /// Goes to the command at a row of the window; `false` when there is none.
    pub fn point(&mut self, row: usize) -> bool {
        let at = self.top + row;
        let is_there = at < self.found.len();
        if is_there {
            (self.selected, self.is_chosen) = (Some(at), true);
        }
        is_there
    }

    /// The selected command.
    pub fn current(&self) -> Option<&'static ActionSpec> {
        self.found.get(self.selected?).map(|choice| choice.spec)
    }

    /// The selected command, if the person went to it.
    pub fn chosen(&self) -> Option<&'static ActionSpec> {
        self.current().filter(|_| self.is_chosen)
    }

    /// Keeps the selected command in sight in so many rows.
    pub fn settle(&mut self, room: usize) {
        let len = self.found.len();
        self.top = match self.selected {
            Some(selected) => follow(self.top, selected, len, room, |_| 1),
            None => self.top.min(len.saturating_sub(room)),
        };
    }

    /// Moves the window of so many rows; the selection goes with it when it would leave the sight.
    pub fn scroll(&mut self, by: isize, room: usize) {
        let selected = self.selected.unwrap_or(self.top);
        let window = Window { top: self.top, selected, len: self.found.len(), room };
        let scrolled = window.scrolled(by, |_| 1);
        self.top = scrolled.top;
        self.selected = self.selected.map(|_| scrolled.selected);
    }
}
