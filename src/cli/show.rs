//! `zhaidu show`: the text of articles.

use std::io;

use super::{
    Exit,
    args::ShowArgs,
    output::Output,
    stream::{self, Item},
};
use crate::{
    article::Role,
    text::{
        display::{DisplayLine, display},
        wrap::{Measure, wrap},
    },
};

/// Widest measure on a terminal, as in the interface.
const MAX_MEASURE: usize = 76;

pub(super) fn run(args: &ShowArgs, out: &mut Output) -> io::Result<Exit> {
    let width = args.width.map(usize::from).or(out.columns.map(|columns| columns.min(MAX_MEASURE)));
    let mut first = true;
    let stream = stream::articles(&args.open, Some(args.pick), out, &mut |out, item| {
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
