//! Control sequences in reports of panics.

use std::fs;

use crate::{
    harness::{
        archive::{Archive, article},
        grammar,
        payloads::payloads,
    },
    row::{Outcome, Row},
    run::Run,
};

/// F21.
pub(super) const REPORTS: Row = Row {
    id: "F21",
    what: "control sequences in the report of a panic, and in what is said of it",
    needs: &[],
    cap_mib: 200,
    alone: false,
    in_ci: true,
    play: reports,
};

fn reports(run: &mut Run) -> Outcome {
    if !cfg!(debug_assertions) {
        let why = "a program that is built for release takes no faults";
        return Outcome::Skipped(why.to_owned());
    }
    let payloads = payloads();
    for place in ["draw", "analyst", "scanner"] {
        // The message of the panic quotes what was asked for.
        let payload = &payloads[run.below(payloads.len() as u64) as usize];
        let fault = format!("坏\x1b]0;x{}:{place}:1", payload.replace([':', '\0'], ""));
        let archive = Archive::new();
        archive.add("\x1b]0;PWNED\x07\u{9b}31m.txt", article("标题\x1b]52;c;eA==\x07"));
        let launch = run
            .zhaidu(["--no-cache".as_ref(), archive.path()])
            .size(160, 45)
            .env("ZHAIDU_FAULT", &fault);
        let mut live = run.start(launch);
        if place == "draw" {
            live.wait_exit();
            let said = String::from_utf8_lossy(live.raw()).into_owned();
            assert!(said.contains("zhaidu: main:"), "I6: {said}");
            run.ends(live, 101);
        } else {
            let failed =
                if place == "scanner" { "处理它时程序出错" } else { "程序出错" };
            live.wait_for_text(failed);
            run.leaves(live);
        }
    }
    let folder = run.home().join(".local/state/zhaidu/reports");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("reports are kept").flatten() {
        let report = fs::read(entry.path()).expect("a report");
        grammar::check(&report);
        let report = String::from_utf8_lossy(&report).into_owned();
        assert!(report.contains("a fault was asked for: 坏"), "{report}");
        // Not even what the program may write itself: whoever looks at a file wants no colours of it.
        assert!(!report.contains('\x1b'), "{report:?}");
        count += 1;
    }
    assert_eq!(count, 3, "a report of each");
    Outcome::Pass
}
