//! Packing articles.
//!
//! Articles are short, and alone they pack badly. With a code for the characters of the archive and a
//! dictionary of some of its first articles they are half as large.

use std::{io, sync::Arc};

use zstd::bulk::{Compressor, Decompressor};

use super::{
    body::{parted, searched_of},
    code::Code,
    segment::{number, push_number},
};

/// How hard it is packed: the next level takes half as long again for a thirtieth less.
const LEVEL: i32 = 1;
/// Bytes of a dictionary, at most and as a part of the texts that it is for. With the usual 110
/// kilobytes packed news take a seventh more, and no less time.
const DICTIONARY: usize = 512 * 1024;
const PART: usize = 8;
/// Bytes of texts that are waited for before a dictionary is made.
pub(super) const WAITED_FOR: usize = DICTIONARY * PART;
/// One in so many of them is put into it: coded, they have half as many bytes.
const STRIDE: usize = PART / 2;
/// Texts without which a dictionary makes no sense.
const FEWEST: usize = 32;
/// Bytes that a byte of text is coded in, at most.
const WIDEST: usize = 5;

/// What articles are packed with: a code for their characters, and some of them, so coded, of which
/// others repeat pieces. Choosing those by training gains nothing over taking one in some, and takes
/// as long as packing everything.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary(Option<Arc<Learned>>);

#[derive(Debug)]
struct Learned {
    bytes: Vec<u8>,
    code: Code,
    /// Where the samples begin in the bytes.
    samples: usize,
}

impl Dictionary {
    /// The dictionary with these bytes; none if there are none.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let learned = || {
            let (length, rest) = number(bytes)?;
            let chars = std::str::from_utf8(rest.get(..length as usize)?).ok()?;
            let samples = bytes.len() - rest.len() + length as usize;
            let code = Code::of(chars.chars());
            Some(Arc::new(Learned { bytes: bytes.to_vec(), code, samples }))
        };
        Self(learned())
    }

    /// A dictionary for articles like these, as they are before packing; none if they are too few.
    pub(super) fn trained(articles: &[&[u8]]) -> Self {
        let whole: usize = articles.iter().map(|article| article.len()).sum();
        let size = (whole / PART).min(DICTIONARY);
        if articles.len() < FEWEST {
            return Self::default();
        }
        let code = Code::suiting(articles.iter().filter_map(|article| Some(parted(article)?.1)));
        let chars: String = code.chars().iter().collect();
        let mut bytes = Vec::with_capacity(size + chars.len() + 8);
        push_number(&mut bytes, chars.len() as u32);
        bytes.extend_from_slice(chars.as_bytes());
        let samples = bytes.len();
        for (head, text) in articles.iter().step_by(STRIDE).filter_map(|article| parted(article)) {
            if bytes.len() < samples + size {
                bytes.extend_from_slice(head);
                code.encode(text, &mut bytes);
            }
        }
        bytes.truncate(samples + size);
        Self(Some(Arc::new(Learned { bytes, code, samples })))
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |learned| &learned.bytes)
    }

    /// The code of packed texts.
    pub(super) fn code(&self) -> Option<&Code> {
        self.0.as_ref().map(|learned| &learned.code)
    }
}

impl Learned {
    fn samples(&self) -> &[u8] {
        self.bytes.get(self.samples..).unwrap_or_default()
    }
}

/// Packs articles. What it takes is made when the first one comes: mostly there is none.
pub(super) struct Packer {
    dictionary: Dictionary,
    plain: Option<Compressor<'static>>,
    trained: Option<Compressor<'static>>,
    coded: Vec<u8>,
    packed: Vec<u8>,
}

/// A packed article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// Bytes before packing, and whether the dictionary was used.
    pub size: u32,
    pub trained: bool,
    pub bytes: Vec<u8>,
}

impl Packer {
    pub(super) fn new(dictionary: &Dictionary) -> Self {
        let (coded, packed) = (Vec::new(), Vec::new());
        Self { dictionary: dictionary.clone(), plain: None, trained: None, coded, packed }
    }

    /// Packs what [`bytes_of`](super::body::bytes_of) gave.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> io::Result<Packed> {
        let size = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let Self { dictionary, plain, trained, coded, packed } = self;
        if let Some(learned) = dictionary.0.as_deref()
            && let Some((head, text)) = parted(bytes)
        {
            let compressor =
                made(trained, || Compressor::with_dictionary(LEVEL, learned.samples()))?;
            coded.clear();
            coded.extend_from_slice(head);
            learned.code.encode(text, coded);
            packed.clear();
            packed.reserve(zstd::zstd_safe::compress_bound(coded.len()));
            compressor.compress_to_buffer(coded, packed)?;
            let mut bytes = Vec::with_capacity(packed.len() + 5);
            push_number(&mut bytes, u32::try_from(coded.len()).map_err(io::Error::other)?);
            bytes.extend_from_slice(packed);
            return Ok(Packed { size, trained: true, bytes });
        }
        let compressor = made(plain, || Compressor::new(LEVEL))?;
        Ok(Packed { size, trained: false, bytes: compressor.compress(bytes)? })
    }
}

/// What is in the slot, made if nothing is.
fn made<T>(slot: &mut Option<T>, make: impl FnOnce() -> io::Result<T>) -> io::Result<&mut T> {
    let made = match slot.take() {
        Some(made) => made,
        None => make()?,
    };
    Ok(slot.insert(made))
}

/// Unpacks articles.
pub(super) struct Unpacker {
    plain: Decompressor<'static>,
    trained: Option<Decompressor<'static>>,
    dictionary: Dictionary,
    coded: Vec<u8>,
}

impl Unpacker {
    pub(super) fn new(dictionary: &Dictionary) -> io::Result<Self> {
        let trained = dictionary.0.as_deref();
        let trained = trained.map(|learned| Decompressor::with_dictionary(learned.samples()));
        Ok(Self {
            plain: Decompressor::new()?,
            trained: trained.transpose()?,
            dictionary: dictionary.clone(),
            coded: Vec::new(),
        })
    }

    /// The dictionary that it unpacks by.
    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The bytes of an article.
    pub(super) fn unpack(
        &mut self,
        size: u32,
        trained: bool,
        packed: &[u8],
    ) -> io::Result<Vec<u8>> {
        let size = size as usize;
        if !trained {
            return self.plain.decompress(packed, size);
        }
        self.uncode(size, packed)?;
        let decoded = || {
            let rest = searched_of(&self.coded)?;
            let head = self.coded.get(..self.coded.len() - rest.len())?;
            let mut bytes = Vec::with_capacity(size + 3);
            bytes.extend_from_slice(head);
            self.dictionary.code()?.decode(rest, size.checked_sub(head.len())?, &mut bytes)?;
            Some(bytes)
        };
        decoded().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
    }

    /// What is searched of an article that was packed by the dictionary, in the form of its code.
    pub(super) fn searched(&mut self, size: u32, packed: &[u8]) -> io::Result<&[u8]> {
        self.uncode(size as usize, packed)?;
        searched_of(&self.coded).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
    }

    /// Unpacks into `coded`.
    fn uncode(&mut self, size: usize, packed: &[u8]) -> io::Result<()> {
        let invalid = || io::Error::from(io::ErrorKind::InvalidData);
        let (length, frame) = number(packed).ok_or_else(invalid)?;
        let trained = self.trained.as_mut().ok_or_else(invalid)?;
        // What is damaged must not take all memory.
        if length as usize > size.saturating_mul(WIDEST) {
            return Err(invalid());
        }
        self.coded.clear();
        self.coded.reserve(length as usize);
        trained.decompress_to_buffer(frame, &mut self.coded).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::{SplitMode, split},
        store::index::body::bytes_of,
    };
    use proptest::prelude::*;

    fn article(text: String) -> Vec<u8> {
        bytes_of(&split(text.into(), SplitMode::Off).articles[0], "🏮")
    }

    #[test]
    fn packing_loses_nothing_with_and_without_a_dictionary() {
        let articles: Vec<Vec<u8>> = (0..200)
            .map(|number| {
                let rest = "守灯的人换了三个，".repeat(number);
                article(format!("第{number}号渡口的灯亮了\u{FFFD}。\n\n{rest}"))
            })
            .collect();
        let slices: Vec<&[u8]> = articles.iter().map(Vec::as_slice).collect();
        let dictionary = Dictionary::trained(&slices);
        assert!(!dictionary.bytes().is_empty());
        let again = Dictionary::of(dictionary.bytes());
        let few = Dictionary::trained(&slices[..9]);
        assert!(few.bytes().is_empty());
        let mut unpacker = Unpacker::new(&again).expect("memory");
        for dictionary in [Dictionary::default(), dictionary] {
            let mut packer = Packer::new(&dictionary);
            for article in &articles {
                let Packed { size, trained, bytes } = packer.pack(article).expect("memory");
                assert_eq!(&unpacker.unpack(size, trained, &bytes).expect("whole"), article);
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let article = article("渡口的灯\n\n渡口的灯亮了四十年。".to_owned());
            for dictionary in [Dictionary::default(), Dictionary::trained(&[article.as_slice(); 40])] {
                let mut unpacker = Unpacker::new(&dictionary).expect("memory");
                for trained in [true, false] {
                    let _ = unpacker.unpack(1000, trained, &bytes);
                }
                let _ = unpacker.searched(1000, &bytes);
            }
            Dictionary::of(&bytes);
        }
    }
}
