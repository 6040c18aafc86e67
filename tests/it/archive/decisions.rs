//! What is decided about a page has that page read again, and no other.

use zhaidu::{
    article::{Decision, Override, PageId, Verdict},
    library::index::read_again,
    source::Entry,
    store::overrides::{Overrides, line},
};

use super::{Archive, AtomicBool, BRIDGE, FERRY, PAPER, Run};

/// A page on which the program sees one article, and the line that says that there are two.
fn page() -> (String, String) {
    let above = FERRY.lines().count() + 1;
    let page = format!("{FERRY}\n\n{PAPER}");
    let border = Override { line: above, verdict: Verdict::Begins };
    let decision = line(PageId::of(&page), Decision::Line(border));
    (page, decision)
}

#[test]
fn a_decision_has_one_source_of_one_archive_read_again() {
    let (page, decision) = page();
    let one = Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE), ("c/page.txt", &page)]);
    one.write("d.jsonl", "{\"title\":\"竹子\",\"text\":\"竹子要泡上一年。\"}\n");
    let other = Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE)]);
    let data = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(data.path().join("zhaidu")).expect("a folder");
    let decide = |lines: &str| {
        std::fs::write(data.path().join("zhaidu/overrides.jsonl"), lines).expect("a file");
    };
    // Articles, and files that were read.
    let index = |archive: &Archive| {
        let mut command = archive.zhaidu(&["index"]);
        let out = command.env("XDG_DATA_HOME", data.path()).output().expect("the program starts");
        let told = String::from_utf8(out.stdout).expect("UTF-8");
        let parts: Vec<&str> = told.split(" · ").collect();
        let number = |at: usize| parts[at].split(' ').next().map(str::parse::<usize>);
        (
            number(0).expect("a number").expect("articles"),
            number(2).expect("a number").expect("files"),
        )
    };
    assert_eq!((index(&one), index(&other)), ((4, 4), (2, 2)));
    assert_eq!((index(&one), index(&other)), ((4, 0), (2, 0)));
    decide(&decision);
    assert_eq!((index(&one), index(&other)), ((5, 1), (2, 0)));
    assert_eq!((index(&one), index(&other)), ((5, 0), (2, 0)));
    // A decision about a page of neither, and one that is taken back.
    decide(&format!(
        "{decision}{}",
        line(PageId::of("别处的灯"), Decision::Mode(zhaidu::article::SplitMode::Off))
    ));
    assert_eq!((index(&one), index(&other)), ((5, 0), (2, 0)));
    other.write("page.txt", &page);
    assert_eq!(index(&other), (4, 1));
    decide("");
    assert_eq!((index(&one), index(&other)), ((4, 1), (3, 1)));
    assert_eq!((index(&one), index(&other)), ((4, 0), (3, 0)));
}

#[test]
fn a_copy_of_the_page_is_read_again_too() {
    let (page, decision) = page();
    let archive = Archive::new(&[("a.txt", FERRY), ("copy.txt", &page), ("page.txt", &page)]);
    let decided = || archive.library().with_overrides(Overrides::of_lines(decision.as_bytes()));
    let never = AtomicBool::new(false);
    let run = || {
        let (library, place) = (decided(), archive.place());
        let run = Run::new(&library, &place, 2, &never, &mut |_| ()).finish();
        run.expect("an index").progress.read
    };
    archive.run();
    // As the interface does after a decision.
    let entry = Entry::file(archive.path("page.txt"));
    read_again(&decided(), &archive.place(), &entry).expect("an index");
    assert_eq!((run(), run()), (1, 0));
    assert_eq!(archive.search("path:page 纸坊").len(), 1);
    // A run that knows nothing of it reads both, as they are for it.
    assert_eq!((archive.run().progress.read, archive.run().progress.read), (2, 0));
}
