//! Group E: what the person keeps, and the disk and the home that it is kept in.

mod damage;
mod full;
mod home;
mod kills;
mod many;

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::{row::Row, run::Run};

/// The rows of the group.
pub(crate) const ROWS: &[Row] = &[
    full::LIMIT,
    full::DISK,
    full::CALLS,
    home::MISSING,
    home::LOCKS,
    home::BUSY,
    kills::KILLS,
    many::MANY,
    damage::DAMAGE,
    damage::RIGHTS,
];

/// A file of marks as they are exported: tags of this name, each on an article of its own.
fn exported(run: &Run, name: &str, count: u64) -> PathBuf {
    let line = |number| {
        let article = number + 1;
        format!(
            "{{\"v\":1,\"id\":\"{name}-{number}\",\"ts\":{number},\"op\":\"tag\",\
             \"key\":{{\"h\":\"{article:032x}\"}},\"val\":\"{name}-{number}\"}}\n"
        )
    };
    let path = run.home().join(format!("{name}.jsonl"));
    fs::write(&path, (0..count).map(line).collect::<String>()).expect("a file");
    path
}

/// The tags that [`exported`] makes.
fn tags_of(name: &str, count: u64) -> impl Iterator<Item = String> {
    (0..count).map(move |number| format!("{name}-{number}"))
}

/// All tags in the home, and what was said about them.
fn tags(run: &Run) -> (BTreeSet<String>, String) {
    let output = run.command(["marks", "list"]).output().expect("the program starts");
    let listed = String::from_utf8(output.stdout).expect("UTF-8");
    let tags = listed.lines().filter_map(|line| line.split('\t').nth(2));
    let tags = tags.flat_map(|tags| tags.split(' ').map(str::to_owned)).collect();
    (tags, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The folder with the marks.
fn marks_folder(run: &Run) -> PathBuf {
    run.home().join("data/zhaidu/marks")
}
