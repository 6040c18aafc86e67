//! The mouse in what a person does: `click@5,3`, `double@5,3`, `wheel-down@5,3`, `wheel-up@5,3`,
//! `drag@52,15-40,15`, by column and row from 0.

use ratatui::layout::Position;
use zhaidu::app::{
    chord::Chord,
    mouse::{Click, MouseEvent, MouseKind},
    msg::Msg,
};

use super::{Program, chords};

/// A key or something done with the mouse.
pub(super) enum Step {
    Key(Chord),
    Mouse(MouseEvent),
}

impl Step {
    /// Does it; what it asks for is only noted.
    pub(super) fn take(self, program: &mut Program) {
        match self {
            Self::Key(chord) => program.key(chord),
            Self::Mouse(event) => program.send(Msg::Mouse(event)),
        }
    }
}

/// What is written, step by step.
pub(super) fn steps(written: &str) -> Vec<Step> {
    written.split_whitespace().flat_map(steps_of).collect()
}

fn steps_of(word: &str) -> Vec<Step> {
    match word.split_once('@').filter(|(what, _)| !what.is_empty()) {
        Some((what, places)) => mouse(what, places).into_iter().map(Step::Mouse).collect(),
        None => chords(word).into_iter().map(Step::Key).collect(),
    }
}

fn mouse(what: &str, places: &str) -> Vec<MouseEvent> {
    let places: Vec<Position> = places.split('-').map(position).collect();
    let (first, last) = (places[0], places[places.len() - 1]);
    let press = |click| MouseEvent { at: first, kind: MouseKind::Press(click) };
    let wheel = |notches| vec![MouseEvent { at: first, kind: MouseKind::Wheel(notches) }];
    let release = MouseEvent { at: last, kind: MouseKind::Release };
    match what {
        "click" => vec![press(Click::Single), release],
        "double" => vec![press(Click::Single), release, press(Click::Double), release],
        "drag" => {
            vec![press(Click::Single), MouseEvent { at: last, kind: MouseKind::Drag }, release]
        }
        "wheel-down" => wheel(1),
        "wheel-up" => wheel(-1),
        _ => panic!("{what} is nothing that the mouse does"),
    }
}

fn position(place: &str) -> Position {
    let (column, row) = place.split_once(',').expect("a column and a row");
    let number = |text: &str| text.parse::<u16>().expect("a number");
    Position::new(number(column), number(row))
}
