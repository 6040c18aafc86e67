//! How what was found is printed.

use std::{
    ffi::{OsStr, OsString},
    io,
};

use super::Result;
use crate::{
    cli::{
        args::FoundArgs,
        json::{Document, FoundArticle, Trouble},
        output::Output,
    },
    lang::Lang,
    library::displayed,
    text::{
        display::{DisplayLine, display},
        kwic::Kwic,
    },
};

/// Articles on a terminal when nothing else is asked for, and lines of each.
const SHOWN: usize = 50;
const LINES: usize = 3;
/// Share of the columns before a hit.
const BEFORE: usize = 3;

/// Prints results as they come.
pub(in crate::cli) struct Printer<'a> {
    form: FoundArgs,
    out: &'a mut Output,
    document: Document,
    /// How many there are, and how many of them are printed.
    total: usize,
    limit: usize,
    printed: usize,
    /// The source that is being counted.
    source: Option<(OsString, usize)>,
}

impl<'a> Printer<'a> {
    /// For so many results.
    pub(in crate::cli) fn new(form: FoundArgs, total: usize, out: &'a mut Output) -> Self {
        let for_people = out.columns.is_some() && !form.json && !form.tsv && !form.of_sources();
        let usual = if for_people { SHOWN } else { usize::MAX };
        let limit = form.limit.map_or(usual, |limit| limit as usize);
        let document = Document::default();
        Self { form, out, document, total, limit, printed: 0, source: None }
    }

    /// Whether no more are wanted.
    pub(in crate::cli) fn is_full(&self) -> bool {
        !self.form.of_sources() && self.printed >= self.limit
    }

    /// Prints one.
    pub(in crate::cli) fn take(&mut self, result: &Result) -> io::Result<()> {
        self.printed += 1;
        if self.form.of_sources() {
            self.count(&result.place, result.hits.len().max(1))
        } else if self.form.json {
            self.document.article(self.out, &FoundArticle::new(self.printed, result))
        } else if self.form.tsv || self.out.columns.is_none() {
            self.row(result)
        } else {
            self.lines(result)
        }
    }

    /// Prints what is left, for programs with what could not be read, and says how many were found.
    pub(in crate::cli) fn end(mut self, troubles: &[Trouble]) -> io::Result<usize> {
        self.flush_source()?;
        if self.form.json {
            self.document.end_with(self.out, troubles)?;
            return Ok(self.total);
        }
        if !self.form.of_sources() && self.total > self.limit {
            let more = self.total - self.limit;
            let note = match self.out.lang {
                Lang::Zh => format!("另有 {more} 篇；用 -m N 显示更多"),
                Lang::En => format!("{more} more articles; -m N shows them"),
            };
            self.out.complain(&DisplayLine::new(&note));
        }
        Ok(self.total)
    }

    fn row(&mut self, result: &Result) -> io::Result<()> {
        let facts = &result.facts;
        let fields = [
            displayed(&result.place),
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
        let facts = &result.facts;
        let (columns, widths) = (self.out.columns.unwrap_or(80), self.out.widths);
        let count = result.hits.len();
        let pinyin = if result.by_pinyin { self.out.lang.of(" 拼音", " pinyin") } else { "" };
        let title = DisplayLine::new(&facts.title);
        let place = displayed(&result.place);
        let head = display!("{title}  [{place}:{}] ×{count}{pinyin}", facts.line);
        self.out.line(&head.shown().fit(columns, widths))?;
        let before = columns / BEFORE;
        for range in result.hits.iter().take(LINES) {
            let line = Kwic::of(&result.article.text, *range, before.saturating_sub(2), widths);
            self.out.line(&line.line(before, columns, widths))?;
        }
        Ok(())
    }

    /// Prints a source of which it is not asked what was found in it. Its articles come one after the
    /// other.
    pub(in crate::cli) fn source(&mut self, place: &OsStr) -> io::Result<()> {
        self.printed += 1;
        self.count(place, 1)
    }

    fn count(&mut self, place: &OsStr, hits: usize) -> io::Result<()> {
        match &mut self.source {
            Some((known, count)) if known == place => {
                *count += hits;
                Ok(())
            }
            _ => {
                self.flush_source()?;
                self.source = Some((place.to_owned(), hits));
                Ok(())
            }
        }
    }

    fn flush_source(&mut self) -> io::Result<()> {
        match self.source.take() {
            None => Ok(()),
            Some((place, count)) if self.form.count => {
                self.out.row(&[displayed(&place), display!("{count}")])
            }
            Some((place, _)) => self.out.line(&displayed(&place)),
        }
    }
}
