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
