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

/// How many bytes are looked at for control characters.
const HEAD: usize = 8 * 1024;
/// How many bytes, ASCII passages left out, are read in each encoding: few, and more in doubt.
const SMALL_SAMPLE: usize = 256;
const SAMPLE: usize = 1024;
/// How many bytes before and after the first one that is not UTF-8 are looked at.
const UTF8_BEFORE: usize = 16 * 1024;
const UTF8_AFTER: usize = 512;
/// How many bytes are read as UTF-16.
const UTF16_SAMPLE: usize = 256;

/// The encoding that the bytes show, and how sure that is.
pub(super) fn detect(bytes: &[u8]) -> (&'static Encoding, Confidence) {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let valid = Encoding::utf8_valid_up_to(bytes);
    let is_utf8 = valid == bytes.len();
    // UTF-16 may happen to be valid UTF-8, but then it is full of what texts do not hold.
    if is_utf8 && control_characters(head) == 0 {
        return (UTF_8, Confidence::Certain);
    }
    let utf16 = utf16(bytes);
    match utf16 {
        Some(reading) if is_utf8 => return (reading.encoding, Confidence::Likely),
        None if is_utf8 => return (UTF_8, Confidence::Certain),
        Some(reading) if reading.is_clear() => return (reading.encoding, Confidence::Likely),
        _ if is_damaged_utf8(bytes, valid) => return (UTF_8, Confidence::Likely),
        _ => {}
    }
    let (best, confidence) = by_score(&dense_sample(bytes));
    match utf16 {
        Some(reading) if reading.is_better_than(best) => (reading.encoding, Confidence::Likely),
        _ => (best.encoding, confidence),
    }
}

/// How many control characters there are that text files do not hold.
///
/// Escape and backspace are not counted: logs of terminals and manuals are full of them, and escape
/// opens the character sets of ISO-2022-JP.
pub(super) fn control_characters(bytes: &[u8]) -> usize {
    let is_control =
        |byte: u8| matches!(byte, 0x00..=0x07 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    // Sums of one byte, which cannot overflow in so short a chunk, let the compiler compare many
    // bytes at once: this is done to every text.
    let count = |chunk: &[u8]| {
        chunk.iter().fold(0u8, |sum, byte| sum.wrapping_add(u8::from(is_control(*byte))))
    };
    bytes.chunks(255).map(|chunk| usize::from(count(chunk))).sum()
}

/// How much some bytes look like text in an encoding.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    encoding: &'static Encoding,
    /// Points of all characters; lowest possible when the bytes cannot be in this encoding.
    points: i32,
    /// How many bytes were read; a sample is short.
    bytes: i32,
}

impl Reading {
    /// Whether no other reading can come near.
    fn is_clear(self) -> bool {
        self.bytes >= 64 && self.points >= self.bytes
    }

    /// Whether it reads like text. A character takes two bytes, and running text has four points
    /// for each and more.
    fn is_good(self) -> bool {
        self.points >= self.bytes / 2
    }

    /// Whether it has more points for a byte than another reading.
    fn is_better_than(self, other: Self) -> bool {
        let weight = |points: i32, bytes: i32| i64::from(points) * i64::from(bytes);
        weight(self.points, other.bytes) > weight(other.points, self.bytes)
    }
}

/// The length of a sample. Samples are short, the type is that of points.
fn length(sample: &[u8]) -> i32 {
    i32::try_from(sample.len()).unwrap_or(i32::MAX)
}

/// The byte order of bytes that are known to be UTF-16.
pub(super) fn byte_order(bytes: &[u8]) -> &'static Encoding {
    utf16(bytes).map_or(UTF_16LE, |reading| reading.encoding)
}

/// UTF-16 without a mark: in one of the two byte orders the units are frequent characters, ASCII
/// and punctuation. In the other order, and in any other encoding, they are not.
pub(super) fn utf16(bytes: &[u8]) -> Option<Reading> {
    /// Points below which the units are no text: so many at all, and so many more for each unit.
    /// Running text has 4 to 5 for each.
    const MIN_POINTS: i32 = 6;
    const MIN_POINTS_PER_UNIT: i32 = 1;

    let head = bytes.get(..UTF16_SAMPLE).unwrap_or(bytes);
    let (units, _) = head.as_chunks::<2>();
    let points = |unit: fn([u8; 2]) -> u16| -> i32 {
        units.iter().map(|pair| points_of_unit(unit(*pair))).sum()
    };
    let (little, big) = (points(u16::from_le_bytes), points(u16::from_be_bytes));
    let (points, encoding) = if big > little { (big, UTF_16BE) } else { (little, UTF_16LE) };
    let least = MIN_POINTS + MIN_POINTS_PER_UNIT * length(head) / 2;
    (points >= least).then_some(Reading { encoding, points, bytes: length(head) })
}

fn points_of_unit(unit: u16) -> i32 {
    match char::from_u32(u32::from(unit)) {
        Some(' '..='~' | '\t' | '\n' | '\r') => 4,
        Some(character) => points(Script::Chinese, character),
        // Half of a character beyond the first plane: rare, but sound.
        None => -1,
    }
}

/// UTF-8 with a few bad bytes in it: sound sequences of several bytes outweigh the bad ones. A GBK
/// text holds sound sequences by chance, but one for eight bad ones, and short ones.
fn is_damaged_utf8(bytes: &[u8], first_bad: usize) -> bool {
    /// How many bytes of sound sequences make up for one bad sequence.
    const BYTES_PER_ERROR: usize = 8;

    let start = first_bad.saturating_sub(UTF8_BEFORE);
    let end = first_bad.saturating_add(UTF8_AFTER).min(bytes.len());
    let (mut sound, mut errors) = (0, 0);
    for chunk in bytes.get(start..end).unwrap_or_default().utf8_chunks() {
        sound += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        errors += usize::from(!chunk.invalid().is_empty());
    }
    sound >= errors * BYTES_PER_ERROR
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
        let room = rest.get(..SAMPLE.saturating_sub(sample.len())).unwrap_or(rest);
        let other = room.iter().position(u8::is_ascii).unwrap_or(room.len());
        let (passage, after) = rest.split_at_checked(other).unwrap_or((rest, &[]));
        sample.extend_from_slice(passage);
        rest = after;
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

fn by_score(sample: &[u8]) -> (Reading, Confidence) {
    let small = sample.get(..SMALL_SAMPLE).unwrap_or(sample);
    let readings = readings_of(small);
    if let Some(clear) = clear_winner(&readings) {
        return (clear, Confidence::Likely);
    }
    let readings = readings_of(sample);
    match clear_winner(&readings) {
        Some(clear) => (clear, Confidence::Likely),
        None => (arbitrate(&readings, sample), Confidence::Guess),
    }
}

/// The sample in each encoding, the best first.
fn readings_of(sample: &[u8]) -> [Reading; CANDIDATES.len()] {
    let mut readings = CANDIDATES.map(|(encoding, script)| {
        let points = points_of_reading(encoding, script, sample);
        Reading { encoding, points, bytes: length(sample) }
    });
    readings.sort_by_key(|reading| std::cmp::Reverse(reading.points));
    readings
}

/// The best reading if it is good and well ahead of the second.
fn clear_winner(readings: &[Reading; CANDIDATES.len()]) -> Option<Reading> {
    /// Points by which it must be ahead, and how many bytes ask for one more.
    const LEAD: i32 = 16;
    const BYTES_PER_POINT: i32 = 4;

    let [best, second, ..] = *readings;
    let lead = LEAD.max(best.bytes / BYTES_PER_POINT);
    let is_clear = best.is_good() && best.points.saturating_sub(second.points) >= lead;
    is_clear.then_some(best)
}

/// Asks the general detector, whose voice counts as much as a few points.
fn arbitrate(readings: &[Reading; CANDIDATES.len()], sample: &[u8]) -> Reading {
    const VOICE: i32 = 12;

    let [best, ..] = *readings;
    let asked = ask_chardetng(sample);
    match readings.iter().find(|reading| reading.encoding == asked) {
        Some(reading) if reading.points.saturating_add(VOICE) >= best.points => *reading,
        None if !best.is_good() => Reading { encoding: asked, points: 0, bytes: length(sample) },
        _ => best,
    }
}

fn ask_chardetng(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    match detector.guess(Some(b"cn"), Utf8Detection::Deny) {
        guess if guess == GBK => GB18030,
        guess => guess,
    }
}

/// How much the sample looks like text in this encoding.
fn points_of_reading(encoding: &'static Encoding, script: Script, sample: &[u8]) -> i32 {
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
        if errors > 2 + length(sample) / 16 {
            return i32::MIN;
        }
    }
    let by_character: i32 = text.chars().map(|character| points(script, character)).sum();
    by_character + points_of_rows(encoding, sample) - 10 * errors
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
        ('\u{3041}'..='\u{30FE}', Japanese) => 6,
        ('\u{AC00}'..='\u{D7A3}', Korean) => {
            if HANGUL.contains(character) {
                6
            } else {
                2
            }
        }
        ('、' | '。' | '「' | '」' | '　', Japanese) => 3,
        (character, Chinese) if is_chinese_punctuation(character) => 3,
        ('０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ', Chinese | Japanese) => 1,
        ('\u{FF61}'..='\u{FF9F}', _) => -2,
        ('\u{AC00}'..='\u{D7A3}', _) => -6,
        ('\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}', _) => -10,
        // Kana or Han in another script, and the rare blocks of Han.
        ('\u{3041}'..='\u{30FE}' | '\u{3400}'..='\u{9FFF}', _) => -4,
        ('\u{F900}'..='\u{FAFF}' | '\u{10000}'.., _) => -5,
        _ => -1,
    }
}

/// The punctuation of running text, and the mark before a byline.
fn is_chinese_punctuation(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '、'
            | '：'
            | '；'
            | '？'
            | '！'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '（'
            | '）'
            | '《'
            | '》'
            | '「'
            | '」'
            | '【'
            | '】'
            | '—'
            | '…'
            | '·'
            | '　'
            | '□'
    )
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
