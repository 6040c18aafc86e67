//! Phrases of large archives, which are decided without reading the texts that may have them.

use super::*;

const SENTENCES: [&str; 12] = [
    "渡口的灯亮了四十年，守灯的人换了三个。",
    "河堤修好以后，渡口的灯还亮着。",
    "村里人都说，守灯的老人记得每一条船。",
    "水文站的老人每天量两次水位。",
    "水位过了三尺，渡船就停。",
    "渡船停了，村里人绕道走石桥。",
    "石桥是前年修的，桥上没有灯。",
    "前年修的石桥，今年又加了栏杆。",
    "老人说，桥上没有灯也看得见。",
    "每一条船都有名字，名字写在船尾。",
    "船尾的名字掉了色，老人还认得出来。",
    "三尺的水位，两次都没有淹到河堤。",
];

/// An archive so large that phrases have lists, as far as it can tell by its numbers.
fn large(files: &[(String, String)]) -> Archive {
    let archive = Archive::new(&[("first.txt", "第一篇\n\n渡口的灯还没有亮。")]);
    archive.run();
    let index = rusqlite::Connection::open(archive.place().file).expect("an index");
    let numbered = "UPDATE sqlite_sequence SET seq = 50000 WHERE name = 'texts'";
    assert_eq!(index.execute(numbered, []).expect("a table of numbers"), 1);
    drop(index);
    for (name, text) in files {
        archive.write(name, text);
    }
    archive.run();
    archive
}

/// Files of four of the sentences each, some of which are there twice.
fn files() -> Vec<(String, String)> {
    let mut dice = 7_u32;
    let mut drawn = || {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        SENTENCES[(dice >> 16) as usize % SENTENCES.len()]
    };
    let text = |at: usize| format!("第{at}篇\n\n{}", (0..4).map(|_| drawn()).collect::<String>());
    (0..900).map(text).enumerate().map(|(at, text)| (format!("f{at:03}.txt"), text)).collect()
}

#[test]
fn frequent_phrases_are_found_without_reading() {
    let files = files();
    let archive = large(&files);
    let mut index = archive.index();
    let (mut asked, mut read, mut there) = (0, 0, 0);
    let pieces = SENTENCES.iter().flat_map(|sentence| {
        let chars: Vec<char> = sentence.chars().collect();
        (3..=6).flat_map(move |length| {
            chars.windows(length).map(|piece| piece.iter().collect()).collect::<Vec<String>>()
        })
    });
    for piece in pieces.filter(|piece| !piece.contains(['，', '。'])) {
        let query = Query::parse(&format!("\"{piece}\"")).expect("a query");
        let options = SearchOptions::default();
        let results = index.search(&query, options, &AtomicBool::new(false)).expect("an index");
        let results = results.expect("an answer");
        let found: BTreeSet<String> = results
            .hits
            .iter()
            .filter_map(|hit| index.row(hit.article).expect("an index"))
            .map(|row| String::from_utf8(row.source.parts().1).expect("UTF-8"))
            .filter(|path| path.starts_with('f') && path != "first.txt")
            .collect();
        let having = files.iter().filter(|(_, text)| text.contains(&piece));
        let expected: BTreeSet<String> = having.map(|(name, _)| name.clone()).collect();
        assert_eq!(found, expected, "{piece}");
        asked += 1;
        read += results.verified;
        there += expected.len();
    }
    // Some stand beside others that are alike, and are read.
    assert!(asked > 200 && there > 20_000, "{asked} phrases at {there} places");
    assert!(read < there / 20, "{read} texts were read for {there}");
}
