//! What the fuzzer has kept, on the ordinary build: every file of every corpus keeps the law of its name.
//!
//! `fuzz/run` writes the corpora, keeps them small, and looks for more.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

#[path = "../../fuzz/laws/all.rs"]
pub(crate) mod laws;

use laws::LAWS;

/// Files of a corpus at most, and bytes of all of them together.
const MOST: (usize, u64) = (100, 200 * 1024);

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

fn files(name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpora().join(name)).expect("a corpus for each law");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("a readable entry").path()).collect();
    files.sort();
    files
}

#[test]
fn every_law_holds_for_its_corpus() {
    let mut broken = Vec::new();
    for (name, holds) in LAWS {
        for path in files(name) {
            let bytes = fs::read(&path).expect("a readable file");
            if catch_unwind(AssertUnwindSafe(|| holds(&bytes))).is_err() {
                broken.push(path);
            }
        }
    }
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn every_law_has_a_corpus_and_no_corpus_is_large() {
    for (name, _) in LAWS {
        let files = files(name);
        let bytes: u64 = files.iter().map(|path| fs::metadata(path).expect("a file").len()).sum();
        assert!(!files.is_empty(), "{name} has no file");
        assert!(files.len() <= MOST.0 && bytes <= MOST.1, "{name}: {} in {bytes}", files.len());
    }
    let folders = fs::read_dir(corpora()).expect("the corpora").count();
    assert_eq!(folders, LAWS.len(), "a corpus without a law");
}

/// No law is one that nothing could break: each has numbers and texts of which it makes something.
#[test]
fn no_law_is_upset_by_nothing() {
    for (_, holds) in LAWS {
        for bytes in [&[][..], &[0], &[0xFF; 9], "桥下的水。".as_bytes()] {
            holds(bytes);
        }
    }
}
