//! The last row: what just happened or where one is, progress, and how to get help.

use ratatui::{
    layout::{Position, Rect},
    style::Modifier,
};

use super::{canvas::Canvas, page, popup, theme::Theme};
use crate::{
    app::{model::Model, msg::Invisible, prompt::PromptKind},
    lang::Lang,
    text::{
        display::{DisplayLine, display},
        sanitize::DisplayText,
    },
};

/// Cells of a note below which it says nothing.
const LEAST_NOTE: usize = 12;

pub(super) fn draw(canvas: &mut Canvas, place: Rect, model: &Model, theme: &Theme) {
    let Some(prompt) = &model.prompt else {
        let told = told(model);
        // What has just happened is there for a moment, and whole if it can be: it is read once.
        let urgent = told.as_ref().filter(|_| model.notice.is_some());
        let right = right(model, urgent.map(|told| canvas.cells(told) + 1));
        // A space at the left edge, and one before what stands at the right edge.
        let room = usize::from(place.width).saturating_sub(canvas.cells(&right) + 2);
        let left = told.unwrap_or_else(|| facts(model, room));
        canvas.bar(place, &display!(" {left}"), &right, theme.heading);
        return;
    };
    canvas.fill(place, theme.text);
    let misread = match prompt.kind() {
        PromptKind::Search => model.search.misread.as_ref(),
        PromptKind::Find => model.find.misread.as_ref(),
        PromptKind::Query => model.filters.misread.as_ref(),
        _ => None,
    };
    let sign = match prompt.kind() {
        PromptKind::Command => ":",
        PromptKind::Search | PromptKind::Find | PromptKind::Help => "/",
        PromptKind::Filter => "~",
        PromptKind::Query => "&",
        PromptKind::Tags => "#",
        PromptKind::Note => "\"",
        PromptKind::Pipe => "|",
        PromptKind::Export => ">",
    };
    canvas.put(place, 0, sign, theme.rank);
    let room = usize::from(place.width.saturating_sub(1));
    let used = 1 + canvas.put(place, 1, &prompt.window(room, model.widths).0, theme.text);
    if let Some((range, _)) = misread {
        let (before, part) = prompt.shown_part(*range, room, model.widths);
        let style = theme.trouble.add_modifier(Modifier::UNDERLINED);
        canvas.put(place, 1 + before as u16, &part, style);
    }
    // What a key says just now comes before what is wrong with a line that is still being typed.
    if let Some(notice) = model.notice.as_ref().or(misread.map(|(_, why)| why)) {
        let room = usize::from(place.width.saturating_sub(used + 2));
        let notice = canvas.fit(notice, room);
        canvas.put(place, used + 2, &notice, theme.dim);
    }
}

/// The cell of the caret while a line is typed, so that an input method shows its choices there.
pub(super) fn caret(place: Rect, model: &Model) -> Option<Position> {
    let prompt = model.prompt.as_ref()?;
    let room = usize::from(place.width.saturating_sub(1));
    let (_, cells) = prompt.window(room, model.widths);
    let caret = Position::new(place.x.saturating_add(1 + cells as u16), place.y);
    place.contains(caret).then_some(caret)
}

/// What has just happened, or is going on.
fn told(model: &Model) -> Option<DisplayLine> {
    if !model.pending.is_empty() || model.count.is_some() {
        return Some(popup::typed(model));
    }
    if let Some(notice) = &model.notice {
        return Some(notice.clone());
    }
    if let Some((done, all)) = model.export.running {
        return Some(match model.lang {
            Lang::Zh => display!("正在导出 {done}/{all} .. Esc 停止"),
            Lang::En => display!("Exporting {done}/{all} .. Esc stops"),
        });
    }
    if model.search.is_on && model.search.is_running {
        return Some(model.lang.of("正在查找 .. Esc 停止", "Searching .. Esc stops").into());
    }
    page::told(model).filter(|_| model.page.is_on)
}

/// How things stand, in `room` cells: what is wrong first, then the note about the article, which has what
/// the rest leaves.
fn facts(model: &Model, room: usize) -> DisplayLine {
    let archive = &model.archive;
    let (mut wrong, mut facts) = (Vec::new(), Vec::new());
    if model.marks.unsaved > 0 {
        let unsaved = model.lang.of("未保存的标记", "unsaved marks");
        wrong.push(format!("! {unsaved} {}", model.marks.unsaved));
    }
    if archive.problem_count() > 0 {
        let problems = archive.problem_count();
        wrong.push(format!("! {problems} {}", model.lang.of("个问题", "problems")));
    }
    let (articles, sources) = (archive.article_count(), archive.found_count());
    facts.push(match model.lang {
        Lang::Zh => format!("{articles} 篇 / {sources} 个来源"),
        Lang::En => {
            format!("{articles} article{} / {sources} source{}", plural(articles), plural(sources))
        }
    });
    if archive.skipped > 0 {
        facts.push(format!("{} {}", model.lang.of("跳过", "skipped"), archive.skipped));
    }
    if model.invisible == Invisible::Marked {
        facts.push(model.lang.of("显示隐藏字符", "hidden characters are shown").to_owned());
    }
    let hidden = model.reader.text().map_or(0, DisplayText::hidden);
    if hidden > 0 {
        facts.push(format!("{hidden} {}", model.lang.of("个隐藏字符", "hidden characters")));
    }
    let damaged = model.reader.article().map_or(0, |article| article.damage.len());
    if damaged > 0 {
        facts.push(match model.lang {
            Lang::Zh => format!("疑似损坏 {damaged} 处"),
            Lang::En => format!("{damaged} damaged place{}", plural(damaged)),
        });
    }
    let cells =
        |facts: &[String]| -> usize { facts.iter().map(|fact| model.widths.cells(fact) + 2).sum() };
    let left = room.saturating_sub(cells(&wrong) + cells(&facts)).max(LEAST_NOTE);
    wrong.extend(note(model, left));
    wrong.append(&mut facts);
    DisplayLine::new(&wrong.join("  "))
}

/// The note about the selected article in `room` cells, where it has no place of its own.
fn note(model: &Model, room: usize) -> Option<String> {
    let is_elsewhere = model.screen().note().is_some();
    let marks = model.selected_marks().filter(|it| !it.note.is_empty() && !is_elsewhere)?;
    let note = display!("{}: {}", model.lang.of("备注", "note"), DisplayLine::new(&marks.note));
    Some(note.shown().fit(room, model.widths).to_string())
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Progress, whose the mouse is, and keys. `urgent`: cells of what stands at the left and goes first.
fn right(model: &Model, urgent: Option<usize>) -> DisplayLine {
    let archive = &model.archive;
    let mut parts = Vec::new();
    let (analysed, wanted) = model.analysed();
    if !archive.complete {
        let reading = model.lang.of("读取", "read");
        parts.push(format!("{reading} {}/{}", archive.settled_count(), archive.found_count()));
    } else if let Some((done, all)) = archive.indexing {
        parts.push(format!("{} {done}/{all}", model.lang.of("索引", "index")));
    } else if analysed < wanted {
        parts.push(format!("{} {analysed}/{wanted}", model.lang.of("预先分析", "analysed ahead")));
    }
    let progress = parts.len();
    parts.push(mouse(model).to_owned());
    parts.extend_from_slice(&model.hints);
    let fits = |parts: &[String]| {
        // As much as the bar gives to what stands at its right edge.
        model.widths.cells(&parts.join("  ")) < usize::from(model.size.width) / 2
    };
    if model.mouse.is_on && !fits(&parts) {
        parts.remove(progress);
    }
    while !model.mouse.is_on && !fits(&parts) && parts.len() > 1 {
        parts.pop();
    }
    let width = usize::from(model.size.width);
    // A space behind what stands at the left, and one at the right edge.
    let room = urgent.map_or(width, |cells| width.saturating_sub(cells + 2));
    while !parts.is_empty() && model.widths.cells(&parts.join("  ")) > room {
        parts.pop();
    }
    display!("{} ", parts.join("  "))
}

/// Whose the mouse is. What the terminal does with it, people wonder about: only a message covers that.
fn mouse(model: &Model) -> &'static str {
    if model.mouse.is_on {
        model.lang.of("[鼠标]", "[mouse]")
    } else {
        model.lang.of("[鼠标:关]", "[mouse:off]")
    }
}
