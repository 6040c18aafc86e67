//! A paragraph as the units that rows are made of.

use super::class::{Around, Class, Quotes, class, is_joint};
use crate::text::width::{Widths, is_mark, is_regional};

/// A character with its marks, or the two letters of a flag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Its first byte.
    pub(super) at: usize,
    /// What it is for the rules.
    pub(super) class: Class,
    /// Whether a row may begin with it.
    pub(super) before: Before,
    cells: u8,
}

impl Unit {
    /// Cells that it takes.
    pub(super) fn cells(self) -> usize {
        usize::from(self.cells)
    }
}

/// Whether a row may end before a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// It may.
    Break,
    /// Only where no row can hold what it would cut.
    Joint,
    /// It may not.
    Nothing,
}

/// The units of `text`.
pub(super) fn units(text: &str, widths: Widths) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(text.len() / 3 + 1);
    let mut quotes = Quotes::default();
    // The unit before, and the class of the last one that is no space.
    let mut before: Option<(Class, char)> = None;
    let mut solid = Class::Space;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut cells = widths.char_cells(c);
        if is_regional(c)
            && let Some((_, second)) = chars.next_if(|&(_, c)| is_regional(c))
        {
            cells += widths.char_cells(second);
        }
        let mut marked = false;
        while chars.next_if(|&(_, c)| c >= '\u{300}' && is_mark(c)).is_some() {
            marked = true;
        }
        let around = Around { before, next: chars.peek().map(|&(_, c)| c) };
        let found = match class(c, around, &mut quotes) {
            // A mark on a space makes it visible.
            Class::Space if marked => Class::Word,
            found => found,
        };
        let joint = before.map_or(Before::Nothing, |before| junction(before, solid, (found, c)));
        units.push(Unit { at, class: found, before: joint, cells: cells as u8 });
        before = Some((found, c));
        if found != Class::Space {
            solid = found;
        }
    }
    units
}

/// What may happen between two units; `solid` is the class of the last one before that is no space.
fn junction(before: (Class, char), solid: Class, after: (Class, char)) -> Before {
    match (before.0, after.0) {
        (Class::Word, Class::Word) if is_joint(before.1) && after.1.is_alphanumeric() => {
            Before::Joint
        }
        (
            _,
            Class::Close
            | Class::Stop
            | Class::Middle
            | Class::Glue
            | Class::Run
            | Class::Suffix
            | Class::Space,
        )
        | (Class::Open | Class::Glue | Class::Prefix, _)
        | (Class::Word | Class::Suffix, Class::Word)
        | (Class::Word, Class::Prefix) => Before::Nothing,
        (Class::Space, _) if solid == Class::Open => Before::Nothing,
        _ => Before::Break,
    }
}
