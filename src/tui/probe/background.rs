//! The colour of the background: how it is asked for, and what is answered.

use crate::config::Background;

/// Asks for the colour of the background (xterm, "OSC Ps ; Pt ST" with 11 and `?`).
pub(super) const REQUEST: &str = "\x1b]11;?\x1b\\";

/// What an answer begins with.
const ANSWER: &[u8] = b"11;";

/// Whether a string of the terminal is an answer, be it one that makes no sense.
pub(super) fn is_answer(text: &[u8]) -> bool {
    text.starts_with(ANSWER)
}

/// The background that an answer tells, if it makes sense.
pub(super) fn told(answer: &[u8]) -> Option<Background> {
    let text = std::str::from_utf8(answer.strip_prefix(ANSWER)?).ok()?;
    colour(text).map(Background::of)
}

/// A colour as X writes it (XParseColor(3)): `rgb:` and one to four hexadecimal digits for each of red,
/// green and blue. Some terminals add how opaque it is.
fn colour(text: &str) -> Option<[f64; 3]> {
    let (parts, count) = match text.split_once(':')? {
        ("rgb", parts) => (parts, 3),
        ("rgba", parts) => (parts, 4),
        _ => return None,
    };
    let shares: Option<Vec<f64>> = parts.split('/').map(share).collect();
    match shares?[..] {
        [r, g, b, ..] if parts.split('/').count() == count => Some([r, g, b]),
        _ => None,
    }
}

/// A number of up to four hexadecimal digits as a share of the largest one with as many.
fn share(digits: &str) -> Option<f64> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (1..=4, true) = (digits.len(), is_number) else { return None };
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some(f64::from(number) / f64::from((1_u32 << (4 * digits.len())) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_every_length_and_nothing_else_is() {
        let (dark, light) = (Some(Background::Dark), Some(Background::Light));
        for (text, expected) in [
            ("11;rgb:0000/0000/0000", dark),
            ("11;rgb:ffff/ffff/ffff", light),
            ("11;rgb:1e/1e/2E", dark),
            ("11;rgb:f/f/d", light),
            ("11;rgb:fff/fff/000", light),
            ("11;rgba:ffff/ffff/ffff/8000", light),
            ("11;rgb:00/00", None),
            ("11;rgb:00/00/00/00", None),
            ("11;rgba:00/00/00", None),
            ("11;rgb:00000/0/0", None),
            ("11;rgb:/0/0", None),
            ("11;rgb:+1/0/0", None),
            ("11;rgb:g/0/0", None),
            ("11;#ffffff", None),
            ("11;?", None),
            ("11;", None),
            ("10;rgb:00/00/00", None),
            ("111;rgb:00/00/00", None),
            ("", None),
        ] {
            assert_eq!(told(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(told(b"11;rgb:\xff/0/0"), None);
    }
}
