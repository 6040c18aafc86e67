//! What is being read: the file, or the member of an archive file that it holds.

use std::cell::Cell;
use std::ffi::{OsStr, OsString};
use std::rc::Rc;

use super::encoding::Decoded;
use super::members::Budget;
use super::read::ReadOptions;
use super::{Record, Text, place_of};
use crate::error::{Problem, ProblemKind};

/// What is being read, and how.
#[derive(Clone, Debug)]
pub(super) struct Task<'a> {
    place: OsString,
    member: Option<String>,
    /// What unpacking the file may give, and whatever is packed inside it.
    budget: Option<Budget>,
    /// How.
    pub(super) options: &'a ReadOptions,
}

impl<'a> Task<'a> {
    /// A file, or another stream with a name.
    pub(super) fn new(place: &OsStr, options: &'a ReadOptions) -> Self {
        Self { place: place.to_owned(), member: None, budget: None, options }
    }

    /// A member of this archive file.
    pub(super) fn member(&self, name: String) -> Self {
        let place = place_of(&self.place, Some(&name)).into_owned();
        Self { place, member: Some(name), ..self.clone() }
    }

    /// The same with a budget for a file of which so many bytes are read. A file has one, and what is
    /// packed inside it lives on that: many small bombs are one.
    pub(super) fn charged(&self, read: Rc<Cell<u64>>) -> Self {
        let budget = self.budget.clone().unwrap_or_else(|| Budget::new(read));
        Self { budget: Some(budget), ..self.clone() }
    }

    /// What is left to be unpacked.
    pub(super) fn budget(&self) -> Budget {
        self.budget.clone().unwrap_or_default()
    }

    /// What problems name; its end says what it holds.
    pub(super) fn place(&self) -> &OsStr {
        &self.place
    }

    /// Whether it is a member of an archive file.
    pub(super) fn is_member(&self) -> bool {
        self.member.is_some()
    }

    /// A text that it holds.
    pub(super) fn text(&self, decoded: Decoded, record: Option<Record>) -> Text {
        Text { decoded, record, member: self.member.clone(), above: 0 }
    }

    /// A piece of a text that stands below so many lines.
    pub(super) fn piece(&self, decoded: Decoded, above: usize) -> Text {
        Text { above, ..self.text(decoded, None) }
    }

    /// A problem with all of it.
    pub(super) fn problem(&self, kind: ProblemKind) -> Problem {
        Problem::new(&self.place, kind)
    }

    /// A problem with the record that begins on a line.
    pub(super) fn problem_at(&self, line: u64, kind: ProblemKind) -> Problem {
        Problem::at_line(&self.place, line, kind)
    }
}
