//! Help and problems over the panes.

use ratatui::layout::Rect;

use super::{canvas::Canvas, theme::Theme};
use crate::{
    app::{
        layout,
        model::Model,
        overlay::{Line, Overlay, OverlayKind, key_column},
    },
    text::display::display,
};

pub(super) fn draw(canvas: &mut Canvas, overlay: &Overlay, model: &Model, theme: &Theme) {
    let place = layout::overlay(model.size);
    let title = match overlay.kind {
        OverlayKind::Help => model.lang.of("帮助", "Help"),
        OverlayKind::Problems => model.lang.of("问题", "Problems"),
        OverlayKind::Note => model.lang.of("备注", "Note"),
        OverlayKind::Why => model.lang.of("为什么是要点", "Why it is a key sentence"),
    };
    let room = usize::from(place.height.saturating_sub(1));
    let last = (overlay.top + room).min(overlay.lines.len());
    let extent = display!("{}-{last}/{}", overlay.top + 1, overlay.lines.len());
    let close = model.lang.of("Esc 关闭", "Esc closes");
    let run = model.lang.of("/ 查找  Enter 执行", "/ finds  Enter runs");
    let (short, long) = (display!("{extent}  {close} "), display!("{extent}  {run}  {close} "));
    let fits = canvas.cells(&long) <= usize::from(place.width) / 2;
    let right = if overlay.kind == OverlayKind::Help && fits { long } else { short };
    // A gap at both sides, so that what lies below is not read with it.
    let gap = Rect { x: place.x.saturating_sub(1), width: place.width + 2, ..place };
    canvas.fill(gap, theme.text);
    canvas.bar(place, &display!(" {title}"), &right, theme.heading_focused);
    let content = Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place };
    let column = key_column(&overlay.lines, model.widths).min(usize::from(place.width) / 2);
    let is_help = overlay.kind == OverlayKind::Help;
    for (row, (at, line)) in content.rows().zip(overlay.lines.iter().enumerate().skip(overlay.top))
    {
        let room = usize::from(row.width).saturating_sub(2);
        let is_selected = is_help && at == model.help.selected && model.help.action().is_some();
        let (keys_style, style) =
            if is_selected { (theme.selected, theme.selected) } else { (theme.rank, theme.text) };
        if is_selected {
            canvas.fill(row, style);
            canvas.put(row, 0, ">", style);
        }
        match line {
            Line::Heading(text) => drop(canvas.put(row, 1, text, theme.title)),
            Line::Text(text) => drop(canvas.put(row, 1, &canvas.fit(text, room), theme.text)),
            Line::Keys(keys, help) => {
                canvas.put(row, 2, &canvas.fit(keys, column), keys_style);
                let help = canvas.fit(help, room.saturating_sub(column + 2));
                canvas.put(row, (column + 4) as u16, &help, style);
            }
        }
    }
}
