//! The one way text gets onto the screen.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::text::{sanitize::is_unsafe, width};

/// A buffer that is only written cell by cell, within bounds, with widths by our own measure.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
}

impl<'a> Canvas<'a> {
    /// A canvas over the buffer of a frame.
    pub fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer }
    }

    /// Writes `text` into the first row of `place`, beginning `x` cells from its left edge; what
    /// does not fit is left out. Gives the cells used. Combining marks join their base, which may
    /// have been written before; nothing that
    /// acts on a terminal or cannot be seen is ever written.
    pub fn put(&mut self, place: Rect, x: u16, text: &str, style: Style) -> u16 {
        let place = place.intersection(self.buffer.area);
        let mut used: u16 = 0;
        let mut last = self.left_of(place, x);
        for c in text.chars().filter(|c| !is_unsafe(*c)) {
            let cells = width::char_cells(c) as u16;
            if cells == 0 {
                self.join(last, c);
                continue;
            }
            let offset = x.saturating_add(used);
            if place.height == 0 || offset.saturating_add(cells) > place.width {
                break;
            }
            let at = (place.x + offset, place.y);
            self.set(at, cells, c, style);
            used += cells;
            last = Some(at);
        }
        used
    }

    /// Writes `right` at the right edge of a row filled with `style`, and `left` at the left one
    /// as far as there is room.
    pub fn bar(&mut self, place: Rect, left: &str, right: &str, style: Style) {
        let place = Rect { height: place.height.min(1), ..place };
        self.fill(place, style);
        let room = usize::from(place.width);
        let right = if width::cells(right) <= room / 2 { right } else { "" };
        let left = width::fit(left, room.saturating_sub(width::cells(right) + 1));
        self.put(place, 0, &left, style);
        self.put(place, (room - width::cells(right)) as u16, right, style);
    }

    /// Empties an area and gives it a style.
    pub fn fill(&mut self, place: Rect, style: Style) {
        let place = place.intersection(self.buffer.area);
        self.clear_overhang(place);
        for position in place.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// The cell of the character that ends `x` cells from the left edge of `place`.
    fn left_of(&self, place: Rect, x: u16) -> Option<(u16, u16)> {
        let cell = |back| {
            let at = (place.x.saturating_add(x.checked_sub(back)?), place.y);
            place.contains(at.into()).then_some(at)
        };
        let is_wide = |at: &(u16, u16)| {
            self.buffer.cell(*at).is_some_and(|cell| width::cells(cell.symbol()) > 1)
        };
        cell(2).filter(is_wide).or_else(|| cell(1))
    }

    /// Empties the wide characters left of `place` that reach into it: half a character cannot be
    /// drawn.
    fn clear_overhang(&mut self, place: Rect) {
        let Some(x) = place.x.checked_sub(1) else { return };
        for y in place.top()..place.bottom() {
            if let Some(cell) = self.buffer.cell_mut((x, y))
                && width::cells(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }

    fn set(&mut self, at: (u16, u16), cells: u16, c: char, style: Style) {
        if let Some(cell) = self.buffer.cell_mut(at) {
            cell.set_char(c).set_style(style);
        }
        for covered in 1..cells {
            if let Some(cell) = self.buffer.cell_mut((at.0 + covered, at.1)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    fn join(&mut self, at: Option<(u16, u16)>, mark: char) {
        if let Some(cell) = at.and_then(|at| self.buffer.cell_mut(at)) {
            let joined = format!("{}{mark}", cell.symbol());
            cell.set_symbol(&joined);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;

    use super::*;

    #[test]
    fn a_mark_joins_its_base_across_a_change_of_style() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let mut canvas = Canvas::new(&mut buffer);
        let row = Rect::new(0, 0, 6, 1);
        let mut x = canvas.put(row, 0, "京", Style::default());
        x += canvas.put(row, x, "\u{301}a", Style::default());
        canvas.put(row, x, "\u{302}b", Style::default());
        let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, ["京\u{301}", " ", "a\u{302}", "b", " ", " "]);
    }

    #[test]
    fn no_half_of_a_wide_character_stays_beside_an_area() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let mut canvas = Canvas::new(&mut buffer);
        canvas.put(Rect::new(0, 0, 8, 1), 0, "京津冀协", Style::default());
        canvas.fill(Rect::new(3, 0, 2, 1), Style::default());
        let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, ["京", " ", " ", " ", " ", " ", "协", " "]);
    }
}
