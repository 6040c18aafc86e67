//! `zhaidu completions`: completions for a shell.

use std::io;

use clap::CommandFactory;

use super::{
    Exit,
    args::{Args, CompletionsArgs},
    output::Output,
};

pub(super) fn run(args: &CompletionsArgs, out: &mut Output) -> io::Result<Exit> {
    clap_complete::generate(args.shell, &mut Args::command(), "zhaidu", out);
    Ok(Exit::Fine)
}
