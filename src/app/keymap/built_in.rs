//! The keymap files that are built in, read without a look for mistakes.
//!
//! The first frame shows keys and so waits for them. A test holds that every such file is free of
//! mistakes, and comes to the same when it is read as a person's own.

use super::super::action::{Action, Context};
use super::super::chord::Sequence;
use super::{Binding, Keymap};

impl Keymap {
    /// Puts a built-in keymap file over this keymap. Every line of it is a comment, a header, or
    /// an entry of one key and its command, in basic strings without an escape but `\\` and `\"`.
    pub(super) fn put_built_in(&mut self, text: &'static str) {
        let mut context = None;
        for line in text.lines() {
            if let Some(header) = line.strip_prefix('[') {
                context = header.split_once(']').and_then(|(name, _)| Context::named(name));
            } else if let (Some(context), Some((sequence, binding))) = (context, entry(line)) {
                self.tables.entry(context).or_default().insert(sequence, binding);
            }
        }
    }
}

/// The key and the command of a line that is an entry.
fn entry(line: &str) -> Option<(Sequence, Binding)> {
    let (key, rest) = string(line.strip_prefix('"')?)?;
    let (_, value) = rest.split_once('"')?;
    let (command, _) = string(value)?;
    let binding = match command {
        "none" => Binding::Nothing,
        words => Binding::Run(vec![Action::parse(words).ok()?]),
    };
    let key = if key.contains('\\') {
        key.replace("\\\\", "\\").replace("\\\"", "\"").parse()
    } else {
        key.parse()
    };
    Some((key.ok()?, binding))
}

/// A string up to its closing quote, and what follows it.
fn string(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    let end = text.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}
