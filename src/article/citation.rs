//! Citations of an article, to be pasted elsewhere: plain, in Markdown, and as a reference list
//! has it.

use std::fmt::Write;

use super::facts::{IssueDate, PageNumber};
use crate::text::paste;

/// Authors that a reference names before it says 等.
const NAMED: usize = 3;

/// What a citation says of an article. Whatever is missing or blank is left out of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Citation<'a> {
    /// The sentence that is quoted.
    pub sentence: Option<&'a str>,
    /// Names of the authors.
    pub authors: &'a [String],
    /// The title.
    pub title: Option<&'a str>,
    /// The paper it was printed in.
    pub paper: Option<&'a str>,
    /// The date of the issue.
    pub date: Option<IssueDate>,
    /// The page of the issue.
    pub page: Option<PageNumber>,
    /// Source and line, to find it again.
    pub place: Option<&'a str>,
}

impl Citation<'_> {
    /// The sentence in quotation marks, and on a line of its own where it comes from.
    pub fn plain(&self) -> String {
        let origin = self.origin(str::to_owned);
        let quoted = self.quoted().map(|sentence| format!("“{sentence}”"));
        let origin = (!origin.is_empty()).then(|| format!("——{origin}"));
        joined([quoted, origin], "\n")
    }

    /// A block quotation of Markdown. What would be markup in the text is escaped.
    pub fn markdown(&self) -> String {
        let origin = self.origin(escaped);
        let quoted = self.quoted().map(|sentence| format!("> {}", escaped(&sentence)));
        let origin = (!origin.is_empty()).then(|| format!("> ——{origin}"));
        joined([quoted, origin], "\n>\n")
    }

    /// An article of a newspaper in a list of references after GB/T 7714-2015, as guides to it give
    /// the form: `authors. title[N]. paper, date(page).`, three authors at most. The sentence and
    /// the place are no part of it.
    pub fn reference(&self) -> String {
        let mut authors: Vec<String> = self.authors.iter().filter_map(|name| line(name)).collect();
        if authors.len() > NAMED {
            authors.truncate(NAMED);
            authors.push("等".to_owned());
        }
        let title = self.title.and_then(line).map(|title| format!("{title}[N]"));
        let issue = [self.paper.and_then(line), self.issue()];
        let parts = [some(authors.join(", ")), title, some(joined(issue, ", "))];
        parts.into_iter().flatten().fold(String::new(), |mut text, part| {
            let gap = if text.is_empty() { "" } else { " " };
            // Writing into a string cannot fail.
            let _ = write!(text, "{gap}{part}.");
            text
        })
    }

    /// Date and page, `2000-11-20(15)`.
    fn issue(&self) -> Option<String> {
        let page = self.page.map(|page| format!("({page})"));
        some(joined([self.date.map(|date| date.to_string()), page], ""))
    }

    fn quoted(&self) -> Option<String> {
        self.sentence.and_then(line)
    }

    /// Title, authors, paper, date, page and place, with what `shown` makes of the words.
    fn origin(&self, shown: fn(&str) -> String) -> String {
        let word = |text: &str| line(text).map(|text| shown(&text));
        let title = self.title.and_then(line).map(|title| {
            // Marks of a title inside a title are single.
            format!("《{}》", shown(&title.replace('《', "〈").replace('》', "〉")))
        });
        let authors: Vec<String> = self.authors.iter().filter_map(|name| word(name)).collect();
        let parts = [
            title,
            some(authors.join("、")),
            self.paper.and_then(word),
            self.date.map(|date| date.to_string()),
            self.page.map(|page| format!("第{page}版")),
            self.place.and_then(word),
        ];
        joined(parts, "，")
    }
}

/// A text on one line; `None` when nothing is left to be seen.
fn line(text: &str) -> Option<String> {
    some(paste::line(text))
}

/// A text in which no character is markup of Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn joined<const N: usize>(parts: [Option<String>; N], between: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn full(authors: &[String]) -> Citation<'_> {
        Citation {
            sentence: Some("水位又涨了。"),
            authors,
            title: Some("读《水经注》"),
            paper: Some("河湾日报"),
            date: IssueDate::day(2000, 11, 20),
            page: PageNumber::new(None, 15),
            place: Some("a_b.txt:7"),
        }
    }

    #[test]
    fn says_everything_that_is_known() {
        let authors = names(&["王一", "李二"]);
        let citation = full(&authors);
        let plain = "“水位又涨了。”\n——《读〈水经注〉》，王一、李二，河湾日报，2000-11-20，第15版，a_b.txt:7";
        assert_eq!(citation.plain(), plain);
        let markdown = "> 水位又涨了。\n>\n> ——《读〈水经注〉》，王一、李二，河湾日报，2000-11-20，第15版，a\\_b.txt:7";
        assert_eq!(citation.markdown(), markdown);
        let reference = "王一, 李二. 读《水经注》[N]. 河湾日报, 2000-11-20(15).";
        assert_eq!(citation.reference(), reference);
    }

    #[test]
    fn leaves_out_of_a_reference_what_is_missing() {
        let (four, none) = (names(&["甲", "乙", "丙", "丁"]), names(&[]));
        let known = full(&four);
        let cases = [
            (known, "甲, 乙, 丙, 等. 读《水经注》[N]. 河湾日报, 2000-11-20(15)."),
            (Citation { authors: &none, ..known }, "读《水经注》[N]. 河湾日报, 2000-11-20(15)."),
            (
                Citation { authors: &none, page: None, ..known },
                "读《水经注》[N]. 河湾日报, 2000-11-20.",
            ),
            (Citation { authors: &none, paper: None, ..known }, "读《水经注》[N]. 2000-11-20(15)."),
            (
                Citation { title: Some(" \n"), date: None, page: None, ..known },
                "甲, 乙, 丙, 等. 河湾日报.",
            ),
            (Citation::default(), ""),
        ];
        for (citation, expected) in cases {
            assert_eq!(citation.reference(), expected, "{citation:?}");
        }
    }

    #[test]
    fn keeps_hostile_words_on_their_line() {
        let title = Some("<script>\n# *a*\u{1b}[31m");
        let citation = Citation { title, ..Citation::default() };
        assert_eq!(citation.plain(), "——《<script> # *a*[31m》");
        assert_eq!(citation.markdown(), "> ——《\\<script\\> \\# \\*a\\*\\[31m》");
        assert_eq!(Citation::default().markdown(), "");
    }
}
