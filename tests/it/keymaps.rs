//! Keymap files: every file in `tests/keymaps` is a test.
//!
//! A file in `valid` loads without a word. A file in `invalid` has its messages beside it in a file
//! that ends in `.expect`; `UPDATE_KEYMAPS=1` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use regex_automata::meta::Regex;
use zhaidu::app::action::Context;
use zhaidu::app::chord::Sequence;
use zhaidu::app::keymap::{Keymap, Preset};
use zhaidu::lang::Lang;

/// The keymap files in a folder of `tests/keymaps`, in the order of their names.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keymaps").join(folder);
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    assert!(!files.is_empty(), "no keymap file there");
    files
}

/// The messages of a file that is merged over the default keymap, a line each.
fn messages(path: &Path, lang: Lang) -> String {
    let name = path.file_name().expect("a file").to_string_lossy();
    let text = fs::read_to_string(path).expect("a readable file");
    let errors = Keymap::default().merge(&name, &text);
    errors.iter().map(|error| error.message(lang) + "\n").collect()
}

#[test]
fn valid_files_load_without_a_word() {
    for path in files("valid") {
        assert_eq!(messages(&path, Lang::En), "", "{}", path.display());
    }
}

#[test]
fn invalid_files_are_told_all_their_mistakes() {
    for path in files("invalid") {
        let expected_in = path.with_extension("expect");
        let found = messages(&path, Lang::En);
        assert_ne!(found, "", "{} has no mistake", path.display());
        if std::env::var_os("UPDATE_KEYMAPS").is_some() {
            fs::write(&expected_in, &found).expect("a writable folder");
        }
        let expected = fs::read_to_string(&expected_in).unwrap_or_default();
        assert_eq!(found, expected, "{}", path.display());
    }
}

/// An editor that knows the schema marks no key that the program takes.
#[test]
fn the_pattern_of_the_schema_takes_every_key_of_the_presets() {
    let pattern = Regex::new(&Sequence::pattern()).expect("a regular expression");
    for preset in Preset::ALL {
        let keymap = preset.keymap();
        for context in Context::ALL {
            for (keys, _) in keymap.bindings(context) {
                assert!(pattern.is_match(keys.to_string().as_str()), "{keys}");
            }
        }
    }
    for wrong in ["", "g  g", "Entr", "F25", "a b c d e f g h i", " g", "g "] {
        assert!(!pattern.is_match(wrong), "{wrong}");
    }
}

#[test]
fn the_messages_are_the_same_in_chinese() {
    for path in files("invalid") {
        let (zh, en) = (messages(&path, Lang::Zh), messages(&path, Lang::En));
        assert_eq!(zh.lines().count(), en.lines().count(), "{}", path.display());
        for (zh, en) in zh.lines().zip(en.lines()) {
            let place = |line: &str| line.splitn(4, ':').take(3).collect::<Vec<_>>().join(":");
            assert_eq!(place(zh), place(en));
            assert!(zh.chars().any(|c| ('一'..='鿿').contains(&c)), "not in Chinese: {zh}");
        }
    }
}
