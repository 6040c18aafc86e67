//! Marks are never lost and always merge to the same.

use std::{collections::BTreeSet, fs, slice};

use proptest::{prelude::*, sample::Index};

use super::{journal::Journal, line::Op, line::Unread, load, merge::Merged};
use crate::{
    article::{ArticleId, Mark, MarkedArticle, Marks},
    lang::Lang,
};

fn article(number: u8) -> MarkedArticle {
    let id = ArticleId([number; 16]);
    MarkedArticle { id, path: format!("{number}.txt"), title: "石板路上".into() }
}

fn marks_of(merged: &Merged, number: u8) -> Marks {
    let found = merged.articles().into_iter().find(|(_, op)| op.article.id == article(number).id);
    found.map(|(marks, _)| marks).unwrap_or_default()
}

#[test]
fn marks_outlive_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("deep/marks");
    let mut first = Journal::new(Some(place.clone()));
    let star = first.mark(article(1), Mark::Star(true), "");
    first.append(&[star]).expect("kept");
    let mut second = Journal::new(Some(place.clone()));
    second.follow(&load(Some(&place)).0);
    let tag = second.mark(article(1), Mark::Tag("水".into(), true), "");
    let note = second.mark(article(2), Mark::Note("两行\n\u{1b}[2J".into()), "");
    second.append(&[tag, note]).expect("kept");
    // The first one goes on: neither needs the other to end.
    let unstar = first.mark(article(1), Mark::Star(false), "");
    first.append(&[unstar]).expect("kept");
    let (merged, errors) = load(Some(&place));
    assert!(errors.is_empty() && merged.damaged + merged.unknown == 0);
    let tags = BTreeSet::from(["水".to_owned()]);
    assert_eq!(marks_of(&merged, 1), Marks { tags, ..Marks::default() });
    assert_eq!(marks_of(&merged, 2).note, "两行\n\u{1b}[2J");
    assert_eq!(fs::read_dir(&place).expect("the folder").count(), 2, "a file for each");
}

#[test]
fn a_clock_that_was_set_back_does_not_undo_what_was_marked_last() {
    let mut journal = Journal::new(None);
    let (at, star) = (u64::MAX / 2, Mark::Star(true));
    let mut merged = Merged::default();
    merged.take(Op { id: "1-1-1".into(), at, article: article(1), mark: star, over: None });
    journal.follow(&merged);
    let (one, two) = (
        journal.mark(article(1), Mark::Star(true), ""),
        journal.mark(article(1), Mark::Star(false), ""),
    );
    assert!(at < one.at && one.at < two.at);
}

#[test]
fn damaged_and_unknown_lines_are_counted_and_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journal = Journal::new(Some(folder.path().to_owned()));
    let good = journal.mark(article(1), Mark::Star(true), "").to_line();
    let sum = |json: &str| format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()));
    let json = good.trim_end().split_once(' ').expect("two parts").1;
    let later = sum(&json.replace("\"v\":1", "\"v\":2"));
    let praise = sum(&json.replace("\"star\"", "\"praise\""));
    let wrong = sum(&json.replace("true", "7"));
    let changed = good.replace("石板路上", "石板路下");
    let capital = good.replacen(&good[..8], &good[..8].to_uppercase(), 1);
    let torn = &good[..good.len() - 9];
    let text = format!("{later}{good}{praise}\n{wrong}{changed}not a mark\n{torn}");
    let capital_counts = usize::from(capital != good);
    let text = if capital_counts == 1 { format!("{capital}{text}") } else { text };
    let path = folder.path().join("1-1.jsonl");
    fs::write(&path, &text).expect("the file");
    fs::write(folder.path().join("notes.txt"), "mine").expect("a file");
    let (merged, _) = load(Some(folder.path()));
    assert_eq!((merged.unknown, merged.damaged), (3, 3 + capital_counts));
    assert!(marks_of(&merged, 1).starred);
    let read = journal.mark(article(1), Mark::Read(true), "");
    journal.append(&[read]).expect("kept");
    assert_eq!(fs::read_to_string(&path).expect("the file"), text, "nothing is rewritten");
}

#[test]
fn what_could_not_be_written_can_be_written_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("marks");
    fs::write(&place, "in the way").expect("a file");
    let mut journal = Journal::new(Some(place.clone()));
    let star = journal.mark(article(1), Mark::Star(true), "");
    let error = journal.append(slice::from_ref(&star)).expect_err("no folder there");
    assert!(error.message(Lang::En).contains("marks"), "{error:?}");
    fs::remove_file(&place).expect("removed");
    for _ in 0..2 {
        journal.append(slice::from_ref(&star)).expect("kept");
    }
    assert!(marks_of(&load(Some(&place)).0, 1).starred);
    // A folder that was taken away is made again.
    fs::remove_dir_all(&place).expect("removed");
    journal.append(&[star]).expect("kept");
    assert!(marks_of(&load(Some(&place)).0, 1).starred);
    let mut nowhere = Journal::new(None);
    let star = nowhere.mark(article(1), Mark::Star(true), "");
    let error = nowhere.append(&[star]).expect_err("no home");
    assert!(error.message(Lang::En).contains("XDG_DATA_HOME"));
}

#[test]
fn notes_that_were_written_at_the_same_time_all_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_owned();
    let now = || load(Some(&place)).0;
    let write = |journal: &mut Journal, text: &str, seen: &str| {
        let note = journal.mark(article(1), Mark::Note(text.into()), seen);
        journal.append(&[note]).expect("kept");
    };
    let (mut one, mut two) = (Journal::new(Some(place.clone())), Journal::new(Some(place.clone())));
    write(&mut one, "初稿", "");
    two.follow(&now());
    assert_eq!((marks_of(&now(), 1).note, now().doubly_noted()), ("初稿".into(), 0));
    // Each writes over the first note, and neither has seen what the other wrote.
    write(&mut one, "水", "初稿");
    write(&mut two, "桥", "初稿");
    let both = marks_of(&now(), 1).note;
    assert_eq!((both.as_str(), now().doubly_noted()), ("水\n———\n桥", 1));
    // Who has seen both writes over both.
    one.follow(&now());
    write(&mut one, "水和桥", &both);
    assert_eq!((marks_of(&now(), 1).note, now().doubly_noted()), ("水和桥".into(), 0));
    // One that is taken off holds no more, but what was written over it meanwhile does.
    two.follow(&now());
    write(&mut one, "", "水和桥");
    assert_eq!(marks_of(&now(), 1), Marks::default());
    write(&mut two, "灯", "水和桥");
    assert_eq!((marks_of(&now(), 1).note, now().doubly_noted()), ("灯".into(), 0));
    // What was written twice is there once.
    let mut three = Journal::new(Some(place.clone()));
    write(&mut three, "灯", "");
    assert_eq!(marks_of(&now(), 1).note, "灯");
    // Lines that do not say what they are written over, as there were before, are over all that are older.
    three.follow(&now());
    let mut old = three.mark(article(1), Mark::Note("旧的写法".into()), "");
    old.over = None;
    three.append(&[old]).expect("kept");
    assert_eq!(marks_of(&now(), 1).note, "旧的写法");
    // All of it can be taken elsewhere.
    let mut elsewhere = Merged::default();
    for op in now().ops() {
        elsewhere.take(op.clone());
    }
    assert_eq!(elsewhere.table(), now().table());
}

fn any_mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        any::<bool>().prop_map(Mark::Star),
        any::<bool>().prop_map(Mark::Read),
        ("[水桥灯]", any::<bool>()).prop_map(|(name, on)| Mark::Tag(name, on)),
        any::<String>().prop_map(Mark::Note),
    ]
}

fn any_op() -> impl Strategy<Value = Op> {
    // Few moments, so that many marks are made at the same one.
    (0u8..3, any_mark(), 0u64..5, "[ab]-[0-9]{1,3}").prop_map(|(number, mark, at, id)| {
        // The name is its own: what it says goes into it.
        let id = format!("{id}-{number}-{}", blake3::hash(format!("{mark:?}").as_bytes()));
        Op { id, at, article: article(number), mark, over: None }
    })
}

/// Marks of which some notes say that they were written over others.
fn any_ops() -> impl Strategy<Value = Vec<Op>> {
    let over = prop::option::of(prop::collection::vec(any::<Index>(), 0..3));
    prop::collection::vec((any_op(), over), 0..24).prop_map(|ops| {
        let ids: Vec<String> = ops.iter().map(|(op, _)| op.id.clone()).collect();
        let names = |over: Vec<Index>| over.iter().map(|one| one.get(&ids).clone()).collect();
        let mut all: Vec<Op> = Vec::new();
        for (mut op, over) in ops {
            op.over = over.filter(|_| matches!(op.mark, Mark::Note(_))).map(names);
            // A name stands for one line.
            if all.iter().all(|other| other.id != op.id) {
                all.push(op);
            }
        }
        all
    })
}

proptest! {
    #[test]
    fn any_order_of_lines_and_files_merges_to_the_same(
        (ops, mixed) in any_ops()
            .prop_flat_map(|ops| (Just(ops.clone()), Just(ops).prop_shuffle())),
        cuts in prop::collection::vec(0usize..24, 0..4),
        twice in 0usize..24,
    ) {
        let mut expected = Merged::default();
        for op in &ops {
            expected.take(op.clone());
        }
        let lines: Vec<String> = mixed.iter().map(Op::to_line).collect();
        let mut merged = Merged::default();
        for (at, line) in lines.iter().enumerate() {
            // A file ends here or there, and some lines are in two of them.
            let file = if cuts.contains(&at) { "" } else { line.as_str() };
            merged.take_lines(file.as_bytes());
        }
        merged.take_lines(lines.concat().as_bytes());
        merged.take_lines(lines.get(twice).cloned().unwrap_or_default().as_bytes());
        prop_assert_eq!(&merged, &expected);
        // What an import keeps of it, in this order, is all that is needed.
        let mut known = Merged::default();
        let kept: Vec<&Op> = mixed.iter().filter(|op| known.take((*op).clone())).collect();
        let mut imported = Merged::default();
        for op in kept {
            imported.take(op.clone());
        }
        prop_assert_eq!(imported.table(), expected.table());
    }

    #[test]
    fn a_line_is_read_as_it_was_written(op in any_op()) {
        let line = op.to_line();
        prop_assert_eq!(line.matches('\n').count(), 1);
        prop_assert_eq!(Op::from_line(line.trim_end_matches('\n').as_bytes()), Ok(op));
    }

    #[test]
    fn no_damage_passes_for_a_mark(op in any_op(), at in any::<Index>(), bit in 0u8..8) {
        let mut line = op.to_line().trim_end_matches('\n').as_bytes().to_vec();
        let at = at.index(line.len());
        line[at] ^= 1 << bit;
        prop_assert_eq!(Op::from_line(&line), Err(Unread::Damaged));
        prop_assert_eq!(Op::from_line(&line[..at]), Err(Unread::Damaged));
    }
}
