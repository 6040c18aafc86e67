//! Measures how good key sentences and keywords are, beside other ways of ranking:
//! `cargo bench --bench quality -- [NAME]…`, with the keys of [`SETS`] or the names of files.
//!
//! Prints a table and fails when a promise is missed. The README beside this folder says what is
//! measured, and on what.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table is the result")]

mod cases;
mod measures;
mod methods;
mod run;
mod sets;
mod table;
mod words;

use std::{
    env, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use methods::METHODS;
use run::Run;
use sets::{SETS, Set};

/// Where the articles lie beside the repository, if they do.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/ranking/data");

const HELP: &str = "\
cargo bench --bench quality -- [NAME]… [--data DIR] [--write DIR]

NAME         a kind of articles or a file without .jsonl; all without
--data DIR   take the articles from here
--write DIR  leave what every method ranked here, FILE.METHOD.jsonl";

/// What was asked for.
#[derive(Default)]
struct Wanted {
    names: Vec<String>,
    data: Option<PathBuf>,
    write: Option<PathBuf>,
    help: bool,
}

impl Wanted {
    fn of(mut args: impl Iterator<Item = String>) -> io::Result<Self> {
        let mut wanted = Self::default();
        while let Some(arg) = args.next() {
            let mut folder = || {
                let missing = || io::Error::other(format!("{arg} wants a folder"));
                args.next().map(PathBuf::from).ok_or_else(missing)
            };
            match arg.as_str() {
                "--data" => wanted.data = Some(folder()?),
                "--write" => wanted.write = Some(folder()?),
                "--help" => wanted.help = true,
                // An option that Cargo adds.
                "--bench" => {}
                option if option.starts_with('-') => {
                    return Err(io::Error::other(format!("{option} is no option\n\n{HELP}")));
                }
                _ => wanted.names.push(arg),
            }
        }
        Ok(wanted)
    }

    /// Whether a file is to be measured.
    fn has(&self, name: &str, set: &Set) -> bool {
        self.names.is_empty() || self.names.iter().any(|wanted| wanted == name || wanted == set.key)
    }
}

fn main() -> ExitCode {
    match Wanted::of(env::args().skip(1)).and_then(|wanted| measure(&wanted)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures on the wanted sets; whether every promise was kept.
fn measure(wanted: &Wanted) -> io::Result<bool> {
    if wanted.help {
        println!("{HELP}");
        return Ok(true);
    }
    let folder = wanted.data.as_deref().unwrap_or(Path::new(DATA));
    if wanted.data.is_none() && !folder.is_dir() {
        println!("nothing measured: there is no folder {DATA} with articles");
        return Ok(true);
    }
    let files = cases::files(folder).map_err(|error| at(folder, &error))?;
    let named = files.iter().filter_map(|path| {
        let name = path.file_stem()?.to_str()?;
        Set::of(name).filter(|set| wanted.has(name, set)).map(|set| (path, name, set))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_by_key(|(_, _, set)| SETS.iter().position(|other| other.key == set.key));
    if named.is_empty() {
        let keys = SETS.map(|set| set.key).join(", ");
        return Err(io::Error::other(format!("no such articles; there are kinds {keys}")));
    }
    println!("All in per cent. All methods take the sentences and words of the program.");
    println!("* is the row that counts: where the headline is to be found, the title is withheld.");
    let mut kept = true;
    for (path, name, set) in named {
        let run =
            Run::new(name, set, &METHODS, cases::records(path).map_err(|error| at(path, &error))?);
        kept &= table::print(&run);
        if let Some(folder) = &wanted.write {
            run.write(folder).map_err(|error| at(folder, &error))?;
        }
    }
    Ok(kept)
}

/// An error with where it happened.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::other(format!("{}: {error}", path.display()))
}
