//! The list that an index keeps packed.

use std::{fs, sync::atomic::AtomicBool};

use zhaidu::library::index::{Run, RunEvent};

use super::{Archive, FERRY, PAPER};

/// What the list of an index says, and what its tables say.
fn lists(archive: &Archive) -> (Vec<String>, Vec<String>) {
    let index = archive.index();
    let (mut listed, mut kept) = (Vec::new(), Vec::new());
    let mut last = None;
    index
        .list(&mut |part| {
            let rows = part.rows.iter().zip(part.keys.iter());
            let owners = rows.flat_map(|(count, key)| vec![Some(key); *count as usize]);
            let mut owners = vec![last.clone(); part.goes_on as usize].into_iter().chain(owners);
            for at in 0..part.block.len() {
                let row = part.block.row(at).expect("a row");
                let key = owners.next().flatten().expect("an owner");
                listed.push(format!("{:?} {} {}", key.parts().1, row.title.as_str(), row.chars));
            }
            last = part.keys.iter().last().or(last.take());
        })
        .expect("a list");
    index
        .rows(&mut |row| {
            let (title, chars) = (&row.facts.title, row.facts.chars);
            kept.push(format!("{:?} {title} {chars}", row.source.parts().1));
        })
        .expect("rows");
    (listed, kept)
}

#[test]
fn the_list_of_an_index_is_what_its_tables_say() {
    let archive = Archive::new(&[]);
    for number in 0..3 {
        archive.write(&format!("{number}.txt"), FERRY);
    }
    // Enough for several parts, and one source that is longer than a part.
    let records = |count: usize| {
        let record = |number| format!("{{\"title\":\"第{number}号\",\"text\":\"灯亮了。\"}}\n");
        (0..count).map(record).collect::<String>()
    };
    for (name, count) in [("b.jsonl", 3000), ("c.jsonl", 9000), ("d.jsonl", 3000), ("e.jsonl", 9)] {
        archive.write(name, &records(count));
    }
    archive.run();
    let (listed, kept) = lists(&archive);
    assert_eq!((listed.len(), &listed), (15_012, &kept));

    // What changes is in the list at once, also before the run that changed it has ended.
    archive.write("c.jsonl", &records(8999));
    archive.write("a.txt", PAPER);
    fs::remove_file(archive.path("0.txt")).expect("a file");
    let library = archive.library();
    let never = AtomicBool::new(false);
    let mut seen = 0;
    let mut look = |event: RunEvent| {
        if let RunEvent::Progress(_) = event {
            let (listed, kept) = lists(&archive);
            assert_eq!(listed, kept);
            seen += 1;
        }
    };
    Run::new(&library, &archive.place(), 2, &never, &mut look).finish().expect("an index");
    assert!(seen > 0);
    let (listed, kept) = lists(&archive);
    assert_eq!((listed.len(), &listed), (15_011, &kept));
}

/// The names and titles of what was changed after one batch and up to another.
fn changes(archive: &Archive, after: i64, up_to: i64) -> (Vec<String>, i64) {
    let mut told = Vec::new();
    let batch = archive.index().changes(after, up_to, &mut |part| {
        let mut first = 0;
        for (key, count) in part.keys.iter().zip(&part.rows) {
            let rows = (first..first + *count as usize).filter_map(|at| part.block.row(at));
            let titles: Vec<&str> = rows.map(|row| row.title.as_str()).collect();
            let name = String::from_utf8(key.parts().1).expect("UTF-8");
            told.push(format!("{name} {}", titles.join(" ")).trim_end().to_owned());
            first += *count as usize;
        }
    });
    (told, batch.expect("an index"))
}

#[test]
fn what_another_process_has_changed_is_known() {
    let archive = Archive::new(&[("a.txt", FERRY), ("b.txt", PAPER)]);
    assert_eq!(archive.run().batches.0, 0);
    let (told, first) = changes(&archive, 0, i64::MAX);
    assert_eq!(told, ["a.txt 渡口的灯", "b.txt 纸坊开门"]);
    assert_eq!(changes(&archive, first, i64::MAX), (Vec::new(), first));
    // What changes nothing writes nothing.
    assert_eq!(archive.run().batches, (first, first));

    archive.write("a.txt", PAPER);
    archive.write("c.txt", FERRY);
    fs::remove_file(archive.path("b.txt")).expect("a file");
    let (before, last) = archive.run().batches;
    assert!(before == first && last > first);
    let changed = ["a.txt 纸坊开门", "b.txt", "c.txt 渡口的灯"].map(String::from).to_vec();
    assert_eq!(changes(&archive, first, i64::MAX), (changed, last));
    let all = ["a.txt 纸坊开门", "b.txt", "c.txt 渡口的灯"].map(String::from).to_vec();
    assert_eq!(changes(&archive, 0, last).0, all);
    assert_eq!(changes(&archive, 0, first).0, Vec::<String>::new());
}
