//! Markdown: one article with the title of its front matter or its first headline; where it has
//! several headlines of the first rank, an article for each.
//!
//! Headlines inside of a text keep their marks, as in plain text, which is how the core knows them. A
//! file of several front matters is left to the core, which knows such files.

use std::ops::ControlFlow;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Record;
use super::encoding::{Decoded, decode};
use super::html::passage;
use super::lines::LineCount;
use super::read::{ReadSink, plain};
use super::task::Task;

/// Reads every article.
pub(super) fn read(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    let decoded = decode(bytes, task.options.charset);
    let (matter, rest) = front_matter(&decoded.text);
    if front_matter(rest.trim_start()).0.is_some() || has_more_matter(rest) {
        return plain(task, bytes, sink);
    }
    let front = decoded.text.len() - rest.len();
    let mut lines = LineCount::new(&decoded.text);
    let matter = matter.unwrap_or_default();
    let of = |names: &[&str]| value_of(matter, names);
    let whole = Record {
        line: 1,
        title: of(&["title", "标题"]),
        date: of(&["date", "日期"]),
        author: of(&["author", "authors", "作者"]),
        source: of(&["source", "来源"]),
    };
    let sections = sections(rest);
    let titled = sections.iter().filter(|section| section.title.is_some()).count();
    let sections = if whole.title.is_some() || titled < 2 { joined(sections) } else { sections };
    if sections.is_empty() {
        return plain(task, bytes, sink);
    }
    for Section { title, text, start } in sections {
        let record = Record {
            line: lines.line_of(front + start),
            title: whole.title.clone().or(title),
            ..whole.clone()
        };
        let Decoded { encoding, bom, malformed, confidence, .. } = decoded;
        let decoded = Decoded { text, encoding, bom, malformed, confidence };
        sink(Ok(task.text(decoded, Some(record))))?;
    }
    ControlFlow::Continue(())
}

/// The lines between two `---` at the beginning of a text, and what follows them.
fn front_matter(text: &str) -> (Option<&str>, &str) {
    let inside = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    let found = inside.and_then(|inside| {
        let end = inside.match_indices("\n---").map(|(at, _)| at).find(|at| {
            let behind = inside.get(at + 4..).unwrap_or_default();
            behind.trim_end_matches(' ').is_empty() || behind.starts_with(['\n', '\r'])
        })?;
        let matter = inside.get(..end).filter(|matter| matter.contains(':'))?;
        let rest = inside.get(end + 4..)?;
        Some((matter, rest))
    });
    match found {
        Some((matter, rest)) => (Some(matter), rest),
        None => (None, text),
    }
}

/// Whether another front matter with a title stands further down.
fn has_more_matter(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        if line == "---" && lines.peek().is_some_and(|next| next.starts_with("title:")) {
            return true;
        }
    }
    false
}

/// The value of a field that stands on one line, without quotes or brackets.
fn value_of(matter: &str, names: &[&str]) -> Option<String> {
    let value = |name: &&str| {
        let lines = matter.lines();
        lines.filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == *name)
    };
    let (_, value) = names.iter().find_map(value)?;
    let value = value.trim().trim_matches(['"', '\'', '[', ']']).replace(['"', '\''], "");
    (!value.is_empty()).then_some(value)
}

/// What stands below a headline of the first rank, or before the first of them.
#[derive(Default)]
struct Section {
    title: Option<String>,
    text: String,
    /// Where it begins, in bytes.
    start: usize,
}

/// All sections as one, headed by the first headline if nothing stands before it.
fn joined(sections: Vec<Section>) -> Vec<Section> {
    let mut sections = sections.into_iter();
    let Some(mut whole) = sections.next() else { return Vec::new() };
    for Section { title, text, .. } in sections {
        let headline = title.map(|title| format!("# {title}")).unwrap_or_default();
        for part in [headline, text] {
            if !whole.text.is_empty() && !part.is_empty() {
                whole.text.push('\n');
            }
            whole.text.push_str(&part);
        }
    }
    vec![whole]
}

/// The sections of a text, none of them blank.
fn sections(text: &str) -> Vec<Section> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut writer = Writer::default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        writer.take(event, range.start);
    }
    writer.end_section();
    writer.sections
}

/// Writes the text of events.
#[derive(Default)]
struct Writer {
    sections: Vec<Section>,
    now: Section,
    line: String,
    /// Marks that the next line begins with.
    mark: String,
    /// Numbers of the lists that are open; `None` for one without.
    lists: Vec<Option<u64>>,
    /// How many pictures are open: what they say is no text.
    pictures: usize,
    /// HTML that is collected.
    html: String,
}

impl Writer {
    fn take(&mut self, event: Event, offset: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, offset),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.pictures == 0 => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) if html.starts_with("<br") => self.flush(),
            // Inside of a paragraph a line break is none, and between two characters no space.
            Event::SoftBreak if self.line.ends_with(|last: char| last.is_ascii()) => {
                self.line.push(' ');
            }
            Event::HardBreak | Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, offset: usize) {
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => {
                self.flush();
                self.end_section();
                self.now.start = offset;
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.mark = "#".repeat(*level as usize) + " ";
            }
            Tag::List(number) => {
                self.flush();
                self.lists.push(*number);
            }
            Tag::Item => {
                self.flush();
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}. ", number.saturating_sub(1))
                    }
                    _ => "- ".to_owned(),
                };
            }
            Tag::Image { .. } => self.pictures += 1,
            Tag::TableCell if !self.line.is_empty() => self.line.push('\t'),
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.flush();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(HeadingLevel::H1) => {
                let title = std::mem::take(&mut self.line).trim().to_owned();
                self.now.title = Some(title).filter(|title| !title.is_empty());
            }
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.text(&passage(&html).text);
                self.flush();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.flush();
            }
            self.line.push_str(line);
        }
    }

    /// Ends a line.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        if !self.now.text.is_empty() {
            self.now.text.push('\n');
        }
        self.now.text.push_str(&std::mem::take(&mut self.mark));
        self.now.text.push_str(&line);
    }

    fn end_section(&mut self) {
        self.flush();
        let section = std::mem::take(&mut self.now);
        if section.title.is_some() || !section.text.is_empty() {
            self.sections.push(section);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::members::tests::records_in;

    #[test]
    fn markup_is_taken_away() {
        let cases: [(&str, &[&str]); 12] = [
            ("雨停了", &["1||雨停了|||"]),
            (
                "# 石板路上\n\n雨*停*了，[路面](http://a)\n泛着`光`。\n",
                &["1|石板路上|雨停了，路面泛着光。|||"],
            ),
            ("甲  \n乙\n\n![图](a.png)\n\n***\n\nsoft\nbreak", &["1||甲\n乙\nsoft break|||"]),
            ("石板路上\n====\n\n桥头\n----\n\n灯", &["1|石板路上|## 桥头\n灯|||"]),
            ("- 甲\n- 乙\n  1. 丙\n  2. 丁\n\n> 引文", &["1||- 甲\n- 乙\n1. 丙\n2. 丁\n引文|||"]),
            ("|a|b|\n|-|-|\n|甲|乙|", &["1||a\tb\n甲\t乙|||"]),
            (
                "```\nx\n y\n```\n<div><b>甲</b>\n乙</div>\n\n丙<br>丁",
                &["1||x\n y\n甲乙\n丙\n丁|||"],
            ),
            (
                "---\ntitle: \"石板路上\"\ndate: 2021-03-05\nauthor: [林小满]\n---\n\n# 石板路上\n\n雨停了",
                &["7|石板路上|雨停了|2021-03-05|林小满|"],
            ),
            ("# 甲\n\n雨\n\n# 乙\n\n灯\n", &["1|甲|雨|||", "5|乙|灯|||"]),
            (
                "---\ntitle: 甲\n---\n雨\n\n---\ntitle: 乙\n---\n灯\n",
                &["- ---\ntitle: 甲\n---\n雨\n\n---\ntitle: 乙\n---\n灯\n"],
            ),
            ("", &["- "]),
            ("---\n\n雨", &["1||雨|||"]),
        ];
        for (text, expected) in cases {
            assert_eq!(records_in("a.md", text.as_bytes()), expected, "{text}");
        }
        assert_eq!(records_in("a.txt", b"# a"), ["- # a"]);
    }

    #[test]
    fn depth_costs_neither_stack_nor_time() {
        for piece in ["> ", "- ", "[", "*a ", "<b>", "![", "`", "# a\n\n", "|a", "**a_", "[^1]: "] {
            let text = piece.repeat(20_000) + "灯";
            assert!(!records_in("a.md", text.as_bytes()).is_empty(), "{piece}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "([-#>*_`|!\\[\\]()甲a ]|\n|---\n|title:|<p>){0,60}") {
            records_in("a.md", text.as_bytes());
        }
    }
}
