//! The note about an article where it is read: its beginning above the text, all of it on top.

use super::{
    action::Pane,
    layout::{self, Screen},
    model::Model,
    overlay::{self, Line, Overlay, OverlayKind},
};
use crate::text::{
    display::{DisplayLine, display},
    wrap::{Measure, wrap},
};

/// Rows above the text that a note takes at most.
const MOST_ROWS: usize = 3;
/// Rows of a reader below which a note is not shown in it.
const LEAST: u16 = 8;
/// Cells left and right of the note.
const MARGINS: usize = 4;
/// Most bytes of a character.
const BYTES: usize = 4;

impl Model {
    /// Gives the note about the selected article room above its text.
    pub(super) fn with_note(&self, screen: Screen) -> Screen {
        let content = screen.content(Pane::Reader).filter(|content| content.height >= LEAST);
        let rows = content.map_or(0, |content| self.note_rows(content.width).len());
        screen.with_note(rows as u16)
    }

    /// The beginning of the note about the selected article, set into so many columns; nothing if there
    /// is none.
    pub fn note_rows(&self, columns: u16) -> Vec<DisplayLine> {
        let room = usize::from(columns).saturating_sub(MARGINS);
        let Some(marks) = self.selected_marks().filter(|_| room >= MARGINS) else {
            return Vec::new();
        };
        // No more of a long note is set than is shown.
        let most = room * BYTES * (MOST_ROWS + 1);
        let mut rows: Vec<DisplayLine> = Vec::new();
        for line in marks.note.lines().filter(|line| !line.trim().is_empty()) {
            let end = line.char_indices().map(|(at, _)| at).take_while(|at| *at < most).last();
            let end = end.filter(|_| line.len() > most).unwrap_or(line.len());
            let line = DisplayLine::new(line.get(..end).unwrap_or_default());
            let measure = Measure { width: room, indent: 0, hang: 0, widths: self.widths };
            let set = wrap(line.as_str(), measure);
            rows.extend(set.iter().map(|row| line.shown().slice(row.range).trim_end().to_line()));
            if rows.len() > MOST_ROWS {
                break;
            }
        }
        if rows.len() > MOST_ROWS {
            rows.truncate(MOST_ROWS);
            if let Some(last) = rows.last_mut() {
                *last = display!("{} ..", last.shown().fit(room - 3, self.widths));
            }
        }
        rows
    }

    /// Shows all of a note on top of the panes.
    pub(super) fn show_note(&mut self, note: &str) {
        if note.is_empty() {
            self.notice = Some(self.lang.of("没有备注", "there is no note").into());
            return;
        }
        let room = usize::from(layout::overlay(self.size).width).saturating_sub(2);
        let lines: Vec<Line> = note
            .lines()
            .flat_map(|line| {
                let line = DisplayLine::new(line);
                overlay::paragraph(line.shown(), room, self.widths).collect::<Vec<Line>>()
            })
            .collect();
        self.overlays.push(Overlay { kind: OverlayKind::Note, lines, top: 0 });
    }
}
