//! Journeys to the page and through what is decided about it.

use zhaidu::{app::page::RowKind, lang::Lang};

use super::{archive::text, table::NORMAL};
use crate::harness::{Program, Source};

/// Two articles that the splitter tells apart.
fn two() -> String {
    let first = text("河边的书店", 12).replace("□本报记者 林知远", "本报记者 林知远");
    format!("{first}\n\n{}", text("山里的电站", 12))
}

fn program() -> Program {
    let sources = vec![Source::of_page("一版.txt", &two())];
    Program::ready(sources, Lang::En, NORMAL).with_disk()
}

/// The text of the first row that is no border.
fn top(program: &Program) -> String {
    let text = program.model.page.text().expect("a page").as_str();
    let rows = program.model.page.visible.iter();
    let mut texts = rows.filter_map(|row| match row.kind {
        RowKind::Border => None,
        RowKind::Start(range) | RowKind::More(range) => Some(range.of(text)),
    });
    texts.next().unwrap_or_default().to_owned()
}

#[test]
fn the_same_text_stays_at_the_top_when_the_page_is_split_otherwise() {
    let mut program = program();
    program.press("p G k k k k k k k k k k k k k k k k k k k k k");
    let before = top(&program);
    for keys in ["c", "t", "t", "u", "u", "u"] {
        program.press(keys);
        assert_eq!(top(&program), before, "{keys}: {:?}", program.model.notice);
    }
    program.press("Enter C-d");
    let before = program.top_line().to_owned();
    for _ in 0..3 {
        program.press("T");
        assert_eq!(program.top_line(), before, "{:?}", program.model.notice);
    }
}

#[test]
fn what_is_decided_is_on_the_disk_before_it_is_said_and_holds_from_then_on() {
    let mut program = program();
    let found = program.model.archive.article_count();
    program.press_without_work("p t c m M u j");
    assert!(program.text().contains("Loading"), "{}", program.text());
    program.work();
    program.press_without_work("j j j j j j c");
    assert_eq!(program.kept(), "", "the disk is slow");
    assert!(program.text().contains("saving"), "{}", program.text());
    program.work();
    assert!(program.text().contains("saved: "), "{}", program.text());
    assert_eq!(program.kept().lines().count(), 1);
    assert_eq!(program.model.archive.article_count(), found + 1);
    assert_eq!(program.model.archive.rows().len(), found + 1);
    program.press("u");
    assert_eq!(program.kept().lines().count(), 2, "nothing is taken out of the file");
    assert_eq!(program.model.archive.article_count(), found);
}

#[test]
fn what_cannot_be_kept_is_told_and_changes_nothing() {
    let sources = vec![Source::of_page("一版.txt", &two())];
    let mut program = Program::ready(sources, Lang::En, NORMAL);
    let found = program.model.archive.article_count();
    program.press("p j j j j j j c");
    let text = program.text();
    assert!(text.contains("not saved: there is no home folder"), "{text}");
    assert_eq!(program.model.archive.article_count(), found);
}

#[test]
fn a_decision_about_a_page_that_was_left_meanwhile_disturbs_nobody() {
    let sources = vec![
        Source::of_page("一版.txt", &two()),
        Source::of_texts("二版.txt", &[&text("城南的菜场", 20)]),
    ];
    let mut program = Program::ready(sources, Lang::En, NORMAL).with_disk();
    program.press("p j j j j j j");
    program.press_without_work("c A-1 G");
    program.work();
    assert_eq!(program.title(), Some("城南的菜场"));
    program.press("g g p");
    assert!(program.text().contains("1 by you"), "{}", program.text());
}
