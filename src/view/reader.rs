//! The text of the article, with its key sentences and the places of a keyword lit.

use ratatui::{layout::Rect, style::Style};

use super::{canvas::Canvas, theme::Theme};
use crate::{
    app::{
        action::{Action, Context, Pane},
        flow::FlowRow,
        model::Model,
        reader::{self, GUTTER},
        scroll_bar::{Notch, Tick},
        update::hashed,
    },
    article::Role,
    lang::Lang,
    text::{
        display::{DisplayLine, DisplayStr, display},
        range::TextRange,
        sanitize::DisplayText,
    },
};

pub(super) fn heading(model: &Model) -> (DisplayLine, DisplayLine) {
    let name = model.list.selected.and_then(|key| {
        let place = model.archive.place(key)?;
        let row = model.archive.row(key)?;
        let Some(marks) = model.marks.of(row.id) else {
            return Some(display!("{place}:{}", row.line));
        };
        let star = if marks.starred { " *" } else { "" };
        Some(display!("{place}:{}{star} {}", row.line, hashed(marks)))
    });
    let percent = model.reader.key().map(|_| match model.reader.level.percent() {
        100 => display!("{}%", model.reader.percent()),
        level => {
            display!("{} {level}% · {}%", model.lang.of("详略", "level"), model.reader.percent())
        }
    });
    (name.unwrap_or_default(), percent.unwrap_or_default())
}

/// Draws the beginning of the note above the text.
pub(super) fn draw_note(canvas: &mut Canvas, place: Rect, model: &Model, theme: &Theme) {
    for (number, (row, line)) in place.rows().zip(model.note_rows(place.width)).enumerate() {
        if number == 0 {
            canvas.put(row, 0, "\"", theme.rank);
        }
        canvas.put(row, 2, &line, theme.dim);
    }
}

pub(super) fn draw(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    let Some(text) = model.reader.text() else {
        let (message, style) = match model.failure() {
            Some(why) => (why.shown(), theme.trouble),
            None if model.list.selected.is_some() => {
                (model.lang.of("正在读取 ..", "Loading ..").into(), theme.dim)
            }
            None => ("".into(), theme.dim),
        };
        canvas.put(content, 1, message, style);
        return;
    };
    let measure = reader::measure(usize::from(content.width), model.measure, model.widths);
    let used = GUTTER + measure.width + measure.hang + 1;
    let left = usize::from(content.width).saturating_sub(used) / 2;
    let column = Rect {
        x: content.x + left as u16,
        width: content.width.saturating_sub(left as u16),
        ..content
    };
    let lights = Lights::new(model, text, theme);
    let first_fold = model.reader.first_fold();
    for (place, row) in column.rows().zip(&model.reader.visible) {
        if let Some(sentences) = row.folded {
            let is_first = first_fold.is_some_and(|first| std::ptr::eq(first, row));
            draw_fold(canvas, place, row, sentences, is_first, model, theme);
            continue;
        }
        let ranks = Rect { width: place.width.min(GUTTER as u16 - 1), ..place };
        let used = canvas.put(ranks, 0, &lights.ranks(row), theme.rank);
        if model.reader.is_joined(row) {
            canvas.put(place, used.max(GUTTER as u16 - 2), JOINED, theme.dim);
        }
        draw_row(canvas, place, row, text.shown(), &lights, theme);
        if lights.is_flashing(row) {
            let measure = (measure.width + measure.hang) as u16;
            let x = place.x + (GUTTER as u16).min(place.width);
            let width = measure.min(place.right().saturating_sub(x + 1));
            canvas.restyle(Rect { x, width, ..place }, theme.flash);
        }
    }
    draw_scroll_bar(canvas, content, model, theme);
}

/// The row of a fold: how many sentences it has, and how to open the one that is opened first.
fn draw_fold(
    canvas: &mut Canvas,
    place: Rect,
    row: &FlowRow,
    sentences: u32,
    is_first: bool,
    model: &Model,
    theme: &Theme,
) {
    let count = match (sentences, model.lang) {
        (0, _) => display!("⋯"),
        (_, Lang::Zh) => display!("⋯ {sentences} 句"),
        (1, Lang::En) => display!("⋯ 1 sentence"),
        (_, Lang::En) => display!("⋯ {sentences} sentences"),
    };
    let x = (GUTTER + row.indent) as u16;
    let used = canvas.put(place, x, &count, theme.dim);
    if is_first && model.focus == Pane::Reader {
        let keys = model.keymap.keys_for(Context::Reader, Action::Unfold);
        if let Some(key) = keys.first() {
            canvas.put(place, x + used + 2, &display!("{key}"), theme.dim);
        }
    }
}

/// Stands before a row in which the text of two lines of the page was joined. One cell everywhere.
const JOINED: &str = "¦";

fn draw_row(
    canvas: &mut Canvas,
    place: Rect,
    row: &FlowRow,
    text: DisplayStr,
    lights: &Lights,
    theme: &Theme,
) {
    let mut x = GUTTER + row.indent;
    let base = base_style(row.role, theme);
    for (range, style) in lights.spans(row.range, base) {
        x += usize::from(canvas.put(place, x as u16, text.slice(range), style));
    }
}

pub(super) fn base_style(role: Role, theme: &Theme) -> Style {
    match role {
        Role::Title | Role::Heading => theme.title,
        Role::Paragraph | Role::Abstract | Role::Subtitle | Role::Kicker => theme.text,
        Role::Blank
        | Role::Byline
        | Role::Affiliation
        | Role::Source
        | Role::Column
        | Role::PullQuote
        | Role::Caption
        | Role::Credit
        | Role::PageHeader
        | Role::Other => theme.dim,
    }
}

/// What is lit on the visible rows, as ranges of the displayed text.
struct Lights {
    /// Key sentences with their ranks, in order.
    keys: Vec<(TextRange, usize, Style)>,
    /// Places of the keyword, in order.
    hits: Vec<TextRange>,
    hit: Style,
    /// The place that was gone to last.
    here: Option<TextRange>,
    hit_here: Style,
    /// Hits of the search, in order, and the one that was gone to last.
    found: Vec<TextRange>,
    found_here: Option<TextRange>,
    found_styles: [Style; 2],
    /// Where a jump has landed.
    flash: Option<TextRange>,
}

impl Lights {
    fn new(model: &Model, text: &DisplayText, theme: &Theme) -> Self {
        let (first, last) = match model.reader.visible.as_slice() {
            [first, .., last] => (first.range.start, last.range.end),
            [only] => (only.range.start, only.range.end),
            [] => (0, 0),
        };
        let screen = TextRange::new(text.to_source(first), text.to_source(last));
        let selected = model.sentences.current().map(|sentence| sentence.rank);
        let keys = model.sentences.ranges().filter(|(_, range)| range.overlaps(screen));
        let keys = keys.map(|(rank, range)| {
            let style = if Some(rank) == selected { theme.key_selected } else { theme.key };
            (text.range_to_display(range), rank, style)
        });
        let places = model.keywords.current().filter(|_| model.is_lit());
        let hits = places.map_or(&[][..], |keyword| &keyword.places);
        let from = hits.partition_point(|hit| hit.end <= screen.start);
        let hits = hits.iter().skip(from).take_while(|hit| hit.start < screen.end);
        let hits = hits.map(|hit| text.range_to_display(*hit)).collect();
        let here = model.keywords.place().filter(|_| model.is_lit());
        let here = here.map(|place| text.range_to_display(place));
        let (found, found_here) = model.lit_hits().unwrap_or_default();
        let from = found.partition_point(|hit| hit.end <= screen.start);
        let found = found.iter().skip(from).take_while(|hit| hit.start < screen.end);
        Self {
            keys: keys.collect(),
            hits,
            hit: theme.hit,
            here,
            hit_here: theme.hit_here,
            found: found.map(|hit| text.range_to_display(*hit)).collect(),
            found_here: found_here.map(|hit| text.range_to_display(hit)),
            found_styles: [theme.found, theme.found_here],
            flash: model.flashing().map(|place| text.range_to_display(place)),
        }
    }

    /// Whether the row has something of the place where a jump has landed.
    fn is_flashing(&self, row: &FlowRow) -> bool {
        self.flash.is_some_and(|place| row.range.contains(place.start) || row.range.overlaps(place))
    }

    /// The ranks of the key sentences that begin on the row.
    fn ranks(&self, row: &FlowRow) -> DisplayLine {
        let begins = |(range, ..): &&(TextRange, usize, Style)| row.range.contains(range.start);
        let ranks = self.keys.iter().filter(begins).map(|(_, rank, _)| rank.to_string());
        display!("{:>2}", ranks.collect::<Vec<_>>().join(","))
    }

    /// Cuts a row where its style changes.
    fn spans(&self, row: TextRange, base: Style) -> Vec<(TextRange, Style)> {
        let mut cuts = vec![row.start, row.end];
        let lit = self.keys.iter().map(|(range, ..)| *range);
        let lit = lit.chain(self.hits.iter().copied()).chain(self.found.iter().copied());
        cuts.extend(lit.flat_map(|range| [range.start, range.end]).filter(|at| row.contains(*at)));
        cuts.sort_unstable();
        cuts.dedup();
        let pairs = cuts.windows(2).filter_map(|pair| match pair {
            [start, end] => Some(TextRange::new(*start, *end)),
            _ => None,
        });
        pairs.map(|range| (range, self.style(range.start, base))).collect()
    }

    fn style(&self, at: usize, base: Style) -> Style {
        if self.here.is_some_and(|here| here.contains(at)) {
            return base.patch(self.hit_here);
        }
        if self.hits.iter().any(|hit| hit.contains(at)) {
            return base.patch(self.hit);
        }
        let [found, found_here] = self.found_styles;
        if self.found_here.is_some_and(|here| here.contains(at)) {
            return base.patch(found_here);
        }
        if self.found.iter().any(|hit| hit.contains(at)) {
            return base.patch(found);
        }
        let key = self.keys.iter().find(|(range, ..)| range.contains(at));
        key.map_or(base, |(_, _, style)| base.patch(*style))
    }
}

/// The bar at the right edge: which part of the text is on the screen, and where the rest has key sentences
/// and hits. All of its signs take one cell everywhere.
fn draw_scroll_bar(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    let Some(bar) = model.scroll_bar(usize::from(content.height)) else { return };
    let edge =
        Rect { x: content.right().saturating_sub(1), width: content.width.min(1), ..content };
    for (place, notch) in edge.rows().zip(bar) {
        let (sign, style) = match notch {
            Notch { tick: Some(Tick::Hit), .. } => ("*", theme.rank),
            Notch { tick: Some(Tick::Sentence), .. } => ("-", theme.key),
            Notch { is_thumb: true, tick: None } => ("▐", theme.dim),
            Notch { is_thumb: false, tick: None } => ("╎", theme.dim),
        };
        let marks_thumb = notch.is_thumb && notch.tick.is_some();
        canvas.put(place, 0, sign, if marks_thumb { theme.selected } else { style });
    }
}
