//! Articles as files for elsewhere: Markdown, HTML, JSON, JSON lines, CSV and plain text.
//!
//! Both shells export. They make an [`Exported`] of each article and hand it to a [`Writer`], which asks the
//! form (`markdown`, `html`, `json`, `table`, `plain`) for its piece and puts the pieces in order.
//! No more than one article is in memory: pieces that come before their turn wait in a file that nobody
//! sees (`writer`). A [`Target`] is written beside its name and takes it when it is whole.
//! `shapes` are what programs read, in JSON that is printed too.
//!
//! Whatever stands in a text stays text: every form escapes what would mean something in it.

mod entry;
mod format;
mod front;
mod html;
mod json;
mod markdown;
mod plain;
pub(crate) mod shapes;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod writer;

pub use self::{
    entry::{Exported, Wanted},
    format::Format,
    target::{ExportError, Overwrite, Own, Reserved, Target, size},
    writer::{Setting, Writer},
};
