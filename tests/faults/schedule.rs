//! Plays the rows: two at a time, and those that want quiet one after the other.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    sync::Mutex,
    thread,
    time::Instant,
};

use crate::{
    options::Options,
    report::{Played, Report},
    row::{Outcome, Row},
    run::Run,
};

/// Rows that are played at the same time.
const AT_ONCE: usize = 2;

thread_local! {
    /// What the last panic of this thread said, and where.
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Plays rows as asked for and tells of each one as it ends.
pub(crate) fn run(rows: &[&'static Row], options: &Options) -> Report {
    set_hook(Box::new(|info| SAID.with(|said| *said.borrow_mut() = info.to_string())));
    let (quiet, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.alone);
    let mut played = side_by_side(others, AT_ONCE, options);
    played.extend(side_by_side(quiet, 1, options));
    played.sort_by_key(|played| played.row.id);
    Report { seed: options.seed, all: options.all, played }
}

fn side_by_side(rows: Vec<&'static Row>, at_once: usize, options: &Options) -> Vec<Played> {
    let waiting = Mutex::new(VecDeque::from(rows));
    let played = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(row) = waiting.lock().ok().and_then(|mut rows| rows.pop_front()) {
                    let row = play(row, options);
                    print!("{}", row.told());
                    if let Ok(mut played) = played.lock() {
                        played.push(row);
                    }
                }
            });
        }
    });
    played.into_inner().unwrap_or_default()
}

/// Plays a row as often as it is wanted, or until it is known that it cannot be played.
fn play(row: &'static Row, options: &Options) -> Played {
    let started = Instant::now();
    let mut played = Played {
        row,
        passed: 0,
        failures: Vec::new(),
        counts: BTreeMap::new(),
        passed_over: None,
        took: started.elapsed(),
    };
    if let Some(why) = row.needs.iter().find_map(|need| need.missing()) {
        played.passed_over = Some(Outcome::Skipped(why));
        return played;
    }
    for number in 0..options.times {
        let seed = options.seed.wrapping_add(u64::from(number));
        match play_once(row, (seed, number), options.all, &mut played.counts) {
            Outcome::Pass => played.passed += 1,
            Outcome::Fail(why) => played.failures.push((seed, why)),
            outcome => {
                played.passed_over = Some(outcome);
                break;
            }
        }
    }
    played.took = started.elapsed();
    played
}

fn play_once(
    row: &'static Row,
    (seed, number): (u64, u32),
    is_long: bool,
    counts: &mut BTreeMap<&'static str, u64>,
) -> Outcome {
    let mut run = Run::new(row, seed, number, is_long);
    let outcome = catch_unwind(AssertUnwindSafe(|| (row.play)(&mut run)));
    for (what, count) in &run.counts {
        *counts.entry(what).or_default() += count;
    }
    match outcome {
        Ok(Outcome::Pass) if run.open() > 0 => {
            Outcome::Fail("the row does not say how a program that it started ends".to_owned())
        }
        Ok(outcome) => outcome,
        Err(_) => Outcome::Fail(SAID.with(RefCell::take)),
    }
}
