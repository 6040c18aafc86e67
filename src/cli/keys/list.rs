//! `zhaidu keys list`: the keys with what they do.

use std::io::{self, Write};

use super::{Origins, help, load, print, words};
use crate::{
    app::action::Context,
    cli::{
        Exit,
        args::KeysListArgs,
        json::{self, ListedKey, ListedKeys},
        output::Output,
    },
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &KeysListArgs, out: &mut Output) -> io::Result<Exit> {
    let Some(loaded) = load(&args.keymap, out) else { return Ok(Exit::Failed) };
    let (keymap, origins) = (&loaded.keymap, Origins::new(&loaded));
    let contexts = args.context.map_or(Context::ALL.to_vec(), |context| vec![context]);
    let mut keys = Vec::new();
    for context in contexts {
        for (sequence, actions) in keymap.bindings(context) {
            let table = keymap.table_of(context, sequence);
            // The global table is listed by itself where all are.
            if args.context.is_some() || table == context {
                keys.push((context, table, sequence, actions));
            }
        }
    }
    if args.json {
        let lang = out.lang;
        let listed = keys.iter().map(|(context, table, sequence, actions)| ListedKey {
            context: context.name(),
            keys: sequence.to_string(),
            commands: actions.iter().map(|action| action.words()).collect(),
            help: actions.iter().map(|action| action.spec().help(lang)).collect(),
            table: table.name(),
            from: origins.of(*table, sequence),
        });
        json::write(out, &ListedKeys::new(loaded.preset.name(), listed.collect()))?;
        out.write_all(b"\n")?;
        return Ok(Exit::Fine);
    }
    let rows: Vec<Vec<DisplayLine>> = keys
        .into_iter()
        .map(|(context, _, sequence, actions)| {
            let help = DisplayLine::new(&help(actions, out.lang));
            vec![
                context.name().into(),
                display!("{sequence}"),
                display!("{}", words(actions)),
                help,
            ]
        })
        .collect();
    print(&rows, out)?;
    Ok(Exit::Fine)
}
