//! What is done with the mouse: the reports of a terminal, and how quickly clicks follow each other.
//!
//! Only the form of SGR (mode 1006) is understood. It is the one in which a report cannot be taken for
//! keys, and what asks for it asks for nothing else; the others are passed over whole.

use std::time::{Duration, Instant};

use ratatui::layout::Position;

use super::decode::{Control, Token};
use crate::app::mouse::{Click, MouseEvent, MouseKind};

/// The second of two clicks comes no later than this after the first.
const DOUBLE: Duration = Duration::from_millis(400);

/// Bits of the number for the button. Which keys are held (4, 8, 16) makes no difference.
const BUTTON: u16 = 3;
const MOVES: u16 = 32;
const WHEEL: u16 = 64;
const OTHER_BUTTONS: u16 = 128;

/// Tells a double click from two clicks.
#[derive(Debug, Default)]
pub(super) struct Clicks {
    /// When and where the button was pressed last, unless that made a double click.
    last: Option<(Instant, Position)>,
}

impl Clicks {
    /// What a token reports, if it is a report of the left button or of the wheel. `now` is when it came.
    pub(super) fn event(&mut self, token: &Token, now: Instant) -> Option<MouseEvent> {
        let Token::Control(control) = token else { return None };
        let (at, kind) = report(control)?;
        let kind = match kind {
            MouseKind::Press(_) => MouseKind::Press(self.pressed(at, now)),
            other => other,
        };
        Some(MouseEvent { at, kind })
    }

    fn pressed(&mut self, at: Position, now: Instant) -> Click {
        let is_second = self
            .last
            .is_some_and(|(then, there)| there == at && now.duration_since(then) <= DOUBLE);
        // After a double click, one begins anew: three clicks are not two double ones.
        self.last = (!is_second).then_some((now, at));
        if is_second { Click::Double } else { Click::Single }
    }
}

/// Where and what, with every press a single one.
fn report(control: &Control) -> Option<(Position, MouseKind)> {
    let [bits, column, row] = control.mouse_numbers()?;
    // Columns and rows are counted from 1.
    let at = Position::new(column.checked_sub(1)?, row.checked_sub(1)?);
    let (button, is_down) = (bits & BUTTON, control.end == b'M');
    if bits & OTHER_BUTTONS != 0 || bits > u16::from(u8::MAX) || !matches!(control.end, b'M' | b'm')
    {
        return None;
    }
    let kind = match (bits & WHEEL != 0, bits & MOVES != 0, button) {
        (true, false, 0) if is_down => MouseKind::Wheel(-1),
        (true, false, 1) if is_down => MouseKind::Wheel(1),
        (false, true, 0) if is_down => MouseKind::Drag,
        (false, false, 0) if is_down => MouseKind::Press(Click::Single),
        (false, false, 0) => MouseKind::Release,
        _ => return None,
    };
    Some((at, kind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::decode::Decoder, super::keys, *};

    fn tokens(bytes: &[u8]) -> Vec<Token> {
        let mut decoder = Decoder::default();
        bytes.iter().filter_map(|byte| decoder.take(*byte)).collect()
    }

    fn events(bytes: &[u8]) -> Vec<MouseEvent> {
        let (mut clicks, now) = (Clicks::default(), Instant::now());
        tokens(bytes).iter().filter_map(|token| clicks.event(token, now)).collect()
    }

    #[test]
    fn reports_are_what_terminals_send() {
        use MouseKind::{Drag, Press, Release, Wheel};
        for (bytes, kind, at) in [
            (&b"\x1b[<0;1;1M"[..], Press(Click::Single), (0, 0)),
            (b"\x1b[<0;80;24m", Release, (79, 23)),
            (b"\x1b[<32;7;3M", Drag, (6, 2)),
            (b"\x1b[<64;7;3M", Wheel(-1), (6, 2)),
            (b"\x1b[<65;7;3M", Wheel(1), (6, 2)),
            (b"\x1b[<20;7;3M", Press(Click::Single), (6, 2)),
            (b"\x1b[<81;7;3M", Wheel(1), (6, 2)),
            (b"\x1b[<0;99999;1M", Press(Click::Single), (u16::MAX - 1, 0)),
        ] {
            let expected = [MouseEvent { at: at.into(), kind }];
            assert_eq!(events(bytes), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn what_is_not_meant_or_is_broken_is_neither_an_event_nor_a_key() {
        for bytes in [
            // Other buttons, moves without one, the wheel to the sides.
            &b"\x1b[<1;1;1M\x1b[<2;1;1M\x1b[<2;1;1m\x1b[<35;1;1M\x1b[<66;1;1M\x1b[<67;1;1M"[..],
            b"\x1b[<128;1;1M\x1b[<160;1;1M\x1b[<256;1;1M\x1b[<99999;1;1M",
            b"\x1b[<64;1;1m\x1b[<32;1;1m",
            b"\x1b[<0;0;1M\x1b[<0;1;0M\x1b[<0;1M\x1b[<0;1;1;1M\x1b[<M\x1b[<;1;1M\x1b[<0;;1M",
            b"\x1b[<0;1;-1M\x1b[<0:1:1M\x1b[<<0;1;1M\x1b[?0;1;1M\x1b[0;1;1M\x1b[<0;1;1 M",
            // The forms before SGR: of X10, of urxvt.
            b"\x1b[M !!\x1b[M#\xff\xff\x1b[32;10;5M",
        ] {
            assert_eq!(events(bytes), [], "{}", bytes.escape_ascii());
            let keys: Vec<_> = tokens(bytes).into_iter().filter_map(keys::message).collect();
            assert!(keys.is_empty(), "{keys:?} from {}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_second_click_in_the_same_place_and_in_time_is_a_double_one() {
        let begin = Instant::now();
        let mut clicks = Clicks::default();
        let mut press = |milliseconds, x: u16| {
            let token = tokens(format!("\x1b[<0;{x};1M").as_bytes()).remove(0);
            let event = clicks.event(&token, begin + Duration::from_millis(milliseconds));
            event.expect("a press").kind == MouseKind::Press(Click::Double)
        };
        let presses = [(0, 1), (400, 1), (500, 1), (600, 2), (700, 2), (2000, 2), (2401, 2)];
        let doubles = presses.map(|(at, x)| press(at, x));
        assert_eq!(doubles, [false, true, false, false, true, false, false]);
    }

    proptest! {
        #[test]
        fn whatever_comes_is_taken_apart_and_nothing_is_both_event_and_key(
            pieces in prop::collection::vec(
                prop_oneof![
                    "\\x1b\\[<[0-9;]{0,14}[Mm]".prop_map(String::into_bytes),
                    "\\x1b\\[[<0-9;?M]{0,9}".prop_map(String::into_bytes),
                    prop::collection::vec(any::<u8>(), 0..9),
                ],
                0..12,
            ),
        ) {
            let mut clicks = Clicks::default();
            for token in tokens(&pieces.concat()) {
                let event = clicks.event(&token, Instant::now());
                prop_assert!(event.is_none() || keys::message(token).is_none());
            }
        }

        #[test]
        fn a_report_cut_anywhere_is_the_same_report(
            (column, row) in (1u16..1000, 1u16..500),
            pauses in prop::collection::vec(any::<bool>(), 16),
        ) {
            let mut decoder = Decoder::default();
            let mut found = Vec::new();
            let report = format!("\x1b[<65;{column};{row}M");
            for (byte, pauses) in report.bytes().zip(pauses.into_iter().chain([false; 16])) {
                found.extend(decoder.take(byte));
                // Behind the `<` nothing is given up, however long the rest takes.
                if pauses && byte != 0x1b && byte != b'[' {
                    found.extend(decoder.expire());
                }
            }
            let at = Position::new(column - 1, row - 1);
            let mut clicks = Clicks::default();
            let events: Vec<_> =
                found.iter().filter_map(|token| clicks.event(token, Instant::now())).collect();
            prop_assert_eq!(events, [MouseEvent { at, kind: MouseKind::Wheel(1) }]);
        }
    }
}
