//! How heavy a keyword is in the articles that have it, as the index keeps it.

use std::sync::atomic::AtomicBool;

use zhaidu::{
    query::{Field, Query},
    store::index::SearchOptions,
};

use super::{Archive, BRIDGE, FERRY, PAPER};

#[test]
fn hits_get_the_weight_of_a_keyword_that_their_texts_have() {
    let mixed =
        "河上\n\n新桥的桥墩在三月立起来，新桥的桥面在五月铺好。渡口的人说新桥好走，新桥也好看。";
    let archive =
        Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE), ("c.txt", PAPER), ("d.txt", mixed)]);
    archive.run();
    let never = AtomicBool::new(false);
    let mut index = archive.index();
    let mut find = |word| {
        let query = Query::of_word(Field::Keyword, word);
        let found = index.search(&query, SearchOptions::default(), &never).expect("an index");
        let mut hits = found.expect("not cancelled").hits;
        index.weigh(word, &mut hits, &never).expect("an index");
        for hit in &hits {
            let digest = index.digest(hit.text).expect("an index").expect("it is analysed");
            let keyword = digest.keywords.iter().find(|keyword| keyword.text == word);
            let weight = keyword.expect("it has it").weight;
            assert!((hit.score - weight).abs() < 1e-6 && hit.score > 0.0, "{word}: {hit:?}");
        }
        hits
    };
    let ferry = find("渡口");
    assert_eq!(ferry.len(), 2, "{ferry:?}");
    let [a, b] = [0, 1].map(|at| ferry[at].score);
    assert!((a - b).abs() > 0.1, "one is about it, one speaks of it: {a} {b}");
    // A word that is no keyword has no weight anywhere.
    let mut hits = ferry;
    index.weigh("没有这个词", &mut hits, &never).expect("an index");
    assert!(hits.iter().all(|hit| hit.score == 0.0), "{hits:?}");
}
