//! How many terminal cells a character takes. Nothing else in the program measures columns.
//!
//! No table is right for every terminal. Three kinds of characters are told apart:
//!
//! - *trusted* ones ([`is_trusted`]), on which every terminal measured agrees;
//! - *ambiguous* ones (East Asian Width A, UAX #11), narrow or wide as the terminal pleases. Each
//!   [`Class`] of them is a setting of [`Widths`], which the interface measures at its start;
//! - the rest, by the tables of `unicode-width`, where whoever draws must not rely on them.

mod table;

use std::{iter::Peekable, str::CharIndices};

use unicode_width::UnicodeWidthChar;

/// A class of ambiguous characters. The terminals that were measured treat all of a class alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Quotation marks, dashes, ellipses, interpuncts.
    Punctuation,
    /// Shapes, arrows, signs of mathematics, numbers in circles.
    Symbol,
    /// Latin letters, those of pinyin among them.
    Latin,
    /// Greek letters.
    Greek,
    /// Cyrillic letters.
    Cyrillic,
    /// Lines of boxes.
    Box,
    /// Blocks and shades.
    Block,
    /// Not ambiguous but younger than the tables of many terminals: Han characters, signs and emoji
    /// of Unicode 15 and later.
    Recent,
}

impl Class {
    /// Every class, in the order in which they are probed.
    pub const ALL: [Self; 8] = [
        Self::Punctuation,
        Self::Symbol,
        Self::Latin,
        Self::Greek,
        Self::Cyrillic,
        Self::Box,
        Self::Block,
        Self::Recent,
    ];

    /// The class of `c`; `None` where the width does not depend on a class.
    pub fn of(c: char) -> Option<Self> {
        if c < '\u{A1}' || is_trusted(c) {
            return None;
        }
        if table::contains(table::RECENT, c) {
            return Some(Self::Recent);
        }
        table::contains(table::AMBIGUOUS, c).then_some(match c {
            '\u{2010}'..='\u{203E}' | '¡' | '·' | '¿' => Self::Punctuation,
            '\u{391}'..='\u{3C9}' => Self::Greek,
            '\u{401}'..='\u{451}' => Self::Cyrillic,
            '\u{2500}'..='\u{257F}' => Self::Box,
            '\u{2580}'..='\u{259F}' => Self::Block,
            _ if c < '\u{2B0}' && c.is_alphabetic() => Self::Latin,
            _ => Self::Symbol,
        })
    }

    /// The character of the class that stands for the others when a terminal is measured.
    pub fn representative(self) -> char {
        match self {
            Self::Punctuation => '“',
            Self::Symbol => '□',
            Self::Latin => 'ǎ',
            Self::Greek => 'α',
            Self::Cyrillic => 'ж',
            Self::Box => '─',
            Self::Block => '█',
            Self::Recent => '\u{31350}',
        }
    }
}

/// What is known of the width of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// One cell.
    One,
    /// Two cells.
    Two,
    /// One or two, nobody knows: two are kept free, and whoever draws must not rely on either.
    Unknown,
}

impl Measured {
    fn cells(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two | Self::Unknown => 2,
        }
    }
}

/// The widths of a terminal: what each class of ambiguous characters takes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    classes: [Measured; Class::ALL.len()],
}

impl Default for Widths {
    fn default() -> Self {
        Self::NARROW
    }
}

impl Widths {
    /// Ambiguous characters take one cell: the default of every terminal measured.
    pub const NARROW: Self = Self::all(Measured::One);
    /// Ambiguous characters take two cells, as `xterm -cjk_width` and others have it by option.
    pub const WIDE: Self = Self::all(Measured::Two);
    /// Nothing is known: two cells are kept free for every ambiguous character, which looks right,
    /// if loose, on every terminal.
    pub const UNIVERSAL: Self = Self::all(Measured::Unknown).with(Class::Recent, Measured::Unknown);

    /// All ambiguous classes alike; recent characters are wide.
    const fn all(measured: Measured) -> Self {
        Self { classes: [measured; Class::ALL.len()] }.with(Class::Recent, Measured::Two)
    }

    /// The same with another width of one class.
    pub const fn with(mut self, class: Class, measured: Measured) -> Self {
        self.classes[class as usize] = measured;
        self
    }

    /// What is known of a class.
    pub const fn get(self, class: Class) -> Measured {
        self.classes[class as usize]
    }

    /// Whether the terminal can be expected to draw `c` at all. Some give recent characters no
    /// place, so that they would fall onto the character before them.
    pub fn draws(self, c: char) -> bool {
        self.get(Class::Recent) != Measured::Unknown || Class::of(c) != Some(Class::Recent)
    }

    /// Cells that `c` takes: 0 for combining marks, 1 or 2 otherwise. Control characters count 0:
    /// they never reach the screen (see [`super::sanitize`]).
    pub fn char_cells(self, c: char) -> usize {
        match c {
            ' '..='~' | '\u{254E}' | '\u{2590}' => 1,
            // Nearly all of a Chinese text.
            '\u{4E00}'..='\u{9FA5}' => 2,
            _ if is_trusted(c) || is_doubtful(c) => 2,
            _ => match Class::of(c) {
                Some(class) => self.get(class).cells(),
                None => by_table(c),
            },
        }
    }

    /// Cells that `text` takes: the sum over its characters.
    ///
    /// Widths are added per character everywhere, so the width of a whole is always the sum of the
    /// widths of its parts, wherever it is cut.
    pub fn cells(self, text: &str) -> usize {
        text.chars().map(|c| self.char_cells(c)).sum()
    }

    /// Cells that a cluster takes.
    pub fn cluster_cells(self, cluster: Cluster) -> usize {
        let base = self.char_cells(cluster.base);
        if cluster.text.len() == cluster.base.len_utf8() { base } else { self.cells(cluster.text) }
    }

    /// The longest prefix of `text`, in whole clusters, that fits into `room` cells, with the cells
    /// it takes.
    pub fn prefix(self, text: &str, room: usize) -> (&str, usize) {
        let mut used = 0;
        for cluster in clusters(text) {
            let width = self.cluster_cells(cluster);
            if used + width > room {
                return (&text[..cluster.at], used);
            }
            used += width;
        }
        (text, used)
    }

    /// `text` cut to `room` cells; a text that does not fit ends in `..`, which takes two cells on
    /// every terminal, where `…` takes one or two. Empty for no room, no mark below four cells.
    pub fn fit(self, text: &str, room: usize) -> String {
        if self.cells(text) <= room {
            return text.to_owned();
        }
        if room < 4 {
            return self.prefix(text, room).0.to_owned();
        }
        format!("{}..", self.prefix(text, room - 2).0)
    }
}

/// Whether every terminal measured gives `c` the same width, so that what follows it in a row is
/// where it is expected.
///
/// ```
/// use zhaidu::text::width::is_trusted;
///
/// assert!("京津冀，2024".chars().all(is_trusted));
/// assert!(!is_trusted('“'));
/// ```
pub fn is_trusted(c: char) -> bool {
    matches!(c,
        ' '..='~'
        // The lines between panes and the thumb of the scroll bar.
        | '\u{254E}'
        | '\u{2590}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}'
        | '\u{3400}'..='\u{4DB5}'
        | '\u{4E00}'..='\u{9FA5}'
        | '\u{FF01}'..='\u{FF5E}')
}

/// The ranges of ambiguous characters, first and last, in order.
pub fn ambiguous_ranges() -> &'static [(char, char)] {
    table::AMBIGUOUS
}

/// Characters that are narrow by the table and wide on some terminals whatever their setting:
/// numbers in squares, and signs that some draw as emoji. Two cells are kept free for them.
fn is_doubtful(c: char) -> bool {
    matches!(c, '\u{261D}' | '\u{26F9}' | '\u{270C}' | '\u{270D}' | '\u{3248}'..='\u{324F}')
}

/// A base character with the marks on it, or the two letters of a flag: what is drawn as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Byte offset in the text.
    pub at: usize,
    /// The characters of the cluster.
    pub text: &'a str,
    /// The base.
    pub base: char,
}

/// Cuts a text that was sanitised into clusters; marks without a base are a cluster of their own.
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { text, chars: text.char_indices().peekable() }
}

/// Iterator over the clusters of a text.
#[derive(Clone, Debug)]
pub struct Clusters<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        let (at, base) = self.chars.next()?;
        if is_regional(base) {
            self.chars.next_if(|&(_, c)| is_regional(c));
        }
        while self.chars.next_if(|&(_, c)| is_mark(c)).is_some() {}
        let end = self.chars.peek().map_or(self.text.len(), |&(end, _)| end);
        Some(Cluster { at, text: &self.text[at..end], base })
    }
}

/// Whether `c` takes no cell of its own but joins the character before it.
pub fn is_mark(c: char) -> bool {
    // First what nearly all characters are.
    let is_plain = c < '\u{300}' || ('\u{3400}'..='\u{9FFF}').contains(&c);
    !is_plain && !is_trusted(c) && by_table(c) == 0
}

/// Cells by the table of UAX #11, ambiguous characters narrow.
#[expect(clippy::disallowed_methods, reason = "the one place that may ask the table")]
fn by_table(c: char) -> usize {
    UnicodeWidthChar::width(c).unwrap_or(0)
}

/// The letters that flags are made of, in pairs.
pub fn is_regional(c: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_of_typical_characters() {
        for (c, narrow, wide, universal) in [
            ('a', 1, 1, 1),
            ('中', 2, 2, 2),
            ('，', 2, 2, 2),
            ('“', 1, 2, 2),
            ('—', 1, 2, 2),
            ('ǎ', 1, 2, 2),
            ('Ω', 1, 2, 2),
            ('ж', 1, 2, 2),
            ('─', 1, 2, 2),
            ('█', 1, 2, 2),
            ('①', 1, 2, 2),
            ('ö', 1, 1, 1),
            ('╎', 1, 1, 1),
            ('▐', 1, 1, 1),
            ('\u{3248}', 2, 2, 2),
            ('\u{301}', 0, 0, 0),
            ('ガ', 2, 2, 2),
            ('\u{1F600}', 2, 2, 2),
            ('\u{31350}', 2, 2, 2),
            ('\u{7}', 0, 0, 0),
        ] {
            let found = [Widths::NARROW, Widths::WIDE, Widths::UNIVERSAL].map(|w| w.char_cells(c));
            assert_eq!(found, [narrow, wide, universal], "{c:?}");
        }
    }

    #[test]
    fn every_class_is_found_by_its_representative() {
        for class in Class::ALL {
            assert_eq!(Class::of(class.representative()), Some(class));
            let widths = Widths::NARROW.with(class, Measured::Two);
            assert_eq!(widths.char_cells(class.representative()), 2);
        }
    }

    #[test]
    fn a_text_that_does_not_fit_ends_at_a_cell_boundary() {
        let fit = |text, room| Widths::NARROW.fit(text, room);
        assert_eq!(fit("京津冀协同", 10), "京津冀协同");
        assert_eq!(fit("京津冀协同", 9), "京津冀..");
        assert_eq!(fit("京津冀协同", 3), "京");
        assert_eq!(fit("京津冀", 0), "");
        assert_eq!(Widths::WIDE.fit("“京津”", 7), "“京..");
        assert_eq!(fit("🇨🇳🇨🇳", 3), "🇨🇳");
    }

    #[test]
    fn clusters_hold_together_what_is_drawn_as_one() {
        let cut = |text| clusters(text).map(|c| c.text).collect::<Vec<_>>();
        assert_eq!(cut("京e\u{301}\u{302}a"), ["京", "e\u{301}\u{302}", "a"]);
        assert_eq!(cut("🇨🇳🇯🇵x"), ["🇨🇳", "🇯🇵", "x"]);
        assert_eq!(cut("\u{301}x"), ["\u{301}", "x"]);
    }

    proptest! {
        #[test]
        fn a_prefix_never_exceeds_its_room(text in "\\PC*", room in 0usize..40) {
            for widths in [Widths::NARROW, Widths::WIDE, Widths::UNIVERSAL] {
                let (cut, used) = widths.prefix(&text, room);
                prop_assert!(used <= room && text.starts_with(cut));
                prop_assert_eq!(widths.cells(cut), used);
                prop_assert!(widths.cells(&widths.fit(&text, room)) <= room);
            }
        }

        #[test]
        fn clusters_are_the_whole_text(text in "\\PC*") {
            prop_assert_eq!(clusters(&text).map(|c| c.text).collect::<String>(), text);
        }
    }
}
