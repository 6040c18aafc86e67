//! `zhaidu list`: the articles of an archive.

use std::io;

use super::{
    Exit,
    args::ListArgs,
    decide,
    json::{Document, Listed},
    output::Output,
    stream::{self, Item},
};
use crate::{
    library::Library,
    text::{
        display::{DisplayLine, display},
        width::Widths,
    },
};

pub(super) fn run(args: &ListArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous);
    let library = stream::library(&args.open, out);
    if args.json {
        let mut document = Document::default();
        let stream = stream::each(&library, None, out, &mut |out, item| {
            document.article(out, &Listed::new(&item))
        })?;
        document.end(out, &stream.problems)?;
        return Ok(stream.exit(out));
    }
    print(&library, out)
}

/// Prints the list: in columns on a terminal, as TSV (path, article, line, characters, authors,
/// headline) elsewhere.
pub(super) fn print(library: &Library, out: &mut Output) -> io::Result<Exit> {
    let stream = stream::each(library, None, out, &mut |out, item| match out.columns {
        Some(columns) => out.line(&row(&item, columns, out.widths)),
        None => out.row(&fields(&item)),
    })?;
    Ok(stream.exit(out))
}

fn fields(item: &Item) -> [DisplayLine; 6] {
    [
        item.path.clone(),
        DisplayLine::of(item.number),
        DisplayLine::of(item.line()),
        DisplayLine::of(item.article.char_count()),
        DisplayLine::new(&item.article.authors.join(" ")),
        DisplayLine::new(&item.article.headline()),
    ]
}

/// Place and headline in a line of the terminal; the headline gets at least half of it.
fn row(item: &Item, columns: usize, widths: Widths) -> DisplayLine {
    let place = display!("{}:{}", item.path, item.line());
    let cells = widths.cells(place.as_str());
    let place = place.shown().fit((columns / 2).max(cells.min(24)), widths);
    let room = columns.saturating_sub(widths.cells(place.as_str()) + 2);
    display!("{place}  {}", DisplayLine::new(&item.article.headline()).shown().fit(room, widths))
}
