//! `zhaidu list`: the articles of an archive.

use std::{cell::OnceCell, io};

use super::{
    Exit,
    args::ListArgs,
    decide,
    json::{Document, Listed},
    lexicon, marks,
    only::Only,
    output::Output,
    stream::{self, Item},
};
use crate::{
    article::{
        MarkTable, Standing,
        facts::Facts,
        order::{GroupBy, Order, SortBy, SortKey},
    },
    lang::Lang,
    library::Library,
    text::{
        display::{DisplayLine, display},
        width::Widths,
    },
};

pub(super) fn run(args: &ListArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous, out);
    let mut library = stream::library(&args.open, out);
    let only = if args.only.is_any() {
        let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
        library = library.with_lexicon(lexicon);
        let Some(only) = Only::new(&args.only, out) else { return Ok(Exit::Failed) };
        Some(only)
    } else {
        None
    };
    let order = args.order.order();
    let (marks, is_whole) = match order.by {
        SortBy::Marks => marks::everything(out),
        _ => (MarkTable::default(), true),
    };
    let is_whole = is_whole && only.as_ref().is_none_or(|only| only.is_whole);
    let wanted = Wanted { order, marks, only };
    let exit = listed(args, &wanted, &library, out)?;
    Ok(if is_whole { exit } else { Exit::Failed })
}

/// What is listed, and how it is sorted.
#[derive(Default)]
struct Wanted {
    order: Order,
    /// What the person keeps, if that is sorted by.
    marks: MarkTable,
    /// Which articles; all if nothing is asked for.
    only: Option<Only>,
}

impl Wanted {
    /// Hands on the articles that are listed.
    fn each(
        &self,
        library: &Library,
        out: &mut Output,
        handle: &mut dyn FnMut(&mut Output, Item) -> io::Result<()>,
    ) -> io::Result<stream::Stream> {
        let Some(only) = &self.only else { return stream::each(library, None, out, handle) };
        let mut left_out = 0;
        let stream = stream::each(library, None, out, &mut |out, item| {
            // Only a query about keywords needs an analysis.
            let analysis = OnceCell::new();
            if only.has(&item, &|| analysis.get_or_init(|| library.analyze(item.article))) {
                return handle(out, item);
            }
            left_out += 1;
            Ok(())
        })?;
        Ok(stream::Stream { articles: stream.articles - left_out, ..stream })
    }
}

fn listed(
    args: &ListArgs,
    wanted: &Wanted,
    library: &Library,
    out: &mut Output,
) -> io::Result<Exit> {
    if args.json {
        let mut document = Document::default();
        let make = |_: &Output, item: &Item| Listed::new(item);
        let stream = in_order(library, wanted, out, &make, &mut |out, listed: &Listed, _| {
            document.article(out, listed)
        })?;
        document.end(out, &stream.problems)?;
        return Ok(stream.exit(out));
    }
    print_in(wanted, library, out)
}

/// Prints the list: in columns on a terminal, as TSV (path, article, line, characters, authors,
/// headline, date, newspaper, page) elsewhere.
pub(super) fn print(library: &Library, out: &mut Output) -> io::Result<Exit> {
    print_in(&Wanted::default(), library, out)
}

fn print_in(wanted: &Wanted, library: &Library, out: &mut Output) -> io::Result<Exit> {
    let make = |out: &Output, item: &Item| match out.columns {
        Some(columns) => vec![row(item, columns, out.widths)],
        None => fields(item).to_vec(),
    };
    let stream = in_order(library, wanted, out, &make, &mut |out, fields: &Vec<_>, heading| {
        if let Some(heading) = heading.filter(|_| out.columns.is_some()) {
            out.line(&DisplayLine::new(&heading))?;
        }
        out.row(fields)
    })?;
    Ok(stream.exit(out))
}

/// Takes what was made of an article, and the heading of its group where one begins.
type Handle<'a, T> = dyn FnMut(&mut Output, &T, Option<String>) -> io::Result<()> + 'a;

/// Hands on what `make` makes of each article, and the heading of its group where one begins. In
/// the order of the archive that is done as articles come; any other order has to wait for the last.
fn in_order<T>(
    library: &Library,
    wanted: &Wanted,
    out: &mut Output,
    make: &dyn Fn(&Output, &Item) -> T,
    handle: &mut Handle<'_, T>,
) -> io::Result<stream::Stream> {
    let order = wanted.order;
    if order.is_natural() {
        return wanted.each(library, out, &mut |out, item| {
            let made = make(out, &item);
            handle(out, &made, None)
        });
    }
    let mut all: Vec<(Sorted, T)> = Vec::new();
    let stream = wanted.each(library, out, &mut |out, item| {
        let standing = wanted.marks.of(item.article.id).standing();
        all.push((Sorted::new(&item, standing, all.len()), make(out, &item)));
        Ok(())
    })?;
    all.sort_by(|(a, _), (b, _)| order.compare(&a.key(), &b.key()));
    let mut above: Option<&Sorted> = None;
    for (sorted, made) in &all {
        let (group, key) = (order.group, sorted.key());
        let begins = above.is_none_or(|above| !group.joins(&above.key(), &key));
        let grouped = group != GroupBy::None && begins;
        let heading = grouped.then(|| heading(group.of(&key), out.lang));
        handle(out, made, heading)?;
        above = Some(sorted);
    }
    Ok(stream)
}

fn heading(group: Option<String>, lang: Lang) -> String {
    format!("== {}", group.unwrap_or_else(|| lang.of("未知", "unknown").to_owned()))
}

/// What an article is sorted by.
struct Sorted {
    facts: Facts,
    title: String,
    author: String,
    chars: usize,
    standing: Standing,
    place: usize,
}

impl Sorted {
    fn new(item: &Item, standing: Standing, place: usize) -> Self {
        Self {
            facts: item.document.facts_of(item.article),
            title: item.article.headline(),
            author: item.article.authors.join(" "),
            chars: item.article.char_count(),
            standing,
            place,
        }
    }

    fn key(&self) -> SortKey<'_, usize> {
        SortKey {
            date: self.facts.date(),
            page: self.facts.page(),
            paper: self.facts.paper().unwrap_or_default(),
            title: &self.title,
            author: &self.author,
            chars: Some(self.chars),
            standing: self.standing,
            score: None,
            place: self.place,
        }
    }
}

fn fields(item: &Item) -> [DisplayLine; 9] {
    let facts = item.document.facts_of(item.article);
    [
        item.path.clone(),
        DisplayLine::of(item.number),
        DisplayLine::of(item.line()),
        DisplayLine::of(item.article.char_count()),
        DisplayLine::new(&item.article.authors.join(" ")),
        DisplayLine::new(&item.article.headline()),
        DisplayLine::new(&facts.date().map(|date| date.to_string()).unwrap_or_default()),
        DisplayLine::new(facts.paper().unwrap_or_default()),
        DisplayLine::new(&facts.page().map(|page| page.to_string()).unwrap_or_default()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_groups() {
        assert_eq!(heading(Some("2003-04-20".to_owned()), Lang::En), "== 2003-04-20");
        assert_eq!(heading(None, Lang::En), "== unknown");
        assert_eq!(heading(None, Lang::Zh), "== 未知");
    }
}
