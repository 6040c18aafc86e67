//! What is done with results as a whole: skimming them, listing what one stands for.

use zhaidu::{
    app::{action::Pane::List, filters::FilterBy},
    lang::Lang,
};

use super::{
    program,
    table::{
        Journey, NORMAL,
        Seen::{Notice, Shown, Title},
    },
};
use crate::harness::Program;

/// What keys do with results.
pub(super) const RESULTS: &[Journey] = &[
    (NORMAL, "/ 十 号 Enter", "Space", &[Notice("the results are a filter now"), Shown(&[List])]),
    (NORMAL, "/ 十 号 Enter Space", "q", &[Title("短讯十号")]),
    (NORMAL, "/ 第 2 段 Enter", "D", &[Notice("no other article has this text")]),
    (NORMAL, "/ 第 2 段 Enter R", "Space", &[Notice("can be skimmed")]),
    (NORMAL, "/ 第 2 段 Enter R", "D", &[Notice("only results of a query can be unfolded")]),
];

#[test]
fn results_are_skimmed_as_a_filter_of_the_list_that_can_be_taken_back() {
    let mut program = program(NORMAL);
    program.press("/ 书 架 Enter Space");
    let model = &program.model;
    assert!(model.skim.is_on && !model.search.is_on);
    let filters: Vec<&FilterBy> = model.filters.all().iter().map(|filter| &filter.by).collect();
    assert_eq!(filters, [&FilterBy::Query("书架".to_owned())]);
    program.press("Esc Esc");
    assert!(!program.model.skim.is_on && program.model.filters.is_empty());
}

#[test]
fn a_query_for_keywords_says_why_it_finds_nothing_without_an_index() {
    for (lang, in_list, told) in [
        (Lang::En, "No index is in use, which knows keywords", "no index is in use, and only that"),
        (Lang::Zh, "没有用索引，不知道关键词", "没有用索引，不知道关键词"),
    ] {
        let mut program = Program::ready(super::archive(), lang, NORMAL);
        program.press("F k w : 书 架");
        assert!(program.text().contains(in_list), "{}", program.text());
        program.press("Enter");
        let row = program.text().lines().last().unwrap_or_default().to_owned();
        assert!(row.contains(told), "{row}");
        // Another query that finds nothing has no such reason.
        program.press("Esc F 没 有 这 个 词 Enter");
        assert!(!program.text().contains(in_list), "{}", program.text());
    }
}
