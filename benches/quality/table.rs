//! The rows of the table.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use crate::{
    methods::Side,
    run::Run,
    sets::{Column, Set},
};

/// Prints the rows of a set; whether every promise was kept.
pub(crate) fn print(run: &Run) -> bool {
    let Run { name, set, methods, records, .. } = run;
    println!("\n{}: {} articles", set.what, records.len());
    row("set", "method", set.columns.iter().map(|column| column.name.to_owned()));
    let titled = records.iter().any(|record| record.title.is_some());
    let mut ours: Vec<Option<f64>> = Vec::new();
    let mut peers = vec![f64::NEG_INFINITY; set.columns.len()];
    for (at, method) in methods.iter().enumerate() {
        // Without titles to withhold the row would be there twice.
        let again = method.side == Side::Ours && !titled && !set.tells(method);
        if again || !set.columns.iter().any(|column| column.suits(method)) {
            continue;
        }
        let mean = |column: &Column| column.suits(method).then(|| run.mean(column, at));
        let means: Vec<Option<f64>> = set.columns.iter().map(mean).collect();
        let fair = set.tells(method) != set.headline;
        let counts = method.side == Side::Ours && fair && ours.is_empty();
        let mark = if counts { " *" } else { "" };
        row(name, &format!("{}{mark}", method.name), means.iter().map(|mean| number(*mean)));
        if counts {
            ours = means;
        } else if method.side == Side::Peer {
            let means = means.into_iter().map(|mean| mean.unwrap_or(f64::NEG_INFINITY));
            peers = peers.into_iter().zip(means).map(|(best, mean)| best.max(mean)).collect();
        }
    }
    let ours: Vec<f64> = ours.into_iter().flatten().collect();
    let margins = ours.iter().zip(peers).map(|(ours, peer)| format!("{:+.2}", ours - peer));
    row(name, "* over the best peer", margins);
    verdict(name, set, &ours)
}

/// Prints what was promised and whether it was kept.
fn verdict(name: &str, set: &Set, ours: &[f64]) -> bool {
    let limits: Vec<Option<f64>> = set.columns.iter().map(|column| set.limit(column)).collect();
    row(name, "limit, at least", limits.iter().map(|limit| number(*limit)));
    let missed = |(limit, ours): (&Option<f64>, &f64)| limit.map(|limit| *ours < limit);
    let missed: Vec<Option<bool>> = limits.iter().zip(ours).map(missed).collect();
    let word = |missed: &Option<bool>| match missed {
        None => "",
        Some(false) => "ok",
        Some(true) => "MISSED",
    };
    row(name, "* keeps it", missed.iter().map(|missed| word(missed).to_owned()));
    !missed.contains(&Some(true))
}

fn row(set: &str, method: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| format!("{cell:>8}")).collect();
    println!("{set:<15} {method:<20} {}", cells.join(" "));
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}
