//! `zhaidu related`: the articles of an archive on the topic of another one.

use std::io;

use super::{
    Exit,
    args::{PickArgs, RelatedArgs},
    decide, index,
    json::Trouble,
    lexicon,
    output::Output,
    search::{Printer, result},
    stream,
};
use crate::{
    article::Article,
    library::{
        Input, Library, displayed,
        index::{IndexPlace, related},
    },
    query::{MatchOptions, Matcher},
    store::index::{Index, IndexError},
    text::display::display,
};

/// Articles that are printed when nothing else is asked for.
const NEAREST: u32 = 10;

pub(super) fn run(args: &RelatedArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous, out);
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let library = stream::library(&args.open, out).with_lexicon(lexicon);
    let Some(article) = article(args, out)? else { return Ok(Exit::Failed) };
    let Some(place) = index::place(&library, out) else { return Ok(Exit::Failed) };
    match index::asked(&place, out, |out| nearest(args, &article, &library, &place, out)) {
        Ok(exit) => exit,
        Err(error) => Ok(index::failed(&error, out)),
    }
}

/// The article that others are to be near to.
fn article(args: &RelatedArgs, out: &mut Output) -> io::Result<Option<Article>> {
    let input = Input::Paths(vec![args.file.clone()]);
    let overrides = stream::overrides(&args.open, out);
    let library = Library::new(input, args.open.settings(out.settings())).with_overrides(overrides);
    let number = args.pick.article.unwrap_or(1);
    let mut found = None;
    let pick = PickArgs { article: Some(number) };
    let stream = stream::each(&library, Some(pick), out, &mut |_, item| {
        found.get_or_insert_with(|| item.article.clone());
        Ok(())
    })?;
    if found.is_none() && stream.problems.is_empty() {
        let file = displayed(args.file.as_os_str());
        let none = out.lang.of("没有这一篇", "there is no such article");
        out.complain(&display!("zhaidu: {file}: {none}: {number}"));
    }
    Ok(found)
}

fn nearest(
    args: &RelatedArgs,
    article: &Article,
    library: &Library,
    place: &IndexPlace,
    out: &mut Output,
) -> Result<io::Result<Exit>, IndexError> {
    let update = index::brought_up_to_date(library, place, out)?;
    if let index::Update::Stopped(signal) = update {
        return Ok(Ok(Exit::Signal(signal)));
    }
    // Nothing but an index tells what is near, so one that another process has only begun is none.
    let Some(mut opened) = Index::open(&place.file)? else { return Err(IndexError::Busy) };
    if matches!(update, index::Update::Busy) && !index::answers_while_busy(&opened, out)? {
        return Err(IndexError::Busy);
    }
    let analysis = library.analyze(article);
    let keywords: Vec<(&str, f32)> = analysis
        .distinct_keywords()
        .into_iter()
        .map(|keyword| (keyword.text.as_str(), keyword.weight as f32))
        .collect();
    let reprints = opened.reprints()?;
    let count = args.form.limit.unwrap_or(NEAREST) as usize;
    let near = related(&mut opened, (article.id, &keywords), &reprints, count)?;
    let matcher = Matcher::new(&near.query, MatchOptions { pinyin: false });
    let mut printer = Printer::new(args.form, near.hits.len(), out);
    for hit in &near.hits {
        let Some(result) = result(hit, &matcher, &mut opened, place)? else { continue };
        if let Err(error) = printer.take(&result) {
            return Ok(Err(error));
        }
    }
    let troubles: Vec<Trouble> = update.problems().iter().map(Into::into).collect();
    let end = printer.end(&troubles);
    Ok(end.map(|found| if found > 0 { Exit::Fine } else { Exit::Nothing }))
}
