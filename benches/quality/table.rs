//! Running the methods over a set, and the rows that come out.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::{num::NonZero, thread};

use crate::{
    cases::{Case, Record, article, readable},
    methods::{METHODS, Method, Ranked, Side},
    sets::{Column, Set},
};

/// What every method made of an article, in the order of [`METHODS`].
type Outcome = Vec<Ranked>;

/// What every method made of every article, on all cores.
pub(crate) fn outcomes(records: &[Record], set: &Set) -> Vec<Outcome> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut outcomes: Vec<Outcome> = Vec::new();
    outcomes.resize_with(records.len(), Vec::new);
    thread::scope(|scope| {
        let share = |first: usize| {
            let mine = records.iter().enumerate().skip(first).step_by(threads);
            mine.map(|(at, record)| (at, outcome(record, set))).collect::<Vec<_>>()
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        for (at, outcome) in running.into_iter().flat_map(|thread| thread.join().expect("no panic"))
        {
            outcomes[at] = outcome;
        }
    });
    outcomes
}

fn outcome(record: &Record, set: &Set) -> Outcome {
    let [told, untold] = [record.title.as_deref(), None].map(|title| article(title, &record.text));
    let texts = [&told, &untold].map(|article| article.as_ref().map(readable));
    let reference = record.summary.as_deref().unwrap_or_default();
    let case = |at: usize| {
        let article = [&told, &untold][at].as_ref()?;
        Some(Case::new(article, texts[at].as_deref()?, reference))
    };
    let cases = [case(0), case(1)];
    let case = |method: &Method| cases[usize::from(!set.tells(method))].as_ref();
    METHODS.iter().map(|method| case(method).map(method.rank).unwrap_or_default()).collect()
}

/// Prints the rows of a set; whether every promise was kept.
pub(crate) fn print(name: &str, set: &Set, records: &[Record], outcomes: &[Outcome]) -> bool {
    println!("\n{}: {} articles", set.what, records.len());
    let names = set.columns.iter().map(|column| column.name.to_owned());
    row("set", "method", names);
    let titled = records.iter().any(|record| record.title.is_some());
    let mut ours = Vec::new();
    let mut best = vec![f64::NEG_INFINITY; set.columns.len()];
    for (at, method) in METHODS.iter().enumerate() {
        // Without titles to withhold the row would be there twice.
        let again = method.side == Side::Ours && !titled && !set.tells(method);
        if again || !set.columns.iter().any(|column| column.suits(method)) {
            continue;
        }
        let means: Vec<Option<f64>> = set
            .columns
            .iter()
            .map(|column| column.suits(method).then(|| mean(column, at, records, outcomes)))
            .collect();
        let counts = method.side == Side::Ours && set.tells(method) != set.headline;
        let mark = if counts { " *" } else { "" };
        row(name, &format!("{}{mark}", method.name), means.iter().map(|mean| number(*mean)));
        if counts {
            ours.clone_from(&means);
        }
        if method.side == Side::Peer {
            for (best, mean) in best.iter_mut().zip(&means) {
                *best = best.max(mean.unwrap_or(f64::NEG_INFINITY));
            }
        }
    }
    let ours: Vec<f64> = ours.into_iter().flatten().collect();
    let margins = ours.iter().zip(best).map(|(ours, best)| format!("{:+.2}", ours - best));
    row(name, "* over the best peer", margins);
    verdict(name, set, &ours)
}

/// Prints what was promised and whether it was kept.
fn verdict(name: &str, set: &Set, ours: &[f64]) -> bool {
    let limits: Vec<Option<f64>> = set.columns.iter().map(|column| set.limit(column)).collect();
    row(name, "limit", limits.iter().map(|limit| number(*limit)));
    let missed = |(limit, ours): (&Option<f64>, &f64)| limit.map(|limit| *ours < limit);
    let missed: Vec<Option<bool>> = limits.iter().zip(ours).map(missed).collect();
    let word = |missed: &Option<bool>| match missed {
        None => "",
        Some(false) => "ok",
        Some(true) => "MISSED",
    };
    row(name, "* over the limit", missed.iter().map(|missed| word(missed).to_owned()));
    !missed.contains(&Some(true))
}

fn row(set: &str, method: &str, cells: impl Iterator<Item = String>) {
    let cells: String = cells.map(|cell| format!("{cell:>9}")).collect();
    println!("{:<15} {method:<20} {cells}", set);
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

/// The mean of a measure over all articles that have a reference.
fn mean(column: &Column, method: usize, records: &[Record], outcomes: &[Outcome]) -> f64 {
    let scores: Vec<f64> = records
        .iter()
        .zip(outcomes)
        .filter_map(|(record, outcome)| column.score(outcome.get(method)?, record))
        .collect();
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}
