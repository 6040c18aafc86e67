//! Tar archives, packed or not, member by member.
//!
//! The crate takes headers apart; the way from one to the next is ours. Where programs disagree about
//! where a member ends, one of them takes its text for further headers, and archives are made to show
//! different members to different programs. So what stands in front of a header counts more than the
//! header, as POSIX has it, and whatever is put in memory has a limit.

use std::io::{self, Read};
use std::ops::ControlFlow;

use tar::{EntryType, GnuExtSparseHeader, Header};

use super::members::{name_of, read_member, refuse_member};
use super::read::ReadSink;
use super::stream::{Bytes, Explained, Told};
use super::task::Task;
use super::unpack::Packing;
use crate::error::ProblemKind;

/// What is damaged when it is damaged.
const WHAT: &str = "tar";
/// Bytes of a block: headers take one, texts whole ones.
pub(super) const BLOCK: usize = 512;
/// Bytes of a long name.
const NAME: u64 = 64 * 1024;
/// Bytes of the records in front of a header: with extended attributes, which have a limit of their own.
const RECORDS: u64 = 1024 * 1024;

/// Reads every member.
pub(super) fn read(task: &Task, bytes: Bytes, sink: &mut ReadSink) -> ControlFlow<()> {
    let Bytes { stream, packing } = bytes;
    // What is wrong with the packing is told from what is wrong with the archive inside.
    let stream = Explained::new(stream, |error| match packing {
        Packing::Plain => error,
        _ => Told(packing.kind_of_error(&error)).into(),
    });
    let mut told = false;
    let mut blocks = Blocks::new(stream);
    let flow = read_members(task, &mut blocks, &mut told, sink).and_then(|flow| {
        if flow.is_continue() && packing != Packing::Plain && !task.budget().is_spent() {
            // The sum that shows whether all of it was sound stands at the end of what is packed.
            io::copy(&mut blocks.stream, &mut io::sink())?;
        }
        Ok(flow)
    });
    match flow {
        Ok(flow) => flow,
        // It was told of the last member.
        Err(_) if told => ControlFlow::Continue(()),
        Err(error) => sink(Err(task.problem(kind_of(error)))),
    }
}

/// Reads members up to the end or the first header that is damaged. `told` is whether the last one
/// ended with damage.
fn read_members<R: Read>(
    task: &Task,
    blocks: &mut Blocks<R>,
    told: &mut bool,
    sink: &mut ReadSink,
) -> io::Result<ControlFlow<()>> {
    let (mut of_all, mut of_next) = (Records::default(), Records::default());
    while let Some(header) = blocks.header()? {
        blocks.begin(header.entry_size()?);
        match header.entry_type() {
            EntryType::GNULongName => of_next.path = Some(blocks.long_name()?),
            EntryType::XHeader => of_next.take(&blocks.records()?),
            EntryType::XGlobalHeader => of_all.take(&blocks.records()?),
            EntryType::GNULongLink => {}
            _ => {
                let records = std::mem::take(&mut of_next).or(&of_all);
                match read_one(task, blocks, (&header, records), sink)? {
                    ControlFlow::Continue(damaged) => *told = damaged,
                    ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
                }
            }
        }
        if task.budget().is_spent() {
            break;
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Reads a member, if it is a file. Says whether it ended with damage.
fn read_one<R: Read>(
    task: &Task,
    blocks: &mut Blocks<R>,
    (header, records): (&Header, Records),
    sink: &mut ReadSink,
) -> io::Result<ControlFlow<(), bool>> {
    if let Some(size) = records.size {
        blocks.begin(size);
    }
    let kind = header.entry_type();
    if kind == EntryType::GNUSparse {
        blocks.pass_map(header)?;
    }
    let path = records.path.unwrap_or_else(|| header.path_bytes().into_owned());
    let name = name_of(&path, task);
    Ok(match kind {
        EntryType::GNUSparse => refuse_sparse(task, name, sink),
        EntryType::Regular | EntryType::Continuous if records.is_sparse => {
            refuse_sparse(task, name, sink)
        }
        EntryType::Regular | EntryType::Continuous => read_member(task, name, blocks, sink),
        // Links, devices and folders have no text.
        _ => ControlFlow::Continue(false),
    })
}

/// Of a sparse file the parts are stored that are not empty, behind a list of where they belong.
fn refuse_sparse(task: &Task, name: String, sink: &mut ReadSink) -> ControlFlow<(), bool> {
    let kind = ProblemKind::Unsupported { cause: "a sparse file".to_owned() };
    refuse_member(task, name, kind, sink).map_continue(|()| false)
}

fn kind_of(error: io::Error) -> ProblemKind {
    let error = Told::damage(WHAT, error);
    Told::of(&error).unwrap_or_else(|| ProblemKind::from(&error))
}

/// The sum over a header, in which its own place counts as blanks.
pub(super) fn sum(header: &[u8]) -> u32 {
    let bytes = header.iter().enumerate().map(|(at, byte)| match at {
        148..156 => u32::from(b' '),
        _ => u32::from(*byte),
    });
    bytes.sum()
}

/// An archive as blocks. Reading gives what stands behind the last header, up to its end.
struct Blocks<R> {
    stream: R,
    /// Bytes behind the last header that were not read.
    left: u64,
    /// Bytes behind these that fill their last block.
    filling: u64,
}

impl<R: Read> Blocks<R> {
    fn new(stream: R) -> Self {
        Self { stream, left: 0, filling: 0 }
    }

    /// The next header; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let ahead = self.left.saturating_add(self.filling);
        self.pass(ahead)?;
        self.begin(0);
        let mut header = Header::new_old();
        match self.block(header.as_mut_bytes())? {
            0 => return Ok(None),
            BLOCK => {}
            _ => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
        let bytes = header.as_bytes();
        if bytes.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        if header.cksum()? != sum(bytes) {
            return Err(damaged("wrong checksum of a header"));
        }
        Ok(Some(header))
    }

    /// So many bytes stand behind the last header.
    fn begin(&mut self, size: u64) {
        let block = BLOCK as u64;
        (self.left, self.filling) = (size, (block - size % block) % block);
    }

    /// A name that is too long for a header, or the beginning of one that is too long for anything.
    fn long_name(&mut self) -> io::Result<Vec<u8>> {
        let mut name = Vec::new();
        self.take(NAME).read_to_end(&mut name)?;
        while name.last() == Some(&0) {
            name.pop();
        }
        Ok(name)
    }

    /// What stands in front of another header.
    fn records(&mut self) -> io::Result<Vec<u8>> {
        if self.left > RECORDS {
            // Half of them could leave out where the next member ends.
            return Err(damaged("too many records"));
        }
        let mut records = Vec::new();
        self.read_to_end(&mut records)?;
        Ok(records)
    }

    /// Passes over what says where the parts of a sparse file belong, if it does not fit into the header.
    fn pass_map(&mut self, header: &Header) -> io::Result<()> {
        let mut goes_on = header.as_gnu().is_some_and(tar::GnuHeader::is_extended);
        while goes_on {
            let mut map = GnuExtSparseHeader::new();
            if self.block(map.as_mut_bytes())? != BLOCK {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            goes_on = map.is_extended();
        }
        Ok(())
    }

    /// Fills a block; how many bytes there are for it.
    fn block(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(rest) = block.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.stream.read(rest) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    fn pass(&mut self, count: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.stream.by_ref().take(count), &mut io::sink())?;
        if passed < count { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

impl<R: Read> Read for Blocks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.stream.read(buffer.get_mut(..room).unwrap_or_default())?;
        if read == 0 && room > 0 {
            return Err(Told::damage(WHAT, io::ErrorKind::UnexpectedEof.into()));
        }
        self.left -= read as u64;
        Ok(read)
    }
}

fn damaged(cause: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, cause)
}

/// What stands in front of a header and counts more than it does (POSIX, `pax`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Records {
    path: Option<Vec<u8>>,
    size: Option<u64>,
    /// Only parts of the file are stored.
    is_sparse: bool,
}

impl Records {
    /// Takes records `LENGTH KEY=VALUE\n`, up to the first that is none; of one key the last counts.
    fn take(&mut self, mut records: &[u8]) {
        while let Some((key, value, rest)) = record(records) {
            match key {
                b"path" if !self.is_sparse => self.path = Some(value.to_vec()),
                b"size" => {
                    self.size = str::from_utf8(value).ok().and_then(|size| size.parse().ok());
                }
                // The path is another one then.
                b"GNU.sparse.name" => (self.path, self.is_sparse) = (Some(value.to_vec()), true),
                _ if key.starts_with(b"GNU.sparse.") => self.is_sparse = true,
                _ => {}
            }
            records = rest;
        }
    }

    /// These, and what they do not say as others say it.
    fn or(self, others: &Self) -> Self {
        Self {
            path: self.path.or_else(|| others.path.clone()),
            size: self.size.or(others.size),
            is_sparse: self.is_sparse || others.is_sparse,
        }
    }
}

/// The first record: its key, its value, and what follows.
fn record(records: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = records.iter().position(|byte| *byte == b' ')?;
    let length: usize = str::from_utf8(records.get(..space)?).ok()?.parse().ok()?;
    let record = records.get(space + 1..length)?;
    let equals = record.iter().position(|byte| *byte == b'=')?;
    let value = record.get(equals + 1..)?;
    Some((
        record.get(..equals)?,
        value.strip_suffix(b"\n").unwrap_or(value),
        records.get(length..)?,
    ))
}

#[cfg(test)]
mod tests;
