//! Pages against the splits that are expected of them.
//!
//! `tests/pages/NAME.txt` is a page that we wrote, `NAME.expect` its split; the format is described
//! in `tests/pages/README.md`. `UPDATE_PAGES=1` writes the expectations anew, except those of
//! `tests/pages/hard`, which are written by hand.

mod damage;
mod damaged;
mod destroyed;
mod gold;
mod laws;
mod scorer;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use zhaidu::article::{Owner, Page, Role, SplitMode, split};

/// The folder with our own pages.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

/// The pages of a folder: name, text, path.
fn pages_in(folder: &Path) -> Vec<(String, String, PathBuf)> {
    let mut pages: Vec<(String, String, PathBuf)> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("UTF-8"), path)
        })
        .collect();
    pages.sort();
    pages
}

/// The pages of [`folder`] by name.
fn pages() -> Vec<(String, String)> {
    pages_in(&folder()).into_iter().map(|(name, text, _)| (name, text)).collect()
}

/// The split as `tests/pages/README.md` describes it.
fn describe(page: &Page) -> String {
    let mut out = String::new();
    for (number, article) in page.articles.iter().enumerate() {
        let letter = letter(number);
        let title = article.title().unwrap_or("-");
        let authors = article.authors.join(" ");
        writeln!(out, "article {letter} {:?} | {title} | {authors}", article.kind)
            .expect("a string takes everything");
        let lines: Vec<String> = article
            .parts
            .iter()
            .map(|part| {
                let pieces = part.pieces.iter();
                let mut lines: Vec<usize> =
                    pieces.map(|piece| page.line_of(piece.source.start)).collect();
                // A gloss cuts a line into pieces and joins nothing.
                lines.dedup();
                lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
            })
            .collect();
        writeln!(out, "order {letter} {}", lines.join(" ")).expect("a string takes everything");
    }
    for (number, line) in page.lines.iter().enumerate() {
        if line.role == Role::Blank {
            continue;
        }
        let owner = match line.owner {
            Owner::Article(article) => letter(article),
            Owner::Page => '-',
        };
        let start: String = line.range.of(&page.text).trim().chars().take(12).collect();
        writeln!(out, "{} {owner} {:?} {start}", number + 1, line.role)
            .expect("a string takes everything");
    }
    out
}

fn letter(article: usize) -> char {
    u8::try_from(article).ok().and_then(|a| b'A'.checked_add(a)).map_or('?', char::from)
}

#[test]
fn our_pages_are_split_as_expected() {
    let pages = pages();
    assert!(pages.len() >= 10, "only {} pages found", pages.len());
    let mut wrong = String::new();
    for (name, text) in pages {
        let found = describe(&split(text.into(), SplitMode::Auto));
        let path = folder().join(&name).with_extension("expect");
        if std::env::var_os("UPDATE_PAGES").is_some() {
            fs::write(&path, &found).expect("the folder can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        for (found, expected) in found.lines().zip(expected.lines()).filter(|(a, b)| a != b) {
            writeln!(wrong, "{name}: expected {expected}\n{name}: found    {found}")
                .expect("a string takes everything");
        }
        if found.lines().count() != expected.lines().count() {
            writeln!(wrong, "{name}: {} lines", found.lines().count()).expect("a string");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The lines of a split by what they are about: an article, its order, a line of the page.
fn keyed(split: &str) -> BTreeMap<&str, &str> {
    let key = |line: &'_ str| {
        let words = if line.starts_with(|c: char| c.is_ascii_digit()) { 1 } else { 2 };
        line.match_indices(' ').nth(words - 1).map_or(line.len(), |(at, _)| at)
    };
    split.lines().map(|line| (line.get(..key(line)).unwrap_or(line), line)).collect()
}

/// Lines of `tests/pages/hard` that differ from what is right. It may only fall.
const WRONG_LINES: usize = 48;

/// Pages that are not split rightly today; what is expected of them was written by hand.
#[test]
fn hard_pages_get_no_worse() {
    let (mut total, mut report) = (0, String::new());
    for (name, text, path) in pages_in(&folder().join("hard")) {
        let found = describe(&split(text.into(), SplitMode::Auto));
        let expected = fs::read_to_string(path.with_extension("expect")).expect("a split by hand");
        let (found, expected) = (keyed(&found), keyed(&expected));
        let keys: BTreeSet<&str> = found.keys().chain(expected.keys()).copied().collect();
        let differs = |key: &&str| found.get(key) != expected.get(key);
        let wrong: Vec<&str> = keys.into_iter().filter(differs).collect();
        total += wrong.len();
        writeln!(report, "{name}: {} lines wrong", wrong.len()).expect("a string");
        for key in wrong {
            let (wanted, found) = (expected.get(key), found.get(key));
            let none = "nothing";
            let (wanted, found) = (wanted.unwrap_or(&none), found.unwrap_or(&none));
            writeln!(report, "  expected {wanted}\n  found    {found}").expect("a string");
        }
    }
    println!("{report}{total} lines wrong");
    assert!(total <= WRONG_LINES, "{total} lines wrong, {WRONG_LINES} before\n{report}");
}

/// What is one piece of writing stays one, whatever it looks like.
#[test]
fn harmless_texts_stay_whole() {
    let single = ["poem", "list", "interview", "markdown", "chat", "chapter", "wrapped", "single"];
    let ours = pages_in(&folder()).into_iter().filter(|(name, ..)| single.contains(&name.as_str()));
    let harmless = pages_in(&folder().join("harmless"));
    assert!(harmless.len() >= 16, "only {} texts found", harmless.len());
    let mut wrong = String::new();
    for (name, text, _) in ours.chain(harmless) {
        let counts = [SplitMode::Off, SplitMode::Auto, SplitMode::Strict]
            .map(|mode| split(text.as_str().into(), mode).articles.len());
        if counts != [1; 3] {
            writeln!(wrong, "{name}: {counts:?} articles").expect("a string takes everything");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A stricter mode never sees more articles.
#[test]
fn modes_are_ordered() {
    for (name, text) in pages() {
        let count = |mode| split(text.as_str().into(), mode).articles.len();
        let (off, strict, auto) =
            (count(SplitMode::Off), count(SplitMode::Strict), count(SplitMode::Auto));
        assert!(off == 1 && strict <= auto, "{name}: {off} {strict} {auto}");
    }
}
