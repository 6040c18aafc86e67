//! Web pages: the main text with its title, date, author and source.
//!
//! The tokenizer is that of a crate. What is main text is found by our own reckoning on a flat list of
//! blocks, as the known readers do it on a tree: they bring crates under other licences, walk the tree
//! by recursion, and look for nothing of what Chinese pages have. Here nothing recurses and everything
//! is linear in the page.

mod facts;
mod main_text;
mod outline;

use std::ops::ControlFlow;

use self::outline::Outline;
use super::encoding::{Decoded, decode_declared};
use super::read::ReadSink;
use super::task::Task;
use crate::error::ProblemKind;

/// Reads the article of a page. A page without any text is a problem.
pub(super) fn read(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    let decoded = decode_declared(bytes, task.options.charset);
    let outline = Outline::of(&decoded.text);
    let blocks = main_text::blocks(&outline);
    let (record, blocks) = facts::of(&outline, blocks);
    let lines: Vec<&str> = blocks.iter().map(|block| &*block.text).collect();
    let text = lines.join("\n");
    if text.is_empty() {
        return sink(Err(task.problem(ProblemKind::OnlyMarkup)));
    }
    sink(Ok(task.text(Decoded { text, ..decoded }, Some(record))))
}

/// A piece of a page, or a chapter of a book.
#[derive(Debug, Default)]
pub(super) struct Passage {
    /// Its first headline, else its title.
    pub(super) title: Option<String>,
    /// All of its text, a line for each block.
    pub(super) text: String,
}

/// All the text of a piece of HTML.
pub(super) fn passage(html: &str) -> Passage {
    let outline = Outline::of(html);
    let headline = outline.blocks.first().filter(|block| block.level > 0);
    let title = headline.map(|block| block.text.clone());
    let lines: Vec<&str> = outline.blocks.iter().map(|block| &*block.text).collect();
    let text = lines.join("\n");
    Passage { title: title.or(outline.title), text }
}

#[cfg(test)]
mod tests;
