//! What was asked for on the command line.

use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::row::Row;

/// How often a row is played in its long form.
const OFTEN: u32 = 20;

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Options {
    /// Every row, in its long form.
    pub(crate) all: bool,
    /// How often each row is played.
    pub(crate) times: u32,
    /// What random moments come from.
    pub(crate) seed: u64,
    /// Where the report goes.
    pub(crate) json: Option<PathBuf>,
    /// Numbers of rows, or words of what they are about.
    pub(crate) words: Vec<String>,
}

impl Options {
    /// Reads arguments.
    pub(crate) fn of(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seed = u64::from(now.subsec_nanos());
        let mut options = Self { all: false, times: 0, seed, json: None, words: Vec::new() };
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("{arg} needs a value"));
            match arg.as_str() {
                "--all" => options.all = true,
                "--times" => options.times = number(&value()?)?,
                "--seed" => options.seed = number(&value()?)?,
                "--json" => options.json = Some(value()?.into()),
                // What is meant for the other tests of the same command.
                "--nocapture" | "--no-capture" | "--quiet" | "-q" => {}
                option if option.starts_with('-') => {
                    return Err(format!(
                        "{option} is not known; the head of tests/faults/main.rs says what is"
                    ));
                }
                _ => options.words.push(arg),
            }
        }
        if options.times == 0 {
            options.times = if options.all { OFTEN } else { 1 };
        }
        Ok(options)
    }

    /// Whether a row was asked for.
    pub(crate) fn chooses(&self, row: &Row) -> bool {
        let named = |word: &String| word == row.id || row.what.contains(word.as_str());
        if self.words.is_empty() { self.all || row.in_ci } else { self.words.iter().any(named) }
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text} is no number"))
}
