//! The index of an archive, and searching it, with the real program on real folders.

mod busy;
mod damage;
mod decisions;
mod large;
mod list;
mod many;
mod marked;
mod order;
mod phrases;
mod pinyin;
mod places;
mod ranking;
mod resumed;
mod roots;
mod rotating;
mod signals;
mod versions;
mod watch;
mod weights;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::AtomicBool,
};

use proptest::prelude::*;
use tempfile::TempDir;
use zhaidu::{
    library::{
        Input, Library, Settings,
        index::{IndexPlace, Outcome, Run, RunEvent, Watch, Woken, related, watch::Change},
    },
    query::Query,
    store::index::{Index, IndexError, SearchOptions},
    text::searchable::{Searchable, phrase},
};

/// A folder with an archive, and one for its index.
struct Archive {
    folder: TempDir,
    cache: TempDir,
}

impl Archive {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Self { folder, cache: tempfile::tempdir().expect("a folder") };
        for (name, text) in files {
            archive.write(name, text);
        }
        archive
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file whose time of change is well past, so that it need not be read twice.
    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        let past = std::time::SystemTime::UNIX_EPOCH
            + std::time::Duration::new(1_700_000_000 + text.len() as u64, 5);
        fs::File::options()
            .write(true)
            .open(&path)
            .expect("a file")
            .set_modified(past)
            .expect("a time");
    }

    fn library(&self) -> Library {
        Library::new(Input::Paths(vec![self.folder.path().to_owned()]), Settings::default())
    }

    fn place(&self) -> IndexPlace {
        let folder = self.cache.path().join("zhaidu/index");
        IndexPlace::of(&self.library(), &folder).expect("a folder has a place")
    }

    fn run(&self) -> Outcome {
        let never = AtomicBool::new(false);
        Run::new(&self.library(), &self.place(), 2, &never, &mut |_| ()).finish().expect("an index")
    }

    fn index(&self) -> Index {
        let mut index = Index::open(&self.place().file).expect("an index").expect("it is there");
        index.refresh().expect("an index");
        index
    }

    /// The paths of the sources that match.
    fn search(&self, query: &str) -> BTreeSet<String> {
        search_in(&mut self.index(), query)
    }

    fn zhaidu(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
        command.args(args).arg(self.folder.path()).env_clear().env("LANG", "en_GB.UTF-8");
        command.env("XDG_CACHE_HOME", self.cache.path()).env("XDG_DATA_HOME", "/nonexistent");
        command
    }

    fn output(&self, args: &[&str]) -> Output {
        self.zhaidu(args).output().expect("the program starts")
    }

    fn contents(&self) -> String {
        let out = String::from_utf8(self.output(&["index", "--stats"]).stdout).expect("UTF-8");
        assert!(out.contains("whole\tyes"), "{out}");
        out.lines().filter(|line| line.starts_with("contents")).collect()
    }
}

/// The paths of the sources in an index that match.
fn search_in(index: &mut Index, query: &str) -> BTreeSet<String> {
    let query = Query::parse(query).expect("a query");
    let options = SearchOptions { pinyin: true, ..SearchOptions::default() };
    let never = AtomicBool::new(false);
    let results = index.search(&query, options, &never).expect("an index").expect("an answer");
    let rows = results.hits.iter().map(|hit| index.row(hit.article).expect("an index"));
    rows.flatten().map(|row| String::from_utf8(row.source.parts().1).expect("UTF-8")).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const FERRY: &str = "渡口的灯\n\n渡口的灯亮了四十年，守灯的人换了三个。";
const BRIDGE: &str = "新橋通車\n\n縣城的新橋今天通車，京津冀三地的卡車都從這裡過。";
const PAPER: &str = "纸坊开门\n\n纸坊在三月开了门，ＡＩ也帮不上忙，做纸要把竹子泡上一年。";

#[test]
fn only_what_changed_is_read_again() {
    let archive = Archive::new(&[("a.txt", FERRY), ("b/c.txt", BRIDGE), ("d.txt", PAPER)]);
    let Outcome { progress, .. } = archive.run();
    assert_eq!((progress.read, progress.articles, progress.analysed), (3, 3, 3));
    let Outcome { progress, .. } = archive.run();
    assert_eq!((progress.read, progress.settled, progress.analysed), (0, 3, 0));

    archive.write("d.txt", &format!("{PAPER}四月就关了。"));
    archive.write("e.txt", FERRY);
    fs::remove_file(archive.path("a.txt")).expect("a file");
    let Outcome { progress, vanished, .. } = archive.run();
    // The text of e.txt is that of a.txt, which was analysed before.
    assert_eq!((progress.read, progress.analysed, vanished), (2, 1, 1));
    assert_eq!(archive.search("渡口"), set(&["e.txt"]));
    assert_eq!(archive.search("四月"), set(&["d.txt"]));

    archive.write("a.txt", FERRY);
    let Outcome { progress, .. } = archive.run();
    assert_eq!((progress.read, progress.analysed), (1, 0));
    assert_eq!(archive.search("渡口"), set(&["a.txt", "e.txt"]));
}

#[test]
fn a_file_that_was_only_touched_keeps_its_articles() {
    let archive = Archive::new(&[("a.txt", FERRY)]);
    archive.run();
    let ids = |archive: &Archive| {
        let mut ids = Vec::new();
        archive.index().rows(&mut |row| ids.push(row.id)).expect("an index");
        ids
    };
    let before = ids(&archive);
    let file = fs::File::options().write(true).open(archive.path("a.txt")).expect("a file");
    let other = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::new(1_600_000_000, 7);
    file.set_modified(other).expect("a time");
    assert_eq!(archive.run().progress.read, 1);
    assert_eq!(ids(&archive), before);
    assert_eq!(archive.run().progress.read, 0);
}

#[test]
fn every_way_to_ask() {
    let archive = Archive::new(&[
        ("2019/a.txt", FERRY),
        ("2020-05-06/b.txt", BRIDGE),
        ("c.txt", PAPER),
        (
            "d.txt",
            "柳塘日报 2021年3月5日 第4版\n\n石板路上\n□林小满\n雨停了，路面泛着光，石板路上没有人。\n",
        ),
    ]);
    archive.run();
    let cases: [(&str, &[&str]); 31] = [
        ("灯", &["2019/a.txt"]),
        ("京津", &["2020-05-06/b.txt"]),
        ("新桥通车", &["2020-05-06/b.txt"]),
        ("ai", &["c.txt"]),
        ("ＡＩ", &["c.txt"]),
        ("三", &["2019/a.txt", "2020-05-06/b.txt", "c.txt"]),
        ("三 -灯", &["2020-05-06/b.txt", "c.txt"]),
        ("灯 OR 竹子", &["2019/a.txt", "c.txt"]),
        ("\"守灯的人\"", &["2019/a.txt"]),
        ("title:渡口", &["2019/a.txt"]),
        ("title:守灯", &[]),
        ("by:林小满", &["d.txt"]),
        ("path:2020", &["2020-05-06/b.txt"]),
        ("date:2020..2021", &["2020-05-06/b.txt", "d.txt"]),
        ("date:2021 石板", &["d.txt"]),
        ("kw:渡口", &["2019/a.txt"]),
        ("/三[个地]/", &["2019/a.txt", "2020-05-06/b.txt"]),
        ("dkdd", &["2019/a.txt"]),
        ("xinqiaotc", &["2020-05-06/b.txt"]),
        ("jingjinji", &["2020-05-06/b.txt"]),
        ("kw:dukou", &["2019/a.txt"]),
        ("kw:dk -灯", &[]),
        ("dkdd -kw:渡口", &[]),
        // What is left out must be printed there.
        ("灯 -dukou", &["2019/a.txt"]),
        ("by:linxiaoman", &["d.txt"]),
        ("zhuzi", &["c.txt"]),
        ("\"zhuzi\"", &[]),
        ("zhuzi sanyue", &["c.txt"]),
        ("bangbushangm", &["c.txt"]),
        ("zhuzi OR xinqiao", &["2020-05-06/b.txt", "c.txt"]),
        // What stands beside the articles is found with the first of them.
        ("柳塘日报", &["d.txt"]),
    ];
    for (query, expected) in cases {
        assert_eq!(archive.search(query), set(expected), "{query}");
    }
    assert_eq!(archive.search("").len(), 4);
}

#[test]
fn two_may_write_and_many_may_read() {
    let archive = Archive::new(&[("a.txt", FERRY), ("b.txt", BRIDGE)]);
    archive.run();
    let (place, library) = (archive.place(), archive.library());
    let never = AtomicBool::new(false);
    let mut refused = None;
    let mut told = |_: RunEvent| {
        if refused.is_none() {
            let second = Run::new(&library, &place, 1, &never, &mut |_| ()).finish();
            refused = Some(matches!(second, Err(IndexError::Busy)));
            // Whoever reads meanwhile sees what was there.
            assert_eq!(archive.search("灯"), set(&["a.txt"]));
        }
    };
    Run::new(&archive.library(), &archive.place(), 1, &never, &mut told)
        .finish()
        .expect("an index");
    assert_eq!(refused, Some(true));
}

#[test]
fn a_run_that_is_killed_is_gone_on_with() {
    let text = |at: usize| {
        format!(
            "第{at}号渡口\n\n{}",
            format!("渡口{at}的灯亮了{at}年，水位{}尺。", at * 7).repeat(40)
        )
    };
    let files: Vec<(String, String)> =
        (0..300).map(|at| (format!("{at:03}.txt"), text(at))).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (archive, whole) = (Archive::new(&files), Archive::new(&files));
    assert!(whole.output(&["index"]).status.success());
    let wal = || {
        let folder = fs::read_dir(archive.cache.path().join("zhaidu/index")).into_iter().flatten();
        folder
            .flatten()
            .filter_map(|entry| entry.metadata().ok())
            .map(|meta| meta.len())
            .sum::<u64>()
    };
    // Each run is killed once it has written so much, and the last one is not.
    for written in [1, 60_000, 150_000, 300_000, 500_000] {
        let before = wal();
        let mut run =
            archive.zhaidu(&["index", "--jobs", "1"]).spawn().expect("the program starts");
        while run.try_wait().expect("a process").is_none() && wal() < before + written {
            std::thread::yield_now();
        }
        let _ = run.kill();
        let _ = run.wait();
    }
    assert!(archive.output(&["index"]).status.success());
    assert_eq!(archive.contents(), whole.contents());
    assert_eq!(archive.search("\"渡口123的灯\""), set(&["123.txt"]));
}

#[test]
fn an_unreadable_source_is_said_and_the_rest_is_there() {
    let archive =
        Archive::new(&[("a.txt", FERRY), ("b.jsonl", "{\"text\":\"渡口有船\"}\n{broken\n")]);
    let out = archive.output(&["index"]);
    assert_eq!(out.status.code(), Some(2));
    let err = String::from_utf8(out.stderr).expect("UTF-8");
    assert!(err.contains("b.jsonl:2:"), "{err}");
    assert_eq!(archive.search("渡口"), set(&["a.txt", "b.jsonl"]));
}

#[test]
fn reprints_and_related_texts_are_known() {
    let day = |n: usize, number: usize| {
        format!("第{n}天渡口{number}的灯亮着，守灯的人记下{}尺的水位。", n * number)
    };
    let story = |number: usize| (0..30).map(|n| day(n, number)).collect::<Vec<_>>().concat();
    let reprint = format!("本报讯 {}（王明）", story(5));
    let archive = Archive::new(&[
        ("a.txt", &story(5)),
        ("b.txt", &reprint),
        ("c.txt", PAPER),
        ("d.txt", &story(900)),
    ]);
    archive.run();
    let mut index = archive.index();
    let mut texts = Vec::new();
    index.rows(&mut |row| texts.push(row.text)).expect("an index");
    let reprints = index.reprints().expect("an index");
    let firsts: Vec<i64> = texts.iter().map(|text| reprints.first(*text)).collect();
    assert_eq!(firsts[0], firsts[1]);
    assert!(firsts[0] != firsts[2] && firsts[0] != firsts[3]);
    assert_eq!(reprints.count(texts[1]), 2);
    let keywords = index.digest(texts[0]).expect("an index").expect("a digest").keywords;
    let keywords: Vec<(&str, f32)> =
        keywords.iter().map(|keyword| (keyword.text.as_str(), keyword.weight)).collect();
    let own = index.article(texts[0]).expect("an index").expect("an article").id;
    let near: Vec<i64> =
        index.related(&keywords, 9).expect("an index").iter().map(|near| near.text).collect();
    // The other story of a ferry has the same keywords.
    assert!(near.contains(&texts[0]), "{near:?}");
    assert!(near.contains(&texts[1]) && near.contains(&texts[3]), "{near:?}");
    assert!(!near.contains(&texts[2]));
    // Neither itself nor its reprint is news to whoever reads it.
    let told = related(&mut index, (own, &keywords), &reprints, 9).expect("an index");
    assert_eq!(told.hits.iter().map(|hit| hit.text).collect::<Vec<_>>(), [texts[3]]);
}

/// An archive large enough for segments of postings, of few letters, so that every query hits.
fn letters(at: usize) -> String {
    let dice = |n: usize| (at * 7919 + n * 104_729 + at * n * 31) % 97;
    let letter =
        |n: usize| ['渡', '口', '的', '灯', '亮', '開', '开', 'Ａ', 'a', '，'][dice(n) % 10];
    format!("第{at}号\n\n{}", (0..20 + dice(3)).map(letter).collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_file_holds_is_found(
        queries in prop::collection::vec("[渡口的灯亮開开a，]{1,5}", 25),
        many in any::<bool>(),
    ) {
        let count = if many { 700 } else { 30 };
        let files: Vec<(String, String)> = (0..count).map(|at| (format!("{at:03}.txt"), letters(at))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let archive = Archive::new(&files);
        archive.run();
        // One for all queries: it keeps texts from one search to the next.
        let mut index = archive.index();
        for query in queries {
            let folded = phrase(&query);
            let holds = |text: &str| Searchable::of(text).text().contains(&folded);
            let expected: BTreeSet<String> =
                files.iter().filter(|(_, text)| holds(text)).map(|(name, _)| (*name).to_owned()).collect();
            let found = search_in(&mut index, &format!("\"{query}\""));
            prop_assert!(found.is_superset(&expected), "{}: {:?}", query, expected.difference(&found));
        }
    }
}
