//! Pages against the splits that are expected of them.
//!
//! `tests/pages/NAME.txt` is a page that we wrote, `NAME.expect` its split; the format is described
//! in `tests/pages/README.md`. `UPDATE_PAGES=1` writes the expectations anew.

mod damage;
mod gold;
mod laws;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use zhaidu::article::{Owner, Page, Role, SplitMode, split};

/// The folder with our own pages.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

/// The pages of [`folder`] by name.
fn pages() -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = fs::read_dir(folder())
        .expect("tests/pages is there")
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect();
    pages.sort();
    pages
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

/// What is one piece of writing stays one, whatever it looks like.
#[test]
fn harmless_texts_stay_whole() {
    for name in ["poem", "list", "interview", "markdown", "chat", "chapter", "wrapped", "single"] {
        let text = fs::read_to_string(folder().join(name).with_extension("txt")).expect(name);
        for mode in [SplitMode::Off, SplitMode::Auto, SplitMode::Strict] {
            assert_eq!(split(text.as_str().into(), mode).articles.len(), 1, "{name} {mode:?}");
        }
    }
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
