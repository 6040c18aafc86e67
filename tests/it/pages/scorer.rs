//! The scorer that pages split by hand come with, over what the program prints. It is not part of the
//! repository; without it, or without Python, the test says so and passes.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the last line but one of the scorer must say of all pages together.
const TOTAL: [&str; 6] = [
    "bound P1.00 R1.00 F1.00 (tp11 fp0 fn0)",
    "join P1.00 R1.00 F1.00 (tp23 fp0 fn0)",
    "pullq P1.00 R1.00 F1.00 (tp5 fp0 fn0)",
    "intact 16/16=1.00",
    "pure 16/16=1.00",
    "titleblock 14/15=0.93",
];
/// Lines that have the right role, of a hundred.
const ROLES: f32 = 0.97;

#[test]
fn the_scorer_of_the_gold_agrees() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let scorer = shared.join("eval/pages/score.py");
    let python = Command::new("python3").arg("--version").output();
    if !scorer.exists() || python.is_err() {
        println!("skipped: ../shared/eval/pages/score.py or python3 is not there");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut arguments: Vec<OsString> = vec!["-B".into(), scorer.into()];
    for page in pages(&shared.join("seeds")) {
        let name = page.file_name().expect("a name").to_string_lossy().into_owned();
        let split = Command::new(env!("CARGO_BIN_EXE_zhaidu"))
            .args(["pages", "--json", "--no-overrides"])
            .arg(&page)
            .output()
            .expect("the program runs");
        assert!(split.status.success(), "{name}: {}", String::from_utf8_lossy(&split.stderr));
        let ours = folder.path().join(&name);
        fs::write(&ours, split.stdout).expect("a file");
        arguments.push(shared.join(format!("eval/pages/gold/{name}.json")).into());
        arguments.push(ours.into());
    }
    let scored = Command::new("python3").args(arguments).output().expect("Python runs");
    let report = String::from_utf8_lossy(&scored.stdout);
    println!("{report}");
    let total = report.lines().find(|line| line.starts_with("TOTAL")).expect("a total");
    for figure in TOTAL {
        assert!(total.contains(figure), "{figure} is missed: {total}");
    }
    let roles = total.rsplit('=').next().and_then(|share| share.trim().parse::<f32>().ok());
    assert!(roles.is_some_and(|share| share >= ROLES), "{total}");
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the seeds are there");
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    pages.sort();
    pages
}
