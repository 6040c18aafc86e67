//! The `zhaidu` program.

use std::process::ExitCode;

use zhaidu::{
    cli::{self, args::Args},
    guard,
};

fn main() -> ExitCode {
    if guard::is_guard() {
        guard::serve();
        return ExitCode::SUCCESS;
    }
    ExitCode::from(cli::run(Args::of_process()).code())
}
