//! Going through an archive article by article, complaining about what cannot be read.

use std::{
    ffi::{OsStr, OsString},
    fs,
    io::{self, IsTerminal},
    ops::ControlFlow,
    os::unix::fs::FileTypeExt,
    path::PathBuf,
};

use super::{
    Exit,
    args::{OpenArgs, PickArgs},
    output::Output,
};
pub(super) use crate::library::Item;
use crate::{
    config,
    error::Problem,
    library::{Document, Found, Input, Library, displayed, displayed_problem},
    source::Entry,
    store::overrides::Overrides,
    text::display::{DisplayLine, display},
};

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// Articles that were handled.
    pub articles: usize,
    /// Things passed over on purpose.
    pub skipped: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Stream {
    /// The exit code that follows. Says so when nothing was found, because an empty output alone
    /// leaves open whether anything was looked at.
    pub(super) fn exit(&self, out: &mut Output) -> Exit {
        if !self.problems.is_empty() {
            return Exit::Failed;
        }
        if self.articles > 0 {
            return Exit::Fine;
        }
        let found = out.lang.of("没有找到文章", "no article found");
        let passed_over = out.lang.of("略过的文件数：", "files passed over: ");
        out.complain(&match self.skipped {
            0 => display!("zhaidu: {found}"),
            skipped => display!("zhaidu: {found} ({passed_over}{skipped})"),
        });
        Exit::Nothing
    }
}

/// The archive that a command works on: what was named, else what is piped in, else the current
/// folder.
pub(super) fn library(open: &OpenArgs, out: &mut Output) -> Library {
    let paths = if open.paths.is_empty() {
        vec![PathBuf::from(if is_piped() { "-" } else { "." })]
    } else {
        open.paths.clone()
    };
    Library::new(Input::Paths(paths), open.settings()).with_overrides(overrides(open, out))
}

/// What the person decided about pages, unless that is to be ignored.
pub(super) fn overrides(open: &OpenArgs, out: &mut Output) -> Overrides {
    if open.no_overrides { Overrides::default() } else { kept_overrides(out) }
}

/// What the person decided about pages. What cannot be read of it is told, and ignored.
pub(super) fn kept_overrides(out: &mut Output) -> Overrides {
    let (overrides, error) = Overrides::load(config::overrides_file());
    if let Some(error) = error {
        let what =
            out.lang.of("读不了你对版面的决定", "what you decided about pages cannot be read");
        out.complain(&display!("zhaidu: {what}: {}", error.message(out.lang)));
    }
    overrides
}

/// Whether standard input is a pipe or a file: not a terminal, and not `/dev/null`.
pub(super) fn is_piped() -> bool {
    if io::stdin().is_terminal() {
        return false;
    }
    let kind = fs::metadata("/dev/stdin").map(|meta| meta.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_file() || kind.is_socket())
}

/// Hands every article of the archive to `handle`, in order. Problems go to standard error as they
/// are met and do not stop the rest; an error of `handle` does.
pub(super) fn articles(
    open: &OpenArgs,
    pick: Option<PickArgs>,
    out: &mut Output,
    handle: &mut dyn FnMut(&mut Output, Item) -> io::Result<()>,
) -> io::Result<Stream> {
    each(&library(open, out), pick, out, handle)
}

/// As [`articles`], over an archive that is open already.
pub(super) fn each(
    library: &Library,
    pick: Option<PickArgs>,
    out: &mut Output,
    handle: &mut dyn FnMut(&mut Output, Item) -> io::Result<()>,
) -> io::Result<Stream> {
    let wanted = pick.and_then(|pick| pick.article);
    documents(library, out, &mut |out, sheet| {
        let mut handled = 0;
        for (number, article) in (sheet.first..).zip(&sheet.document.page.articles) {
            if wanted.is_none_or(|wanted| wanted == number) {
                let Sheet { place, path, document, .. } = sheet;
                handle(out, Item { place, path, number, document, article })?;
                handled += 1;
            }
        }
        Ok(handled)
    })
}

/// One text of a source on its way through a command.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    /// Path of the source as it was named or found.
    pub place: &'a OsStr,
    /// The same, safe to show.
    pub path: &'a DisplayLine,
    /// Number of its first article on the source, from 1.
    pub first: u32,
    /// The text.
    pub document: &'a Document,
}

/// Handles one text and says how many of its articles it handled.
type Handle<'a> = dyn FnMut(&mut Output, Sheet) -> io::Result<usize> + 'a;

/// Hands every text of an archive to `handle`, in order.
pub(super) fn documents(
    library: &Library,
    out: &mut Output,
    handle: &mut Handle,
) -> io::Result<Stream> {
    let mut walk = Walk { library, out, handle, stream: Stream::default(), failed: None };
    let _ = library.walk(&mut |found| walk.take(found));
    match walk.failed {
        Some(error) => Err(error),
        None => Ok(walk.stream),
    }
}

/// A file, or a member of an archive file.
struct Source {
    member: Option<String>,
    place: OsString,
    path: DisplayLine,
    first: u32,
}

impl Source {
    fn new(entry: &Entry, document: &Document) -> Self {
        let place = document.place(entry).into_owned();
        let (path, member) = (displayed(&place), document.member.clone());
        Self { member, place, path, first: 1 }
    }
}

struct Walk<'a> {
    library: &'a Library,
    out: &'a mut Output,
    handle: &'a mut Handle<'a>,
    stream: Stream,
    failed: Option<io::Error>,
}

impl Walk<'_> {
    fn take(&mut self, found: Found) -> ControlFlow<()> {
        match found {
            Found::Entry(entry) => self.read(&entry),
            Found::Skipped(_) => {
                self.stream.skipped += 1;
                ControlFlow::Continue(())
            }
            Found::Problem(problem) => self.complain(problem),
        }
    }

    fn read(&mut self, entry: &Entry) -> ControlFlow<()> {
        // Each member of an archive file is a source of its own, with its articles counted from 1.
        let mut source: Option<Source> = None;
        let library = self.library;
        library.read(entry, &mut |document| match document {
            Ok(document) => {
                let Source { place, path, first, .. } = match source.take() {
                    Some(same) if same.member == document.member => source.insert(same),
                    _ => source.insert(Source::new(entry, &document)),
                };
                let sheet = Sheet { place, path, first: *first, document: &document };
                let taken = self.hand_on(sheet);
                let count = u32::try_from(document.page.articles.len()).unwrap_or(u32::MAX);
                *first = first.saturating_add(count);
                taken
            }
            Err(problem) if library.is_passed_over(&problem) => {
                self.stream.skipped += 1;
                ControlFlow::Continue(())
            }
            Err(problem) => self.complain(problem),
        })
    }

    fn hand_on(&mut self, sheet: Sheet) -> ControlFlow<()> {
        match (self.handle)(self.out, sheet) {
            Ok(handled) => {
                self.stream.articles += handled;
                ControlFlow::Continue(())
            }
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn complain(&mut self, problem: Problem) -> ControlFlow<()> {
        let message = displayed_problem(&problem, self.out.lang);
        self.out.complain(&display!("zhaidu: {message}"));
        self.stream.problems.push(problem);
        ControlFlow::Continue(())
    }
}
