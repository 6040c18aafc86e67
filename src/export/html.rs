//! One page of HTML that needs nothing else: no script, no picture, nothing from the network, which a policy
//! in its head forbids besides.
//!
//! Key sentences are lit in the text, with their rank, and listed above it; a click leads from the list
//! into the text. With several articles there is a table of contents, for which the first article waits
//! until the last is known.

use std::{fmt::Write as _, io};

use super::{
    Exported,
    front::{Front, states},
    writer::Form,
};
use crate::{
    analysis::KeySentence,
    article::{Heading, Part, Role},
    error::Problem,
    lang::Lang,
    text::display::DisplayLine,
};

/// How it looks.
const STYLE: &str = include_str!("page.css");

/// What the page may do: be styled by itself, nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A page.
pub(super) struct Html {
    title: DisplayLine,
    lang: Lang,
    contents: Vec<Content>,
}

/// A line of the table of contents.
struct Content {
    place: usize,
    title: Box<str>,
    told: Box<str>,
}

impl Html {
    pub(super) fn new(title: &str, lang: Lang) -> Self {
        Self { title: DisplayLine::new(title), lang, contents: Vec::new() }
    }

    /// A word of the program, which the page says is English where it is.
    fn word(&self, zh: &'static str, en: &'static str) -> String {
        match self.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => format!("<span lang=\"en\">{en}</span>"),
        }
    }

    fn front(&self, exported: &Exported, place: usize, page: &mut String) {
        let article = exported.item.article;
        let front = Front::new(exported, self.lang);
        let line = |class: &str, text: Option<String>, page: &mut String| {
            if let Some(text) = text {
                let text = escaped(DisplayLine::new(&text).as_str());
                let _ = writeln!(page, "<p class=\"{class}\">{text}</p>");
            }
        };
        page.push_str("<header>\n");
        line("kicker", article.kicker(), page);
        let _ = writeln!(page, "<h2>{}</h2>", escaped(front.headline.as_str()));
        line("subtitle", article.subtitle(), page);
        let facts: Vec<String> = [&front.byline]
            .into_iter()
            .chain(&front.imprint)
            .chain([&front.place])
            .filter(|fact| !fact.is_empty())
            .map(|fact| escaped(fact.as_str()))
            .collect();
        let _ = writeln!(page, "<p class=\"facts\">{}</p>", facts.join(" · "));
        let states = states(exported, self.lang);
        if !states.is_empty() {
            let states: Vec<String> = states.iter().map(|state| escaped(state.as_str())).collect();
            let _ = writeln!(page, "<p class=\"marks\">{}</p>", states.join(" · "));
        }
        let note: Vec<String> = exported
            .marks
            .note
            .lines()
            .map(|line| escaped(DisplayLine::new(line).as_str()))
            .collect();
        if !note.is_empty() {
            let _ = writeln!(page, "<div class=\"note\">{}</div>", note.join("\n"));
        }
        if !exported.keywords.is_empty() {
            let _ = write!(page, "<p class=\"words\">{} ", self.word("关键词：", "Keywords:"));
            for keyword in &exported.keywords {
                let text = escaped(DisplayLine::new(&keyword.text).as_str());
                let _ = write!(page, "<span>{text}</span> ");
            }
            page.push_str("</p>\n");
        }
        page.push_str("</header>\n");
        if !exported.sentences.is_empty() {
            let _ = writeln!(
                page,
                "<ol class=\"key\" aria-label=\"{}\">",
                self.lang.of("要点", "Key sentences")
            );
            for key in &exported.sentences {
                let text = escaped(exported.sentence(key).as_str());
                let anchor = anchor(place, key);
                let _ = writeln!(
                    page,
                    "<li value=\"{}\"><a href=\"#{anchor}\">{text}</a></li>",
                    key.rank
                );
            }
            page.push_str("</ol>\n");
        }
    }
}

impl Form for Html {
    fn head(&self, count: usize) -> String {
        let title = match self.contents.as_slice() {
            [only] => only.title.to_string(),
            _ => escaped(self.title.as_str()),
        };
        let mut head = format!(
            "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"zhaidu\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        );
        if count > 1 {
            let _ = write!(
                head,
                "<h1>{title}</h1>\n<nav aria-label=\"{}\">\n<ol>\n",
                self.lang.of("目录", "Contents")
            );
            let mut contents: Vec<&Content> = self.contents.iter().collect();
            contents.sort_by_key(|content| content.place);
            for Content { place, title, told } in contents {
                let _ = writeln!(
                    head,
                    "<li><a href=\"#a{}\">{title}</a> <small>{told}</small></li>",
                    place + 1
                );
            }
            head.push_str("</ol>\n</nav>\n");
        }
        head.push_str("<main>\n");
        head
    }

    fn piece(&mut self, exported: &Exported, place: usize) -> io::Result<Vec<u8>> {
        let front = Front::new(exported, self.lang);
        let told: Vec<String> = [&front.byline]
            .into_iter()
            .chain(front.imprint.first())
            .filter(|fact| !fact.is_empty())
            .map(|fact| escaped(fact.as_str()))
            .collect();
        let title = escaped(front.headline.as_str()).into();
        self.contents.push(Content { place, title, told: told.join(" · ").into() });
        let mut page = format!("<article id=\"a{}\">\n", place + 1);
        self.front(exported, place, &mut page);
        for part in &exported.item.article.parts {
            body(exported, part, place, &mut page);
        }
        page.push_str("</article>\n");
        Ok(page.into_bytes())
    }

    fn tail(&self, problems: &[Problem]) -> io::Result<Vec<u8>> {
        let mut tail = "</main>\n".to_owned();
        if !problems.is_empty() {
            let told = match self.lang {
                Lang::Zh => format!("{} 处读不出", problems.len()),
                Lang::En => {
                    format!("<span lang=\"en\">{} could not be read</span>", problems.len())
                }
            };
            let _ = writeln!(tail, "<footer>{told}</footer>");
        }
        tail.push_str("</body>\n</html>\n");
        Ok(tail.into_bytes())
    }

    fn waits_for_all(&self) -> bool {
        true
    }
}

/// The name of a key sentence on the page.
fn anchor(place: usize, key: &KeySentence) -> String {
    format!("a{}k{}", place + 1, key.rank)
}

/// A part of the text below what stands above it already.
fn body(exported: &Exported, part: &Part, place: usize, page: &mut String) {
    let line = || escaped(exported.part(part).as_str());
    match part.role {
        Role::Blank | Role::Title | Role::Kicker | Role::Subtitle => {}
        Role::Byline if exported.is_told(part) => {}
        Role::Heading => {
            let Heading { level, text } = Heading::of(part.range.of(&exported.item.article.text));
            let (level, text) = ((level + 2).clamp(3, 6), escaped(DisplayLine::new(text).as_str()));
            let _ = writeln!(page, "<h{level}>{text}</h{level}>");
        }
        Role::Paragraph => {
            let _ = writeln!(page, "<p>{}</p>", lit(exported, part, place));
        }
        Role::Caption => {
            let _ = writeln!(page, "<p class=\"caption\">{}</p>", lit(exported, part, place));
        }
        Role::PullQuote | Role::Abstract => {
            let _ = writeln!(page, "<blockquote>{}</blockquote>", line());
        }
        Role::Credit => {
            let _ = writeln!(page, "<p class=\"credit\">{}</p>", line());
        }
        _ => {
            let _ = writeln!(page, "<p class=\"aside\">{}</p>", line());
        }
    }
}

/// A part with its key sentences lit.
fn lit(exported: &Exported, part: &Part, place: usize) -> String {
    let mut html = String::new();
    for stretch in exported.stretches(part) {
        let text = escaped(stretch.text.as_str());
        match stretch.key {
            None => html.push_str(&text),
            Some(key) => {
                let (rank, anchor) = (key.rank, anchor(place, key));
                let _ = write!(html, "<mark id=\"{anchor}\" data-rank=\"{rank}\">{text}</mark>");
            }
        }
    }
    html
}

/// A text in which nothing means anything to HTML, in an attribute neither.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
    html
}
