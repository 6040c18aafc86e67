//! Sources with so many articles that they are read in parts.

use std::{fmt::Write, sync::atomic::Ordering};

use super::*;

/// Records of some megabytes, from number `from` on.
fn records(from: usize, to: usize) -> String {
    let mut lines = String::new();
    for at in from..to {
        let text = format!("第{at}号渡口的灯亮着，水位{}尺。", at * 7).repeat(60);
        let _ = writeln!(lines, "{{\"title\":\"第{at}号渡口\",\"text\":\"{text}\"}}");
    }
    lines
}

/// A run, the articles of each part that was told of, and whether it was the last of its source. It is stopped when
/// `stops` says so of the number of a part.
fn run_in_parts(archive: &Archive, stops: impl Fn(usize) -> bool) -> (Outcome, Vec<(u64, bool)>) {
    let (cancelled, mut parts) = (AtomicBool::new(false), Vec::new());
    let mut tell = |event: RunEvent| {
        if let RunEvent::Read(part) = event {
            assert_eq!(part.before, parts.iter().map(|(count, _)| count).sum::<u64>());
            parts.push((part.articles.len() as u64, part.is_last));
            cancelled.store(stops(parts.len()), Ordering::Relaxed);
        }
    };
    let outcome = Run::new(&archive.library(), &archive.place(), 2, &cancelled, &mut tell).finish();
    (outcome.expect("an index"), parts)
}

#[test]
fn a_large_source_is_read_in_parts_and_is_one() {
    let archive = Archive::new(&[("a.jsonl", &records(0, 3_000))]);
    let (Outcome { progress, added, .. }, parts) = run_in_parts(&archive, |_| false);
    assert!(parts.len() > 1, "{parts:?}");
    assert!(parts.iter().rev().skip(1).all(|(_, is_last)| !is_last), "{parts:?}");
    assert_eq!((progress.read, progress.settled, progress.articles, added), (1, 1, 3_000, 1));
    let numbers = |archive: &Archive| {
        let mut numbers = Vec::new();
        archive.index().rows(&mut |row| numbers.push(row.number)).expect("an index");
        numbers
    };
    assert_eq!(numbers(&archive), (0..3_000).collect::<Vec<u64>>());
    assert_eq!(archive.output(&["search", "-c", "title:\"第2999号渡口\""]).status.code(), Some(0));
    assert_eq!(archive.run().progress.read, 0);

    // Shorter than before: nothing is left of what there was.
    archive.write("a.jsonl", &records(10, 2_000));
    let (Outcome { changed, added, .. }, _) = run_in_parts(&archive, |_| false);
    assert_eq!((changed, added), (1, 0));
    assert_eq!(numbers(&archive).len(), 1_990);
    assert!(archive.search("\"第2999号渡口\"").is_empty());
    assert_eq!(archive.search("\"第1999号渡口\""), set(&["a.jsonl"]));
}

#[test]
fn a_large_source_that_was_left_is_read_again() {
    let text = records(0, 3_000);
    let (archive, whole) =
        (Archive::new(&[("a.jsonl", &text)]), Archive::new(&[("a.jsonl", &text)]));
    whole.run();
    for stop in [1, 2] {
        let (outcome, parts) = run_in_parts(&archive, |number| number >= stop);
        assert!(outcome.cancelled, "{parts:?}");
        assert!(!parts.iter().any(|(_, is_last)| *is_last), "{parts:?}");
    }
    let (outcome, _) = run_in_parts(&archive, |_| false);
    assert_eq!((outcome.progress.read, outcome.cancelled), (1, false));
    assert_eq!(archive.contents(), whole.contents());
}
