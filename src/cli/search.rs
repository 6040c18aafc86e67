//! `zhaidu search`: the articles that match a query.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    io,
    sync::atomic::AtomicBool,
};

use super::{
    Exit,
    args::SearchArgs,
    decide, index,
    json::{Document, FoundArticle},
    lexicon,
    output::Output,
    stream,
};
use crate::{
    article::Article,
    lang::Lang,
    library::{Library, displayed, index::IndexPlace},
    query::{Fact, Found, Marks, MatchOptions, Matcher, Place, Query, Subject},
    source::{Entry, place_of},
    store::index::{ArticleRow, Index, IndexError, SearchHit, SearchOptions, SourceKey},
    text::{
        display::{DisplayLine, display},
        kwic::Kwic,
        range::TextRange,
        searchable::Searchable,
    },
};

/// Articles on a terminal when nothing else is asked for, and lines of each.
const SHOWN: usize = 50;
const LINES: usize = 3;
/// Share of the columns before a hit.
const BEFORE: usize = 3;

/// An article that matches, with its hits.
pub(super) struct Result {
    pub(super) row: ArticleRow,
    pub(super) entry: Entry,
    pub(super) article: Article,
    pub(super) score: f32,
    pub(super) by_pinyin: bool,
    /// Places in the text.
    pub(super) hits: Vec<TextRange>,
}

pub(super) fn run(args: &SearchArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous);
    let query = match Query::parse(&args.query) {
        Ok(query) => query,
        Err(error) => {
            complain(&args.query, error.range, &error.message(out.lang), out);
            return Ok(Exit::Failed);
        }
    };
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let library = stream::library(&args.open, out).with_lexicon(lexicon);
    let Some(place) = index::place(&library, out) else { return Ok(Exit::Failed) };
    match search(args, &query, &library, &place, out) {
        Ok(exit) => exit,
        Err(error) => Ok(index::failed(&error, out)),
    }
}

fn search(
    args: &SearchArgs,
    query: &Query,
    library: &Library,
    place: &IndexPlace,
    out: &mut Output,
) -> std::result::Result<io::Result<Exit>, IndexError> {
    let mut failed = false;
    match index::update(library, place, None, out) {
        Ok(outcome) => {
            failed = !outcome.problems.is_empty();
            index::report(&outcome, out);
            if outcome.cancelled {
                return Ok(Ok(Exit::Signal(signal_hook::consts::SIGINT)));
            }
        }
        // Somebody else brings it up to date: what is there already is searched.
        Err(IndexError::Busy) => {}
        Err(error) => return Err(error),
    }
    let Some(mut index) = Index::open(&place.file)? else { return Ok(Ok(Exit::Nothing)) };
    let options = SearchOptions {
        pinyin: !args.no_pinyin,
        order: args.sort.into(),
        freshness: args.freshness,
    };
    let results = index.search(query, options, &AtomicBool::new(false))?.unwrap_or_default();
    let total = results.hits.len();
    let usual = if out.columns.is_some() && !args.json { SHOWN } else { usize::MAX };
    let limit = args.limit.map_or(usual, |limit| limit as usize);
    let mut printer =
        Printer { args, query, place, index: &mut index, out, document: Document::default() };
    let printed = printer.print(&results.hits, limit);
    Ok(printed.map(|()| match (failed, total) {
        (true, _) => Exit::Failed,
        (false, 0) => Exit::Nothing,
        (false, _) => Exit::Fine,
    }))
}

/// Says what is wrong with a query, with a line below the place.
fn complain(query: &str, range: TextRange, message: &str, out: &mut Output) {
    let shown = DisplayLine::new(query);
    let before = DisplayLine::new(query.get(..range.start).unwrap_or_default());
    let place = DisplayLine::new(range.of(query));
    let (indent, marked) =
        (out.widths.cells(before.as_str()), out.widths.cells(place.as_str()).max(1));
    out.complain(&display!("zhaidu: {}", DisplayLine::new(message)));
    out.complain(&display!("  {shown}"));
    out.complain(&display!("  {}{}", " ".repeat(indent), "^".repeat(marked)));
}

struct Printer<'a> {
    args: &'a SearchArgs,
    query: &'a Query,
    place: &'a IndexPlace,
    index: &'a mut Index,
    out: &'a mut Output,
    document: Document,
}

impl Result {
    /// Where the article stands.
    pub(super) fn place(&self) -> Cow<'_, OsStr> {
        place_of(self.entry.place(), self.row.facts.member.as_deref())
    }
}

impl Printer<'_> {
    fn print(&mut self, hits: &[SearchHit], limit: usize) -> io::Result<()> {
        if self.args.files_with_matches || self.args.count {
            return self.sources(hits);
        }
        let matchers =
            [false, true].map(|pinyin| Matcher::new(self.query, MatchOptions { pinyin }));
        for (rank, hit) in hits.iter().take(limit).enumerate() {
            let [literal, pinyin] = &matchers;
            let matcher = if hit.by_pinyin { pinyin } else { literal };
            let Some(result) = self.result(hit, matcher) else { continue };
            if self.args.json {
                self.document.article(self.out, &FoundArticle::new(rank + 1, &result))?;
            } else if self.args.tsv || self.out.columns.is_none() {
                self.row(&result)?;
            } else {
                self.lines(&result)?;
            }
        }
        if self.args.json {
            return std::mem::take(&mut self.document).end(self.out, &[]);
        }
        if hits.len() > limit {
            let more = hits.len() - limit;
            let note = match self.out.lang {
                Lang::Zh => format!("另有 {more} 篇；用 -m N 显示更多"),
                Lang::En => format!("{more} more articles; -m N shows them"),
            };
            self.out.complain(&DisplayLine::new(&note));
        }
        Ok(())
    }

    fn result(&mut self, hit: &SearchHit, matcher: &Matcher) -> Option<Result> {
        let row = self.index.row(hit.article).ok()??;
        let entry = self.place.entry(&row.source)?;
        let article = self.index.article(hit.text).ok()??;
        let hits = places(matcher, &row, &article);
        Some(Result { row, entry, article, score: hit.score, by_pinyin: hit.by_pinyin, hits })
    }

    fn row(&mut self, result: &Result) -> io::Result<()> {
        let facts = &result.row.facts;
        let fields = [
            displayed(&result.place()),
            display!("{}", facts.nth),
            display!("{}", facts.line),
            display!("{}", result.hits.len()),
            display!("{:.3}", result.score),
            DisplayLine::new(&facts.date.map(|date| date.to_string()).unwrap_or_default()),
            DisplayLine::new(&facts.title),
        ];
        self.out.row(&fields)
    }

    /// The headline with its place, and the first hits below each other.
    fn lines(&mut self, result: &Result) -> io::Result<()> {
        let facts = &result.row.facts;
        let (columns, widths) = (self.out.columns.unwrap_or(80), self.out.widths);
        let count = result.hits.len();
        let pinyin = if result.by_pinyin { self.out.lang.of(" 拼音", " pinyin") } else { "" };
        let title = DisplayLine::new(&facts.title);
        let head =
            display!("{title}  [{}:{}] ×{count}{pinyin}", displayed(&result.place()), facts.line);
        self.out.line(&head.shown().fit(columns, widths))?;
        let before = columns / BEFORE;
        for range in result.hits.iter().take(LINES) {
            let line = Kwic::of(&result.article.text, *range, before - 2, widths);
            self.out.line(&line.line(before, columns, widths))?;
        }
        Ok(())
    }

    /// The sources that match, in the order of the archive, with the number of hits in each.
    fn sources(&mut self, hits: &[SearchHit]) -> io::Result<()> {
        let matcher = Matcher::new(self.query, MatchOptions { pinyin: !self.args.no_pinyin });
        let mut sources: BTreeMap<(SourceKey, Option<String>), (OsString, usize)> = BTreeMap::new();
        for hit in hits {
            let Ok(Some(row)) = self.index.row(hit.article) else { continue };
            let Some(entry) = self.place.entry(&row.source) else { continue };
            let place = place_of(entry.place(), row.facts.member.as_deref()).into_owned();
            let key = (row.source, row.facts.member);
            let (_, count) = sources.entry(key).or_insert((place, 0));
            if self.args.count {
                *count += self.result(hit, &matcher).map_or(1, |result| result.hits.len().max(1));
            }
        }
        for (place, count) in sources.into_values() {
            if self.args.count {
                self.out.row(&[displayed(&place), display!("{count}")])?;
            } else {
                self.out.line(&displayed(&place))?;
            }
        }
        Ok(())
    }
}

/// Where in its text an article matches.
fn places(matcher: &Matcher, row: &ArticleRow, article: &Article) -> Vec<TextRange> {
    let text = Searchable::of(&article.text);
    let subject = Subject {
        title: Fact::Known(&row.facts.title),
        byline: Fact::Known(&row.facts.byline),
        date: Fact::Known(row.facts.date),
        keywords: Fact::Known(&[]),
        text: Fact::Known(&text),
        marks: Fact::Known(Marks::default()),
        ..Subject::default()
    };
    let Found { hits, .. } = matcher.matches(&subject).unwrap_or_default();
    hits.into_iter().filter(|hit| hit.place == Place::Text).map(|hit| hit.range).collect()
}
