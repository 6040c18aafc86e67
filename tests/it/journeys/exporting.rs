//! Journeys that end in a file.

use zhaidu::{
    app::export::ExportNews,
    app::{action::Pane, msg::Msg},
    listing::ArticleKey,
};

use super::{
    program,
    table::{
        Journey, NORMAL,
        Seen::{Notice, Typed},
    },
};
use crate::harness::Program;

/// What keys say.
pub(super) const EXPORTING: &[Journey] = &[
    (NORMAL, "", "e", &[Typed(Some("河边的书店.md")), Notice("1 article; Tab changes the format")]),
    (NORMAL, "e", "Tab", &[Typed(Some("河边的书店.html"))]),
    (NORMAL, "e", "Enter", &[Typed(None), Notice("exported 1 河边的书店.md")]),
    (NORMAL, "e", "Esc", &[Typed(None), Notice("")]),
    (NORMAL, "e C-u", "Enter", &[Typed(Some("")), Notice("type a file name")]),
    (NORMAL, "", "E", &[Typed(Some("demo.md")), Notice("articles; Tab")]),
    (NORMAL, "", "A-e", &[Typed(None), Notice("no article has a star, a tag or a note")]),
    (NORMAL, "m j m", "A-e", &[Typed(Some("marked.md")), Notice("2 articles; Tab")]),
    // The folder and the format are those of the time before.
    (NORMAL, "e Tab Enter j", "e", &[Typed(Some("山里的电站.html"))]),
    // A file that is there is replaced when that is said once more.
    (NORMAL, "e Enter", "e Enter", &[Typed(Some("河边的书店.md")), Notice("Enter replaces it")]),
    (NORMAL, "e Enter e Enter", "Enter", &[Typed(None), Notice("exported 1 河边的书店.md")]),
    (NORMAL, "e Enter e Enter Esc", "e Enter", &[Notice("Enter replaces it")]),
    (
        NORMAL,
        "e C-u n o w h e r e / a .",
        "Enter",
        &[Typed(Some("nowhere/a.")), Notice("there is no such folder")],
    ),
];

/// What lies in a file.
fn titles(program: &Program, name: &str) -> Vec<String> {
    let order = program.exporter.files.get(name).unwrap_or_else(|| panic!("no {name}"));
    let title = |key: &ArticleKey| program.article(*key).expect("an article").headline();
    order.articles.iter().map(title).collect()
}

#[test]
fn what_the_list_shows_is_exported_in_its_order() {
    let mut program = program(NORMAL);
    program.press(", t E Enter");
    let sorted = titles(&program, "demo.md");
    let rows: Vec<String> = program
        .model
        .archive
        .rows()
        .iter()
        .map(|key| program.article(*key).expect("an article").headline())
        .collect();
    assert_eq!(sorted, rows);
    assert!(rows.len() > 3, "{rows:?}");
    program.press("f 菜 场 Enter E Enter");
    assert_eq!(titles(&program, "菜场.md"), ["城南的菜场"]);
}

#[test]
fn results_of_a_search_are_exported() {
    let mut program = program(NORMAL);
    program.press("/ 灯 塔 Enter");
    let count = program.model.search.results.articles;
    assert!(count > 0);
    program.press("E Enter");
    assert_eq!(titles(&program, "灯塔.md").len(), count);
    assert!(titles(&program, "灯塔.md").contains(&"海上的灯塔".to_owned()));
    // Keys that come in one burst do not wait for the searcher.
    program.press_without_work("E Tab Enter");
    assert!(program.model.prompt.is_none());
    program.work();
    assert_eq!(titles(&program, "灯塔.html").len(), count);
}

#[test]
fn marks_go_along_and_only_marked_ones_if_that_is_asked() {
    let mut program = program(NORMAL);
    program.press("j m k t 水 Enter A-e Enter");
    let order = &program.exporter.files["marked.md"];
    assert_eq!(order.articles.len(), 2);
    assert!(order.marks.iter().any(|(_, marks)| marks.starred));
    assert!(order.marks.iter().any(|(_, marks)| marks.tags.contains("水")));
}

#[test]
fn an_export_under_way_is_told_and_can_be_stopped() {
    let mut program = program(NORMAL);
    program.press_without_work("E Enter");
    program.send(Msg::Export(ExportNews::Progress(2)));
    assert!(program.text().contains("Exporting 2/"), "{}", program.text());
    program.press_without_work("e");
    assert!(program.text().contains("still exporting"), "{}", program.text());
    program.asked.clear();
    program.press_without_work("q");
    assert!(program.text().contains("once more stops that and quits"), "{}", program.text());
    assert!(program.asked.is_empty());
    program.press_without_work("A-2 Esc");
    program.work();
    assert!(program.text().contains("no file was written"), "{}", program.text());
    assert!(program.exporter.files.is_empty());
    assert_eq!(program.model.focus, Pane::Reader, "it did nothing else");
}
