//! JSON Lines: one object per line, each with a text of its own.
//!
//! A line that cannot be used is one problem with its number; the next line is read all the same.
//! One line is in memory at a time.

use std::ops::ControlFlow;

use serde_json::Value;

use super::Text;
use super::encoding::{Decoded, decode};
use super::json::{cause_of, field_of};
use super::lines::{Line, read_line};
use super::read::ReadSink;
use super::stream::Bytes;
use super::task::Task;
use crate::error::ProblemKind;

/// Bytes above which a line is passed over: no text is so long, and a line takes several times its length
/// of the memory while it is read.
const LONGEST: u64 = 64 << 20;

/// Reads records up to the end, the first error of the stream, or a break of the sink.
pub(super) fn read(task: &Task, bytes: Bytes, sink: &mut ReadSink) -> ControlFlow<()> {
    let Bytes { mut stream, packing } = bytes;
    let limit = task.options.max_bytes.min(LONGEST);
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        let outcome = match read_line(&mut stream, limit, &mut bytes) {
            Ok(Line::End) => break,
            Ok(Line::Whole) => record_of(&bytes, line, task).transpose(),
            Ok(Line::TooLong) => Some(Err(ProblemKind::TooLarge { limit, size: None })),
            Err(error) => {
                return sink(Err(task.problem_at(line, packing.kind_of_error(&error))));
            }
        };
        if let Some(result) = outcome {
            sink(result.map_err(|kind| task.problem_at(line, kind)))?;
        }
    }
    ControlFlow::Continue(())
}

/// The record on a line; nothing for a blank line.
fn record_of(bytes: &[u8], line: u64, task: &Task) -> Result<Option<Text>, ProblemKind> {
    let decoded = decode(bytes, task.options.charset);
    if decoded.text.trim().is_empty() {
        return Ok(None);
    }
    let fields = match serde_json::from_str(decoded.text.trim_end()) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err(ProblemKind::NoText),
        Err(error) => return Err(ProblemKind::BadJson { cause: cause_of(&error) }),
    };
    let get = |name: &str| field_of(&fields, name);
    let found = task.options.fields.record(line, get);
    let (text, record) = found.ok_or(ProblemKind::NoText)?;
    Ok(Some(task.text(Decoded { text, ..decoded }, Some(record))))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;
    use crate::source::read::ReadOptions;
    use crate::source::unpack::Packing;

    /// The lines of a file as `title|text|date|author|source` or `! line: problem`.
    fn lines_of(mut bytes: &[u8], max_bytes: u64) -> Vec<String> {
        let options = ReadOptions { max_bytes, ..ReadOptions::default() };
        let mut lines = Vec::new();
        let task = Task::new(OsStr::new("x.jsonl"), &options);
        let bytes = Bytes { stream: &mut bytes, packing: Packing::Plain };
        let _ = read(&task, bytes, &mut |result| {
            lines.push(match result {
                Ok(Text { decoded, record: Some(record), .. }) => [
                    Some(record.line.to_string()),
                    record.title,
                    Some(decoded.text),
                    record.date,
                    record.author,
                    record.source,
                ]
                .map(Option::unwrap_or_default)
                .join("|"),
                Ok(text) => format!("no record: {text:?}"),
                Err(problem) => format!("! {problem}"),
            });
            ControlFlow::Continue(())
        });
        lines
    }

    #[test]
    fn a_line_that_breaks_off_ends_at_its_last_column() {
        let lines = lines_of(b"{\"text\":\"cut\n{\"text\":\"whole\"}\n", 1000);
        assert!(lines[0].contains("while parsing a string at column 12"), "{}", lines[0]);
        assert_eq!(lines[1..], ["2||whole|||"]);
    }

    #[test]
    fn fields_have_many_names() {
        let cases = [
            (r#"{"title":"甲","content":"乙"}"#, "1|甲|乙|||"),
            (r#"{"headline":"甲","text":"乙","time":20230512}"#, "1|甲|乙|20230512||"),
            (
                r#"{"标题":"甲","正文":"乙","日期":"五月","作者":"丙","来源":"丁"}"#,
                "1|甲|乙|五月|丙|丁",
            ),
            (r#"{"body":["乙","丙"],"author":["戊","己"],"source":null}"#, "1||乙\n丙||戊\n己|"),
            (r#"{"content":"","内容":"乙","title":" "}"#, "1||乙|||"),
            (r#"{"text":"甲","text":"乙"}"#, "1||乙|||"),
        ];
        for (line, expected) in cases {
            assert_eq!(lines_of(line.as_bytes(), 1000), [expected], "{line}");
        }
    }

    #[test]
    fn bad_lines_are_problems_and_the_rest_goes_on() {
        let deep = "[".repeat(200_000);
        let bad = [
            "{",
            "nonsense",
            "[1,2]",
            "\"text\"",
            "{}",
            r#"{"title":"甲"}"#,
            r#"{"text":7e999}"#,
            r#"{"text":"\ud83d"}"#,
            r#"{"text":NaN}"#,
            "{\"text\":\"a\u{1}b\"}",
            "null",
            &deep,
        ];
        let mut file = String::from("\u{FEFF}{\"text\":\"首\"}\r\n\n");
        for line in bad {
            file.push_str(line);
            file.push_str("\n{\"text\":\"好\"}\n");
        }
        file.push_str("{\"text\":\"末\"}");
        let found = lines_of(file.as_bytes(), 1 << 20);
        assert_eq!(found.first().unwrap(), "1||首|||");
        assert_eq!(found.last().unwrap(), "27||末|||");
        assert_eq!(found.iter().filter(|line| line.ends_with("|好|||")).count(), bad.len());
        let problems: Vec<_> = found.iter().filter(|line| line.starts_with('!')).collect();
        assert_eq!(problems.len(), bad.len());
        assert!(problems[0].starts_with("! x.jsonl:3: this line is not JSON (EOF while parsing"));
        assert!(problems[2].starts_with("! x.jsonl:7: this line has no text"));
    }

    #[test]
    fn a_line_above_the_limit_is_passed_over() {
        let long = format!("{{\"text\":\"{}\"}}", "长".repeat(1000));
        let file = format!("{{\"text\":\"甲\"}}\n{long}\n{{\"text\":\"乙\"}}\n{long}");
        let expected = [
            "1||甲|||",
            "! x.jsonl:2: too large (the limit is 100 B); split it first",
            "3||乙|||",
            "! x.jsonl:4: too large (the limit is 100 B); split it first",
        ];
        assert_eq!(lines_of(file.as_bytes(), 100), expected);
        assert_eq!(lines_of(file.as_bytes(), 10_000).len(), 4);
        // A limit that is met exactly, with and without a line feed after it.
        assert_eq!(lines_of(b"{\"text\":\"a\"}\n{\"text\":\"b\"}", 12), ["1||a|||", "2||b|||"]);
    }

    #[test]
    fn lines_in_other_encodings_are_read() {
        let line = "{\"标题\":\"澄江治水三年记\",\"正文\":\"今年以来，河水一天比一天清了。\"}\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(line);
        let expected = ["1|澄江治水三年记|今年以来，河水一天比一天清了。|||"];
        assert_eq!(lines_of(&bytes, 1000), expected);
    }
}
