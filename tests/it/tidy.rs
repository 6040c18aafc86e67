//! The order of the house: who may import whom, and the rules of style that a compiler does not
//! know.
//!
//! The tables below are the truth; a module or a dependency that is not in them is an error, so
//! that a new one is thought about. Every rule is shown to find what it forbids.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

mod scan;
mod tables;

use toml::de::DeTable;

use scan::{Source, paths};
use tables::{CORE, CRATES, MODULES};

/// Longest file in lines.
const LONGEST: usize = 400;

/// Files that may be longer, and why.
const LONG: &[(&str, &str)] = &[
    ("src/error.rs", "a table of every message in two languages"),
    ("src/app/action/table.rs", "the registry of all commands"),
];

/// Names that only some files may use: what, the files, why.
const RESERVED: &[(&str, &[&str], &str)] = &[
    ("println", &["src/cli/output.rs"], "one writer to standard output"),
    ("print", &["src/cli/output.rs"], "one writer to standard output"),
    ("eprintln", &["src/cli/output.rs"], "one writer to standard error"),
    ("eprint", &["src/cli/output.rs"], "one writer to standard error"),
    ("dbg", &[], "left over"),
    ("todo", &[], "not done"),
    ("unimplemented", &[], "not done"),
];

/// Paths below an outside crate or `std` that only some files may use: what, where from, where.
const GUARDED: &[(&str, &str, &[&str])] = &[
    ("crossterm::event", "src", &[]),
    ("unicode_width", "src", &["src/text/width.rs"]),
    ("ratatui", "src/app", &[]),
    ("std::thread", "src/app", &[]),
    ("std::time", "src/app", &[]),
    ("std::time", "src/view", &[]),
    ("std::io", "src/app", &[]),
    ("std::fs", "src/app", &[]),
    ("std::env", "src/app", &[]),
];

/// What of a guarded path is free all the same.
const FREE: &[(&str, &str, &str)] =
    &[("src/app", "ratatui::layout", "plain geometry: sizes and rectangles, no terminal")];

/// What a core module never touches.
const EFFECTS: [&str; 7] =
    ["std::env", "std::fs", "std::io", "std::net", "std::process", "std::thread", "std::time"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file of the program, by its path from the root.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    collect(&root().join("crates"), &mut files);
    collect(&root().join("tests"), &mut files);
    collect(&root().join("fuzz/laws"), &mut files);
    files.sort();
    assert!(files.len() > 80, "only {} files found", files.len());
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path.strip_prefix(root()).expect("below the root").display().to_string();
            files.push((name, fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

/// Everything that is wrong with a file.
fn faults(file: &str, text: &str) -> Vec<String> {
    let source = Source::new(file, text);
    let mut faults = style_faults(file, text, &source);
    if source.is_of_program() && !source.is_test() {
        faults.extend(import_faults(&source));
        faults.extend(guard_faults(file, &source));
    }
    faults.into_iter().map(|fault| format!("{file}: {fault}")).collect()
}

fn style_faults(file: &str, text: &str, source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST && !LONG.iter().any(|(long, _)| *long == file) {
        faults.push(format!("{lines} lines"));
    }
    // A file of tests belongs to the module that it tests.
    if !text.starts_with("//!") && !source.is_test() {
        faults.push("no header".to_owned());
    }
    if ["TODO", "FIXME", "XXX"].iter().any(|mark| source.comments().contains(mark)) {
        faults.push("a promise in a comment".to_owned());
    }
    if source.has_word("unsafe") && !text.contains("unsafe_code") {
        faults.push("unsafe code".to_owned());
    }
    for (name, allowed, why) in RESERVED {
        let bound = source.is_of_program() && !source.is_test();
        if bound && source.calls_macro(name) && !allowed.contains(&file) {
            faults.push(format!("{name}!: {why}"));
        }
    }
    faults
}

fn import_faults(source: &Source) -> Vec<String> {
    let module = source.module();
    let Some((_, allowed, _)) = MODULES.iter().find(|(name, ..)| *name == module) else {
        return vec![format!("the module {module} is not in the table")];
    };
    let mut faults = BTreeSet::new();
    for path in paths(source) {
        if let Some(inside) = path.strip_prefix("crate::") {
            let target = inside.split("::").next().unwrap_or_default();
            let own = target == module || target == "lang";
            let known = MODULES.iter().any(|(name, ..)| *name == target);
            if known && !own && !allowed.iter().any(|allowed| is_within(inside, allowed)) {
                faults.insert(format!("{module} must not import {inside}"));
            }
            continue;
        }
        let name = path.split("::").next().unwrap_or_default();
        let users = CRATES.iter().find(|(outside, _)| *outside == name).map(|(_, users)| users);
        if users.is_some_and(|users| !users.contains(&module)) {
            faults.insert(format!("{module} must not use {name}"));
        }
        if CORE.contains(&module) && EFFECTS.iter().any(|effect| is_within(&path, effect)) {
            faults.insert(format!("{module} must not use {path}"));
        }
    }
    faults.into_iter().collect()
}

fn guard_faults(file: &str, source: &Source) -> Vec<String> {
    let mut faults = BTreeSet::new();
    for path in paths(source) {
        let free = FREE.iter().any(|(at, free, _)| file.starts_with(at) && is_within(&path, free));
        for (guarded, below, allowed) in GUARDED.iter().filter(|_| !free) {
            let here = file.starts_with(&format!("{below}/")) || file == format!("{below}.rs");
            if here && is_within(&path, guarded) && !allowed.contains(&file) {
                faults.insert(format!("{path} is not for this file"));
            }
        }
    }
    faults.into_iter().collect()
}

/// Whether `path` is `scope` or lies below it.
fn is_within(path: &str, scope: &str) -> bool {
    path.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn the_house_is_in_order() {
    let found: Vec<String> = sources().iter().flat_map(|(file, text)| faults(file, text)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Every rule finds what it forbids: file, text, what is told of it.
const WRONG: &[(&str, &str, &str)] = &[
    ("src/text/a.rs", "//! A.\nuse crate::article::Page;", "text must not import article::Page"),
    ("src/app/a.rs", "//! A.\nuse crate::{lang::Lang, tui::{self}};", "app must not import tui"),
    ("src/app/a.rs", "//! A.\nuse super::super::library::Library;", "app must not import library"),
    ("src/view.rs", "//! A.\nuse super::{app, cli::{args as a, x}};", "view must not import cli"),
    ("src/article/b/c.rs", "//! A.\nfn f() { crate::source::walk(); }", "must not import source"),
    ("src/cli/a.rs", "//! A.\nuse crate::app::model::Model;", "cli must not import app::model"),
    ("src/tui/a.rs", "//! A.\nuse crate::source::{Entry, Origin};", "import source::Origin"),
    ("src/new.rs", "//! A.\n", "the module new is not in the table"),
    ("src/view/a.rs", "//! A.\nuse jieba_rs::Jieba;", "view must not use jieba_rs"),
    ("src/app/a.rs", "//! A.\nuse ::crossterm::style::Color;", "app must not use crossterm"),
    ("src/text/a.rs", "//! A.\nuse std::{fmt, fs::File};", "text must not use std::fs::File"),
    ("src/analysis.rs", "//! A.\nfn f() { std::time::now(); }", "analysis must not use std::time"),
    ("src/app/a.rs", "//! A.\nuse ratatui::{layout::Rect, Frame};", "ratatui::Frame is not for"),
    ("src/app.rs", "//! A.\nuse std::thread;", "std::thread is not for this file"),
    ("src/tui/a.rs", "//! A.\nfn f() { crossterm::event::read(); }", "event::read is not for"),
    ("src/text/wrap.rs", "//! A.\nuse unicode_width::X;", "unicode_width::X is not for"),
    ("src/text/a.rs", "use std::fmt;", "no header"),
    ("src/cli/a.rs", "//! A.\nfn f() { println!(\"a\"); }", "println!: one writer"),
    ("src/text/a.rs", "//! A.\nfn f() { dbg!(1); }", "dbg!: left over"),
    ("src/text/a.rs", "//! A.\nfn f() { todo!() }", "todo!: not done"),
    ("src/text/a.rs", "//! A.\nfn f() { unsafe { g() } }", "unsafe code"),
    ("src/text/a.rs", "//! A.\n/// TODO: more\nfn f() {}", "a promise in a comment"),
];

/// What looks wrong and is not.
const RIGHT: &[(&str, &str)] = &[
    ("src/text/a.rs", "//! A.\n// crate::tui, unsafe, println!(\nconst A: &str = \"crate::tui\";"),
    ("src/text/a.rs", "//! A.\n/* crate::tui /* nested */ dbg!() */\nfn f<'a>(c: &'a str) {}"),
    ("src/text/a.rs", "//! A.\nconst A: &str = r#\"\" println!(\"TODO\") crate::tui\"#;"),
    ("src/text/a.rs", "//! A.\nconst A: [char; 2] = ['\"', '\\''];\nuse super::range::TextRange;"),
    ("src/app/a.rs", "//! A.\nuse ratatui::layout::{Rect, Size};\nuse crate::lang::Lang;"),
    ("src/text/a.rs", "//! A.\nmod tests { mod deep { use super::super::super::range; } }"),
    ("src/text/a.rs", "//! A.\n#[cfg(test)]\nmod tests { use crate::article::Page; }\nfn f() {}"),
    ("src/text/a/tests.rs", "use crate::article::Page;"),
];

#[test]
fn every_rule_finds_what_it_forbids() {
    for (file, text, told) in WRONG {
        let found = faults(file, text);
        assert!(found.iter().any(|fault| fault.contains(told)), "{text}: {found:?}, not {told}");
    }
    let long = "//! A.\n".to_owned() + &"\n".repeat(LONGEST);
    assert_eq!(faults("src/text/a.rs", &long), ["src/text/a.rs: 401 lines"]);
    for (file, text) in RIGHT {
        assert_eq!(faults(file, text), [""; 0], "{text}");
    }
}

/// The crates that a part of the manifest names.
fn names(part: &DeTable) -> BTreeSet<String> {
    let table = part.get("dependencies").and_then(|table| table.get_ref().as_table());
    table
        .into_iter()
        .flat_map(|table| table.keys())
        .map(|name| name.get_ref().replace('-', "_"))
        .collect()
}

/// A row for every module and for every dependency, and no row for what is not there.
#[test]
fn the_tables_are_complete() {
    let sources = sources();
    let of_program = sources.iter().filter(|(file, _)| file.starts_with("src/"));
    let modules: BTreeSet<String> = of_program
        .clone()
        .map(|(file, text)| Source::new(file, text).module().to_owned())
        .collect();
    let rows: BTreeSet<String> = MODULES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(rows, modules);

    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let manifest = DeTable::parse(&manifest).expect("TOML");
    let manifest = manifest.get_ref();
    // Those of all systems, and those of one.
    let mut dependencies = names(manifest);
    for system in manifest.get("target").into_iter().filter_map(|it| it.get_ref().as_table()) {
        for table in system.values().filter_map(|system| system.get_ref().as_table()) {
            dependencies.extend(names(table));
        }
    }
    let rows: BTreeSet<String> = CRATES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(rows, dependencies);

    for (name, users) in CRATES {
        for user in *users {
            let used = of_program.clone().any(|(file, text)| {
                let source = Source::new(file, text);
                source.module() == *user && paths(&source).iter().any(|path| is_within(path, name))
            });
            assert!(used, "{user} does not use {name} any more");
        }
    }
    for (file, _) in LONG {
        assert!(sources.iter().any(|(name, _)| name == file), "{file} is gone");
    }
}

/// A keymap that nobody can choose would be there in vain.
#[test]
fn every_keymap_is_built_in() {
    let sources = sources();
    let mut keymaps = 0;
    for entry in fs::read_dir(root().join("keymaps")).expect("the keymaps") {
        let name = entry.expect("a readable entry").file_name();
        let include = format!("keymaps/{}\")", name.to_string_lossy());
        let built_in = sources
            .iter()
            .any(|(_, text)| text.contains("include_str!(") && text.contains(&include));
        assert!(built_in, "{} is not embedded", name.display());
        keymaps += 1;
    }
    assert!(keymaps > 0, "no keymap");
}

/// Chapters of the documentation promise nothing that is not there.
#[test]
fn the_documents_promise_nothing() {
    let pages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "crates/textrank-rs/README.md"];
    let found: Vec<&str> = pages
        .into_iter()
        .filter(|page| {
            fs::read_to_string(root().join(page)).is_ok_and(|text| text.contains("TODO"))
        })
        .collect();
    assert_eq!(found, [""; 0]);
}
