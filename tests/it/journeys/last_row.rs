//! What the last row says when there is more to say than it has room for.

use zhaidu::{
    app::msg::{Msg, Trouble},
    lang::Lang,
};

use super::{archive::text, program, table::NORMAL};
use crate::harness::{Program, Source};

fn last_row(program: &Program) -> String {
    program.text().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn a_note_hides_no_problem() {
    for (lang, told) in [(Lang::En, "! 1 problems"), (Lang::Zh, "! 1 个问题")] {
        let mut program = Program::ready(super::archive(), lang, NORMAL).with_disk();
        program.press("a");
        program.send(Msg::Paste("再读一遍，看看他到底说了些什么，".repeat(8)));
        program.press("Enter j k");
        program.send(Msg::Trouble(Trouble::general("keymap.toml:3:7: no such command".into())));
        let row = last_row(&program);
        let (problems, note) = (row.find(told), row.find("再读"));
        assert!(problems.is_some() && note > problems, "{row}");
        assert!(
            row.contains(lang.of("24 篇 / 4 个来源", "24 articles / 4 sources")),
            "the rest is there too: {row}"
        );
        assert!(row.trim_end().ends_with(lang.of("q 退出", "q quit")), "{row}");
    }
}

#[test]
fn problems_that_come_while_they_are_looked_at_are_told() {
    let mut program = program(NORMAL);
    program.press("!");
    assert!(program.text().contains("No problems."), "{}", program.text());
    program.send(Msg::Trouble(Trouble::general("keymap.toml:3:7: no such command".into())));
    assert!(program.text().contains("no such command"), "{}", program.text());
    // Those of sources, once all are read.
    program.send(Msg::Trouble(Trouble { source: Some(0), message: "a.txt: cut off".into() }));
    program.send(Msg::Complete { skipped: 0 });
    let text = program.text();
    assert!(text.contains("cut off") && !text.contains("No problems."), "{text}");
}

#[test]
fn marks_that_are_not_saved_come_before_everything_else() {
    let mut program = program(NORMAL);
    program.break_marks();
    program.press("m j");
    program.send(Msg::Trouble(Trouble::general("keymap.toml:3:7: no such command".into())));
    let row = last_row(&program);
    assert!(row.starts_with(" ! unsaved marks 1  ! 1 problems  24 articles"), "{row}");
}

#[test]
fn a_short_note_is_whole() {
    let mut program = program(NORMAL);
    program.press("a 再 读 Enter j k");
    assert!(last_row(&program).contains("note: 再读  24 articles"), "{}", last_row(&program));
}

#[test]
fn a_long_title_does_not_hide_that_a_mark_is_saved() {
    let long = text(&"江水一天比一天清".repeat(9), 3);
    for (width, lang) in [(80, Lang::Zh), (80, Lang::En), (46, Lang::Zh)] {
        let sources = vec![Source::of_texts("一版.txt", &[&long])];
        let mut program = Program::ready(sources, lang, (width, 24)).with_disk();
        program.press_without_work("m");
        let saving = lang.of("正在保存", "saving");
        assert!(last_row(&program).contains(saving), "{}", last_row(&program));
        program.work();
        let row = last_row(&program);
        assert!(row.contains("江水") && row.contains(".."), "{row}");
        assert!(row.trim_end().ends_with(lang.of("已保存", "saved")), "{row}");
    }
}
