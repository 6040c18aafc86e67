//! The interactive shell as a state machine that has never heard of a terminal.
//!
//! What happens is a [`msg::Msg`]; [`update::update`] changes the [`model::Model`] and answers with
//! [`msg::Effect`]s, which whoever runs the interface carries out. A key press is a
//! [`chord::Chord`]; a [`keymap::Keymap`] turns the chords typed in a context into
//! [`action::Action`]s, and each pane owns its methods. Nothing here reads a file, a clock or an
//! event, so a test drives the whole program by messages.

pub mod action;
pub mod archive;
pub mod choices;
pub mod chord;
pub mod copying;
pub mod export;
pub mod filters;
pub mod find;
pub mod flash;
pub mod flow;
pub mod help;
pub mod history;
pub mod keymap;
pub mod keywords;
pub mod layout;
pub mod level;
pub mod list;
pub mod lookup;
pub mod marks;
pub mod model;
pub mod mouse;
pub mod msg;
pub mod note;
pub mod overlay;
pub mod page;
pub mod palette;
pub mod places;
pub mod preferences;
pub mod prompt;
pub mod reader;
pub mod scroll_bar;
pub mod search;
pub mod sentences;
pub mod session;
pub mod skim;
pub mod sorting;
pub mod tabs;
pub mod theme;
pub mod timeline;
pub mod update;
pub mod viewport;
pub mod why;
