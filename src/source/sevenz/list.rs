//! The list of members of a 7z archive, as `7zFormat.txt` of the 7-Zip program describes it.
//!
//! Every number is a claim of the file, so nothing is reserved for it: each member, folder and stream
//! takes at least some bytes of the list, which has an end, or is counted against [`MOST`].

use super::input::{Input, MOST, Mistake, Result};

/// Bytes of a list, unpacked.
pub(super) const LONGEST: u64 = 64 << 20;
/// The marks of parts of the list.
mod mark {
    pub(super) const END: u8 = 0x00;
    pub(super) const HEADER: u8 = 0x01;
    pub(super) const ARCHIVE: u8 = 0x02;
    pub(super) const STREAMS: u8 = 0x04;
    pub(super) const FILES: u8 = 0x05;
    pub(super) const PACKS: u8 = 0x06;
    pub(super) const UNPACKS: u8 = 0x07;
    pub(super) const PARTS: u8 = 0x08;
    pub(super) const SIZE: u8 = 0x09;
    pub(super) const CRC: u8 = 0x0A;
    pub(super) const FOLDER: u8 = 0x0B;
    pub(super) const UNPACK_SIZE: u8 = 0x0C;
    pub(super) const PART_COUNT: u8 = 0x0D;
    pub(super) const EMPTY: u8 = 0x0E;
    pub(super) const NAMES: u8 = 0x11;
    pub(super) const PACKED: u8 = 0x17;
}

/// How a folder is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Coder {
    #[default]
    Copy,
    /// The byte of properties, and bytes of the dictionary.
    Lzma(u8, u32),
    /// Bytes of the dictionary.
    Lzma2(u32),
    Encrypted,
    /// Any other method, by its number.
    Other(u64),
}

/// Members that are packed together.
#[derive(Clone, Debug, Default)]
pub(super) struct Folder {
    pub(super) coder: Coder,
    /// Where its bytes begin, from the end of the first header.
    pub(super) start: u64,
    /// Bytes that it takes.
    pub(super) packed: u64,
    /// Bytes that it has when it is unpacked.
    pub(super) size: u64,
    /// How many members it has.
    pub(super) members: usize,
    /// Sizes and checksums of the members.
    parts: Vec<(u64, Option<u32>)>,
    /// Streams that it is packed into.
    streams: usize,
    /// Streams that come out of its coders.
    coders: usize,
    /// Its checksum.
    sum: Option<u32>,
}

/// A member that has content.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// In UTF-8.
    pub(super) name: Vec<u8>,
    pub(super) size: u64,
    /// Its CRC-32.
    pub(super) sum: Option<u32>,
}

/// A list of members.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pub(super) folders: Vec<Folder>,
    /// In the order of the folders. Folders of files and empty files have no content.
    pub(super) members: Vec<Member>,
}

/// What stands where the list should be.
#[derive(Debug)]
pub(super) enum Found {
    List(List),
    /// The list, packed.
    Packed(Folder),
}

/// Reads a list.
pub(super) fn read(bytes: &[u8]) -> Result<Found> {
    let mut input = Input(bytes);
    match input.byte()? {
        mark::PACKED => {
            let folders = streams(&mut input)?;
            folders.into_iter().next().map(Found::Packed).ok_or(Mistake::Damaged)
        }
        mark::HEADER => header(&mut input).map(Found::List),
        _ => Err(Mistake::Damaged),
    }
}

fn header(input: &mut Input) -> Result<List> {
    let mut list = List::default();
    loop {
        match input.byte()? {
            mark::END => return Ok(list),
            mark::ARCHIVE => properties(input)?,
            mark::STREAMS => list.folders = streams(input)?,
            mark::FILES => list.members = files(input, &list.folders)?,
            _ => return Err(Mistake::Damaged),
        }
    }
}

/// Passes over properties up to their end.
fn properties(input: &mut Input) -> Result<()> {
    while input.byte()? != mark::END {
        let length = input.number()?;
        input.take(length)?;
    }
    Ok(())
}

/// The folders, with their sizes and those of their members.
fn streams(input: &mut Input) -> Result<Vec<Folder>> {
    let (mut start, mut packs, mut folders) = (0, Vec::new(), Vec::new());
    loop {
        match input.byte()? {
            mark::END => break,
            mark::PACKS => (start, packs) = pack_sizes(input)?,
            mark::UNPACKS => folders = unpack_info(input)?,
            mark::PARTS => parts(input, &mut folders)?,
            _ => return Err(Mistake::Damaged),
        }
    }
    let mut packs = packs.into_iter();
    for folder in &mut folders {
        folder.start = start;
        for at in 0..folder.streams {
            let size = packs.next().ok_or(Mistake::Damaged)?;
            start = start.checked_add(size).ok_or(Mistake::Damaged)?;
            if at == 0 {
                folder.packed = size;
            }
        }
        if folder.members == 1 && folder.parts.is_empty() {
            folder.parts.push((folder.size, folder.sum));
        }
    }
    Ok(folders)
}

/// Where packed streams begin, and their sizes.
fn pack_sizes(input: &mut Input) -> Result<(u64, Vec<u64>)> {
    let (start, count) = (input.number()?, input.count()?);
    let mut sizes = Vec::new();
    loop {
        match input.byte()? {
            mark::END => return Ok((start, sizes)),
            mark::SIZE => {
                for _ in 0..count {
                    sizes.push(input.number()?);
                }
            }
            mark::CRC => drop(sums(input, count)?),
            _ => return Err(Mistake::Damaged),
        }
    }
}

/// Checksums, as far as they are there.
fn sums(input: &mut Input, count: usize) -> Result<Vec<Option<u32>>> {
    let told = if input.byte()? == 0 { input.bits(count)? } else { vec![true; count] };
    let mut sums = Vec::new();
    for told in told {
        sums.push(if told { Some(input.sum()?) } else { None });
    }
    Ok(sums)
}

fn unpack_info(input: &mut Input) -> Result<Vec<Folder>> {
    if input.byte()? != mark::FOLDER {
        return Err(Mistake::Damaged);
    }
    let count = input.count()?;
    // What stands elsewhere is an invention of the format that no program writes.
    if input.byte()? != 0 {
        return Err(Mistake::Damaged);
    }
    let mut folders = Vec::new();
    for _ in 0..count {
        folders.push(folder(input)?);
    }
    loop {
        match input.byte()? {
            mark::END => return Ok(folders),
            mark::UNPACK_SIZE => {
                for folder in &mut folders {
                    for _ in 0..folder.coders {
                        // A folder with several coders is not unpacked anyway.
                        folder.size = input.number()?;
                    }
                }
            }
            mark::CRC => {
                for (folder, sum) in folders.iter_mut().zip(sums(input, count)?) {
                    folder.sum = sum;
                }
            }
            _ => return Err(Mistake::Damaged),
        }
    }
}

/// A folder: its coders and how they are joined.
fn folder(input: &mut Input) -> Result<Folder> {
    let coders = input.number()?;
    if !(1..=32).contains(&coders) {
        return Err(Mistake::Damaged);
    }
    let (mut ins, mut outs) = (0_u64, 0_u64);
    let mut coder = Coder::Copy;
    for at in 0..coders {
        let flags = input.byte()?;
        let method = input.take(u64::from(flags & 0x0F))?;
        let method = method.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let (streams, given) = match flags & 0x10 {
            0 => ((1, 1), true),
            _ => ((input.number()?, input.number()?), false),
        };
        let length = if flags & 0x20 == 0 { 0 } else { input.number()? };
        let properties = input.take(length)?;
        (ins, outs) = (ins.saturating_add(streams.0), outs.saturating_add(streams.1));
        let found = if given { coder_of(method, properties)? } else { Coder::Other(method) };
        coder = match (at, coder, found) {
            (0, _, found) => found,
            (_, Coder::Encrypted, _) | (_, _, Coder::Encrypted) => Coder::Encrypted,
            (_, Coder::Other(method), _) => Coder::Other(method),
            (_, _, _) => Coder::Other(method),
        };
    }
    if ins > 32 || !(1..=32).contains(&outs) {
        return Err(Mistake::Damaged);
    }
    let joints = outs - 1;
    for _ in 0..joints {
        input.number()?;
        input.number()?;
    }
    let streams = ins.checked_sub(joints).filter(|streams| *streams > 0).ok_or(Mistake::Damaged)?;
    if streams > 1 {
        for _ in 0..streams {
            input.number()?;
        }
    }
    let (streams, coders) = (streams as usize, outs as usize);
    Ok(Folder { coder, streams, coders, members: 1, ..Folder::default() })
}

fn coder_of(method: u64, properties: &[u8]) -> Result<Coder> {
    Ok(match (method, properties) {
        (0x00, _) => Coder::Copy,
        (0x03_01_01, [first, a, b, c, d, ..]) => {
            Coder::Lzma(*first, u32::from_le_bytes([*a, *b, *c, *d]))
        }
        // Bits of the dictionary and whether half of that comes on top.
        (0x21, [bits @ 0..=39, ..]) => {
            Coder::Lzma2((2 | u32::from(bits & 1)) << (u32::from(bits / 2) + 11))
        }
        (0x21, [40, ..]) => Coder::Lzma2(u32::MAX),
        (0x03_01_01 | 0x21, _) => return Err(Mistake::Damaged),
        (0x06_F1_07_01, _) => Coder::Encrypted,
        (method, _) => Coder::Other(method),
    })
}

/// How many members each folder has, and their sizes.
fn parts(input: &mut Input, folders: &mut [Folder]) -> Result<()> {
    let mut mark = input.byte()?;
    if mark == mark::PART_COUNT {
        let mut all = 0;
        for folder in folders.iter_mut() {
            folder.members = input.count()?;
            all += folder.members as u64;
            if all > MOST {
                return Err(Mistake::TooMany);
            }
        }
        mark = input.byte()?;
    }
    for folder in folders.iter_mut().filter(|folder| folder.members > 0) {
        let mut rest = folder.size;
        for _ in 1..folder.members {
            let size = if mark == mark::SIZE { input.number()? } else { 0 };
            rest = rest.checked_sub(size).ok_or(Mistake::Damaged)?;
            folder.parts.push((size, None));
        }
        folder.parts.push((rest, None));
    }
    if mark == mark::SIZE {
        mark = input.byte()?;
    }
    let is_known = |folder: &Folder| folder.members == 1 && folder.sum.is_some();
    let unknown = folders.iter().filter(|folder| !is_known(folder));
    let unknown = unknown.map(|folder| folder.members).sum();
    let mut found = Vec::new();
    while mark != mark::END {
        if mark != mark::CRC {
            return Err(Mistake::Damaged);
        }
        found = sums(input, unknown)?;
        mark = input.byte()?;
    }
    let mut found = found.into_iter();
    for folder in folders {
        let known = folder.sum.filter(|_| is_known(folder));
        for (_, sum) in &mut folder.parts {
            *sum = known.or_else(|| found.next().flatten());
        }
    }
    Ok(())
}

/// The members that have content.
fn files(input: &mut Input, folders: &[Folder]) -> Result<Vec<Member>> {
    let count = input.count()?;
    let (mut empty, mut names) = (vec![false; count], Vec::new());
    loop {
        let mark = input.byte()?;
        if mark == mark::END {
            break;
        }
        let length = input.number()?;
        let mut part = Input(input.take(length)?);
        match mark {
            mark::EMPTY => empty = part.bits(count)?,
            mark::NAMES if part.byte()? == 0 => names = part.names(),
            mark::NAMES => return Err(Mistake::Damaged),
            _ => {}
        }
    }
    let named = names.into_iter().zip(empty).filter(|(_, empty)| !empty).map(|(name, _)| name);
    let parts = folders.iter().flat_map(|folder| folder.parts.iter().copied());
    Ok(named.zip(parts).map(|(name, (size, sum))| Member { name, size, sum }).collect())
}
