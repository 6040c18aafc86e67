//! The key sentences in reading order, each with its rank.

use ratatui::layout::Rect;

use super::{canvas::Canvas, theme::Theme};
use crate::{
    app::{
        action::Pane,
        model::Model,
        sentences::{GUTTER, Item},
    },
    text::display::{DisplayLine, DisplayStr, display},
};

pub(super) fn heading(model: &Model) -> (DisplayLine, DisplayLine) {
    let all = model.sentences.all;
    let (count, selected) = (model.sentences.items.len(), model.sentences.selected + 1);
    if count == 0 {
        return (DisplayLine::default(), DisplayLine::default());
    }
    let analysed = model.analysis().zip(model.reader.article());
    if let Some((analysis, article)) =
        analysed.filter(|(a, article)| a.covered < article.text.len())
    {
        let percent = analysis.covered * 100 / article.text.len();
        let only = model.lang.of("只分析了开头", "only the beginning was analysed:");
        return (display!("{selected}/{count}"), display!("{only} {percent}%"));
    }
    (display!("{selected}/{count}"), display!("{count}/{all} {}", model.lang.of("句", "sentences")))
}

pub(super) fn draw(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    let pane = &model.sentences;
    if pane.items.is_empty() {
        canvas.put(content, 1, waiting(model), theme.dim);
        return;
    }
    let mut rows = content.rows();
    for (at, item) in pane.items.iter().enumerate().skip(pane.top) {
        let selected = at == pane.selected;
        let style = match (selected, model.focus == Pane::Sentences) {
            (true, true) => theme.selected,
            (true, false) => theme.selected_unfocused,
            (false, _) => theme.text,
        };
        for line in 0..item.rows.len() {
            let Some(place) = rows.next() else { return };
            canvas.fill(place, style);
            if line == 0 {
                let cursor = if selected { ">" } else { " " };
                let rank_style = if selected { style } else { theme.rank };
                let rank = display!("{cursor}{:>2}", item.sentence.rank);
                canvas.put(place, 0, &rank, rank_style);
            }
            canvas.put(place, GUTTER as u16, line_text(item, line), style);
        }
    }
}

fn line_text(item: &Item, line: usize) -> DisplayStr<'_> {
    let row = item.rows.get(line).map(|row| item.text.shown().slice(row.range));
    row.unwrap_or_default()
}

/// What stands where results will be.
pub(super) fn waiting(model: &Model) -> &'static str {
    match (model.analysis(), model.list.selected) {
        (Some(_), _) => model.lang.of("这篇没有可排序的句子", "no sentences to rank here"),
        (None, Some(_)) if model.failure().is_none() => {
            model.lang.of("正在分析 ..", "Analysing ..")
        }
        _ => "",
    }
}
