//! The `zhaidu` program.

use std::process::ExitCode;

use clap::Parser;
use zhaidu::cli::{self, args::Args};

fn main() -> ExitCode {
    ExitCode::from(cli::run(Args::parse()).code())
}
