//! Both languages are complete, and what helps fits the usual terminal in both.
//!
//! A message is a pair where it is needed, `lang.of("中文", "English")`, or the arms of a `match`: that neither
//! half is forgotten is the compiler's business. What it does not know, whether each half is in its
//! language, is read from the source here.

use std::{ffi::OsStr, fs, path::Path};

use clap::CommandFactory;
use zhaidu::{
    app::{
        action::{ACTIONS, Group},
        keymap::Keymap,
    },
    cli::args::Args,
    config::{places::places, settings::document::document},
    lang::Lang,
    text::width::Widths,
};

use crate::harness::Program;

/// Columns of the usual terminal.
const COLUMNS: usize = 80;

/// English halves with Chinese in them, and why.
const QUOTING: [(&str, &str); 1] = [("正文 or 内容", "names of fields, as they are written")];

/// The same words in both languages, and why.
const IN_ASCII: [(&str, &str); 1] =
    [("choose UTF-8 in its settings", "told to terminals that show nothing but ASCII")];

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

/// What is wrong with the halves of a message.
fn faults(zh: &str, en: &str) -> Vec<&'static str> {
    let quoted = QUOTING.iter().any(|(quoted, _)| en.contains(quoted));
    let in_ascii = IN_ASCII.iter().any(|(words, _)| zh == en && zh.starts_with(words));
    // What is put in is no word of the message.
    let words: String =
        zh.split('{').map(|part| part.split_once('}').unwrap_or(("", part)).1).collect();
    let has_words = words.contains(|c: char| c.is_ascii_alphabetic());
    [
        (zh.is_empty() != en.is_empty(), "one half is empty"),
        (!zh.contains(is_han) && has_words && !in_ascii, "no Chinese"),
        (en.contains(is_han) && !quoted, "Chinese where English should be"),
    ]
    .into_iter()
    .filter_map(|(is_wrong, what)| is_wrong.then_some(what))
    .collect()
}

/// The string literal at the beginning of `code`, and the code behind it.
fn literal(code: &str) -> Option<(&str, &str)> {
    let inside = code.trim_start().strip_prefix('"')?;
    let mut is_escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            '"' if !is_escaped => return Some((&inside[..at], &inside[at + 1..])),
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    None
}

/// Every pair of literals in the calls of `Lang::of`.
fn pairs(code: &str) -> Vec<(&str, &str)> {
    let calls = code.match_indices(".of(").filter_map(|(at, call)| code.get(at + call.len()..));
    let pair = |rest| {
        let (zh, rest) = literal(rest)?;
        let (en, _) = literal(rest.trim_start().strip_prefix(',')?)?;
        Some((zh, en))
    };
    calls.filter_map(pair).collect()
}

/// What the arms for one language say first.
fn arms<'a>(code: &'a str, lang: &str) -> Vec<&'a str> {
    let arms = code.match_indices(lang).filter_map(|(at, name)| code.get(at + name.len()..));
    let words = |rest: &'a str| {
        let rest = rest.strip_prefix(')').unwrap_or(rest).trim_start().strip_prefix("=>")?;
        let (before, _) = rest.split_once('"')?;
        // Up to the macro or function that makes a message, not to the next arm.
        let is_near = !before.contains([',', ';']) && before.len() < 40;
        is_near.then(|| literal(&rest[before.len()..]))?.map(|(words, _)| words)
    };
    arms.filter_map(words).collect()
}

fn sources(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension() == Some(OsStr::new("rs")) {
            files.push((path.display().to_string(), fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

#[test]
fn every_message_is_in_its_language() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let (mut found, mut wrong) = (0, Vec::new());
    for (file, code) in &files {
        let pairs = pairs(code).into_iter();
        let zh = arms(code, "Lang::Zh").into_iter().map(|zh| (zh, ""));
        let en = arms(code, "Lang::En").into_iter().map(|en| ("", en));
        for (zh, en) in pairs.chain(zh.filter(|(zh, _)| !zh.is_empty())).chain(en) {
            found += 1;
            let is_pair = !zh.is_empty() && !en.is_empty();
            let faults = faults(zh, en).into_iter();
            let faults = faults.filter(|fault| is_pair || *fault != "one half is empty");
            wrong.extend(faults.map(|fault| format!("{file}: {fault}: {zh:?} {en:?}")));
        }
    }
    assert!(found > 500, "only {found} messages");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_rule_finds_what_it_forbids() {
    for (zh, en, told) in [
        ("退出", "quit", None),
        (" · ", " - ", None),
        ("{what}（{why}）", "{what} ({why})", None),
        ("", "", None),
        ("", "quit", Some("one half is empty")),
        ("quit", "quit", Some("no Chinese")),
        ("退出", "退出", Some("Chinese where English should be")),
    ] {
        assert_eq!(faults(zh, en).first().copied(), told, "{zh} {en}");
    }
    let code =
        "lang.of(\n  \"退\\\"出\",\n \"quit\",\n) x.of(a, \"b\") Lang::Zh => format!(\"甲\")";
    assert_eq!(pairs(code), [("退\\\"出", "quit")]);
    assert_eq!(arms(code, "Lang::Zh"), ["甲"]);
}

/// The rows of a text that the usual terminal cuts off or breaks.
fn too_wide(text: &str) -> Vec<&str> {
    text.lines().filter(|line| Widths::NARROW.cells(line) > COLUMNS).collect()
}

#[test]
fn tables_of_help_are_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let actions = ACTIONS.iter().map(|spec| spec.help(lang));
        let groups = Group::ALL.into_iter().map(|group| group.title(lang));
        let places = places();
        let places = places.iter().map(|kept| kept.help(lang));
        for help in actions.chain(groups).chain(places) {
            let is_chinese = help.contains(is_han);
            assert_eq!(is_chinese, lang == Lang::Zh, "{help}");
        }
        assert_eq!(too_wide(&document(lang)), [""; 0]);
    }
}

/// Every screen of the help fits, wherever it is opened.
#[test]
fn the_help_of_the_interface_fits() {
    for lang in [Lang::Zh, Lang::En] {
        for pane in ["A-1", "A-2", "A-3", "A-4", "A-2 p", "A-1 Space"] {
            let mut program = Program::demo(lang, (80, 24));
            program.press(pane);
            program.press("?");
            let mut before = String::new();
            loop {
                let text = program.text();
                let cut: Vec<&str> = text.lines().filter(|line| line.contains('…')).collect();
                assert_eq!(cut, [""; 0], "{pane}");
                assert_eq!(too_wide(&text), [""; 0], "{pane}");
                if text == before {
                    break;
                }
                before = text;
                program.press("C-f");
            }
        }
    }
}

#[test]
fn what_can_follow_a_key_fits() {
    for lang in [Lang::Zh, Lang::En] {
        for pane in ["A-1", "A-2"] {
            for prefix in prefixes() {
                let mut program = Program::demo(lang, (80, 24));
                program.press(pane);
                let list = program.text();
                program.press(&prefix);
                // Titles behind it may be cut; those were cut before.
                let text = program.text();
                let cut = text.lines().filter(|line| line.contains('…') && !list.contains(line));
                assert_eq!(cut.collect::<Vec<_>>(), [""; 0], "{pane} {prefix}");
            }
        }
    }
}

/// The keys that begin a longer sequence.
fn prefixes() -> Vec<String> {
    let keymap = Keymap::default();
    let keys = ACTIONS.iter().flat_map(|spec| {
        spec.contexts.iter().flat_map(|context| keymap.keys_for(*context, spec.action))
    });
    let keys = keys.map(ToString::to_string);
    let mut prefixes: Vec<String> =
        keys.filter_map(|keys| Some(keys.split_once(' ')?.0.to_owned())).collect();
    prefixes.sort();
    prefixes.dedup();
    assert!(prefixes.len() > 1, "{prefixes:?}");
    prefixes
}

#[test]
fn the_help_of_the_command_line_fits() {
    fn check(command: &mut clap::Command, path: &str) -> usize {
        for help in [command.render_help(), command.render_long_help()] {
            assert_eq!(too_wide(&help.to_string()), [""; 0], "{path}");
        }
        let below = command.get_subcommands_mut().map(|below| {
            let path = format!("{path} {}", below.get_name());
            check(below, &path)
        });
        below.sum::<usize>() + 1
    }
    let mut command = Args::command().term_width(COLUMNS);
    command.build();
    assert!(check(&mut command, "zhaidu") > 20);
}
