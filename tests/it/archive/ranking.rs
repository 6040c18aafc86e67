//! How well an article matches, and how few texts are read to find that out.

use super::*;

/// So many files that lie in a segment, each with its number in letters that no other text has.
fn many(count: usize) -> Vec<(String, String)> {
    let digit = |place: usize| char::from_u32('一' as u32 + place as u32).expect("a letter");
    let text = |at: usize| {
        let name = format!("{}{}", digit(1 + at / 100), digit(200 + at % 100));
        format!("{name}村的消息\n\n{name}村的河堤修好了，水位{}尺，村里人都去看。", at * 3)
    };
    (0..count).map(|at| (format!("m{at:03}.txt"), text(at))).collect()
}

fn archive_of(files: &[(String, String)]) -> Archive {
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Archive::new(&files)
}

/// The paths that are found, the best first, and how many texts were read for that.
fn found(archive: &Archive, query: &str) -> (Vec<String>, usize) {
    let mut index = archive.index();
    let query = Query::parse(query).expect("a query");
    let options = SearchOptions::default();
    let results = index.search(&query, options, &AtomicBool::new(false)).expect("an index");
    let results = results.expect("an answer");
    let path = |article| {
        let row = index.row(article).expect("an index").expect("a row");
        String::from_utf8(row.source.parts().1).expect("UTF-8")
    };
    (results.hits.iter().map(|hit| path(hit.article)).collect(), results.verified)
}

#[test]
fn a_rare_word_counts_for_more_than_a_common_one() {
    let often = format!("甲篇\n\n{}只有一次说到鸬鹚。", "河堤又长高了。".repeat(5));
    let rare = format!("乙篇\n\n{}只有一次说到河堤。", "鸬鹚又长高了。".repeat(5));
    // In few texts, which are asked one by one, and in many, of which postings know; and some of both.
    for (count, later) in [(20, false), (700, false), (700, true)] {
        let mut files = many(count);
        let two = [("a.txt".to_owned(), often.clone()), ("b.txt".to_owned(), rare.clone())];
        if !later {
            files.extend(two.clone());
        }
        let archive = archive_of(&files);
        archive.run();
        for (name, text) in two {
            archive.write(&name, &text);
        }
        archive.run();
        assert_eq!(found(&archive, "河堤 鸬鹚").0, ["b.txt", "a.txt"], "{count} {later}");
    }
}

#[test]
fn a_regular_expression_reads_only_texts_that_may_have_it() {
    let mut files = many(700);
    files.push(("a.txt".to_owned(), "渡船\n\n渡船在三月停了，在四月又开。".to_owned()));
    files.push(("b.txt".to_owned(), "渡船\n\n渡船一直开到五月。".to_owned()));
    let archive = archive_of(&files);
    archive.run();
    let cases: [(&str, &[&str]); 8] = [
        ("/三月.*四月/", &["a.txt"]),
        ("/渡船[在一]/", &["a.txt", "b.txt"]),
        ("/(三|五)月/", &["a.txt", "b.txt"]),
        ("title:/^渡船$/", &["a.txt", "b.txt"]),
        ("/渡船/ -/三月/", &["b.txt"]),
        ("kw:/渡.$/", &["a.txt", "b.txt"]),
        // Traditional letters and wide ones are no others.
        ("/渡船.*開。/", &["a.txt"]),
        ("/鸬鹚+/", &[]),
    ];
    for (query, expected) in cases {
        let (paths, read) = found(&archive, query);
        let paths: BTreeSet<String> = paths.into_iter().collect();
        assert_eq!(paths, set(expected), "{query}");
        // Rare terms share their lists.
        assert!(read < files.len() / 10, "{query}: {read} texts were read");
    }
    // Of nothing that must be there, nothing is left out.
    assert_eq!(found(&archive, "/[^，]{12}村里/").0.len(), 0);
    assert_eq!(found(&archive, "/水位\\d+尺/").0.len(), 700);
}

#[test]
fn what_came_last_does_not_hide_what_is_near() {
    let story = |n: usize| {
        format!("鸬鹚第{n}天\n\n渔家的鸬鹚第{n}天下水，鸬鹚捕了{n}斤鱼，渔家都来看鸬鹚。")
    };
    let mut files = many(700);
    files.extend((1..=3).map(|n| (format!("s{n}.txt"), story(n))));
    let archive = archive_of(&files);
    archive.run();
    for at in 0..250 {
        let text = format!("纸坊第{at}天\n\n纸坊第{at}天开门，竹子泡了{at}年，纸匠换了新帘。");
        archive.write(&format!("new/{at:03}.txt"), &text);
    }
    archive.run();
    let mut index = archive.index();
    let (mut text, mut near) = (None, Vec::new());
    index
        .rows(&mut |row| text = text.or((row.source.parts().1 == b"s1.txt").then_some(row.text)))
        .expect("an index");
    let digest = index.digest(text.expect("a text")).expect("an index").expect("a digest");
    let keywords: Vec<(&str, f32)> =
        digest.keywords.iter().map(|keyword| (keyword.text.as_str(), keyword.weight)).collect();
    for related in index.related(&keywords, 3).expect("an index") {
        let article = index.first_article(related).expect("an article").article;
        let row = index.row(article).expect("an index").expect("a row");
        near.push(String::from_utf8(row.source.parts().1).expect("UTF-8"));
    }
    near.sort_unstable();
    assert_eq!(near, ["s1.txt", "s2.txt", "s3.txt"]);
}
