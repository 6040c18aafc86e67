//! What must hold whatever comes: a law a file, each a function of bytes.
//!
//! The fuzzer calls them with bytes that it makes, the ordinary tests with those that it has kept
//! (`fuzz/corpus`). A law that is broken panics. What the bytes mean is the business of the law; [`input`]
//! takes numbers and texts out of them.

mod archive;
mod decode;
pub(crate) mod event;
mod input;
mod journal;
mod jsonl;
mod keymap;
pub(crate) mod page;
mod query;
mod render;
mod sanitize;
pub(crate) mod sentences;
mod session;
pub(crate) mod summary;
mod terminal;
mod wrap;

/// A name and its law.
pub(crate) type Law = (&'static str, fn(&[u8]));

/// Every law by the name of its corpus.
pub(crate) const LAWS: [Law; 14] = [
    ("archive", archive::holds),
    ("decode", decode::holds),
    ("journal", journal::holds),
    ("jsonl", jsonl::holds),
    ("keymap", keymap::holds),
    ("page", page::holds),
    ("query", query::holds),
    ("render", render::holds),
    ("sanitize", sanitize::holds),
    ("sentences", sentences::holds),
    ("session", session::holds),
    ("summary", summary::holds),
    ("terminal", terminal::holds),
    ("wrap", wrap::holds),
];
