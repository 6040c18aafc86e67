//! Letters and digits, told quickly.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_told_as_by_the_tables() {
        let wrong = ('\0'..=char::MAX).find(|c| is_letter(*c) != c.is_alphanumeric());
        assert_eq!(wrong, None);
    }
}
