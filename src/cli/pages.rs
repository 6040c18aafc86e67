//! `zhaidu pages`: how each page was split, line by line, and why.

mod annotation;

use std::io;

use super::{Exit, args::PagesArgs, decide, json, output::Output, stream};
use crate::{
    article::{Borders, Candidate, Evidence, Joined, Owner, Page, PageLine, Role, letters},
    lang::Lang,
    text::display::{DisplayLine, display},
};
use annotation::Annotation;

/// Cells of a line's text on a terminal of unknown width.
const TEXT: usize = 48;

pub(super) fn run(args: &PagesArgs, out: &mut Output) -> io::Result<Exit> {
    out.widths = decide::printed(args.width.ambiguous, out);
    let library = stream::library(&args.open, out);
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
    borders: Borders,
}

impl<'a> Report<'a> {
    fn new(page: &'a Page, lang: Lang) -> Self {
        Self { page, lang, borders: page.borders() }
    }

    fn print(&self, out: &mut Output, path: &DisplayLine) -> io::Result<()> {
        let count = self.page.articles.len();
        let articles = self.lang.of("篇", if count == 1 { "article" } else { "articles" });
        out.line(&display!("{path}  {count} {articles}"))?;
        for (at, line) in self.page.lines.iter().enumerate() {
            if let Some(&article) = self.borders.starts.get(&at) {
                self.print_start(out, article)?;
            }
            let refused = self.borders.refused.get(&at);
            if let Some(candidate) = refused.and_then(|at| self.page.candidates.get(*at)) {
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
            letters(number),
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
            Owner::Article(article) => letters(article),
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
        match self.borders.joins.get(&at) {
            Some(Joined { above, evidence }) => {
                let told = self.lang.of("接第", "goes on from line");
                let why = reasons(evidence, self.lang);
                (display!("{told} {}: {why}", above + 1), evidence.confidence)
            }
            None => (DisplayLine::from(line.why.of(self.lang)), line.confidence),
        }
    }
}

/// The reasons in one line, with what each of them weighed.
fn reasons(evidence: &Evidence, lang: Lang) -> DisplayLine {
    DisplayLine::new(&evidence.told(lang))
}
