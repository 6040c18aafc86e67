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
