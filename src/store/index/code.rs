//! Characters in one byte or two, by how often an archive has them.
//!
//! UTF-8 takes three bytes for a Chinese character. The most frequent ones and the marks between them
//! get one byte here and most others two, so that there is half as much to pack, to unpack and to
//! look through, and packed texts are a tenth smaller. First and following bytes differ, as in UTF-8:
//! where the form of a word stands in the form of a text, the word stands in the text.

use crate::{query::printed::Forms, text::searchable::folded_char};

/// Bytes that are a character alone.
const SINGLES: usize = 160;
/// Bytes that begin two.
const LEADS: usize = 47;
/// Begins a character that has no form of its own; its number follows.
const ESCAPE: u8 = (SINGLES + LEADS) as u8;
/// The first of the bytes that follow one, and how many there are.
const TRAIL: u8 = ESCAPE + 1;
const TRAILS: usize = 256 - TRAIL as usize;
/// Bytes after [`ESCAPE`].
const DIGITS: u32 = 4;
/// No form of a character: no byte that follows is 1.
const FORMLESS: u16 = 1;
/// Characters with a form of their own.
const KNOWN: usize = SINGLES + LEADS * TRAILS;
/// Forms of a word that are looked for, at most: 发 and 髮, 里 and 裏, in all combinations.
const MOST_FORMS: usize = 12;
/// Forms of a piece of a word that has more, and characters up to which one is looked for.
const FORMS_OF_PIECE: usize = 4;
const LONGEST_PIECE: usize = 16;
/// Characters that can have one.
const PLANE: usize = 1 << 16;
/// Latin letters count as if one in so many characters were each of them: a text with many of them
/// may come later.
const LATIN: usize = 20_000;

/// The forms of the characters of an archive.
#[derive(Clone, Debug, Default)]
pub(super) struct Code {
    /// The characters by the number of their form.
    chars: Vec<char>,
    /// The same in UTF-8, each with its length.
    printed: Vec<([u8; 4], u8)>,
    /// For each character the two bytes that stand for it, or the one and a 0 behind it; [`FORMLESS`] for those
    /// that have no form of their own.
    forms: Vec<u16>,
}

impl Code {
    /// The code that suits texts like these.
    pub(super) fn suiting<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut counts = vec![0_usize; PLANE];
        for c in texts.flat_map(str::chars) {
            if let Some(count) = counts.get_mut(c as usize) {
                *count += 1;
            }
        }
        let all: usize = counts.iter().sum();
        for count in counts.iter_mut().take(0x7F).skip(0x20) {
            *count += all / LATIN + 1;
        }
        let mut chars: Vec<(usize, char)> = (0..)
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .filter_map(|(c, count)| Some((count, char::from_u32(c)?)))
            .collect();
        chars.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        Self::of(chars.into_iter().map(|(_, c)| c))
    }

    /// The code of these characters, the most frequent first.
    pub(super) fn of(chars: impl Iterator<Item = char>) -> Self {
        let chars: Vec<char> = chars.take(KNOWN).collect();
        let mut code = Self { forms: vec![FORMLESS; PLANE], ..Self::default() };
        for (number, &c) in chars.iter().enumerate() {
            let mut bytes = [0; 4];
            let len = c.encode_utf8(&mut bytes).len();
            code.printed.push((bytes, len as u8));
            if let Some(form) = code.forms.get_mut(c as usize) {
                *form = match number.checked_sub(SINGLES) {
                    None => (number as u16) << 8,
                    Some(rest) => {
                        let (lead, trail) = (SINGLES + rest / TRAILS, rest % TRAILS);
                        (lead as u16) << 8 | (u16::from(TRAIL) + trail as u16)
                    }
                };
            }
        }
        code.chars = chars;
        code
    }

    /// The characters that have a form, in the order of their numbers.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Adds the form of a text.
    pub(super) fn encode(&self, text: &str, out: &mut Vec<u8>) {
        let mut to = out.len();
        // Two bytes are written for every character, of which the second may be one too many.
        out.resize(to + 2 * text.len(), 0);
        for c in text.chars() {
            let form = self.forms.get(c as usize).copied().unwrap_or(FORMLESS);
            if form == FORMLESS {
                out.resize(out.len() + DIGITS as usize, 0);
                let digit = |at| (u32::from(c) / (TRAILS as u32).pow(at)) % TRAILS as u32;
                let digits = (0..DIGITS).rev().map(|at| TRAIL + digit(at) as u8);
                for byte in std::iter::once(ESCAPE).chain(digits) {
                    if let Some(place) = out.get_mut(to) {
                        *place = byte;
                    }
                    to += 1;
                }
            } else {
                let [first, second] = form.to_be_bytes();
                if let Some([a, b]) = out.get_mut(to..to + 2) {
                    (*a, *b) = (first, second);
                }
                to += 1 + usize::from(second != 0);
            }
        }
        out.truncate(to);
    }

    /// Adds the text with a form, of which it is known how many bytes it has; `None` if that is not
    /// so.
    pub(super) fn decode(&self, coded: &[u8], bytes: usize, out: &mut Vec<u8>) -> Option<()> {
        let start = out.len();
        // Four bytes are written for every character: more than that is cut off at the end.
        out.resize(start.checked_add(bytes)?.checked_add(3)?, 0);
        let (mut rest, mut to) = (coded, start);
        while let Some((&first, after)) = rest.split_first() {
            rest = after;
            let number = if usize::from(first) < SINGLES {
                usize::from(first)
            } else if first == ESCAPE {
                let (digits, after) = rest.split_at_checked(DIGITS as usize)?;
                rest = after;
                let c = escaped(digits)?.encode_utf8(&mut [0; 4]).as_bytes().to_vec();
                out.get_mut(to..to + c.len())?.copy_from_slice(&c);
                to += c.len();
                continue;
            } else {
                let (&second, after) = rest.split_first()?;
                rest = after;
                let lead = usize::from(first.checked_sub(SINGLES as u8)?);
                SINGLES + lead * TRAILS + usize::from(second.checked_sub(TRAIL)?)
            };
            let (printed, len) = self.printed.get(number)?;
            out.get_mut(to..to + 4)?.copy_from_slice(printed);
            to += usize::from(*len);
        }
        out.truncate(start + bytes);
        (to == start + bytes).then_some(())
    }

    /// What to look for in coded texts to find what is folded to this.
    pub(super) fn forms_of(&self, folded: &str) -> Forms {
        let folds: Vec<char> = self.chars.iter().map(|c| folded_char(*c)).collect();
        // Runs of white space are folded together.
        let printed = |c: char| {
            let same = self.chars.iter().zip(&folds).filter(move |(_, fold)| **fold == c);
            (!c.is_whitespace()).then(|| same.map(|(c, _)| *c).collect::<Vec<char>>())
        };
        let chars: Vec<(char, Option<Vec<char>>)> =
            folded.chars().map(|c| (c, printed(c))).collect();
        let is_all = count_of(&chars).is_some_and(|count| count <= MOST_FORMS);
        let usual: Vec<Vec<char>> = chars
            .iter()
            .map(|(c, printed)| match printed.as_deref() {
                Some(all) if is_all => all.to_vec(),
                Some([only]) => vec![*only],
                _ => vec![*c],
            })
            .collect();
        let piece = if is_all { &[] } else { longest_piece(&chars) };
        let piece: Vec<Vec<char>> =
            piece.iter().filter_map(|(_, printed)| printed.clone()).collect();
        let piece = (!piece.is_empty()).then(|| self.combined(&piece));
        Forms { whole: self.combined(&usual), is_all, piece }
    }

    /// The forms of all texts that have one of these characters at each place.
    fn combined(&self, places: &[Vec<char>]) -> Vec<Vec<u8>> {
        let mut forms = vec![String::new()];
        for printed in places {
            let with = |form: &String| -> Vec<String> {
                printed.iter().map(|c| format!("{form}{c}")).collect()
            };
            forms = forms.iter().flat_map(with).collect();
        }
        let encoded = |form: String| {
            let mut bytes = Vec::new();
            self.encode(&form, &mut bytes);
            bytes
        };
        forms.into_iter().map(encoded).collect()
    }

    /// Whether the form of a text has characters that have no form of their own.
    pub(super) fn has_escapes(coded: &[u8]) -> bool {
        coded.contains(&ESCAPE)
    }
}

/// How many forms some characters have together; `None` if nobody knows.
fn count_of(chars: &[(char, Option<Vec<char>>)]) -> Option<usize> {
    chars.iter().try_fold(1_usize, |count, (_, printed)| count.checked_mul(printed.as_ref()?.len()))
}

/// The longest piece that has few forms.
fn longest_piece(chars: &[(char, Option<Vec<char>>)]) -> &[(char, Option<Vec<char>>)] {
    let mut pieces =
        (1..chars.len().min(LONGEST_PIECE)).rev().flat_map(|length| chars.windows(length));
    let has_few = |piece: &&[_]| count_of(piece).is_some_and(|count| count <= FORMS_OF_PIECE);
    pieces.find(has_few).unwrap_or_default()
}

fn escaped(digits: &[u8]) -> Option<char> {
    let mut digits = digits.iter().map(|digit| digit.checked_sub(TRAIL));
    let number = digits.try_fold(0_u32, |number, digit| {
        number.checked_mul(TRAILS as u32)?.checked_add(digit?.into())
    });
    char::from_u32(number?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::searchable::{Searchable, phrase};
    use proptest::prelude::*;

    fn code() -> Code {
        let rare: String = ('一'..).take(KNOWN + 100).collect();
        let usual: String = ('一'..).take(SINGLES).collect();
        Code::suiting([rare.as_str(), usual.as_str()].into_iter())
    }

    proptest! {
        #[test]
        fn texts_come_back_and_words_are_found_where_they_stand(text in "[一-丠，a]{0,40}|\\PC{0,40}|[一-龥\n]{0,200}", at in 0_usize..40, len in 1_usize..4) {
            let code = code();
            let mut coded = Vec::new();
            code.encode(&text, &mut coded);
            let mut back = vec![7];
            prop_assert!(code.decode(&coded, text.len(), &mut back).is_some());
            prop_assert_eq!(&back[1..], text.as_bytes());
            prop_assert_eq!(Code::has_escapes(&coded), text.chars().any(|c| !code.chars().contains(&c)));
            let word: String = text.chars().skip(at).take(len).collect();
            let mut form = Vec::new();
            code.encode(&word, &mut form);
            if !word.is_empty() {
                let stands = coded.windows(form.len()).filter(|place| *place == form).count();
                let starts = text.char_indices().filter(|(at, _)| text[*at..].starts_with(&word));
                prop_assert_eq!(stands, starts.count());
            }
        }

        #[test]
        fn the_only_forms_are_wherever_the_folded_text_is(
            text in "[门門一a A，\n里裏裡]{0,12}",
            part in "[门门一aA，里裏 ]{1,3}",
            known in "[门門一里裏裡，]{1,8}",
        ) {
            let known = Code::suiting([known.as_str()].into_iter());
            let word = phrase(&part);
            prop_assume!(!word.is_empty());
            let Forms { whole, is_all, piece } = known.forms_of(&word);
            let mut coded = Vec::new();
            known.encode(&text, &mut coded);
            let stands = |form: &Vec<u8>| coded.windows(form.len()).any(|place| place == form);
            let found = Searchable::of(&text).text().contains(&word) && !Code::has_escapes(&coded);
            let is_there = whole.iter().any(stands);
            prop_assert!(!is_there || Searchable::of(&text).text().contains(&word));
            prop_assert!(!is_all || is_there || !found);
            prop_assert!(piece.is_none() || !is_all);
            prop_assert!(piece.is_none_or(|piece| piece.iter().any(stands)) || !found);
        }

        #[test]
        fn no_bytes_are_too_strange(coded in prop::collection::vec(any::<u8>(), 0..80), bytes in 0_usize..300) {
            let _ = code().decode(&coded, bytes, &mut Vec::new());
        }
    }
}
