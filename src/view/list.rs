//! The list of articles. Columns go one by one as room shrinks; the title goes last.

use ratatui::{layout::Rect, style::Style};

use super::{canvas::Canvas, crumbs::crumbs, theme::Theme};
use crate::{
    app::{action::Pane, filters::Filter, model::Model, sorting},
    article::order::{GroupBy, SortBy},
    listing::{ArticleKey, Certainty, Known, Row, TitleFilter},
    text::{
        display::{DisplayLine, DisplayStr, display},
        range::TextRange,
    },
};

/// Cells before the title: the cursor, the flags, and one that stays empty.
const LEAD: usize = 4;
/// Stands before an article that has been read, and before one with a star. One cell everywhere: ★ is two
/// on some terminals.
const READ: &str = "✓";
const STAR: &str = "*";
/// Cells of the column with the length.
const CHARS: usize = 7;
/// Cells of the column with the authors, and the room from which on it is shown.
const BYLINE: (usize, usize) = (12, 56);
/// Cells of the column with the date; the room from which on it is shown, and that from which on it
/// is shown when the list is sorted by it.
const DATE: (usize, usize, usize) = (12, 92, 44);
/// Cells of the column with the source, and the room from which on it is shown.
const SOURCE: (usize, usize) = (22, 78);

pub(super) fn heading(model: &Model) -> (DisplayLine, DisplayLine) {
    let archive = &model.archive;
    let position = model.list.position(archive).map_or(0, |at| at + 1);
    let right = if archive.complete {
        sorting::heading(archive, model.lang).unwrap_or_default()
    } else {
        let reading = model.lang.of("读取", "reading");
        display!("{reading} {}/{}", archive.settled_count(), archive.found_count())
    };
    let count = archive.rows().len();
    if model.filters.is_empty() {
        return (display!("{position}/{count}  {}", model.name), right);
    }
    let place = display!("{}/{count}  ", if count == 0 { 0 } else { position });
    let width = model.screen().place(Pane::List).map_or(0, |place| usize::from(place.width));
    // The name of the pane, the mark of the focus, and the gaps beside them.
    let name = model.widths.cells(model.lang.of("文章", "Articles")) + 4;
    let cells = |line: &DisplayLine| model.widths.cells(line.as_str());
    let room = width.saturating_sub(name + cells(&place) + cells(&right));
    (display!("{place}{}", crumbs(model, room)), right)
}

pub(super) fn draw(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    let rows = model.archive.rows().iter().skip(model.list.top);
    if model.archive.rows().is_empty() {
        let text = if model.filters.all().iter().any(Filter::lacks_keywords) {
            model.lang.of(
                "没有用索引，不知道关键词 (kw:)。Esc 取消最后一个筛选",
                "No index is in use, which knows keywords (kw:). Esc takes the filter away",
            )
        } else if !model.filters.is_empty() {
            model.lang.of(
                "没有通过筛选的文章。Esc 取消最后一个筛选",
                "Nothing passes. Esc takes the last filter away",
            )
        } else if model.archive.complete {
            match model.archive.problem_count() {
                0 => model.lang.of("这里没有文章。q 退出", "No articles here. q quits"),
                _ => model.lang.of(
                    "这里没有文章。! 看问题，q 退出",
                    "No articles here. ! shows problems, q quits",
                ),
            }
        } else {
            model.lang.of("正在找文章 ..", "Looking for articles ..")
        };
        canvas.put(content, 1, text, theme.dim);
    }
    let mut matcher = model.archive.title_filter().map(TitleFilter::matcher);
    let mut places = content.rows();
    for (at, key) in (model.list.top..).zip(rows) {
        // As the pane reckons: on a single row there is no room for headings.
        if content.height > 1 && model.archive.begins_group(at) {
            let Some(place) = places.next() else { break };
            draw_heading(canvas, place, model, *key, theme);
        }
        let Some(place) = places.next() else { break };
        let hits = model.archive.row(*key).zip(matcher.as_mut());
        let hits = hits.map_or_else(Vec::new, |(row, matcher)| matcher.hits(row.title.as_str()));
        draw_row(canvas, place, model, (*key, &hits), theme);
    }
}

/// The heading of a group.
fn draw_heading(canvas: &mut Canvas, place: Rect, model: &Model, key: ArticleKey, theme: &Theme) {
    let unknown = match model.archive.order().group {
        GroupBy::Date => model.lang.of("日期不明", "no date"),
        GroupBy::Paper => model.lang.of("报纸不明", "no newspaper"),
        GroupBy::Author => model.lang.of("没有署名", "no author"),
        GroupBy::None => "",
    };
    let group = model.archive.group_of(key).unwrap_or_else(|| unknown.into());
    let room = usize::from(place.width).saturating_sub(1);
    put_fitted(canvas, place, 1, &display!("-- {group}"), room, theme.dim);
}

fn draw_row(
    canvas: &mut Canvas,
    place: Rect,
    model: &Model,
    (key, hits): (ArticleKey, &[TextRange]),
    theme: &Theme,
) {
    let Some(known) = model.archive.known(key.source) else { return };
    let name = model.archive.name(key.source);
    let selected = model.list.selected == Some(key);
    let marks = model.archive.row(key).and_then(|row| model.marks.of(row.id));
    let is_read = marks.is_some_and(|marks| marks.read);
    let style = match (selected, model.focus == Pane::List) {
        (true, true) => theme.selected,
        (true, false) => theme.selected_unfocused,
        (false, _) if is_read => theme.dim,
        (false, _) => theme.text,
    };
    canvas.fill(place, style);
    let cursor = if selected { ">" } else { " " };
    canvas.put(place, 0, cursor, style);
    let quiet = if selected { style } else { theme.dim };
    match (model.archive.row(key), known) {
        (Some(row), _) => {
            let analysed = model.is_analysed(key);
            let flag = if is_read { READ } else { flag(&row, analysed) };
            canvas.put(place, 1, flag, quiet);
            if marks.is_some_and(|marks| marks.starred) {
                canvas.put(place, 2, STAR, style);
            }
            // Of a member its own name tells more than that of the archive file, which the text shows.
            let name = if row.member.is_empty() { name } else { row.member };
            let room = draw_columns(canvas, place, &row, (name, date_room(model)), quiet);
            let hit = if selected { theme.found_here } else { theme.found };
            draw_title(canvas, place, (row.title, room), hits, [style, style.patch(hit)]);
        }
        (None, Known::Failed(why)) => {
            let text = display!("! {name}: {why}");
            let style = if selected { style } else { theme.trouble };
            put_fitted(canvas, place, 1, &text, usize::from(place.width).saturating_sub(1), style);
        }
        (None, _) => {
            let room = usize::from(place.width).saturating_sub(LEAD);
            put_fitted(canvas, place, LEAD, name, room, quiet);
        }
    }
}

/// `≈` where the beginning of the article is not certain, `.` where it is not analysed yet.
fn flag(row: &Row<'_>, analysed: bool) -> &'static str {
    match (row.certainty, analysed) {
        (Certainty::Likely, _) => "≈",
        (Certainty::Sure, false) => ".",
        (Certainty::Sure, true) => " ",
    }
}

/// Draws what stands behind the title; the room that is left for that.
fn draw_columns(
    canvas: &mut Canvas,
    place: Rect,
    row: &Row<'_>,
    (source, date_from): (DisplayStr<'_>, Option<usize>),
    quiet: Style,
) -> usize {
    let room = usize::from(place.width);
    let mut end = room;
    let mut column = |canvas: &mut Canvas, text: DisplayStr<'_>, cells: usize| {
        end = end.saturating_sub(cells);
        put_fitted(canvas, place, end + 1, text, cells.saturating_sub(2), quiet);
    };
    if room >= 30 {
        let chars = display!("{:>width$}", row.chars, width = CHARS - 2);
        column(canvas, chars.shown(), CHARS);
    }
    let dated = date_from.is_some_and(|from| room >= from);
    if dated {
        let date = row.date.map(DisplayLine::of).unwrap_or_default();
        column(canvas, date.shown(), DATE.0);
    }
    if room >= SOURCE.1 + if dated { DATE.0 } else { 0 } {
        column(canvas, source, SOURCE.0);
    }
    if room >= BYLINE.1 {
        column(canvas, row.byline, BYLINE.0);
    }
    end.saturating_sub(LEAD)
}

/// Draws a title into some cells, with what of it was typed in a style of its own.
fn draw_title(
    canvas: &mut Canvas,
    place: Rect,
    (title, room): (DisplayStr<'_>, usize),
    hits: &[TextRange],
    [style, hit_style]: [Style; 2],
) {
    let shown = canvas.fit(title, room);
    canvas.put(place, LEAD as u16, &shown, style);
    // Behind it stands a mark where the title goes on.
    let same = shown.as_str().bytes().zip(title.as_str().bytes()).take_while(|(a, b)| a == b);
    let same = same.count();
    for hit in hits.iter().filter(|hit| hit.end <= same) {
        let x = LEAD + canvas.cells(title.slice(TextRange::new(0, hit.start)));
        canvas.put(place, x as u16, title.slice(*hit), hit_style);
    }
}

/// The room from which on the column with the date is shown; `None` if no date is known, or if
/// the headings of the groups tell it.
fn date_room(model: &Model) -> Option<usize> {
    let order = model.archive.order();
    let wanted = model.archive.has_dates() && order.group != GroupBy::Date;
    wanted.then_some(if order.by == SortBy::Date { DATE.2 } else { DATE.1 })
}

pub(super) fn put_fitted<'t>(
    canvas: &mut Canvas,
    place: Rect,
    x: usize,
    text: impl Into<DisplayStr<'t>>,
    room: usize,
    style: Style,
) {
    canvas.put(place, x as u16, &canvas.fit(text, room), style);
}
