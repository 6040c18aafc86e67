//! Finds the encoding of bytes that do not name it.
//!
//! Valid UTF-8 is UTF-8. Anything else is read in each encoding that Chinese text is found in, and
//! the reading that looks most like a language wins: points for frequent characters and for the
//! punctuation of running text, minus points for rare characters and for bytes that mean nothing.
//! Only when that leaves a doubt is the general detector asked, which takes thirty times as long.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use super::encoding::Confidence;
use super::frequent::{HAN, HANGUL};

/// How many bytes are looked at for a NUL.
const HEAD: usize = 8 * 1024;
/// How many bytes, ASCII passages left out, are read in each encoding.
const SAMPLE: usize = 1024;
/// How many bytes around the first one that is not UTF-8 are looked at.
const UTF8_WINDOW: usize = 1024;
/// How many bytes are read as UTF-16.
const UTF16_SAMPLE: usize = 512;

/// The encoding that the bytes show, and how sure that is.
pub(super) fn detect(bytes: &[u8]) -> (&'static Encoding, Confidence) {
    let has_nul = bytes.get(..HEAD).unwrap_or(bytes).contains(&0);
    let valid = Encoding::utf8_valid_up_to(bytes);
    if valid == bytes.len() && !has_nul {
        return (UTF_8, Confidence::Certain);
    }
    if let Some(encoding) = utf16(bytes) {
        return (encoding, Confidence::Likely);
    }
    if valid == bytes.len() {
        return (UTF_8, Confidence::Certain);
    }
    if is_damaged_utf8(bytes, valid) {
        return (UTF_8, Confidence::Likely);
    }
    by_score(&dense_sample(bytes))
}

/// The byte order of bytes that are known to be UTF-16.
pub(super) fn byte_order(bytes: &[u8]) -> &'static Encoding {
    utf16(bytes).unwrap_or(UTF_16LE)
}

/// UTF-16 without a mark: in one of the two byte orders the units are frequent characters, ASCII
/// and punctuation. In the other order, and in any other encoding, they are not.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Points per unit below which the units are no text. Running text has 4 to 5.
    const MIN_POINTS: i32 = 2;

    let head = bytes.get(..UTF16_SAMPLE).unwrap_or(bytes);
    let (units, _) = head.as_chunks::<2>();
    let score = |unit: fn([u8; 2]) -> u16| -> i32 {
        units.iter().map(|pair| points_of_unit(unit(*pair))).sum()
    };
    let (little, big) = (score(u16::from_le_bytes), score(u16::from_be_bytes));
    let (best, encoding) = if big > little { (big, UTF_16BE) } else { (little, UTF_16LE) };
    (units.len() > 1 && best >= MIN_POINTS * units.len() as i32).then_some(encoding)
}

fn points_of_unit(unit: u16) -> i32 {
    match char::from_u32(u32::from(unit)) {
        Some(' '..='~' | '\t' | '\n' | '\r') => 4,
        Some(character) => points(Script::Chinese, character),
        // Half of a character beyond the first plane: rare, but sound.
        None => -1,
    }
}

/// UTF-8 with a few bad bytes in it: sound sequences of several bytes outweigh the bad ones.
///
/// A GBK text holds sound sequences by chance, one for eight bad ones, and shorter ones. What is
/// cut off at either end of the window is no evidence against.
fn is_damaged_utf8(bytes: &[u8], first_bad: usize) -> bool {
    /// How many bytes of sound sequences make up for one bad sequence.
    const BYTES_PER_ERROR: usize = 8;

    let start = first_bad.saturating_sub(UTF8_WINDOW);
    let end = first_bad.saturating_add(UTF8_WINDOW).min(bytes.len());
    let mut window = bytes.get(start..end).unwrap_or_default();
    while let [0x80..=0xBF, rest @ ..] = window {
        window = rest;
    }
    let (mut sound, mut errors) = (0, 0);
    for chunk in window.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        errors += usize::from(!chunk.invalid().is_empty());
    }
    if ends_inside_a_character(window) {
        errors -= 1;
    }
    sound > 0 && sound >= errors * BYTES_PER_ERROR
}

/// Whether the last bytes are the beginning of a UTF-8 sequence that is cut off.
fn ends_inside_a_character(window: &[u8]) -> bool {
    std::str::from_utf8(window.get(window.len().saturating_sub(3)..).unwrap_or_default())
        .err()
        .is_some_and(|error| error.error_len().is_none())
}

/// The first bytes that are not ASCII, with what stands between them, long passages of ASCII
/// shortened.
///
/// The second byte of a character may look like ASCII, the third of a row of such bytes cannot be
/// part of one, so cutting there never splits a character.
fn dense_sample(bytes: &[u8]) -> Vec<u8> {
    /// How much of a passage of ASCII is kept.
    const KEPT: usize = 4;

    let mut sample = Vec::with_capacity(SAMPLE);
    let mut rest = bytes;
    while !rest.is_empty() && sample.len() < SAMPLE {
        let ascii = Encoding::ascii_valid_up_to(rest);
        if !sample.is_empty() {
            sample.extend_from_slice(rest.get(..ascii.min(KEPT)).unwrap_or_default());
        }
        rest = rest.get(ascii..).unwrap_or_default();
        let other = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
        let room = other.min(SAMPLE.saturating_sub(sample.len()));
        sample.extend_from_slice(rest.get(..room).unwrap_or_default());
        rest = rest.get(other..).unwrap_or_default();
    }
    sample
}

/// What a reading is expected to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Chinese,
    Japanese,
    Korean,
}

const CANDIDATES: [(&Encoding, Script); 5] = [
    (GB18030, Script::Chinese),
    (BIG5, Script::Chinese),
    (SHIFT_JIS, Script::Japanese),
    (EUC_JP, Script::Japanese),
    (EUC_KR, Script::Korean),
];

fn by_score(sample: &[u8]) -> (&'static Encoding, Confidence) {
    /// Points by which the best reading must be ahead.
    const CLEAR_LEAD: i32 = 16;
    /// Points that the voice of the general detector is worth.
    const VOICE: i32 = 12;

    let mut scores =
        CANDIDATES.map(|(encoding, script)| (score(encoding, script, sample), encoding));
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let [(best, first), (second, _), ..] = scores;
    // A character takes two bytes, and running text has four points for each and more.
    let good = best >= sample.len() as i32 / 2;
    if good && best.saturating_sub(second) >= CLEAR_LEAD {
        return (first, Confidence::Likely);
    }
    let asked = ask_chardetng(sample);
    let Some((score, _)) = scores.into_iter().find(|(_, encoding)| *encoding == asked) else {
        return (if good { first } else { asked }, Confidence::Guess);
    };
    let chosen = if score.saturating_add(VOICE) >= best { asked } else { first };
    (chosen, Confidence::Guess)
}

fn ask_chardetng(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    match detector.guess(Some(b"cn"), Utf8Detection::Deny) {
        guess if guess == GBK => GB18030,
        guess => guess,
    }
}

/// How much the sample looks like text in this encoding. Lowest possible when it cannot be.
fn score(encoding: &'static Encoding, script: Script, sample: &[u8]) -> i32 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // A reading takes at most three bytes for one, and a malformed one three more.
    let mut text = String::with_capacity(sample.len() * 3 + 16);
    let mut errors = 0;
    let mut rest = sample;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, false);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len().max(64)),
            DecoderResult::Malformed(..) => errors += 1,
        }
        if errors > 2 + sample.len() / 16 {
            return i32::MIN;
        }
    }
    let by_character: i32 = text.chars().map(|character| points(script, character)).sum();
    by_character + points_of_rows(encoding, sample) - 10 * errors as i32
}

/// Points for one character of a reading.
fn points(script: Script, character: char) -> i32 {
    use Script::{Chinese, Japanese, Korean};
    match (character, script) {
        (' '..='~' | '\t' | '\n' | '\r' | '\x0C' | '\x1B', _) => 0,
        ('\0'..='\u{9F}', _) => -8,
        ('\u{4E00}'..='\u{9FFF}', Chinese) => {
            if HAN.contains(character) {
                6
            } else {
                0
            }
        }
        ('\u{4E00}'..='\u{9FFF}', Japanese) => {
            if HAN.contains(character) {
                3
            } else {
                1
            }
        }
        ('\u{3041}'..='\u{30FE}', Japanese) => 4,
        ('\u{AC00}'..='\u{D7A3}', Korean) => {
            if HANGUL.contains(character) {
                6
            } else {
                2
            }
        }
        ('、' | '。' | '「' | '」' | '　', Chinese | Japanese) => 3,
        ('《' | '》' | '（' | '）' | '，' | '：' | '；' | '！' | '？', Chinese) => 3,
        ('“' | '”' | '‘' | '’' | '—' | '…' | '·' | '【' | '】' | '□', Chinese) => {
            3
        }
        ('０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ', Chinese | Japanese) => 1,
        ('\u{FF61}'..='\u{FF9F}', _) => -2,
        ('\u{3041}'..='\u{30FE}' | '\u{4E00}'..='\u{9FFF}', _) => -4,
        ('\u{AC00}'..='\u{D7A3}', _) => -6,
        ('\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}', _) => -10,
        ('\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{10000}'.., _) => -4,
        _ => -1,
    }
}

/// Points for the rows of the table that the bytes lie in. The two Chinese standards put the
/// characters of daily use before the rest, which tells even short names apart.
fn points_of_rows(encoding: &'static Encoding, sample: &[u8]) -> i32 {
    let of_row: fn(u8, u8) -> i32 = if encoding == GB18030 {
        points_of_gb_row
    } else if encoding == BIG5 {
        points_of_big5_row
    } else {
        return 0;
    };
    let mut sum = 0;
    let mut rest = sample;
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if let (0x80.., [trail, after @ ..]) = (lead, tail) {
            sum += of_row(*lead, *trail);
            rest = after;
        }
    }
    sum
}

/// GB 2312 orders its 3,755 characters of the first level by sound and its 3,008 of the second by
/// radical; the rest of GBK and GB 18030 lies around them.
fn points_of_gb_row(lead: u8, trail: u8) -> i32 {
    match (lead, trail) {
        (0xB0..=0xD7, 0xA1..) => 2,
        (0xD8..=0xF7, 0xA1..) => -2,
        (0xA1..=0xA9, 0xA1..) => 0,
        _ => -3,
    }
}

/// Big5 has 5,401 characters in its first level and 7,652 in its second.
fn points_of_big5_row(lead: u8, _: u8) -> i32 {
    match lead {
        0xA4..=0xC6 => 2,
        0xA1..=0xA3 => 0,
        0xC9..=0xF9 => -2,
        _ => -4,
    }
}
