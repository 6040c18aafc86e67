//! Drawing: a picture of the model, which it never changes.

pub mod canvas;
mod keywords;
mod list;
mod overlay;
mod page;
mod popup;
mod reader;
mod search;
mod sentences;
mod skim;
mod status;
pub mod theme;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

use crate::{
    app::{
        action::Pane,
        layout::{PANES, SizeClass},
        model::Model,
        tabs::{name, tabs},
    },
    text::display::display,
};
use canvas::Canvas;
use theme::Theme;

/// Draws the whole interface into an empty picture.
pub fn draw(model: &Model, theme: &Theme, picture: &mut Buffer) {
    let mut canvas = Canvas::new(picture, model.widths);
    if model.size_class() == SizeClass::Tiny {
        let small = model.lang.of("窗口太小", "too small");
        let place = model.screen().status;
        let size = display!("{small} {}x{}", model.size.width, model.size.height);
        canvas.put(place, 0, &size, Style::default());
        return;
    }
    let screen = model.screen();
    for pane in PANES {
        let (Some(place), Some(content)) = (screen.place(pane), screen.content(pane)) else {
            continue;
        };
        heading(&mut canvas, place, model, pane, theme);
        match pane {
            Pane::List if model.search.is_on => search::draw(&mut canvas, content, model, theme),
            Pane::List if model.skim.is_on => skim::draw(&mut canvas, content, model, theme),
            Pane::List => list::draw(&mut canvas, content, model, theme),
            Pane::Reader if model.page.is_on => page::draw(&mut canvas, content, model, theme),
            Pane::Reader => {
                if let Some(place) = screen.note() {
                    reader::draw_note(&mut canvas, place, model, theme);
                }
                reader::draw(&mut canvas, content, model, theme);
            }
            Pane::Sentences => sentences::draw(&mut canvas, content, model, theme),
            Pane::Keywords => keywords::draw(&mut canvas, content, model, theme),
        }
    }
    for separator in &screen.separators {
        for row in separator.rows() {
            canvas.put(row, 0, "╎", theme.dim);
        }
    }
    if let Some(tabs) = screen.tabs {
        draw_tabs(&mut canvas, tabs, model, theme);
    }
    status::draw(&mut canvas, screen.status, model, theme);
    if let Some(open) = model.overlays.last() {
        overlay::draw(&mut canvas, open, model, theme);
    }
    popup::draw(&mut canvas, model, theme);
}

/// The cell of the caret while something is typed.
pub fn caret(model: &Model) -> Option<Position> {
    status::caret(model.screen().status, model)
}

/// The heading row of a pane: its name and what it holds at the left, where one is at the right.
fn heading(canvas: &mut Canvas, place: Rect, model: &Model, pane: Pane, theme: &Theme) {
    let style = if model.focus == pane { theme.heading_focused } else { theme.heading };
    let (left, right) = match pane {
        Pane::List if model.search.is_on => search::heading(model),
        Pane::List if model.skim.is_on => skim::heading(model),
        Pane::List => list::heading(model),
        Pane::Reader if model.page.is_on => page::heading(model),
        Pane::Reader => reader::heading(model),
        Pane::Sentences => sentences::heading(model),
        Pane::Keywords => keywords::heading(model),
    };
    // The focus is told by the mark as well as by the colour.
    let mark = if model.focus == pane { ">" } else { " " };
    let left = display!("{mark}{} {left}", name(model, pane));
    canvas.bar(place, &left, &display!("{right} "), style);
}

fn draw_tabs(canvas: &mut Canvas, place: Rect, model: &Model, theme: &Theme) {
    canvas.fill(place, theme.heading);
    let mut x = 0;
    for (pane, tab) in tabs(model) {
        let style = if pane == model.focus { theme.heading_focused } else { theme.heading };
        x += canvas.put(place, x, &tab, style);
    }
}
