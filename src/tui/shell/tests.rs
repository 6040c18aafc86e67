//! What the loop takes in.

use std::sync::mpsc::channel;

use super::{super::tell, *};

#[test]
fn no_event_is_lost_when_the_time_for_a_frame_is_up() {
    let (sender, receiver) = channel();
    for _ in 0..3 {
        assert!(tell(&sender, Msg::Idle));
    }
    let long_ago = Instant::now().checked_sub(FRAME * 2).unwrap();
    assert!(next_in_time(&receiver, long_ago, &mut None).is_none());
    assert_eq!(receiver.try_iter().count(), 3);
}
