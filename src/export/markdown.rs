//! Markdown as GitHub reads it.
//!
//! Key sentences are listed with the best first, which numbers them by rank, and emphasised in the text by
//! `<strong>`: the asterisks of Markdown do not work between a full stop and a Chinese character, which is where
//! most sentences end. Signs that mean something get a backslash.

use std::{fmt::Write as _, io};

use super::{
    Exported,
    front::{Front, states},
    writer::Form,
};
use crate::{
    article::{Heading, Part, Role},
    lang::Lang,
    text::display::DisplayLine,
};

/// Markdown.
pub(super) struct Markdown {
    pub(super) lang: Lang,
}

impl Form for Markdown {
    fn piece(&mut self, exported: &Exported, _: usize) -> io::Result<Vec<u8>> {
        let mut text = String::new();
        self.front(exported, &mut text);
        for part in &exported.item.article.parts {
            body(exported, part, &mut text);
        }
        // Paragraphs end with a blank line, of which the last needs none.
        text.pop();
        Ok(text.into_bytes())
    }

    fn between(&self) -> &'static str {
        "\n---\n\n"
    }
}

impl Markdown {
    fn front(&self, exported: &Exported, text: &mut String) {
        let front = Front::new(exported, self.lang);
        let article = exported.item.article;
        let line = |around: Option<String>, text: &mut String| {
            if let Some(around) = around {
                paragraph(&escaped(DisplayLine::new(&around).as_str()), text);
            }
        };
        line(article.kicker(), text);
        paragraph(&format!("# {}", escaped(front.headline.as_str())), text);
        line(article.subtitle(), text);
        let mut facts = vec![&front.byline];
        facts.extend(&front.imprint);
        facts.push(&front.place);
        let facts: Vec<String> = facts
            .into_iter()
            .filter(|fact| !fact.is_empty())
            .map(|fact| escaped(fact.as_str()))
            .collect();
        paragraph(&facts.join(" · "), text);
        let states: Vec<String> =
            states(exported, self.lang).iter().map(|state| escaped(state.as_str())).collect();
        if !states.is_empty() {
            paragraph(&states.join(" · "), text);
        }
        let note: Vec<String> = exported
            .marks
            .note
            .lines()
            .map(|line| escaped(DisplayLine::new(line).as_str()))
            .collect();
        if !note.is_empty() {
            paragraph(&format!("> {}", note.join("  \n> ")), text);
        }
        if !exported.keywords.is_empty() {
            let words: Vec<String> = exported
                .keywords
                .iter()
                .map(|word| escaped(DisplayLine::new(&word.text).as_str()))
                .collect();
            let name = self.lang.of("关键词", "Keywords");
            paragraph(&format!("**{name}** {}", words.join(" · ")), text);
        }
        if !exported.sentences.is_empty() {
            paragraph(&format!("**{}**", self.lang.of("要点", "Key sentences")), text);
            for key in exported.best_first() {
                let sentence = escaped(exported.sentence(key).as_str());
                let _ = writeln!(text, "{}. {sentence}", key.rank);
            }
            text.push('\n');
        }
    }
}

fn paragraph(line: &str, text: &mut String) {
    text.push_str(line);
    text.push_str("\n\n");
}

/// A part of the text below what stands above it already.
fn body(exported: &Exported, part: &Part, text: &mut String) {
    let line = || escaped(exported.part(part).as_str());
    match part.role {
        Role::Blank | Role::Title | Role::Kicker | Role::Subtitle => {}
        Role::Byline if exported.is_told(part) => {}
        Role::Heading => {
            let source = part.range.of(&exported.item.article.text);
            let Heading { level, text: heading } = Heading::of(source);
            let marks = "#".repeat((level + 1).clamp(2, 6));
            paragraph(&format!("{marks} {}", escaped(DisplayLine::new(heading).as_str())), text);
        }
        Role::Paragraph | Role::Caption => {
            let start = text.len();
            for stretch in exported.stretches(part) {
                let one_line = DisplayLine::new(stretch.text.as_str());
                let inner = escaped(one_line.as_str());
                match stretch.key {
                    Some(_) => {
                        let _ = write!(text, "<strong>{inner}</strong>");
                    }
                    None => text.push_str(&inner),
                }
            }
            if text.len() > start {
                text.push_str("\n\n");
            }
        }
        Role::PullQuote | Role::Abstract => paragraph(&format!("> {}", line()), text),
        _ => paragraph(&line(), text),
    }
}

/// A line in which nothing means anything to Markdown.
pub(super) fn escaped(line: &str) -> String {
    let line = line.trim_matches([' ', '\t']);
    let mut text = String::with_capacity(line.len());
    let ordinal = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in line.char_indices() {
        let always = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' | '!'
        );
        let first = at == 0 && matches!(c, '+' | '-' | '=' | ':');
        let numbers = ordinal > 0 && at == ordinal && matches!(c, '.' | ')');
        if always || first || numbers {
            text.push('\\');
        }
        text.push(c);
    }
    text
}
