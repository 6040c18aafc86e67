//! The results of a search: a headline for each article, and below it its hits with what stands
//! around them, one below the other.

use ratatui::{layout::Rect, style::Style};

use super::{canvas::Canvas, list::put_fitted, theme::Theme};
use crate::{
    app::{
        action::Pane,
        model::Model,
        overlay::{Line, paragraph},
        search::{Detail, Results},
    },
    lang::Lang,
    query::GRAMMAR,
    text::display::{DisplayLine, display},
};

/// Cells before a headline.
const LEAD: usize = 2;
/// Cells before a row of context.
const INDENT: usize = 2;
/// Share of the columns before a hit.
const BEFORE: usize = 3;
/// Cells of the column with the number of hits.
const COUNT: usize = 5;
/// Room from which on the date is shown, and the cells that it takes.
const DATE: (usize, usize) = (48, 11);

/// Columns from which on what can be typed is explained beside it, not below.
const EXPLAINED: usize = 76;

pub(super) fn heading(model: &Model) -> (DisplayLine, DisplayLine) {
    let (search, lang) = (&model.search, model.lang);
    let Results { articles, hits, counted, looked, missing, is_running, is_full, .. } =
        search.results;
    if search.is_blank() {
        return (DisplayLine::default(), DisplayLine::default());
    }
    let more = if is_full { "+" } else { "" };
    let position = if articles == 0 { 0 } else { search.selected + 1 };
    let shown = search.accepted.as_deref().filter(|_| model.prompt.is_none()).unwrap_or("");
    let left = match &search.near {
        Some((_, title)) => display!("{position}/{articles}  {title}"),
        None => display!("{position}/{articles}{more}  {}", DisplayLine::new(shown)),
    };
    if let Some(looked) = looked.filter(|_| is_running) {
        let all = model.archive.found_count();
        return (left, display!("{} {looked}/{all}", lang.of("查找", "searched")));
    }
    // The hits of an article are counted when there is nothing better to do.
    let more = if counted < articles || is_full { "+" } else { "" };
    let hits = match lang {
        Lang::Zh => display!("{hits}{more} 处"),
        Lang::En => display!("{hits}{more} hit{}", if hits == 1 { "" } else { "s" }),
    };
    if missing > 0 {
        let told = lang.of("个来源未索引", "not indexed");
        return (left, display!("{hits}  {missing} {told}"));
    }
    let pinyin = if search.is_literal { lang.of("  不用拼音", "  no pinyin") } else { "" };
    if looked.is_some() {
        return (left, display!("{hits}{pinyin}"));
    }
    let order = match search.near {
        Some(_) => lang.of("最相近的在前", "nearest first"),
        None => search.order.told(lang),
    };
    if search.results.hits == 0 && articles > 0 {
        return (left, display!("{order}{pinyin}"));
    }
    (left, display!("{hits}  {order}{pinyin}"))
}

pub(super) fn draw(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    let search = &model.search;
    if search.is_blank() {
        return explain(canvas, content, model, theme);
    }
    if search.results.articles == 0 {
        let text = if search.is_running {
            model.lang.of("正在查找 ..", "Searching ..")
        } else if search.near.is_some() {
            model.lang.of("没有相近的文章。Esc 返回", "Nothing is near to it. Esc goes back")
        } else if search.misread.is_some() {
            model.lang.of("/ 改词，Esc 返回", "/ changes it, Esc leaves")
        } else {
            model.lang.of("没有找到。/ 改词，Esc 返回", "Nothing found. / changes it, Esc leaves")
        };
        canvas.put(content, 1, text, theme.dim);
        return;
    }
    let mut places = content.rows();
    for at in search.top..search.results.articles {
        let Some(place) = places.next() else { return };
        let Some(detail) = search.detail(at) else {
            canvas.put(place, LEAD as u16, "..", theme.dim);
            for _ in 0..search.lines {
                places.next();
            }
            continue;
        };
        draw_headline(canvas, place, (detail, at == search.selected), model, theme);
        for line in detail.lines.iter().take(search.lines) {
            let Some(place) = places.next() else { return };
            let room = usize::from(place.width).saturating_sub(INDENT);
            let line = line.narrowed(room / BEFORE, model.widths);
            let before = if line.hit.is_empty() {
                INDENT
            } else {
                (INDENT + room / BEFORE).saturating_sub(canvas.cells(&line.before))
            };
            let mut x = before as u16;
            for (text, style) in
                [(&line.before, theme.dim), (&line.hit, theme.found), (&line.after, theme.dim)]
            {
                let room = usize::from(place.width.saturating_sub(x));
                x += canvas.put(place, x, &canvas.fit(text, room), style);
            }
        }
    }
}

fn draw_headline(
    canvas: &mut Canvas,
    place: Rect,
    (detail, is_selected): (&Detail, bool),
    model: &Model,
    theme: &Theme,
) {
    let style = match (is_selected, model.focus == Pane::List) {
        (true, true) => theme.selected,
        (true, false) => theme.selected_unfocused,
        (false, _) => theme.title,
    };
    canvas.fill(place, style);
    canvas.put(place, 0, if is_selected { ">" } else { " " }, style);
    let quiet = if is_selected { style } else { theme.dim };
    let room = usize::from(place.width);
    let mut end = room;
    let mut column = |canvas: &mut Canvas, text: &DisplayLine, cells: usize| {
        if end > cells + LEAD + 8 {
            end -= cells;
            put_fitted(canvas, place, end, text, cells, quiet);
        }
    };
    let count = if detail.count == 0 { "-".into() } else { display!("{}", detail.count) };
    column(canvas, &display!("{count:>COUNT$} "), COUNT + 1);
    if room >= DATE.0 && !detail.date.is_empty() {
        column(canvas, &display!(" {}", detail.date), DATE.1);
    }
    // Those that stand each for itself differ by where they come from.
    if let Some(key) = detail.key.filter(|_| model.search.unfolded.is_some()) {
        let name = display!(" {}", model.archive.name(key.source));
        let cells = canvas.cells(&name).min(room / 3);
        column(canvas, &name, cells);
    }
    if detail.copies > 1 {
        let copies = display!(" ×{}", detail.copies);
        let cells = canvas.cells(&copies);
        column(canvas, &copies, cells);
    }
    if detail.by_pinyin {
        let badge: DisplayLine = model.lang.of(" [拼音]", " [pinyin]").into();
        let cells = canvas.cells(&badge);
        column(canvas, &badge, cells);
    }
    draw_title(canvas, Rect { width: end as u16, ..place }, detail, (style, is_selected), theme);
}

fn draw_title(
    canvas: &mut Canvas,
    place: Rect,
    detail: &Detail,
    (style, is_selected): (Style, bool),
    theme: &Theme,
) {
    // On the bar of the selected row a hit stands out as in the text.
    let hit = if is_selected { theme.found_here } else { theme.found };
    let mut x = LEAD as u16;
    for (piece, is_hit) in &detail.title {
        let room = usize::from(place.width.saturating_sub(x));
        let style = if *is_hit { style.patch(hit) } else { style };
        x += canvas.put(place, x, &canvas.fit(piece, room), style);
    }
}

/// What can be typed, as long as nothing is.
fn explain(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    // What asks for marks finds nothing as long as there are none.
    let of_marks = |example: &str| ["tag:", "is:"].iter().any(|mark| example.starts_with(mark));
    let rules = GRAMMAR.iter().filter(|rule| !of_marks(rule.example));
    let mut places = content.rows();
    let column = rules.clone().map(|rule| canvas.cells(rule.example)).max().unwrap_or(0);
    let beside = usize::from(content.width) >= EXPLAINED;
    let indent = if beside { column + 4 } else { 4 };
    let room = usize::from(content.width).saturating_sub(indent);
    for rule in rules {
        let Some(place) = places.next() else { return };
        put_fitted(canvas, place, 2, rule.example, usize::from(content.width), theme.text);
        let meaning = DisplayLine::new(rule.meaning(model.lang));
        if beside {
            put_fitted(canvas, place, indent, &meaning, room, theme.dim);
            continue;
        }
        for line in paragraph(meaning.shown(), room.max(2), model.widths) {
            let Some(place) = places.next() else { return };
            if let Line::Text(text) = line {
                put_fitted(canvas, place, indent, &text, room, theme.dim);
            }
        }
    }
}
