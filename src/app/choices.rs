//! Lines of which some can be chosen: the selection moves from one of these to the next.

use super::viewport::{Span, Window, follow};

/// The lines of an overlay, each with what choosing it means, if it can be chosen.
#[derive(Clone, Debug)]
pub struct Choices<T> {
    lines: Vec<Option<T>>,
    selected: usize,
    /// Whether the window was put where it is: then it stays there until the selection moves.
    is_put: bool,
}

impl<T> Default for Choices<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T> Choices<T> {
    /// These lines, with the first one selected that can be chosen.
    pub fn new(lines: Vec<Option<T>>) -> Self {
        let selected = lines.iter().position(Option::is_some).unwrap_or(0);
        Self { lines, selected, is_put: false }
    }

    /// The number of the selected line.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// What choosing it means; `None` when there is nothing to choose.
    pub fn current(&self) -> Option<&T> {
        self.lines.get(self.selected)?.as_ref()
    }

    /// Selects a line; `false` when it cannot be chosen.
    pub fn point(&mut self, line: usize) -> bool {
        let can_be = self.lines.get(line).is_some_and(Option::is_some);
        if can_be {
            self.selected = line;
        }
        can_be
    }

    /// The first visible line after scrolling a window of so many rows; the selection goes with it when it
    /// would leave the sight.
    pub fn scrolled(&mut self, top: usize, by: isize, room: usize) -> usize {
        let window = Window { top, selected: self.selected, len: self.lines.len(), room };
        let scrolled = window.scrolled(by, |_| 1);
        let can_be = |line: &usize| self.lines.get(*line).is_some_and(Option::is_some);
        let end = self.lines.len().min(scrolled.top + room);
        let mut above = (0..=scrolled.selected).rev();
        let mut below = scrolled.selected..end;
        // Where no choice is in sight, the nearest one that was.
        let found = if by < 0 {
            above.find(can_be).filter(|at| *at >= scrolled.top).or_else(|| below.find(can_be))
        } else {
            below.find(can_be).or_else(|| above.find(can_be))
        };
        self.selected = found.unwrap_or(self.selected);
        self.is_put = true;
        scrolled.top
    }

    /// The first visible line after moving a window of so many rows by `by` rows, so that no line is passed over;
    /// the selection goes with it. Where the window cannot move, the selection goes to the end.
    pub fn paged(&mut self, top: usize, by: isize, room: usize) -> usize {
        let paged = self.scrolled(top, by, room);
        if paged == top {
            self.moved(if by < 0 { Span::First } else { Span::Last });
        }
        paged
    }

    /// Moves the selection by lines, on to one that can be chosen.
    pub fn moved(&mut self, span: Span) {
        self.is_put = false;
        let can_be = |line: &usize| self.lines.get(*line).is_some_and(Option::is_some);
        let target = span.apply(self.selected, self.lines.len());
        let behind = || (target..self.lines.len()).find(can_be);
        let before = || (0..=target).rev().find(can_be);
        let found = match span {
            Span::Items(by) if by < 0 => before().or_else(behind),
            _ => behind().or_else(before),
        };
        self.selected = found.unwrap_or(self.selected);
    }

    /// The first visible line such that the selected one is in sight, and what is above the first or
    /// below the last choice too when that is selected.
    pub fn top(&self, top: usize, room: usize) -> usize {
        let count = self.lines.len();
        if self.is_put {
            return top.min(count.saturating_sub(room));
        }
        if self.lines.iter().position(Option::is_some).is_none_or(|first| first == self.selected) {
            return 0;
        }
        if self.lines.iter().rposition(Option::is_some) == Some(self.selected) {
            return count.saturating_sub(room);
        }
        follow(top, self.selected, count, room, |_| 1)
    }
}
