//! Filters one on the other: by queries, by what is turned to, by the months of a timeline.

use zhaidu::{
    app::{
        action::Pane::{Keywords, List, Reader},
        msg::Msg,
        overlay::OverlayKind::{Problems, Timeline, Words},
    },
    lang::Lang,
};

use super::{
    archive::text,
    program,
    table::{
        Journey, NARROW, NORMAL,
        Seen::{Focus, Notice, Over, Results, Rows, Title, Typed},
    },
};
use crate::harness::{Program, Source};

/// Filters over the list.
pub(super) const FILTERS: &[Journey] = &[
    (NORMAL, "J", "F", &[Typed(Some("")), Rows(24), Title("山里的电站"), Focus(List)]),
    (NORMAL, "F 灯 塔", "", &[Typed(Some("灯塔")), Rows(1), Title("海上的灯塔")]),
    (NORMAL, "F 灯 塔", "Enter", &[Typed(None), Rows(1), Title("海上的灯塔"), Focus(List)]),
    (NORMAL, "j F 灯 塔", "Esc", &[Typed(None), Rows(24), Title("山里的电站")]),
    (NORMAL, "j F 灯 塔", "Backspace Backspace", &[Typed(Some("")), Rows(24), Title("山里的电站")]),
    (NORMAL, "F 灯 塔 Enter", "Esc", &[Rows(24), Title("海上的灯塔"), Notice("listed again")]),
    // What cannot be understood stays in the line, with what was found last.
    (NORMAL, "F 号 (", "Enter", &[Typed(Some("号(")), Rows(20)]),
    (NORMAL, "F 号 ( Enter", "Backspace Enter", &[Typed(None), Rows(20)]),
    // One lies on the other, and the last one goes first.
    (NORMAL, "F 号 Enter", "F 十 Enter", &[Rows(11)]),
    (NORMAL, "F 号 Enter F 十 Enter", "Esc", &[Rows(20), Notice("taken away: 十")]),
    (NORMAL, "F 号 Enter", "f 九 Enter", &[Rows(2), Title("短讯九号")]),
    (NORMAL, "F 号 Enter f 九 Enter", "f Backspace 八 Enter", &[Rows(2), Title("短讯八号")]),
    (NORMAL, "F 号 Enter", "F 没 有 Enter", &[Rows(0)]),
    (NORMAL, "F 号 Enter F 没 有 Enter", "Esc", &[Rows(20)]),
    (NORMAL, "F 号 Enter G", ", r g g", &[Rows(20), Title("短讯二十号")]),
    // The best match first: the more often a word is there, the better.
    (NORMAL, "F 第 Enter , b", "g g", &[Rows(24), Title("河边的书店"), Notice("")]),
    (NORMAL, "F 第 Enter", ", b", &[Notice("best match first")]),
    (NORMAL, "F 第 Enter , b", "j", &[Title("城南的菜场")]),
    (NORMAL, "F 第 Enter , b", "G", &[Title("短讯二十号")]),
    (NORMAL, "F 第 Enter , b , r", "g g", &[Title("短讯一号")]),
    (NORMAL, "F 第 Enter , b F i s : u n r e a d Enter", "g g j", &[Title("城南的菜场")]),
    (NORMAL, "F 第 Enter , b Esc", "g g j", &[Rows(24), Title("山里的电站")]),
    (NORMAL, "f 十 号 Enter , b", "g g", &[Rows(11), Title("短讯十号")]),
    (NORMAL, "j", ", b", &[Title("山里的电站"), Notice("no filter tells what matches best")]),
    (NARROW, "F 灯 塔", "Enter", &[Rows(1), Title("海上的灯塔"), Focus(List)]),
    // The history goes through them as through places.
    (NORMAL, "j F 号 Enter", "H", &[Rows(24), Title("山里的电站")]),
    (NORMAL, "j F 号 Enter G H", "L", &[Rows(20), Title("短讯二十号")]),
    (NORMAL, "F 号 Enter F 没 有 Enter", "2 H", &[Rows(24), Title("河边的书店")]),
    (NORMAL, "F 号 Enter Esc", "H", &[Rows(20), Title("短讯一号")]),
    (NORMAL, "F 灯 塔 Enter Enter", "K", &[Focus(Reader), Title("海上的灯塔")]),
    // A keyword, and a word of the text.
    (NORMAL, "A-4", "Enter", &[Focus(List), Notice("no index")]),
    (NORMAL, "A-4 Enter", "H", &[Focus(Keywords), Rows(24), Title("河边的书店")]),
    (NORMAL, "A-4 l", "*", &[Focus(List), Notice("no index")]),
    (NORMAL, "/ 电 站 Enter A-4", "Enter", &[Focus(List), Results(None)]),
    (NORMAL, "3 j", "*", &[Over(Some((Words, 0)))]),
    (NORMAL, "3 j *", "j Enter", &[Over(None), Rows(1), Title("海上的灯塔"), Focus(List)]),
    (NORMAL, "3 j *", "Esc", &[Over(None), Rows(24)]),
    (NORMAL, "A-2", "*", &[Over(Some((Words, 0)))]),
    (NORMAL, "A-3", "*", &[Over(Some((Words, 0)))]),
    (NORMAL, "", "i", &[Over(Some((Timeline, 0)))]),
    (NORMAL, "i", "Enter", &[Over(Some((Timeline, 0))), Rows(24)]),
    (NORMAL, "i", "Esc", &[Over(None)]),
    // What was left is not chosen from another overlay.
    (NORMAL, "3 j * Esc !", "Enter", &[Over(Some((Problems, 0))), Rows(24)]),
];

/// Articles of three months.
fn dated() -> Program {
    let page = |(name, title): (&str, &str)| Source::of_texts(name, &[&text(title, 3)]);
    let sources = [
        ("2013-11-02.txt", "河边的书店"),
        ("2014-03-01.txt", "山里的电站"),
        ("2014-03-09.txt", "城南的菜场"),
        ("2014-05-20.txt", "海上的灯塔"),
    ];
    Program::ready(sources.map(page).into(), Lang::En, NORMAL)
}

#[test]
fn a_month_of_the_timeline_leads_to_its_articles() {
    let mut program = dated();
    program.press("i");
    let text = program.text();
    for part in ["2014  3", "2014-03        2", "2013-11        1"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    program.press("j Enter");
    assert_eq!((program.model.archive.rows().len(), program.title()), (2, Some("山里的电站")));
    assert!(program.text().contains("all 4 › date:2014-03 2"), "{}", program.text());
    program.press("i");
    assert!(!program.text().contains("2013"), "the list is what is counted");
    program.press("Esc H");
    assert_eq!((program.model.archive.rows().len(), program.title()), (4, Some("河边的书店")));
}

#[test]
fn the_timeline_of_a_keyword_leads_to_its_articles_of_a_month() {
    let mut program = dated();
    program.press("A-4 i Enter");
    let labels: Vec<String> =
        program.model.filters.all().iter().map(|it| it.label().as_str().to_owned()).collect();
    assert_eq!(labels.len(), 2, "{labels:?}");
    assert!(labels[0].starts_with('"') && labels[1] == "date:2013-11", "{labels:?}");
    assert_eq!(program.title(), Some("河边的书店"));
}

#[test]
fn the_list_stays_until_what_passes_is_found() {
    let mut program = program(NORMAL);
    program.press_without_work("F 灯 塔 Enter");
    assert_eq!(program.model.archive.rows().len(), 24);
    assert!(program.text().contains("all 24 › 灯塔 .."), "{}", program.text());
    program.work();
    assert!(program.text().contains("all 24 › 灯塔 1"), "{}", program.text());
}

#[test]
fn an_archive_that_has_changed_is_sifted_again() {
    let mut program = program(NORMAL);
    program.press("F 风 车 Enter");
    assert_eq!(program.model.archive.rows().len(), 0);
    program.sources[1] = Source::of_texts("二版.txt", &[&text("风车磨坊", 3)]);
    program.read_one(1);
    program.send(Msg::Updated { added: 0, changed: 1, vanished: 0 });
    program.work();
    assert_eq!(program.title(), Some("风车磨坊"));
}
