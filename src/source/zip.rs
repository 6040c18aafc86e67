//! Zip archives, member by member in the order of their list, or of the file when the list is lost.

use std::io::{self, Read};
use std::ops::ControlFlow;

use zip::{
    ZipArchive,
    read::{ZipFile, read_zipfile_from_stream},
    result::ZipError,
};

use super::members::{name_of, read_member, refuse_member};
use super::read::ReadSink;
use super::stream::{Counted, Explained, Seekable, Told};
use super::task::Task;
use crate::error::ProblemKind;

/// What is damaged when it is damaged.
const WHAT: &str = "zip";

/// Reads every member.
pub(super) fn read(task: &Task, file: &mut dyn Seekable, sink: &mut ReadSink) -> ControlFlow<()> {
    let mut counted = Counted::of_file(file);
    let task = &task.charged(counted.count());
    let file: &mut dyn Seekable = &mut counted;
    let listed = file.rewind().map_err(ZipError::from).and_then(|()| ZipArchive::new(&mut *file));
    let mut archive = match listed {
        Ok(archive) => archive,
        Err(error) => return read_unlisted(task, file, kind_of(error), sink),
    };
    for number in 0..archive.len() {
        let name = match archive.by_index_data(number) {
            Ok(member) if member.is_symlink() || member.is_dir() => continue,
            Ok(member) => name_of(member.name_raw(), task),
            Err(error) => {
                sink(Err(task.problem(kind_of(error))))?;
                continue;
            }
        };
        match archive.by_index(number) {
            Ok(mut member) => {
                read_one(task, name, &mut member, sink)?;
            }
            Err(error) => refuse_member(task, name, kind_of(error), sink)?,
        }
        if task.budget().is_spent() {
            break;
        }
    }
    ControlFlow::Continue(())
}

/// Reads the members of an archive whose end is lost, up to the damage, or to one whose length stands
/// behind it.
fn read_unlisted(
    task: &Task,
    file: &mut dyn Seekable,
    problem: ProblemKind,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    let mut told = false;
    if file.rewind().is_ok() {
        let mut file = io::BufReader::new(file);
        loop {
            match read_zipfile_from_stream(&mut file) {
                Ok(Some(member)) if member.is_symlink() || member.is_dir() => {}
                Ok(Some(mut member)) => {
                    let name = name_of(member.name_raw(), task);
                    told = read_one(task, name, &mut member, sink)?;
                }
                Ok(None) | Err(_) => break,
            }
            if task.budget().is_spent() {
                return ControlFlow::Continue(());
            }
        }
    }
    if told {
        return ControlFlow::Continue(());
    }
    sink(Err(task.problem(problem)))
}

fn read_one<R: Read>(
    task: &Task,
    name: String,
    member: &mut ZipFile<'_, R>,
    sink: &mut ReadSink,
) -> ControlFlow<(), bool> {
    let stream = Explained::new(member, |error| Told::damage(WHAT, error));
    read_member(task, name, &mut task.budget().capped(stream), sink)
}

/// What is wrong with an archive, or with a member of it.
pub(super) fn kind_of(error: ZipError) -> ProblemKind {
    let damaged = |cause: String| ProblemKind::Damaged { what: WHAT, cause };
    match error {
        ZipError::Io(error) => {
            let error = Told::damage(WHAT, error);
            Told::of(&error).unwrap_or_else(|| ProblemKind::from(&error))
        }
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ProblemKind::Encrypted,
        ZipError::UnsupportedArchive(cause) => ProblemKind::Unsupported { cause: cause.to_owned() },
        ZipError::CompressionMethodNotSupported(method) => {
            ProblemKind::Unsupported { cause: format!("zip method {method}") }
        }
        error => damaged(error.to_string()),
    }
}
