//! From bytes to text.
//!
//! A byte order mark decides first, then validity as UTF-8, then what the caller asked for or the
//! evidence of the bytes. No byte vanishes: one that means nothing in the encoding becomes
//! U+FFFD and is counted.

use encoding_rs::{BIG5, Decoder, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, UTF_8};
use encoding_rs::{UTF_16BE, UTF_16LE};

use super::detect;
use crate::error::ProblemKind;

/// A text and how it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without the byte order mark.
    pub text: String,
    /// Name of the encoding by the WHATWG Encoding Standard, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// Whether the bytes began with a byte order mark.
    pub bom: bool,
    /// How many byte sequences meant nothing and were replaced by U+FFFD.
    pub malformed: usize,
    /// How sure the encoding is.
    pub confidence: Confidence,
}

impl Decoded {
    /// A text that is in memory already.
    pub fn utf8(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            encoding: UTF_8.name(),
            bom: false,
            malformed: 0,
            confidence: Confidence::Certain,
        }
    }
}

/// How sure an encoding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// The evidence is thin, as in a text of a few characters: the reader should check.
    Guess,
    /// The evidence is strong.
    Likely,
    /// A byte order mark or valid UTF-8 says so, or the user.
    Certain,
}

/// An encoding that the user asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-16 in the byte order that the text shows; little-endian when it does not show.
    Utf16,
    /// This encoding.
    Fixed(&'static Encoding),
}

impl Charset {
    /// A name that [`parse_encoding`] knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "utf-16",
            Self::Fixed(encoding) => encoding.name(),
        }
    }
}

/// The encoding with the given name.
///
/// Takes the labels of the WHATWG Encoding Standard in any case, and the code page numbers and
/// spellings that are common beside them. Whatever names a part of GB18030 gives GB18030, which
/// reads all of them.
///
/// # Errors
///
/// [`ProblemKind::UnknownEncoding`], with the known name that is nearest if one is near.
pub fn parse_encoding(name: &str) -> Result<Charset, ProblemKind> {
    let label = name.trim().to_ascii_lowercase();
    if let "utf-16" | "utf16" = label.as_str() {
        return Ok(Charset::Utf16);
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == label).map(|(_, encoding)| *encoding);
    match alias.or_else(|| Encoding::for_label_no_replacement(label.as_bytes())) {
        Some(encoding) if encoding == GBK => Ok(Charset::Fixed(GB18030)),
        Some(encoding) => Ok(Charset::Fixed(encoding)),
        None => Err(ProblemKind::UnknownEncoding {
            name: name.to_owned(),
            suggestion: nearest_name(&label),
        }),
    }
}

/// Names that people use and the standard does not know.
const ALIASES: [(&str, &Encoding); 9] = [
    ("cp936", GB18030),
    ("gb-18030", GB18030),
    ("gb-2312", GB18030),
    ("euc-cn", GB18030),
    ("cp950", BIG5),
    ("eucjp", EUC_JP),
    ("euckr", EUC_KR),
    ("utf16le", UTF_16LE),
    ("utf16be", UTF_16BE),
];

/// Names to suggest.
const NAMES: [&str; 13] = [
    "utf-8",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "big5-hkscs",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "windows-1252",
];

fn nearest_name(label: &str) -> Option<&'static str> {
    let distance = |name: &&str| strsim::osa_distance(label, name);
    let nearest = NAMES.into_iter().min_by_key(distance)?;
    // Two slips, but never so many that nothing of a short name is left.
    (distance(&nearest) <= 2.min(nearest.len() / 2)).then_some(nearest)
}

/// Decodes bytes, in the given encoding or in the one that they show.
///
/// A byte order mark overrules `charset`: in no other encoding do texts begin with those bytes.
/// Never fails, takes time linear in the number of bytes.
pub fn decode(bytes: &[u8], charset: Option<Charset>) -> Decoded {
    let Shown { encoding, mark, confidence } = Shown::by(bytes, charset);
    let rest = bytes.get(mark..).unwrap_or_default();
    Decoded { bom: mark > 0, ..decode_as(encoding, rest, confidence) }
}

/// The encoding of some bytes.
#[derive(Clone, Copy)]
struct Shown {
    encoding: &'static Encoding,
    /// Length of the byte order mark.
    mark: usize,
    confidence: Confidence,
}

impl Shown {
    /// The one that the bytes show, unless it is given.
    fn by(bytes: &[u8], charset: Option<Charset>) -> Self {
        let certain = |encoding, mark| Self { encoding, mark, confidence: Confidence::Certain };
        if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
            return certain(encoding, mark);
        }
        match charset {
            Some(Charset::Fixed(encoding)) => certain(encoding, 0),
            Some(Charset::Utf16) => certain(detect::byte_order(bytes), 0),
            None => {
                let (encoding, confidence) = detect::detect(bytes);
                Self { encoding, mark: 0, confidence }
            }
        }
    }
}

/// Decodes a text that comes in pieces, which may be cut anywhere. The encoding is that of the first piece
/// with more than ASCII in it.
pub(super) struct Stepwise {
    charset: Option<Charset>,
    known: Option<(Shown, Decoder)>,
    /// The end of the piece before, which is decoded with the next one.
    kept: Vec<u8>,
}

/// Bytes that are too few to show an encoding, behind a text in ASCII.
const FEW: usize = 64;

impl Stepwise {
    /// At the beginning of a text in this encoding, or in the one that it shows.
    pub(super) fn new(charset: Option<Charset>) -> Self {
        Self { charset, known: None, kept: Vec::new() }
    }

    /// Decodes the next piece. What is missing of its last character is expected of the next one.
    pub(super) fn decode(&mut self, bytes: &[u8], is_last: bool) -> Decoded {
        if self.known.is_some() || self.charset.is_some() {
            return self.decode_on(bytes, is_last);
        }
        let mut all = std::mem::take(&mut self.kept);
        all.extend_from_slice(bytes);
        if !is_last && let Some(plain) = plain_before_few(&all) {
            self.kept = all.split_off(plain);
        }
        self.decode_on(&all, is_last)
    }

    fn decode_on(&mut self, bytes: &[u8], is_last: bool) -> Decoded {
        let (shown, decoder) = self.known.get_or_insert_with(|| {
            let shown = Shown::by(without_cut(bytes), self.charset);
            (shown, shown.encoding.new_decoder_without_bom_handling())
        });
        let Shown { encoding, mark, confidence } = *shown;
        let mut text = String::with_capacity(bytes.len());
        let rest = bytes.get(mark..).unwrap_or_default();
        let malformed = decode_on(decoder, rest, is_last, &mut text);
        // It stands before the first piece only.
        shown.mark = 0;
        if self.charset.is_none() && mark == 0 && encoding == UTF_8 && text.is_ascii() {
            self.known = None;
        }
        Decoded { text, encoding: encoding.name(), bom: mark > 0, malformed, confidence }
    }
}

/// Where a few bytes begin at the end of a text that is in ASCII up to there, for longer than UTF-16 could seem to be.
fn plain_before_few(bytes: &[u8]) -> Option<usize> {
    let plain = bytes.iter().position(|byte| !byte.is_ascii() || *byte == 0)?;
    (plain >= FEW && bytes.len() - plain < FEW).then_some(plain)
}

/// Bytes without the beginning of a character of UTF-8 at their end: it says nothing against UTF-8.
fn without_cut(bytes: &[u8]) -> &[u8] {
    const LONGEST: usize = 4;
    let valid = Encoding::utf8_valid_up_to(bytes);
    if bytes.len() - valid < LONGEST { bytes.get(..valid).unwrap_or(bytes) } else { bytes }
}

/// Decodes bytes that may say their encoding at the beginning, as HTML and XML do: `charset=gbk`,
/// `encoding="big5"`. A byte order mark, the person and validity as UTF-8 count for more.
pub(super) fn decode_declared(bytes: &[u8], charset: Option<Charset>) -> Decoded {
    let is_utf8 = || Encoding::utf8_valid_up_to(bytes) == bytes.len();
    if charset.is_some() || Encoding::for_bom(bytes).is_some() || is_utf8() {
        return decode(bytes, charset);
    }
    let head = bytes.get(..DECLARATION).unwrap_or(bytes).to_ascii_lowercase();
    let declared = ["charset", "encoding"].into_iter().find_map(|word| {
        let at = head.windows(word.len()).position(|window| window == word.as_bytes())?;
        let rest = head.get(at + word.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
        let is_mark = |byte: &&u8| matches!(byte, b' ' | b'"' | b'\'');
        let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let label = rest.iter().skip_while(is_mark).take_while(is_label).copied().collect();
        parse_encoding(&String::from_utf8(label).ok()?).ok()
    });
    // What is not UTF-8 lies when it says so, and what could be read cannot be UTF-16.
    let told = declared.filter(|charset| {
        !matches!(charset, Charset::Utf16)
            && ![UTF_8, UTF_16BE, UTF_16LE].map(Charset::Fixed).contains(charset)
    });
    decode(bytes, told)
}

/// How many bytes may hold a declaration.
const DECLARATION: usize = 4 * 1024;

fn decode_as(encoding: &'static Encoding, bytes: &[u8], confidence: Confidence) -> Decoded {
    let (text, malformed) =
        match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => (text.into_owned(), 0),
            None => decode_and_count(encoding, bytes),
        };
    Decoded { text, encoding: encoding.name(), bom: false, malformed, confidence }
}

/// Decodes with U+FFFD for each malformed sequence. The count cannot be taken from the text: a
/// sound text may hold U+FFFD.
fn decode_and_count(encoding: &'static Encoding, bytes: &[u8]) -> (String, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let malformed = decode_on(&mut decoder, bytes, true, &mut text);
    (text, malformed)
}

/// Goes on to decode, and counts malformed sequences.
fn decode_on(decoder: &mut Decoder, bytes: &[u8], is_last: bool, text: &mut String) -> usize {
    // The decoder touches all room that it is given, on each call: a call for each malformed byte
    // must not get room for the whole text.
    let mut piece = String::with_capacity(PIECE);
    let mut malformed = 0;
    let mut rest = bytes;
    loop {
        let (result, read) =
            decoder.decode_to_string_without_replacement(rest, &mut piece, is_last);
        rest = rest.get(read..).unwrap_or_default();
        text.push_str(&piece);
        piece.clear();
        match result {
            DecoderResult::InputEmpty => return malformed,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                malformed += 1;
            }
        }
    }
}

/// How many bytes of text are decoded at a time when some are malformed.
const PIECE: usize = 4 * 1024;

/// Whether bytes are surely not text: a NUL or many control characters near the beginning, unless
/// they are UTF-16.
pub fn is_binary(bytes: &[u8], charset: Option<Charset>) -> bool {
    // A byte order mark of UTF-32, which nothing reads, looks like one of UTF-16 and a NUL.
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) {
        return true;
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let asked = match charset {
        Some(Charset::Utf16) => Some(UTF_16LE),
        Some(Charset::Fixed(encoding)) => Some(encoding),
        None => None,
    };
    if marked.or(asked).is_some_and(|encoding| encoding == UTF_16LE || encoding == UTF_16BE) {
        return false;
    }
    let head = bytes.get(..BINARY_HEAD).unwrap_or(bytes);
    let controls = detect::control_characters(head);
    let suspicious = head.contains(&0)
        || (controls >= MIN_CONTROLS && controls * MAX_CONTROL_SHARE > head.len());
    suspicious && detect::utf16(bytes).is_none()
}

/// How many bytes at the beginning are looked at.
const BINARY_HEAD: usize = 8 * 1024;
/// One control character in so many bytes is too many for a text.
const MAX_CONTROL_SHARE: usize = 20;
/// Fewer control characters than this are no evidence.
const MIN_CONTROLS: usize = 4;

#[cfg(test)]
mod tests;
