//! What is printed around the text of an article, and the headings inside it.

use super::{
    Article, Role,
    access::unmarked,
    forms::{Numbering, is_numbered, numbering},
};

/// A section heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// How deep it lies, 1 for the outermost. It is read from the form alone: `第一章` and `一、` are 1,
    /// `（一）` is 2, `1.` is 3, `①` is 4; a heading of Markdown has as many as it has `#`; one without a
    /// number is 1.
    pub level: usize,
    /// The heading without the marks of Markdown.
    pub text: &'a str,
}

impl<'a> Heading<'a> {
    /// The heading that is written so.
    pub fn of(line: &'a str) -> Self {
        Self { level: level(line), text: unmarked(line) }
    }
}

impl Article {
    /// The lines above the title that lead to it.
    pub fn kicker(&self) -> Option<String> {
        self.joined(Role::Kicker)
    }

    /// The lines below the title that explain it.
    pub fn subtitle(&self) -> Option<String> {
        self.joined(Role::Subtitle)
    }

    /// The name of the standing column it was printed in.
    pub fn column(&self) -> Option<String> {
        self.joined(Role::Column)
    }

    /// Where the author works, as printed.
    pub fn affiliation(&self) -> Option<String> {
        self.joined(Role::Affiliation)
    }

    /// The agency or paper it was taken from, as printed.
    pub fn source(&self) -> Option<String> {
        self.joined(Role::Source)
    }

    /// The summary that the editors put before the text; a line for each paragraph.
    pub fn abstract_text(&self) -> Option<String> {
        let lines: Vec<&str> = self.texts_of(Role::Abstract).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Whose pictures stand beside it, as printed.
    pub fn credits(&self) -> impl Iterator<Item = &str> {
        self.texts_of(Role::Credit)
    }

    /// The section headings, in the order of the text.
    pub fn headings(&self) -> impl Iterator<Item = Heading<'_>> {
        self.texts_of(Role::Heading).map(Heading::of)
    }

    fn texts_of(&self, role: Role) -> impl Iterator<Item = &str> {
        self.parts_of(role).map(|part| part.range.of(&self.text))
    }

    /// The parts with one role, a space between them.
    fn joined(&self, role: Role) -> Option<String> {
        let lines: Vec<&str> = self.texts_of(role).map(unmarked).collect();
        (!lines.is_empty()).then(|| lines.join(" "))
    }
}

fn level(text: &str) -> usize {
    let marks = text.chars().take_while(|c| *c == '#').count();
    match numbering(text).filter(|_| is_numbered(text)) {
        _ if marks > 0 => marks,
        None | Some(Numbering::Ordinal | Numbering::Han) => 1,
        Some(Numbering::Brackets) => 2,
        Some(Numbering::Digits) => 3,
        Some(Numbering::Circles) => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SplitMode, split};

    #[test]
    fn levels() {
        for (text, expected) in [
            ("第二章 水", 1),
            ("一、水", 1),
            ("（一）水", 2),
            ("1. 水", 3),
            ("①水", 4),
            ("水从山里来", 1),
            ("一路向北", 1),
            ("# 水", 1),
            ("### 水", 3),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
    }

    #[test]
    fn headings_have_levels() {
        let page = split(
            "# 石板路\n\n雨停了，路面泛着光。\n\n## 桥\n\n桥上有人，他们在等船。\n".into(),
            SplitMode::Auto,
        );
        let headings: Vec<_> = page.articles[0].headings().collect();
        assert_eq!(headings, [Heading { level: 2, text: "桥" }]);
        assert_eq!(page.articles[0].kicker(), None);
    }
}
