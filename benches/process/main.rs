//! Measures the program as a whole against the figures that it promises:
//! `cargo bench --bench process -- [NAME]…`, with the
//! names of [`MEASURES`].
//!
//! Prints a table and fails when a figure is missed. The README beside this folder says how each
//! figure is measured.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table is the result")]

mod account;
mod archives;
#[path = "../shared/clock.rs"]
mod clock;
#[path = "../shared/corpus.rs"]
mod corpus;
mod decoding;
mod drawing;
mod keys;
mod opening;
mod session;
#[path = "../shared/stage.rs"]
mod stage;
mod summary;
mod typeset;
mod walk;

use std::{env, io, process::ExitCode};

/// One line of the table.
pub(crate) struct Figure {
    /// What was measured, and on what.
    pub(crate) what: String,
    /// The measurement.
    pub(crate) measured: f64,
    /// The promise that it is held against, if there is one.
    pub(crate) limit: Option<f64>,
    /// Unit of both.
    pub(crate) unit: &'static str,
    /// What else was seen.
    pub(crate) note: String,
}

impl Figure {
    fn is_missed(&self) -> bool {
        self.limit.is_some_and(|limit| self.measured > limit)
    }

    fn print(&self) {
        let Self { what, measured, limit, unit, note } = self;
        let limit = limit.map_or_else(String::new, |limit| format!("{limit} {unit}"));
        let verdict = match (self.limit, self.is_missed()) {
            (None, _) => "",
            (_, false) => "ok",
            (_, true) => "MISSED",
        };
        let measured = format!("{measured:.2} {unit}");
        println!("{what:<46} {measured:>12} {limit:>9}  {verdict:<6}  {note}");
    }
}

type Measure = fn() -> io::Result<Vec<Figure>>;

const MEASURES: [(&str, Measure); 11] = [
    ("decode", || Ok(decoding::decode_figures())),
    ("first-frame", opening::first_frame),
    ("folder", opening::folder),
    ("keys", || Ok(keys::keys())),
    ("bytes", || Ok(drawing::bytes())),
    ("frame", || Ok(drawing::frame())),
    ("typeset", || Ok(typeset::typeset())),
    ("summary", summary::summary),
    ("analysis", summary::analysis),
    ("memory", opening::memory),
    ("walk", walk::walk),
];

fn main() -> ExitCode {
    // Cargo adds options of its own.
    let args: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let done = match args.as_slice() {
        [mode, file] if mode == summary::YARDSTICK => summary::load_and_cut(file).map(|()| true),
        [mode] if mode == walk::DICTIONARY => walk::only_load().map(|()| true),
        wanted => measure(wanted),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the wanted measurements, or all; whether every promise was kept.
fn measure(wanted: &[String]) -> io::Result<bool> {
    println!("{:<46} {:>12} {:>9}", "figure", "measured", "limit");
    let mut kept = true;
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    for (_, measure) in MEASURES.iter().filter(|(name, _)| chosen(name)) {
        for figure in measure()? {
            figure.print();
            kept &= !figure.is_missed();
        }
    }
    Ok(kept)
}
