//! `zhaidu keywords`: the keywords of each article.

use std::io;

use super::{
    Exit,
    args::KeywordsArgs,
    json::{Document, Keywords},
    output::Output,
    stream::{self, Item},
};
use crate::{analysis::Analysis, library::Library, text::display::display};

pub(super) fn run(args: &KeywordsArgs, out: &mut Output) -> io::Result<Exit> {
    let mut document = args.json.then(Document::default);
    let mut first = true;
    let stream = stream::articles(&args.open, Some(args.pick), out, &mut |out, item| {
        let analysis = Library::analyze(item.article);
        if let Some(document) = &mut document {
            return document.article(out, &Keywords::new(&item, &analysis, args.count));
        }
        if !first {
            out.line("")?;
        }
        first = false;
        print(out, &item, &analysis, args.count)
    })?;
    if let Some(document) = document {
        document.end(out, &stream.problems)?;
    }
    Ok(stream.exit(out))
}

fn print(out: &mut Output, item: &Item, analysis: &Analysis, count: usize) -> io::Result<()> {
    out.line(&display!("{}  [{}:{}]", item.article.headline(), item.path, item.line()))?;
    for keyword in analysis.keywords.iter().take(count) {
        let (weight, places) = (keyword.weight, keyword.places.len());
        out.line(&display!("{weight:>6.2} {places:>4}  {}", keyword.text))?;
    }
    Ok(())
}
