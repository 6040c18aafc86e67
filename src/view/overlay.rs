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

/// Where the count of a line with a bar begins, and where the bar does.
const BAR: (u16, u16) = (12, 20);
/// Cells of the count.
const COUNT: usize = 6;

pub(super) fn draw(canvas: &mut Canvas, overlay: &Overlay, model: &Model, theme: &Theme) {
    let place = layout::overlay(model.size);
    let title = match overlay.kind {
        OverlayKind::Help => model.lang.of("帮助", "Help"),
        OverlayKind::Problems => model.lang.of("问题", "Problems"),
        OverlayKind::Note => model.lang.of("备注", "Note"),
        OverlayKind::Why => model.lang.of("为什么是要点", "Why it is a key sentence"),
        OverlayKind::Timeline => model.lang.of("时间线", "Timeline"),
        OverlayKind::Words => model.lang.of("列出含有这个词的文章", "Articles with a word"),
    };
    let of = model.timeline.as_ref().filter(|_| overlay.kind == OverlayKind::Timeline);
    let title = of.map_or_else(|| title.into(), |of| display!("{title} {}", of.label));
    let room = usize::from(place.height.saturating_sub(1));
    let last = (overlay.top + room).min(overlay.lines.len());
    let extent = display!("{}-{last}/{}", overlay.top + 1, overlay.lines.len());
    let close = model.lang.of("Esc 关闭", "Esc closes");
    let run = model.lang.of("/ 查找  Enter 执行", "/ finds  Enter runs");
    let choose = model.lang.of("Enter 选定", "Enter chooses");
    let (short, long) = (display!("{extent}  {close} "), display!("{extent}  {run}  {close} "));
    let heading = display!(" {title}");
    let fits = canvas.cells(&heading) + canvas.cells(&long) < usize::from(place.width);
    let right = match overlay.kind {
        OverlayKind::Help if fits => long,
        kind if kind.is_chosen_from() => display!("{choose}  {close} "),
        _ => short,
    };
    // A gap at both sides, so that what lies below is not read with it.
    let gap = Rect { x: place.x.saturating_sub(1), width: place.width + 2, ..place };
    canvas.fill(gap, theme.text);
    canvas.bar(place, &heading, &right, theme.heading_focused);
    let content = Rect { y: place.y + 1, height: place.height.saturating_sub(1), ..place };
    let column = key_column(&overlay.lines, model.widths).min(usize::from(place.width) / 2);
    let selected = match overlay.kind {
        OverlayKind::Help => model.help.action().map(|_| model.help.selected()),
        kind if kind.is_chosen_from() => model.picks.current().map(|_| model.picks.selected()),
        _ => None,
    };
    for (row, (at, line)) in content.rows().zip(overlay.lines.iter().enumerate().skip(overlay.top))
    {
        let room = usize::from(row.width).saturating_sub(2);
        let is_selected = selected == Some(at);
        let (keys_style, style) =
            if is_selected { (theme.selected, theme.selected) } else { (theme.rank, theme.text) };
        if is_selected {
            canvas.fill(row, style);
            canvas.put(row, 0, ">", style);
        }
        match line {
            Line::Heading(text) => drop(canvas.put(row, 1, text, theme.title)),
            Line::Text(text) => drop(canvas.put(row, 1, &canvas.fit(text, room), style)),
            Line::Bar { label, count, share } => {
                canvas.put(row, 2, label, keys_style);
                canvas.put(row, BAR.0, &display!("{count:>COUNT$}"), style);
                let most = row.width.saturating_sub(BAR.1 + 1);
                let cells = (share * f64::from(most)).round().max(1.0) as u16;
                let bar = Rect { x: row.x + BAR.1, width: cells.min(most), ..row };
                canvas.fill(bar.intersection(row), theme.bar);
            }
            Line::Keys(keys, help) => {
                canvas.put(row, 2, &canvas.fit(keys, column), keys_style);
                let help = canvas.fit(help, room.saturating_sub(column + 2));
                canvas.put(row, (column + 4) as u16, &help, style);
            }
        }
    }
}
