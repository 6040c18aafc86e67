//! The command line: the documents in `tests/cli` are run as they stand.
//!
//! A command sees the files of `tests/cli/archive`. `TRYCMD=overwrite` writes the outputs anew.

use std::{env, path::Path};

use trycmd::TestCases;

/// Runs the commands in a document, or in all that match a pattern, in a known environment.
pub(crate) fn run(documents: &str) {
    let program = Path::new(env!("CARGO_BIN_EXE_zhaidu"));
    let folder = program.parent().expect("a program lies in a folder");
    let mut path = vec![folder.to_owned()];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(path).expect("the parts of a path");
    let cache = tempfile::tempdir().expect("a folder");
    TestCases::new()
        .case(documents)
        .register_bin("zhaidu", program)
        .register_bin("sh", Path::new("/bin/sh"))
        .env("PATH", path.into_string().expect("UTF-8"))
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", "/nonexistent")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("XDG_DATA_HOME", "/nonexistent")
        .env("XDG_CACHE_HOME", cache.path().to_str().expect("UTF-8"))
        .env("TERM", "xterm")
        .env("COLUMNS", "80")
        .run();
}

#[test]
fn documents() {
    run("tests/cli/*.md");
}
