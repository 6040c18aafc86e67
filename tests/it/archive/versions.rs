//! Whether what indexes keep has the version of what finds it.

use std::{fmt::Write, ops::ControlFlow};

use zhaidu::library::{Found, Input, Library, Settings};

/// What is found in the built-in pages, as a number, with the version that found it.
const KEPT: [(&str, u32, u64); 2] =
    [("articles", 1, 3_883_636_553_542_937_775), ("analysis", 1, 12_767_749_248_352_492_670)];

#[test]
fn what_an_index_keeps_has_a_version() {
    let (mut articles, mut analyses) = (String::new(), String::new());
    let library = Library::new(Input::Demo, Settings::default());
    let _ = library.walk(&mut |found| {
        let Found::Entry(entry) = found else { return ControlFlow::Continue(()) };
        library.read(&entry, &mut |document| {
            let document = document.expect("a page");
            for article in &document.page.articles {
                let facts = document.facts_of(article);
                let roles: Vec<_> = article.parts.iter().map(|p| (p.role, p.range)).collect();
                let _ = write!(articles, "{} {roles:?} {facts:?}", article.text);
                let analysis = library.analyze(article);
                let words: Vec<&str> = analysis.keywords.iter().map(|k| k.text.as_str()).collect();
                let _ = write!(analyses, "{words:?} {:?}", analysis.order);
            }
            ControlFlow::Continue(())
        })
    });
    let number = |text: &str| {
        let hash = blake3::hash(text.as_bytes());
        hash.as_bytes().iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    };
    let found = [
        ("articles", zhaidu::article::VERSION, number(&articles)),
        ("analysis", zhaidu::analysis::VERSION, number(&analyses)),
    ];
    assert_eq!(
        found, KEPT,
        "indexes hold what was found before: raise VERSION of what differs, and KEPT with it"
    );
}
