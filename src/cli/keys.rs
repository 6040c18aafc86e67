//! `zhaidu keys`: what the keys do, and what is wrong with a person's own.

mod check;
mod diff;
mod list;
mod schema;
mod which;

use std::io;

use super::{
    Exit,
    args::{KeymapArgs, KeysArgs, KeysCommand},
    columns::print,
    output::Output,
};
use crate::{
    app::{
        action::{Action, Context},
        chord::Sequence,
        keymap::{Keymap, PlacedKey, Preset},
    },
    config::{self, LoadedKeymap, file::Unreadable},
    lang::Lang,
    text::display::display,
};

pub(super) fn run(args: &KeysArgs, out: &mut Output) -> io::Result<Exit> {
    match &args.command {
        KeysCommand::List(args) => list::run(args, out),
        KeysCommand::Diff(args) => diff::run(args, out),
        KeysCommand::Which(args) => which::run(args, out),
        KeysCommand::Check(args) => check::run(args, out),
        KeysCommand::Schema => schema::run(out),
    }
}

/// Loads the keymap that is meant. Says what is wrong with it on the way: its good lines count.
fn load(args: &KeymapArgs, out: &mut Output) -> Option<LoadedKeymap> {
    let loaded = config::load_keymap(args.keymap.clone().or_else(|| out.settings().keymap.clone()));
    for mistake in &loaded.mistakes {
        out.complain(&display!("zhaidu: {}", mistake.message(out.lang)));
    }
    if let Some(file) = &loaded.unreadable {
        complain_of(file, out);
        return None;
    }
    Some(loaded)
}

/// Says why a keymap could not be read.
fn complain_of(file: &Unreadable, out: &mut Output) {
    out.complain(&display!("zhaidu: {}", file.message(out.lang)));
}

/// Where each key of a keymap comes from.
struct Origins {
    /// The files with the keys that each speaks of, the one that counts last.
    layers: Vec<(String, Vec<PlacedKey>)>,
}

impl Origins {
    fn new(loaded: &LoadedKeymap) -> Self {
        let mut keymap = Keymap::empty();
        let built_in = loaded.preset.layers().into_iter().map(|layer: Preset| {
            let name = format!("{}.toml", layer.name());
            let keys = keymap.merge_placed(&name, layer.text()).keys;
            (name, keys)
        });
        let mut layers: Vec<_> = built_in.collect();
        if let Some(file) = &loaded.file {
            layers.push((file.to_string_lossy().into_owned(), loaded.keys.clone()));
        }
        Self { layers }
    }

    /// The place that has the last word on a key of a table.
    fn of(&self, table: Context, sequence: &Sequence) -> String {
        let place = self.layers.iter().rev().find_map(|(file, keys)| {
            let is_it = |key: &&PlacedKey| key.context == table && key.sequence == *sequence;
            keys.iter().find(is_it).map(|key| format!("{file}:{}", key.line))
        });
        place.unwrap_or_default()
    }
}

/// The words of commands that run one after the other.
fn words(actions: &[Action]) -> String {
    let words: Vec<&str> = actions.iter().map(|action| action.words()).collect();
    words.join(", ")
}

/// What commands that run one after the other do.
fn help(actions: &[Action], lang: Lang) -> String {
    let help: Vec<&str> = actions.iter().map(|action| action.spec().help(lang)).collect();
    help.join(lang.of("；", "; "))
}
