//! An article as it is kept: its text and what its parts are, packed.
//!
//! With the text in the index, a hit is verified, shown and opened without reading its source again,
//! which in a packed file of a hundred thousand records would take a second. Articles are short, and
//! alone they pack badly; a dictionary that was trained on the first articles of the archive makes
//! them a third smaller.

use std::{io, sync::Arc};

use zstd::{
    bulk::{Compressor, Decompressor},
    dict::from_samples,
};

use super::segment::{number, push_number};
use crate::{
    article::{Article, ArticleId, Evidence, Kind, Part, Role},
    text::range::TextRange,
};

/// How hard it is packed: the next levels take three times as long for a twelfth less.
const LEVEL: i32 = 3;
/// Bytes of a dictionary, at most and as a part of the texts that it is for. With the usual 110
/// kilobytes packed news take a seventh more, and no less time.
const DICTIONARY: usize = 512 * 1024;
const PART: usize = 8;
/// Bytes of texts that are waited for before a dictionary is trained.
pub(super) const WAITED_FOR: usize = DICTIONARY * PART;
/// Bytes of texts that it is trained on, for each of its own: more take time and gain nothing.
const SAMPLED: usize = 2;
/// Texts without which training makes no sense.
const FEWEST: usize = 32;

/// The roles by the number that stands for them. New ones come last.
const ROLES: [Role; 16] = [
    Role::Blank,
    Role::Kicker,
    Role::Title,
    Role::Subtitle,
    Role::Byline,
    Role::Affiliation,
    Role::Source,
    Role::Column,
    Role::Abstract,
    Role::Heading,
    Role::Paragraph,
    Role::PullQuote,
    Role::Caption,
    Role::Credit,
    Role::PageHeader,
    Role::Other,
];

/// What articles are packed with.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary(Option<Arc<[u8]>>);

impl Dictionary {
    /// The dictionary with these bytes; none if there are none.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self((!bytes.is_empty()).then(|| bytes.into()))
    }

    /// A dictionary for articles like these, as they are before packing; none if they are too few.
    pub(super) fn trained(articles: &[&[u8]]) -> Self {
        let whole: usize = articles.iter().map(|article| article.len()).sum();
        let size = (whole / PART).min(DICTIONARY);
        let mut total = 0;
        let mut samples: Vec<&[u8]> = articles.to_vec();
        samples.retain(|article| {
            total += article.len();
            total <= size * SAMPLED
        });
        if samples.len() < FEWEST {
            return Self::default();
        }
        Self(from_samples(&samples, size).ok().map(Into::into))
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_deref().unwrap_or_default()
    }
}

/// Packs articles.
pub(super) struct Packer {
    plain: Compressor<'static>,
    trained: Option<Compressor<'static>>,
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
    pub(super) fn new(dictionary: &Dictionary) -> io::Result<Self> {
        let trained = dictionary.0.as_deref();
        Ok(Self {
            plain: Compressor::new(LEVEL)?,
            trained: trained.map(|bytes| Compressor::with_dictionary(LEVEL, bytes)).transpose()?,
        })
    }

    /// Packs what [`bytes_of`] gave.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> io::Result<Packed> {
        let trained = self.trained.is_some();
        let compressor = self.trained.as_mut().unwrap_or(&mut self.plain);
        let size = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        Ok(Packed { size, trained, bytes: compressor.compress(bytes)? })
    }
}

/// Unpacks articles.
pub(super) struct Unpacker {
    plain: Decompressor<'static>,
    trained: Option<Decompressor<'static>>,
}

impl Unpacker {
    pub(super) fn new(dictionary: &Dictionary) -> io::Result<Self> {
        let trained = dictionary.0.as_deref();
        Ok(Self {
            plain: Decompressor::new()?,
            trained: trained.map(Decompressor::with_dictionary).transpose()?,
        })
    }

    /// The bytes of an article.
    pub(super) fn unpack(
        &mut self,
        size: u32,
        trained: bool,
        packed: &[u8],
    ) -> io::Result<Vec<u8>> {
        let decompressor = match &mut self.trained {
            Some(decompressor) if trained => decompressor,
            _ => &mut self.plain,
        };
        decompressor.decompress(packed, size as usize)
    }
}

/// An article as bytes: kind, parts, damage and the length of the text, then the text, then what
/// stands `beside` the article on its page: headers and the like, which are searched with it.
pub(super) fn bytes_of(article: &Article, beside: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(article.text.len() + 4 * article.parts.len() + 8);
    bytes.push(u8::from(article.kind == Kind::Photo));
    push_number(&mut bytes, article.parts.len() as u32);
    let mut end = 0;
    for part in &article.parts {
        let role = ROLES.iter().position(|role| *role == part.role).unwrap_or_default();
        bytes.push(role as u8);
        push_range(&mut bytes, part.range, &mut end);
    }
    push_number(&mut bytes, article.damage.len() as u32);
    let mut end = 0;
    for &range in &article.damage {
        push_range(&mut bytes, range, &mut end);
    }
    push_number(&mut bytes, article.text.len() as u32);
    bytes.extend_from_slice(article.text.as_bytes());
    if !beside.is_empty() {
        bytes.push(b'\n');
        bytes.extend_from_slice(beside.as_bytes());
    }
    bytes
}

/// What the bytes of an article say.
#[derive(Debug)]
pub(super) struct Body<'a> {
    kind: Kind,
    parts: Vec<Part>,
    damage: Vec<TextRange>,
    text: &'a str,
    /// What is searched: the text and what stands beside it.
    pub(super) searched: &'a str,
}

impl<'a> Body<'a> {
    /// Reads bytes; `None` if they are not those of an article.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (&kind, rest) = bytes.split_first()?;
        let (count, mut rest) = number(rest)?;
        let (mut parts, mut end) = (Vec::new(), 0);
        for _ in 0..count {
            let (&role, after) = rest.split_first()?;
            let (range, after) = read_range(after, &mut end)?;
            let role = *ROLES.get(usize::from(role))?;
            parts.push(Part { role, range, pieces: Vec::new(), joins: Vec::new() });
            rest = after;
        }
        let (count, mut rest) = number(rest)?;
        let (mut damage, mut end) = (Vec::new(), 0);
        for _ in 0..count {
            let (range, after) = read_range(rest, &mut end)?;
            damage.push(range);
            rest = after;
        }
        let (length, rest) = number(rest)?;
        let searched = std::str::from_utf8(rest).ok()?;
        let text = searched.get(..length as usize)?;
        let mut all = parts.iter().map(|part| part.range).chain(damage.iter().copied());
        if !all.all(|range| text.get(range.start..range.end).is_some()) {
            return None;
        }
        let kind = if kind == 0 { Kind::Article } else { Kind::Photo };
        Some(Self { kind, parts, damage, text, searched })
    }

    /// The article. It knows no more where its parts come from, nor its authors.
    pub(super) fn into_article(self, id: ArticleId) -> Article {
        let Self { kind, parts, damage, text, .. } = self;
        let (authors, start) = (Vec::new(), Evidence::default());
        Article { id, kind, text: text.into(), parts, damage, authors, start }
    }
}

/// What is searched of an article's bytes, not looked at any closer.
pub(super) fn searched_of(bytes: &[u8]) -> Option<&[u8]> {
    let (count, mut rest) = number(bytes.get(1..)?)?;
    for _ in 0..count {
        rest = number(number(rest.get(1..)?)?.1)?.1;
    }
    let (count, mut rest) = number(rest)?;
    for _ in 0..count {
        rest = number(number(rest)?.1)?.1;
    }
    Some(number(rest)?.1)
}

fn push_range(bytes: &mut Vec<u8>, range: TextRange, end: &mut usize) {
    push_number(bytes, range.start.saturating_sub(*end) as u32);
    push_number(bytes, range.len() as u32);
    *end = range.end;
}

fn read_range<'a>(bytes: &'a [u8], end: &mut usize) -> Option<(TextRange, &'a [u8])> {
    let (gap, rest) = number(bytes)?;
    let (len, rest) = number(rest)?;
    let start = end.checked_add(gap as usize)?;
    *end = start.checked_add(len as usize)?;
    Some((TextRange::new(start, *end), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SplitMode, split};
    use proptest::prelude::*;

    const PAGE: &str = "渡口的灯\n□林小满\n\n渡口的灯亮了四十年\u{FFFD}，守灯的人换了三个。\n\n图为渡口。李明 摄\n";

    #[test]
    fn an_article_comes_back() {
        let page = split(PAGE.into(), SplitMode::Auto);
        for article in &page.articles {
            let bytes = bytes_of(article, "柳塘日报");
            let body = Body::of(&bytes).expect("an article");
            assert_eq!(body.searched, format!("{}\n柳塘日报", article.text));
            assert_eq!(searched_of(&bytes), Some(body.searched.as_bytes()));
            let back = body.into_article(article.id);
            assert_eq!((&back.text, back.id, back.kind), (&article.text, article.id, article.kind));
            assert_eq!(back.damage, article.damage);
            let ranges = |article: &Article| -> Vec<(Role, TextRange)> {
                article.parts.iter().map(|part| (part.role, part.range)).collect()
            };
            assert_eq!(ranges(&back), ranges(article));
        }
    }

    #[test]
    fn packing_loses_nothing_with_and_without_a_dictionary() {
        let articles: Vec<Vec<u8>> = (0..200)
            .map(|number| {
                format!("第{number}号渡口的灯亮了。{}", "守灯的人换了三个，".repeat(number))
                    .into_bytes()
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
            let mut packer = Packer::new(&dictionary).expect("memory");
            for article in &articles {
                let Packed { size, trained, bytes } = packer.pack(article).expect("memory");
                assert_eq!(&unpacker.unpack(size, trained, &bytes).expect("whole"), article);
            }
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            Body::of(&bytes);
            searched_of(&bytes);
            let mut unpacker = Unpacker::new(&Dictionary::default()).expect("memory");
            let _ = unpacker.unpack(1000, true, &bytes);
        }
    }
}
