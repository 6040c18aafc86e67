//! `zhaidu man`: the manual page, with the keys from the registry of actions.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man;

use super::{
    Exit,
    args::{Args, EXAMPLES, EXIT_CODES},
    output::Output,
};
use crate::{
    app::{
        action::{ACTIONS, Group},
        keymap::Keymap,
    },
    lang::Lang,
};

pub(super) fn run(out: &mut Output) -> io::Result<Exit> {
    let man = Man::new(Args::command());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    man.render_subcommands_section(out)?;
    write_keys(out)?;
    writeln!(out, ".SH EXAMPLES\n.nf\n{EXAMPLES}\n.fi\n.SH EXIT STATUS\n{EXIT_CODES}")?;
    man.render_version_section(out)?;
    Ok(Exit::Fine)
}

fn write_keys(out: &mut Output) -> io::Result<()> {
    let keymap = Keymap::default();
    writeln!(out, ".SH KEYS")?;
    for group in Group::ALL {
        writeln!(out, ".SS {}", group.title(Lang::En))?;
        for spec in ACTIONS.iter().filter(|spec| spec.group == group) {
            let context = spec.contexts.first();
            let keys = context.map_or_else(Vec::new, |at| keymap.keys_for(*at, spec.action));
            let keys: Vec<String> =
                keys.iter().map(|key| key.to_string().replace('\\', "\\\\")).collect();
            let keys = if keys.is_empty() { "(no key)".to_owned() } else { keys.join(", ") };
            writeln!(out, ".TP\n\\fB{keys}\\fR\n{} ({})", spec.help(Lang::En), spec.words)?;
        }
    }
    Ok(())
}
