//! Which of several orders counts, and what is under way then.

use super::*;

fn run(generation: u64) -> SearchOrder {
    let order = crate::app::search::ResultOrder::default();
    SearchOrder::Run(Wanted {
        generation,
        query: "灯".to_owned(),
        near: None,
        unfolded: None,
        stays_at: None,
        pinyin: true,
        marks: crate::article::MarkTable::default(),
        order,
    })
}

#[test]
fn the_newest_order_ends_the_one_before_and_replaces_it() {
    let (orders, taken) = channel();
    let mut searcher = Searcher { orders, cancelled: Arc::default() };
    searcher.take(run(1));
    searcher.take(SearchOrder::Details(1, 0..9));
    searcher.take(run(2));
    searcher.take(SearchOrder::Details(1, 5..14));
    searcher.take(SearchOrder::Keys(2));
    let orders: Vec<Order> = taken.try_iter().collect();
    let cancelled = |order: &Order| order.cancelled.load(Ordering::Relaxed);
    let flags: Vec<bool> = orders.iter().map(cancelled).collect();
    assert_eq!(flags, [true, true, false, false, false], "looking at results ends no search");
    let Newest { search, details, keys } = newest(orders.into_iter());
    assert_eq!(search.map(|order| order.what), Some(run(2)));
    assert_eq!((details, keys), (Some((1, 5..14)), Some(2)));
    searcher.take(SearchOrder::Close);
    let closing = taken.try_iter().last().map(|order| order.what);
    assert_eq!(closing, Some(SearchOrder::Close));
}
