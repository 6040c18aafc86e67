//! Queries about marks find what a plain reading of the marks finds, with an index and without.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::atomic::AtomicBool,
};

use proptest::prelude::*;
use zhaidu::{
    article::{Article, Mark, MarkTable, MarkedArticle, Marks},
    query::{Fact, MatchOptions, Matcher, Query, Subject},
    store::{
        index::{Index, SearchOptions},
        marks::journal::Journal,
    },
    text::searchable::Searchable,
};

use super::{Archive, BRIDGE, FERRY, PAPER};

const TAGS: [&str; 3] = ["水", "精读", "水库"];
const NOTES: [&str; 3] = ["", "第二段可引用", "再读\n引用前核对"];
const WORDS: [&str; 4] = ["灯", "京津冀三地", "在三月开了门", "今天"];

/// A question and what a plain reading of it is.
#[derive(Clone, Debug)]
enum Ask {
    Is(&'static str),
    Tag(&'static str),
    WholeTag(&'static str),
    /// 精读 by its initials.
    TagByPinyin,
    Note(&'static str),
    Word(&'static str),
    Not(Box<Ask>),
    All(Vec<Ask>),
    Any(Vec<Ask>),
}

impl Ask {
    fn query(&self) -> String {
        let joined = |parts: &[Self], by: &str| {
            let parts: Vec<String> = parts.iter().map(Self::query).collect();
            format!("({})", parts.join(by))
        };
        match self {
            Self::Is(state) => format!("is:{state}"),
            Self::Tag(tag) => format!("tag:{tag}"),
            Self::WholeTag(tag) => format!("tag:\"{tag}\""),
            Self::TagByPinyin => "tag:jd".to_owned(),
            Self::Note(word) => format!("note:{word}"),
            Self::Word(word) => (*word).to_owned(),
            Self::Not(inner) => format!("-({})", inner.query()),
            Self::All(parts) => joined(parts, " "),
            Self::Any(parts) => joined(parts, " OR "),
        }
    }

    fn holds(&self, marks: &Marks, text: &str, pinyin: bool) -> bool {
        match self {
            Self::Is(state) => match *state {
                "read" => marks.read,
                "unread" => !marks.read,
                "starred" => marks.starred,
                "tagged" => !marks.tags.is_empty(),
                _ => !marks.note.is_empty(),
            },
            Self::Tag(tag) => marks.tags.iter().any(|it| it.contains(tag)),
            Self::WholeTag(tag) => marks.tags.contains(*tag),
            Self::TagByPinyin => pinyin && marks.tags.contains("精读"),
            Self::Note(word) => marks.note.contains(word),
            Self::Word(word) => text.contains(word),
            Self::Not(inner) => !inner.holds(marks, text, pinyin),
            Self::All(parts) => parts.iter().all(|part| part.holds(marks, text, pinyin)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(marks, text, pinyin)),
        }
    }
}

fn ask() -> impl Strategy<Value = Ask> {
    let of = proptest::sample::select::<&'static str>;
    let states = vec!["read", "unread", "starred", "tagged", "noted"];
    let term = prop_oneof![
        3 => of(states).prop_map(Ask::Is),
        2 => of(TAGS.to_vec()).prop_map(Ask::Tag),
        1 => of(TAGS.to_vec()).prop_map(Ask::WholeTag),
        1 => Just(Ask::TagByPinyin),
        1 => of(vec!["引用", "再读"]).prop_map(Ask::Note),
        3 => of(WORDS.to_vec()).prop_map(Ask::Word),
    ];
    term.prop_recursive(3, 12, 3, |inner| {
        let parts = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            2 => parts.clone().prop_map(Ask::All),
            1 => parts.prop_map(Ask::Any),
            1 => inner.prop_map(|inner| Ask::Not(Box::new(inner))),
        ]
    })
}

fn marks() -> impl Strategy<Value = Marks> {
    let tags = proptest::sample::subsequence(TAGS.to_vec(), 0..=3);
    let note = proptest::sample::select(NOTES.to_vec());
    (any::<bool>(), any::<bool>(), tags, note).prop_map(|(starred, read, tags, note)| Marks {
        starred,
        read,
        tags: tags.into_iter().map(str::to_owned).collect(),
        note: note.to_owned(),
    })
}

/// An archive with ten articles, the last two of which are in no segment of its index yet.
fn archive() -> Archive {
    let archive = Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE), ("c.txt", PAPER)]);
    for (number, text) in [FERRY, BRIDGE, PAPER, FERRY, BRIDGE].iter().enumerate() {
        archive.write(&format!("d{number}.txt"), &format!("{text}\n这是第{number}次见报。"));
    }
    // The same text as another one.
    archive.write("e.txt", FERRY);
    archive.run();
    archive.write("f.txt", &format!("{BRIDGE}\n后来又修过。"));
    archive.write("g.txt", &format!("{PAPER}\n后来关了门。"));
    archive.run();
    archive
}

/// Every article by its number in the index.
fn articles(index: &mut Index) -> BTreeMap<i64, Article> {
    let mut rows = Vec::new();
    index.rows(&mut |row| rows.push((row.id, row.text))).expect("rows");
    let article = |(id, text)| (id, index.article(text).expect("an index").expect("an article"));
    rows.into_iter().map(article).collect()
}

#[test]
fn marks_are_found_as_a_plain_reading_finds_them() {
    let archive = archive();
    let mut index = archive.index();
    let articles = articles(&mut index);
    assert_eq!(articles.len(), 11);
    let count = articles.len();
    let given = (proptest::collection::vec(proptest::option::of(marks()), count), ask());
    let cases = ProptestConfig { cases: 400, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(cases);
    let outcome = runner.run(&(given, any::<bool>()), |((marks, ask), pinyin)| {
        let marked = articles.values().zip(marks).filter_map(|(it, marks)| Some((it.id, marks?)));
        let table: MarkTable = marked.collect();
        let query = Query::parse(&ask.query()).expect("a query");
        let expected: BTreeSet<i64> = articles
            .iter()
            .filter(|(_, article)| ask.holds(table.of(article.id), &article.text, pinyin))
            .map(|(id, _)| *id)
            .collect();
        let (mut index, table) = (archive.index(), table);
        index.know_marks(table.clone());
        let options = SearchOptions { pinyin, ..SearchOptions::default() };
        let found = index.search(&query, options, &AtomicBool::new(false));
        let hits = found.expect("an index").expect("an answer").hits;
        let found: BTreeSet<i64> = hits.iter().map(|hit| hit.article).collect();
        prop_assert_eq!(&found, &expected, "with an index: {}", query);
        prop_assert_eq!(found.len(), hits.len(), "each once: {}", query);
        let matcher = Matcher::new(&query, MatchOptions { pinyin });
        let matching = articles.iter().filter(|(_, article)| {
            let subject = Subject {
                title: Fact::Known(""),
                keywords: Fact::Known(&[]),
                text: Fact::Known(&Searchable::of(&article.text)),
                marks: Fact::Known(table.of(article.id)),
                ..Subject::default()
            };
            matcher.matches(&subject).is_some()
        });
        let found: BTreeSet<i64> = matching.map(|(id, _)| *id).collect();
        prop_assert_eq!(&found, &expected, "without one: {}", query);
        Ok(())
    });
    outcome.unwrap_or_else(|failed| panic!("{failed}"));
}

#[test]
fn the_command_line_knows_marks_with_an_index_and_without() {
    let archive = Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE), ("c.txt", PAPER)]);
    archive.run();
    let ferry = articles(&mut archive.index()).into_values().find(|it| it.text.contains("渡口"));
    let data = tempfile::tempdir().expect("a folder");
    let mut journal = Journal::new(Some(data.path().join("zhaidu/marks")));
    let (path, title) = ("elsewhere.txt".to_owned(), "渡口的灯".to_owned());
    let ferry = MarkedArticle { id: ferry.expect("the ferry").id, path, title };
    let (tag, note) = (Mark::Tag("水".to_owned(), true), Mark::Note("两行\n再读".to_owned()));
    let all = [Mark::Star(true), Mark::Read(true), tag, note];
    let ops = all.map(|mark| journal.mark(ferry.clone(), mark, ""));
    journal.append(&ops).expect("kept");
    for (query, sources) in [
        ("is:starred", "a.txt"),
        ("is:unread", "b.txt c.txt"),
        ("三 -is:tagged", "b.txt c.txt"),
        ("tag:水", "a.txt"),
        ("tag:shui 灯", "a.txt"),
        ("note:再读", "a.txt"),
        ("tag:桥", ""),
        ("is:noted OR 京津冀三地", "a.txt b.txt"),
        ("is:read 京津", ""),
    ] {
        for more in [&[][..], &["--no-cache"]] {
            let args = [&["search", "-l", query][..], more].concat();
            let output = archive.zhaidu(&args).env("XDG_DATA_HOME", data.path()).output();
            let output = output.expect("the program starts");
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            let mut names: Vec<&str> =
                text.lines().filter_map(|line| line.rsplit('/').next()).collect();
            names.sort_unstable();
            assert_eq!(names.join(" "), sources, "{query} {more:?}");
            assert_eq!(output.status.code(), Some(i32::from(sources.is_empty())), "{query}");
        }
    }
    // Marks that cannot be read are told: what is found may be wrong.
    fs::create_dir(data.path().join("zhaidu/marks/broken.jsonl")).expect("a folder");
    let broken =
        archive.zhaidu(&["search", "is:unread"]).env("XDG_DATA_HOME", data.path()).output();
    let broken = broken.expect("the program starts");
    assert_eq!(broken.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&broken.stderr).contains("marks cannot be read"));
}
