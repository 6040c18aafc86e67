//! Glosses and damage in real texts. They are not part of the repository; without them the tests say
//! so and pass.
#![expect(clippy::print_stdout, reason = "a skipped test says so, a passed one shows its figures")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhaidu::article::{Page, SplitMode, split};

/// What lies beside the repository, in order; nothing when it is not there.
fn beside(folder: &str, end: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.expect("a readable entry").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == end)).collect();
    paths.sort();
    paths
}

fn toned(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".contains(c)
}

/// Brackets that hold a syllable with its tone.
fn syllables(text: &str) -> usize {
    let open = text.split(['(', '（']).skip(1);
    let inner = open.filter_map(|rest| Some(rest.split_once([')', '）'])?.0));
    inner.filter(|inner| inner.contains(toned) && inner.chars().all(char::is_lowercase)).count()
}

fn articles(page: &Page) -> String {
    let texts: Vec<&str> = page.articles.iter().map(|article| &*article.text).collect();
    texts.join("\n")
}

#[test]
fn glosses_of_real_pages_are_left_out() {
    for path in beside("seeds", "txt") {
        let page = split(fs::read_to_string(&path).expect("UTF-8").into(), SplitMode::Auto);
        let text = articles(&page);
        let damage: Vec<&str> =
            page.articles.iter().flat_map(|a| a.damage.iter().map(|p| p.of(&a.text))).collect();
        let (before, after) = (syllables(&page.text), syllables(&text));
        println!("{}: {after} of {before} glosses left, damaged: {damage:?}", path.display());
        if before == 521 {
            assert_eq!(after, 1, "one does not fit its character");
            assert!(text.contains("蝿(wù)") && damage == ["!比蝿(wù)"]);
            for kept in ["(Apollo)", "(套)", "工(經)信"] {
                assert!(text.contains(kept), "{kept}");
            }
        } else {
            assert_eq!((before, after, damage.len()), (0, 0, 0));
        }
    }
}

#[test]
fn sound_texts_have_no_damage() {
    let (mut texts, mut bytes) = (0, 0);
    for path in beside("eval/ranking/data", "jsonl") {
        for line in fs::read_to_string(&path).expect("UTF-8").lines() {
            let record: Value = serde_json::from_str(line).expect("JSON");
            let text = record["text"].as_str().expect("a text");
            let page = split(text.into(), SplitMode::Auto);
            for article in &page.articles {
                assert_eq!(article.damage, [], "{}: {text}", path.display());
                assert!(article.parts.iter().flat_map(|p| p.pieces.windows(2)).all(|pair| {
                    page.line_of(pair[0].source.start) < page.line_of(pair[1].source.start)
                }));
            }
            (texts, bytes) = (texts + 1, bytes + text.len());
        }
    }
    println!("{texts} sound texts, {bytes} bytes, no damage");
}
