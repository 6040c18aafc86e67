//! Making text safe and stable to show.
//!
//! A text from an archive is hostile until it went through here: control characters act on the
//! terminal, bidirectional marks reorder the line, and clusters such as emoji with joiners have
//! another width on every terminal. [`DisplayText`] is what may be painted or printed; a sparse
//! map leads from each of its bytes back to the source.
//!
//! What is shown is in Normalization Form C, because terminals place a precomposed letter alike
//! and a letter with its marks not; a base keeps two marks at most.

mod build;
mod chars;
mod cluster;

use std::{borrow::Cow, sync::Arc};

use self::{build::Builder, chars::is_plain_text};
use super::{display::DisplayStr, range::TextRange};

pub use self::chars::is_unsafe;

/// Text that is safe to show, and the way back to the source it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayText {
    text: Arc<str>,
    /// The stretches of the displayed text, in order. Empty when both texts are the same.
    runs: Arc<[Run]>,
    source_len: usize,
    hidden: usize,
}

/// A stretch of the displayed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    display: usize,
    source: usize,
    kind: RunKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RunKind {
    /// Byte for byte the source.
    Verbatim,
    /// Source characters that are shown together as something else, or not at all.
    Replaced,
}

/// What becomes of a line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEnd {
    /// `\n` stays, `\r\n` becomes one.
    Kept,
    /// A space, so that all is one line.
    Space,
}

/// What becomes of a character that cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unseen {
    /// It is left out.
    Dropped,
    /// Its number is shown in its place: `<U+200B>`.
    Told,
}

/// A text sanitised for one line, such as a title, a file name or a message, where the way back to
/// the source is not needed. Line ends become spaces.
pub fn display_line(source: &str) -> String {
    display_cow(source).into_owned()
}

/// The same, without a copy where nothing has to change.
pub fn display_cow(source: &str) -> Cow<'_, str> {
    if is_plain_text(source) {
        return Cow::Borrowed(source);
    }
    let built = Builder::sanitised(source, LineEnd::Space, Unseen::Dropped);
    built.map_or(Cow::Borrowed(source), |built| Cow::Owned(built.text))
}

impl DisplayText {
    /// Sanitises a text of many lines. Costs no copy if nothing has to change.
    ///
    /// `\n` stays and is the only line end, so the lines of an article are the same in both texts;
    /// `\r\n` is shown as one `\n`, any other character that some take for a line end as a space.
    pub fn block(source: &Arc<str>) -> Self {
        Self::of_block(source, Unseen::Dropped)
    }

    /// The same, but what cannot be seen is told by its number, as `<U+200B>`, so that a reader who
    /// mistrusts a text can look at all of it. Nothing is hidden then.
    pub fn block_revealed(source: &Arc<str>) -> Self {
        Self::of_block(source, Unseen::Told)
    }

    /// The text to show.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text to show, as what may be painted.
    pub fn shown(&self) -> DisplayStr<'_> {
        self.into()
    }

    /// How many characters of the source are not shown at all. The letter and the mark that became
    /// one precomposed letter are both shown.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The place in the displayed text where byte `offset` of the source is shown; for a byte
    /// inside characters that were replaced together, the start of their replacement.
    pub fn to_display(&self, offset: usize) -> usize {
        if offset >= self.source_len {
            return self.text.len();
        }
        translate(&self.runs, offset, |run| run.source, |run| run.display)
    }

    /// The byte of the source that is shown at byte `offset` of the displayed text; for a byte
    /// inside a replacement, the start of what was replaced.
    pub fn to_source(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            return self.source_len;
        }
        translate(&self.runs, offset, |run| run.display, |run| run.source)
    }

    /// A range of the source as a range of the displayed text.
    pub fn range_to_display(&self, range: TextRange) -> TextRange {
        TextRange::new(self.to_display(range.start), self.to_display(range.end))
    }

    fn of_block(source: &Arc<str>, unseen: Unseen) -> Self {
        let built = Builder::sanitised(source, LineEnd::Kept, unseen);
        built.map_or_else(|| Self::same(source.clone()), |built| Self::changed(built, source.len()))
    }

    fn same(text: Arc<str>) -> Self {
        let source_len = text.len();
        Self { text, runs: Arc::default(), source_len, hidden: 0 }
    }

    fn changed(built: Builder, source_len: usize) -> Self {
        let (text, runs) = (built.text.into(), built.runs.into());
        Self { text, runs, source_len, hidden: built.hidden }
    }
}

fn translate(
    runs: &[Run],
    offset: usize,
    from: impl Fn(&Run) -> usize,
    to: impl Fn(&Run) -> usize,
) -> usize {
    let after = runs.partition_point(|run| from(run) <= offset);
    match after.checked_sub(1).and_then(|at| runs.get(at)) {
        None => offset,
        Some(run) if run.kind == RunKind::Replaced => to(run),
        Some(run) => to(run) + (offset - from(run)),
    }
}

#[cfg(test)]
mod tests;
