//! What is pasted where no line is typed: it is text, whatever keys it looks like.

use zhaidu::{
    app::{action::Pane, msg::Msg, overlay::OverlayKind, prompt::PromptKind},
    text::display::DisplayLine,
};

use super::{program, table::NORMAL};
use crate::harness::Program;

fn paste(program: &mut Program, text: &str) {
    program.asked.clear();
    program.send(Msg::Paste(text.to_owned()));
    program.work();
    assert_eq!(program.asked, [], "a paste runs nothing");
}

fn line(program: &Program) -> Option<(PromptKind, &str)> {
    program.model.prompt.as_ref().map(|prompt| (prompt.kind(), prompt.text()))
}

fn notice(program: &Program) -> Option<&str> {
    program.model.notice.as_ref().map(DisplayLine::as_str)
}

#[test]
fn a_paste_begins_a_search_with_it() {
    for before in ["", "A-2", "A-3", "A-4", "Space", "p", "/ 灯 塔 Enter", "2", "y", "f 书 Enter"]
    {
        let mut program = program(NORMAL);
        program.press(before);
        paste(&mut program, " q\u{1b}[31m电站\r\nQ\n");
        assert_eq!(line(&program), Some((PromptKind::Search, "q␛[31m电站 Q")), "{before}");
        assert!(program.model.pending.is_empty() && program.model.count.is_none(), "{before}");
    }
}

#[test]
fn a_paste_finds_what_it_names_and_esc_leads_back() {
    let mut program = program(NORMAL);
    paste(&mut program, "山里的电站\n");
    assert!(program.model.search.is_on);
    assert_eq!(program.title(), Some("山里的电站"));
    program.press("Esc");
    assert!(!program.model.search.is_on && program.model.prompt.is_none());
    assert_eq!((program.title(), program.model.focus), (Some("河边的书店"), Pane::List));
}

#[test]
fn in_the_help_a_paste_or_a_han_character_searches_the_help() {
    for keys in ["?", "? / z Esc"] {
        let mut program = program(NORMAL);
        program.press(keys);
        paste(&mut program, "zoom\n");
        assert_eq!(line(&program), Some((PromptKind::Help, "zoom")), "{keys}");
        assert_eq!(program.model.help.typed(), "zoom", "{keys}");
    }
    let mut program = program(NORMAL);
    program.press("? 缩 放");
    assert_eq!(line(&program), Some((PromptKind::Help, "缩放")));
    assert_eq!(notice(&program), None);
}

#[test]
fn a_line_that_is_typed_takes_the_paste() {
    for (keys, kind) in [
        (":", PromptKind::Command),
        ("/", PromptKind::Search),
        ("f", PromptKind::Filter),
        ("F", PromptKind::Query),
        ("t", PromptKind::Tags),
        ("a", PromptKind::Note),
        ("? /", PromptKind::Help),
    ] {
        let mut program = program(NORMAL);
        program.press(keys);
        paste(&mut program, "江水");
        assert_eq!(line(&program), Some((kind, "江水")), "{keys}");
    }
}

#[test]
fn where_nothing_takes_a_text_that_is_said() {
    let mut program = program(NORMAL);
    program.press("w");
    let kinds = |program: &Program| program.model.overlays.last().map(|it| it.kind);
    assert_eq!(kinds(&program), Some(OverlayKind::Why));
    paste(&mut program, "q");
    assert_eq!((line(&program), kinds(&program)), (None, Some(OverlayKind::Why)));
    assert_eq!(notice(&program), Some("nothing here takes a paste"));
    let mut program = super::program(NORMAL);
    paste(&mut program, " \r\n");
    assert_eq!(line(&program), None, "there is nothing to search for");
}

#[test]
fn a_paste_without_end_is_cut() {
    let mut program = program(NORMAL);
    paste(&mut program, &"江水\n".repeat(100_000));
    let (_, text) = line(&program).expect("a line");
    assert!(text.len() <= 4096 && text.starts_with("江水 江水"), "{} bytes", text.len());
    assert_eq!(notice(&program), Some("the paste was too long and was cut"));
}
