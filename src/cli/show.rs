//! `zhaidu show`: the text of articles.

use std::io;

use super::{
    Exit,
    args::{PickArgs, ShowArgs},
    decide,
    json::{Document, Shown},
    output::Output,
    stream::{self, Item},
};
use crate::{
    article::Role,
    library::Library,
    text::{
        display::{DisplayLine, display},
        wrap::{Measure, wrap},
    },
};

pub(super) fn run(args: &ShowArgs, out: &mut Output) -> io::Result<Exit> {
    if args.json {
        let mut document = Document::default();
        let stream = stream::articles(&args.open, Some(args.pick), out, &mut |out, item| {
            document.article(out, &Shown::new(&item))
        })?;
        document.end(out, &stream.problems)?;
        return Ok(stream.exit(out));
    }
    out.widths = decide::printed(args.cells.ambiguous, out);
    let width =
        args.width.map(usize::from).or(out.columns.map(|columns| columns.min(measure(out))));
    texts(&stream::library(&args.open, out), Some(args.pick), width, out)
}

/// Prints the texts of an archive set to the width of the terminal, or to the measure of the
/// interface: what is left to do where the interface cannot run.
pub(super) fn plainly(library: &Library, out: &mut Output) -> io::Result<Exit> {
    let width = out.columns.unwrap_or(usize::MAX).min(measure(out));
    texts(library, None, Some(width), out)
}

/// Widest measure on a terminal, as in the interface.
fn measure(out: &Output) -> usize {
    out.settings().measure.into()
}

fn texts(
    library: &Library,
    pick: Option<PickArgs>,
    width: Option<usize>,
    out: &mut Output,
) -> io::Result<Exit> {
    let mut first = true;
    let stream = stream::each(library, pick, out, &mut |out, item| {
        if !first {
            out.line("")?;
        }
        first = false;
        print(out, &item, width)
    })?;
    Ok(stream.exit(out))
}

/// Prints an article: a line per part, or set to a measure.
fn print(out: &mut Output, item: &Item, width: Option<usize>) -> io::Result<()> {
    out.line(&display!("[{}:{}]", item.path, item.line()))?;
    for part in &item.article.parts {
        let shown = DisplayLine::new(part.range.of(&item.article.text));
        let Some(width) = width else {
            out.line(&shown)?;
            continue;
        };
        let indent = if part.role == Role::Paragraph { 4 } else { 0 };
        for row in wrap(shown.as_str(), Measure { width, indent, hang: 0, widths: out.widths }) {
            let text = shown.shown().slice(row.range).trim_end();
            out.line(&display!("{:indent$}{text}", "", indent = row.indent))?;
        }
    }
    Ok(())
}
