//! The characters of a query: what is a sign of the language, what is text, and where it stands.

use crate::text::{range::TextRange, searchable::folded_char};

use super::error::{Problem, QueryError};

/// The sign that a character is in the language. An input method types the full-width forms.
pub(super) fn sign(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '“' | '”' | '＂' => '"',
        '－' => '-',
        '：' => ':',
        '／' => '/',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Whether a word without quotation marks ends before this sign.
pub(super) fn ends_word(sign: char) -> bool {
    matches!(sign, ' ' | '(' | ')' | '"')
}

/// Letters before a colon at the beginning of a word, which name a field.
pub(super) struct FieldName {
    /// The letters as small ASCII ones.
    pub(super) name: String,
    /// The colon as it was typed.
    pub(super) colon: char,
}

/// The letters that name a field at the beginning of `chars`. Chinese before a colon is text.
pub(super) fn field_name(chars: impl Iterator<Item = char>) -> Option<FieldName> {
    let mut name = String::new();
    for c in chars {
        match folded_char(c) {
            letter @ 'a'..='z' => name.push(letter),
            ':' if !name.is_empty() => return Some(FieldName { name, colon: c }),
            _ => return None,
        }
    }
    None
}

/// Reads a query from left to right.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

/// A regular expression as it stands between its slashes.
pub(super) struct Slashed {
    /// The expression, its escaped slashes as plain ones.
    pub(super) pattern: String,
    /// For each character of it its place there and its place in the query.
    places: Vec<(usize, usize)>,
    /// The place of the closing slash.
    end: usize,
}

impl Slashed {
    /// The range in the query for a range of the expression; at least one character.
    pub(super) fn place(&self, start: usize, end: usize) -> TextRange {
        let place = |at: usize| {
            let next = self.places.partition_point(|(inside, _)| *inside < at);
            self.places.get(next).map_or(self.end, |(_, outside)| *outside)
        };
        if start < end {
            return TextRange::new(place(start), place(end));
        }
        // An empty place is shown by the character behind it, or by the last one.
        let last = self.places.last().map_or(0, |(inside, _)| *inside);
        let start = start.min(last);
        TextRange::new(place(start), place(start + 1))
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The place of the next character.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The sign of the next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(sign)
    }

    /// Takes the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Goes over `count` characters.
    pub(super) fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    pub(super) fn skip_spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.next();
        }
    }

    /// The field that the next characters name.
    pub(super) fn field_name(&self) -> Option<FieldName> {
        field_name(self.rest().chars())
    }

    /// Whether the word OR comes next.
    pub(super) fn is_or(&self) -> bool {
        let mut chars = self.rest().chars();
        let or =
            matches!(chars.next(), Some('O' | 'Ｏ')) && matches!(chars.next(), Some('R' | 'Ｒ'));
        or && chars.next().is_none_or(|c| ends_word(sign(c)))
    }

    /// From `start` to the next character.
    pub(super) fn range(&self, start: usize) -> TextRange {
        TextRange::new(start, self.at)
    }

    /// The rest of the word that is being read.
    pub(super) fn rest_of_word(&self) -> TextRange {
        let end = self.rest().find(|c| ends_word(sign(c))).unwrap_or(self.rest().len());
        TextRange::new(self.at, self.at + end)
    }

    /// A word without quotation marks.
    pub(super) fn word(&mut self) -> Result<String, QueryError> {
        let mut word = String::new();
        while self.peek().is_some_and(|sign| !ends_word(sign)) {
            word.extend(self.escaped()?);
        }
        Ok(word)
    }

    /// What stands in quotation marks, the first of which comes next.
    pub(super) fn phrase(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        self.next();
        let opening = self.range(start);
        let mut phrase = String::new();
        loop {
            match self.peek() {
                Some('"') => break,
                Some(_) => phrase.extend(self.escaped()?),
                None => return Err(Problem::UnclosedQuote.at(opening)),
            }
        }
        self.next();
        Ok(phrase)
    }

    /// The next character, or the one behind a backslash.
    fn escaped(&mut self) -> Result<Option<char>, QueryError> {
        let start = self.at;
        let c = self.next();
        if c != Some('\\') {
            return Ok(c);
        }
        self.next().map(Some).ok_or(Problem::LoneEscape.at(self.range(start)))
    }

    /// What stands between slashes, the first of which comes next.
    pub(super) fn slashed(&mut self) -> Result<Slashed, QueryError> {
        let start = self.at;
        self.next();
        let opening = self.range(start);
        let mut slashed = Slashed { pattern: String::new(), places: Vec::new(), end: 0 };
        loop {
            slashed.end = self.at;
            let escaped = self.peek() == Some('\\');
            match self.peek() {
                Some('/') => break,
                None => return Err(Problem::UnclosedRegex.at(opening)),
                Some(_) => {}
            }
            let mut pieces = [self.next(), None];
            if escaped {
                pieces[1] = self.next();
                if pieces[1].is_some_and(|c| sign(c) == '/') {
                    pieces[0] = None;
                }
            }
            let mut at = slashed.end;
            for c in pieces.into_iter().flatten() {
                slashed.places.push((slashed.pattern.len(), at));
                slashed.pattern.push(c);
                at += c.len_utf8();
            }
        }
        self.next();
        if self.peek().is_some_and(|sign| !ends_word(sign)) {
            return Err(Problem::BehindRegex.at(self.rest_of_word()));
        }
        Ok(slashed)
    }
}
