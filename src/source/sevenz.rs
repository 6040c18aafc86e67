//! 7z archives, member by member in their order, as they are packed by Copy, LZMA and LZMA2.
//!
//! The decoder is that of a crate, the list of members is read here: the crate that reads whole
//! archives reserves memory for as many members, and for as long a list, as the file claims to have.

mod input;
mod list;

use std::io::{self, Read, SeekFrom};
use std::ops::ControlFlow;

use flate2::Crc;
use lzma_rust2::{Lzma2Reader, LzmaReader};

use self::input::Mistake;
use self::list::{Coder, Folder, LONGEST, List};
use super::members::{Budget, name_of, read_member, refuse_member};
use super::read::ReadSink;
use super::stream::{Counted, Explained, Seekable, Told};
use super::task::Task;
use crate::error::ProblemKind;

/// What is damaged when it is damaged.
const WHAT: &str = "7z";
/// The first bytes of an archive.
pub(super) const MARK: [u8; 6] = [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C];
/// Bytes of the first header; offsets count from its end.
const HEADER: u64 = 32;
/// The largest dictionary that is made room for, in bytes: what the strongest preset asks for.
const DICTIONARY: u32 = 256 << 20;

/// Reads every member.
pub(super) fn read(task: &Task, file: &mut dyn Seekable, sink: &mut ReadSink) -> ControlFlow<()> {
    let mut counted = Counted::of_file(file);
    let task = &task.charged(counted.count());
    let (file, budget): (&mut dyn Seekable, _) = (&mut counted, task.budget());
    let list = match list_of(file, &budget) {
        Ok(list) => list,
        Err(kind) => return sink(Err(task.problem(kind))),
    };
    let mut members = list.members.iter();
    for folder in &list.folders {
        let inside: Vec<_> = members.by_ref().take(folder.members).collect();
        let mut stream = match unpacked(file, folder, &budget) {
            Ok(stream) => stream,
            Err(kind) => {
                for member in inside {
                    refuse_member(task, name_of(&member.name, task), kind.clone(), sink)?;
                }
                continue;
            }
        };
        for member in inside {
            let mut part = Checked::new(stream.by_ref().take(member.size), member.sum);
            let name = name_of(&member.name, task);
            let damaged = read_member(task, name, &mut part, sink)?;
            // What was not read of it stands before the next one.
            let rest = io::copy(&mut part, &mut io::sink()).err();
            if damaged {
                break;
            }
            if let Some(kind) = rest.map(|error| kind_of(&error)) {
                sink(Err(task.problem(kind)))?;
                break;
            }
        }
        if budget.is_spent() {
            break;
        }
    }
    ControlFlow::Continue(())
}

/// A stream that fails at its end when its checksum is wrong.
struct Checked<R> {
    stream: R,
    sum: Crc,
    /// The checksum that it should have, until it was compared.
    told: Option<u32>,
}

impl<R: Read> Checked<R> {
    fn new(stream: R, told: Option<u32>) -> Self {
        Self { stream, sum: Crc::new(), told }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.sum.update(buffer.get(..read).unwrap_or_default());
        let ended = read == 0 && !buffer.is_empty();
        if ended && self.told.take().is_some_and(|told| told != self.sum.sum()) {
            let cause = "wrong checksum".to_owned();
            return Err(Told(ProblemKind::Damaged { what: WHAT, cause }).into());
        }
        Ok(read)
    }
}

/// The list of members, which stands at the end and may be packed itself.
fn list_of(file: &mut dyn Seekable, budget: &Budget) -> Result<List, ProblemKind> {
    let mut header = [0; HEADER as usize];
    file.rewind().and_then(|()| file.read_exact(&mut header)).map_err(|error| kind_of(&error))?;
    let number = |at: usize| {
        let bytes = header.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u64::from_le_bytes)
    };
    let (offset, length) = (number(12), number(20));
    if length == 0 {
        return Ok(List::default());
    }
    let start = HEADER.saturating_add(offset);
    let mut bytes = bytes_at(file, start, length)?;
    // A packed list may be packed again, but not for ever.
    for _ in 0..4 {
        match list::read(&bytes).map_err(kind_of_mistake)? {
            list::Found::List(list) => return Ok(list),
            list::Found::Packed(folder) if folder.size <= LONGEST => {
                let stream = unpacked(file, &folder, budget)?;
                bytes.clear();
                let read = stream.take(folder.size).read_to_end(&mut bytes);
                read.map_err(|error| kind_of(&error))?;
            }
            list::Found::Packed(_) => break,
        }
    }
    Err(kind_of_mistake(Mistake::Damaged))
}

fn bytes_at(file: &mut dyn Seekable, start: u64, length: u64) -> Result<Vec<u8>, ProblemKind> {
    let mut bytes = Vec::new();
    if length > LONGEST {
        return Err(kind_of_mistake(Mistake::Damaged));
    }
    let read = file
        .seek(SeekFrom::Start(start))
        .and_then(|_| file.take(length).read_to_end(&mut bytes))
        .map_err(|error| kind_of(&error))?;
    if (read as u64) < length {
        return Err(kind_of(&io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(bytes)
}

/// The unpacked bytes of a folder.
fn unpacked<'a>(
    file: &'a mut dyn Seekable,
    folder: &Folder,
    budget: &Budget,
) -> Result<Box<dyn Read + 'a>, ProblemKind> {
    let start = HEADER.saturating_add(folder.start);
    file.seek(SeekFrom::Start(start)).map_err(|error| kind_of(&error))?;
    let packed = io::BufReader::new(file.take(folder.packed));
    let unpacked: Box<dyn Read + 'a> = match folder.coder {
        Coder::Copy => Box::new(packed),
        Coder::Lzma2(dictionary) if dictionary <= DICTIONARY => {
            Box::new(Lzma2Reader::new(packed, dictionary, None))
        }
        Coder::Lzma(properties, dictionary) if dictionary <= DICTIONARY => {
            let reader =
                LzmaReader::new_with_props(packed, folder.size, properties, dictionary, None);
            Box::new(reader.map_err(|error| kind_of(&error))?)
        }
        Coder::Encrypted => return Err(ProblemKind::Encrypted),
        Coder::Lzma(..) | Coder::Lzma2(_) => {
            let cause = "a dictionary above 256 MiB".to_owned();
            return Err(ProblemKind::Unsupported { cause });
        }
        Coder::Other(method) => {
            let cause = format!("7z method {method:x}");
            return Err(ProblemKind::Unsupported { cause });
        }
    };
    let explained = Explained::new(unpacked, |error| Told::damage(WHAT, error));
    Ok(Box::new(budget.capped(explained)))
}

fn kind_of_mistake(mistake: Mistake) -> ProblemKind {
    match mistake {
        Mistake::Damaged => {
            ProblemKind::Damaged { what: WHAT, cause: "no list of members".to_owned() }
        }
        Mistake::TooMany => {
            ProblemKind::Unsupported { cause: "7z with more members than can be listed".to_owned() }
        }
    }
}

fn kind_of(error: &io::Error) -> ProblemKind {
    if let Some(kind) = Told::of(error) {
        return kind;
    }
    if error.raw_os_error().is_some() {
        return ProblemKind::from(error);
    }
    let cause = match error.kind() {
        io::ErrorKind::UnexpectedEof => "unexpected end of data".to_owned(),
        _ => error.to_string(),
    };
    ProblemKind::Damaged { what: WHAT, cause }
}

#[cfg(test)]
mod tests;
