//! What lies above the last row while something is begun there: the keys that can follow a prefix, the
//! commands that fit what is typed.

use ratatui::layout::Rect;

use super::{canvas::Canvas, theme::Theme};
use crate::{
    app::{
        action::{Action, ActionSpec},
        layout,
        model::Model,
        palette::Choice,
        prompt::PromptKind,
    },
    text::display::{DisplayLine, display},
};

/// Cells between two columns of keys.
const GAP: usize = 2;
/// Cells that what a key does can be cut to, so that more keys fit.
const NARROW: usize = 20;
/// Cells below which what a command does is not shown beside it.
const LEAST_HELP: usize = 8;

/// Draws what belongs to the last row, if anything does.
pub(super) fn draw(canvas: &mut Canvas, model: &Model, theme: &Theme) {
    if !model.pending.is_empty() {
        keys(canvas, model, theme);
    } else if model.prompt.as_ref().is_some_and(|it| it.kind() == PromptKind::Command) {
        commands(canvas, model, theme);
    }
}

/// What can follow the keys typed so far, in as many columns as there is room for.
fn keys(canvas: &mut Canvas, model: &Model, theme: &Theme) {
    let items: Vec<(DisplayLine, DisplayLine)> = model
        .keymap
        .continuations(model.context(), &model.pending)
        .map(|(rest, actions)| {
            let rest: Vec<String> = rest.iter().map(ToString::to_string).collect();
            (display!("{}", rest.join(" ")), help(actions, model))
        })
        .collect();
    let grid = Grid::of(&items, canvas, model);
    let title = typed(model);
    let Some(place) = below_heading(canvas, model, grid.rows, &title, theme) else { return };
    let shown = grid.rows * grid.columns;
    for (at, (key, help)) in items.iter().take(shown).enumerate() {
        let x = 1 + (at / grid.rows) * (grid.width + GAP);
        let row = Rect { y: place.y + (at % grid.rows) as u16, height: 1, ..place };
        if at + 1 == shown && items.len() > shown {
            canvas.put(row, x as u16, &display!(".. +{}", items.len() - at), theme.dim);
            break;
        }
        canvas.put(row, x as u16, key, theme.rank);
        let help = canvas.fit(help, grid.width.saturating_sub(grid.keys + 1));
        canvas.put(row, (x + grid.keys + 1) as u16, &help, theme.text);
    }
}

/// How keys and what they do are laid out below each other, in several columns.
struct Grid {
    columns: usize,
    rows: usize,
    /// Cells of a column.
    width: usize,
    /// Cells of the keys in it.
    keys: usize,
}

impl Grid {
    fn of(items: &[(DisplayLine, DisplayLine)], canvas: &Canvas, model: &Model) -> Self {
        let room = usize::from(model.size.width).saturating_sub(2);
        let most_rows = layout::popup_room(model.size).max(1);
        let keys = items.iter().map(|(key, _)| canvas.cells(key)).max().unwrap_or(0);
        let help = items.iter().map(|(_, help)| canvas.cells(help)).max().unwrap_or(0);
        let fitting = |help: usize| ((room + GAP) / (keys + 1 + help + GAP)).max(1);
        // Columns get narrower rather than that keys are left out, as far as they can still be
        // understood.
        let (whole, most) = (fitting(help), fitting(NARROW.min(help)));
        let columns = items.len().div_ceil(most_rows).clamp(whole, most);
        let width = ((room + GAP) / columns).saturating_sub(GAP).min(keys + 1 + help);
        Self { columns, rows: items.len().div_ceil(columns).min(most_rows), width, keys }
    }
}

/// What commands that run one after the other do.
fn help(actions: &[Action], model: &Model) -> DisplayLine {
    let help: Vec<&str> = actions.iter().map(|action| action.spec().help(model.lang)).collect();
    DisplayLine::new(&help.join(model.lang.of("；", "; ")))
}

/// The keys typed so far, with the number before them.
pub(super) fn typed(model: &Model) -> DisplayLine {
    let count = model.count.iter().map(ToString::to_string);
    let typed: Vec<String> = count.chain(model.pending.iter().map(ToString::to_string)).collect();
    display!("{} ..", typed.join(" "))
}

/// The commands that fit what is typed, a row for each: its words, its keys, what it does.
fn commands(canvas: &mut Canvas, model: &Model, theme: &Theme) {
    let palette = &model.palette;
    let rows = layout::palette_rows(model.size, palette.found.len()).map_or(0, usize::from);
    let title = model.lang.of("命令", "Commands");
    let count = palette.found.len();
    let title = match palette.selected {
        Some(selected) => display!("{title} {}/{count}", selected + 1),
        None => display!("{title} {count}"),
    };
    let Some(place) = below_heading(canvas, model, rows, &title, theme) else { return };
    let shown = || palette.found.iter().enumerate().skip(palette.top).take(rows);
    let widest = |of: fn(&Choice) -> &str| {
        let cells = shown().map(|(_, choice)| model.widths.cells(of(choice)));
        cells.max().unwrap_or(0)
    };
    let (words, keys) = (widest(|it| it.spec.words), widest(|it| &it.keys));
    for (row, (at, choice)) in place.rows().zip(shown()) {
        let is_selected = palette.selected == Some(at);
        let style = if is_selected { theme.selected } else { theme.text };
        let beside = if is_selected { theme.selected } else { theme.rank };
        canvas.fill(row, style);
        canvas.put(row, 0, if is_selected { ">" } else { " " }, style);
        let ActionSpec { words: command, .. } = choice.spec;
        canvas.put(row, 1, *command, style);
        let room = usize::from(row.width).saturating_sub(1 + words + GAP);
        let key = canvas.fit(&display!("{}", choice.keys), room);
        canvas.put(row, (1 + words + GAP) as u16, &key, beside);
        let room = room.saturating_sub(keys + GAP);
        if room >= LEAST_HELP {
            let help = canvas.fit(choice.spec.help(model.lang), room);
            canvas.put(row, (1 + words + GAP + keys + GAP) as u16, &help, style);
        }
    }
}

/// Empties so many rows above the last one, with a heading over them; their place. `None` where there
/// is no room or nothing to show.
fn below_heading(
    canvas: &mut Canvas,
    model: &Model,
    rows: usize,
    title: &DisplayLine,
    theme: &Theme,
) -> Option<Rect> {
    let status = model.screen().status;
    let height = u16::try_from(rows).ok().filter(|rows| *rows > 0 && *rows < status.y)?;
    let place = Rect { y: status.y - height, height, ..status };
    canvas.fill(place, theme.text);
    let heading = Rect { y: place.y - 1, height: 1, ..place };
    let close = model.lang.of("Esc 取消", "Esc cancels");
    canvas.bar(heading, &display!(" {title}"), &display!("{close} "), theme.heading_focused);
    Some(place)
}
