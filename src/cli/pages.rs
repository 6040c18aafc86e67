//! `zhaidu pages`: how each page was split, line by line, and why.

mod annotation;

use std::{
    collections::{HashMap, HashSet},
    io,
};

use super::{Exit, args::PagesArgs, decide, json, output::Output, stream};
use crate::{
    article::{Candidate, Evidence, Owner, Page, PageLine, Part, Reason, Role},
    lang::Lang,
    text::display::{DisplayLine, display},
};
use annotation::Annotation;

/// Cells of a line's text on a terminal of unknown width.
const TEXT: usize = 48;

pub(super) fn run(args: &PagesArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous);
    let library = stream::library(&args.open);
    let mut first = true;
    let stream = stream::documents(&library, out, &mut |out, sheet| {
        if args.json {
            json::write(out, &Annotation::new(sheet.place, sheet.document))?;
            out.line("")?;
        } else {
            if !std::mem::take(&mut first) {
                out.line("")?;
            }
            Report::new(&sheet.document.page, out.lang).print(out, sheet.path)?;
        }
        Ok(sheet.document.page.articles.len())
    })?;
    Ok(stream.exit(out))
}

/// A page as a person reads its split.
struct Report<'a> {
    page: &'a Page,
    lang: Lang,
    /// The articles by the first line that they own.
    starts: HashMap<usize, usize>,
    /// Places where an article might have begun, by line.
    refused: HashMap<usize, &'a Candidate>,
    /// Lines that were joined to another one: its number, from 1, and why.
    joins: HashMap<usize, (usize, &'a Evidence)>,
}

impl<'a> Report<'a> {
    fn new(page: &'a Page, lang: Lang) -> Self {
        let mut starts = HashMap::new();
        let mut seen = HashSet::new();
        for (at, line) in page.lines.iter().enumerate() {
            if let Owner::Article(article) = line.owner
                && seen.insert(article)
            {
                starts.insert(at, article);
            }
        }
        let refused = page.candidates.iter().filter(|candidate| !candidate.accepted);
        let refused = refused.map(|candidate| (candidate.line, candidate)).collect();
        let parts = page.articles.iter().flat_map(|article| &article.parts);
        let joins = parts.flat_map(|part| joined(page, part)).collect();
        Self { page, lang, starts, refused, joins }
    }

    fn print(&self, out: &mut Output, path: &DisplayLine) -> io::Result<()> {
        let count = self.page.articles.len();
        let articles = self.lang.of("篇", if count == 1 { "article" } else { "articles" });
        out.line(&display!("{path}  {count} {articles}"))?;
        for (at, line) in self.page.lines.iter().enumerate() {
            if let Some(&article) = self.starts.get(&at) {
                self.print_start(out, article)?;
            }
            if let Some(candidate) = self.refused.get(&at) {
                self.print_refused(out, candidate)?;
            }
            if line.role != Role::Blank {
                self.print_line(out, at, line)?;
            }
        }
        Ok(())
    }

    fn print_start(&self, out: &mut Output, number: usize) -> io::Result<()> {
        let Some(article) = self.page.articles.get(number) else { return Ok(()) };
        let doubt = if article.start.is_sure() { " " } else { "≈" };
        let why = reasons(&article.start, self.lang);
        out.line(&display!(
            "-- {} {doubt}{:.2}  {}  {why}",
            annotation::letters(number),
            article.start.confidence,
            DisplayLine::new(&article.headline()),
        ))
    }

    fn print_refused(&self, out: &mut Output, candidate: &Candidate) -> io::Result<()> {
        let told = self.lang.of("不分篇", "no article begins here");
        let why = reasons(&candidate.evidence, self.lang);
        out.line(&display!("   .  {:.2}  {told}: {why}", candidate.evidence.confidence))
    }

    fn print_line(&self, out: &mut Output, at: usize, line: &PageLine) -> io::Result<()> {
        let owner = match line.owner {
            Owner::Article(article) => annotation::letters(article),
            Owner::Page => "-".to_owned(),
        };
        let (why, confidence) = self.why(at, line);
        let text = DisplayLine::new(line.range.of(&self.page.text).trim());
        let role = line.role.word(self.lang);
        let Some(columns) = out.columns else {
            let fields = [at + 1].map(DisplayLine::of);
            let [number] = fields;
            let rest = [display!("{owner}"), display!("{role}"), display!("{confidence:.2}")];
            let [owner, role, confidence] = rest;
            return out.row(&[number, owner, role, confidence, why, text]);
        };
        let room = TEXT.max(columns.saturating_sub(60));
        let text = text.shown().fit(room, out.widths);
        let gap = room.saturating_sub(out.widths.cells(text.as_str()));
        let pad = 12_usize.saturating_sub(out.widths.cells(role));
        out.line(&display!(
            "{:>5} {owner:<2} {role}{:pad$} {confidence:.2}  {text}{:gap$}  {why}",
            at + 1,
            "",
            ""
        ))
    }

    /// Why a line has its role or, where it goes on with a paragraph, why it does.
    fn why(&self, at: usize, line: &PageLine) -> (DisplayLine, f32) {
        match self.joins.get(&at) {
            Some((above, evidence)) => {
                let told = self.lang.of("接第", "goes on from line");
                let why = reasons(evidence, self.lang);
                (display!("{told} {above}: {why}"), evidence.confidence)
            }
            None => (DisplayLine::from(line.why.of(self.lang)), line.confidence),
        }
    }
}

/// Each line that was joined inside `part`, with the line, from 1, that it goes on from, and why.
fn joined<'a>(
    page: &'a Page,
    part: &'a Part,
) -> impl Iterator<Item = (usize, (usize, &'a Evidence))> {
    part.joins.iter().filter_map(|join| {
        let piece = part.pieces.partition_point(|piece| piece.start < join.at);
        let (above, below) = (part.pieces.get(piece.checked_sub(1)?)?, part.pieces.get(piece)?);
        let line = page.line_of(below.source.start) - 1;
        Some((line, (page.line_of(above.source.start), &join.evidence)))
    })
}

/// The reasons in one line, with what each of them weighed.
fn reasons(evidence: &Evidence, lang: Lang) -> DisplayLine {
    let told = |reason: &Reason| match evidence.reasons.len() {
        1 => reason.word.of(lang).to_owned(),
        _ => format!("{} {:+.1}", reason.word.of(lang), reason.share),
    };
    let all: Vec<String> = evidence.reasons.iter().map(told).collect();
    DisplayLine::new(&all.join(lang.of("，", ", ")))
}
