//! What is being read: the file, or the member of an archive file that it holds.

use std::ffi::{OsStr, OsString};

use super::encoding::Decoded;
use super::read::ReadOptions;
use super::{Record, Text, place_of};
use crate::error::{Problem, ProblemKind};

/// What is being read, and how.
#[derive(Clone, Debug)]
pub(super) struct Task<'a> {
    place: OsString,
    member: Option<String>,
    /// How.
    pub(super) options: &'a ReadOptions,
}

impl<'a> Task<'a> {
    /// A file, or another stream with a name.
    pub(super) fn new(place: &OsStr, options: &'a ReadOptions) -> Self {
        Self { place: place.to_owned(), member: None, options }
    }

    /// A member of this archive file.
    pub(super) fn member(&self, name: String) -> Self {
        let place = place_of(&self.place, Some(&name)).into_owned();
        Self { place, member: Some(name), options: self.options }
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
        Text { decoded, record, member: self.member.clone() }
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
