//! Whatever a file of records holds, each of its lines is told once, as a text or as a problem, in order;
//! what is JSON by another reader has the text that this reader sees; and nothing ends before the end.

use std::{ffi::OsStr, ops::ControlFlow};

use serde_json::Value;
use zhaidu::source::{
    encoding::decode,
    read::{Format, ReadOptions, read_bytes},
};

/// The limit for a line, in bytes.
const LIMIT: usize = 2048;
/// Where a text can be.
const TEXTS: [&str; 5] = ["content", "text", "body", "正文", "内容"];

pub(crate) fn holds(bytes: &[u8]) {
    // Behind so much white space nothing is taken for an archive file, which is another law.
    let bytes = &*[&[b' '; 512], &b"\n"[..], bytes].concat();
    let options = ReadOptions {
        format: Format::JsonLines,
        max_bytes: LIMIT as u64,
        ..ReadOptions::default()
    };
    let mut told = Vec::new();
    let flow = read_bytes(OsStr::new("a.jsonl"), &mut &*bytes, &options, &mut |found| {
        let line = match &found {
            Ok(text) => text.record.as_ref().expect("a record").line,
            Err(problem) => problem.line.expect("a line"),
        };
        told.push((line, found.ok().map(|text| text.decoded.text)));
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue(), "it ended early");
    let lines = (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n'));
    // What is blank can hang on the end of the line, as half a character of two bytes.
    let is_filled = |line: &[u8]| !decode(line, None).text.trim().is_empty();
    let lines =
        lines.map(|(number, line)| (number, line.strip_suffix(b"\n").unwrap_or(line), line));
    let filled = lines.filter(|(_, line, whole)| line.len() > LIMIT || is_filled(whole));
    let mut told = told.into_iter();
    for (number, line, _) in filled {
        let (at, text) = told.next().expect("every line is told");
        assert_eq!(at, number, "in order");
        if line.len() > LIMIT {
            assert_eq!(text, None, "line {number} is too long");
        } else if let Some(expected) = text_of(line) {
            assert_eq!(text, Some(expected), "line {number}");
        }
    }
    assert_eq!(told.next(), None, "told twice");
}

/// The text of a line, if another reader finds exactly one there and nothing else can be meant.
fn text_of(line: &[u8]) -> Option<String> {
    let Value::Object(fields) = serde_json::from_slice(line).ok()? else { return None };
    let mut texts = TEXTS.iter().filter_map(|name| fields.get(*name));
    match (texts.next()?, texts.next()) {
        (Value::String(text), None) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}
