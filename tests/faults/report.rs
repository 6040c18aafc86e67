//! What is told of the rows, to people and to programs.

use std::{collections::BTreeMap, fmt::Write, fs, io, path::Path, time::Duration};

use serde_json::{Value, json};

use crate::row::{Outcome, Row};

/// Failures of a row that are told in full.
const TOLD: usize = 3;

/// Lines of a failure that are told: a screen, and what was expected.
const MOST_LINES: usize = 45;

/// A row that was played, maybe several times.
pub(crate) struct Played {
    pub(crate) row: &'static Row,
    /// Times that all was well.
    pub(crate) passed: u32,
    /// The seeds of the other times, and why.
    pub(crate) failures: Vec<(u64, String)>,
    /// What was counted meanwhile.
    pub(crate) counts: BTreeMap<&'static str, u64>,
    /// Why it was not played.
    pub(crate) passed_over: Option<Outcome>,
    pub(crate) took: Duration,
}

impl Played {
    /// The line for the row, with its failures below.
    pub(crate) fn told(&self) -> String {
        let Row { id, what, .. } = self.row;
        match &self.passed_over {
            Some(Outcome::Skipped(why)) => return format!("{id} skipped  {what}: {why}\n"),
            Some(Outcome::NotApplicable(why)) => return format!("{id} n/a  {what}: {why}\n"),
            _ => {}
        }
        let (passed, all) = (self.passed, self.passed as usize + self.failures.len());
        let word = self.word();
        let counts = self.counts.iter().fold(String::new(), |mut told, (what, count)| {
            let _ = write!(told, ", {count} {what}");
            told
        });
        let seconds = self.took.as_secs_f32();
        let mut told = format!("{id} {word} {passed}/{all}  {what}  ({seconds:.1} s{counts})\n");
        for (seed, why) in self.failures.iter().take(TOLD) {
            let why: Vec<&str> = why.trim_end().lines().take(MOST_LINES).collect();
            let why = why.join("\n    ");
            let _ = writeln!(told, "  again: -- {id} --seed {seed}\n    {why}");
        }
        told
    }

    fn word(&self) -> &'static str {
        match &self.passed_over {
            Some(Outcome::Skipped(_)) => "skipped",
            Some(_) => "n/a",
            None if self.failures.is_empty() => "pass",
            None => "FAIL",
        }
    }

    fn to_json(&self) -> Value {
        let failures: Vec<Value> =
            self.failures.iter().map(|(seed, why)| json!({"seed": seed, "why": why})).collect();
        let why = match &self.passed_over {
            Some(Outcome::Skipped(why)) => Value::from(why.as_str()),
            Some(Outcome::NotApplicable(why)) => Value::from(*why),
            _ => Value::Null,
        };
        json!({
            "id": self.row.id,
            "what": self.row.what,
            "outcome": self.word().to_lowercase(),
            "passed": self.passed,
            "failures": failures,
            "counts": self.counts,
            "why": why,
            "seconds": self.took.as_secs_f64(),
        })
    }
}

/// All rows that were played.
pub(crate) struct Report {
    pub(crate) seed: u64,
    pub(crate) all: bool,
    pub(crate) played: Vec<Played>,
}

impl Report {
    /// Whether nothing failed.
    pub(crate) fn is_good(&self) -> bool {
        self.played.iter().all(|played| played.failures.is_empty())
    }

    /// One line about all rows.
    pub(crate) fn summary(&self) -> String {
        let count = |word| self.played.iter().filter(|played| played.word() == word).count();
        format!(
            "{} rows: {} pass, {} fail, {} skipped, {} n/a; seed {}",
            self.played.len(),
            count("pass"),
            count("FAIL"),
            count("skipped"),
            count("n/a"),
            self.seed
        )
    }

    /// Writes it for programs.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let rows: Vec<Value> = self.played.iter().map(Played::to_json).collect();
        let report = json!({"seed": self.seed, "long": self.all, "rows": rows});
        fs::write(path, format!("{report:#}\n"))
    }
}
