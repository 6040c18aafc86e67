//! `zhaidu list`: the articles of an archive.

use std::io;

use super::{
    Exit,
    args::ListArgs,
    json::{Document, Listed},
    output::Output,
    stream::{self, Item},
};
use crate::{
    library::Library,
    text::{sanitize::display_line, width::Widths},
};

pub(super) fn run(args: &ListArgs, out: &mut Output) -> io::Result<Exit> {
    let library = stream::library(&args.open);
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
    let stream = stream::each(library, None, out, &mut |out, item| {
        let text = match out.columns {
            Some(columns) => row(&item, columns, out.widths),
            None => tsv(&item),
        };
        out.line(&text)
    })?;
    Ok(stream.exit(out))
}

fn tsv(item: &Item) -> String {
    let fields = [
        item.path.to_owned(),
        item.number.to_string(),
        item.line().to_string(),
        item.article.char_count().to_string(),
        display_line(&item.article.authors.join(" ")),
        display_line(&item.article.headline()),
    ];
    fields.join("\t")
}

/// Place and headline in a line of the terminal; the headline gets at least half of it.
fn row(item: &Item, columns: usize, widths: Widths) -> String {
    let place = format!("{}:{}", item.path, item.line());
    let place = widths.fit(&place, (columns / 2).max(widths.cells(&place).min(24)));
    let room = columns.saturating_sub(widths.cells(&place) + 2);
    format!("{place}  {}", widths.fit(&display_line(&item.article.headline()), room))
}
