//! The one way text gets onto the screen.
#![expect(clippy::disallowed_methods, reason = "the one painter")]

use std::num::NonZeroU16;

use ratatui::{
    buffer::{Buffer, Cell, CellDiffOption},
    layout::Rect,
    style::Style,
};

use crate::text::{
    display::{DisplayLine, DisplayStr},
    sanitize::is_unsafe,
    width::{Cluster, Widths, clusters, is_mark, is_trusted},
};

/// What stands for a character that the terminal would not draw: two cells everywhere.
const MISSING: &str = "〓";

/// A buffer that is only written cell by cell, within bounds, with widths by our own measure.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    widths: Widths,
}

impl<'a> Canvas<'a> {
    /// A canvas over the buffer of a frame, for a terminal with these widths.
    pub fn new(buffer: &'a mut Buffer, widths: Widths) -> Self {
        Self { buffer, widths }
    }

    /// Cells that `text` takes.
    pub fn cells<'t>(&self, text: impl Into<DisplayStr<'t>>) -> usize {
        self.widths.cells(text.into().as_str())
    }

    /// `text` cut to `room` cells, with a mark if it does not fit.
    pub fn fit<'t>(&self, text: impl Into<DisplayStr<'t>>, room: usize) -> DisplayLine {
        text.into().fit(room, self.widths)
    }

    /// Writes `text` into the first row of `place`, beginning `x` cells from its left edge; what
    /// does not fit is left out. Gives the cells used. Combining marks join their base, which may
    /// have been written before; nothing that acts on a terminal or cannot be seen is ever
    /// written.
    pub fn put<'t>(
        &mut self,
        place: Rect,
        x: u16,
        text: impl Into<DisplayStr<'t>>,
        style: Style,
    ) -> u16 {
        let place = place.intersection(self.buffer.area);
        let (text, widths) = (text.into().as_str(), self.widths);
        if let Some(marks) = clusters(text).next().filter(|cluster| is_mark(cluster.base)) {
            self.join(place, x, marks.text);
        }
        let template = styled(style);
        let mut room = self.cells_from(place, x);
        let mut used = 0;
        for cluster in clusters(text) {
            let cells = widths.cluster_cells(cluster);
            let Some((taken, rest)) = room.split_at_mut_checked(cells) else { break };
            set(taken, &template, widths, cluster);
            room = rest;
            used += cells;
        }
        used as u16
    }

    /// Writes `right` at the right edge of a row filled with `style`, and `left` at the left one
    /// as far as there is room.
    pub fn bar(&mut self, place: Rect, left: &DisplayLine, right: &DisplayLine, style: Style) {
        let place = Rect { height: place.height.min(1), ..place };
        self.fill(place, style);
        let room = usize::from(place.width);
        let fits = self.cells(right) <= room / 2 || self.cells(left) + self.cells(right) < room;
        let right = if fits { right.shown() } else { "".into() };
        let taken = self.cells(right);
        let left = self.fit(left, room.saturating_sub(taken + 1));
        self.put(place, 0, &left, style);
        self.put(place, (room - taken) as u16, right, style);
    }

    /// Lays a style over what stands in a place.
    pub fn restyle(&mut self, place: Rect, style: Style) {
        self.buffer.set_style(place, style);
    }

    /// Empties an area and gives it a style.
    pub fn fill(&mut self, place: Rect, style: Style) {
        let place = place.intersection(self.buffer.area);
        self.clear_overhang(place);
        let template = styled(style);
        for y in place.top()..place.bottom() {
            let row = Rect { y, height: 1, ..place };
            self.cells_from(row, 0).fill(template.clone());
        }
    }

    /// The cells of the first row of `place` from `x` cells behind its left edge on.
    fn cells_from(&mut self, place: Rect, x: u16) -> &mut [Cell] {
        let place = place.intersection(self.buffer.area);
        if place.is_empty() || x >= place.width {
            return &mut [];
        }
        let start = self.buffer.index_of(place.x + x, place.y);
        let end = start + usize::from(place.width - x);
        self.buffer.content.get_mut(start..end).unwrap_or_default()
    }

    /// Empties the wide characters left of `place` that reach into it: half a character cannot be
    /// drawn.
    fn clear_overhang(&mut self, place: Rect) {
        let Some(x) = place.x.checked_sub(1) else { return };
        for y in place.top()..place.bottom() {
            if let Some(cell) = self.buffer.cell_mut((x, y))
                && is_wide(cell)
            {
                cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
            }
        }
    }

    /// Joins marks to the character that ends `x` cells from the left edge of `place`.
    fn join(&mut self, place: Rect, x: u16, marks: &str) {
        let cell = |back| {
            let at = (place.x.saturating_add(x.checked_sub(back)?), place.y);
            place.contains(at.into()).then_some(at)
        };
        let wide = cell(2).filter(|at| self.buffer.cell(*at).is_some_and(is_wide));
        if let Some(base) = wide.or_else(|| cell(1)).and_then(|at| self.buffer.cell_mut(at)) {
            let joined = format!("{}{marks}", base.symbol());
            base.set_symbol(&joined);
        }
    }
}

/// An empty cell in a style.
fn styled(style: Style) -> Cell {
    let mut cell = Cell::EMPTY;
    cell.set_style(style);
    cell
}

/// Puts a cluster into its cells. What it takes is said with it: the library that compares frames,
/// and the backend, must not measure it by other tables.
fn set(cells: &mut [Cell], template: &Cell, widths: Widths, cluster: Cluster) {
    let taken = cells.len();
    let Some((cell, covered)) = cells.split_first_mut() else { return };
    for cell in covered {
        cell.clone_from(template);
    }
    (cell.fg, cell.bg, cell.modifier) = (template.fg, template.bg, template.modifier);
    cell.diff_option = CellDiffOption::None;
    let is_known = cluster.text.len() == cluster.base.len_utf8() && is_trusted(cluster.base);
    let shown = |c| !is_unsafe(c) && widths.draws(c);
    if is_known || cluster.text.chars().all(shown) {
        cell.set_symbol(cluster.text);
    } else {
        cell.set_symbol(if taken == 2 { MISSING } else { " " });
    }
    if let Some(cells) = NonZeroU16::new(taken as u16).filter(|_| !is_known || taken > 1) {
        cell.set_diff_option(CellDiffOption::ForcedWidth(cells));
    }
}

/// Takes everything off a picture that a terminal may not take for the characters it stands for.
pub fn keep_ascii(picture: &mut Buffer) {
    for cell in &mut picture.content {
        if !cell.symbol().is_ascii() {
            cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }
}

/// Whether the character of a cell takes the next one, too.
fn is_wide(cell: &Cell) -> bool {
    matches!(cell.diff_option, CellDiffOption::ForcedWidth(cells) if cells.get() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_joins_its_base_across_a_change_of_style() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let mut canvas = Canvas::new(&mut buffer, Widths::NARROW);
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
        let mut canvas = Canvas::new(&mut buffer, Widths::NARROW);
        canvas.put(Rect::new(0, 0, 8, 1), 0, "京津冀协", Style::default());
        canvas.fill(Rect::new(3, 0, 2, 1), Style::default());
        let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, ["京", " ", " ", " ", " ", " ", "协", " "]);
    }
}
