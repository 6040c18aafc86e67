//! Drawing on a terminal whose widths are not known for certain.
//!
//! [`RowBackend`] keeps what the terminal shows, a row at a time, and writes what a new picture
//! needs: nothing for rows that stay, the changed spans of rows on whose widths every terminal
//! agrees, and the whole of a row with a character whose width is doubtful. Behind each of those
//! the cursor is told its column, so that a wrong width damages that character and no other. Rows
//! that only moved are moved by the terminal.
//!
//! - `slot`: a cell.
//! - `grid`: rows of them, and screens.
//! - `look`: the colours and modifiers of cells.
//! - `pen`: moves and attributes, and the bytes of them.
//! - `paint`: a row as it is, made into a row as it is to be.
//! - `scroll`: finding rows that moved.

mod grid;
mod look;
mod paint;
mod pen;
mod scroll;
mod slot;

use std::{
    io::{self, Write},
    mem,
};

use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer::{Buffer, Cell},
    layout::{Position, Size},
};

use grid::Grid;
use pen::Pen;
use slot::Slot;

/// Starts and ends a frame: a terminal that knows synchronised update shows it all at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// No cursor, plain attributes, empty screen.
const CLEAR: &[u8] = b"\x1b[?25l\x1b[0m\x1b[2J";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

/// Blocks of rows that are moved in one frame at most.
const MOST_SCROLLS: usize = 3;

/// Writes frames to a terminal: as few bytes as it can, each frame by one write, and none when
/// nothing changed. Asks the terminal nothing.
///
/// The session must have switched automatic wrapping off, and nobody else may write to the
/// terminal without saying so ([`RowBackend::invalidate`], [`RowBackend::invalidate_row`]).
///
/// What a cell takes is what [`ForcedWidth`](ratatui::buffer::CellDiffOption::ForcedWidth) says; a
/// cell without it takes what ratatui thinks.
#[derive(Debug)]
pub struct RowBackend<W> {
    out: W,
    /// What the terminal shows.
    shown: Grid,
    /// What it is to show.
    next: Grid,
    /// The terminal shows what `next` holds, and `shown` has yet to take it over: that can wait
    /// until somebody changes `next`.
    is_behind: bool,
    /// Nothing is known of the screen.
    is_unknown: bool,
    cursor: Cursor,
    /// The frame that is being made, and two ways to make a part of it.
    frame: Vec<u8>,
    still: Vec<u8>,
    moved: Vec<u8>,
}

/// The terminal's cursor.
#[derive(Debug, Default)]
struct Cursor {
    /// Whether the next frame is to show it, and where.
    is_wanted: bool,
    place: Position,
    /// Whether the terminal shows it, and where if that is known.
    is_shown: bool,
    shown_at: Option<Position>,
}

impl<W: Write> RowBackend<W> {
    /// A backend that writes to `out` for a screen of this size of which nothing is known.
    pub fn new(out: W, size: Size) -> Self {
        Self {
            out,
            shown: Grid::erased(size),
            next: Grid::blank(size),
            is_behind: false,
            is_unknown: true,
            cursor: Cursor::default(),
            frame: Vec::new(),
            still: Vec::new(),
            moved: Vec::new(),
        }
    }

    /// Where the frames are written to.
    pub fn writer(&self) -> &W {
        &self.out
    }

    /// The same, for bytes that are no frame.
    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// The screen has this size now, and nothing is known of it.
    pub fn resize(&mut self, size: Size) {
        self.catch_up();
        if size != self.next.size() {
            self.next = Grid::blank(size);
        }
        self.invalidate();
    }

    /// Nothing is known of the screen: the next frame paints everything.
    pub fn invalidate(&mut self) {
        self.is_unknown = true;
    }

    /// Nothing is known of one row, because somebody else wrote there, nor of the place of the
    /// cursor: the next frame paints the row and puts the cursor back.
    pub fn invalidate_row(&mut self, y: u16) {
        self.catch_up();
        self.shown.forget(usize::from(y));
        self.cursor.shown_at = None;
    }

    /// Takes a whole picture for the next frame. What lies outside the screen is left out.
    pub fn take(&mut self, picture: &Buffer) {
        self.catch_up();
        self.next.take(picture);
    }

    fn catch_up(&mut self) {
        if mem::take(&mut self.is_behind) {
            self.shown.become_like(&self.next);
        }
    }

    /// The next frame shows the cursor there, or not at all.
    pub fn place_cursor(&mut self, place: Option<Position>) {
        self.cursor.is_wanted = place.is_some();
        self.cursor.place = place.unwrap_or(self.cursor.place);
    }

    /// Writes what changed since the last frame: one write, or none. Gives the bytes written.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be written to. Nothing is known of the screen then.
    pub fn present(&mut self) -> io::Result<usize> {
        self.compose();
        if self.frame.is_empty() {
            return Ok(0);
        }
        let written = self.out.write_all(&self.frame).and_then(|()| self.out.flush());
        if let Err(error) = written {
            self.invalidate();
            return Err(error);
        }
        Ok(self.frame.len())
    }

    /// Makes the bytes of the next frame and takes it for shown.
    fn compose(&mut self) {
        self.catch_up();
        self.frame.clear();
        self.frame.extend_from_slice(BEGIN);
        let mut pen = Pen::new();
        if self.is_unknown {
            self.frame.extend_from_slice(CLEAR);
            self.shown = Grid::erased(self.next.size());
            self.cursor.is_shown = false;
            self.is_unknown = false;
        }
        self.next.refresh();
        for _ in 0..MOST_SCROLLS {
            if !self.scroll(&mut pen) {
                break;
            }
        }
        for y in 0..self.next.rows().len() {
            paint::row(&mut self.frame, &mut pen, y, &self.shown, &self.next);
        }
        self.is_behind = true;
        pen.plain(&mut self.frame);
        let painted = self.frame.len() > BEGIN.len();
        self.compose_cursor(painted);
        if self.frame.len() == BEGIN.len() {
            self.frame.clear();
        } else {
            self.frame.extend_from_slice(END);
        }
    }

    /// Moves one block of rows if that saves bytes.
    fn scroll(&mut self, pen: &mut Pen) -> bool {
        let Some(scroll) = scroll::find(&self.shown, &self.next) else { return false };
        let region = scroll.region();
        self.still.clear();
        let mut still = *pen;
        for y in region.clone() {
            paint::row(&mut self.still, &mut still, y, &self.shown, &self.next);
        }
        self.moved.clear();
        let mut moved = *pen;
        scroll.write(&mut self.moved, &mut moved, self.next.rows().len());
        scroll.apply(&mut self.shown);
        for y in region.clone() {
            paint::row(&mut self.moved, &mut moved, y, &self.shown, &self.next);
        }
        let saves = self.moved.len() < self.still.len();
        let (bytes, after) = if saves { (&self.moved, moved) } else { (&self.still, still) };
        self.frame.extend_from_slice(bytes);
        *pen = after;
        // Either way the rows of the region are right now.
        self.shown.copy_rows(region, &self.next);
        saves
    }

    /// Puts the cursor where it is wanted. Painting moves it.
    fn compose_cursor(&mut self, painted: bool) {
        let cursor = &mut self.cursor;
        if cursor.is_wanted {
            if painted || !cursor.is_shown || cursor.shown_at != Some(cursor.place) {
                pen::move_to(&mut self.frame, cursor.place.x, cursor.place.y);
            }
            if !cursor.is_shown {
                self.frame.extend_from_slice(SHOW_CURSOR);
            }
            cursor.shown_at = Some(cursor.place);
        } else if cursor.is_shown {
            self.frame.extend_from_slice(HIDE_CURSOR);
        }
        cursor.is_shown = cursor.is_wanted;
    }
}

impl<W: Write> Backend for RowBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.catch_up();
        for (x, y, cell) in content {
            self.next.put(x, y, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor.is_wanted = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor.is_wanted = true;
        Ok(())
    }

    /// Where the cursor was last put; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.place)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor.place = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.catch_up();
        let size = self.next.size();
        let (width, height) = (usize::from(size.width), usize::from(size.height));
        let (x, y) = (usize::from(self.cursor.place.x), usize::from(self.cursor.place.y));
        let (here, line) = (y * width + x, y * width);
        let cleared = match clear_type {
            ClearType::All => {
                self.invalidate();
                0..width * height
            }
            ClearType::AfterCursor => here..width * height,
            ClearType::BeforeCursor => 0..here + 1,
            ClearType::CurrentLine => line..line + width,
            ClearType::UntilNewLine => here..line + width,
        };
        for at in cleared.filter(|_| width > 0) {
            self.next.set((at % width) as u16, (at / width) as u16, Slot::BLANK);
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.next.size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.next.size(), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.present().map(drop)
    }
}

#[cfg(test)]
mod tests;
