//! Opening a source in the person's editor.
//!
//! A file is opened itself when its lines are the lines of the page. Everything else (a member of an
//! archive file, what was piped in, a text in another encoding than UTF-8, the built-in archive) is
//! shown as the text that was read, in a file that only the person can read and that is gone when the
//! editor is. No shell is asked, so nothing in a path is acted on.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
};

use super::{errand::Errand, input::keyboard};
use crate::{
    app::{
        marks::MarkSubject,
        msg::{Spot, SpotAt},
    },
    guard::{Program, Starter, Streamed},
    lang::Lang,
    library::{Document, Library},
    source::Entry,
    text::display::{DisplayLine, display},
};

/// How an editor is told the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `+7 file`
    Plus,
    /// `--goto file:7`
    Goto,
    /// `file:7`
    Colon,
    /// Nobody knows.
    Unknown,
}

impl Style {
    fn of(program: &str) -> Self {
        match program {
            "vi" | "vim" | "nvim" | "view" | "vis" | "ex" | "nano" | "pico" | "emacs"
            | "emacsclient" | "kak" | "micro" | "joe" | "jed" | "mg" | "ne" | "less" | "more"
            | "most" => Self::Plus,
            "code" | "code-insiders" | "codium" | "vscodium" | "cursor" => Self::Goto,
            "hx" | "helix" | "subl" | "zed" => Self::Colon,
            _ => Self::Unknown,
        }
    }
}

/// The words that start an editor: those of `$VISUAL`, of `$EDITOR`, of `$PAGER`, or `less`.
///
/// # Errors
///
/// The variable that is no command line.
fn editor(get: impl Fn(&str) -> Option<String>) -> Result<Vec<String>, &'static str> {
    for name in ["VISUAL", "EDITOR", "PAGER"] {
        let Some(value) = get(name).filter(|value| !value.trim().is_empty()) else { continue };
        return shlex::split(&value).filter(|words| !words.is_empty()).ok_or(name);
    }
    Ok(vec!["less".to_owned()])
}

/// The words that start an editor that can write: those of `$VISUAL`, of `$EDITOR`, or `vi`. What shows
/// texts is of no use for that.
///
/// # Errors
///
/// The variable that is no command line.
fn writer(get: impl Fn(&str) -> Option<String>) -> Result<Vec<String>, &'static str> {
    let or_vi = |name: &str| if name == "PAGER" { Some("vi".to_owned()) } else { get(name) };
    editor(or_vi)
}

/// What is to be done to have a note about an article written.
///
/// # Errors
///
/// Why it cannot be.
pub(super) fn note(
    subject: MarkSubject,
    (starter, lang): (&Starter, Lang),
) -> Result<Errand, DisplayLine> {
    let words = writer(variable).map_err(|name| unclosed(name, lang))?;
    let (program, fixed) = words.split_first().map_or(("vi", &[][..]), |(a, b)| (a, b));
    let name = DisplayLine::new(&file_name(program.as_ref()));
    let start = |file: &Path| on_terminal(program, fixed, [file.as_os_str().to_owned()]);
    let errand = Errand::note(subject, name, (starter, start));
    errand.map_err(|error| {
        display!("{}: {error}", lang.of("无法建立临时文件", "no temporary file can be made"))
    })
}

/// A program that has the keyboard.
fn on_terminal(
    program: &str,
    fixed: &[String],
    args: impl IntoIterator<Item = OsString>,
) -> Program {
    let words = [program.into()].into_iter().chain(fixed.iter().map(OsString::from)).chain(args);
    // What was piped into the program is no keyboard.
    let keys = keyboard().map_or(Streamed::Same, |keys| Streamed::File(keys.into()));
    Program::new(words).input(keys)
}

fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

fn unclosed(name: &str, lang: Lang) -> DisplayLine {
    display!("${}: {}", DisplayLine::new(name), lang.of("引号不成对", "its quotes are not closed"))
}

/// The arguments that open a file at a line.
fn arguments(program: &str, file: &Path, line: usize) -> Vec<OsString> {
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy();
    // A name that begins with a mark would be taken for an option, or for a command.
    let file = if file.is_relative() { Path::new(".").join(file) } else { file.to_owned() };
    let with_line = |file: PathBuf| {
        let mut word = file.into_os_string();
        word.push(format!(":{line}"));
        word
    };
    match Style::of(&name) {
        Style::Plus => vec![format!("+{line}").into(), file.into_os_string()],
        Style::Goto => vec!["--goto".into(), with_line(file)],
        Style::Colon => vec![with_line(file)],
        Style::Unknown => vec![file.into_os_string()],
    }
}

/// What is to be done to open a spot of a source. Reads the source, so it takes time.
///
/// # Errors
///
/// Why it cannot be opened.
pub(super) fn errand(
    library: &Library,
    entry: &Entry,
    spot: Spot,
    (starter, lang): (&Starter, Lang),
) -> Result<Errand, DisplayLine> {
    let words = editor(variable).map_err(|name| unclosed(name, lang))?;
    let (program, fixed) = words.split_first().map_or(("less", &[][..]), |(a, b)| (a, b));
    let page = library.page(entry, spot.key.article as usize);
    let (document, first) = page.map_err(|problem| match problem {
        Some(problem) => DisplayLine::new(&problem.kind.message(lang)),
        None => lang.of("这篇文章不在了", "the article is gone").into(),
    })?;
    let place = match spot.at {
        SpotAt::Line(line) => Place::Line(line),
        SpotAt::Offset(offset) => {
            let at = (spot.key.article as usize).saturating_sub(first);
            let article = document.page.articles.get(at);
            Place::Byte(article.and_then(|article| article.source_offset(offset)).unwrap_or(0))
        }
    };
    let own = entry.file_path().filter(|path| is_as_it_is(path, &document));
    let (file, line, copy) = if let Some(path) = own {
        let line = match place {
            Place::Line(line) => line,
            Place::Byte(byte) => document.line_at(byte),
        };
        (path.to_owned(), line, None)
    } else {
        let copy = starter.copy("text.txt", &document.page.text).map_err(DisplayLine::of)?;
        let line = match place {
            Place::Line(line) => line,
            Place::Byte(byte) => document.page.line_of(byte),
        };
        (copy.path().to_owned(), line, Some(copy))
    };
    let command = on_terminal(program, fixed, arguments(program, &file, line));
    let name = DisplayLine::new(&file_name(program.as_ref()));
    let own = copy.is_none().then_some((spot.key.source, file));
    Ok(Errand::editor(command, name, own, copy))
}

/// A place of a page.
#[derive(Clone, Copy)]
enum Place {
    /// Of its text, in bytes.
    Byte(usize),
    /// From 1.
    Line(usize),
}

/// Whether a file shows in an editor what was read of it: a text in UTF-8 that is the page, or whose
/// lines are records.
fn is_as_it_is(path: &Path, document: &Document) -> bool {
    if document.member.is_some() {
        return false;
    }
    let Ok(bytes) = fs::read(path) else { return false };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match &document.record {
        Some(_) => std::str::from_utf8(bytes).is_ok(),
        None => bytes == document.page.text.as_bytes(),
    }
}

fn file_name(path: &OsStr) -> String {
    Path::new(path).file_name().unwrap_or(path).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_editor_is_told_the_line_as_it_takes_it() {
        for (program, file, expected) in [
            ("vim", "/a/b c.txt", &["+7", "/a/b c.txt"][..]),
            ("/usr/bin/vim.basic", "/a", &["+7", "/a"]),
            ("nano", "-x'.txt", &["+7", "./-x'.txt"]),
            ("less", "+x", &["+7", "./+x"]),
            ("emacsclient", "/a", &["+7", "/a"]),
            ("code", "/a", &["--goto", "/a:7"]),
            ("hx", "b", &["./b:7"]),
            ("my-editor", "/a", &["/a"]),
        ] {
            let words = arguments(program, Path::new(file), 7);
            assert_eq!(words, expected.iter().map(OsString::from).collect::<Vec<_>>(), "{program}");
        }
    }

    #[test]
    fn the_editor_is_the_one_that_the_person_named() {
        let named = |set: &'static [(&str, &str)]| {
            editor(|name| set.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).into()))
        };
        let words = |words: &[&str]| Ok(words.iter().map(|&word| word.to_owned()).collect());
        assert_eq!(
            named(&[("VISUAL", "code --wait"), ("EDITOR", "vi")]),
            words(&["code", "--wait"])
        );
        assert_eq!(
            named(&[("VISUAL", " "), ("EDITOR", "'my editor' -x")]),
            words(&["my editor", "-x"])
        );
        assert_eq!(named(&[("PAGER", "less -R")]), words(&["less", "-R"]));
        assert_eq!(named(&[]), words(&["less"]));
        assert_eq!(named(&[("EDITOR", "vim \"")]), Err("EDITOR"));
        // A note is not written in what only shows texts.
        let wrote = |set: &'static [(&str, &str)]| {
            writer(|name| set.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).into()))
        };
        assert_eq!(wrote(&[("PAGER", "less"), ("EDITOR", "nano -w")]), words(&["nano", "-w"]));
        assert_eq!(wrote(&[("PAGER", "less")]), words(&["vi"]));
    }
}
