//! Indexes that cannot be used.

use super::*;

#[test]
fn an_index_that_cannot_be_used_is_made_anew() {
    let archive = Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE)]);
    archive.run();
    let file = archive.place().file;
    let good = fs::read(&file).expect("an index");
    let mut damaged = good.clone();
    for byte in damaged.iter_mut().skip(20).take(2_000) {
        *byte ^= 0x5A;
    }
    let mut older = good.clone();
    older[60..64].copy_from_slice(&1_u32.to_be_bytes());
    for (bytes, word) in
        [(&damaged[..], "damaged"), (b"not a database at all", "damaged"), (&older, "older")]
    {
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", file.display()));
        }
        fs::write(&file, bytes).expect("a file");
        let told = archive.run().set_aside.expect("it was set aside");
        assert!(told.message(zhaidu::lang::Lang::En).contains(word), "{word}: {told:?}");
        assert_eq!(archive.search("灯"), set(&["a.txt"]));
    }
}

/// Texts that fill some pages of a database.
fn ferries() -> Vec<(String, String)> {
    let text = |at: usize| {
        let day = |day: usize| format!("第{day}天渡口{at}的灯亮着，守灯的人记下{}尺。", at * day);
        format!("渡口{at}\n\n{}", (1..40).map(day).collect::<String>())
    };
    (0..120).map(|at| (format!("{at:03}.txt"), text(at))).collect()
}

#[test]
fn damage_anywhere_in_an_index_keeps_nobody_from_searching() {
    /// Bytes of a page of an index.
    const PAGE: usize = 32 * 1024;
    let files = ferries();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let archive = Archive::new(&files);
    assert!(archive.output(&["index"]).status.success());
    let file = archive.place().file;
    let good = fs::read(&file).expect("an index");
    assert!(good.len() > 4 * PAGE, "{} bytes", good.len());
    let mut said = 0;
    for page in 1..good.len() / PAGE {
        // What goes on behind a long row is no page of a tree, and nothing tells whether it is as it was.
        if ![2, 5, 10, 13].contains(&good[page * PAGE]) {
            continue;
        }
        let mut damaged = good.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0x5A);
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", file.display()));
        }
        fs::write(&file, damaged).expect("a file");
        let out = archive.output(&["search", "-l", "\"第7天渡口77的灯\""]);
        let (found, err) =
            (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        assert_eq!(out.status.code(), Some(0), "page {page}: {err}");
        assert!(found.ends_with("077.txt\n") && found.lines().count() == 1, "page {page}: {found}");
        let lines = err.lines().count();
        assert!(lines == usize::from(err.contains("the index was damaged")), "page {page}: {err}");
        said += lines;
    }
    assert!(said > 0, "no page of it was looked at");
}
