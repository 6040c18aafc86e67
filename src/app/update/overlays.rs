//! What lies on top of the panes.

use crate::app::{
    layout,
    model::Model,
    overlay::{self, Line, Overlay, OverlayKind},
};

impl Model {
    pub(super) fn help(&mut self) {
        let lines = overlay::help(&self.keymap, self.context(), self.lang);
        self.overlays.push(Overlay { kind: OverlayKind::Help, lines, top: 0 });
    }

    pub(super) fn problems(&mut self) {
        let room = usize::from(layout::overlay(self.size).width).saturating_sub(2);
        let problems = self.archive.problem_lines();
        let mut lines: Vec<Line> = problems
            .iter()
            .flat_map(|problem| overlay::paragraph(problem.shown(), room, self.widths))
            .collect();
        if lines.is_empty() {
            lines.push(Line::Text(self.lang.of("没有问题。", "No problems.").into()));
        }
        self.overlays.push(Overlay { kind: OverlayKind::Problems, lines, top: 0 });
    }
}
