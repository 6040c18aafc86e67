//! Searching the whole archive, where more than keys matters.

use zhaidu::{
    app::{
        action::Pane,
        msg::Msg,
        search::{Results, SearchNews},
    },
    lang::Lang,
    listing::ArticleKey,
    text::range::TextRange,
};

use super::{
    archive::archive,
    program,
    table::{NORMAL, WIDE},
};
use crate::harness::{Program, Source, in_style, reading};

/// A search that was not answered yet.
fn unanswered(query: &str) -> Program {
    let mut program = program(NORMAL);
    program.press("/");
    program.press_without_work(query);
    program
}

fn found(articles: usize) -> SearchNews {
    SearchNews::Found(Results { articles, hits: 7, counted: articles, ..Results::default() })
}

#[test]
fn what_comes_of_an_older_query_is_dropped() {
    let mut program = unanswered("电 站");
    let generation = {
        program.work();
        program.searcher.asked.last().expect("a search").generation
    };
    let before = program.text();
    for late in [generation - 1, generation + 1, 0] {
        program.send(Msg::Search(late, found(99)));
        let misread = SearchNews::Misread(TextRange::new(0, 3), "wrong".into());
        program.send(Msg::Search(late, misread));
        program.send(Msg::Search(late, SearchNews::Failed("broken".into())));
        program.send(Msg::Search(late, SearchNews::Details(0, Vec::new())));
        assert_eq!(program.text(), before, "{late}");
    }
    program.press("Esc");
    program.send(Msg::Search(generation, found(99)));
    assert!(!program.model.search.is_on);
    assert_eq!(program.title(), Some("河边的书店"));
}

#[test]
fn where_nothing_is_known_of_related_articles_one_stays_where_one_was() {
    for (before, results) in [("G Enter", None), ("/ 第 2 段 Enter G Enter", Some(24))] {
        let mut program = program(NORMAL);
        program.press(before);
        program.press_without_work("R");
        assert!(program.model.search.near.is_some());
        let orders = program.searches();
        program.send(Msg::Search(orders, SearchNews::Failed("no index".into())));
        program.work();
        let model = &program.model;
        assert_eq!((program.title(), model.focus), (Some("短讯二十号"), Pane::Reader), "{before}");
        let shown = model.search.is_on.then_some(model.search.results.articles);
        assert_eq!(shown, results, "{before}");
        assert!(program.text().contains("no index"), "{before}");
    }
}

#[test]
fn only_the_newest_query_is_searched_for_when_keys_come_quickly() {
    let mut program = unanswered("海 上 的 灯 塔");
    program.work();
    let asked: Vec<&str> =
        program.searcher.asked.iter().map(|wanted| wanted.query.as_str()).collect();
    assert_eq!(asked.last(), Some(&"海上的灯塔"));
    assert_eq!(program.title(), Some("海上的灯塔"));
}

#[test]
fn of_many_results_only_those_near_the_window_are_asked_for() {
    let texts: Vec<String> = (0..10_000).map(|at| format!("第{at}篇\n灯亮着。")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut program = Program::started(vec![Source::of_texts("a", &texts)], Lang::En, NORMAL);
    program.find();
    program.read();
    program.press_without_work("/ 灯");
    while program.searcher.told == 0 {
        assert!(program.work_once(), "{:?}\n{}", program.model.search, program.text());
    }
    program.press_without_work("Enter G");
    let last = ArticleKey { source: 0, article: 9_999 };
    while program.model.list.selected != Some(last) {
        assert!(program.work_once(), "{}", program.text());
    }
    assert!(program.searcher.told < 200, "{} results were told", program.searcher.told);
    assert!(program.text().contains("10000/10000  灯"), "{}", program.text());
}

#[test]
fn a_malformed_query_is_underlined_and_explained() {
    let mut program = program((120, 24));
    program.press("/ 电 站 Space t i t l e :");
    assert_eq!(in_style(&program.painted(), '!'), "title:");
    let status = program.text().lines().last().map(str::to_owned).unwrap_or_default();
    assert!(status.starts_with("/电站 title:  title: has no value"), "{status}");
    program.press("Enter");
    assert!(program.model.notice.is_some());
    assert!(program.text().contains("山里的电站"));
}

#[test]
fn a_search_that_takes_long_can_be_ended() {
    let mut program = unanswered("灯");
    program.press_without_work("Enter");
    let running = Results { articles: 2, looked: Some(1), is_running: true, ..Results::default() };
    let generation = 2;
    program.send(Msg::Search(generation, SearchNews::Found(running)));
    assert!(program.text().contains("searched 1/4"), "{}", program.text());
    assert!(program.text().contains("Esc stops"), "{}", program.text());
    program.press_without_work("Esc");
    assert!(program.model.search.is_on && !program.model.search.is_running);
    program.send(Msg::Search(generation, found(3)));
    assert_eq!(program.model.search.results.articles, 2);
    program.press_without_work("Esc");
    assert!(!program.model.search.is_on);
}

#[test]
fn a_result_that_the_list_does_not_know_waits_until_it_does() {
    let mut program = Program::started(archive(), Lang::En, NORMAL);
    program.send(Msg::Found(vec!["一版.txt".into()]));
    program.press("/ 灯 塔 Enter");
    // The fellow who plays the searcher knows all sources; the list knows one.
    assert_eq!(program.model.list.selected, Some(ArticleKey { source: 2, article: 0 }));
    program.painted();
    program.press("Enter");
    program.painted();
    program.press("Esc Esc");
    assert_eq!(program.model.list.selected, Some(ArticleKey { source: 0, article: 0 }));
}

#[test]
fn hits_of_a_text_that_has_changed_are_not_lit() {
    let mut program = program(WIDE);
    program.press("/ 电 站 Enter");
    assert_eq!(in_style(&program.painted(), 'F').chars().filter(|c| *c == '电').count(), 2);
    program.sources[0] = Source::of_texts("一版.txt", &["河边", "山里\n\n短了。"]);
    let key = ArticleKey { source: 0, article: 1 };
    let article = program.article(key).expect("the new text");
    program.send(Msg::Text(key, Ok(reading(&article))));
    program.press("Enter");
    assert!(program.text().contains("changed since it was indexed"), "{}", program.text());
    assert_eq!(program.model.search.at, None);
}

#[test]
fn everything_of_a_search_is_safe_at_any_size() {
    for size in [(0, 0), (1, 1), (5, 40), (20, 5), (21, 6), (40, 10), (79, 13), (300, 3)] {
        let mut program = program(size);
        for keys in
            ["/", "书", "Space \"", "C-u 书", "Enter", "j", "o", "n", "n", "Esc", "G", "Esc"]
        {
            program.press(keys);
            program.painted();
        }
        program.press("/ 书 Enter");
        for size in [(80, 24), (1, 1), (160, 45), size] {
            program.resize(size);
            program.painted();
        }
    }
}
