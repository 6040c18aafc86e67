//! Journeys that take something out of the program.

use zhaidu::{
    app::{
        action::CopyWhat,
        copying::View,
        msg::{Effect, Spot, SpotAt},
        search::ResultOrder,
    },
    article::order::{Order, SortBy},
};

use super::{
    key, program,
    table::{
        Journey, NARROW, NORMAL,
        Seen::{Notice, Page, Sent, Typed},
        WIDE,
    },
};
use crate::harness::Program;

/// What keys send.
pub(super) const TAKING: &[Journey] = &[
    // The selected key sentence; in the text the one stepped to, while it is in sight, else the first
    // one on the screen.
    (NORMAL, "", "y y", &[Sent(|it| is_sentence(it, "城南的书架"))]),
    (NORMAL, "A-2", "y y", &[Sent(|it| is_sentence(it, "第1段先说天气。"))]),
    (NORMAL, "A-2 Space Space", "y y", &[Sent(|it| is_sentence(it, "第8段讲"))]),
    (NORMAL, "A-2 s", "y y", &[Sent(|it| is_sentence(it, "城南的书架"))]),
    (NORMAL, "A-2 s G", "y y", &[Sent(|it| !is_sentence(it, "城南的书架"))]),
    (
        NORMAL,
        "",
        "y c",
        &[Sent(|it| is_copy(it, CopyWhat::Citation, "”\n——《河边的书店》，林知远，"))],
    ),
    (NORMAL, "", "y m", &[Sent(|it| is_copy(it, CopyWhat::Markdown, "\n>\n> ——《河边的书店》"))]),
    (NORMAL, "", "y g", &[Sent(|it| is_copy(it, CopyWhat::Reference, "林知远. 河边的书店[N]."))]),
    (NORMAL, "- - -", "y s", &[Sent(|it| lines(it) == Some(2))]),
    (NORMAL, "", "y k", &[Sent(|it| is_copy(it, CopyWhat::Keywords, "；"))]),
    (
        NARROW,
        "",
        "y a",
        &[Sent(|it| is_copy(it, CopyWhat::Article, "河边的书店\n□本报记者 林知远\n"))],
    ),
    (NORMAL, "G", "y a", &[Sent(|it| is_copy(it, CopyWhat::Article, "最后一段有零宽空格。"))]),
    (NORMAL, "", "y p", &[Sent(|it| is_copy(it, CopyWhat::Place, "一版.txt:"))]),
    (
        NORMAL,
        "p j j j",
        "y p",
        &[Page(Some(3)), Sent(|it| is_copy(it, CopyWhat::Place, "一版.txt:3"))],
    ),
    (WIDE, "", "y l", &[Sent(|it| *it == Effect::CopyCommand(list(Order::default(), &[])))]),
    (
        NORMAL,
        "",
        "y v",
        &[Sent(|it| matches!(it, Effect::PlainText(text) if text.as_str().contains("第40段")))],
    ),
    (NORMAL, "", "|", &[Typed(Some("")), Notice("the command gets the article")]),
    (NORMAL, "| w c Space - m", "Enter", &[Typed(None), Sent(|it| is_pipe(it, "wc -m"))]),
    (NORMAL, "| w c Enter |", "Up", &[Typed(Some("wc"))]),
    (NORMAL, "| w", "Esc", &[Typed(None), Notice("")]),
    (NORMAL, "| w Backspace", "Backspace", &[Typed(None)]),
    (NORMAL, "|", "Enter", &[Typed(None), Notice("")]),
    (
        NORMAL,
        "A-2",
        "o",
        &[Sent(|it| matches!(it, Effect::Editor(Spot { at: SpotAt::Offset(30..200), .. })))],
    ),
    (
        NORMAL,
        "p j j j",
        "o",
        &[Sent(|it| *it == Effect::Editor(Spot { key: key(0, 0), at: SpotAt::Line(3) }))],
    ),
];

fn is_copy(effect: &Effect, what: CopyWhat, part: &str) -> bool {
    matches!(effect, Effect::Copy(copied, text) if *copied == what && text.contains(part))
}

fn is_sentence(effect: &Effect, start: &str) -> bool {
    matches!(effect, Effect::Copy(CopyWhat::Sentence, text) if text.starts_with(start))
}

fn is_pipe(effect: &Effect, line: &str) -> bool {
    matches!(effect, Effect::Pipe { command, text } if command == line && text.ends_with("。\n"))
}

fn lines(effect: &Effect) -> Option<usize> {
    match effect {
        Effect::Copy(CopyWhat::Summary, text) => Some(text.lines().count()),
        _ => None,
    }
}

/// The list with these filters; `None` for one that no query stands for.
fn list(order: Order, filters: &[Option<&str>]) -> View {
    let filters = filters.iter().map(|query| query.map(str::to_owned)).collect();
    View::List { order, filters, is_literal: false }
}

#[test]
fn the_command_line_is_that_of_the_view() {
    let (here, second) = (key(0, 0), key(0, 1));
    let found =
        View::Found { query: "书架".to_owned(), is_literal: false, order: ResultOrder::Score };
    let by_title = Order { by: SortBy::Title, ..Order::default() };
    for (keys, view) in [
        (", t", list(by_title, &[])),
        ("F 书 架 Enter", list(Order::default(), &[Some("书架")])),
        (
            "F k w : 书 Enter F d a t e : 2 0 0 3 Enter",
            list(Order::default(), &[Some("kw:书"), Some("date:2003")]),
        ),
        ("f 书 店 Enter", list(Order::default(), &[None])),
        ("F 段 Enter / 书 架 Esc", list(Order::default(), &[Some("段")])),
        ("/ 书 架 Enter", found),
        ("A-2", View::Text(here)),
        ("J A-2", View::Text(second)),
        ("A-2 - -", View::Level(here, 30)),
        ("A-3", View::Summary(here, 5)),
        ("A-4", View::Keywords(here)),
        ("p", View::Page(here)),
        ("Space", View::Summary(here, 2)),
    ] {
        let mut program = program(NORMAL);
        program.press(keys);
        program.press("y l");
        assert_eq!(program.asked.last(), Some(&Effect::CopyCommand(view)), "{keys}");
    }
}

#[test]
fn what_is_not_there_yet_is_not_copied() {
    let mut program = Program::started(super::archive::archive(), zhaidu::lang::Lang::En, NORMAL);
    program.find();
    program.read();
    for keys in ["y y", "y c", "y s", "y k", "y a", "y p", "y v", "|"] {
        program.press_without_work(keys);
        assert_eq!(program.asked, [], "{keys}");
        let notice = program.model.notice.as_ref().map(|notice| notice.as_str().to_owned());
        assert_eq!(notice.as_deref(), Some("the text is not there yet"), "{keys}");
    }
    // The text comes before its analysis.
    assert!(program.work_once());
    program.press_without_work("y s");
    assert!(program.text().contains("nothing to copy yet: summary"), "{}", program.text());
    program.press_without_work("y y");
    assert!(program.asked.last().is_some_and(|it| is_sentence(it, "第1段先说天气。")));
}

#[test]
fn a_place_is_where_the_source_lies() {
    let mut program = program(NORMAL);
    program.model.root = "旧报/".into();
    program.press("y p");
    assert!(program.asked.last().is_some_and(|it| is_copy(it, CopyWhat::Place, "旧报/一版.txt:")));
}
