//! Searching without an index: everything is read.

use std::io;

use super::{Printer, Result, exit, places};
use crate::{
    article::MarkTable,
    cli::{Exit, args::SearchArgs, decide, output::Output, stream},
    library::Library,
    query::{Field, MatchOptions, Matcher, Query},
    store::index::ArticleFacts,
    text::searchable::Searchable,
};

/// Searches by reading everything, in the order of the archive.
pub(super) fn through(
    args: &SearchArgs,
    (query, marks): (&Query, &MarkTable),
    library: &Library,
    out: &mut Output,
) -> io::Result<Exit> {
    let pinyin = decide::takes_pinyin(args, out.settings());
    let matcher = Matcher::new(query, MatchOptions { pinyin });
    let asks_keywords = matcher.terms().iter().any(|term| term.field == Field::Keyword);
    let mut found = Vec::new();
    let stream = stream::each(library, None, out, &mut |_, item| {
        let facts = ArticleFacts {
            member: item.document.member.clone(),
            nth: item.number.into(),
            ..ArticleFacts::of(item.article, item.line(), &item.document.facts_of(item.article))
        };
        let keywords: Vec<String> = if asks_keywords {
            let analysis = library.analyze(item.article);
            analysis.distinct_keywords().into_iter().map(|keyword| keyword.text.clone()).collect()
        } else {
            Vec::new()
        };
        let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
        let path = item.place.to_string_lossy();
        let known = (&facts, marks.of(item.article.id));
        let text = Searchable::of(&item.article.text);
        if let Some(hits) = places(&matcher, &path, known, &text, &keywords) {
            let (place, article) = (item.place.to_owned(), item.article.clone());
            found.push(Result { place, facts, article, score: 0.0, by_pinyin: false, hits });
        }
        Ok(())
    })?;
    let mut printer = Printer::new(args.form, found.len(), out);
    for result in &found {
        if printer.is_full() {
            break;
        }
        printer.take(result)?;
    }
    let is_whole = stream.problems.is_empty();
    let found = printer.end(stream.problems.iter().map(Into::into).collect())?;
    Ok(if is_whole { exit(found) } else { Exit::Failed })
}
