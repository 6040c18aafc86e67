//! What can go wrong around the program, row by row, in a real terminal: `cargo test --test faults`.
//!
//! ```text
//! cargo test --locked --test faults                          # what a change has to pass, each row once
//! cargo test --locked --test faults -- F07 resize            # rows by their number or a word, once
//! cargo test --locked --test faults -- --all --json FILE     # every row in its long form, 20 times
//! cargo test --locked --test faults -- --all --times 3 F01   # the long form of one row, 3 times
//! cargo test --locked --test faults -- F02 --seed 17         # the same random moments again
//! ```
//!
//! It is a test of its own and not a program beside the tests: so cargo builds the program, tells where it
//! is, and runs the rows with all other tests, and nothing else has to be installed or known.
//!
//! A row is an entry of a table ([`row::Row`]) in the file of its group, with a function that plays the fault
//! and says what came of it. It starts the program by [`run::Run::start`] and hands it to one of the functions
//! in [`ends`], which hold what is the same for all rows:
//!
//! * I1 the settings of the terminal are as before,
//! * I2 every mode is switched off again, and the cursor is shown,
//! * I3 the exit code is as the row says, and the program and all that it started are gone within two seconds,
//! * I4 every mark that was said to be saved is there,
//! * I5 nothing but text and the program's own sequences went to the terminal,
//! * I6 a message names the path, the cause and what to do,
//! * I7 memory stays below the row's bound, and a program that rests takes no processor time.
//!
//! Times are held in the long form only: a machine that is busy with other tests is no fault.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the report is the result")]

mod archives;
mod durability;
mod ends;
mod files;
#[path = "../harness/mod.rs"]
mod harness;
mod hostile;
mod life;
mod options;
mod packs;
mod printed;
mod processes;
mod report;
mod row;
mod run;
mod schedule;

use std::process::ExitCode;

use options::Options;
use row::Row;

/// All rows, in the order of the catalogue.
fn rows() -> Vec<&'static Row> {
    let groups = [life::ROWS, hostile::ROWS, files::ROWS, archives::ROWS, durability::ROWS];
    groups.into_iter().flatten().collect()
}

fn main() -> ExitCode {
    let options = match Options::of(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("faults: {why}");
            return ExitCode::from(2);
        }
    };
    let chosen: Vec<_> = rows().into_iter().filter(|row| options.chooses(row)).collect();
    let report = schedule::run(&chosen, &options);
    println!("{}", report.summary());
    if let Some(path) = &options.json
        && let Err(error) = report.write(path)
    {
        eprintln!("faults: {}: {error}", path.display());
        return ExitCode::from(2);
    }
    if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
