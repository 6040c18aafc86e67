//! What keys do, and what a person's file changes.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::action::{ACTIONS, Action, Context};
use super::super::chord::Sequence;
use super::{DEFAULT, Keymap, Preset, Resolved, Severity};
use crate::lang::Lang;

fn keys(written: &str) -> Sequence {
    written.parse().expect(written)
}

/// What `written` does in `context`: the words of its commands, `…` for a beginning, or nothing.
fn does(keymap: &Keymap, context: Context, written: &str) -> String {
    match keymap.resolve(context, keys(written).chords()) {
        Resolved::Actions(actions) => {
            actions.iter().map(|action| action.words()).collect::<Vec<_>>().join(", ")
        }
        Resolved::Pending => "…".into(),
        Resolved::Unbound => String::new(),
    }
}

/// The default keymap with a file over it that must be free of mistakes.
fn with(text: &str) -> Keymap {
    let mut keymap = Keymap::default();
    assert_eq!(keymap.merge("keymap.toml", text), []);
    keymap
}

/// The lines of the default file as (context, key, command), read without the TOML parser.
fn default_lines() -> Vec<(Context, &'static str, &'static str)> {
    let mut context = None;
    let mut lines = Vec::new();
    for line in DEFAULT.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(name) = line.strip_prefix('[') {
            context = Context::named(name.trim_end_matches(']'));
            continue;
        }
        let strings: Vec<_> = line.split('"').collect();
        let [_, key, _, command, _] = strings[..] else { panic!("not a plain line: {line}") };
        lines.push((context.expect("a table before the first key"), key, command));
    }
    lines
}

#[test]
fn the_default_file_has_no_mistake_and_no_warning() {
    let mut keymap = Keymap::empty();
    assert_eq!(keymap.merge("default.toml", DEFAULT), []);
    assert_eq!(keymap, Keymap::default(), "read as a person's own file");
}

#[test]
fn every_preset_has_no_mistake_when_it_is_read_as_a_persons_own() {
    for preset in Preset::ALL {
        let mut keymap = Keymap::default();
        let told = keymap.merge(preset.name(), preset.text());
        // Whoever has the fingers of Emacs knows what C-s is to them, wherever it gets through.
        let is_expected = |severity| preset == Preset::Emacs && severity == Severity::Warning;
        let unexpected = told.iter().filter(|error| !is_expected(error.severity));
        assert_eq!(unexpected.map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
        assert_eq!(keymap, preset.keymap(), "{}", preset.name());
        assert_eq!(Preset::named(preset.name()), Some(preset));
    }
}

#[test]
fn every_preset_does_what_its_people_expect() {
    for (preset, context, key, command) in [
        (Preset::Less, Context::Reader, "Space", "move page-down"),
        (Preset::Less, Context::Reader, "Enter", "move down"),
        (Preset::Less, Context::List, "Enter", "open"),
        (Preset::Less, Context::List, "g", "move first"),
        (Preset::Less, Context::Page, "d", "move half-down"),
        (Preset::Less, Context::Help, "h", "back"),
        (Preset::Less, Context::List, "q", "quit"),
        (Preset::Emacs, Context::List, "C-n", "move down"),
        (Preset::Emacs, Context::Reader, "A->", "move last"),
        (Preset::Emacs, Context::List, "C-x C-c", "quit"),
        (Preset::Emacs, Context::Prompt, "C-g", "edit cancel"),
        (Preset::Emacs, Context::Help, "C-g", "back"),
        (Preset::Newsboat, Context::List, "q", "quit"),
        (Preset::Newsboat, Context::Reader, "q", "back"),
        (Preset::Newsboat, Context::Reader, "n", "article next"),
        (Preset::Newsboat, Context::List, "g d", "sort date"),
        (Preset::Newsboat, Context::Help, "G", "move last"),
    ] {
        assert_eq!(does(&preset.keymap(), context, key), command, "{} {key}", preset.name());
    }
}

/// No preset takes a command away from its people, wherever it works.
#[test]
fn every_command_with_a_default_key_has_one_in_every_preset() {
    let default = Keymap::default();
    for preset in Preset::ALL {
        let (keymap, mut lost) = (preset.keymap(), Vec::new());
        for (spec, context) in
            ACTIONS.iter().flat_map(|spec| spec.contexts.iter().map(move |at| (spec, *at)))
        {
            let has_key = |keymap: &Keymap| !keymap.keys_for(context, spec.action).is_empty();
            if has_key(&default) && !has_key(&keymap) {
                lost.push(format!("{} in {}", spec.words, context.name()));
            }
        }
        assert_eq!(lost, [""; 0], "{}", preset.name());
    }
}

#[test]
fn a_file_begins_from_the_preset_that_it_names() {
    let keymap = with("inherit = \"less\"\n[list]\n\"Q\" = \"open\"\n");
    assert_eq!(does(&keymap, Context::List, "g"), "move first");
    assert_eq!(does(&keymap, Context::List, "Q"), "open");
    let mut keymap = with("[list]\n\"Q\" = \"open\"\n");
    let merged = keymap.merge_placed("k", "# x\n\ninherit = 'emacs'\n[list]\n\"A-x\" = \"none\"\n");
    assert_eq!((merged.preset, merged.errors), (Some(Preset::Emacs), Vec::new()));
    assert_eq!(merged.keys.iter().map(|key| key.line).collect::<Vec<_>>(), [5]);
    assert_eq!(does(&keymap, Context::List, "Q"), "", "what was bound before counts no more");
    assert_eq!(does(&keymap, Context::List, "C-x o"), "focus next");
}

#[test]
fn a_built_in_file_may_say_what_a_persons_own_may() {
    let text = concat!(
        "# a comment\n[list]\n\"\\\\\" = \"move down\" # \"x\"\n\"\\\"\"=\"move up\"\n",
        "\"s\" = \"none\"\n\n[help]\n\"C-x \\\"\" = \"back\"\n",
    );
    let (mut own, mut built_in) = (Keymap::default(), Keymap::default());
    assert_eq!(own.merge("keymap.toml", text), []);
    built_in.put_built_in(text);
    assert_eq!(own, built_in);
    assert_eq!(does(&own, Context::List, "\\"), "move down");
}

#[test]
fn every_default_key_does_what_its_line_says() {
    let keymap = Keymap::default();
    let lines = default_lines();
    assert!(lines.len() > 50);
    for &(context, key, command) in &lines {
        assert_eq!(does(&keymap, context, key), command, "{key} in {context:?}");
        assert_eq!(key, keys(key).to_string(), "keys are written in their normal form");
    }
    let bound: usize = keymap.tables.values().map(BTreeMap::len).sum();
    assert_eq!(bound, lines.len());
}

#[test]
fn every_command_has_a_default_key_wherever_it_works() {
    /// Commands that are left to a person's own keymap.
    const UNBOUND: &[(&str, Context)] = &[("help", Context::Help), ("problems", Context::Problems)];
    let keymap = Keymap::default();
    let mut without = Vec::new();
    for spec in ACTIONS {
        for &context in spec.contexts {
            if keymap.keys_for(context, spec.action).is_empty() {
                without.push((spec.words, context));
            }
        }
    }
    assert_eq!(without, UNBOUND);
}

#[test]
fn a_pane_goes_before_what_it_inherits() {
    let keymap = Keymap::default();
    for (context, key, command) in [
        (Context::List, "q", "quit"),
        (Context::Help, "q", "back"),
        (Context::List, "l", "open"),
        (Context::Reader, "l", ""),
        (Context::Global, "l", "open"),
        (Context::Help, "J", ""),
        (Context::Help, "j", "move down"),
        (Context::Reader, "Space", "move page-down"),
        (Context::Sentences, "Space", ""),
        (Context::List, "g", "…"),
        (Context::List, "g g", "move first"),
        (Context::List, "g x", ""),
        (Context::List, "g g g", ""),
        (Context::List, "？", "help"),
    ] {
        assert_eq!(does(&keymap, context, key), command, "{key} in {context:?}");
    }
}

#[test]
fn a_file_changes_what_it_says_and_nothing_else() {
    let keymap = with(
        "[list]\n\"m\" = [\"sentence next\", \"open\"]\n\"s\" = \"none\"\n\"j\" = \"move up\"\n\
         [help]\n\"q\" = \"none\"\n[global]\n\"k\" = \"none\"\n\"Z b\" = \"zoom\"\n",
    );
    for (context, key, command) in [
        (Context::List, "m", "sentence next, open"),
        (Context::Reader, "m", "mark star"),
        (Context::List, "s", ""),
        (Context::Reader, "s", "sentence next"),
        (Context::List, "j", "move up"),
        (Context::Reader, "j", "move down"),
        (Context::Help, "q", ""),
        (Context::Problems, "q", "back"),
        (Context::List, "k", ""),
        (Context::List, "Up", "move up"),
        (Context::Keywords, "Z", "…"),
        (Context::Keywords, "Z b", "zoom"),
        (Context::Help, "Z", ""),
        (Context::Help, "Z b", ""),
    ] {
        assert_eq!(does(&keymap, context, key), command, "{key} in {context:?}");
    }
}

#[test]
fn a_line_with_a_mistake_leaves_the_key_as_it_was() {
    let mut keymap = Keymap::default();
    let text = "[global]\n\"j\" = \"mvoe up\"\n\"k\" = 1\n\"n\" = \"zoom\n\"s\" \"zoom\"\n\
                \"G\" = [\"zoom\", \"none\"]\n\"g\" = \"zoom\"\n\"q q\" = \"quit\"\n\
                [reader]\n\"J\" = \"open\"\n[list\n\"h\" = \"zoom\"\n";
    assert_eq!(keymap.merge("keymap.toml", text).len(), 9);
    assert_eq!(does(&keymap, Context::List, "h"), "zoom", "a good line below a bad one counts");
    let good = with("[list]\n\"h\" = \"zoom\"\n");
    assert_eq!(keymap, good);
}

#[test]
fn unbinding_comes_first_whatever_the_order() {
    let orders =
        ["\"Q\" = \"zoom\"\n\"Q Q\" = \"none\"\n", "\"Q Q\" = \"none\"\n\"Q\" = \"zoom\"\n"];
    for text in orders {
        let mut keymap = with("[global]\n\"Q Q\" = \"help\"\n");
        assert_eq!(keymap.merge("more.toml", &format!("[list]\n{text}")), []);
        assert_eq!(does(&keymap, Context::List, "Q"), "zoom");
        assert_eq!(does(&keymap, Context::Reader, "Q"), "…");
    }
}

#[test]
fn a_second_file_goes_over_the_first() {
    let mut keymap = with("[list]\n\"o\" = \"open\"\n\"z\" = \"none\"\n");
    assert_eq!(keymap.merge("more.toml", "[list]\n\"o\" = \"none\"\n\"z\" = \"help\"\n"), []);
    assert_eq!(does(&keymap, Context::List, "o"), "");
    assert_eq!(does(&keymap, Context::List, "z"), "help");
}

#[test]
fn hints_prefer_the_shortest_key() {
    let keymap = Keymap::default();
    for (context, words, expected) in [
        (Context::List, "move down", "j C-n Down"),
        (Context::List, "move first", "Home|g g"),
        (Context::List, "help", "? F1"),
        (Context::Help, "back", "? h q F1 Esc Left"),
        (Context::Reader, "move page-down", "C-f Space PageDown"),
    ] {
        let action = Action::parse(words).expect(words);
        let found: Vec<_> =
            keymap.keys_for(context, action).iter().map(ToString::to_string).collect();
        let between = if expected.contains('|') { "|" } else { " " };
        assert_eq!(found.join(between), expected, "{words}");
    }
}

#[test]
fn after_a_prefix_the_rest_is_shown() {
    let keymap = with(
        "[global]\n\"; g\" = \"zoom\"\n\"; h\" = \"zoom\"\n\
         [list]\n\"; t\" = \"zoom\"\n\"; g\" = \"none\"\n\"; x y\" = \"help\"\n",
    );
    let rest = |pending: &str| -> Vec<String> {
        let pending = keys(pending);
        let following = keymap.continuations(Context::List, pending.chords());
        following
            .map(|(rest, actions)| {
                let rest: Vec<_> = rest.iter().map(ToString::to_string).collect();
                format!("{}: {}", rest.join(" "), actions[0])
            })
            .collect()
    };
    assert_eq!(rest(";"), ["t: zoom", "x y: help", "h: zoom"]);
    assert_eq!(rest("; x"), ["y: help"]);
    assert!(rest("; t").is_empty() && rest("q").is_empty());
    assert_eq!(
        keymap.continuations(Context::List, &[]).count(),
        keymap.bindings(Context::List).count()
    );
}

#[test]
fn the_bindings_of_a_context_are_what_its_keys_do() {
    let keymap = with("[reader]\n\"j\" = \"none\"\n\"k\" = \"move down\"\n");
    for context in Context::ALL {
        for (sequence, actions) in keymap.bindings(context) {
            let found = keymap.resolve(context, sequence.chords());
            assert_eq!(found, Resolved::Actions(actions), "{sequence} in {context:?}");
        }
    }
    let reader: Vec<_> =
        keymap.bindings(Context::Reader).map(|(keys, _)| keys.to_string()).collect();
    assert!(!reader.contains(&"j".to_owned()));
    assert_eq!(reader.iter().filter(|keys| *keys == "k").count(), 1);
    assert_eq!(reader[..2], ["Space", "+"], "its own keys come first");
}

#[test]
fn a_message_is_one_line_that_a_terminal_can_show() {
    let text = format!("[list]\n\"\\u001b[2J\" = \"a\\nb\"\n\"{}\" = \"{0}\"\n", "长".repeat(1000));
    let errors = Keymap::default().merge("keymap.toml", &text);
    assert_eq!(errors.len(), 4);
    for lang in [Lang::Zh, Lang::En] {
        for error in &errors {
            let message = error.message(lang);
            assert!(!message.contains(char::is_control), "{message:?}");
            assert!(message.chars().count() < 140, "{message}");
        }
    }
}

/// A line of a keymap file with the key that it may bind.
fn line() -> impl Strategy<Value = (String, Option<String>)> {
    let keys = default_lines().into_iter().map(|(_, key, _)| key);
    let keys: Vec<_> =
        keys.chain(["g", "g x", "G g", "o", "o p", "C-s", "ｇ ｇ", "S-1", ""]).collect();
    let values = ["move up", "open", "zoom", "none", "zoom", "zom", "article next"];
    let forms = [
        "\"K\" = \"V\"",
        "\"K\" = [\"V\"]",
        "'K'='V' # x",
        "\"K\" = V",
        "\"K\" = [\"V\",",
        "K = \"V\"",
    ];
    let entry = (
        proptest::sample::select(keys),
        proptest::sample::select(values.to_vec()),
        proptest::sample::select(forms.to_vec()),
    );
    let entry = entry.prop_map(|(key, value, form)| {
        (form.replace('K', key).replace('V', value), Some(key.to_owned()))
    });
    let header = proptest::sample::select(Context::ALL.to_vec());
    let header = header.prop_map(|context| (format!("[{}]", context.name()), None));
    prop_oneof![6 => entry, 2 => header, 1 => "[^=]*".prop_map(|junk| (junk, None))]
}

proptest! {
    #[test]
    fn no_file_removes_a_key_that_it_does_not_name(lines in prop::collection::vec(line(), 0..30)) {
        let text: String = lines.iter().flat_map(|(line, _)| [line, "\n"]).collect();
        let named: Vec<Sequence> =
            lines.iter().filter_map(|(_, key)| key.as_ref()?.parse().ok()).collect();
        let default = Keymap::default();
        let mut keymap = default.clone();
        keymap.merge("keymap.toml", &text);
        for context in Context::ALL {
            for (sequence, actions) in default.bindings(context) {
                if !named.contains(sequence) {
                    let found = keymap.resolve(context, sequence.chords());
                    prop_assert_eq!(found, Resolved::Actions(actions), "{}", sequence);
                }
            }
        }
    }

    #[test]
    fn no_key_ever_hides_another(lines in prop::collection::vec(line(), 0..30)) {
        let text: String = lines.into_iter().map(|(line, _)| line + "\n").collect();
        let mut keymap = Keymap::default();
        keymap.merge("keymap.toml", &text);
        for context in Context::ALL {
            for (sequence, _) in keymap.bindings(context) {
                prop_assert_eq!(keymap.continuations(context, sequence.chords()).count(), 0);
            }
        }
    }

    #[test]
    fn arbitrary_text_changes_nothing(text in "[^=]*") {
        let mut keymap = Keymap::default();
        keymap.merge("keymap.toml", &text);
        prop_assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn mistakes_come_in_file_order_and_lie_in_the_file(
        text in r#"([\[\]{}"'=,.#\\ \r\n汉a-z\-]|"""|\[list\]\n|"[a-z]" = ){0,80}"#,
    ) {
        let errors = Keymap::default().merge("keymap.toml", &text);
        let places: Vec<_> = errors.iter().map(|error| (error.line, error.column)).collect();
        prop_assert!(places.is_sorted(), "{:?}", places);
        for (line, column) in places {
            let line = text.split('\n').nth(line - 1).expect("a line of the file");
            prop_assert!((1..=line.chars().count() + 1).contains(&column));
        }
    }
}
