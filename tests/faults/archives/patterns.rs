//! Queries that are made to take for ever, or all of the memory.

use std::{
    ffi::OsString,
    time::{Duration, Instant},
};

use crate::{
    harness::{archive::Archive, screen::rows},
    printed::words,
    row::{Outcome, Row},
    run::Run,
};

/// F52.
pub(super) const PATTERNS: Row = Row {
    id: "F52",
    what: "expressions that take for ever, and queries of a megabyte",
    needs: &[],
    cap_mib: 250,
    alone: true,
    in_ci: true,
    play: patterns,
};

/// Longest that a search of the archive may take.
const TIME: Duration = Duration::from_secs(10);

fn patterns(run: &mut Run) -> Outcome {
    let archive = Archive::of_articles(40);
    // What other programs try in as many ways as there are letters.
    archive.add("a.txt", format!("长行\n\n　　{}！\n", "a".repeat(200_000)));
    archive.add("b.txt", format!("长行\n\n　　{}！\n", "水".repeat(100_000)));
    let path = archive.path().as_os_str();
    for (query, code) in queries() {
        // A command line has an end, too.
        if !run.has_turn() || query.len() > 100_000 {
            continue;
        }
        let started = Instant::now();
        let query_shown: String = query.chars().take(30).collect();
        let output = run.command(words(&["search", &query], [path])).output().expect("it starts");
        let took = started.elapsed();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{query_shown}: {said}");
        assert!(!run.is_long || took < TIME, "{query_shown} took {took:?}");
        run.count("queries", 1);
    }
    let mut live = run.opened(&[OsString::from(archive.path())], 42);
    for (query, code) in queries() {
        if run.number > 0 && run.below(4) > 0 {
            continue;
        }
        live.send("/");
        live.wait_for("the line for a query", |screen| row_of_prompt(screen).starts_with('/'));
        // Typed, it is searched for while it grows; what is long is pasted.
        if query.len() > 60 {
            live.send(&format!("\x1b[200~{query}\x1b[201~"));
        } else {
            live.send(&query);
        }
        live.send("\r");
        if code == 2 {
            live.send("\x15");
        } else {
            live.wait_for("no line for a query", |screen| !row_of_prompt(screen).starts_with('/'));
        }
        // Whatever is still searched for, the person goes elsewhere.
        live.send("\x1b\x1b[I\x1b\x1b[I\x1b\x1b[I\x1b1?");
        live.wait_for_text("Esc 关闭");
        live.send("\x1b\x1b[I");
        live.wait_for_text("42 篇");
    }
    run.mark(&mut live);
    run.leaves(live);
    Outcome::Pass
}

fn row_of_prompt(screen: &vt100::Screen) -> String {
    rows(screen).pop().unwrap_or_default()
}

/// Queries, and the codes that a search for them ends with.
fn queries() -> Vec<(String, i32)> {
    let nested = format!("/{}a{}/", "(".repeat(1_000), ")".repeat(1_000));
    let groups = format!("{}江{}", "(".repeat(500), ")".repeat(500));
    let many =
        (0..40).map(|number| format!("/a{number}{{1,90}}/")).collect::<Vec<_>>().join(" OR ");
    [
        ("/(a+)+$/", 1),
        ("/(a|a)*b/", 1),
        ("/(a*)*c/", 1),
        ("/(.*)(.*)(.*)(.*)(.*)x$/", 1),
        ("/^(([a-z])+.)+[A-Z]([a-z])+$/", 1),
        ("/(水|水水|水水水)*火/", 1),
        ("/[一-龥]{1,200}x/", 1),
        ("/.{1000}.{1000}.{1000}/", 2),
        ("/((a{0,100}){0,100}){0,100}/", 2),
        ("/\\pL{900}{900}/", 2),
        ("/(?<=a)b/", 2),
        ("/(a)\\1/", 2),
        (&nested, 2),
        (&groups, 2),
        (&many, 2),
        (&"水".repeat(1 << 20 >> 2), 2),
        (&"江 OR ".repeat(2_000), 2),
        (&"-".repeat(1_500), 2),
    ]
    .map(|(query, code)| (query.to_owned(), code))
    .into()
}
