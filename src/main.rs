//! The `zhaidu` program.

use std::process::ExitCode;

use zhaidu::cli::{self, args::Args};

fn main() -> ExitCode {
    ExitCode::from(cli::run(Args::of_process()).code())
}
