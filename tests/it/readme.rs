//! What the README files say about the program holds.
//!
//! The commands in them are run, the keys and settings in them are those of the program (`UPDATE_README=1`
//! writes the tables anew), both languages have the same parts, and the [`pictures`] show the
//! program as it is.

mod pictures;
mod tour;

use std::{env, fmt::Write as _, fs, path::Path, process::Command};

use tempfile::TempDir;
use zhaidu::{
    app::{
        action::{ACTIONS, Group},
        keymap::Keymap,
    },
    config::settings::table::SETTINGS,
    lang::Lang,
};

/// The files with their languages.
const FILES: [(&str, Lang); 2] = [("README.md", Lang::En), ("README.zh.md", Lang::Zh)];
/// A table that is made from the program: what stands before and behind it, and its maker.
type Table = (&'static str, &'static str, fn(Lang) -> String);
const TABLES: [Table; 2] = [
    ("<!-- keys: begin -->\n", "<!-- keys: end -->", keys),
    ("<!-- settings: begin -->\n", "<!-- settings: end -->", settings),
];
/// The command that checks everything.
const TEST_COMMAND: &str = "cargo test --locked --workspace";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).expect("the file is there")
}

/// The blocks of code in a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(found) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if found == language {
            blocks.push(body.join("\n") + "\n");
        }
    }
    blocks
}

/// All keys by section, as a table in Markdown.
fn keys(lang: Lang) -> String {
    let keymap = Keymap::default();
    let (key, effect) = lang.of("按键|作用", "key|what it does").split_once('|').expect("two");
    let mut table = format!("| {key} | {effect} |\n|---|---|\n");
    for group in Group::ALL {
        writeln!(table, "| **{}** | |", group.title(lang)).expect("a string takes everything");
        for spec in ACTIONS.iter().filter(|spec| spec.group == group) {
            let context = spec.contexts.first().expect("a command works somewhere");
            let keys = keymap.keys_for(*context, spec.action);
            let keys: Vec<String> = keys
                .iter()
                .map(|key| format!("`{}`", key.to_string().replace('|', "\\|")))
                .collect();
            writeln!(table, "| {} | {} |", keys.join(" "), spec.help(lang))
                .expect("a string takes everything");
        }
    }
    table
}

/// All settings, as a table in Markdown.
fn settings(lang: Lang) -> String {
    let head = lang.of("设置|可取的值|默认|作用", "setting|values|default|what it is for");
    let mut table = format!("| {} |\n|---|---|---|---|\n", head.replace('|', " | "));
    for setting in SETTINGS {
        let (name, default, help) = (setting.name, setting.default, setting.help(lang));
        let values = setting.kind.values(lang);
        writeln!(table, "| `{name}` | {values} | `{default}` | {help} |")
            .expect("a string takes everything");
    }
    table
}

#[test]
fn the_tables_are_those_of_the_program() {
    for (file, lang) in FILES {
        for (begin, end, table) in TABLES {
            let text = read(file);
            let (before, rest) = text.split_once(begin).expect("the table begins");
            let (found, after) = rest.split_once(end).expect("the table ends");
            let expected = table(lang);
            if env::var_os("UPDATE_README").is_some() {
                let text = [before, begin, &expected, end, after].concat();
                fs::write(root().join(file), text).expect("a writable file");
            } else {
                assert_eq!(found, expected, "{file}: UPDATE_README=1 writes the table anew");
            }
        }
    }
}

#[test]
fn the_commands_give_what_is_printed() {
    super::cli::run("README*.md");
}

/// A folder with the files that the examples name.
fn archive() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("daily")).expect("a folder");
    for file in ["daily/2024-05-06-p02.txt", "corpus.jsonl", "big5.txt"] {
        let from = root().join("tests/cli/archive").join(file);
        fs::copy(from, folder.path().join(file)).expect("the file is there");
    }
    folder
}

#[test]
fn the_commands_without_output_work() {
    let program = Path::new(env!("CARGO_BIN_EXE_zhaidu"));
    let folder = program.parent().expect("a program lies in a folder");
    let path = format!("{}:{}", folder.display(), env::var("PATH").unwrap_or_default());
    for (file, _) in FILES {
        let scripts = blocks(&read(file), "sh");
        assert!(!scripts.is_empty(), "{file} has no examples");
        for script in scripts {
            let here = archive();
            let output = Command::new("/bin/sh")
                .args(["-euc", &script])
                .current_dir(here.path())
                .env("PATH", &path)
                .env("XDG_DATA_HOME", here.path())
                .output()
                .expect("a shell");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{file}:\n{script}{said}");
        }
    }
}

#[test]
fn the_keymap_has_no_mistake() {
    for (file, lang) in FILES {
        for example in blocks(&read(file), "toml") {
            let mistakes = Keymap::default().merge("README", &example);
            let mistakes: Vec<String> = mistakes.iter().map(|found| found.message(lang)).collect();
            assert_eq!(mistakes, Vec::<String>::new(), "{file}");
        }
    }
}

#[test]
fn both_languages_have_the_same_parts() {
    let shape = |(file, _): (&str, Lang)| {
        let text = read(file);
        let levels = text.lines().filter_map(|line| line.split_once(' '));
        let levels = levels.map(|(mark, _)| mark).filter(|mark| mark.starts_with("##"));
        let levels: Vec<String> = levels.map(ToOwned::to_owned).collect();
        let code = ["console", "toml", "bash"].map(|language| blocks(&text, language));
        (levels, code.concat())
    };
    assert_eq!(shape(FILES[0]), shape(FILES[1]));
}

#[test]
fn there_is_one_test_command() {
    for (file, _) in FILES {
        let text = read(file);
        let commands: Vec<&str> =
            text.lines().filter(|line| line.starts_with("cargo test")).collect();
        assert_eq!(commands, [TEST_COMMAND], "{file}");
    }
}
