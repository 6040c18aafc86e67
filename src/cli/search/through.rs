//! Searching without an index: everything is read.

use std::{borrow::Cow, cmp::Reverse, io, ptr};

use super::{Printer, Result, exit, places};
use crate::{
    article::MarkTable,
    cli::{
        Exit,
        args::SearchArgs,
        decide,
        json::Trouble,
        output::Output,
        stream::{self, Item},
    },
    library::Library,
    query::{Field, MatchOptions, Matcher, Query},
    store::index::{ArticleFacts, SearchOrder},
    text::searchable::Searchable,
};

/// Searches by reading everything, and prints what was found.
pub(super) fn through(
    args: &SearchArgs,
    (query, marks): (&Query, &MarkTable),
    library: &Library,
    out: &mut Output,
) -> io::Result<Exit> {
    if args.freshness.is_some_and(|freshness| freshness > 0.0) {
        out.complain(out.lang.of(
            "zhaidu: 没有索引就没有得分，--freshness 不起作用",
            "zhaidu: without an index there are no scores, so --freshness does nothing",
        ));
    }
    let pinyin = decide::takes_pinyin(args, out.settings());
    let reader = Reader::new(library, (query, marks), MatchOptions { pinyin });
    let mut found = Vec::new();
    let stream = stream::each(library, None, out, &mut |_, item| {
        found.extend(reader.result(&item));
        Ok(())
    })?;
    // Their places say in which order sources are.
    let order = if args.form.of_sources() { SearchOrder::Archive } else { args.sort.into() };
    put_in_order(&mut found, order);
    let mut printer = Printer::new(args.form, found.len(), out);
    for result in &found {
        if printer.is_full() {
            break;
        }
        printer.take(result)?;
    }
    let is_whole = stream.problems.is_empty();
    let troubles: Vec<Trouble> = stream.problems.iter().map(Into::into).collect();
    let found = printer.end(&troubles)?;
    Ok(if is_whole { exit(found) } else { Exit::Failed })
}

/// Puts results in order, which come in that of the archive. No index tells their scores: the best are those that
/// have what was typed.
fn put_in_order(found: &mut [Result], order: SearchOrder) {
    match order {
        SearchOrder::Score => found.sort_by_key(|result| result.by_pinyin),
        SearchOrder::Newest => found.sort_by_key(|result| Reverse(result.facts.date)),
        SearchOrder::Archive => {}
    }
}

/// Looks for a query in articles as they are read.
struct Reader<'a> {
    library: &'a Library,
    marks: &'a MarkTable,
    /// Finds what has what was typed, as far as texts go.
    literal: Matcher,
    /// Finds that and what reads so, if that is wanted.
    wide: Matcher,
    asks_keywords: bool,
}

impl<'a> Reader<'a> {
    fn new(
        library: &'a Library,
        (query, marks): (&Query, &'a MarkTable),
        options: MatchOptions,
    ) -> Self {
        let literal = Matcher::literal_but_for(query, options, |_| false);
        let wide = Matcher::new(query, options);
        let asks_keywords = wide.terms().iter().any(|term| term.field == Field::Keyword);
        Self { library, marks, literal, wide, asks_keywords }
    }

    /// An article with its hits, if it matches.
    fn result(&self, item: &Item) -> Option<Result> {
        let Item { article, document, .. } = *item;
        let facts = ArticleFacts {
            member: document.member.clone(),
            nth: item.number.into(),
            ..ArticleFacts::of(article, item.line(), &document.facts_of(article))
        };
        let keywords: Vec<String> = if self.asks_keywords {
            let analysis = self.library.analyze(article);
            analysis.distinct_keywords().into_iter().map(|keyword| keyword.text.clone()).collect()
        } else {
            Vec::new()
        };
        let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
        let path = item.place.to_string_lossy();
        let known = (&facts, self.marks.of(article.id));
        let hits =
            |matcher: &Matcher, text: &Searchable| places(matcher, &path, known, text, &keywords);
        let searched = searched(item);
        let text = Searchable::of(&searched);
        // Most articles do not match, and are asked only once.
        let wide = hits(&self.wide, &text)?;
        let (matcher, all, by_pinyin) = match hits(&self.literal, &text) {
            Some(literal) => (&self.literal, literal, false),
            None => (&self.wide, wide, true),
        };
        let hits = match searched {
            Cow::Borrowed(_) => all,
            // What stands beside an article leads to it, and is no place in it.
            Cow::Owned(_) => hits(matcher, &Searchable::of(&article.text)).unwrap_or_default(),
        };
        let (place, article) = (item.place.to_owned(), article.clone());
        Some(Result { place, facts, article, score: 0.0, by_pinyin, hits })
    }
}

/// What is searched of an article, as an index has it: its text, and for the first one of a page what stands beside
/// its articles.
fn searched<'a>(item: &Item<'a>) -> Cow<'a, str> {
    let page = &item.document.page;
    let is_first = page.articles.first().is_some_and(|first| ptr::eq(first, item.article));
    let beside = if is_first { page.beside() } else { String::new() };
    let text: &str = &item.article.text;
    if beside.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\n{beside}")) }
}
