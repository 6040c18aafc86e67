//! The thread that copies what a person must not lose, once a day: nobody waits for it.

use std::sync::mpsc::Sender;

use super::{Event, spawn, tell};
use crate::{
    app::msg::{Msg, Trouble},
    config,
    lang::Lang,
    store::backup::{self, Precious},
    text::display::{DisplayLine, display},
};

/// Starts the thread, which ends when all is copied. It tells what could not be.
pub(super) fn start(lang: Lang, sender: Sender<Event>) {
    // Without a home there is nothing to copy, and nowhere to.
    let Some(folder) = config::backup_folder() else { return };
    let all = [
        ("marks", config::marks_folder()),
        ("overrides", config::overrides_file()),
        ("places", config::places_folder()),
    ];
    let all = all.into_iter().filter_map(|(name, path)| Some(Precious { name, path: path? }));
    let all: Vec<Precious> = all.collect();
    spawn("backup", move || {
        for error in backup::keep(&folder, &all, backup::today()) {
            let why = DisplayLine::new(&error.message(lang));
            let what = lang.of("没有备份", "no copy was made");
            tell(&sender, Msg::Trouble(Trouble::general(display!("{what}: {why}"))));
        }
    });
}
