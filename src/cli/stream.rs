//! Going through an archive article by article, complaining about what cannot be read.

use std::{io, ops::ControlFlow};

use super::{
    Exit,
    args::{OpenArgs, PickArgs},
    output::Output,
};
use crate::{
    article::Article,
    error::Problem,
    library::{Document, Found, Library, displayed, displayed_problem},
    source::Entry,
};

/// One article on its way through a command.
pub(super) struct Item<'a> {
    /// Path of the source, safe to show.
    pub path: &'a str,
    /// Number of the article on its source, from 1.
    pub number: u32,
    /// The text it stands in.
    pub document: &'a Document,
    /// The article.
    pub article: &'a Article,
}

impl Item<'_> {
    /// Line of the source at which the article begins, from 1.
    pub(super) fn line(&self) -> usize {
        self.document.line_of(self.article)
    }
}

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
    /// The exit code that follows.
    pub(super) fn exit(&self) -> Exit {
        match (self.problems.is_empty(), self.articles) {
            (false, _) => Exit::Failed,
            (true, 0) => Exit::Nothing,
            (true, _) => Exit::Fine,
        }
    }
}

/// Hands every article of the archive to `handle`, in order. Problems go to standard error as they
/// are met and do not stop the rest; an error of `handle` does.
pub(super) fn articles(
    open: &OpenArgs,
    pick: Option<PickArgs>,
    out: &mut Output,
    handle: &mut dyn FnMut(&mut Output, Item) -> io::Result<()>,
) -> io::Result<Stream> {
    let library = Library::new(open.input(), open.settings());
    each(&library, pick, out, handle)
}

/// As [`articles`], over an archive that is open already.
pub(super) fn each(
    library: &Library,
    pick: Option<PickArgs>,
    out: &mut Output,
    handle: &mut dyn FnMut(&mut Output, Item) -> io::Result<()>,
) -> io::Result<Stream> {
    let wanted = pick.and_then(|pick| pick.article);
    let mut walk = Walk { library, wanted, out, handle, stream: Stream::default(), failed: None };
    let _ = library.walk(&mut |found| walk.take(found));
    match walk.failed {
        Some(error) => Err(error),
        None => Ok(walk.stream),
    }
}

struct Walk<'a> {
    library: &'a Library,
    wanted: Option<u32>,
    out: &'a mut Output,
    handle: &'a mut dyn FnMut(&mut Output, Item) -> io::Result<()>,
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
        let path = displayed(entry.place());
        let mut number = 0;
        let library = self.library;
        library.read(entry, &mut |document| match document {
            Ok(document) => document.page.articles.iter().try_for_each(|article| {
                number += 1;
                self.hand_on(Item { path: &path, number, document: &document, article })
            }),
            Err(problem) if library.is_passed_over(&problem) => {
                self.stream.skipped += 1;
                ControlFlow::Continue(())
            }
            Err(problem) => self.complain(problem),
        })
    }

    fn hand_on(&mut self, item: Item) -> ControlFlow<()> {
        if self.wanted.is_some_and(|wanted| wanted != item.number) {
            return ControlFlow::Continue(());
        }
        self.stream.articles += 1;
        match (self.handle)(self.out, item) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn complain(&mut self, problem: Problem) -> ControlFlow<()> {
        let message = displayed_problem(&problem, self.out.lang);
        self.out.complain(&format!("zhaidu: {message}"));
        self.stream.problems.push(problem);
        ControlFlow::Continue(())
    }
}
