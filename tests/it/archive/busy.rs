//! Commands that read an index while another process writes it.

use zhaidu::{library::index::identity, store::index::Writer};

use super::*;

const BUSY: &str = "another process is writing the index";
const INCOMPLETE: &str = "results may be incomplete";

/// Writes to the index of an archive for as long as this is kept.
fn writer(archive: &Archive) -> Writer {
    let (reading, analysis) = identity(&archive.library());
    Writer::open(&archive.place().file, &reading, &analysis).expect("an index").0
}

/// What a command prints, what it complains of, and its exit code.
fn said(archive: &Archive, args: &[&str]) -> (String, String, Option<i32>) {
    let Output { stdout, stderr, status } = archive.output(args);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(stdout), text(stderr), status.code())
}

#[test]
fn what_may_be_missing_while_an_index_is_written_is_said() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    archive.run();
    archive.write("b.txt", BRIDGE);
    let busy = writer(&archive);
    let (found, said_of_it, code) = said(&archive, &["search", "--json", "灯"]);
    assert!(found.contains("a.txt"), "{found}");
    assert_eq!(said_of_it.lines().count(), 1, "{said_of_it}");
    assert!(said_of_it.contains(BUSY) && said_of_it.contains(INCOMPLETE), "{said_of_it}");
    assert_eq!(code, Some(0));
    let (found, said_of_it, code) = said(&archive, &["search", "新桥"]);
    assert!(found.is_empty() && said_of_it.contains(INCOMPLETE), "{found} {said_of_it}");
    assert_eq!(code, Some(1));
    let article = archive.path("b.txt");
    let (_, said_of_it, _) = said(&archive, &["related", article.to_str().expect("UTF-8")]);
    assert!(said_of_it.contains(INCOMPLETE), "{said_of_it}");
    drop(busy);
    let (found, said_of_it, code) = said(&archive, &["search", "-l", "新桥"]);
    assert!(found.ends_with("b.txt\n"), "{found}");
    assert_eq!((said_of_it.as_str(), code), ("", Some(0)));
}

#[test]
fn an_index_that_another_process_has_only_begun_is_done_without() {
    let archive = Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE)]);
    let file = archive.place().file;
    let _busy = writer(&archive);
    for is_begun in [true, false] {
        if !is_begun {
            fs::remove_file(&file).expect("an index");
        }
        let (found, said_of_it, code) = said(&archive, &["search", "-l", "新桥"]);
        assert!(found.ends_with("b.txt\n"), "{is_begun} {found}");
        // Nothing is missing, so there is nothing to say.
        assert_eq!((said_of_it.as_str(), code), ("", Some(0)), "{is_begun}");
        let article = archive.path("b.txt");
        let (found, said_of_it, code) =
            said(&archive, &["related", "--json", article.to_str().expect("UTF-8")]);
        assert!(found.is_empty() && said_of_it.contains(BUSY), "{is_begun} {found} {said_of_it}");
        assert_eq!(code, Some(2), "{is_begun}");
    }
}
