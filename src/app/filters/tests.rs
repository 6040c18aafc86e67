use super::*;
use crate::listing::ArticleKey;

fn sifted(sources: &[u32]) -> SiftNews {
    let key = |source: &u32| ArticleKey { source: *source, article: 0 };
    let keys = KeySet::new(sources.iter().map(key).collect());
    SiftNews::Found(Sifted { keys, is_by_text: false, lacks_keywords: false })
}

fn asked(filters: &mut Filters) -> Vec<(u64, Sought)> {
    match filters.orders(true, &MarkTable::default()) {
        Some(Effect::Sift(orders)) => {
            orders.into_iter().map(|order| (order.number, order.what)).collect()
        }
        _ => Vec::new(),
    }
}

fn query(text: &str) -> FilterBy {
    FilterBy::Query(text.to_owned())
}

#[test]
fn only_the_newest_set_of_a_filter_counts() {
    let mut filters = Filters::default();
    assert!(filters.retype(0, Some(query("灯"))));
    let first = asked(&mut filters)[0].0;
    assert!(filters.retype(0, Some(query("灯塔"))));
    assert!(!filters.retype(0, Some(query("灯塔"))));
    let second = asked(&mut filters)[0].0;
    assert_eq!(filters.take(first, sifted(&[1, 2])), (false, None));
    assert!(filters.conditions().is_empty() && filters.all()[0].is_awaited());
    assert_eq!(filters.take(second, sifted(&[2])), (true, None));
    assert_eq!(filters.conditions().len(), 1);
    assert!(!filters.all()[0].is_awaited());
}

#[test]
fn what_was_found_last_stays_while_one_types() {
    let mut filters = Filters::default();
    filters.retype(0, Some(query("灯")));
    let number = asked(&mut filters)[0].0;
    filters.take(number, sifted(&[1, 2]));
    let before = filters.conditions();
    filters.retype(0, Some(query("(灯")));
    let number = asked(&mut filters)[0].0;
    let why = SiftNews::Misread(TextRange::new(0, 1), "open".into());
    assert_eq!(filters.take(number, why), (false, None));
    assert_eq!((filters.conditions(), filters.misread.is_some()), (before, true));
    filters.retype(0, None);
    assert!(filters.is_empty() && filters.misread.is_none());
}

#[test]
fn a_set_that_cannot_be_found_takes_its_filter_away() {
    let mut filters = Filters::default();
    filters.push(Filter::new(FilterBy::Keyword("灯".into())));
    let number = asked(&mut filters)[0].0;
    assert_eq!(filters.take(number, SiftNews::Failed("no".into())), (true, Some("no".into())));
    assert!(filters.is_empty());
}

#[test]
fn an_archive_that_changes_has_all_sets_found_again() {
    let mut filters = Filters::default();
    filters.push(Filter::new(FilterBy::Keyword("灯".into())));
    filters.push(Filter::new(FilterBy::Month(IssueDate::month(2014, 3).unwrap())));
    filters.push(Filter::new(FilterBy::Keyword("灯".into())));
    assert_eq!(filters.all().len(), 2, "the same one twice is one");
    let number = asked(&mut filters)[0].0;
    filters.take(number, sifted(&[1]));
    filters.renew();
    assert_eq!(filters.conditions().len(), 2, "the old set holds meanwhile");
    assert_eq!(asked(&mut filters), [(number + 1, Sought::Keyword("灯".into()))]);
}

#[test]
fn a_filter_is_told_as_a_query_that_finds_the_same() {
    for (by, is_by_text, expected) in [
        (FilterBy::Title(TitleFilter::new("灯 塔").unwrap()), false, "~灯 塔"),
        (query(" 灯 OR 塔 "), false, "灯 OR 塔"),
        (FilterBy::Keyword("灯塔".into()), false, "kw:\"灯塔\""),
        (FilterBy::Keyword("灯塔".into()), true, "\"灯塔\""),
        (FilterBy::Month(IssueDate::month(2014, 3).unwrap()), false, "date:2014-03"),
    ] {
        let found = Some(Sifted { keys: KeySet::default(), is_by_text, lacks_keywords: false });
        let filter = Filter { found, ..Filter::new(by) };
        assert_eq!(filter.label().as_str(), expected);
    }
}
