//! The page of the selected article as it is, with the borders of its articles.
//!
//! It is set as an article, a line as one paragraph. An empty row before it is a border of articles, or might be.

use std::sync::Arc;

use super::{
    flow::{Address, Chunk, Flow, FlowRow, Gap, push_part},
    msg::Invisible,
    viewport::Span,
};
use crate::{
    article::{Borders, Owner, Page, PageId, PageLine, SplitMode},
    lang::Lang,
    listing::ArticleKey,
    text::{
        range::TextRange,
        sanitize::DisplayText,
        width::Widths,
        wrap::{COMFORTABLE, Measure},
    },
};

/// Cells right of the text, as in the reader.
const MARGIN: usize = 3;

/// Least probability of a beginning that was refused for it to be shown: most headings inside an
/// article are far below, and a row before each of them would only be in the way.
const DOUBTFUL: f32 = 0.05;

/// A page, ready to be shown.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Number of its source.
    pub source: u32,
    /// Number of its first article on the source.
    pub first: u32,
    /// The page.
    pub page: Arc<Page>,
    /// Its id.
    pub id: PageId,
    /// How several articles were looked for on it.
    pub mode: SplitMode,
    /// How many decisions of the person hold for it.
    pub decided: usize,
    /// Whether it is one article by its form, as a record is, so that nothing can be decided.
    pub is_fixed: bool,
    /// Where articles begin and lines were joined.
    pub borders: Borders,
    /// What became of its invisible characters.
    pub invisible: Invisible,
    text: DisplayText,
    chunks: Arc<[Chunk]>,
    /// The line of each chunk.
    lines: Arc<[usize]>,
}

impl Sheet {
    /// A page whose first article has this key. Takes time for a long text, so it is done before
    /// the interface is told of it.
    pub fn new(page: Page, first: ArticleKey, mode: SplitMode, invisible: Invisible) -> Self {
        let text = match invisible {
            Invisible::Hidden => DisplayText::block(&page.text),
            Invisible::Marked => DisplayText::block_revealed(&page.text),
        };
        let mut borders = page.borders();
        borders.refused.retain(|_, number| {
            let told = page.candidates.get(*number).map(|candidate| &candidate.evidence);
            told.is_some_and(|told| told.confidence >= DOUBTFUL || told.is_own())
        });
        let (mut chunks, mut lines) = (Vec::new(), Vec::new());
        for (at, line) in page.lines.iter().enumerate() {
            let range = text.range_to_display(line.range);
            let shown = range.of(text.as_str()).trim_end_matches('\n');
            let range = TextRange::new(range.start, range.start + shown.len());
            let bordered = borders.starts.contains_key(&at) || borders.refused.contains_key(&at);
            let gap = if bordered { Gap::Row } else { Gap::None };
            push_part(&mut chunks, text.as_str(), Chunk { gap, ..Chunk::of(range, line.role) });
            lines.resize(chunks.len(), at);
        }
        Self {
            source: first.source,
            first: first.article,
            id: PageId::of(&page.text),
            page: Arc::new(page),
            mode,
            decided: 0,
            is_fixed: false,
            borders,
            invisible,
            text,
            chunks: chunks.into(),
            lines: lines.into(),
        }
    }

    /// Whether an article stands on it.
    pub fn holds(&self, key: ArticleKey) -> bool {
        let number = key.article.checked_sub(self.first);
        let inside = number.is_some_and(|number| (number as usize) < self.page.articles.len());
        self.source == key.source && inside
    }

    /// The article with this number on the page.
    pub fn key(&self, article: usize) -> ArticleKey {
        ArticleKey { source: self.source, article: self.first + article as u32 }
    }

    /// The name of the way in which it was split.
    pub fn mode_name(&self, lang: Lang) -> &'static str {
        match self.mode {
            SplitMode::Off => lang.of("不分篇", "off"),
            SplitMode::Auto => lang.of("自动", "auto"),
            SplitMode::Strict => lang.of("从严", "strict"),
        }
    }
}

/// A row of the page as it is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRow {
    /// The line of the page that it shows or stands before.
    pub line: usize,
    /// What it shows.
    pub kind: RowKind,
    /// Whether the cursor is on it.
    pub is_here: bool,
}

/// What a row of the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// The border before the line.
    Border,
    /// The beginning of the line; a range of the displayed text.
    Start(TextRange),
    /// More of the line.
    More(TextRange),
}

/// State of the page view.
#[derive(Debug, Default)]
pub struct PagePane {
    /// Whether it stands in the place of the text.
    pub is_on: bool,
    open: Option<Open>,
    /// The rows on the screen.
    pub visible: Vec<PageRow>,
    room: usize,
    /// The article whose page was asked for.
    pub(super) asked: Option<ArticleKey>,
    /// The article that was selected when the cursor was last brought in line with the list.
    pub(super) followed: Option<ArticleKey>,
}

#[derive(Debug)]
struct Open {
    sheet: Sheet,
    flow: Flow,
    top: Address,
    cursor: Address,
    /// What stands on the top row and on that of the cursor: it holds through every change.
    anchors: [Anchor; 2],
    /// Whether the cursor went far, so that the screen has to follow it once the page is set.
    is_jump: bool,
}

/// A place that does not depend on how the text is set.
#[derive(Clone, Copy, Debug, Default)]
struct Anchor {
    /// Byte of the displayed text.
    offset: usize,
    /// Whether it is the border before it.
    is_border: bool,
}

impl PagePane {
    /// The page that is open.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.open.as_ref().map(|open| &open.sheet)
    }

    /// Its displayed text, which the visible rows are ranges of.
    pub fn text(&self) -> Option<&DisplayText> {
        self.open.as_ref().map(|open| open.flow.text())
    }

    /// The line of the page under the cursor, and whether the cursor is on the border before it.
    pub fn cursor(&self) -> Option<(usize, bool)> {
        let open = self.open.as_ref()?;
        Some((open.line(open.cursor), open.is_border(open.cursor)))
    }

    /// The line under the cursor with its number.
    pub fn line(&self) -> Option<(usize, &PageLine)> {
        let (at, _) = self.cursor()?;
        Some((at, self.sheet()?.page.lines.get(at)?))
    }

    /// The number on the page of the article under the cursor; `None` on what belongs to the page.
    pub fn article(&self) -> Option<usize> {
        match self.line()?.1.owner {
            Owner::Article(number) => Some(number),
            Owner::Page => None,
        }
    }

    /// The byte of the page's text under the cursor.
    pub fn offset(&self) -> Option<usize> {
        let open = self.open.as_ref()?;
        Some(open.flow.text().to_source(open.anchors[1].offset))
    }

    /// Opens a page. The same text as before stays where it is on the screen.
    pub fn open(&mut self, sheet: Sheet) {
        let flow = Flow::of(sheet.text.clone(), sheet.chunks.clone());
        let same = self.open.take().filter(|open| open.sheet.id == sheet.id);
        let anchors = same.map_or_else(Default::default, |open| open.anchors);
        let (top, cursor) = (Address::default(), Address::default());
        self.open = Some(Open { sheet, flow, top, cursor, anchors, is_jump: false });
        self.visible.clear();
        self.asked = None;
    }

    /// Forgets the page; it is asked for again when it is to be shown.
    pub fn forget(&mut self) {
        self.open = None;
        self.visible.clear();
        self.asked = None;
    }

    /// Forgets a page that is not the one that is waited for.
    pub(super) fn forget_unless_asked(&mut self, key: ArticleKey) {
        if self.asked != Some(key) {
            self.forget();
        }
    }

    /// Moves the cursor by rows, or to an end.
    pub fn moved(&mut self, span: Span) {
        let Some(open) = &mut self.open else { return };
        let target = match span {
            Span::Items(rows) => open.flow.moved(open.cursor, rows),
            Span::First => Address::default(),
            Span::Last => open.flow.last(),
        };
        open.set_cursor(target);
    }

    /// Scrolls by rows; the cursor goes with them when it would leave the sight.
    pub fn scroll(&mut self, rows: isize) {
        let below = self.room.saturating_sub(1).cast_signed();
        let Some(open) = &mut self.open else { return };
        let last = open.flow.last();
        let lowest = open.flow.moved(last, -below);
        open.top = open.flow.moved(open.top, rows).min(lowest);
        let end = open.flow.moved(open.top, below);
        let cursor = open.cursor.clamp(open.top, end);
        open.set_cursor(cursor);
    }

    /// Puts the cursor on a row of the screen.
    pub fn point(&mut self, row: usize) {
        if row < self.visible.len()
            && let Some(open) = &mut self.open
        {
            let target = open.flow.moved(open.top, row.cast_signed());
            open.set_cursor(target);
        }
    }

    /// Puts the cursor on byte `offset` of the page's text.
    pub fn go_to(&mut self, offset: usize) {
        let Some(open) = &mut self.open else { return };
        let target = open.flow.locate(open.flow.text().to_display(offset));
        open.set_cursor(target);
        open.is_jump = true;
    }

    /// Puts the cursor on the border of an article, a quarter down the screen if it is not on it.
    pub fn go_to_article(&mut self, number: usize) {
        let Some(open) = &mut self.open else { return };
        let starts = &open.sheet.borders.starts;
        let Some((&line, _)) = starts.iter().find(|(_, article)| **article == number) else {
            return;
        };
        let chunk = open.sheet.lines.partition_point(|at| *at < line);
        let target = Address { chunk, row: 0 };
        open.set_cursor(target);
        open.is_jump = true;
    }

    /// Rows of a screen, with two of overlap.
    pub fn page(&self) -> isize {
        self.room.saturating_sub(2).max(1).cast_signed()
    }

    /// Sets the page to a pane of this many cells and rows and finds the visible rows.
    pub fn settle(&mut self, columns: usize, room: usize, widths: Widths, lang: Lang) {
        self.room = room;
        let Some(open) = &mut self.open else { return };
        if open.flow.measure(measure(columns, widths, lang)) {
            let [top, cursor] = open.anchors;
            (open.top, open.cursor) = (open.found(top), open.found(cursor));
        }
        open.follow(room);
        open.anchors[0] = open.anchor(open.top);
        self.visible = open.rows(room);
    }
}

impl Open {
    fn line(&self, address: Address) -> usize {
        self.sheet.lines.get(address.chunk).copied().unwrap_or(0)
    }

    fn is_border(&self, address: Address) -> bool {
        let gap = self.sheet.chunks.get(address.chunk).map(|chunk| chunk.gap);
        address.row == 0 && gap == Some(Gap::Row)
    }

    fn set_cursor(&mut self, target: Address) {
        self.cursor = target;
        self.anchors[1] = self.anchor(target);
    }

    fn anchor(&mut self, address: Address) -> Anchor {
        let offset = self.flow.row(address).map_or(0, |row| row.range.start);
        Anchor { offset, is_border: self.is_border(address) }
    }

    fn found(&mut self, anchor: Anchor) -> Address {
        let address = self.flow.locate(anchor.offset);
        let above = Address { row: 0, ..address };
        if anchor.is_border && self.is_border(above) { above } else { address }
    }

    /// Brings the cursor into sight and leaves no rows empty below the last one.
    fn follow(&mut self, room: usize) {
        let below = room.saturating_sub(1).cast_signed();
        if std::mem::take(&mut self.is_jump) {
            // A line below it has to be seen too, or a border would stand alone.
            let last = self.flow.moved(self.top, below - 1);
            if !(self.top..=last).contains(&self.cursor) {
                self.top = self.flow.moved(self.cursor, -(room / 4).cast_signed());
            }
        }
        if self.cursor < self.top {
            self.top = self.cursor;
        }
        if self.cursor > self.flow.moved(self.top, below) {
            self.top = self.flow.moved(self.cursor, -below);
        }
        let last = self.flow.last();
        self.top = self.top.min(self.flow.moved(last, -below));
    }

    fn rows(&mut self, count: usize) -> Vec<PageRow> {
        let mut rows = Vec::with_capacity(count);
        let mut at = Some(self.top);
        while let Some(address) = at.filter(|_| rows.len() < count) {
            if let Some(row) = self.flow.row(address) {
                rows.push(self.row(address, row));
            }
            at = self.flow.next(address);
        }
        rows
    }

    fn row(&self, address: Address, row: FlowRow) -> PageRow {
        let line = self.line(address);
        let first = self.sheet.page.lines.get(line).map(|line| line.range.start);
        let first = first.map(|start| self.flow.text().to_display(start));
        let kind = if self.is_border(address) {
            RowKind::Border
        } else if first == Some(row.range.start) {
            RowKind::Start(row.range)
        } else {
            RowKind::More(row.range)
        };
        PageRow { line, kind, is_here: address == self.cursor }
    }
}

/// Cells left of the text: the cursor, the letter of the article, the role of the line, and the
/// mark of a line that was joined.
pub fn gutter(lang: Lang) -> usize {
    // The longest name of a role has six cells in Chinese and eleven in English.
    match lang {
        Lang::Zh => 13,
        Lang::En => 18,
    }
}

/// The measure of lines in a pane of `columns` cells.
pub fn measure(columns: usize, widths: Widths, lang: Lang) -> Measure {
    let room = columns.saturating_sub(gutter(lang) + MARGIN).min(COMFORTABLE.into());
    let width = (room & !1).max(2);
    Measure { width, indent: 0, hang: MARGIN - 1, widths }
}
