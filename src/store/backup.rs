//! Copies of what a person must not lose, one a day, of which fewer are kept the older they are.
//!
//! A copy holds every line of every [`journal`] of a kind as it stands, also lines that are damaged or
//! that a later version wrote. It is put back by unpacking it into a file beside the journals, that of the
//! decisions behind the lines of their one file: a line that is there twice counts once.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process,
};

use flate2::{Compression, write::GzEncoder};
use jiff::{
    Timestamp,
    civil::{Date, ISOWeekDate},
    tz::TimeZone,
};

use super::{journal, overrides::StoreError, private};

/// Copies that are kept whatever their age.
const LATEST: usize = 7;
/// Weeks, and months, of which the last copy is kept.
const WEEKS: usize = 4;
const MONTHS: usize = 12;
/// How the name of a copy ends.
const ENDING: &str = ".jsonl.gz";

/// What stands behind each file in a copy: its last line may have no end, and an empty one says nothing.
const END: &[u8] = b"\n";

/// What is copied.
#[derive(Clone, Debug)]
pub struct Precious {
    /// What it is called in the names of the copies.
    pub name: &'static str,
    /// A journal, or a folder of them.
    pub path: PathBuf,
}

/// The day that it is now, at Greenwich.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

/// Copies what has changed since its last copy, unless there is one of this day, into a folder that need not be
/// there, and removes copies that are too many. What could not be copied is told; the rest is.
pub fn keep(folder: &Path, all: &[Precious], today: Date) -> Vec<StoreError> {
    let mut errors = Vec::new();
    for precious in all {
        if let Err((path, error)) = keep_one(folder, precious, today) {
            errors.push(StoreError::File(path, error));
        }
    }
    errors
}

fn keep_one(folder: &Path, it: &Precious, today: Date) -> Result<(), (PathBuf, io::Error)> {
    let mut dates = copies(folder, it.name).map_err(|error| (folder.to_owned(), error))?;
    // A copy with a later day is by a clock that was wrong; it must not stop all others.
    let last = dates.range(..=today).next_back().copied();
    let files = files(&it.path).map_err(|error| (it.path.clone(), error))?;
    if files.is_empty() || last == Some(today) {
        return Ok(());
    }
    let is_new = |last: Date| {
        // Journals are only ever added to, so one that has changed is longer.
        let copied = unpacked_length(&folder.join(file_name(it.name, last)));
        copied.is_none_or(|copied| copied != length(&files))
    };
    if last.is_none_or(is_new) {
        let path = folder.join(file_name(it.name, today));
        copy(folder, &path, &files).map_err(|error| (path, error))?;
        dates.insert(today);
    }
    // A copy with a later day takes no other one's place.
    let dates: BTreeSet<Date> = dates.range(..=today).copied().collect();
    for date in surplus(&dates) {
        let path = folder.join(file_name(it.name, date));
        match fs::remove_file(&path) {
            // Another program was there first.
            Err(error) if error.kind() != ErrorKind::NotFound => return Err((path, error)),
            _ => {}
        }
    }
    Ok(())
}

/// The journals at a path, which may be one itself, or not there.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::metadata(path) {
        Ok(facts) if facts.is_dir() => {
            let mut errors = Vec::new();
            let files = journal::files(path, &mut errors);
            match errors.pop() {
                Some(StoreError::File(_, error)) => Err(error),
                _ => Ok(files),
            }
        }
        Ok(_) => Ok(vec![path.to_owned()]),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Bytes of a copy of these files, as gzip tells them: without what is above 32 bits.
fn length(files: &[PathBuf]) -> u32 {
    let length = |path: &PathBuf| fs::metadata(path).map_or(0, |facts| facts.len());
    files.iter().map(|path| length(path) + END.len() as u64).sum::<u64>() as u32
}

/// What gzip tells at the end of a copy of how long it is unpacked (RFC 1952, 2.3.1); `None` if there is none.
fn unpacked_length(path: &Path) -> Option<u32> {
    let mut file = File::open(path).ok()?;
    let mut bytes = [0; 4];
    file.seek(SeekFrom::End(-4)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(u32::from_le_bytes(bytes))
}

/// Writes all lines of these files to `path`, which is whole or not there.
fn copy(folder: &Path, path: &Path, files: &[PathBuf]) -> io::Result<()> {
    private::make_folder(folder)?;
    let beside = path.with_extension(format!("{}.tmp", process::id()));
    let written = write(&beside, files).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written.and_then(|()| File::open(folder)?.sync_all())
}

fn write(path: &Path, files: &[PathBuf]) -> io::Result<()> {
    let file = private::options().write(true).truncate(true).open(path)?;
    let mut packed = GzEncoder::new(file, Compression::default());
    for source in files {
        io::copy(&mut File::open(source)?, &mut packed)?;
        packed.write_all(END)?;
    }
    packed.finish()?.sync_all()
}

fn file_name(name: &str, date: Date) -> String {
    format!("{name}-{date}{ENDING}")
}

/// The days of which there is a copy with this name.
fn copies(folder: &Path, name: &str) -> io::Result<BTreeSet<Date>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error),
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
    let names = names.collect::<io::Result<Vec<_>>>()?;
    Ok(names.iter().filter_map(|file| date_of(file, name)).collect())
}

/// The day of a copy, if that is what a file is.
fn date_of(file: &OsStr, name: &str) -> Option<Date> {
    let date: Date =
        file.to_str()?.strip_prefix(name)?.strip_prefix('-')?.strip_suffix(ENDING)?.parse().ok()?;
    // Only what this program would call so.
    (file == OsStr::new(&file_name(name, date))).then_some(date)
}

/// Which of the copies are not kept.
fn surplus(dates: &BTreeSet<Date>) -> Vec<Date> {
    let newest = || dates.iter().rev().copied();
    let mut kept: BTreeSet<Date> = newest().take(LATEST).collect();
    let week = |date: Date| {
        let week: ISOWeekDate = date.iso_week_date();
        (week.year(), week.week())
    };
    kept.extend(last_of_each(newest(), week).take(WEEKS));
    let month = |date: Date| (date.year(), date.month());
    kept.extend(last_of_each(newest(), month).take(MONTHS));
    dates.difference(&kept).copied().collect()
}

/// The first of the dates in each span of time, where they come newest first.
fn last_of_each<S: PartialEq>(
    dates: impl Iterator<Item = Date>,
    span: impl Fn(Date) -> S,
) -> impl Iterator<Item = Date> {
    let mut before: Option<S> = None;
    dates.filter(move |date| {
        let this = span(*date);
        let is_other = before.as_ref() != Some(&this);
        before = Some(this);
        is_other
    })
}

#[cfg(test)]
mod tests;
