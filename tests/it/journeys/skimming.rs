//! The part of the table that skims the list.

use zhaidu::{
    app::action::Pane::{List, Reader},
    listing::ArticleKey,
};

use super::{
    program,
    table::{
        Journey, NARROW, NORMAL,
        Seen::{Focus, Notice, Rows, Shown, Title},
        WIDE,
    },
};

/// Skimming.
pub(super) const SKIMMING: &[Journey] = &[
    (NORMAL, "", "Space", &[Shown(&[List]), Focus(List), Title("河边的书店")]),
    (WIDE, "", "Space", &[Shown(&[List])]),
    (NARROW, "", "Space", &[Shown(&[List])]),
    (NORMAL, "Space", "j j", &[Title("城南的菜场"), Shown(&[List])]),
    (NORMAL, "Space", "G", &[Title("短讯二十号"), Shown(&[List])]),
    (NORMAL, "Space G", "g g", &[Title("河边的书店")]),
    (NORMAL, "Space G", "Space", &[Title("短讯二十号"), Notice("the end of the list")]),
    (NORMAL, "Space", "+", &[Notice("key sentences of each article: 3")]),
    (NORMAL, "Space", "- - -", &[Notice("key sentences of each article: 1")]),
    // The article opens, and going back leads to the stream.
    (NORMAL, "Space j", "Enter", &[Focus(Reader), Title("山里的电站")]),
    (NORMAL, "Space j Enter", "Esc", &[Focus(List), Shown(&[List]), Title("山里的电站")]),
    (NORMAL, "Space j Enter Esc", "Esc", &[Focus(List), Title("山里的电站")]),
    (NORMAL, "Space", "q", &[Focus(List)]),
    (NORMAL, "Space", "A-2", &[Focus(Reader)]),
    (NORMAL, "Space", "m", &[Notice("star  河边的书店  saved"), Shown(&[List])]),
    // Only what the filter leaves.
    (NORMAL, "f 十 号 Enter Space", "j", &[Rows(11), Title("短讯二十号"), Shown(&[List])]),
];

#[test]
fn what_has_passed_by_is_read() {
    let mut program = program(NORMAL);
    program.press("Space Space Space");
    let passed = program.model.list.selected;
    let rows = program.model.archive.rows().to_vec();
    let is_read = |key: &ArticleKey| {
        let id = program.model.archive.row(*key).expect("a row").id;
        program.model.marks.of(id).is_some_and(|marks| marks.read)
    };
    let here = rows.iter().position(|key| Some(*key) == passed).expect("a row");
    assert!(here > 1);
    assert!(rows[..here].iter().all(is_read) && !rows[here..].iter().any(is_read));
}

#[test]
fn every_article_of_the_list_passes_by_with_its_sentences_and_keywords() {
    let mut program = program(NORMAL);
    program.press("Space");
    let first = program.text();
    assert!(first.contains("河边的书店") && first.contains("key sentences each"), "{first}");
    let mut seen = String::new();
    for _ in 0..24 {
        seen.push_str(&program.text());
        program.press("Space");
    }
    for title in [
        "河边的书店",
        "城南的菜场",
        "山里的电站",
        "海上的灯塔",
        "短讯一号",
        "短讯十号",
        "短讯二十号",
    ] {
        assert!(seen.contains(title), "{title}");
    }
    assert!(!seen.contains("Loading"), "what comes next is there before it is looked at");
}
