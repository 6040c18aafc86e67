//! An archive whose files come and go: its index does not grow with all that ever lay in it.

use super::{Archive, Outcome, fs};

/// So many records, each with a text and a keyword that no other has.
fn records(from: usize, count: usize) -> String {
    let record = |n: usize| {
        let name: String = [n / 400, n / 20 % 20, n % 20].map(letter).iter().collect();
        format!(
            "{{\"title\":\"{name}渡口\",\"text\":\"{name}渡口的灯亮了{n}年，{name}渡口有人守灯。\"}}\n"
        )
    };
    (from..from + count).map(record).collect()
}

fn letter(n: usize) -> char {
    char::from_u32(0x5000 + n as u32).expect("a letter")
}

#[test]
fn an_index_does_not_grow_with_files_that_come_and_go() {
    let archive = Archive::new(&[]);
    let mut sizes = Vec::new();
    for day in 0..40 {
        archive.write(&format!("{day}.jsonl"), &records(day * 200, 200));
        if day > 0 {
            fs::remove_file(archive.path(&format!("{}.jsonl", day - 1))).expect("a file");
        }
        let Outcome { progress, .. } = archive.run();
        assert_eq!(progress.read, 1);
        let totals = archive.index().totals().expect("an index");
        assert_eq!((totals.articles, totals.vanished), (200, day as u64));
        assert_eq!(totals.texts, totals.analysed);
        sizes.push((totals.texts, totals.bytes));
        assert_eq!(archive.search(&format!("{}年", day * 200 + 7)).len(), 1);
    }
    let most = |sizes: &[(u64, u64)]| sizes.iter().copied().max().expect("a size");
    let (early, late) = (most(&sizes[..15]), most(&sizes[15..]));
    assert!(late.0 <= early.0 && late.1 <= early.1 * 3 / 2, "{sizes:?}");
    assert_eq!(archive.run().progress.analysed, 0);
}

#[test]
fn what_a_file_held_before_is_gone_from_the_index() {
    let archive = Archive::new(&[]);
    let mut first = 0;
    for (time, count) in [3_000, 1_200, 1_200, 600].into_iter().enumerate() {
        // A blank line more each time: by its size it is known to be another one.
        archive.write("all.jsonl", &(records(first, count) + &"\n".repeat(time)));
        archive.run();
        let totals = archive.index().totals().expect("an index");
        let count = count as u64;
        assert_eq!((totals.articles, totals.texts, totals.analysed), (count, count, count));
        assert_eq!(totals.segments, 1, "those of texts that are gone are gone, too");
        for query in [format!("{}年", first + 7), "kw:渡口".to_owned()] {
            assert_eq!(archive.search(&query).len(), 1, "{query}");
        }
        first += count as usize;
    }
}

#[test]
fn what_is_gone_for_a_while_is_not_analysed_again() {
    let archive = Archive::new(&[("a.jsonl", ""), ("b.jsonl", ""), ("c.jsonl", "")]);
    let all = records(0, 1_200);
    archive.write("all.jsonl", &all);
    archive.run();
    for gone in ["all.jsonl", "a.jsonl", "b.jsonl"] {
        fs::remove_file(archive.path(gone)).expect("a file");
        assert_eq!(archive.run().vanished, 1);
    }
    archive.write("all.jsonl", &all);
    assert_eq!(archive.run().progress.analysed, 0);
    assert_eq!(archive.search("7年").len(), 1);
}
