//! What was decided outlives the program, whatever becomes of the file.

use super::*;
use std::thread;

const TEXT: &str = "石板路上\n桥头的灯\n";

fn split(line: usize) -> Decision {
    Decision::Line(Override { line, verdict: Verdict::Begins })
}

fn join(line: usize) -> Decision {
    Decision::Line(Override { line, verdict: Verdict::GoesOn })
}

fn loaded(path: &Path) -> Overrides {
    let (overrides, error) = Overrides::load(Some(path.to_owned()));
    assert!(error.is_none(), "{error:?}");
    overrides
}

#[test]
fn decisions_outlive_the_program_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/er/overrides.jsonl");
    let page = PageId::of(TEXT);
    let first = loaded(&path);
    assert_eq!(first.of(TEXT), Decided::default());
    for decision in [split(1), join(3), Decision::Mode(SplitMode::Strict), join(1)] {
        first.add(page, decision).expect("kept");
    }
    let lines = |begins: &[Decision]| -> Vec<Override> {
        let line = |decision: &Decision| match decision {
            Decision::Line(line) => Some(*line),
            _ => None,
        };
        begins.iter().filter_map(line).collect()
    };
    let strict = Some(SplitMode::Strict);
    let all = Decided { mode: strict, lines: lines(&[join(3), join(1)]) };
    assert_eq!((first.of(TEXT), loaded(&path).of(TEXT)), (all.clone(), all));
    first.add(page, Decision::Undo).expect("kept");
    let before = Decided { mode: strict, lines: lines(&[split(1), join(3)]) };
    assert_eq!((first.of(TEXT), loaded(&path).of(TEXT)), (before.clone(), before.clone()));
    assert_eq!((before.count(), first.of("another")), (3, Decided::default()));
    for _ in 0..9 {
        first.add(page, Decision::Undo).expect("kept");
    }
    first.add(page, split(1)).expect("kept");
    assert_eq!(loaded(&path).of(TEXT).lines, lines(&[split(1)]), "nothing was owed");
    let text = fs::read_to_string(&path).expect("the file");
    let json = format!("{{\"v\":1,\"page\":\"{page}\",\"line\":2,\"do\":\"split\"}}");
    assert_eq!(text.lines().next(), Some(sealed(&json).trim_end()));
}

#[test]
fn damaged_and_unknown_lines_are_kept_and_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("overrides.jsonl");
    let page = PageId::of(TEXT);
    let good = serde_json::to_string(&entry(page, split(1))).expect("JSON");
    let unknown = format!("{{\"v\":1,\"page\":\"{page}\",\"do\":\"praise\",\"why\":7}}");
    let later = good.replace("\"v\":1", "\"v\":2").replace("2,", "9,");
    let nowhere = good.replace("\"line\":2", "\"line\":0");
    let torn = &good[..20];
    let mut bytes = b"\xff\xfe not text \x00\n\n".to_vec();
    bytes.extend([&*unknown, &*later, &*nowhere, &*good, torn].join("\n").bytes());
    fs::write(&path, &bytes).expect("the file");
    let overrides = loaded(&path);
    assert_eq!((overrides.of(TEXT).count(), overrides.unknown()), (1, 1));
    overrides.add(page, join(4)).expect("kept");
    let after = fs::read(&path).expect("the file");
    assert_eq!(after.get(..bytes.len()), Some(bytes.as_slice()), "nothing is rewritten");
    assert_eq!(loaded(&path).of(TEXT).count(), 2, "the torn line did not swallow the new one");
}

#[test]
fn no_flipped_bit_decides_something_else() {
    let page = PageId::of(TEXT);
    let (first, last) = (line(page, split(1)), line(page, join(4)));
    for at in 0..first.len() - 1 {
        for bit in 0..8 {
            let mut bytes = format!("{first}{last}").into_bytes();
            bytes[at] ^= 1 << bit;
            let left = Overrides::of_lines(&bytes).of(TEXT);
            assert_eq!(left.lines, Overrides::of_lines(last.as_bytes()).of(TEXT).lines);
        }
    }
    // Without a checksum, as it was written once.
    let (_, json) = first.split_once(' ').expect("two parts");
    assert_eq!(Overrides::of_lines(json.as_bytes()).of(TEXT).count(), 1);
}

#[test]
fn what_a_later_version_decided_is_taken_back_as_one_decision() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("overrides.jsonl");
    let page = PageId::of(TEXT);
    loaded(&path).add(page, split(1)).expect("kept");
    let text = fs::read_to_string(&path).expect("the file");
    fs::write(&path, format!("{text}{{\"v\":1,\"page\":\"{page}\",\"do\":\"praise\"}}\n"))
        .expect("the file");
    loaded(&path).add(page, Decision::Undo).expect("kept");
    assert_eq!(loaded(&path).of(TEXT).lines.len(), 1, "the one before is not touched");
}

#[test]
fn an_article_that_is_none_keeps_its_border() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("overrides.jsonl");
    let page = PageId::of(TEXT);
    let none = Decision::Line(Override { line: 1, verdict: Verdict::NoArticle });
    for decision in [split(1), none] {
        loaded(&path).add(page, decision).expect("kept");
    }
    let verdicts: Vec<Verdict> =
        loaded(&path).of(TEXT).lines.iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts, [Verdict::Begins, Verdict::NoArticle]);
}

#[test]
fn two_writers_do_not_mix_their_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("overrides.jsonl");
    let page = PageId::of(TEXT);
    thread::scope(|scope| {
        for writer in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let own = loaded(path);
                for line in 0..40 {
                    own.add(page, split(2 * line + writer)).expect("kept");
                }
            });
        }
    });
    assert_eq!(loaded(&path).of(TEXT).count(), 80);
}

#[test]
fn what_cannot_be_kept_does_not_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "").expect("a file");
    let (overrides, _) = Overrides::load(Some(in_the_way.join("overrides.jsonl")));
    let error = overrides.add(PageId::of(TEXT), split(1)).expect_err("no folder there");
    assert!(error.message(Lang::En).contains("file"), "{error:?}");
    assert_eq!(overrides.of(TEXT), Decided::default());
    let (overrides, error) = Overrides::load(Some(folder.path().to_owned()));
    assert!(error.is_some(), "a folder is no file");
    assert!(overrides.add(PageId::of(TEXT), split(1)).is_err());
    let (overrides, error) = Overrides::load(None);
    assert!(error.is_none());
    let error = overrides.add(PageId::of(TEXT), split(1)).expect_err("no home");
    assert!(error.message(Lang::En).contains("XDG_DATA_HOME"));
}
