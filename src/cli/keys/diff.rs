//! `zhaidu keys diff`: what a person's keymap changes against the one that it begins from.

use std::io;

use super::{Origins, load, print, words};
use crate::{
    app::{
        action::Context,
        chord::Sequence,
        keymap::{Keymap, Resolved},
    },
    cli::{Exit, args::KeymapArgs, output::Output},
    lang::Lang,
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &KeymapArgs, out: &mut Output) -> io::Result<Exit> {
    let Some(loaded) = load(args, out) else { return Ok(Exit::Failed) };
    let (origins, lang) = (Origins::new(&loaded), out.lang);
    let preset = loaded.preset.keymap();
    let rows: Vec<Vec<DisplayLine>> = loaded
        .keys
        .iter()
        .filter_map(|key| {
            let told = |keymap| does(keymap, key.context, &key.sequence, lang);
            let (before, after) = (told(&preset), told(&loaded.keymap));
            (before != after).then(|| {
                let place = display!("{}", origins.of(key.context, &key.sequence));
                let table = display!("[{}]", key.context.name());
                vec![place, table, display!("{}", key.sequence), before, after]
            })
        })
        .collect();
    if rows.is_empty() {
        let preset = loaded.preset.name();
        out.complain(&match lang {
            Lang::Zh => display!("zhaidu: 与键位 {preset} 没有不同"),
            Lang::En => display!("zhaidu: no difference to the keymap {preset}"),
        });
        return Ok(Exit::Nothing);
    }
    print(&rows, out)?;
    Ok(Exit::Fine)
}

/// What a sequence does in a context, in words.
fn does(keymap: &Keymap, context: Context, sequence: &Sequence, lang: Lang) -> DisplayLine {
    match keymap.resolve(context, sequence.chords()) {
        Resolved::Actions(actions) => display!("{}", words(actions)),
        Resolved::Pending => lang.of("（更长的键）", "(longer keys)").into(),
        Resolved::Unbound => "-".into(),
    }
}
