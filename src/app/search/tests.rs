//! What is asked for, what is dropped, and where one goes.

use super::*;
use crate::app::msg::Effect;

fn detail(source: u32, hits: usize) -> Detail {
    let range = |at| TextRange::new(at * 10, at * 10 + 3);
    Detail {
        key: Some(ArticleKey { source, article: 0 }),
        hits: (0..hits).map(range).collect(),
        count: hits,
        ..Detail::gone(DisplayLine::default())
    }
}

/// A search that has found so many articles, with all details of those that it asked for.
fn searched(articles: usize, hits: usize) -> SearchPane {
    let mut pane = SearchPane { is_on: true, ..SearchPane::default() };
    pane.ask("灯");
    let results = Results { articles, ..Results::default() };
    assert_eq!(pane.take(1, SearchNews::Found(results)), None);
    deliver(&mut pane, hits);
    pane
}

fn deliver(pane: &mut SearchPane, hits: usize) {
    pane.settle(11);
    for order in pane.orders(&MarkTable::default()).collect::<Vec<_>>() {
        if let Effect::Search(SearchOrder::Details(generation, range)) = order {
            let details = range.clone().map(|at| detail(at as u32, hits)).collect();
            pane.take(generation, SearchNews::Details(range.start, details));
        }
    }
}

fn reach(pane: &mut SearchPane) -> Option<usize> {
    let key = pane.current()?.key?;
    pane.reached(key, ArticleId::of(""))?;
    pane.at
}

#[test]
fn of_the_orders_to_search_only_the_newest_is_given() {
    let mut pane = SearchPane { is_on: true, ..SearchPane::default() };
    for query in ["灯", "灯塔", "灯塔 "] {
        pane.ask(query);
    }
    let orders: Vec<Effect> = pane.orders(&MarkTable::default()).collect();
    let wanted = Wanted {
        generation: 3,
        query: "灯塔 ".to_owned(),
        near: None,
        unfolded: None,
        stays_at: None,
        pinyin: true,
        marks: MarkTable::default(),
        order: ResultOrder::Score,
    };
    assert_eq!(orders, [Effect::Search(SearchOrder::Run(wanted))]);
}

#[test]
fn results_stay_while_the_next_query_cannot_be_understood() {
    let mut pane = searched(100, 2);
    pane.ask("灯 (");
    let wrong = SearchNews::Misread(TextRange::new(4, 5), "unclosed".into());
    assert_eq!(pane.take(2, wrong), None);
    assert!(!pane.is_running && pane.misread.is_some());
    // Those of the query before can still be looked at.
    assert!(pane.moved(Span::Last));
    deliver(&mut pane, 2);
    assert_eq!(pane.current().and_then(|detail| detail.key).map(|key| key.source), Some(99));
}

#[test]
fn details_are_asked_for_once_and_forgotten_far_away() {
    let mut pane = searched(10_000, 1);
    for _ in 0..3_000 {
        pane.moved(Span::Items(1));
        deliver(&mut pane, 1);
        assert!(pane.current().is_some());
        assert!(pane.details.len() < 2 * KEPT + 100, "{} are kept", pane.details.len());
    }
    pane.moved(Span::First);
    pane.settle(11);
    assert_eq!(pane.orders(&MarkTable::default()).count(), 1);
    pane.settle(11);
    assert_eq!(pane.orders(&MarkTable::default()).count(), 0, "they are on their way");
}

#[test]
fn hits_are_gone_through_across_articles_and_back() {
    let mut pane = searched(3, 2);
    let mut way = vec![(pane.selected, reach(&mut pane))];
    while pane.step(1) {
        way.push((pane.selected, reach(&mut pane)));
    }
    let all: Vec<(usize, Option<usize>)> =
        (0..3).flat_map(|article| [(article, Some(0)), (article, Some(1))]).collect();
    assert_eq!(way, all);
    let mut back = vec![(pane.selected, pane.at)];
    while pane.step(-1) {
        back.push((pane.selected, reach(&mut pane)));
    }
    back.reverse();
    assert_eq!(back, all);
}

#[test]
fn an_article_without_hits_in_its_text_is_stopped_at() {
    let mut pane = searched(3, 0);
    assert_eq!(reach(&mut pane), None);
    assert!(pane.step(1) && pane.step(1));
    assert_eq!(pane.selected, 2);
    assert!(!pane.step(1));
}
