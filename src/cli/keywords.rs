//! `zhaidu keywords`: the keywords of each article.

use std::io;

use super::{
    Exit,
    args::KeywordsArgs,
    json::{Document, Keywords},
    lexicon,
    output::Output,
    stream::{self, Item},
};
use crate::{analysis::Analysis, text::display::display};

pub(super) fn run(args: &KeywordsArgs, out: &mut Output) -> io::Result<Exit> {
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let library = stream::library(&args.open, out).with_lexicon(lexicon);
    let mut document = args.json.then(Document::default);
    let mut first = true;
    let stream = stream::each(&library, Some(args.pick), out, &mut |out, item| {
        let analysis = library.analyze(item.article);
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
    for keyword in analysis.distinct_keywords().into_iter().take(count) {
        let (weight, places) = (keyword.weight, keyword.places.len());
        out.line(&display!("{weight:>6.2} {places:>4}  {}", keyword.text))?;
    }
    Ok(())
}
