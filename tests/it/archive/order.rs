//! The order of results, with an index and without.

use std::io::Write;

use super::*;

/// Runs a search; the files that it finds, in its order.
fn found(archive: &Archive, args: &[&str]) -> Vec<String> {
    names(&archive.output(&[&["search", "--tsv"], args].concat()))
}

/// The names of the files in rows.
fn names(output: &Output) -> Vec<String> {
    let rows = std::str::from_utf8(&output.stdout).expect("UTF-8").lines();
    let paths = rows.filter_map(|row| row.split('\t').next());
    paths.filter_map(|path| Path::new(path).file_name()?.to_str()).map(ToOwned::to_owned).collect()
}

/// Articles on one word. The oldest has it in its title and often, and fits best; of the others the newest has
/// it least.
fn dated() -> Archive {
    let filler = "雨停了，路面泛着光，街上没有人。".repeat(3);
    let often = format!("渡口的灯\n\n渡口有灯，渡口有船，渡口有人。{filler}\n");
    let thrice = format!("船队出发\n\n渡口有船，渡口有人，渡口很静。{filler}\n");
    let once = format!("石板路上\n\n渡口很静。{filler}{filler}\n");
    Archive::new(&[
        ("2001-03-05-a.txt", &often),
        ("2019-03-05-c.txt", &once),
        ("2010-03-05-d.txt", &thrice),
        ("b.txt", &thrice),
    ])
}

const BY_PATH: [&str; 4] = ["2001-03-05-a.txt", "2010-03-05-d.txt", "2019-03-05-c.txt", "b.txt"];
const BY_DATE: [&str; 4] = ["2019-03-05-c.txt", "2010-03-05-d.txt", "2001-03-05-a.txt", "b.txt"];

#[test]
fn an_index_orders_results_by_score_date_and_path_and_lets_newer_ones_come_sooner() {
    let archive = dated();
    let best = found(&archive, &["渡口"]);
    assert_eq!(best[0], "2001-03-05-a.txt");
    assert_eq!(best[3], "2019-03-05-c.txt");
    assert_eq!(found(&archive, &["--sort", "date", "渡口"]), BY_DATE);
    assert_eq!(found(&archive, &["--sort", "path", "渡口"]), BY_PATH);
    assert_eq!(found(&archive, &["--freshness", "0", "渡口"]), best);
    // Twice as much as the best score is more than any two scores are apart.
    let fresh = found(&archive, &["--freshness", "2", "渡口"]);
    assert_eq!(fresh[0], "2019-03-05-c.txt");
    assert_ne!(fresh, best);
}

#[test]
fn without_an_index_results_are_ordered_by_date_and_path_too() {
    let archive = dated();
    let without = |args: &[&str]| found(&archive, &[&["--no-cache"], args].concat());
    assert_eq!(without(&["--sort", "date", "渡口"]), BY_DATE);
    assert_eq!(without(&["--sort", "path", "渡口"]), BY_PATH);
    assert_eq!(without(&["渡口"]), BY_PATH);
    let output = archive.output(&["search", "--tsv", "--no-cache", "--freshness", "1", "渡口"]);
    assert_eq!(names(&output), BY_PATH);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("--freshness does nothing"), "{said}");
}

#[test]
fn what_only_reads_so_comes_behind_what_is_printed_so_with_an_index_and_without() {
    let archive =
        Archive::new(&[("a.txt", FERRY), ("b.txt", "dukou\n\n这里写着 dukou 两个音节。")]);
    for cache in [&["--json"][..], &["--json", "--no-cache"]] {
        let out = archive.output(&[&["search"], cache, &["dukou"]].concat()).stdout;
        let out = String::from_utf8(out).expect("UTF-8");
        let rows: Vec<&str> = out.lines().filter(|line| line.starts_with("{\"rank\"")).collect();
        let [first, second] = rows[..] else { panic!("{out}") };
        assert!(first.contains("b.txt") && first.contains("\"pinyin\":false"), "{first}");
        assert!(second.contains("a.txt") && second.contains("\"pinyin\":true"), "{second}");
    }
}

#[test]
fn what_stands_beside_articles_is_found_without_an_index_too() {
    let page =
        "柳塘日报 2021年3月5日 第4版\n\n石板路上\n□林小满\n雨停了，路面泛着光，石板路上没有人。\n";
    let archive = Archive::new(&[("a.txt", FERRY), ("d.txt", page)]);
    let row = |args: &[&str], query| {
        let out = archive.output(&[&["search", "--json"], args, &[query]].concat()).stdout;
        let out = String::from_utf8(out).expect("UTF-8");
        let scored = out.split_once("\"pinyin\"").unwrap_or_else(|| panic!("{query}: {out}"));
        scored.1.to_owned()
    };
    for query in ["柳塘日报", "柳塘日报 石板", "石板"] {
        assert_eq!(row(&["--no-cache"], query), row(&[], query), "{query}");
    }
    // What is piped in has no index.
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command.args(["search", "-c", "柳塘日报", "-"]).env_clear().env("LANG", "en_GB.UTF-8");
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(page.as_bytes()).expect("a page");
    let output = child.wait_with_output().expect("a process");
    assert!(output.status.success(), "{}", output.status);
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), "<stdin>\t1\n");
}
