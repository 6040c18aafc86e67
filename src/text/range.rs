//! Byte ranges into one text.

/// A half-open byte range `start..end` into one text. Both ends lie on character boundaries of
/// the text it was made for.
///
/// Sentences, occurrences of keywords, hits and roles are all ranges, so that highlighting and
/// jumping are arithmetic and nothing is searched for twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextRange {
    /// The range `start..end`; an end before the start is moved up to it.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether byte `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two ranges share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The range moved `by` bytes towards the end.
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The text that the range covers, or `""` when the range does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The beginning of the character at a byte of a text, or the end of the text.
pub fn character_at(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_becomes_a_place_in_the_text() {
        for (offset, expected) in [(0, 0), (1, 0), (2, 0), (3, 3), (5, 3), (6, 6), (7, 6)] {
            assert_eq!(character_at("渡口", offset), expected, "{offset}");
        }
        assert_eq!(character_at("", usize::MAX), 0);
    }
}
