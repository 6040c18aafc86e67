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
    }
}
