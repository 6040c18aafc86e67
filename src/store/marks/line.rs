//! The form of a line.
//!
//! ```text
//! 1c9a7f02 {"v":1,"id":"18a3f0c2e1b-4711-1","ts":1717200000000,"op":"star",
//!           "key":{"h":"<content hash>","p":"<path>","t":"<title>"},"val":true}
//! ```
//!
//! The first eight digits are the CRC-32 of what stands behind the space, in lower case. `ts` counts
//! milliseconds since 1970. The operations are `star` and `read` (true or false), `tag` and `untag` (the
//! tag), `note` (its text). A note has `over`, too: the `id`s of the notes that it was written over.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    article::{ArticleId, Mark, MarkedArticle},
    store::journal::{sealed, unsealed},
};

/// The form of the lines that are written.
const VERSION: u32 = 1;

/// A mark with when and by whom it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op {
    /// Its own name, which no other mark has.
    pub id: String,
    /// Milliseconds since 1970; later than every mark that was known when it was made.
    pub at: u64,
    /// The article that it is about.
    pub article: MarkedArticle,
    /// The mark.
    pub mark: Mark,
    /// The names of the notes that a note was written over; `None` for other marks, and where it is not said.
    pub over: Option<Vec<String>>,
}

/// Why a line is no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is not as it was written.
    Damaged,
    /// It is whole, but says something that this version does not know.
    Unknown,
}

#[derive(Deserialize, Serialize)]
struct Written {
    v: u32,
    id: String,
    ts: u64,
    op: String,
    key: Key,
    val: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    over: Option<Vec<String>>,
}

#[derive(Deserialize, Serialize)]
struct Key {
    h: String,
    #[serde(default)]
    p: String,
    #[serde(default)]
    t: String,
}

impl Op {
    /// The line without its checksum and its end, as it is exported.
    pub fn to_json(&self) -> String {
        let (op, val) = match &self.mark {
            Mark::Star(on) => ("star", Value::from(*on)),
            Mark::Read(on) => ("read", Value::from(*on)),
            Mark::Tag(name, true) => ("tag", Value::from(name.as_str())),
            Mark::Tag(name, false) => ("untag", Value::from(name.as_str())),
            Mark::Note(text) => ("note", Value::from(text.as_str())),
        };
        let MarkedArticle { id, path, title } = &self.article;
        let key = Key { h: id.to_string(), p: path.clone(), t: title.clone() };
        let (v, id, ts, op) = (VERSION, self.id.clone(), self.at, op.to_owned());
        // Texts and numbers always have a form in JSON.
        serde_json::to_string(&Written { v, id, ts, op, key, val, over: self.over.clone() })
            .unwrap_or_default()
    }

    /// The mark that was exported so.
    ///
    /// # Errors
    ///
    /// When it is no JSON, or says something that is not known here.
    pub fn from_json(json: &str) -> Result<Self, Unread> {
        let whole: Value = serde_json::from_str(json).map_err(|_| Unread::Damaged)?;
        let written: Written = serde_json::from_value(whole).map_err(|_| Unread::Unknown)?;
        let Written { v: VERSION, id, ts, op, key, val, over } = written else {
            return Err(Unread::Unknown);
        };
        let article = ArticleId::parse(&key.h).ok_or(Unread::Unknown)?;
        let mark = match (op.as_str(), val) {
            ("star", Value::Bool(on)) => Mark::Star(on),
            ("read", Value::Bool(on)) => Mark::Read(on),
            ("tag", Value::String(name)) => Mark::Tag(name, true),
            ("untag", Value::String(name)) => Mark::Tag(name, false),
            ("note", Value::String(text)) => Mark::Note(text),
            _ => return Err(Unread::Unknown),
        };
        Ok(Self {
            id,
            at: ts,
            article: MarkedArticle { id: article, path: key.p, title: key.t },
            mark,
            over,
        })
    }

    /// The line, with its end.
    pub fn to_line(&self) -> String {
        sealed(&self.to_json())
    }

    /// The mark on a line without its end.
    ///
    /// # Errors
    ///
    /// When it is not as it was written, or says something that is not known here.
    pub fn from_line(line: &[u8]) -> Result<Self, Unread> {
        Self::from_json(unsealed(line).ok_or(Unread::Damaged)?)
    }
}
