//! Whatever the bytes are, they become a text, and no byte is lost: the same as other decoders make of
//! them, the same when the encoding that was found is asked for, and the same bytes again where nothing was
//! malformed.

use encoding_rs::GB18030;
use zhaidu::source::encoding::{Charset, Decoded, decode, is_binary, parse_encoding};

use super::input::Input;

/// What a person may ask for.
const ASKED: [Option<&str>; 9] = [
    None,
    None,
    None,
    Some("gb18030"),
    Some("big5"),
    Some("utf-16"),
    Some("utf-16be"),
    Some("shift_jis"),
    Some("windows-1252"),
];

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let charset = input.one_of(&ASKED).map(|name| parse_encoding(name).expect("an encoding"));
    let bytes = input.rest();
    let found = decode(bytes, charset);
    let replaced = found.text.matches('\u{FFFD}').count();
    assert!(
        found.malformed <= replaced && replaced <= bytes.len(),
        "{} malformed",
        found.malformed
    );
    assert!(found.text.chars().count() <= bytes.len(), "more characters than bytes");
    let named = parse_encoding(found.encoding).expect("an encoding has a name");
    let again = decode(bytes, Some(named));
    assert_eq!(
        (&again.text, again.malformed),
        (&found.text, found.malformed),
        "{}",
        found.encoding
    );
    let _ = is_binary(bytes, charset);
    check(bytes, &found, named);
}

/// Compares with what others make of the bytes.
fn check(bytes: &[u8], found: &Decoded, named: Charset) {
    let marked = |mark: &[u8]| bytes.strip_prefix(mark).filter(|_| found.bom).unwrap_or(bytes);
    match found.encoding {
        "UTF-8" => {
            let bytes = marked(&[0xEF, 0xBB, 0xBF]);
            assert_eq!(found.text, String::from_utf8_lossy(bytes), "as UTF-8");
        }
        "UTF-16LE" => assert_eq!(found.text, utf16(marked(&[0xFF, 0xFE]), u16::from_le_bytes)),
        "UTF-16BE" => assert_eq!(found.text, utf16(marked(&[0xFE, 0xFF]), u16::from_be_bytes)),
        "gb18030" if found.malformed == 0 => {
            let (encoded, ..) = GB18030.encode(&found.text);
            // What became bytes by chance may begin as a mark of another encoding does.
            let back = decode(&encoded, Some(named));
            assert!(back.bom || std::str::from_utf8(&encoded).is_ok() || back.text == found.text);
        }
        _ => {}
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.chunks_exact(2);
    let has_half = !pairs.remainder().is_empty();
    let units: Vec<u16> = pairs.map(|pair| unit([pair[0], pair[1]])).collect();
    // The first half of a pair and half of a unit behind it are one mistake (WHATWG).
    let is_open = units.last().is_some_and(|last| (0xD800..0xDC00).contains(last));
    let half = (has_half && !is_open).then_some('\u{FFFD}');
    let chars = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}'));
    chars.chain(half).collect()
}
