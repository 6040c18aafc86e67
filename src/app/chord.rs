//! Keys as a person types them and as a keymap writes them: one type, one grammar.
//!
//! A [`Chord`] is a key with its modifiers (`g`, `C-d`, `S-Tab`), a [`Sequence`] is chords one
//! after the other (`g g`). What means the same is the same value: a [`Chord`] is normalised when
//! it is made, so that a keymap and a key press compare without exceptions.

use std::borrow::Borrow;

mod grammar;
mod trouble;

pub use grammar::ChordError;
pub(crate) use grammar::nearest;
pub use trouble::Trouble;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A key that types this character, Shift included: `a`, `A`, `?`, `中`.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// The tabulator key.
    Tab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow to the left.
    Left,
    /// Arrow to the right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, `F(1)` to `F(24)`.
    F(u8),
}

/// The modifier keys held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Modifiers {
    /// Control, written `C-`.
    pub ctrl: bool,
    /// Alt, Option or Meta, written `A-`.
    pub alt: bool,
    /// Shift, written `S-`.
    pub shift: bool,
}

/// A key press: a key with its modifiers.
///
/// ```
/// use zhaidu::app::chord::{Chord, Key, Modifiers};
///
/// let shift = Modifiers { shift: true, ..Modifiers::default() };
/// assert_eq!(Chord::new(Key::Char('g'), shift), "G".parse().unwrap());
/// assert_eq!(Chord::new(Key::Char('？'), Modifiers::default()).to_string(), "?");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    key: Key,
    modifiers: Modifiers,
}

impl Chord {
    /// The key press in its one normal form.
    ///
    /// - Full-width characters that an input method types become the ASCII key under the finger.
    /// - Control characters become the key that sends them (`U+0009` is Tab, `U+0001` is `C-a`).
    /// - Shift is part of a character: `S-g` is `G`, and `S-` stays with named keys only.
    /// - Control makes letters lower-case, because terminals send one code for both.
    pub fn new(key: Key, modifiers: Modifiers) -> Self {
        let Key::Char(typed) = key else { return Self { key, modifiers } };
        let mut modifiers = modifiers;
        let (key, control) = unmask(fold_width(typed));
        modifiers.ctrl |= control;
        let Key::Char(c) = key else { return Self { key, modifiers } };
        let c = match (modifiers.ctrl, modifiers.shift) {
            (true, _) => c.to_ascii_lowercase(),
            (false, true) => upper(c),
            (false, false) => c,
        };
        modifiers.shift = false;
        Self { key: Key::Char(c), modifiers }
    }

    /// The key.
    pub fn key(self) -> Key {
        self.key
    }

    /// The character that it types where keys are no commands.
    pub fn character(self) -> Option<char> {
        let Key::Char(c) = self.key else { return None };
        (!self.modifiers.ctrl && !self.modifiers.alt).then_some(c)
    }

    /// The modifiers that are not part of the key's character.
    pub fn modifiers(self) -> Modifiers {
        self.modifiers
    }
}

/// The ASCII character on the key that typed `c` with a Chinese input method on, or `c` itself.
fn fold_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        '、' => '/',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '「' => '{',
        '」' => '}',
        '《' => '<',
        '》' => '>',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '·' => '`',
        '￥' | '¥' => '$',
        _ => c,
    }
}

/// The key that sends the control character `c`, and whether Control must be held for it.
fn unmask(c: char) -> (Key, bool) {
    match c {
        '\t' => (Key::Tab, false),
        '\r' | '\n' => (Key::Enter, false),
        '\u{1b}' => (Key::Esc, false),
        '\u{8}' | '\u{7f}' => (Key::Backspace, false),
        '\0' => (Key::Char(' '), true),
        '\u{1}'..='\u{1f}' => {
            let key = char::from_u32(u32::from(c) | 0x40).unwrap_or(c);
            (Key::Char(key.to_ascii_lowercase()), true)
        }
        _ => (Key::Char(c), false),
    }
}

/// The upper-case form of `c` where that is a single character, `c` elsewhere.
fn upper(c: char) -> char {
    let mut forms = c.to_uppercase();
    match (forms.next(), forms.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

/// Chords typed one after the other; at least one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sequence(Vec<Chord>);

impl Sequence {
    /// The longest sequence that a keymap may bind, in chords.
    pub const MAX: usize = 8;

    /// The chords in the order in which they are typed.
    pub fn chords(&self) -> &[Chord] {
        &self.0
    }

    /// The shorter sequences that it begins with, the shortest first.
    pub fn beginnings(&self) -> impl Iterator<Item = Self> {
        (1..self.0.len()).map(|length| Self(self.0.iter().take(length).copied().collect()))
    }
}

impl Borrow<[Chord]> for Sequence {
    fn borrow(&self) -> &[Chord] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Modifiers = Modifiers { ctrl: false, alt: false, shift: false };
    const SHIFT: Modifiers = Modifiers { shift: true, ..PLAIN };
    const CTRL: Modifiers = Modifiers { ctrl: true, ..PLAIN };

    #[test]
    fn a_key_press_finds_the_key_of_the_keymap_with_an_input_method_on() {
        for (typed, meant) in "ｍＭ？：、。！［］｛｝＋－＝〈　【】《》“”‘’·￥"
            .chars()
            .zip("mM?:/.![]{}+-=〈 []<>\"\"''`$".chars())
        {
            let (typed, meant) = (Key::Char(typed), Key::Char(meant));
            assert_eq!(Chord::new(typed, PLAIN), Chord::new(meant, PLAIN));
        }
    }

    #[test]
    fn terminals_that_report_shift_and_those_that_do_not_agree() {
        for (pressed, modifiers, normal) in [
            (Key::Char('g'), SHIFT, "G"),
            (Key::Char('G'), SHIFT, "G"),
            (Key::Char('G'), PLAIN, "G"),
            (Key::Char('?'), SHIFT, "?"),
            (Key::Char(' '), SHIFT, "Space"),
            (Key::Char('ß'), SHIFT, "ß"),
            (Key::Char('D'), CTRL, "C-d"),
            (Key::Char('\u{4}'), PLAIN, "C-d"),
            (Key::Char('\0'), PLAIN, "C-Space"),
            (Key::Char('\t'), SHIFT, "S-Tab"),
            (Key::Char('\r'), PLAIN, "Enter"),
            (Key::Tab, SHIFT, "S-Tab"),
        ] {
            assert_eq!(Chord::new(pressed, modifiers).to_string(), normal, "{pressed:?}");
        }
    }

    #[test]
    fn the_beginnings_of_a_sequence_are_shorter_than_it() {
        let sequence: Sequence = "C-x a b".parse().expect("keys");
        let beginnings: Vec<_> = sequence.beginnings().map(|keys| keys.to_string()).collect();
        assert_eq!(beginnings, ["C-x", "C-x a"]);
    }
}
