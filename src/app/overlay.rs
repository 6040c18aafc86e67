//! What lies over the panes: the help and the list of problems.

use super::{
    action::{ACTIONS, Context, Group},
    keymap::Keymap,
    viewport::Span,
};
use crate::{
    lang::Lang,
    text::{
        display::{DisplayLine, DisplayStr},
        width::Widths,
        wrap::{Measure, wrap},
    },
};

/// Which overlay it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayKind {
    /// Keys and what they do.
    Help,
    /// What could not be read.
    Problems,
    /// Why a sentence is a key sentence.
    Why,
}

impl OverlayKind {
    /// The context its keys are looked up in.
    pub fn context(self) -> Context {
        match self {
            Self::Help => Context::Help,
            // It is read and left as they are.
            Self::Problems | Self::Why => Context::Problems,
        }
    }
}

/// An open overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Which one.
    pub kind: OverlayKind,
    /// What it says.
    pub lines: Vec<Line>,
    /// First visible line.
    pub top: usize,
}

/// A line of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Heading of a section.
    Heading(DisplayLine),
    /// Keys and what they do.
    Keys(DisplayLine, DisplayLine),
    /// Plain text.
    Text(DisplayLine),
}

impl Overlay {
    /// Scrolls, so that the last line can reach the last row of the window but not leave it.
    pub fn scroll(&mut self, span: Span, room: usize) {
        let end = self.lines.len().saturating_sub(room);
        self.top = span.apply(self.top, end + 1);
    }
}

/// The help: every command with its keys in `context`, by group, from the registry.
pub fn help(keymap: &Keymap, context: Context, lang: Lang) -> Vec<Line> {
    let mut lines = Vec::new();
    for group in Group::ALL {
        lines.push(Line::Heading(group.title(lang).into()));
        for spec in ACTIONS.iter().filter(|spec| spec.group == group) {
            // A command that does not work in this pane is shown with its keys elsewhere.
            let place = if spec.works_in(context) { Some(&context) } else { spec.contexts.first() };
            let keys = place.map_or_else(Vec::new, |place| keymap.keys_for(*place, spec.action));
            let keys: Vec<String> = keys.iter().take(3).map(ToString::to_string).collect();
            if !keys.is_empty() {
                lines.push(Line::Keys(DisplayLine::new(&keys.join("  ")), spec.help(lang).into()));
            }
        }
        lines.push(Line::Text(DisplayLine::default()));
    }
    lines.push(Line::Heading(lang.of("列表中的记号", "Marks in the list").into()));
    for (mark, zh, en) in [
        ("≈", "不能肯定这里是一篇文章的开头", "It is not certain that an article begins here"),
        (".", "还没有分析", "Not analysed yet"),
        ("!", "读取不了", "Cannot be read"),
        ("×2", "结果中内容相同的几篇合为一条", "Several results with the same text, shown once"),
    ] {
        lines.push(Line::Keys(mark.into(), lang.of(zh, en).into()));
    }
    lines
}

/// Text of any length as lines of at most `room` cells.
pub fn paragraph(text: DisplayStr<'_>, room: usize, widths: Widths) -> impl Iterator<Item = Line> {
    let rows = wrap(text.as_str(), Measure { width: room, indent: 0, hang: 0, widths });
    rows.into_iter().map(move |row| Line::Text(text.slice(row.range).trim_end().to_line()))
}

/// Cells that the keys of the help need.
pub fn key_column(lines: &[Line], widths: Widths) -> usize {
    let keys = lines.iter().map(|line| match line {
        Line::Keys(keys, _) => widths.cells(keys.as_str()),
        Line::Heading(_) | Line::Text(_) => 0,
    });
    keys.max().unwrap_or(0)
}
