use super::{arranging::FEW, *};
use crate::{
    article::order::{Direction, SortBy},
    listing::{ArticleRow, KeySet},
};

/// A source of one article that is `chars` long.
fn source(chars: usize) -> SourceState {
    let title = display!("第{chars}号");
    SourceState::Read(vec![ArticleRow { title, chars, ..ArticleRow::default() }])
}

/// An archive of so many sources that are found, not read.
fn found(count: u32) -> Archive {
    let mut archive = Archive::default();
    archive.found(&(0..count).map(|number| display!("{number}.txt")).collect::<Vec<_>>());
    archive
}

fn by_chars(direction: Direction) -> Order {
    Order { by: SortBy::Chars, direction, ..Order::default() }
}

fn chars(archive: &Archive) -> Vec<usize> {
    let row = |key: &ArticleKey| archive.row(*key).map_or(usize::MAX, |row| row.chars);
    archive.rows().iter().map(row).collect()
}

fn titled(typed: &str) -> Vec<Condition> {
    TitleFilter::new(typed).map(Condition::Title).into_iter().collect()
}

/// Does what was asked for, as the thread for it would.
fn arrange(archive: &mut Archive) {
    for arranging in archive.asked() {
        let keys = arranging.run(&|| false).unwrap();
        archive.arranged(arranging.generation, keys);
    }
}

#[test]
fn a_sorted_list_takes_in_what_comes_later() {
    const SOURCES: u32 = 1000;
    let mut archive = found(SOURCES);
    archive.sort(by_chars(Direction::Up));
    let length = |number: u32| (number * 7919 % 101) as usize;
    for batch in (0..SOURCES).collect::<Vec<_>>().chunks(37) {
        archive.learnt(batch.iter().map(|number| (*number, source(length(*number)))).collect());
        assert!(chars(&archive).is_sorted());
        for (at, key) in archive.rows().iter().enumerate() {
            assert_eq!(archive.position(*key, 0), at);
        }
    }
    archive.sort(Order::default());
    let natural: Vec<u32> = archive.rows().iter().map(|key| key.source).collect();
    assert_eq!(natural, (0..SOURCES).collect::<Vec<_>>());
}

#[test]
fn a_long_list_is_sorted_elsewhere_and_loses_nothing_that_comes_meanwhile() {
    let count = FEW as u32 + 100;
    let mut archive = found(count);
    archive.learnt((50..count).map(|number| (number, source(number as usize % 991))).collect());
    let before = archive.rows().to_vec();
    archive.sort(by_chars(Direction::Up));
    archive.sort(by_chars(Direction::Down));
    assert_eq!((archive.rows(), archive.order()), (&*before, by_chars(Direction::Down)));
    let asked = archive.asked();
    archive.found(&["new.txt".into()]);
    archive.learnt((0..50).chain([count]).map(|number| (number, source(5000))).collect());
    archive.learnt(vec![(60, SourceState::Read(Vec::new()))]);
    // The older order is not wanted any more.
    for arranging in asked {
        let keys = arranging.run(&|| false).unwrap();
        archive.arranged(arranging.generation, keys);
    }
    let lengths = chars(&archive);
    assert_eq!(lengths.len(), count as usize);
    assert!(lengths.is_sorted_by(|a, b| a >= b));
    assert_eq!(lengths.iter().filter(|chars| **chars == 5000).count(), 51);
}

#[test]
fn a_filter_leaves_what_fits_and_goes_with_the_list() {
    let mut archive = found(3);
    archive.learnt(vec![(0, source(7)), (1, source(70))]);
    archive.filter(titled("7"));
    assert_eq!(chars(&archive), [7, 70]);
    archive.filter(titled("2.txt"));
    assert_eq!(archive.rows(), [ArticleKey { source: 2, article: 0 }]);
    archive.filter(titled("7"));
    archive.learnt(vec![(2, source(700))]);
    arrange(&mut archive);
    assert_eq!(chars(&archive), [7, 70, 700]);
    archive.sort(by_chars(Direction::Down));
    arrange(&mut archive);
    assert_eq!(chars(&archive), [700, 70, 7]);
    archive.filter(Vec::new());
    assert_eq!((archive.rows().len(), archive.row_count()), (3, 3));
}

#[test]
fn the_last_condition_with_scores_tells_what_matches_best() {
    let mut archive = found(5);
    archive.learnt((0..5).map(|number| (number, source(number as usize))).collect());
    let among = |scores: &[(u32, f32)]| {
        let key = |source| ArticleKey { source, article: 0 };
        Condition::Among(KeySet::scored(scores.iter().map(|it| (key(it.0), it.1)).collect()))
    };
    let by_match = |direction| Order { by: SortBy::Match, direction, ..Order::default() };
    archive.sort(by_match(Direction::Up));
    assert_eq!(chars(&archive), [0, 1, 2, 3, 4], "without scores");
    let word = among(&[(0, 0.1), (1, 7.5), (2, 7.5), (4, 30.0)]);
    archive.filter(vec![word.clone()]);
    assert_eq!(chars(&archive), [4, 1, 2, 0]);
    let unscored = among(&[(0, 0.0), (2, 0.0), (4, 0.0)]);
    archive.filter(vec![word.clone(), unscored]);
    assert_eq!(chars(&archive), [4, 2, 0]);
    // What is not known comes last, whatever the direction.
    let other = among(&[(0, 0.0), (1, 2.0), (2, 3.0), (4, 1.0)]);
    archive.filter(vec![word.clone(), other]);
    assert_eq!(chars(&archive), [2, 1, 4, 0]);
    archive.sort(by_match(Direction::Down));
    arrange(&mut archive);
    assert_eq!(chars(&archive), [4, 1, 2, 0]);
    // A source that is read later takes its place.
    archive.filter(vec![word]);
    archive.learnt(vec![(2, source(90))]);
    arrange(&mut archive);
    assert_eq!(chars(&archive), [0, 1, 90, 4]);
    archive.filter(Vec::new());
    assert_eq!(chars(&archive), [0, 1, 90, 3, 4]);
}

#[test]
fn conditions_are_counted_one_after_the_other() {
    let mut archive = found(4);
    archive.learnt((0..4).map(|number| (number, source(7 + number as usize))).collect());
    let key = |source| ArticleKey { source, article: 0 };
    let some = Condition::Among(KeySet::new(vec![key(3), key(1), key(2), key(70)]));
    archive.filter([vec![some.clone()], titled("1")].concat());
    assert_eq!(
        (chars(&archive), archive.passed(1), archive.passed(2)),
        (vec![10], Some(3), Some(1))
    );
    assert!(archive.is_filtered_out(key(1)) && !archive.is_filtered_out(key(3)));
    archive.filter(vec![some]);
    assert_eq!(
        (chars(&archive), archive.passed(1), archive.passed(2)),
        (vec![8, 9, 10], Some(3), None)
    );
}

#[test]
fn what_comes_packed_is_as_what_comes_one_by_one() {
    let row =
        |chars| ArticleRow { chars, title: display!("第{chars}号"), ..ArticleRow::default() };
    let mut one_by_one = found(3);
    let rows = |lengths: &[usize]| SourceState::Read(lengths.iter().map(|it| row(*it)).collect());
    one_by_one.learnt(vec![(0, rows(&[1, 2, 3])), (1, rows(&[])), (2, rows(&[4]))]);
    let mut packed = Archive::default();
    let part = |goes_on, names: &[&'static str], rows: &[u32], lengths: &[usize]| {
        let mut block = crate::listing::Block::default();
        for length in lengths {
            block.push(&row(*length));
        }
        let names = names.iter().map(|name| DisplayLine::from(*name)).collect();
        Part { goes_on, names, rows: rows.to_vec(), block }
    };
    packed.append(part(0, &["0.txt"], &[2], &[1, 2]));
    packed.append(part(1, &["1.txt", "2.txt"], &[0, 1], &[3, 4]));
    assert_eq!(packed.rows(), one_by_one.rows());
    assert_eq!(chars(&packed), chars(&one_by_one));
    assert_eq!(packed.article_count(), one_by_one.article_count());
    for source in 0..3 {
        assert_eq!(packed.name(source), one_by_one.name(source));
        assert_eq!(packed.known(source), one_by_one.known(source));
    }
}

#[test]
fn a_source_that_comes_in_parts_is_in_one_place() {
    let row =
        |chars| ArticleRow { chars, title: display!("第{chars}号"), ..ArticleRow::default() };
    let rows = |lengths: &[usize]| lengths.iter().map(|it| row(*it)).collect::<Vec<_>>();
    for order in [Order::default(), by_chars(Direction::Up)] {
        let mut archive = found(3);
        archive.sort(order);
        archive.learnt(vec![(1, SourceState::Read(rows(&[10, 11])))]);
        archive.learnt(vec![(1, SourceState::More(2, rows(&[12])))]);
        archive.learnt(vec![(0, source(5)), (2, SourceState::Read(rows(&[20, 21])))]);
        archive.learnt(vec![(1, SourceState::More(3, rows(&[13, 14]))), (0, source(6))]);
        archive.learnt(vec![(1, SourceState::More(5, rows(&[15])))]);
        assert_eq!(chars(&archive), [6, 10, 11, 12, 13, 14, 15, 20, 21], "{order:?}");
        assert_eq!((archive.article_count(), archive.settled_count()), (9, 3));
        // What belongs behind rows that are not there any more is left out.
        archive.learnt(vec![(1, source(9)), (1, SourceState::More(6, rows(&[16])))]);
        assert_eq!(chars(&archive), [6, 9, 20, 21], "{order:?}");
    }
}

#[test]
fn a_source_that_changes_for_ever_takes_no_more_room() {
    let mut archive = found(3);
    let many = |from: usize| {
        let row =
            |chars| ArticleRow { title: display!("第{chars}号"), chars, ..ArticleRow::default() };
        SourceState::Read((from..from + 1000).map(row).collect())
    };
    archive.learnt(vec![(0, source(7)), (2, SourceState::Failed("locked".into()))]);
    for round in 0..50 {
        archive.learnt(vec![(1, many(round))]);
        assert!(archive.listing.room() <= 8192, "{}", archive.listing.room());
        assert_eq!(chars(&archive)[..3], [7, round, round + 1]);
    }
    assert_eq!(
        (archive.article_count(), archive.settled_count(), archive.found_count()),
        (1001, 3, 3)
    );
    assert_eq!((archive.name(1).as_str(), archive.problem_count()), ("1.txt", 1));
}

#[test]
fn what_went_wrong_elsewhere_is_still_told_when_the_list_is_begun_anew() {
    let mut archive = found(2);
    archive.problems.push(Trouble::general("keymap.toml:3: ..".into()));
    archive.problems.push(Trouble { source: Some(1), message: "locked".into() });
    let anew = archive.emptied();
    assert_eq!((anew.found_count(), anew.problem_lines()), (0, vec!["keymap.toml:3: ..".into()]));
}

#[test]
fn what_cannot_be_arranged_is_not_waited_for() {
    let count = FEW + 1;
    let mut archive = found(count as u32);
    let fail = |archive: &mut Archive| {
        for arranging in archive.asked() {
            archive.not_arranged(arranging.generation);
        }
        assert!(!archive.is_arranging());
    };
    archive.sort(by_chars(Direction::Down));
    fail(&mut archive);
    assert_eq!((archive.order(), archive.row_count()), (Order::default(), count));
    archive.filter(titled("77"));
    fail(&mut archive);
    assert_eq!(archive.rows().len(), count);
    // The next one can be made.
    archive.filter(titled("999"));
    arrange(&mut archive);
    assert!(!archive.is_arranging() && (1..100).contains(&archive.rows().len()));
}
