//! Archive files of every kind, made here, and made wrong.

use std::io::{Cursor, Write};

use flate2::{Compress, Compression, FlushCompress, GzBuilder};
use sevenz_rust2::{ArchiveEntry, ArchiveWriter};
use tar::{Builder, EntryType, Header};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A member: its name and what it holds.
pub(crate) type Member<'a> = (&'a str, &'a [u8]);

/// A zip archive.
pub(crate) fn zip(members: &[Member]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// A tar archive.
pub(crate) fn tar(members: &[Member]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in members {
        if name.len() > 99 {
            let long = entry(b"long", EntryType::GNULongName, name.len() as u64);
            builder.append(&long, name.as_bytes()).expect("memory");
        }
        let short = name.as_bytes().get(..99).unwrap_or(name.as_bytes());
        let header = entry(short, EntryType::Regular, bytes.len() as u64);
        builder.append(&header, *bytes).expect("memory");
    }
    builder.into_inner().expect("memory")
}

/// The header of a member of a tar archive, with its name as it is.
pub(crate) fn entry(name: &[u8], kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    header
}

/// A 7z archive.
pub(crate) fn sevenz(members: &[Member]) -> Vec<u8> {
    let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).expect("memory");
    for (name, bytes) in members {
        writer.push_archive_entry(ArchiveEntry::new_file(name), Some(*bytes)).expect("a member");
    }
    writer.finish().expect("memory").into_inner()
}

/// What gzip makes of a file of this name; names there are bytes, ended by 0.
pub(crate) fn gzip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let name = name.replace('\0', "");
    let mut writer = GzBuilder::new().filename(name).write(Vec::new(), Compression::best());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

/// What gzip with the best ratio makes of this byte, so many MiB of it: as many members as there are MiB, which
/// count as one file.
pub(crate) fn gzip_of(byte: u8, mib: usize) -> Vec<u8> {
    gzip("", &vec![byte; 1 << 20]).repeat(mib)
}

/// The same as a stream of Deflate, without any head: blocks that end at whole bytes.
pub(crate) fn deflated(byte: u8, mib: usize) -> Vec<u8> {
    let block = vec![byte; 1 << 20];
    let mut packer = Compress::new(Compression::best(), false);
    let mut packed = Vec::with_capacity(1 << 16);
    packer.compress_vec(&block, &mut packed, FlushCompress::Full).expect("room");
    let mut all = packed.repeat(mib);
    // An empty block that is the last.
    all.extend([3, 0]);
    all
}

/// A member of a zip archive as it is written, be it right or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Raw<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) flags: u16,
    /// 0 for what is stored, 8 for Deflate.
    pub(crate) method: u16,
    pub(crate) sum: u32,
    pub(crate) bytes: &'a [u8],
    /// Length of the bytes and of what they unpack to, as they are told.
    pub(crate) told: (u32, u32),
    /// Where it lies, if another one lies there already.
    pub(crate) at: Option<u32>,
}

impl<'a> Raw<'a> {
    /// A member that is stored, with nothing wrong.
    pub(crate) fn stored(name: &'a [u8], bytes: &'a [u8]) -> Self {
        let length = bytes.len() as u32;
        let sum = crc32fast::hash(bytes);
        Self { name, sum, bytes, told: (length, length), ..Self::default() }
    }

    /// What both heads of a member say.
    fn fields(&self) -> Vec<u8> {
        let mut fields = Vec::new();
        for number in [20, self.flags, self.method, 0, 0x5821] {
            fields.extend(number.to_le_bytes());
        }
        for number in [self.sum, self.told.0, self.told.1] {
            fields.extend(number.to_le_bytes());
        }
        fields.extend((self.name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        fields
    }
}

/// A zip archive of such members, which says that it has so many.
pub(crate) fn zip_of(members: &[Raw], told: u16) -> Vec<u8> {
    let (mut archive, mut list) = (Vec::new(), Vec::new());
    for member in members {
        let at = member.at.unwrap_or(archive.len() as u32);
        if member.at.is_none() {
            archive.extend(b"PK\x03\x04");
            archive.extend(member.fields());
            archive.extend(member.name);
            archive.extend(member.bytes);
        }
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(member.fields());
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(member.name);
    }
    let start = archive.len() as u32;
    archive.extend(&list);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(told.to_le_bytes());
    archive.extend(told.to_le_bytes());
    archive.extend((list.len() as u32).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}
