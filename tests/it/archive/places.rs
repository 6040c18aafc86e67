//! Where articles stand, as it is printed and asked for.

use super::{Archive, BRIDGE, FERRY, Output};

/// What a search in the folder of an archive prints.
fn found(archive: &Archive, args: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command.args(["search", "-l"]).args(args).current_dir(archive.folder.path()).env_clear();
    command.env("XDG_CACHE_HOME", archive.cache.path()).env("XDG_DATA_HOME", "/nonexistent");
    let Output { stdout, stderr, .. } = command.output().expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&stderr), "", "{args:?}");
    String::from_utf8(stdout).expect("UTF-8")
}

#[test]
fn a_path_is_asked_for_as_it_is_printed_with_an_index_and_without() {
    let record = "{\"title\":\"竹子\",\"text\":\"竹子要泡上一年。\"}\n";
    let archive = Archive::new(&[
        ("2019/a.txt", FERRY),
        ("2020/b.txt", BRIDGE),
        ("corpus.jsonl", record),
        ("feeds/corpus.jsonl", record),
    ]);
    let cases: [(&[&str], &str); 12] = [
        (&["path:2019", "2019", "2020"], "2019/a.txt\n"),
        (&["path:2020/b", "2019", "2020"], "2020/b.txt\n"),
        (&["path:20", "2019", "2020"], "2019/a.txt\n2020/b.txt\n"),
        (&["三 -path:2019", "2019", "2020"], "2020/b.txt\n"),
        // By its pinyin.
        (&["dukou path:2019", "2019", "2020"], "2019/a.txt\n"),
        (&["dukou path:2020", "2019", "2020"], ""),
        (&["path:corpus", "corpus.jsonl"], "corpus.jsonl\n"),
        (&["path:feeds", "feeds"], "feeds/corpus.jsonl\n"),
        // One archive, spelled in different ways.
        (&["path:2019", "."], "./2019/a.txt\n"),
        (&["path:./2020", "."], "./2020/b.txt\n"),
        (&["path:../2020", "2019/.."], "2019/../2020/b.txt\n"),
        (&["path:2019/../2020", "2019/.."], "2019/../2020/b.txt\n"),
    ];
    for (args, expected) in cases {
        assert_eq!(found(&archive, args), expected, "{args:?}");
        let plain = [&["--no-cache"], args].concat();
        assert_eq!(found(&archive, &plain), expected, "{plain:?}");
    }
}
