//! What lies on top of the panes.

use crate::app::{
    action::{Edit, HelpStep, Motion},
    help::HelpPane,
    layout,
    model::Model,
    msg::Effect,
    overlay::{self, Line, Overlay, OverlayKind},
    prompt::{Prompt, PromptKind},
    viewport::Span,
};

impl Model {
    pub(super) fn help(&mut self) {
        // One help is enough, wherever it was asked for.
        self.overlays.retain(|overlay| overlay.kind != OverlayKind::Help);
        self.help = HelpPane::new(&self.keymap, self.context(), self.lang);
        let lines = self.help.lines("", self.lang);
        self.overlays.push(Overlay { kind: OverlayKind::Help, lines, top: 0 });
    }

    pub(super) fn problems(&mut self) {
        let lines = self.problem_lines();
        self.overlays.push(Overlay { kind: OverlayKind::Problems, lines, top: 0 });
    }

    /// Tells problems anew where they are looked at: they may have come since.
    pub(super) fn renew_problems(&mut self) {
        let is_open = |overlay: &Overlay| overlay.kind == OverlayKind::Problems;
        if self.overlays.iter().any(is_open) {
            let lines = self.problem_lines();
            if let Some(open) = self.overlays.iter_mut().find(|overlay| is_open(overlay)) {
                open.top = open.top.min(lines.len().saturating_sub(1));
                open.lines = lines;
            }
        }
    }

    fn problem_lines(&self) -> Vec<Line> {
        let room = usize::from(layout::overlay(self.size).width).saturating_sub(2);
        let problems = self.archive.problem_lines();
        let mut lines: Vec<Line> = problems
            .iter()
            .flat_map(|problem| overlay::paragraph(problem.shown(), room, self.widths))
            .collect();
        if lines.is_empty() {
            lines.push(Line::Text(self.lang.of("没有问题。", "No problems.").into()));
        }
        lines
    }

    /// Moves in what lies on top; `false` when nothing does.
    pub(super) fn move_in_overlay(&mut self, motion: Motion, times: usize) -> bool {
        let room = layout::overlay_room(self.size);
        let span = super::span(motion, room.cast_signed(), times);
        let Some(overlay) = self.overlays.last_mut() else { return false };
        // A page moves what is seen, so that it is read on where it ended; other motions move the selection.
        let page = match (motion, span) {
            (Motion::PageUp | Motion::PageDown, Span::Items(rows)) => Some(rows),
            _ => None,
        };
        match (overlay.kind, page) {
            (OverlayKind::Help, Some(by)) => overlay.top = self.help.paged(overlay.top, by, room),
            (OverlayKind::Help, None) => self.help.moved(span),
            (kind, Some(by)) if kind.is_chosen_from() => {
                overlay.top = self.picks.paged(overlay.top, by, room);
            }
            (kind, None) if kind.is_chosen_from() => self.picks.moved(span),
            _ => overlay.scroll(span, room),
        }
        true
    }

    /// Searches the help, or runs what is selected there.
    pub(super) fn help_step(&mut self, step: HelpStep) -> Vec<Effect> {
        match step {
            HelpStep::Find => {
                self.prompt = Some(Prompt::new(PromptKind::Help, self.help.typed()));
                Vec::new()
            }
            HelpStep::Run => self.run_from_help(),
        }
    }

    /// Changes the line for what is searched for in the help, or ends it.
    pub(super) fn edit_help(&mut self, edit: Edit) -> Vec<Effect> {
        self.help_as_typed();
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        match edit {
            Edit::Accept => return self.run_from_help(),
            Edit::Cancel => self.leave_help_search(),
            Edit::Erase if prompt.text().is_empty() => self.leave_help_search(),
            // The rows are in sight while one types.
            Edit::Older => self.help.moved(Span::Items(-1)),
            Edit::Newer => self.help.moved(Span::Items(1)),
            _ => drop(prompt.edit(edit, &[])),
        }
        Vec::new()
    }

    /// Shows the rows of the help that have what is typed, with the selected one in sight.
    pub(in crate::app) fn help_as_typed(&mut self) {
        let Some(overlay) = self.overlays.last_mut() else { return };
        if overlay.kind != OverlayKind::Help {
            return;
        }
        let prompt = self.prompt.as_ref().filter(|prompt| prompt.kind() == PromptKind::Help);
        if let Some(prompt) = prompt.filter(|prompt| prompt.text() != self.help.typed()) {
            overlay.lines = self.help.lines(prompt.text(), self.lang);
            overlay.top = 0;
        }
        overlay.top = self.help.top(overlay.top, layout::overlay_room(self.size));
    }

    /// Shows all of the help again.
    fn leave_help_search(&mut self) {
        self.prompt = None;
        if let Some(overlay) = self.overlays.last_mut() {
            overlay.lines = self.help.lines("", self.lang);
            overlay.top = 0;
        }
    }

    /// Closes the help and runs what was selected there, where the person was.
    pub(super) fn run_from_help(&mut self) -> Vec<Effect> {
        let Some(action) = self.help.action() else { return Vec::new() };
        self.prompt = None;
        self.overlays.pop();
        self.run_here(action)
    }
}
