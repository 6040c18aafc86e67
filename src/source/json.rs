//! JSON: an array of objects, an object with such an array in it, one object, or several one after
//! the other. Each object with a text is an article.
//!
//! Values are looked at as they were written and taken apart one by one, so nesting of any depth costs
//! no stack, and what stands before a mistake is read.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;

use serde::Deserializer as _;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde_json::{Deserializer, Map, Value, value::RawValue};

use super::encoding::{Decoded, decode};
use super::lines::LineCount;
use super::read::ReadSink;
use super::task::Task;
use crate::error::ProblemKind;

/// How deep an array of records is looked for inside of objects.
const DEPTH: usize = 4;

/// Reads every record.
pub(super) fn read(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    let decoded = decode(bytes, task.options.charset);
    let text = &decoded.text;
    let mut records = Records { task, decoded: &decoded, lines: LineCount::new(text), sink };
    let mut values = Deserializer::from_str(text).into_iter::<&RawValue>();
    loop {
        let before = values.byte_offset();
        match values.next() {
            None => return ControlFlow::Continue(()),
            Some(Ok(value)) => records.value(value.get(), DEPTH)?,
            Some(Err(error)) => {
                let rest = text.get(before..).unwrap_or_default().trim_start();
                if rest.starts_with('[') {
                    records.array(rest)?;
                }
                let line = error.line() as u64;
                let kind = ProblemKind::Damaged { what: "JSON", cause: error.to_string() };
                return (records.sink)(Err(task.problem_at(line, kind)));
            }
        }
    }
}

/// Hands on the records of a file.
struct Records<'a, 'o, 's> {
    task: &'a Task<'o>,
    decoded: &'a Decoded,
    lines: LineCount<'a>,
    sink: &'a mut ReadSink<'s>,
}

impl Records<'_, '_, '_> {
    /// A value that is records, or holds them no deeper than `depth`.
    fn value(&mut self, raw: &str, depth: usize) -> ControlFlow<()> {
        match raw.chars().next() {
            Some('[') => self.array(raw),
            Some('{') => self.object(raw, depth),
            _ => self.refuse(raw, ProblemKind::NoText),
        }
    }

    /// The elements of an array, up to a mistake in it.
    fn array(&mut self, raw: &str) -> ControlFlow<()> {
        let mut flow = ControlFlow::Continue(());
        let elements = Elements(&mut |element: &RawValue| {
            flow = self.element(element.get());
            flow
        });
        // Whoever parsed the whole before knows about mistakes.
        let _ = Deserializer::from_str(raw).deserialize_seq(elements);
        flow
    }

    fn element(&mut self, raw: &str) -> ControlFlow<()> {
        match serde_json::from_str(raw) {
            Ok(Value::Object(fields)) => {
                let get = |name: &str| field_of(&fields, name);
                if self.record(raw, get)? { ControlFlow::Continue(()) } else { self.nothing(raw) }
            }
            Ok(_) => self.nothing(raw),
            Err(error) => {
                let kind = ProblemKind::BadJson { cause: cause_of(&error) };
                self.refuse(raw, kind)
            }
        }
    }

    /// An object: a record, or one that holds them. The longest array of objects is taken for it.
    fn object(&mut self, raw: &str, depth: usize) -> ControlFlow<()> {
        let Ok(fields) = serde_json::from_str::<BTreeMap<String, &RawValue>>(raw) else {
            return self.element(raw);
        };
        let get = |name: &str| {
            let value: Value = serde_json::from_str(fields.get(name)?.get()).ok()?;
            text_of(&value)
        };
        if self.record(raw, get)? {
            return ControlFlow::Continue(());
        }
        let longest = |is: &dyn Fn(&str) -> bool| {
            let inside = fields.values().map(|value| value.get()).filter(|raw| is(raw));
            inside.max_by_key(|raw| raw.len())
        };
        let objects = |raw: &str| {
            raw.strip_prefix('[').is_some_and(|inside| inside.trim_start().starts_with('{'))
        };
        match longest(&objects).or_else(|| longest(&|raw| raw.starts_with('{'))) {
            Some(inside) if depth > 0 => self.value(inside, depth - 1),
            _ => self.nothing(raw),
        }
    }

    /// Hands on what an object holds; `false` if it has no text.
    fn record(&mut self, raw: &str, get: impl Fn(&str) -> Option<String>) -> ControlFlow<(), bool> {
        let line = self.line_of(raw);
        let Some((text, record)) = self.task.options.fields.record(line, get) else {
            return ControlFlow::Continue(false);
        };
        let Decoded { encoding, bom, malformed, confidence, .. } = *self.decoded;
        let decoded = Decoded { text, encoding, bom, malformed, confidence };
        (self.sink)(Ok(self.task.text(decoded, Some(record))))?;
        ControlFlow::Continue(true)
    }

    fn nothing(&mut self, raw: &str) -> ControlFlow<()> {
        self.refuse(raw, ProblemKind::NoText)
    }

    fn refuse(&mut self, raw: &str, kind: ProblemKind) -> ControlFlow<()> {
        let line = self.line_of(raw);
        (self.sink)(Err(self.task.problem_at(line, kind)))
    }

    /// The line at which a part of the file begins.
    fn line_of(&mut self, part: &str) -> u64 {
        let offset = part.as_ptr().addr().saturating_sub(self.decoded.text.as_ptr().addr());
        self.lines.line_of(offset)
    }
}

/// Takes the elements of an array until it breaks.
struct Elements<'f>(&'f mut dyn FnMut(&RawValue) -> ControlFlow<()>);

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(element) = elements.next_element::<&RawValue>()? {
            if (self.0)(element).is_break() {
                return Err(A::Error::custom("enough"));
            }
        }
        Ok(())
    }
}

/// The fields of an object under their names, as [`FieldNames`](super::fields::FieldNames) asks.
pub(super) fn field_of(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(text_of)
}

/// What the parser says, without the line, which is always the first for it.
pub(super) fn cause_of(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

/// The text of a field: a string, a number, or several of them as a line each.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use crate::source::members::tests::records_in;

    #[test]
    fn records_are_found_where_they_are() {
        let cases: [(&str, &[&str]); 12] = [
            (r#"[{"title":"甲","text":"乙"},{"text":"丙"}]"#, &["1|甲|乙|||", "1||丙|||"]),
            ("[\n{\"text\":\"a\"},\n\n{\"text\":\"b\"}\n]", &["2||a|||", "4||b|||"]),
            (r#"{"标题":"甲","正文":"乙","日期":2021}"#, &["1|甲|乙|2021||"]),
            ("{\"text\":\"a\"}\n{\"text\":\"b\"}", &["1||a|||", "2||b|||"]),
            (r#"{"count":2,"data":[{"text":"a"},{"text":"b"}]}"#, &["1||a|||", "1||b|||"]),
            (r#"{"data":{"page":{"items":[{"text":"a"}]}}}"#, &["1||a|||"]),
            (r#"{"tags":[{}],"items":[{"text":"a"}]}"#, &["1||a|||"]),
            (r#"[{"title":"甲"},7,{"text":"a"}]"#, &["! 1 NoText", "! 1 NoText", "1||a|||"]),
            ("[]", &[]),
            ("{}", &["! 1 NoText"]),
            (
                "[{\"text\":\"a\"},\n{\"text\":\"b\"},\n{\"te",
                &["1||a|||", "2||b|||", "! 3 Damaged"],
            ),
            ("{\"text\":\"a\"}\nnonsense", &["1||a|||", "! 2 Damaged"]),
        ];
        for (json, expected) in cases {
            assert_eq!(records_in("x.json", json.as_bytes()), expected, "{json}");
        }
        let (gbk, _, _) = encoding_rs::GBK
            .encode("[{\"title\":\"澄江治水三年记\",\"text\":\"今年以来，河水清了。\"}]");
        assert_eq!(records_in("x.json", &gbk), ["1|澄江治水三年记|今年以来，河水清了。|||"]);
    }

    #[test]
    fn depth_costs_nothing() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"text\":", "}]")] {
            let (open, close) = (open.repeat(200_000), close.repeat(200_000));
            for deep in
                [open.clone(), format!("{open}1{close}"), format!("[{{\"a\":{open}1{close}}}]")]
            {
                let told = records_in("x.json", deep.as_bytes());
                assert_eq!(told.len(), 1, "{told:?}");
                assert!(told[0].starts_with("! "), "{told:?}");
            }
        }
    }

    #[test]
    fn text_that_is_no_json_stays_text() {
        for (name, text) in [
            ("a.txt", r#"[{"text":"a"}]"#),
            ("a.json", "新闻"),
            ("<stdin>", "[1] 脚注"),
            ("<stdin>", "{河}"),
        ] {
            assert_eq!(records_in(name, text.as_bytes()), [format!("- {text}")]);
        }
        assert_eq!(records_in("<stdin>", br#" [ { "text": "a"}]"#), ["1||a|||"]);
        assert_eq!(
            records_in("<stdin>", b"{\"text\":\"a\"}\n{\"text\":\"b\"}"),
            ["1||a|||", "2||b|||"]
        );
    }
}
