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

/// The first visible item such that item `selected` is wholly inside a window of `room` rows,
/// moving as little as possible from `top`; `height` gives the rows of an item. Looks at no more
/// items than fit into the window.
pub fn follow(top: usize, selected: usize, room: usize, height: impl Fn(usize) -> usize) -> usize {
    if selected <= top {
        return selected;
    }
    let mut first = selected;
    let mut used = height(selected);
    while first > top {
        used += height(first - 1);
        if used > room {
            return first;
        }
        first -= 1;
    }
    top
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
            let first = follow(top, selected, room, |at| heights[at]);
            prop_assert!(first <= selected);
            prop_assert!(heights[first..=selected].iter().sum::<usize>() <= room);
        }
    }
}
