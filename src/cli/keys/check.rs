//! `zhaidu keys check`: all that is wrong with a keymap.

use std::io;

use super::complain_of;
use crate::{
    app::keymap::Severity,
    cli::{Exit, args::KeysCheckArgs, output::Output},
    config,
    lang::Lang,
    text::display::display,
};

pub(super) fn run(args: &KeysCheckArgs, out: &mut Output) -> io::Result<Exit> {
    let loaded = config::load_keymap(args.file.clone());
    if let Some(file) = &loaded.unreadable {
        complain_of(file, out);
        return Ok(Exit::Failed);
    }
    let Some(file) = &loaded.file else {
        let none = out.lang.of("没有键位文件，用默认键位", "there is no keymap file: default keys");
        out.complain(&display!("zhaidu: {none}"));
        return Ok(Exit::Fine);
    };
    for mistake in &loaded.mistakes {
        out.line(&display!("{}", mistake.message(out.lang)))?;
    }
    if loaded.mistakes.iter().any(|mistake| mistake.severity == Severity::Error) {
        return Ok(Exit::Failed);
    }
    if loaded.mistakes.is_empty() {
        let (file, preset, count) =
            (file.to_string_lossy(), loaded.preset.name(), loaded.keys.len());
        out.line(&match out.lang {
            Lang::Zh => display!("{file}: 没有错误（{preset} 加上自己的 {count} 个键）"),
            Lang::En => display!("{file}: no mistakes ({preset}, and {count} keys of its own)"),
        })?;
    }
    Ok(Exit::Fine)
}
