//! The thread that reads keys. Nothing else in the program reads events.

use std::{panic, sync::mpsc::Sender};

use crossterm::event::{self, Event as Seen, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::{Ending, Event, spawn, tell};
use crate::app::{
    chord::{Chord, Key, Modifiers},
    msg::Msg,
};

/// Starts the thread.
pub(super) fn listen(sender: Sender<Event>) {
    spawn("input", move || {
        loop {
            // Some byte sequences make the parser panic in builds that check arithmetic; a stray
            // reply of the terminal must not end the keyboard.
            let alive = match panic::catch_unwind(event::read) {
                Ok(Ok(seen)) => pass_on(&sender, &seen),
                Ok(Err(_)) => {
                    let _ = sender.send(Event::End(Ending::HungUp));
                    false
                }
                Err(_) => true,
            };
            if !alive {
                return;
            }
        }
    });
}

fn pass_on(sender: &Sender<Event>, seen: &Seen) -> bool {
    match *seen {
        Seen::Key(key) if key.kind != KeyEventKind::Release => {
            message(key).is_none_or(|msg| tell(sender, msg))
        }
        Seen::Paste(ref text) => tell(sender, Msg::Paste(text.clone())),
        _ => true,
    }
}

/// What a key means to the interface. A character beyond ASCII is passed on as it was typed.
fn message(event: KeyEvent) -> Option<Msg> {
    let plain = (event.modifiers - KeyModifiers::SHIFT).is_empty();
    match event.code {
        KeyCode::Char(c) if plain && !c.is_ascii() => Some(Msg::Typed(c)),
        _ => chord(event).map(Msg::Key),
    }
}

fn chord(event: KeyEvent) -> Option<Chord> {
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => {
            shift = true;
            Key::Tab
        }
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    Some(Chord::new(key, Modifiers { ctrl, alt, shift }))
}
