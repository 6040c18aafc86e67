//! How keys are written: parsing and printing of [`Chord`]s and [`Sequence`]s.

use std::fmt;
use std::str::FromStr;

use super::{Chord, Key, Modifiers, Sequence, upper};
use crate::lang::Lang;

/// The keys that are written as a word, function keys apart.
const NAMED: [(&str, Key); 15] = [
    ("Space", Key::Char(' ')),
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("Insert", Key::Insert),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
];

/// The highest function key that has a name.
const LAST_FUNCTION_KEY: u8 = 24;

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Modifiers { ctrl, alt, shift } = self.modifiers;
        for (held, prefix) in [(ctrl, "C-"), (alt, "A-"), (shift, "S-")] {
            if held {
                f.write_str(prefix)?;
            }
        }
        let name = NAMED.iter().find(|(_, key)| *key == self.key).map(|(name, _)| name);
        match (name, self.key) {
            (Some(name), _) => f.write_str(name),
            (None, Key::F(number)) => write!(f, "F{number}"),
            (None, Key::Char(c)) => write!(f, "{c}"),
            (None, key) => write!(f, "{key:?}"),
        }
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        let mut modifiers = Modifiers::default();
        let mut rest = text;
        while let Some((modifier, after)) = split_modifier(rest) {
            let held = match modifier {
                'C' => &mut modifiers.ctrl,
                'A' => &mut modifiers.alt,
                _ => &mut modifiers.shift,
            };
            if std::mem::replace(held, true) {
                return Err(ChordError::Repeated(modifier));
            }
            rest = after;
        }
        if rest.is_empty() {
            return Err(if text.is_empty() { ChordError::Empty } else { ChordError::NoKey });
        }
        let key = parse_key(rest)?;
        match key {
            Key::Char(c) if modifiers.shift && upper(c) == c && !c.is_uppercase() => {
                Err(ChordError::ShiftedSymbol(c))
            }
            _ => Ok(Self::new(key, modifiers)),
        }
    }
}

/// The modifier at the head of `text`, as in `C-d`, and what follows it.
fn split_modifier(text: &str) -> Option<(char, &str)> {
    let modifier = text.chars().next().filter(|c| matches!(c, 'C' | 'A' | 'S'))?;
    Some((modifier, text.get(1..)?.strip_prefix('-')?))
}

/// The key of a single character or of a name.
fn parse_key(text: &str) -> Result<Key, ChordError> {
    let mut characters = text.chars();
    if let (Some(c), None) = (characters.next(), characters.next()) {
        return Ok(Key::Char(c));
    }
    let function_key = text
        .strip_prefix('F')
        .filter(|digits| !digits.starts_with(['0', '+']))
        .and_then(|digits| digits.parse().ok())
        .filter(|number| (1..=LAST_FUNCTION_KEY).contains(number));
    let named = NAMED.iter().find(|(name, _)| *name == text).map(|(_, key)| *key);
    named.or(function_key.map(Key::F)).ok_or_else(|| ChordError::Unknown {
        name: text.chars().take(MAX_NAME).collect(),
        suggestion: nearest(text, NAMED.iter().map(|(name, _)| *name)),
    })
}

/// The longest text, in characters, that is compared or repeated in a message.
const MAX_NAME: usize = 40;

/// The candidate that `text` is probably a misspelling of. Letter case counts for nothing.
pub(crate) fn nearest<'a>(
    text: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    /// Below this likeness a suggestion confuses more than it helps.
    const LIKE: f64 = 0.6;
    if text.chars().count() > MAX_NAME {
        return None;
    }
    let text = text.to_lowercase();
    candidates
        .map(|name| (strsim::normalized_damerau_levenshtein(&text, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name)| name)
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, chord) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            write!(f, "{gap}{chord}")?;
        }
        Ok(())
    }
}

impl FromStr for Sequence {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        if text.is_empty() {
            return Err(ChordError::Empty);
        }
        let mut chords = Vec::new();
        for part in text.split(' ') {
            if part.is_empty() {
                return Err(ChordError::Spaces);
            }
            if chords.len() == Self::MAX {
                return Err(ChordError::TooLong);
            }
            chords.push(part.parse()?);
        }
        Ok(Self(chords))
    }
}

impl Sequence {
    /// A regular expression, as JSON schemas have them, of what can be a sequence. It lets `C-C-a` and
    /// `S-1` through, which reading refuses.
    pub fn pattern() -> String {
        let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
        let chord = format!("([CAS]-)*({}|F([1-9]|1[0-9]|2[0-4])|[^ ])", names.join("|"));
        format!("^{chord}( {chord}){{0,{}}}$", Self::MAX - 1)
    }
}

/// Why a text is not a key or a sequence of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChordError {
    /// There is no text.
    Empty,
    /// Modifiers without a key, such as `C-`.
    NoKey,
    /// The same modifier twice, such as `C-C-a`.
    Repeated(char),
    /// Shift with a character that is not a letter: which one it gives is the keyboard's choice.
    ShiftedSymbol(char),
    /// A name that no key has.
    Unknown {
        /// The name, cut if it is long.
        name: String,
        /// The key that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// Keys are not separated by single spaces.
    Spaces,
    /// More than [`Sequence::MAX`] keys.
    TooLong,
}

impl ChordError {
    /// What is wrong, in words.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Empty, _) => lang.of("没有写键", "the key is empty").into(),
            (Self::NoKey, _) => lang.of("修饰键后面没有键", "no key follows the modifiers").into(),
            (Self::Repeated(modifier), Lang::Zh) => format!("修饰键 {modifier}- 写了两次"),
            (Self::Repeated(modifier), Lang::En) => format!("{modifier}- is written twice"),
            (Self::ShiftedSymbol(_), _) => lang
                .of("请直接写按住 Shift 得到的字符", "write the character that Shift gives instead")
                .into(),
            (Self::Unknown { name, suggestion }, Lang::Zh) => {
                let hint = suggestion.map(|key| format!("，是不是 \"{key}\"？"));
                let form = || "；键的写法如 g、C-d、S-Tab、Space".into();
                format!("没有键 {name:?}{}", hint.unwrap_or_else(form))
            }
            (Self::Unknown { name, suggestion }, Lang::En) => {
                let hint = suggestion.map(|key| format!(", did you mean \"{key}\"?"));
                let form = || "; keys are written like g, C-d, S-Tab, Space".into();
                format!("unknown key {name:?}{}", hint.unwrap_or_else(form))
            }
            (Self::Spaces, _) => lang
                .of(
                    "键与键之间只用一个空格",
                    "keys are separated by single spaces; the key itself is Space",
                )
                .into(),
            (Self::TooLong, Lang::Zh) => format!("一串最多 {} 个键", Sequence::MAX),
            (Self::TooLong, Lang::En) => {
                format!("a sequence has at most {} keys", Sequence::MAX)
            }
        }
    }
}

impl fmt::Display for ChordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ChordError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> impl Strategy<Value = Key> {
        let named = proptest::sample::select(NAMED.map(|(_, key)| key).to_vec());
        let function = (1..=LAST_FUNCTION_KEY).prop_map(Key::F);
        let typed = proptest::char::range('\0', '~').prop_map(Key::Char);
        prop_oneof![named, function, typed, any::<char>().prop_map(Key::Char)]
    }

    fn chord() -> impl Strategy<Value = Chord> {
        (key(), any::<[bool; 3]>())
            .prop_map(|(key, [ctrl, alt, shift])| Chord::new(key, Modifiers { ctrl, alt, shift }))
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(chord in chord()) {
            prop_assert_eq!(chord.to_string().parse(), Ok(chord));
        }

        #[test]
        fn a_normal_form_stays_as_it_is(chord in chord()) {
            prop_assert_eq!(Chord::new(chord.key(), chord.modifiers()), chord);
        }

        #[test]
        fn sequences_parse_back(chords in prop::collection::vec(chord(), 1..=Sequence::MAX)) {
            let sequence = Sequence(chords);
            prop_assert_eq!(sequence.to_string().parse(), Ok(sequence));
        }

        #[test]
        fn arbitrary_text_never_panics(text in "([CAS]-)*.{0,3}( .*)?") {
            if let Ok(sequence) = text.parse::<Sequence>() {
                prop_assert_eq!(sequence.to_string().parse(), Ok(sequence));
            }
        }
    }

    #[test]
    fn keys_are_written_in_one_way() {
        for (written, normal) in [
            ("g", "g"),
            ("G", "G"),
            ("S-g", "G"),
            ("C-G", "C-g"),
            ("C-S-g", "C-g"),
            ("A-S-x", "A-X"),
            ("S-C-Left", "C-S-Left"),
            ("S-Tab", "S-Tab"),
            ("S-Enter", "S-Enter"),
            ("-", "-"),
            ("C--", "C--"),
            ("<", "<"),
            ("C", "C"),
            ("F", "F"),
            ("F2", "F2"),
            ("F24", "F24"),
            ("Space", "Space"),
            ("\u{3000}", "Space"),
            ("\t", "Tab"),
            ("ｍ", "m"),
            ("S-ｍ", "M"),
            ("？", "?"),
            ("中", "中"),
        ] {
            let chord: Chord = written.parse().expect(written);
            assert_eq!(chord.to_string(), normal, "{written}");
        }
        assert_eq!("C-x C-s".parse::<Sequence>().map(|keys| keys.chords().len()), Ok(2));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for (written, error) in [
            ("", ChordError::Empty),
            ("C-", ChordError::NoKey),
            ("C-A-", ChordError::NoKey),
            ("C-A-C-x", ChordError::Repeated('C')),
            ("S-1", ChordError::ShiftedSymbol('1')),
            ("S-Space", ChordError::ShiftedSymbol(' ')),
            ("g  g", ChordError::Spaces),
            (" g", ChordError::Spaces),
            ("a b c d e f g h i", ChordError::TooLong),
        ] {
            assert_eq!(written.parse::<Sequence>(), Err(error), "{written}");
        }
        for (written, meant) in
            [("enter", Some("Enter")), ("Pagedwn", Some("PageDown")), ("F0", None), ("F256", None)]
        {
            let error = written.parse::<Chord>().expect_err(written);
            let expected = ChordError::Unknown { name: written.into(), suggestion: meant };
            assert_eq!(error, expected);
        }
    }
}
