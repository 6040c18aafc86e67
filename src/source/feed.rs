//! RSS and Atom: each item is an article.
//!
//! The parser is that of a crate; what the elements mean is a table here. Crates that know feeds bring
//! calendars, addresses and their tables, which nothing here asks for. Entities that a document
//! defines itself are never resolved, so they cannot grow; nothing recurses.

use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use super::Record;
use super::encoding::{Decoded, decode_declared};
use super::fields::Field;
use super::html::passage;
use super::lines::LineCount;
use super::read::ReadSink;
use super::task::Task;
use crate::error::ProblemKind;

/// What is damaged when it is damaged.
const WHAT: &str = "XML";

/// Elements of an item and what they hold, the best first.
const FIELDS: [(&str, Field); 12] = [
    ("title", Field::Title),
    ("encoded", Field::Text),
    ("content", Field::Text),
    ("description", Field::Text),
    ("summary", Field::Text),
    ("pubDate", Field::Date),
    ("published", Field::Date),
    ("date", Field::Date),
    ("updated", Field::Date),
    ("creator", Field::Author),
    ("author", Field::Author),
    ("source", Field::Source),
];

/// Reads every item.
pub(super) fn read(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    let decoded = decode_declared(bytes, task.options.charset);
    let mut reader = Reader::from_str(&decoded.text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    reader.config_mut().allow_unmatched_ends = true;
    let mut lines = LineCount::new(&decoded.text);
    let mut feed = Feed::default();
    loop {
        let offset = reader.buffer_position() as usize;
        let event = match reader.read_event() {
            Ok(Event::Eof) if feed.depth == 0 => return ControlFlow::Continue(()),
            Ok(Event::Eof) => {
                let cause = "unexpected end of data".to_owned();
                return sink(Err(task.problem(ProblemKind::Damaged { what: WHAT, cause })));
            }
            Ok(event) => event,
            Err(error) => {
                let kind = ProblemKind::Damaged { what: WHAT, cause: error.to_string() };
                return sink(Err(task.problem_at(lines.line_of(offset), kind)));
            }
        };
        match event {
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                feed.start(&name, || lines.line_of(offset));
            }
            Event::Text(text) => feed.text(&text),
            Event::CData(text) => feed.text(&text),
            Event::GeneralRef(entity) => feed.entity(&entity),
            Event::End(_) => {
                if let Some(item) = feed.end() {
                    let line = item.line;
                    sink(match text_of(task, &decoded, item, &feed.title) {
                        Some(text) => Ok(text),
                        None => Err(task.problem_at(line, ProblemKind::OnlyMarkup)),
                    })?;
                }
            }
            _ => {}
        }
    }
}

/// An item: what was found, by its place in [`FIELDS`].
#[derive(Default)]
struct Item {
    line: u64,
    found: [Option<String>; FIELDS.len()],
}

/// What is being read of a feed.
#[derive(Default)]
struct Feed {
    title: String,
    depth: usize,
    item: Option<(usize, Item)>,
    /// The field that is being read, how deep its element is, and its text.
    field: Option<(Option<usize>, usize, String)>,
    /// How deep a name stands in an author; deeper than anything once it was read.
    name: Option<usize>,
}

impl Feed {
    fn start(&mut self, name: &str, line: impl FnOnce() -> u64) {
        self.depth += 1;
        match (&mut self.field, &self.item) {
            (Some((field, _, text)), _) => {
                let is_author = field.and_then(|at| FIELDS.get(at)).map(|(_, field)| *field)
                    == Some(Field::Author);
                if is_author && name == "name" {
                    text.clear();
                    self.name = Some(self.depth);
                } else if BLOCKS.contains(&name) {
                    text.push_str("<br>");
                }
            }
            (None, None) if matches!(name, "item" | "entry") => {
                self.item = Some((self.depth, Item { line: line(), ..Item::default() }));
            }
            // The title of the channel, not that of its picture.
            (None, None) if name == "title" && self.depth <= 3 && self.title.is_empty() => {
                self.field = Some((None, self.depth, String::new()));
            }
            (None, Some((depth, _))) if self.depth == depth + 1 => {
                let known = FIELDS.iter().position(|(known, _)| *known == name);
                self.field = known.map(|known| (Some(known), self.depth, String::new()));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((field, _, known)) = &mut self.field {
            let is_author = field
                .is_some_and(|at| FIELDS.get(at).is_some_and(|(_, field)| *field == Field::Author));
            // Of an author in parts only the name counts, and what came before it.
            if !is_author || self.name.is_none_or(|depth| depth <= self.depth) {
                known.push_str(text);
            }
        }
    }

    fn entity(&mut self, entity: &BytesRef) {
        let name = entity.to_string();
        match (entity.resolve_char_ref(), &*name) {
            (Ok(Some(c)), _) => self.text(c.encode_utf8(&mut [0; 4])),
            (_, "lt") => self.text("<"),
            (_, "gt") => self.text(">"),
            (_, "amp") => self.text("&"),
            (_, "quot") => self.text("\""),
            (_, "apos") => self.text("'"),
            // One of HTML, or one that the document defines.
            _ => self.text(&format!("&{name};")),
        }
    }

    /// Ends an element, and gives the item that ends with it.
    fn end(&mut self) -> Option<Item> {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        if self.name == Some(depth) {
            self.name = Some(usize::MAX);
        }
        if self.field.as_ref().is_some_and(|(_, begun, _)| *begun >= depth) {
            let (field, _, text) = self.field.take()?;
            self.name = None;
            match (field, &mut self.item) {
                (Some(at), Some((_, item))) => {
                    if let Some(slot) = item.found.get_mut(at).filter(|slot| slot.is_none()) {
                        *slot = Some(text).filter(|text| !text.trim().is_empty());
                    }
                }
                _ => self.title = one_line(&text),
            }
            return None;
        }
        self.item.take_if(|(begun, _)| *begun >= depth).map(|(_, item)| item)
    }
}

/// Elements of XHTML that begin a line.
const BLOCKS: [&str; 6] = ["p", "div", "br", "li", "h1", "h2"];

fn text_of(task: &Task, decoded: &Decoded, item: Item, channel: &str) -> Option<super::Text> {
    let Item { line, found } = item;
    let find = |wanted: Field| {
        let mut fields = FIELDS.iter().zip(&found).filter(|((_, field), _)| *field == wanted);
        fields.find_map(|(_, value)| value.as_deref())
    };
    let text = passage(find(Field::Text)?).text;
    let record = Record {
        line,
        title: find(Field::Title).map(|title| passage(title).text).map(|title| one_line(&title)),
        date: find(Field::Date).map(|date| iso(date.trim())),
        author: find(Field::Author).map(one_line),
        source: find(Field::Source).map(one_line).or_else(|| Some(channel.to_owned())),
    };
    let record = Record { source: record.source.filter(|name| !name.is_empty()), ..record };
    let Decoded { encoding, bom, malformed, confidence, .. } = *decoded;
    let decoded = Decoded { text, encoding, bom, malformed, confidence };
    (!decoded.text.is_empty()).then(|| task.text(decoded, Some(record)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day of a date as mail has it, `Fri, 05 Mar 2021 08:30:00 +0800`, in the order of ISO 8601;
/// anything else as it is.
fn iso(date: &str) -> String {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = date.split([' ', ',']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let day = if first.starts_with(|c: char| c.is_ascii_digit()) {
        first
    } else {
        words.next().unwrap_or_default()
    };
    let (month, year) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let month = month.to_ascii_lowercase();
    let month = MONTHS.iter().position(|known| month.starts_with(known));
    let figures = |word: &str, most| {
        (1..=most).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    match month {
        Some(month) if figures(day, 2) && figures(year, 4) && year.len() == 4 => {
            format!("{year}-{:02}-{day:0>2}", month + 1)
        }
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::members::tests::records_in;

    #[test]
    fn items_are_articles() {
        let rss = "<?xml version='1.0'?>\n<rss version='2.0'><channel><title>远山网</title>
<image><title>图</title></image>
<item><title>石板 &lt;b&gt;路&lt;/b&gt;上</title><description>短</description>
<content:encoded><![CDATA[<p>雨停了。</p><p>灯亮了&nbsp;&mdash;。</p>]]></content:encoded>
<pubDate>Fri, 5 Mar 2021 08:30:00 +0800</pubDate><dc:creator>林小满</dc:creator></item>
<item><title>桥</title><description>&lt;p&gt;河水&amp;amp;灯&lt;br/&gt;清了&#x3002;&lt;/p&gt;</description>
<source url='x'>柳塘晚报</source></item>
<item><title>空</title></item></channel></rss>";
        let expected = [
            "4|石板 路上|雨停了。\n灯亮了 —。|2021-03-05|林小满|远山网",
            "7|桥|河水&灯\n清了。|||柳塘晚报",
            "! 9 OnlyMarkup",
        ];
        assert_eq!(records_in("a.xml", rss.as_bytes()), expected);
        assert_eq!(records_in("feed", rss.as_bytes()), expected);
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>远山</title><entry>
<title>甲</title><author><email>a@b</email><name>林小满</name><uri>c</uri></author>
<updated>2021-03-06T00:00:00Z</updated><published>2021-03-05T00:00:00Z</published>
<summary>短</summary><content type='xhtml'><div><p>雨停了。</p><p>灯<b>亮</b>了。</p></div></content>
</entry></feed>";
        let expected = ["1|甲|雨停了。\n灯亮了。|2021-03-05T00:00:00Z|林小满|远山"];
        assert_eq!(records_in("a.rss", atom.as_bytes()), expected);
    }

    #[test]
    fn dates_of_mail_are_turned_round() {
        for (date, expected) in [
            ("Fri, 05 Mar 2021 08:30:00 +0800", "2021-03-05"),
            ("5 March 2021", "2021-03-05"),
            ("2021-03-05", "2021-03-05"),
            ("Fri", "Fri"),
            ("32 Foo 2021", "32 Foo 2021"),
        ] {
            assert_eq!(iso(date), expected);
        }
    }

    #[test]
    fn feeds_in_other_encodings_and_other_documents() {
        let rss = "<?xml version='1.0' encoding='GB2312'?><rss><channel><item><title>甲</title>\
                   <description>雨停了</description></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::GBK.encode(rss);
        assert_eq!(records_in("a.xml", &bytes), ["1|甲|雨停了|||"]);
        let other = "<?xml version='1.0'?><page>雨停了</page>";
        assert_eq!(records_in("a.xml", other.as_bytes()), [format!("- {other}")]);
    }

    #[test]
    fn hostile_feeds_are_harmless() {
        let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 '河'>");
        for n in 1..30 {
            let before = n - 1;
            let entity = format!("<!ENTITY a{n} '&a{before};&a{before};'>");
            bomb.push_str(&entity);
        }
        bomb += "]><rss><channel><item><description>灯&a29;</description></item></channel></rss>";
        assert_eq!(records_in("a.xml", bomb.as_bytes()), ["1||灯&a29;|||"]);
        let open = "<rss><channel><item><title>".to_owned() + &"<a>".repeat(200_000);
        assert_eq!(records_in("a.xml", open.as_bytes()), ["! Damaged"]);
        let item = "<item><description>灯</description></item>";
        let cut = format!("<rss><channel>{item}{item}<item><descr");
        assert_eq!(records_in("a.xml", cut.as_bytes())[..2], ["1||灯|||", "1||灯|||"]);
        assert_eq!(records_in("a.xml", cut.as_bytes()).len(), 3);
        assert!(records_in("a.xml", b"<rss></rss></rss></rss>").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_feed_is_too_strange(xml in "(</?[a-z]{0,5}>|<item>|</item>|<title>|<author>|<name>|&[a-z#0-9]{0,4};?|<!\\[CDATA\\[|\\]\\]>|[甲<&> ]){0,60}") {
            records_in("a.xml", format!("<rss>{xml}").as_bytes());
        }
    }
}
