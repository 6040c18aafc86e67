//! What the readers of archive files share: names of members, and the cap against bombs.
//!
//! Nothing is ever written, so a name is only a name: one that is absolute or climbs by `..` leads
//! nowhere. All members together, and a file that is packed by itself, may unpack to [`FREE`] bytes and
//! [`RATIO`] times what the file takes; text is packed to a third or, when it repeats itself, to a
//! thirtieth.

use std::cell::Cell;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use encoding_rs::GB18030;

use super::encoding::decode;
use super::read::{self, ReadSink};
use super::stream::Told;
use super::task::Task;
use super::walk::{Hidden, is_not_text};
use crate::error::ProblemKind;

/// Bytes that any file may unpack to. A text is read whole, so this is memory, too.
const FREE: u64 = 32 << 20;
/// Bytes that it may unpack to besides, for each byte that it takes.
const RATIO: u64 = 50;

/// What unpacking a file may give.
#[derive(Clone, Debug, Default)]
pub(super) struct Budget {
    /// Bytes of the file, as far as it was read.
    packed: Rc<Cell<u64>>,
    spent: Rc<Cell<u64>>,
}

impl Budget {
    /// The budget for a file of which `packed` bytes are read until now: a small bomb at the beginning of a
    /// large file does not live on what comes behind it.
    pub(super) fn new(packed: Rc<Cell<u64>>) -> Self {
        Self { packed, spent: Rc::default() }
    }

    fn limit(&self) -> u64 {
        self.packed.get().saturating_mul(RATIO).saturating_add(FREE)
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get() > self.limit()
    }

    /// `stream`, which fails when the budget is spent.
    pub(super) fn capped<R: Read>(&self, stream: R) -> Capped<R> {
        Capped { stream, budget: self.clone() }
    }
}

/// A stream that fails when the budget is spent.
pub(super) struct Capped<R> {
    stream: R,
    budget: Budget,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        let Budget { spent, .. } = &self.budget;
        spent.set(spent.get().saturating_add(read as u64));
        if self.budget.is_spent() {
            let limit = self.budget.limit();
            return Err(Told(ProblemKind::TooMuch { limit }).into());
        }
        Ok(read)
    }
}

/// The name of a member. Archives do not say in which encoding it is: that of the texts, if the
/// person named it, else UTF-8 or GB18030 where the bytes can be that, else what they look like.
pub(super) fn name_of(bytes: &[u8], task: &Task) -> String {
    if let Ok(name) = str::from_utf8(bytes) {
        return name.to_owned();
    }
    if task.options.charset.is_none()
        && let Some(name) = GB18030.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return name.into_owned();
    }
    decode(bytes, task.options.charset).text
}

/// Whether a member is read: as for files in folders, not what is hidden, and nothing whose name says
/// that it is no text.
fn is_wanted(name: &str, task: &Task) -> bool {
    let is_hidden =
        |part: &str| part == "__MACOSX" || (part.starts_with('.') && !matches!(part, "." | ".."));
    let hidden = task.options.hidden == Hidden::Skip && name.split(['/', '\\']).any(is_hidden);
    let folder = name.is_empty() || name.ends_with(['/', '\\']);
    !hidden && !folder && !is_not_text(OsStr::new(name))
}

/// Reads a member with this name, if it is wanted. Says whether it ended with damage, which then is
/// most likely that of the whole archive.
pub(super) fn read_member(
    task: &Task,
    name: String,
    stream: &mut dyn Read,
    sink: &mut ReadSink,
) -> ControlFlow<(), bool> {
    let mut damaged = false;
    if is_wanted(&name, task) {
        read::read_stream(&task.member(name), stream, &mut |result| {
            damaged = result.as_ref().is_err_and(|problem| problem.kind.is_damage());
            sink(result)
        })?;
    }
    ControlFlow::Continue(damaged)
}

/// Tells what is wrong with a member, if it is wanted.
pub(super) fn refuse_member(
    task: &Task,
    name: String,
    kind: ProblemKind,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    if !is_wanted(&name, task) {
        return ControlFlow::Continue(());
    }
    sink(Err(task.member(name).problem(kind)))
}

#[cfg(test)]
pub(crate) mod tests;
