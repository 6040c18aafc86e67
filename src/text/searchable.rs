//! The form of a text that is searched: one form for all ways to write the same.
//!
//! Traditional characters become simplified ones ([`simplified`]), full-width ASCII becomes ASCII,
//! capital letters become small ones, a run of white space becomes one space, or one line end if it
//! holds one: paragraphs stay apart, so that no phrase is found across their border. What is searched
//! for is folded the same way ([`phrase`]), and hits are taken back to the text as it is printed
//! ([`Searchable::source`]).
//!
//! Every character is folded for itself, white space apart, so that the form of a piece of a text is
//! a piece of the form of the text.

use super::{
    fold::{is_simplified_by, simplified},
    letter::is_letter,
    range::TextRange,
};

/// Bytes of a text that are searched, at most: places are kept in 32 bits, and folded text can be
/// half as long again.
const LONGEST: usize = 1 << 31;
/// From full-width ASCII to ASCII.
const WIDE: u32 = 0xFF01 - 0x21;

/// A text in the form that is searched, with the way back to the text that it was made of.
///
/// ```
/// use zhaidu::text::{range::TextRange, searchable::Searchable};
///
/// let source = "ＡＰＰＬＥ　　開通了";
/// let text = Searchable::of(source);
/// assert_eq!(text.text(), "apple 开通了");
/// let found = text.text().find("开通").map(|at| TextRange::new(at, at + "开通".len()));
/// assert_eq!(found.map(|range| text.source(range).of(source)), Some("開通"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searchable {
    text: String,
    /// The ends of all characters whose length changed, in order.
    steps: Vec<Step>,
}

/// One place in both texts; up to the next step they go on at the same pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    folded: u32,
    source: u32,
}

impl Searchable {
    /// The form of `source` that is searched. What lies behind the first 2 GiB is left out.
    pub fn of(source: &str) -> Self {
        let source = beginning(source);
        let mut folder = Folder::new(source);
        let mut at = 0;
        while let Some(start) = next_to_fold(source, at) {
            let mut chars = source.get(start..).unwrap_or_default().chars();
            let Some(c) = chars.next() else { break };
            let mut end = start + c.len_utf8();
            let mut form = folded_char(c);
            if c.is_whitespace() {
                for c in chars.take_while(|c| c.is_whitespace()) {
                    end += c.len_utf8();
                    // A line end sorts before a space.
                    form = form.min(folded_char(c));
                }
            }
            if end > start + c.len_utf8() || form != c {
                folder.replace(start, end, form);
            }
            at = end;
        }
        folder.finish()
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded text alone.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The range of the source that was folded to `range` of [`Searchable::text`].
    pub fn source(&self, range: TextRange) -> TextRange {
        TextRange::new(self.source_offset(range.start), self.source_offset(range.end))
    }

    fn source_offset(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let next = self.steps.partition_point(|step| step.folded as usize <= offset);
        let before = next.checked_sub(1).and_then(|before| self.steps.get(before));
        let (folded, source) =
            before.map_or((0, 0), |step| (step.folded as usize, step.source as usize));
        source + (offset - folded)
    }
}

/// What is searched for in the form of [`Searchable::text`]: on one line, without white space around
/// it.
///
/// ```
/// assert_eq!(zhaidu::text::searchable::phrase(" 京津冀\n協同 "), "京津冀 协同");
/// ```
pub fn phrase(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars() {
        let form = if c.is_whitespace() { ' ' } else { folded_char(c) };
        if form != ' ' || !folded.ends_with(' ') {
            folded.push(form);
        }
    }
    folded
}

/// The form of one character; white space becomes a space or a line end.
#[inline]
pub fn folded_char(c: char) -> char {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\0'..='\x7f' if c.is_ascii_whitespace() => ' ',
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        '\u{3400}'..='\u{9fff}' => simplified(c),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(c as u32 - WIDE).map_or(c, |c| c.to_ascii_lowercase())
        }
        _ if c.is_whitespace() => ' ',
        // Punctuation and signs, the most frequent of the rest, have no capitals.
        '\u{2000}'..='\u{20ff}' | '\u{3000}'..='\u{33ff}' => c,
        _ => lower(c),
    }
}

/// The small form of a letter, where that is one letter too.
fn lower(c: char) -> char {
    let mut forms = c.to_lowercase();
    match (forms.next(), forms.next()) {
        (Some(form), None) => form,
        _ => c,
    }
}

/// As much of a text as is searched.
fn beginning(source: &str) -> &str {
    if source.len() <= LONGEST {
        return source;
    }
    (0..4).find_map(|less| source.get(..LONGEST - less)).unwrap_or_default()
}

/// Where the next character at `at` or behind it stands that is not plainly its own form: all simplified
/// characters, small letters and digits are, and are passed over by their bytes.
fn next_to_fold(source: &str, at: usize) -> Option<usize> {
    let mut rest = source.as_bytes().get(at..)?;
    loop {
        match rest {
            [a @ 0xE4..=0xE9, b, c, behind @ ..] if !is_simplified_by(*a, *b, *c) => rest = behind,
            // The marks are 、。〈〉《》「」『』 and what stands beside them.
            [b'a'..=b'z' | b'0'..=b'9', behind @ ..] | [0xE3, 0x80, 0x81..=0xBF, behind @ ..] => {
                rest = behind;
            }
            [] => return None,
            _ => return Some(source.len() - rest.len()),
        }
    }
}

/// The letters and digits of [`Searchable::text`] as their numbers, and a 0 for every character of the source that
/// stands between them, in the place of what `letters` held. The folded text is not written for that: most characters
/// are their own forms, and told by their bytes.
pub fn read_letters(source: &str, letters: &mut Vec<u32>) {
    letters.clear();
    let source = beginning(source);
    let mut rest = source.as_bytes();
    loop {
        let number;
        (number, rest) = match rest {
            // All of U+4000 to U+9FFF but the hexagrams from U+4DC0 on, which are signs.
            [a @ 0xE4..=0xE9, b, c, behind @ ..]
                if (*a, *b) != (0xE4, 0xB7) && !is_simplified_by(*a, *b, *c) =>
            {
                let low = |byte: u8| u32::from(byte & 0x3F);
                (u32::from(a & 0x0F) << 12 | low(*b) << 6 | low(*c), behind)
            }
            [a @ 0..=0x7F, behind @ ..] => {
                let is_letter = a.is_ascii_alphanumeric();
                (if is_letter { u32::from(a.to_ascii_lowercase()) } else { 0 }, behind)
            }
            // 、。 and quotes, but not 々〆〇.
            [0xE3, 0x80, 0x80..=0x84 | 0x88..=0xA0, behind @ ..] => (0, behind),
            [] => return,
            _ => {
                let c = source.get(source.len() - rest.len()..).and_then(|it| it.chars().next());
                let Some(c) = c else { return };
                let form = folded_char(c);
                let number = if is_letter(form) { u32::from(form) } else { 0 };
                (number, rest.get(c.len_utf8()..).unwrap_or_default())
            }
        };
        letters.push(number);
    }
}

/// Copies what stays as it is in runs: in simplified text hardly anything changes but some marks.
struct Folder<'a> {
    source: &'a str,
    /// Bytes of the source that are done.
    done: usize,
    text: String,
    steps: Vec<Step>,
}

impl<'a> Folder<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, done: 0, text: String::with_capacity(source.len()), steps: Vec::new() }
    }

    #[inline]
    fn replace(&mut self, start: usize, end: usize, form: char) {
        self.text.push_str(self.source.get(self.done..start).unwrap_or_default());
        self.text.push(form);
        self.done = end;
        if end - start != form.len_utf8() {
            self.steps.push(Step { folded: self.text.len() as u32, source: end as u32 });
        }
    }

    fn finish(mut self) -> Searchable {
        self.text.push_str(self.source.get(self.done..).unwrap_or_default());
        Searchable { text: self.text, steps: self.steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_to_write_it_has_one_form() {
        for (source, folded) in [
            ("", ""),
            ("京津冀协同发展", "京津冀协同发展"),
            ("開通，ＡＢＣ　Ｇ２０", "开通,abc g20"),
            ("Ärzte ÉCOLE ΣΑΣ", "ärzte école σασ"),
            ("İstanbul", "İstanbul"),
            ("a \t　b", "a b"),
            ("　　第一段。\r\n　　第二段。\n\n第三段", " 第一段。\n第二段。\n第三段"),
            ("一\u{2028}二\u{a0}三", "一\n二 三"),
            ("𠮷野家（著名）", "𠮷野家(著名)"),
        ] {
            assert_eq!(Searchable::of(source).text(), folded, "{source:?}");
        }
    }

    #[test]
    fn what_is_searched_for_is_one_line() {
        for (typed, folded) in
            [("  京津\n冀 ", "京津 冀"), ("Ａ　 B", "a b"), ("", ""), (" \n", ""), ("開", "开")]
        {
            assert_eq!(phrase(typed), folded);
        }
    }

    #[test]
    fn a_phrase_is_not_found_across_paragraphs() {
        assert!(!Searchable::of("开\n通").text().contains(&phrase("开通")));
        assert!(!Searchable::of("open\n  door").text().contains(&phrase("open door")));
    }

    fn texts() -> impl Strategy<Value = String> {
        proptest::string::string_regex(
            "([一-鿿㐀-㒀䷀々〇開發萬，：！。“”　 \t\n\r\u{a0}\u{2028}Ａ-Ｚａ-ｚA-Za-zİẞȺÀ-ÖΑ-Ωǅ\u{212a}𠀀-𠀂]|\\PC){0,60}",
        )
        .expect("a pattern")
    }

    proptest! {
        #[test]
        fn folded_once_is_folded(text in texts()) {
            let once = Searchable::of(&text).into_text();
            prop_assert_eq!(&Searchable::of(&once).into_text(), &once);
            prop_assert_eq!(phrase(&phrase(&text)), phrase(&text));
        }

        #[test]
        fn letters_are_those_of_the_folded_text(text in texts()) {
            let folded = Searchable::of(&text).into_text();
            let of = |c: char| if is_letter(c) { u32::from(c) } else { 0 };
            let mut expected: Vec<u32> = folded.chars().map(of).collect();
            let mut letters = vec![7];
            read_letters(&text, &mut letters);
            // Of a run of white space one character is left in the folded text.
            for letters in [&mut expected, &mut letters] {
                letters.dedup_by(|one, other| *one == 0 && *other == 0);
            }
            prop_assert_eq!(letters, expected);
        }

        /// Every range between two characters goes back to one between two characters, and what
        /// stands there has the form that the range has.
        #[test]
        fn ranges_go_back(text in texts()) {
            let folded = Searchable::of(&text);
            let places: Vec<usize> = folded.text().char_indices().map(|(at, _)| at)
                .chain([folded.text().len()]).collect();
            for (n, &start) in places.iter().enumerate() {
                for &end in &places[n..] {
                    let range = TextRange::new(start, end);
                    let source = folded.source(range);
                    let there = text.get(source.start..source.end).expect("between characters");
                    prop_assert_eq!(&Searchable::of(there).into_text(), range.of(folded.text()));
                }
            }
            prop_assert_eq!(folded.source(TextRange::new(0, folded.text().len())).len(), text.len());
        }

        /// What stands in a text is found in it, whatever the form it is typed in.
        #[test]
        fn what_is_there_is_found(text in texts(), cut in (0usize..60, 1usize..20)) {
            let piece: String = text.chars().skip(cut.0).take(cut.1).collect();
            let piece = piece.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']);
            for line in piece {
                let typed = phrase(&line.to_uppercase().chars().map(simplified).collect::<String>());
                // Capitals that are several letters are another word.
                let plain = line.chars().all(|c| lower(c) == c && phrase(&c.to_uppercase().to_string()) == phrase(&c.to_string()));
                let folded = Searchable::of(&text);
                prop_assert!(folded.text().contains(&phrase(line)), "{:?}", line);
                prop_assert!(!plain || folded.text().contains(&typed), "{:?}", typed);
            }
        }
    }
}
