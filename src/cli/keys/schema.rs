//! `zhaidu keys schema`: a JSON schema of keymap files, made from the registry of commands.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::{
    app::{
        action::{ACTIONS, ActionSpec, Context},
        chord::Sequence,
        keymap::Preset,
    },
    cli::{Exit, output::Output},
    lang::Lang,
};

pub(super) fn run(out: &mut Output) -> io::Result<Exit> {
    let schema = schema(out.lang);
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    out.write_all(b"\n")?;
    Ok(Exit::Fine)
}

fn schema(lang: Lang) -> Value {
    let mut tables = Map::new();
    let mut definitions = Map::new();
    for context in Context::ALL {
        tables.insert(context.name().to_owned(), table(context));
        definitions.insert(context.name().to_owned(), commands(context, lang));
    }
    let presets: Vec<&str> = Preset::ALL.into_iter().map(Preset::name).collect();
    let inherit = lang.of("从哪一套键位开始", "the keymap that this one begins from");
    tables.insert("inherit".to_owned(), json!({ "description": inherit, "enum": presets }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": lang.of("zhaidu 的键位", "Keymap of zhaidu"),
        "type": "object",
        "properties": tables,
        "additionalProperties": false,
        "$defs": definitions,
    })
}

/// The table of a context: its keys are sequences, what they are set to are its commands.
fn table(context: Context) -> Value {
    let command = json!({ "$ref": format!("#/$defs/{}", context.name()) });
    json!({
        "type": "object",
        "propertyNames": { "pattern": Sequence::pattern() },
        "additionalProperties": {
            "anyOf": [
                command,
                { "const": "none" },
                { "type": "array", "items": command, "minItems": 1 },
            ],
        },
    })
}

/// The commands of a context. What each does stands where editors look for it: taplo and those built on
/// it read `x-taplo`, every other one passes it over.
fn commands(context: Context, lang: Lang) -> Value {
    let rows = || ACTIONS.iter().filter(|spec| spec.works_in(context));
    let words: Vec<&str> = rows().map(|spec| spec.words).collect();
    let help: Vec<&str> = rows().map(|spec: &ActionSpec| spec.help(lang)).collect();
    json!({ "enum": words, "x-taplo": { "docs": { "enumValues": help } } })
}
