//! `zhaidu keys which`: what a sequence of keys does, and where that is said.

use std::io;

use super::{Origins, help, load, print, words};
use crate::{
    app::{action::Context, chord::Sequence},
    cli::{Exit, args::KeysWhichArgs, output::Output},
    lang::Lang,
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &KeysWhichArgs, out: &mut Output) -> io::Result<Exit> {
    let sequence: Sequence = match args.keys.join(" ").parse() {
        Ok(sequence) => sequence,
        Err(error) => {
            out.complain(&display!("zhaidu: {}", error.message(out.lang)));
            return Ok(Exit::Failed);
        }
    };
    let Some(loaded) = load(&args.keymap, out) else { return Ok(Exit::Failed) };
    let (keymap, origins) = (&loaded.keymap, Origins::new(&loaded));
    // The sequence itself, or everything that it is the beginning of.
    let rows: Vec<Vec<DisplayLine>> = keymap
        .starting_with(args.context, sequence.chords())
        .map(|(found, actions)| {
            let table = keymap.table_of(args.context, found);
            let (does, help) = (words(actions), help(actions, out.lang));
            let place = origins.of(table, found);
            let place = display!("{place} [{}]", table.name());
            vec![display!("{found}"), display!("{does}"), display!("{help}"), place]
        })
        .collect();
    if rows.is_empty() {
        let (table, context) = (keymap.table_of(args.context, &sequence), args.context.name());
        let place = origins.of(table, &sequence);
        out.complain(&unbound(&sequence, context, &place, table, out.lang));
        return Ok(Exit::Nothing);
    }
    print(&rows, out)?;
    Ok(Exit::Fine)
}

/// That the keys do nothing, and which line unbinds them or says something that does not work here.
fn unbound(
    sequence: &Sequence,
    context: &str,
    place: &str,
    table: Context,
    lang: Lang,
) -> DisplayLine {
    let why = match (place, lang) {
        ("", _) => String::new(),
        (place, Lang::Zh) => format!("（见 {place} [{}]）", table.name()),
        (place, Lang::En) => format!(" (see {place} [{}])", table.name()),
    };
    match lang {
        Lang::Zh => display!("zhaidu: {sequence} 在 [{context}] 中不起作用{why}"),
        Lang::En => display!("zhaidu: {sequence} does nothing in [{context}]{why}"),
    }
}
