//! Letters and digits, told quickly, and passed over quickly.

/// Whether a character is a letter or digit. Chinese characters, ASCII and the marks of Chinese text
/// are told first: the tables of all others are slow.
#[inline]
pub fn is_letter(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// The characters of a text that are not plainly letters, with the byte at which each stands: all
/// but those from U+4000 to U+9FFF and the letters and digits of ASCII. Of Chinese text they are
/// few, and what is passed over is told by its first byte, without decoding.
pub fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        loop {
            match rest {
                [0xE4..=0xE9, _, _, behind @ ..]
                | [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', behind @ ..] => rest = behind,
                // Nearly all marks of Chinese text.
                [a @ (0xE2 | 0xE3 | 0xEF), b, c, behind @ ..] => {
                    let low = |byte: u8| u32::from(byte & 0x3F);
                    let start = text.len() - rest.len();
                    rest = behind;
                    let code = u32::from(a & 0x0F) << 12 | low(*b) << 6 | low(*c);
                    return char::from_u32(code).map(|c| (start, c));
                }
                _ => {
                    let start = text.len() - rest.len();
                    let c = text.get(start..)?.chars().next()?;
                    rest = rest.get(c.len_utf8()..)?;
                    return Some((start, c));
                }
            }
        }
    })
}

/// How many tails there are; see [`tails`].
pub const TAILS: usize = 1 << 12;

/// The tail of a character: the last twelve bits of its number.
pub fn tail(c: char) -> usize {
    c as usize % TAILS
}

/// The tail of every character of a text, with the byte at which the character stands. Tables of
/// tails are small, and nearly all characters that are looked for in vain are told by them.
pub fn tails(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let low = |byte: u8| usize::from(byte & 0x3F);
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        let start = text.len() - rest.len();
        // The last twelve bits lie in the last two bytes of a character, six in each.
        let (tail, behind) = match rest {
            [0xE0..=0xEF, b, c, behind @ ..] => (low(*b) << 6 | low(*c), behind),
            [a @ 0..=0x7F, behind @ ..] => (usize::from(*a), behind),
            [a @ 0x80..=0xDF, b, behind @ ..] => (usize::from(*a & 0x1F) << 6 | low(*b), behind),
            [_, _, c, d, behind @ ..] => (low(*c) << 6 | low(*d), behind),
            _ => return None,
        };
        rest = behind;
        Some((start, tail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_what_is_no_plain_letter(text in "[一-龥㐀-㒀a-z0-9，。é\u{20000}]{0,40}|\\PC{0,40}") {
            let plain = |c: char| c.is_ascii_alphanumeric() || ('\u{4000}'..='\u{9FFF}').contains(&c);
            prop_assert!(marks(&text).eq(text.char_indices().filter(|(_, c)| !plain(*c))));
        }

        #[test]
        fn tails_are_those_of_the_characters(text in "[一-龥㐀-㒀a-z0-9，。é\u{20000}]{0,40}|\\PC{0,40}") {
            prop_assert!(tails(&text).eq(text.char_indices().map(|(at, c)| (at, tail(c)))));
        }
    }

    #[test]
    fn every_character_is_told_as_by_the_tables() {
        let wrong = ('\0'..=char::MAX).find(|c| is_letter(*c) != c.is_alphanumeric());
        assert_eq!(wrong, None);
    }
}
