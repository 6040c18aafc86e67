//! The keywords with their counts and bars.

use ratatui::layout::Rect;

use super::{canvas::Canvas, sentences::waiting, theme::Theme};
use crate::{
    app::{action::Pane, model::Model},
    text::display::{DisplayLine, display},
};

/// Cells of the column with the counts.
const COUNT: usize = 5;
/// Widest column for the words.
const WORD: usize = 18;

pub(super) fn heading(model: &Model) -> (DisplayLine, DisplayLine) {
    let count = model.keywords.items.len();
    let right = if count == 0 { DisplayLine::default() } else { DisplayLine::of(count) };
    (DisplayLine::default(), right)
}

pub(super) fn draw(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    let pane = &model.keywords;
    if pane.items.is_empty() {
        canvas.put(content, 1, waiting(model), theme.dim);
        return;
    }
    let room = usize::from(content.width);
    let widest = pane.items.iter().map(|item| canvas.cells(&item.text)).max().unwrap_or(0);
    let word_room = widest.min(WORD).min(room.saturating_sub(COUNT + 1));
    let bar_room = room.saturating_sub(1 + word_room + COUNT + 2);
    let items = pane.items.iter().enumerate().skip(pane.top);
    for (place, (at, item)) in content.rows().zip(items) {
        let selected = at == pane.selected;
        let style = match (selected, model.focus == Pane::Keywords) {
            (true, true) => theme.selected,
            (true, false) => theme.selected_unfocused,
            (false, _) => theme.text,
        };
        let label = Rect { width: (1 + word_room + COUNT).min(room) as u16, ..place };
        canvas.fill(label, style);
        canvas.put(label, 0, if selected { ">" } else { " " }, style);
        canvas.put(label, 1, &canvas.fit(&item.text, word_room), style);
        let count = display!("{:>COUNT$}", item.places.len());
        canvas.put(label, (1 + word_room) as u16, &count, style);
        let cells = (item.weight * bar_room as f64).round().max(1.0) as u16;
        let bar = Rect { x: label.right() + 1, width: cells.min(bar_room as u16), ..place };
        canvas.fill(bar.intersection(content), theme.bar);
    }
}
