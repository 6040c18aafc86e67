//! Books as EPUB: each chapter is an article, in reading order, with the title of the book as its
//! source.
//!
//! A book is a zip archive with a list of its parts in XML, so the readers of those are enough; the
//! crate for books is under the GPL, another one keeps whole books as trees.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Record;
use super::encoding::{Decoded, decode_declared, is_binary};
use super::html::passage;
use super::members::Budget;
use super::read::ReadSink;
use super::stream::{Explained, Told};
use super::task::Task;
use super::zip::kind_of as kind_of_zip;
use crate::error::ProblemKind;

/// What is damaged when it is damaged.
const WHAT: &str = "EPUB";
/// Where the list of parts is told.
const CONTAINER: &str = "META-INF/container.xml";

/// Reads every chapter. A chapter counts as the line with its number.
pub(super) fn read(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    let budget = task.budget();
    let mut book = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => Book { archive, task, budget },
        Err(error) => return sink(Err(task.problem(kind_of_zip(error)))),
    };
    let contents = match book.contents() {
        Ok(contents) => contents,
        Err(kind) => return sink(Err(task.problem(kind))),
    };
    for (number, path) in (1..).zip(&contents.chapters) {
        let chapter = book.bytes_of(path).and_then(|bytes| {
            if is_binary(&bytes, None) { Err(ProblemKind::Encrypted) } else { Ok(bytes) }
        });
        let bytes = match chapter {
            Ok(bytes) => bytes,
            Err(kind) => {
                sink(Err(task.problem_at(number, kind)))?;
                continue;
            }
        };
        let decoded = decode_declared(&bytes, task.options.charset);
        let passage = passage(&decoded.text);
        // Covers and the like.
        if passage.text.trim().is_empty() {
            continue;
        }
        let record = Record {
            line: number,
            title: passage.title,
            date: contents.date.clone(),
            author: contents.author.clone(),
            source: contents.title.clone(),
        };
        let decoded = Decoded { text: passage.text, ..decoded };
        sink(Ok(task.text(decoded, Some(record))))?;
        if book.budget.is_spent() {
            break;
        }
    }
    ControlFlow::Continue(())
}

struct Book<'a, 'o> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    task: &'a Task<'o>,
    budget: Budget,
}

/// What a book says of itself.
#[derive(Default)]
struct Contents {
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    /// Paths of the chapters, in reading order.
    chapters: Vec<String>,
}

impl Book<'_, '_> {
    /// The bytes of a part.
    fn bytes_of(&mut self, path: &str) -> Result<Vec<u8>, ProblemKind> {
        let part = self.archive.by_name(path).map_err(kind_of_zip)?;
        let limit = self.task.options.max_bytes;
        let part = Explained::new(part, |error| Told::damage(WHAT, error));
        let mut bytes = Vec::new();
        let capped = self.budget.capped(part);
        capped
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| Told::of(&error).unwrap_or_else(|| ProblemKind::from(&error)))?;
        if bytes.len() as u64 > limit {
            return Err(ProblemKind::TooLarge { limit, size: None });
        }
        Ok(bytes)
    }

    fn xml_of(&mut self, path: &str) -> Result<String, ProblemKind> {
        Ok(decode_declared(&self.bytes_of(path)?, None).text)
    }

    fn contents(&mut self) -> Result<Contents, ProblemKind> {
        let container = self.xml_of(CONTAINER)?;
        let mut list = None;
        each(&container, &mut |path, element, _| {
            if path == "rootfile" && list.is_none() {
                list = element.and_then(|element| attribute(element, "full-path"));
            }
        })?;
        let missing =
            || ProblemKind::Damaged { what: WHAT, cause: "no list of chapters".to_owned() };
        let list = list.ok_or_else(missing)?;
        let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
        let package = self.xml_of(&list)?;
        let (mut contents, mut paths) = (Contents::default(), HashMap::new());
        each(&package, &mut |name, element, text| {
            let field = match name {
                "title" => Some(&mut contents.title),
                "creator" => Some(&mut contents.author),
                "date" => Some(&mut contents.date),
                _ => None,
            };
            if let Some(field) = field.filter(|field| field.is_none() && !text.trim().is_empty()) {
                *field = Some(text.trim().to_owned());
            }
            let Some(element) = element else { return };
            if name == "item"
                && let (Some(id), Some(path)) =
                    (attribute(element, "id"), attribute(element, "href"))
            {
                paths.insert(id, within(folder, &path));
            }
            if name == "itemref"
                && let Some(path) = attribute(element, "idref").and_then(|id| paths.get(&id))
            {
                contents.chapters.push(path.clone());
            }
        })?;
        if contents.chapters.is_empty() { Err(missing()) } else { Ok(contents) }
    }
}

/// Hands on each element of a document by its name, then its text once that is known.
fn each(
    xml: &str,
    take: &mut dyn FnMut(&str, Option<&BytesStart>, &str),
) -> Result<(), ProblemKind> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(element) | Event::Empty(element)) => {
                text.clear();
                take(element.local_name().as_ref(), Some(&element), "");
            }
            Ok(Event::Text(more)) => text.push_str(&more),
            Ok(Event::CData(more)) => text.push_str(&more),
            Ok(Event::GeneralRef(entity)) => match (entity.resolve_char_ref(), &*entity) {
                (Ok(Some(c)), _) => text.push(c),
                (_, "amp") => text.push('&'),
                (_, "lt") => text.push('<'),
                (_, "gt") => text.push('>'),
                _ => {}
            },
            Ok(Event::End(element)) => {
                take(element.local_name().as_ref(), None, &text);
                text.clear();
            }
            Ok(_) => {}
            Err(error) => {
                return Err(ProblemKind::Damaged { what: WHAT, cause: error.to_string() });
            }
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    // Comparing each with all others would be quadratic.
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.replace("&amp;", "&"))
}

/// A path as seen from a folder, with `%20` and the like resolved. It names a member of the archive
/// and nothing else, so it may lead where it wants.
fn within(folder: &str, path: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let figures = after.get(..2).filter(|_| *first == b'%');
        let code = figures.and_then(|figures| str::from_utf8(figures).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    let path = String::from_utf8_lossy(&bytes);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::members::tests::{records_in, zip};

    const PACKAGE: &str = "<package><metadata><dc:title>河&amp;桥</dc:title>
        <dc:creator>林小满</dc:creator><dc:date>2021-03-05</dc:date></metadata><manifest>
        <item id='a' href='../text/a%20b.xhtml'/><item id='c' href='c.xhtml#x'/>
        <item id='gone' href='gone.xhtml'/><item id='cover' href='cover.xhtml'/></manifest>
        <spine><itemref idref='cover'/><itemref idref='c'/><itemref idref='a'/>
        <itemref idref='gone'/><itemref idref='none'/></spine></package>";

    fn book(package: &str) -> Vec<u8> {
        let container =
            "<container><rootfiles><rootfile full-path='ops/book.opf'/></rootfiles></container>";
        zip(&[
            ("mimetype", b"application/epub+zip"),
            (CONTAINER, container.as_bytes()),
            ("ops/book.opf", package.as_bytes()),
            ("ops/cover.xhtml", b"<html><title>Cover</title><img/></html>"),
            (
                "text/a b.xhtml",
                "<html><title>甲</title><body><p>雨停了。</p><p>灯亮了。</p></body></html>"
                    .as_bytes(),
            ),
            ("ops/c.xhtml", "<html><title>x</title><h2>乙</h2><p>河水清了。</p></html>".as_bytes()),
        ])
    }

    #[test]
    fn chapters_are_articles_in_reading_order() {
        let expected = [
            "2|乙|乙\n河水清了。|2021-03-05|林小满|河&桥",
            "3|甲|雨停了。\n灯亮了。|2021-03-05|林小满|河&桥",
            "! 4 Damaged",
        ];
        assert_eq!(records_in("a.epub", &book(PACKAGE)), expected);
        assert_eq!(records_in("a.zip", &zip(&[("b.epub", &book(PACKAGE))])), expected);
    }

    #[test]
    fn books_that_are_none_are_one_problem() {
        for package in
            ["", "<package/>", "<package><spine><itemref idref='a'/></spine></package>", "<a b=<"]
        {
            let told = records_in("a.epub", &book(package));
            assert_eq!(told, ["! Damaged"], "{package}");
        }
        assert_eq!(records_in("a.epub", &zip(&[("a.txt", b"a")])), ["! Damaged"]);
        let whole = book(PACKAGE);
        for length in (30..whole.len()).step_by(53) {
            assert!(!records_in("a.epub", &whole[..length]).is_empty());
        }
    }
}
