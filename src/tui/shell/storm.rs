//! Events of the mouse come faster than anybody looks: what piles up of them is answered at once.

use std::sync::mpsc::Receiver;

use super::Event;
use crate::app::msg::Msg;

/// An event with all that piled up behind it and can be done together with it. The first event that cannot
/// is put `behind`.
pub(super) fn joined(event: Event, events: &Receiver<Event>, behind: &mut Option<Event>) -> Event {
    let Event::Msg(Msg::Mouse(mut mouse)) = event else { return event };
    while behind.is_none()
        && let Ok(next) = events.try_recv()
    {
        let both = match &next {
            Event::Msg(Msg::Mouse(next)) => mouse.joined(*next),
            _ => None,
        };
        match both {
            Some(both) => mouse = both,
            None => *behind = Some(next),
        }
    }
    Event::Msg(Msg::Mouse(mouse))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use ratatui::layout::Position;

    use super::*;
    use crate::app::mouse::{MouseEvent, MouseKind};

    #[test]
    fn a_storm_of_the_wheel_is_one_event_and_nothing_is_lost_behind_it() {
        let wheel = || {
            let (at, kind) = (Position::new(3, 4), MouseKind::Wheel(1));
            Event::Msg(Msg::Mouse(MouseEvent { at, kind }))
        };
        let (sender, events) = channel();
        for _ in 0..1_000 {
            sender.send(wheel()).expect("a listener");
        }
        for event in [Event::Resized, wheel()] {
            sender.send(event).expect("a listener");
        }
        let mut behind = None;
        let event = joined(wheel(), &events, &mut behind);
        let Event::Msg(Msg::Mouse(mouse)) = event else { panic!("{event:?}") };
        assert_eq!(mouse.kind, MouseKind::Wheel(1_001));
        assert!(matches!(behind, Some(Event::Resized)));
        // What stands behind comes first.
        joined(wheel(), &events, &mut behind);
        assert!(matches!(behind, Some(Event::Resized)));
        assert!(events.try_recv().is_ok() && events.try_recv().is_err());
    }
}
