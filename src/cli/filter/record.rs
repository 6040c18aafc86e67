//! One line of the input and the line that answers it.

use std::{
    borrow::Cow,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    str,
};

use serde::{
    Deserializer as _,
    de::{MapAccess, Visitor},
};
use serde_json::{Deserializer, value::RawValue};

use super::reader::{Content, Input, LONGEST};
use crate::{
    analysis::{Length, Vocabulary, analyze},
    cli::{
        args::FilterArgs,
        json::{self, Filtered, Kept, Refused},
    },
    error::ProblemKind,
    library, source,
    text::lexicon::Lexicon,
};

/// What is wanted of each line.
#[derive(Debug)]
pub(super) struct Request {
    id: String,
    title: String,
    text: String,
    sentences: Length,
    keywords: usize,
    keep: bool,
    explain: bool,
    vocabulary: Vocabulary,
}

/// What comes of a line.
pub(super) enum Answer {
    /// The line that answers it.
    Line(Vec<u8>),
    /// The line that says what is wrong with it.
    Refusal(Vec<u8>),
    /// The input cannot be read any further.
    Broken(ProblemKind),
}

/// A field of a line, its value as it was written.
type Field<'a> = (String, &'a RawValue);

impl Request {
    pub(super) fn new(args: &FilterArgs, lexicon: Lexicon) -> Self {
        let name = |wanted: source::Field, usual: &str| {
            let mut given = args.fields.iter().filter(|(name, _)| *name == wanted);
            given.next_back().map_or(usual, |(_, field)| field).to_owned()
        };
        Self {
            id: name(source::Field::Id, "id"),
            title: name(source::Field::Title, "title"),
            text: name(source::Field::Text, "text"),
            sentences: args.sentences,
            keywords: args.keywords,
            keep: args.keep,
            explain: args.explain,
            vocabulary: Vocabulary::new(lexicon),
        }
    }

    /// The line that stands for a line of the input.
    pub(super) fn answer(&self, input: &Input) -> Answer {
        let refused = |message: &str| refusal(None, input.line, message);
        match &input.content {
            Content::Bytes(bytes) => {
                // One text that brings the analysis down must not take the others with it.
                let answered = catch_unwind(AssertUnwindSafe(|| self.of_bytes(bytes, input.line)));
                answered.unwrap_or_else(|_| refused("the analysis failed; please report the text"))
            }
            Content::Blank => refused("a blank line"),
            Content::TooLong => refused(&format!("longer than {} MiB", LONGEST >> 20)),
            Content::Broken(kind) => Answer::Broken(kind.clone()),
        }
    }

    fn of_bytes(&self, bytes: &[u8], line: u64) -> Answer {
        let bytes = match line {
            1 => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
            _ => bytes,
        };
        let (text, invalid) = match str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), None),
            Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
        };
        let mut fields = Vec::new();
        let parsed = parse(&text, &mut fields);
        let id = find(&fields, &self.id);
        let message = match (invalid, parsed) {
            (Some(at), _) => {
                let id = id.filter(|id| !id.get().contains(char::REPLACEMENT_CHARACTER));
                return refusal(id, line, &format!("not UTF-8 from byte {} on", at + 1));
            }
            (None, Err(message)) => message,
            (None, Ok(())) => match self.of_fields(id, &fields) {
                Ok(answer) => return Answer::Line(answer),
                Err(message) => message,
            },
        };
        refusal(id, line, &message)
    }

    fn of_fields(&self, id: Option<&RawValue>, fields: &[Field<'_>]) -> Result<Vec<u8>, String> {
        let text = find(fields, &self.text).ok_or_else(|| format!("no field {}", self.text))?;
        let text = string(text).map_err(|cause| trouble(&self.text, &cause))?;
        let title = find(fields, &self.title).filter(|title| title.get() != "null");
        let told = title.map(string).transpose().map_err(|cause| trouble(&self.title, &cause))?;
        let kept = if self.keep { kept(fields) } else { Kept::default() };
        let filtered = Filtered::new(id, title, kept);
        if text.trim().is_empty() {
            return Ok(written(&filtered));
        }
        let page = library::record_page(told.as_deref(), &text);
        let front = page.text.len() - text.len();
        let Some(article) = page.articles.first() else { return Ok(written(&filtered)) };
        let analysis = analyze(article, &self.vocabulary);
        let wanted = (self.sentences, self.keywords);
        let found = filtered.found((&page, front), (article, &analysis), wanted);
        Ok(written(&if self.explain { found.explained(&analysis) } else { found }))
    }
}

/// Reads the fields of an object into `fields`, those before a mistake too.
fn parse<'a>(text: &'a str, fields: &mut Vec<Field<'a>>) -> Result<(), String> {
    let mut deserializer = Deserializer::from_str(text);
    let read = deserializer.deserialize_map(Fields(fields)).and_then(|()| deserializer.end());
    read.map_err(|error| {
        if error.is_data() {
            "not an object".to_owned()
        } else {
            format!("not JSON: {}", cause(&error))
        }
    })
}

struct Fields<'f, 'a>(&'f mut Vec<Field<'a>>);

impl<'a> Visitor<'a> for Fields<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(field) = map.next_entry()? {
            self.0.push(field);
        }
        Ok(())
    }
}

/// What the parser says, without the line, which is always the first for it.
fn cause(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

/// The value of a field; of several with one name the last, as most programs have it.
fn find<'a>(fields: &[Field<'a>], name: &str) -> Option<&'a RawValue> {
    fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| *value)
}

fn string(value: &RawValue) -> Result<String, String> {
    serde_json::from_str(value.get()).map_err(|error| {
        if error.is_data() {
            "is not a string".to_owned()
        } else {
            format!("cannot be read: {}", cause(&error))
        }
    })
}

fn trouble(field: &str, cause: &str) -> String {
    format!("the field {field} {cause}")
}

/// Every field once, with the value that [`find`] finds.
fn kept<'a>(fields: &'a [Field<'a>]) -> Kept<'a> {
    let places = fields.iter().enumerate();
    let last: HashMap<&str, usize> = places.map(|(at, (name, _))| (name.as_str(), at)).collect();
    let fields = fields.iter().enumerate();
    let lasting = fields.filter(|(at, (name, _))| last.get(name.as_str()) == Some(at));
    Kept::of(lasting.map(|(_, (name, value))| (name.as_str(), *value)))
}

fn refusal(id: Option<&RawValue>, line: u64, message: &str) -> Answer {
    Answer::Refusal(written(&Refused::new(id, line, message)))
}

/// The value as one line.
fn written(value: &impl serde::Serialize) -> Vec<u8> {
    let mut line = Vec::new();
    // Nothing that is written here can fail to be JSON, and memory takes everything.
    let _ = json::write(&mut line, value);
    line.push(b'\n');
    line
}
