//! `zhaidu completions`: completions for a shell.

use std::io::{self, Write};

use clap::CommandFactory;

use super::{
    Exit,
    args::{Args, CompletionsArgs},
    output::Output,
};

pub(super) fn run(args: &CompletionsArgs, out: &mut Output) -> io::Result<Exit> {
    // The generator panics when it cannot write, as into a pipe that was closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "zhaidu", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Fine)
}
