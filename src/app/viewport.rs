//! Scrolling a window over items of different heights.

/// How far a motion goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// So many items, up when negative.
    Items(isize),
    /// To the first item.
    First,
    /// To the last item.
    Last,
}

impl Span {
    /// The index after the motion among `len` items, starting at `from`; stops at both ends.
    pub fn apply(self, from: usize, len: usize) -> usize {
        let last = len.saturating_sub(1);
        match self {
            Self::Items(by) => from.saturating_add_signed(by).min(last),
            Self::First => 0,
            Self::Last => last,
        }
    }
}

/// The first visible one of `len` items such that item `selected` is wholly inside a window of
/// `room` rows, moving as little as possible from `top`, and such that no rows stay empty below the
/// last item while there are items above; `height` gives the rows of an item. Looks at no more items
/// than fit into the window.
pub fn follow(
    top: usize,
    selected: usize,
    len: usize,
    room: usize,
    height: impl Fn(usize) -> usize,
) -> usize {
    let above = room.saturating_sub(height(selected));
    let first = reach_up(selected, top.min(selected), above, &height);
    let mut left = room;
    for at in first..len {
        match left.checked_sub(height(at)) {
            Some(rest) => left = rest,
            None => return first,
        }
    }
    reach_up(first, 0, left, &height)
}

/// The first of the items from `top` on that fit with all after them into the `room` rows above
/// item `from`.
fn reach_up(from: usize, top: usize, room: usize, height: impl Fn(usize) -> usize) -> usize {
    let (mut first, mut left) = (from, room);
    while first > top {
        match left.checked_sub(height(first - 1)) {
            Some(rest) => left = rest,
            None => break,
        }
        first -= 1;
    }
    first
}

/// A window over items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first visible item.
    pub top: usize,
    /// The selected one.
    pub selected: usize,
    /// How many there are.
    pub len: usize,
    /// Rows of the window.
    pub room: usize,
}

impl Window {
    /// The window moved by items, down when positive, as far as it stays full. The selected item stays the
    /// same as long as it is wholly in sight.
    pub fn scrolled(self, by: isize, height: impl Fn(usize) -> usize) -> Self {
        let Some(end) = self.len.checked_sub(1) else { return self };
        let lowest = follow(end, end, self.len, self.room, &height);
        let top = self.top.saturating_add_signed(by).min(lowest);
        let mut left = self.room.saturating_sub(height(top));
        let fits = |at: &usize| match left.checked_sub(height(*at)) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let last = (top + 1..self.len).take_while(fits).last().unwrap_or(top);
        Self { top, selected: self.selected.clamp(top, last), ..self }
    }

    /// The item of which a row of the window shows something; `None` below the last one.
    pub fn item_at(self, row: usize, height: impl Fn(usize) -> usize) -> Option<usize> {
        let mut end = 0;
        (self.top..self.len).take(row + 1).find(|at| {
            end += height(*at);
            row < end
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_selected_item_is_visible(
            heights in prop::collection::vec(1usize..5, 1..40),
            top in 0usize..40,
            selected in 0usize..40,
            room in 5usize..20,
        ) {
            let (top, selected) = (top % heights.len(), selected % heights.len());
            let first = follow(top, selected, heights.len(), room, |at| heights[at]);
            prop_assert!(first <= selected);
            prop_assert!(heights[first..=selected].iter().sum::<usize>() <= room);
            // An item above would not fit, or there are items below to look at.
            let shown = heights[first..].iter().sum::<usize>();
            prop_assert!(first == 0 || shown + heights[first - 1] > room);
        }

        #[test]
        fn a_window_that_is_scrolled_stays_where_it_was_put(
            heights in prop::collection::vec(1usize..5, 1..40),
            (selected, by) in (0usize..40, -50isize..50),
            room in 1usize..20,
        ) {
            let height = |at: usize| heights[at];
            let len = heights.len();
            let selected = selected % len;
            let top = follow(0, selected, len, room, height);
            let window = Window { top, selected, len, room };
            let scrolled = window.scrolled(by, height);
            // What keeps the selection in sight does not pull the window back.
            prop_assert_eq!(follow(scrolled.top, scrolled.selected, len, room, height), scrolled.top);
            prop_assert!(by >= 0 || scrolled.top <= top);
            prop_assert!(by <= 0 || scrolled.top >= top.min(scrolled.top));
            let way = if by < 0 { scrolled.selected <= selected } else { scrolled.selected >= selected };
            prop_assert!(way, "{} of {:?}", scrolled.selected, window);
            let rows = 0..heights[scrolled.top..].iter().sum::<usize>();
            let items: Vec<usize> =
                rows.map(|row| scrolled.item_at(row, height).expect("an item")).collect();
            prop_assert!(items.is_sorted() && items.first() == Some(&scrolled.top));
            prop_assert_eq!(items.iter().filter(|at| **at == len - 1).count(), heights[len - 1]);
            prop_assert_eq!(scrolled.item_at(items.len(), height), None);
        }
    }
}
