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
    let mut ours: Option<Vec<Option<f64>>> = None;
    let mut peers: Vec<Option<f64>> = vec![None; set.columns.len()];
    for (at, method) in methods.iter().enumerate() {
        let fair = set.tells(method) != set.headline;
        // Where there is no title the program is the same whether it is told or not.
        let again = method.side == Side::Ours && !titled && !fair;
        if again || !set.columns.iter().any(|column| column.suits(method)) {
            continue;
        }
        let mean = |column: &Column| {
            if column.suits(method) { run.mean(column, at) } else { None }
        };
        let means: Vec<Option<f64>> = set.columns.iter().map(mean).collect();
        let counts = method.side == Side::Ours && fair && ours.is_none();
        let mark = if counts { " *" } else { "" };
        row(name, &format!("{}{mark}", method.name), means.iter().map(|mean| number(*mean)));
        if counts {
            ours = Some(means);
        } else if method.side == Side::Peer {
            let better = |(best, mean): (Option<f64>, Option<f64>)| {
                [best, mean].into_iter().flatten().reduce(f64::max)
            };
            peers = peers.into_iter().zip(means).map(better).collect();
        }
    }
    let ours = ours.unwrap_or_default();
    let margin = |(ours, peer): (&Option<f64>, Option<f64>)| {
        ours.zip(peer).map_or_else(|| number(None), |(ours, peer)| format!("{:+.2}", ours - peer))
    };
    row(name, "* over the best peer", ours.iter().zip(peers).map(margin));
    verdict(name, set, &ours)
}

/// Prints what was promised and whether it was kept.
fn verdict(name: &str, set: &Set, ours: &[Option<f64>]) -> bool {
    let limits: Vec<Option<f64>> = set.columns.iter().map(|column| set.limit(column)).collect();
    row(name, "limit, at least", limits.iter().map(|limit| number(*limit)));
    let missed = |(limit, ours): (&Option<f64>, &Option<f64>)| {
        limit.zip(*ours).map(|(limit, ours)| ours < limit)
    };
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
