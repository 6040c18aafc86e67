//! The names of the panes, and the row of tabs in which the narrow layout shows them.

use super::{action::Pane, layout::PANES, model::Model};
use crate::text::display::{DisplayLine, display};

/// The name of a pane, or of what stands in its place.
pub fn name(model: &Model, pane: Pane) -> &'static str {
    match pane {
        Pane::List if model.search.near.is_some() => model.lang.of("相近", "Related"),
        Pane::List if model.search.is_on => model.lang.of("查找", "Search"),
        Pane::List if model.skim.is_on => model.lang.of("浏览", "Skim"),
        Pane::List => model.lang.of("文章", "Articles"),
        Pane::Reader if model.page.is_on => model.lang.of("版面", "Page"),
        Pane::Reader => model.lang.of("正文", "Text"),
        Pane::Sentences => model.lang.of("要点", "Key sentences"),
        Pane::Keywords => model.lang.of("关键词", "Keywords"),
    }
}

/// The tabs from left to right. That of the pane which has the focus is told by brackets.
pub fn tabs(model: &Model) -> [(Pane, DisplayLine); PANES.len()] {
    PANES.map(|pane| {
        let (open, close) = if pane == model.focus { ("[", "]") } else { (" ", " ") };
        (pane, display!("{open}{} {}{close}", pane as usize + 1, name(model, pane)))
    })
}

/// The pane whose tab stands at this column of the row.
pub(super) fn at(model: &Model, column: usize) -> Option<Pane> {
    let mut end = 0;
    let mut tabs = tabs(model).into_iter();
    tabs.find_map(|(pane, tab)| {
        end += model.widths.cells(tab.as_str());
        (column < end).then_some(pane)
    })
}
