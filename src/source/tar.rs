//! Tar archives, packed or not, member by member.
//!
//! The long names of GNU and POSIX are put together here, with a limit: the reader of the crate keeps
//! whatever length an archive claims.

use std::io::{self, Read};
use std::ops::ControlFlow;

use tar::{Archive, EntryType};

use super::members::{Budget, name_of, read_member};
use super::read::ReadSink;
use super::stream::{Bytes, Explained, Told};
use super::task::Task;
use super::unpack::Packing;
use crate::error::ProblemKind;

/// What is damaged when it is damaged.
const WHAT: &str = "tar";
/// Bytes of a long name with its framing.
const NAME: u64 = 64 * 1024;

/// Reads every member.
pub(super) fn read(task: &Task, bytes: Bytes, sink: &mut ReadSink) -> ControlFlow<()> {
    let Bytes { stream, packing, packed } = bytes;
    let budget = Budget::new(packed);
    // What is wrong with the packing is told from what is wrong with the archive inside.
    let stream = Explained::new(stream, |error| match packing {
        Packing::Plain => error,
        _ => Told(packing.kind_of_error(&error)).into(),
    });
    let mut archive = Archive::new(budget.capped(stream));
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return sink(Err(task.problem(kind_of(error)))),
    };
    let (mut long, mut told) = (None, false);
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(_) if told => break,
            Err(error) => return sink(Err(task.problem(kind_of(error)))),
        };
        match entry.header().entry_type() {
            EntryType::GNULongName => {
                let mut name = short(&mut entry);
                while name.last() == Some(&0) {
                    name.pop();
                }
                long = Some(name);
            }
            EntryType::XHeader => long = pax_name(&short(&mut entry)).or(long),
            EntryType::Regular | EntryType::Continuous => {
                let own = entry.header().path_bytes().into_owned();
                let name = name_of(&long.take().unwrap_or(own), task);
                told = read_member(task, name, &mut entry, sink)?;
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => {}
            // Links, devices and folders have no text.
            _ => long = None,
        }
        if budget.is_spent() {
            break;
        }
    }
    ControlFlow::Continue(())
}

fn kind_of(error: io::Error) -> ProblemKind {
    let error = Told::damage(WHAT, error);
    Told::of(&error).unwrap_or_else(|| ProblemKind::from(&error))
}

/// What a header in front of another one holds; nothing when it cannot be read.
fn short(entry: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    match entry.take(NAME).read_to_end(&mut bytes) {
        Ok(_) => bytes,
        Err(_) => Vec::new(),
    }
}

/// The path in records `LENGTH KEY=VALUE\n`.
fn pax_name(mut records: &[u8]) -> Option<Vec<u8>> {
    let mut name = None;
    while let Some(space) = records.iter().position(|byte| *byte == b' ') {
        let (length, _) = records.split_at_checked(space)?;
        let length: usize = str::from_utf8(length).ok()?.parse().ok()?;
        let record = records.get(space + 1..length)?;
        if let Some(value) = record.strip_prefix(b"path=") {
            name = Some(value.strip_suffix(b"\n").unwrap_or(value).to_vec());
        }
        records = records.get(length..)?;
    }
    name
}
