//! A base with all that joins it, from the source's characters to those that are shown.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use super::{
    Unseen,
    chars::{MISSING, Special, is_jamo, letter, special, voiced},
};
use crate::text::width::{is_mark, is_regional};

/// Most combining marks that one base character keeps; more only serve to flood the terminal.
const MAX_MARKS: usize = 2;

/// Most marks in a row that are looked at, the bound of the Stream-Safe Text Format (UAX #15).
const MAX_PENDING: usize = 30;

/// Characters that are shown together; the buffers are kept from one cluster to the next.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    /// What stands for the characters of the source, before it is normalized.
    raw: Vec<char>,
    /// What is shown in the end.
    shown: String,
    /// Marks in a row at the end of `raw`.
    pending: usize,
    /// What is told of marks behind those that are looked at.
    flood: String,
    /// Characters that are left out.
    dropped: usize,
}

impl Cluster {
    /// Begins anew with `first`.
    pub(super) fn begin(&mut self, first: char) {
        self.raw.clear();
        self.shown.clear();
        self.flood.clear();
        self.dropped = 0;
        self.pending = usize::from(is_mark(first));
        match special(first) {
            None => self.raw.push(first),
            Some(Special::Char(c)) => self.raw.push(c),
            Some(Special::Text(text)) => self.raw.extend(text.chars()),
        }
    }

    /// Whether `c`, which extends nothing by itself, is shown together with this cluster: the
    /// second letter of a flag, the half-width mark on a half-width kana.
    pub(super) fn takes(&self, c: char) -> bool {
        match self.raw.as_slice() {
            [one] => (is_regional(*one) && is_regional(c)) || voiced(*one, c).is_some(),
            _ => false,
        }
    }

    /// Adds a character that extends or is taken.
    pub(super) fn push(&mut self, c: char, unseen: Unseen) {
        if self.pending == MAX_PENDING {
            match unseen {
                Unseen::Dropped => self.dropped += 1,
                Unseen::Told => push_told(&mut self.flood, c),
            }
            return;
        }
        self.pending = if is_mark(c) { self.pending + 1 } else { 0 };
        if let [one] = self.raw.as_mut_slice()
            && let Some(full) = voiced(*one, c)
        {
            *one = full;
            return;
        }
        self.raw.push(c);
    }

    /// What is shown, and how many characters are left out.
    pub(super) fn settle(&mut self, unseen: Unseen) -> (&str, usize) {
        self.settle_letter();
        let mut marks = MAX_MARKS;
        let mut dropped = 0;
        for c in self.raw.iter().copied().nfc() {
            if is_jamo(c) || !is_mark(c) {
                marks = 0;
                self.shown.push(if is_jamo(c) { MISSING } else { c });
            } else if marks < MAX_MARKS {
                marks += 1;
                self.shown.push(c);
            } else if unseen == Unseen::Told {
                push_told(&mut self.shown, c);
            } else {
                dropped += 1;
            }
        }
        if dropped > 0 {
            // What stood apart may have come together.
            self.shown = self.shown.nfc().collect();
        }
        self.shown.push_str(&self.flood);
        (&self.shown, self.dropped + dropped.min(self.raw.len()))
    }

    /// A letter of a flag without its partner is drawn in one cell or in two: an ASCII letter it is.
    fn settle_letter(&mut self) {
        let is_flag = self.raw.get(1).is_some_and(|c| is_regional(*c));
        if let Some(first) = self.raw.first_mut().filter(|c| is_regional(**c) && !is_flag) {
            *first = letter(*first);
        }
    }
}

/// Adds the number of a character that cannot be seen.
pub(super) fn push_told(text: &mut String, c: char) {
    let _ = write!(text, "<U+{:04X}>", u32::from(c));
}
