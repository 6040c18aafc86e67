//! Whatever is read as a file or an archive of files: texts and problems, no more than the limit allows, the
//! same however the bytes come; a reader that breaks off has got the beginning; and what was packed is found.

use std::{
    ffi::OsStr,
    io::{self, Read, Write as _},
    ops::ControlFlow,
};

use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zhaidu::{
    error::Problem,
    lang::Lang,
    source::{
        Text,
        read::{ReadOptions, read_bytes},
    },
};

use super::input::Input;

/// The largest text that is read, in bytes.
const LIMIT: u64 = 16 * 1024;
/// Bytes of text that a byte can become: one in a Western encoding three.
const GROWTH: usize = 3;
/// Names that say what is read, and those that say nothing.
const NAMES: [&str; 16] = [
    "a",
    "a",
    "a",
    "a.txt",
    "a.zip",
    "a.epub",
    "a.tar.gz",
    "a.jsonl.zst",
    "a.json",
    "a.csv",
    "a.tsv",
    "a.html",
    "a.md",
    "a.xml",
    "a.docx",
    "a.7z",
];

type Found = Vec<Result<Text, Problem>>;

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (name, step, packing) = (input.one_of(&NAMES), 1 + input.below(200), input.below(6));
    match packing {
        0 => check_packed(input, step),
        1 => check_bytes(name, &gzip(input.rest()), step),
        2 => check_bytes(name, &zstd(input.rest()), step),
        _ => check_bytes(name, input.rest(), step),
    }
}

fn check_bytes(name: &str, bytes: &[u8], step: usize) {
    let found = read_all(name, &mut &*bytes, usize::MAX);
    for text in found.iter().flatten() {
        assert!(text.decoded.text.len() <= GROWTH * LIMIT as usize, "{}", text.decoded.text.len());
    }
    for problem in found.iter().filter_map(|found| found.as_ref().err()) {
        assert!(!problem.kind.message(Lang::Zh).is_empty());
    }
    let dripping = &mut Drip { bytes, step };
    assert_eq!(read_all(name, dripping, usize::MAX), found, "in pieces of {step}");
    let some = found.len() / 2;
    if some > 0 {
        assert_eq!(read_all(name, &mut &*bytes, some), found[..some], "broken off");
    }
}

/// What `name` holds, up to so many texts and problems.
fn read_all(name: &str, bytes: &mut dyn Read, most: usize) -> Found {
    let options = ReadOptions { max_bytes: LIMIT, ..ReadOptions::default() };
    let mut found = Found::new();
    let flow = read_bytes(OsStr::new(name), bytes, &options, &mut |result| {
        found.push(result);
        if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert_eq!(flow.is_break(), found.len() >= most, "a break goes through");
    found
}

/// A stream that comes in pieces.
struct Drip<'a> {
    bytes: &'a [u8],
    step: usize,
}

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.step);
        self.bytes.read(&mut buffer[..length])
    }
}

/// Texts that are packed as members of a tar archive, which is packed itself, are read as they are alone.
fn check_packed(mut input: Input, step: usize) {
    let packing = input.below(3);
    let mut archive = tar::Builder::new(Vec::new());
    let mut alone = Vec::new();
    while !input.is_empty() && alone.len() < 9 {
        let text = input.bytes();
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        let name = format!("{}.txt", alone.len());
        archive.append_data(&mut header, &name, text).expect("memory takes all");
        alone.extend(decoded(read_all(&name, &mut &*text, usize::MAX)));
    }
    let archive = archive.into_inner().expect("memory takes all");
    let packed = match packing {
        0 => archive,
        1 => gzip(&archive),
        _ => zstd(&archive),
    };
    let found = decoded(read_all("a.tar", &mut Drip { bytes: &packed, step }, usize::MAX));
    if !alone.is_empty() {
        assert_eq!(found, alone, "packed");
    }
}

/// The texts, and whether there was a problem instead.
fn decoded(found: Found) -> Vec<Option<String>> {
    found.into_iter().map(|found| found.ok().map(|text| text.decoded.text)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}
