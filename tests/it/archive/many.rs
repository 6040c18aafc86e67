//! Archives with more sources than are looked at together.

use super::*;

#[test]
fn what_is_known_of_many_sources_is_found_in_any_order() {
    // More than are asked for at once, in folders whose order is not that of their paths.
    let name = |at: usize| format!("{}{at:04}.txt", ["a/", "a.b/", "a-b/c/", "a"][at % 4]);
    let archive = Archive::new(&[("a.txt", FERRY)]);
    for at in 0..1_400 {
        archive.write(&name(at), "短");
    }
    assert_eq!(archive.run().progress.read, 1_401);
    let Outcome { progress, .. } = archive.run();
    assert_eq!((progress.read, progress.settled), (0, 1_401));

    for at in (0..1_400).step_by(100) {
        archive.write(&name(at), PAPER);
        fs::remove_file(archive.path(&name(at + 1))).expect("a file");
        archive.write(&format!("{}.new", name(at)), BRIDGE);
    }
    let Outcome { progress, added, changed, vanished, .. } = archive.run();
    assert_eq!((progress.read, progress.settled), (28, 1_401));
    assert_eq!((added, changed, vanished), (14, 14, 14));
    assert_eq!((archive.search("纸坊").len(), archive.search("新桥").len()), (14, 14));
    assert_eq!(archive.run().progress.read, 0);
}
