//! Where the mouse is, by the size of the screen.

use ratatui::layout::Size;

use super::*;
use crate::app::layout::{Choice, page_screen, screen};

const LIST: Pane = Pane::List;

/// The panes of a screen of this size, with the list above.
fn panes(width: u16, height: u16) -> Screen {
    screen(Size { width, height }, &Choice::default(), LIST, LIST)
}

#[test]
fn a_place_belongs_to_what_is_drawn_there() {
    use Spot::{Heading, Nothing, Row};
    let upper = Border::Upper;
    for ((width, height), (x, y), expected) in [
        // List above, key sentences and keywords below, the last row for the status.
        ((80, 24), (0, 0), Heading(LIST)),
        ((80, 24), (79, 0), Heading(LIST)),
        ((80, 24), (5, 1), Row(LIST, 0)),
        ((80, 24), (5, 11), Row(LIST, 10)),
        ((80, 24), (0, 12), Heading(Pane::Sentences)),
        ((80, 24), (51, 13), Row(Pane::Sentences, 0)),
        ((80, 24), (52, 13), Spot::Border(Border::Sentences)),
        ((80, 24), (52, 12), Spot::Border(Border::Sentences)),
        ((80, 24), (53, 22), Row(Pane::Keywords, 9)),
        ((80, 24), (5, 23), Nothing),
        ((80, 24), (80, 5), Nothing),
        ((80, 24), (5, 24), Nothing),
        ((80, 24), (u16::MAX, u16::MAX), Nothing),
        // The list beside everything else.
        ((160, 45), (50, 20), Row(LIST, 19)),
        ((160, 45), (51, 0), Spot::Border(Border::List)),
        ((160, 45), (51, 43), Spot::Border(Border::List)),
        ((160, 45), (52, 0), Heading(Pane::Reader)),
        ((160, 45), (159, 1), Row(Pane::Reader, 0)),
        ((160, 45), (60, 24), Heading(Pane::Sentences)),
        // One pane below the tabs, and nothing at all.
        ((60, 20), (5, 0), Nothing),
        ((60, 20), (5, 1), Heading(LIST)),
        ((60, 20), (5, 2), Row(LIST, 0)),
        ((10, 3), (5, 0), Nothing),
    ] {
        let found = spot(&panes(width, height), Position::new(x, y));
        assert_eq!(found, expected, "{x},{y} of {width}x{height}");
    }
    assert_eq!(border_above(&panes(80, 24), Pane::Keywords), Some(upper));
    assert_eq!(border_above(&panes(80, 24), LIST), None);
    assert_eq!(border_above(&panes(160, 45), Pane::Reader), None);
    let alone = screen(Size { width: 60, height: 20 }, &Choice::default(), LIST, Pane::Keywords);
    assert_eq!(border_above(&alone, Pane::Keywords), None, "there is nothing above it");
}

/// A border stays under the pointer wherever it is dragged, as far as the panes stay usable.
#[test]
fn a_border_that_is_dragged_lies_where_the_pointer_is() {
    for (width, height) in [(80, 24), (100, 40), (120, 30), (160, 45), (333, 70), (1000, 500)] {
        let size = Size { width, height };
        for border in [Border::List, Border::Upper, Border::Sentences] {
            let mut choice = Choice::default();
            let mut within = 0;
            for to in 0..width.max(height) {
                let at = Position::new(to, to);
                let before = screen(size, &choice, LIST, LIST);
                let Some(share) = share(&before, border, at) else { continue };
                choice.put_border(border, share);
                let after = screen(size, &choice, LIST, LIST);
                let lies = match border {
                    Border::List => after.separators[0].x,
                    Border::Sentences => after.separators.last().expect("a border").x,
                    Border::Upper => after.place(Pane::Sentences).expect("a pane").y,
                };
                let bounded = share < 200 || share > if border == Border::List { 600 } else { 800 };
                assert!(bounded || lies == to, "{border:?} to {to} of {size} lies at {lies}");
                within += usize::from(!bounded);
            }
            let is_there = border != Border::List || width >= 120;
            assert_eq!(within > 5, is_there, "{border:?} of {size}");
        }
    }
}

#[test]
fn the_note_stands_between_the_heading_and_the_text() {
    let screen = panes(160, 45).with_note(2);
    let at = |y| spot(&screen, Position::new(90, y));
    let reader = Pane::Reader;
    let expected = [Spot::Heading(reader), Spot::Note, Spot::Note, Spot::Row(reader, 0)];
    assert_eq!([0, 1, 2, 3].map(at), expected);
}

#[test]
fn the_border_of_the_list_stands_beside_a_page_too() {
    let size = Size { width: 160, height: 45 };
    let screen = page_screen(size, &Choice::default(), Pane::Reader);
    assert_eq!(spot(&screen, Position::new(51, 9)), Spot::Border(Border::List));
    assert_eq!(share(&screen, Border::List, Position::new(80, 9)), Some(500));
}

#[test]
fn a_storm_of_events_is_joined_to_what_does_the_same() {
    let event = |x, kind| MouseEvent { at: Position::new(x, 3), kind };
    let wheel = |x, notches| event(x, MouseKind::Wheel(notches));
    let press = event(1, MouseKind::Press(Click::Single));
    let (drag, release) = (|x| event(x, MouseKind::Drag), event(1, MouseKind::Release));
    for (first, second, joined) in [
        (wheel(1, 1), wheel(1, 1), Some(wheel(1, 2))),
        (wheel(1, 5), wheel(1, -2), Some(wheel(1, 3))),
        (wheel(1, i16::MAX), wheel(1, 1), Some(wheel(1, i16::MAX))),
        (wheel(1, 1), wheel(2, 1), None),
        (drag(1), drag(7), Some(drag(7))),
        (drag(1), release, None),
        (press, drag(1), None),
        (press, press, None),
        (release, wheel(1, 1), None),
    ] {
        assert_eq!(first.joined(second), joined, "{first:?} {second:?}");
    }
}
