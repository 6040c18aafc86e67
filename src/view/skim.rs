//! The articles of the list one below the other.

use ratatui::layout::Rect;

use super::{canvas::Canvas, theme::Theme};
use crate::{
    app::{
        model::Model,
        skim::{MARGIN, SkimKind, SkimRow},
    },
    text::display::{DisplayLine, display},
};

pub(super) fn heading(model: &Model) -> (DisplayLine, DisplayLine) {
    let (left, _) = super::list::heading(model);
    let count = model.skim.count;
    let per = model.lang.of("要点/篇", "key sentences each");
    (left, display!("{count} {per}"))
}

pub(super) fn draw(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    for (place, row) in content.rows().zip(&model.skim.rows) {
        draw_row(canvas, place, row, model, theme);
    }
}

fn draw_row(canvas: &mut Canvas, place: Rect, row: &SkimRow, model: &Model, theme: &Theme) {
    let is_selected = model.list.selected == Some(row.key);
    let room = usize::from(place.width).saturating_sub(MARGIN);
    let left = MARGIN as u16;
    match row.kind {
        SkimKind::Title => {
            let marks = model.archive.row(row.key).and_then(|row| model.marks.of(row.id));
            let is_read = marks.is_some_and(|marks| marks.read);
            let style = match (is_selected, is_read) {
                (true, _) => theme.selected,
                (false, true) => theme.dim,
                (false, false) => theme.title,
            };
            if is_selected {
                canvas.fill(place, style);
                canvas.put(place, 0, ">", style);
            }
            if marks.is_some_and(|marks| marks.starred) {
                canvas.put(place, 1, "*", style);
            }
            canvas.put(place, 2, &canvas.fit(&row.text, room + 1), style);
        }
        SkimKind::Facts | SkimKind::Waiting => {
            canvas.put(place, 2, &canvas.fit(&row.text, room + 1), theme.dim);
        }
        SkimKind::Sentence(rank) => {
            if let Some(rank) = rank {
                canvas.put(place, 0, &display!("{rank:>2}"), theme.rank);
            }
            canvas.put(place, left, &row.text, theme.text);
        }
        SkimKind::Keywords => {
            canvas.put(place, left, &canvas.fit(&row.text, room.saturating_sub(1)), theme.key);
        }
        SkimKind::Gap => {}
    }
}
