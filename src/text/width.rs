//! How many terminal cells a character takes. Nothing else in the program measures columns.

use unicode_width::UnicodeWidthChar;

/// Cells that `c` takes on the terminal: 0 for combining marks, 2 for Han, kana, Hangul and
/// full-width forms, 1 otherwise.
///
/// The ranges that every terminal measured agrees on are answered without a table; the rest
/// follows UAX #11 with ambiguous characters narrow, which is every terminal's default. Control
/// characters count 0: they never reach the screen (see [`super::sanitize`]).
pub fn char_cells(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}'
        | '\u{4E00}'..='\u{9FA5}'
        | '\u{FF01}'..='\u{FF5E}'
        // Numbers in squares: narrow by the table, two cells in xterm, tmux and st.
        | '\u{3248}'..='\u{324F}' => 2,
        _ => UnicodeWidthChar::width(c).unwrap_or(0),
    }
}

/// Cells that `text` takes: the sum over its characters.
///
/// Widths are added per character everywhere, so the width of a whole is always the sum of the
/// widths of its parts, wherever it is cut.
pub fn cells(text: &str) -> usize {
    text.chars().map(char_cells).sum()
}

/// The longest prefix of `text` that fits into `room` cells, with the cells it takes. Combining
/// marks stay with their base.
pub fn prefix(text: &str, room: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        let width = char_cells(c);
        if used + width > room {
            return (&text[..at], used);
        }
        used += width;
    }
    (text, used)
}

/// `text` cut to `room` cells; a text that does not fit ends in `..`, which takes two cells on
/// every terminal, where `…` takes one or two. Empty for no room, no mark below four cells.
pub fn fit(text: &str, room: usize) -> String {
    if cells(text) <= room {
        return text.to_owned();
    }
    if room < 4 {
        return prefix(text, room).0.to_owned();
    }
    format!("{}..", prefix(text, room - 2).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_of_typical_characters() {
        for (c, expected) in [
            ('a', 1),
            ('中', 2),
            ('，', 2),
            ('“', 1),
            ('—', 1),
            ('ǎ', 1),
            ('\u{301}', 0),
            ('ガ', 2),
            ('\u{1F600}', 2),
            ('\u{7}', 0),
        ] {
            assert_eq!(char_cells(c), expected, "{c:?}");
        }
    }

    #[test]
    fn a_text_that_does_not_fit_ends_at_a_cell_boundary() {
        assert_eq!(fit("京津冀协同", 10), "京津冀协同");
        assert_eq!(fit("京津冀协同", 9), "京津冀..");
        assert_eq!(fit("京津冀协同", 3), "京");
        assert_eq!(fit("京津冀", 0), "");
    }

    proptest! {
        #[test]
        fn a_prefix_never_exceeds_its_room(text in "\\PC*", room in 0usize..40) {
            let (cut, used) = prefix(&text, room);
            prop_assert!(used <= room && text.starts_with(cut));
            prop_assert_eq!(cells(cut), used);
            prop_assert!(cells(&fit(&text, room)) <= room);
        }
    }
}
