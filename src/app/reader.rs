//! The text of the selected article.

use std::sync::Arc;

use super::{
    flow::{Address, Chunk, Flow, FlowRow},
    level::{Level, folded},
    msg::Reading,
    viewport::Span,
};
use crate::{
    analysis::Analysis,
    article::{Article, Role},
    listing::ArticleKey,
    text::{
        range::{TextRange, character_at},
        sanitize::DisplayText,
        width::Widths,
        wrap::Measure,
    },
};

/// Cells that the first row of a paragraph is indented by: two Han characters.
const INDENT: usize = 4;
/// Cells left of the text for ranks; two of them when two key sentences begin on a row.
pub const GUTTER: usize = 5;
/// Cells right of the text that a stop mark may hang into, and one for the scroll bar.
pub const MARGIN: usize = 3;

/// State of the reader pane.
#[derive(Debug, Default)]
pub struct ReaderPane {
    open: Option<Open>,
    /// The rows on the screen.
    pub visible: Vec<FlowRow>,
    /// How much of each article is shown.
    pub level: Level,
    /// Rows that the text has room for.
    room: usize,
}

/// The article that is open.
#[derive(Debug)]
struct Open {
    key: ArticleKey,
    article: Arc<Article>,
    /// Where lines of the page were joined, as bytes of the article's text.
    joins: Vec<usize>,
    flow: Flow,
    /// The chunks of the whole text, and what it is folded by.
    whole: Arc<[Chunk]>,
    analysis: Option<Arc<Analysis>>,
    /// Folds that were opened, as ranges of the article's text.
    opened: Vec<TextRange>,
    /// Byte of the article's text that stands on the top row. It holds through every change of
    /// size and level: the row that shows it is the top row.
    anchor: usize,
    /// Whether it is the blank row above that byte which is the top row.
    is_above: bool,
    top: Address,
    /// The rows are other ones than `top` was found among.
    is_rearranged: bool,
}

impl ReaderPane {
    /// The open article.
    pub fn key(&self) -> Option<ArticleKey> {
        self.open.as_ref().map(|open| open.key)
    }

    /// The open article itself.
    pub fn article(&self) -> Option<&Arc<Article>> {
        self.open.as_ref().map(|open| &open.article)
    }

    /// Its displayed text, which the visible rows are ranges of.
    pub fn text(&self) -> Option<&DisplayText> {
        self.open.as_ref().map(|open| open.flow.text())
    }

    /// Byte of the article's text on the top row.
    pub fn anchor(&self) -> usize {
        self.open.as_ref().map_or(0, |open| open.anchor)
    }

    /// Opens an article at byte `anchor` of its text.
    pub fn open(&mut self, key: ArticleKey, reading: &Reading, anchor: usize) {
        let flow = Flow::new(reading);
        let article = reading.article.clone();
        let joins = article.joins().collect();
        let anchor = character_at(&article.text, anchor);
        self.open = Some(Open {
            key,
            article,
            joins,
            flow,
            whole: reading.chunks.clone(),
            analysis: None,
            opened: Vec::new(),
            anchor,
            is_above: false,
            top: Address::default(),
            is_rearranged: false,
        });
        self.visible.clear();
    }

    /// What the open article is folded by; without an analysis it is shown whole.
    pub fn show(&mut self, analysis: Option<Arc<Analysis>>) {
        let level = self.level;
        let Some(open) = &mut self.open else { return };
        let is_same = match (&open.analysis, &analysis) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !is_same {
            open.analysis = analysis;
            open.fold(level);
        }
    }

    /// Shows another share of the text. Folds that were opened are closed.
    pub fn set_level(&mut self, level: Level) {
        self.level = level;
        let Some(open) = &mut self.open else { return };
        open.opened.clear();
        open.fold(level);
    }

    /// Whether something of the open article is folded away.
    pub fn is_folded(&self) -> bool {
        self.open.as_ref().is_some_and(|open| !Arc::ptr_eq(open.flow.chunks(), &open.whole))
    }

    /// The row of the fold that [`ReaderPane::unfold`] opens: the first one on the screen.
    pub fn first_fold(&self) -> Option<&FlowRow> {
        self.visible.iter().find(|row| row.folded.is_some())
    }

    /// Opens the first fold on the screen, or else the next one below, which comes on the top row; `false`
    /// when there is none.
    pub fn unfold(&mut self) -> bool {
        let first = self.visible.iter().position(|row| row.folded.is_some());
        if let Some(row) = first {
            return self.unfold_row(row);
        }
        let seen = self.visible.last().map_or(0, |row| row.range.end);
        let (room, level) = (self.room, self.level);
        let Some(open) = &mut self.open else { return false };
        let mut below = open.flow.chunks().iter().filter(|it| it.range.start >= seen);
        let next = below.find(|chunk| chunk.folded.is_some()).map(|chunk| chunk.range);
        let Some(range) = next else { return false };
        let target = open.flow.locate(range.start);
        open.go(target, room);
        open.open_fold(range, level);
        true
    }

    /// Opens the fold at a row of the screen; `false` when there is none.
    pub fn unfold_row(&mut self, row: usize) -> bool {
        let fold = self.visible.get(row).filter(|row| row.folded.is_some());
        let Some(range) = fold.map(|row| row.range) else { return false };
        let level = self.level;
        let Some(open) = &mut self.open else { return false };
        open.open_fold(range, level);
        true
    }

    /// Shows nothing.
    pub fn close(&mut self) {
        self.open = None;
        self.visible.clear();
    }

    /// Scrolls by rows, or to an end.
    pub fn scroll(&mut self, span: Span) {
        let room = self.room;
        let Some(open) = &mut self.open else { return };
        let target = match span {
            Span::Items(rows) => open.flow.moved(open.top, rows),
            Span::First => Address::default(),
            Span::Last => open.flow.last(),
        };
        open.go(target, room);
    }

    /// Puts on the top row what lies at `row` of a bar of `rows` that stands for the whole text.
    pub fn scroll_to_share(&mut self, row: usize, rows: usize) {
        let room = self.room;
        let Some(open) = &mut self.open else { return };
        let offset = open.flow.text().as_str().len().saturating_mul(row).div_ceil(rows.max(1));
        let target = open.flow.locate(offset);
        // The row that shows it may begin before it, and would be taken for one higher up the bar.
        let begins_there = open.flow.row(target).is_none_or(|row| row.range.start >= offset);
        let next = if begins_there { None } else { open.flow.next(target) };
        open.go(next.unwrap_or(target), room);
    }

    /// Rows of a page, with two rows of overlap so that the eye keeps its place.
    pub fn page(&self) -> isize {
        self.room.saturating_sub(2).max(1).cast_signed()
    }

    /// Puts byte `offset` of the article's text on the top row.
    pub fn go_to(&mut self, offset: usize) {
        let room = self.room;
        let Some(open) = &mut self.open else { return };
        let offset = character_at(&open.article.text, offset);
        let target = open.flow.locate(open.flow.text().to_display(offset));
        open.go(target, room);
    }

    /// Brings a range of the article's text into sight, a third down the screen if it is not.
    pub fn reveal(&mut self, range: TextRange) {
        if self.is_visible(range) {
            return;
        }
        let third = (self.room / 3).cast_signed();
        let (room, level) = (self.room, self.level);
        let Some(open) = &mut self.open else { return };
        open.unfold_at(range.start, level);
        let target = open.flow.locate(open.flow.text().to_display(range.start));
        let target = open.flow.moved(target, -third);
        open.go(target, room);
    }

    /// Whether the beginning of a range of the article's text is on the screen.
    pub fn is_visible(&self, range: TextRange) -> bool {
        let Some(open) = &self.open else { return false };
        let start = open.flow.text().to_display(range.start);
        self.visible.iter().any(|row| row.folded.is_none() && row.range.contains(start))
    }

    /// Sets the text to a measure and finds the rows that are visible in a pane of so many.
    pub fn settle(&mut self, measure: Measure, room: usize) {
        let Some(open) = &mut self.open else { return };
        let is_rearranged = std::mem::take(&mut open.is_rearranged);
        if open.flow.measure(measure) || self.room != room || is_rearranged {
            let anchored = open.flow.locate(open.flow.text().to_display(open.anchor));
            let top = if open.is_above { open.flow.with_gap(anchored) } else { anchored };
            open.top = top.min(open.lowest_top(room));
        }
        self.room = room;
        self.visible = open.flow.rows_from(open.top, room);
    }

    /// Whether lines of the page were joined inside a row.
    pub fn is_joined(&self, row: &FlowRow) -> bool {
        let Some(open) = &self.open else { return false };
        let text = open.flow.text();
        let (start, end) = (text.to_source(row.range.start), text.to_source(row.range.end));
        let first = open.joins.partition_point(|at| *at < start);
        open.joins.get(first).is_some_and(|at| *at < end)
    }

    /// How far the top row is through the text, 0 to 100; 100 when the end is on the screen.
    pub fn percent(&self) -> usize {
        let (Some(open), Some(last)) = (&self.open, self.visible.last()) else { return 0 };
        let len = open.flow.text().as_str().len();
        if last.range.end >= len {
            return 100;
        }
        (last.range.end * 100 / len.max(1)).min(99)
    }

    /// The part of the text on the screen, as shares of 10,000 of its length: first and last.
    pub fn extent(&self) -> Option<(usize, usize)> {
        let len = self.text()?.as_str().len().max(1);
        let (first, last) = (self.visible.first()?, self.visible.last()?);
        Some((first.range.start * 10_000 / len, last.range.end * 10_000 / len))
    }
}

impl Open {
    /// Folds the text, or shows it whole.
    fn fold(&mut self, level: Level) {
        let analysis = self.analysis.as_deref();
        let folded = analysis.and_then(|analysis| {
            folded(&self.article, self.flow.text(), analysis, level, &self.opened)
        });
        self.flow.rearrange(folded.map_or_else(|| self.whole.clone(), Into::into));
        self.is_rearranged = true;
    }

    /// Opens the fold with this range of the displayed text.
    fn open_fold(&mut self, range: TextRange, level: Level) {
        let text = self.flow.text();
        self.opened.push(TextRange::new(text.to_source(range.start), text.to_source(range.end)));
        self.fold(level);
    }

    /// Opens the fold in which byte `offset` of the article's text lies, if it lies in one.
    fn unfold_at(&mut self, offset: usize, level: Level) {
        let address = self.flow.locate(self.flow.text().to_display(offset));
        if self.flow.row(address).is_some_and(|row| row.folded.is_some()) {
            self.opened.push(TextRange::new(offset, offset + 1));
            self.fold(level);
        }
    }

    /// Makes `target` the top row, or the last row that still fills the screen.
    fn go(&mut self, target: Address, room: usize) {
        let top = target.min(self.lowest_top(room));
        let row = self.flow.row(top);
        self.is_above = row.is_some_and(|row| row.role == Role::Blank);
        let shown = row.map_or(0, |row| row.range.start);
        self.top = top;
        self.anchor = self.flow.text().to_source(shown);
    }

    /// The top row with which the last row of the text stands on the last row of the screen.
    fn lowest_top(&mut self, room: usize) -> Address {
        let last = self.flow.last();
        self.flow.moved(last, 1 - room.max(1).cast_signed())
    }
}

/// The measure of paragraphs in a pane of `columns` cells, `most` cells at most.
pub fn measure(columns: usize, most: usize, widths: Widths) -> Measure {
    let room = columns.saturating_sub(GUTTER + MARGIN);
    // Two-cell characters fill an even measure without a gap.
    let width = room.min(most) & !1;
    Measure { width: width.max(2), indent: INDENT, hang: MARGIN - 1, widths }
}
