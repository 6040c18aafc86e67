use std::{collections::BTreeSet, ffi::OsString, path::PathBuf};

use proptest::prelude::*;

use super::{
    Settings,
    document::document,
    layers::{Layers, MOST},
    table::SETTINGS,
    value::Base,
};
use crate::lang::Lang;

/// A person's folders, as they would be.
fn base() -> Base {
    Base { folder: PathBuf::from("/etc/zhaidu"), home: Some(PathBuf::from("/home/a")) }
}

/// What is in force after a file, and the messages about it.
fn read(text: &str) -> (Settings, Vec<String>) {
    let mut layers = Layers::default();
    layers.file("f", text, &base());
    (layers.settings, layers.mistakes.iter().map(ToString::to_string).collect())
}

#[test]
fn mistakes_are_told_with_their_place_and_the_good_lines_count() {
    for (text, told) in [
        ("", &[][..]),
        ("# empty\n", &[]),
        ("ambiguous = '2' # wide\n", &[]),
        ("\u{feff}measure = 60\r\nhidden = true\r\n", &[]),
        (
            "ambiguous = \"universel\"",
            &["f:1:13: \"universel\" is not one of \"auto\" \"1\" \"2\" \"universal\", \
               did you mean \"universal\"?"],
        ),
        (
            "ambiguous = 2",
            &["f:1:13: expected one of \"auto\" \"1\" \"2\" \"universal\" in quotes, \
               found integer"],
        ),
        (
            "宽 = 1\n\"ambigous\" = 1\nambiguous = \"2\"\n= 3\n",
            &[
                "f:1:1: not TOML: ",
                "f:2:1: unknown setting \"ambigous\", did you mean \"ambiguous\"?",
                "f:4:1: not TOML: ",
            ],
        ),
        ("[colours]\nx = 1", &["f:1:2: unknown setting \"colours\""]),
        ("hidden.all = true", &["f:1:1: expected true or false, found table"]),
        ("measure = 0x40", &[]),
        ("measure = \"76\"", &["f:1:11: expected a whole number from 20 to 200, found string"]),
        ("measure = 19", &["f:1:11: \"19\" is not a whole number from 20 to 200"]),
        ("measure = -76", &["f:1:11: \"-76\" is not a whole number from 20 to 200"]),
        ("measure = 7_6", &[]),
        ("freshness = 0.25", &[]),
        ("freshness = 1", &[]),
        ("freshness = 1.5", &["f:1:13: \"1.5\" is not a number from 0.0 to 1.0"]),
        ("freshness = nan", &["f:1:13: \"nan\" is not a number from 0.0 to 1.0"]),
        ("freshness = \"1\"", &["f:1:13: expected a number from 0.0 to 1.0, found string"]),
        ("hidden = 1", &["f:1:10: expected true or false, found integer"]),
        (
            "keymap = 3",
            &["f:1:10: expected \"default\" \"less\" \"emacs\" \"newsboat\" or path of a file in \
               quotes, found integer"],
        ),
        (
            "dict = \"a/b.txt\"\nstopwords = 3\nstopword = \"c\"\n",
            &[
                "f:2:13: expected the path of a file in quotes, found integer",
                "f:3:1: unknown setting \"stopword\", did you mean \"stopwords\"?",
            ],
        ),
    ] {
        let (_, errors) = read(text);
        assert_eq!(errors.len(), told.len(), "{text}: {errors:?}");
        for (error, told) in errors.iter().zip(told) {
            assert!(error.starts_with(told), "{error}");
        }
    }
    let (settings, _) = read("宽 = 1\nmeasure = 60\n= 3\nhidden = true\nsentences = 0\n");
    assert_eq!(settings, Settings { measure: 60, hidden: true, ..Settings::default() });
}

#[test]
fn paths_are_relative_to_their_place() {
    for (text, expected) in [
        ("dict = \"a/b.txt\"", Some("/etc/zhaidu/a/b.txt")),
        ("dict = \"/a/b.txt\"", Some("/a/b.txt")),
        ("dict = \"~/b.txt\"", Some("/home/a/b.txt")),
        ("dict = \"\"", None),
    ] {
        assert_eq!(read(text).0.dict, expected.map(PathBuf::from), "{text}");
    }
    for (text, expected) in [("less", "less"), ("./less", "/etc/zhaidu/./less")] {
        let found = read(&format!("keymap = \"{text}\"")).0.keymap;
        assert_eq!(found, Some(PathBuf::from(expected)), "{text}");
    }
    let mut layers = Layers::default();
    layers.option("dict=a.txt", &Base::default());
    assert_eq!(layers.settings.dict, Some(PathBuf::from("a.txt")));
}

/// Which of a file, a variable and an option has the last word on a setting.
#[test]
fn an_option_goes_before_the_environment_and_that_before_the_file() {
    for (file, variable, option, expected, from) in [
        ("", "", "", 76, None),
        ("measure = 60", "", "", 60, Some("f:1:11")),
        ("measure = 60", "50", "", 50, Some("ZHAIDU_MEASURE")),
        ("measure = 60", "50", "measure=40", 40, Some("--set")),
        ("measure = 60", "", "measure=40", 40, Some("--set")),
        ("", "50", "", 50, Some("ZHAIDU_MEASURE")),
        ("", "", "measure=40", 40, Some("--set")),
        // A mistake leaves what lies below it.
        ("measure = 60", "wide", "", 60, Some("f:1:11")),
        ("measure = 60", "50", "measure=4", 50, Some("ZHAIDU_MEASURE")),
    ] {
        let mut layers = Layers::default();
        layers.file("f", file, &base());
        let read = |name: &str| (name == "ZHAIDU_MEASURE").then(|| OsString::from(variable));
        layers.environment(read, &base());
        if !option.is_empty() {
            layers.option(option, &base());
        }
        let setting = SETTINGS.iter().find(|setting| setting.name == "measure").expect("a row");
        let (text, place) = layers.in_force(setting);
        assert_eq!(layers.settings.measure, expected, "{file} {variable} {option}");
        assert_eq!(text, expected.to_string(), "{file} {variable} {option}");
        assert_eq!(place.map(ToString::to_string).as_deref(), from, "{file} {variable} {option}");
    }
}

#[test]
fn options_and_variables_are_told_of_their_mistakes() {
    let mut layers = Layers::default();
    for option in ["measure", "measur=60", "hidden=yes", "lang=zh", "=", "dict="] {
        layers.option(option, &base());
    }
    layers.environment(|name| (name == "ZHAIDU_LANG").then(|| "ZH".into()), &base());
    let told: Vec<String> = layers.mistakes.iter().map(ToString::to_string).collect();
    let expected = [
        "--set: \"measure\" is not NAME=VALUE",
        "--set: unknown setting \"measur\", did you mean \"measure\"?",
        "--set: \"yes\" is not true or false",
        "--set: unknown setting \"\"",
        "ZHAIDU_LANG: \"ZH\" is not one of \"auto\" \"zh\" \"en\", did you mean \"zh\"?",
    ];
    assert_eq!(told, expected);
    assert_eq!(layers.settings.lang, Some(Lang::Zh));
}

#[test]
fn the_rows_say_what_the_defaults_are() {
    let mut layers = Layers::default();
    for setting in SETTINGS {
        layers.file("f", &format!("{} = {}", setting.name, setting.default), &base());
    }
    assert_eq!(layers.mistakes, []);
    assert_eq!(layers.settings, Settings::default());
    let names: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    assert_eq!(names.len(), SETTINGS.len(), "a name stands twice");
}

#[test]
fn the_file_to_begin_from_sets_nothing_until_a_line_is_taken() {
    for lang in [Lang::Zh, Lang::En] {
        let text = document(lang);
        assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')), "{text}");
        let taken: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix('#'))
            .filter(|line| !line.starts_with(' '))
            .collect();
        assert_eq!(taken.len(), SETTINGS.len());
        assert_eq!(read(&taken.join("\n")), (Settings::default(), Vec::new()));
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text: String) {
        let (_, errors) = read(&text);
        prop_assert!(errors.len() <= MOST);
    }
}
