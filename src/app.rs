//! The interactive shell as a state machine that has never heard of a terminal.
//!
//! A key press is a [`chord::Chord`], a [`keymap::Keymap`] turns the chords typed in a context into
//! [`action::Action`]s. Nothing here reads a file or an event: texts and keys are passed in.

pub mod action;
pub mod chord;
pub mod keymap;
