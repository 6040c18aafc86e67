//! Whatever a paragraph holds, its sentences are the whole of it but for blanks, in order, cut between
//! characters, and none is longer than can be read.

use zhaidu::text::sentence::sentences;

/// Characters of the longest sentence.
const LONGEST: usize = 800;

pub(crate) fn holds(bytes: &[u8]) {
    check(&String::from_utf8_lossy(bytes));
}

/// White space, and what has no width.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

pub(crate) fn check(paragraph: &str) {
    let left_out = |from, to| paragraph.get(from..to).map(|text| text.trim_matches(is_blank));
    let mut end = 0;
    for range in sentences(paragraph) {
        let sentence = paragraph.get(range.start..range.end).expect("between characters");
        assert!(!sentence.is_empty(), "an empty sentence");
        assert!(sentence.chars().count() <= LONGEST, "{} bytes", sentence.len());
        assert_eq!(left_out(end, range.start), Some(""), "between sentences");
        end = range.end;
    }
    assert_eq!(left_out(end, paragraph.len()), Some(""), "behind the last sentence");
}
