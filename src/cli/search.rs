//! `zhaidu search`: the articles that match a query.

mod printer;
mod through;

use std::{
    borrow::Cow,
    ffi::{OsStr, OsString},
    io,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
};

pub(super) use self::printer::Printer;
use self::through::through;
use super::{
    Exit,
    args::{FoundArgs, SearchArgs},
    decide, index,
    json::Trouble,
    lexicon, marks,
    output::Output,
    stream,
};
use crate::{
    article::{Article, MarkTable, Marks},
    library::{Library, index::IndexPlace},
    query::{Fact, Found, MatchOptions, Matcher, Place, Query, Subject},
    source::place_of,
    store::index::{ArticleFacts, Index, IndexError, SearchHit, SearchOptions, SearchOrder},
    text::{
        display::{DisplayLine, display},
        range::TextRange,
        searchable::Searchable,
    },
};

/// An article that matches, with its hits.
pub(super) struct Result {
    /// Where it stands.
    pub(super) place: OsString,
    /// What lists tell of it.
    pub(super) facts: ArticleFacts,
    pub(super) article: Article,
    /// How well it matches; 0 where that is not reckoned.
    pub(super) score: f32,
    pub(super) by_pinyin: bool,
    /// Places in the text.
    pub(super) hits: Vec<TextRange>,
}

pub(super) fn run(args: &SearchArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous, out);
    let query = match Query::parse(&args.query) {
        Ok(query) => query,
        Err(error) => {
            complain(&args.query, error.range, &error.message(out.lang), out);
            return Ok(Exit::Failed);
        }
    };
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let library = stream::library(&args.open, out).with_lexicon(lexicon);
    let place = if decide::is_indexed(args.cache, out.settings()) {
        index::quiet_place(&library)
    } else {
        None
    };
    let (marks, is_whole) = marks::table(&query, out);
    let of_index = match place {
        None => None,
        Some(place) => match index::asked(&place, out, |out| {
            indexed(args, (&query, &marks), &library, &place, out)
        }) {
            Ok(exit) => exit?,
            Err(error) if error.keeps_out() => {
                index::failed(&error, out);
                None
            }
            Err(error) => Some(index::failed(&error, out)),
        },
    };
    let exit = match of_index {
        Some(exit) => exit,
        None => through(args, (&query, &marks), &library, out)?,
    };
    Ok(if is_whole || matches!(exit, Exit::Signal(_)) { exit } else { Exit::Failed })
}

/// Says what is wrong with a query, with a line below the place.
pub(super) fn complain(query: &str, range: TextRange, message: &str, out: &mut Output) {
    let shown = DisplayLine::new(query);
    let before = DisplayLine::new(query.get(..range.start).unwrap_or_default());
    let place = DisplayLine::new(range.of(query));
    let (indent, marked) =
        (out.widths.cells(before.as_str()), out.widths.cells(place.as_str()).max(1));
    out.complain(&display!("zhaidu: {}", DisplayLine::new(message)));
    out.complain(&display!("  {shown}"));
    out.complain(&display!("  {}{}", " ".repeat(indent), "^".repeat(marked)));
}

/// Searches the index, once it is up to date; `None` while another process begins it.
fn indexed(
    args: &SearchArgs,
    (query, marks): (&Query, &MarkTable),
    library: &Library,
    place: &IndexPlace,
    out: &mut Output,
) -> std::result::Result<io::Result<Option<Exit>>, IndexError> {
    let order = match args.form {
        // Their places say in which order they are.
        FoundArgs { files_with_matches: true, .. } => SearchOrder::Score,
        FoundArgs { count: true, .. } => SearchOrder::Archive,
        _ => args.sort.into(),
    };
    let pinyin = decide::takes_pinyin(args, out.settings());
    let freshness = args.freshness.unwrap_or(out.settings().freshness);
    let options = SearchOptions { pinyin, order, freshness };
    let search = |is_over: &AtomicBool| searched(place, (query, options), marks, is_over);
    // While it is looked whether files have changed, another thread searches: mostly nothing has.
    let is_over = AtomicBool::new(false);
    let (update, early) = thread::scope(|scope| {
        let early = scope.spawn(|| search(&is_over));
        let update = index::brought_up_to_date(library, place, out);
        is_over.store(!update.as_ref().is_ok_and(index::Update::is_same), Relaxed);
        (update, early.join().ok().and_then(std::result::Result::ok).flatten())
    });
    let update = update?;
    if let index::Update::Stopped(signal) = update {
        return Ok(Ok(Some(Exit::Signal(signal))));
    }
    let mut found = early.filter(|_| update.is_same());
    // Another process may have written to it before this one looked, and this one what it has analysed.
    if let Some((index, _)) = &mut found
        && index.refresh()?
    {
        found = None;
    }
    let found = if found.is_some() { found } else { search(&AtomicBool::new(false))? };
    let Some((mut index, hits)) = found else { return Ok(Ok(None)) };
    if matches!(update, index::Update::Busy) && !index::answers_while_busy(&index, out)? {
        return Ok(Ok(None));
    }
    let mut troubles: Vec<Trouble> = update.problems().iter().map(Into::into).collect();
    troubles.extend(index::report_failures(&index, out)?.iter().map(Trouble::from));
    let failed = !troubles.is_empty();
    let printed = if args.form.files_with_matches {
        sources(args.form, &hits, (&index, place), out)?
    } else {
        articles(args.form, (query, &hits), (&mut index, place), &troubles, out)?
    };
    Ok(printed.map(|found| Some(if failed { Exit::Failed } else { exit(found) })))
}

/// What the index has for a query, if it is there.
fn searched(
    place: &IndexPlace,
    (query, options): (&Query, SearchOptions),
    marks: &MarkTable,
    is_over: &AtomicBool,
) -> std::result::Result<Option<(Index, Vec<SearchHit>)>, IndexError> {
    let Some(mut index) = place.open()? else { return Ok(None) };
    index.know_marks(marks.clone());
    let found = index.search(query, options, is_over)?.unwrap_or_default();
    Ok(Some((index, found.hits)))
}

/// Prints the sources that hits are in; how many hits there are.
fn sources(
    form: FoundArgs,
    hits: &[SearchHit],
    (index, place): (&Index, &IndexPlace),
    out: &mut Output,
) -> std::result::Result<io::Result<usize>, IndexError> {
    let mut printer = Printer::new(form, hits.len(), out);
    let articles = hits.iter().map(|hit| hit.article).collect();
    let mut printed = Ok(());
    index.places(&articles, &mut |source, member| {
        if let Some(entry) = place.entry(source).filter(|_| printed.is_ok()) {
            printed = printer.source(&place_of(entry.place(), member));
        }
    })?;
    Ok(printed.and_then(|()| printer.end(&[])))
}

/// Prints articles with their hits; how many there are.
fn articles(
    form: FoundArgs,
    (query, hits): (&Query, &[SearchHit]),
    (index, place): (&mut Index, &IndexPlace),
    troubles: &[Trouble],
    out: &mut Output,
) -> std::result::Result<io::Result<usize>, IndexError> {
    let matchers = [false, true].map(|pinyin| Matcher::new(query, MatchOptions { pinyin }));
    let mut printer = Printer::new(form, hits.len(), out);
    for hit in hits {
        if printer.is_full() {
            break;
        }
        let [literal, pinyin] = &matchers;
        let matcher = if hit.by_pinyin { pinyin } else { literal };
        let Some(result) = result(hit, matcher, index, place)? else { continue };
        if let Err(error) = printer.take(&result) {
            return Ok(Err(error));
        }
    }
    Ok(printer.end(troubles))
}

fn exit(found: usize) -> Exit {
    if found > 0 { Exit::Fine } else { Exit::Nothing }
}

/// A hit with all that is printed of it; `None` when it is gone.
pub(super) fn result(
    hit: &SearchHit,
    matcher: &Matcher,
    index: &mut Index,
    place: &IndexPlace,
) -> std::result::Result<Option<Result>, IndexError> {
    let (Some(row), Some(article)) = (index.row(hit.article)?, index.article(hit.text)?) else {
        return Ok(None);
    };
    let Some(entry) = place.entry(&row.source) else { return Ok(None) };
    let place = place_of(entry.place(), row.facts.member.as_deref()).into_owned();
    let digest = index.digest(hit.text)?.unwrap_or_default();
    let keywords: Vec<&str> = digest.keywords.iter().map(|keyword| &*keyword.text).collect();
    let path = place.to_string_lossy();
    let marks = index.marks().of(article.id);
    let text = Searchable::of(&article.text);
    let hits = places(matcher, &path, (&row.facts, marks), &text, &keywords);
    let hits = hits.unwrap_or_default();
    let SearchHit { score, by_pinyin, .. } = *hit;
    Ok(Some(Result { place, facts: row.facts, article, score, by_pinyin, hits }))
}

/// Where in its text an article matches; `None` if it does not.
fn places(
    matcher: &Matcher,
    path: &str,
    (facts, marks): (&ArticleFacts, &Marks),
    text: &Searchable,
    keywords: &[&str],
) -> Option<Vec<TextRange>> {
    let subject = Subject {
        path,
        title: Fact::Known(&facts.title),
        byline: Fact::Known(&facts.byline),
        date: Fact::Known(facts.date),
        keywords: Fact::Known(keywords),
        text: Fact::Known(text),
        marks: Fact::Known(marks),
    };
    let Found { hits, .. } = matcher.matches(&subject)?;
    let in_text = hits.into_iter().filter(|hit| hit.place == Place::Text);
    Some(in_text.map(|hit| hit.range).collect())
}

impl FoundArgs {
    /// Whether sources are asked for, not articles.
    fn of_sources(self) -> bool {
        self.files_with_matches || self.count
    }
}

impl Result {
    /// Where the article stands.
    pub(super) fn path(&self) -> Cow<'_, str> {
        OsStr::to_string_lossy(&self.place)
    }
}
