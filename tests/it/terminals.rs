//! The interface on terminals that give characters other widths than it believes.
//!
//! The widths are those that real terminals gave ([`table`]), the terminal is our own ([`vt`]). A
//! session ([`journey`]) is drawn once for each belief and shown on every terminal. Two things
//! must hold there, right or wrong as the belief may be: every character whose width is beyond doubt
//! stands where the layout has it, and nothing is left of the pictures before.

mod artist;
mod journey;
mod table;
mod vt;

use ratatui::{
    buffer::{Buffer, CellDiffOption},
    layout::Size,
    style::{Color, Modifier},
};
use zhaidu::{
    text::width::{Class, Measured, Widths, is_trusted},
    tui::backend::RowBackend,
};

use crate::harness::NAMED_COLOURS;
use artist::{Artist, Stock, Writes};
use journey::Journey;
use table::{TERMINALS, Table};
use vt::{Cell, Look, Margin, Vt};

/// Rows that are compared on every terminal, for each belief.
const ROWS: usize = 10_000;

/// What must stand in a cell, if that is beyond doubt, and whether a doubtful character stands
/// somewhere before it in its row.
type Expected = Option<(Cell, bool)>;

/// One picture of a session.
struct Frame {
    size: Size,
    is_resized: bool,
    /// From the picture before.
    change: Vec<u8>,
    /// From nothing.
    whole: Vec<u8>,
    expected: Vec<Expected>,
}

/// What was found on one terminal.
#[derive(Debug, Default)]
struct Found {
    rows: usize,
    /// Cells behind a doubtful character.
    behind_doubt: usize,
    misaligned: usize,
    stale_rows: usize,
    first: Option<String>,
}

/// A session of at least [`ROWS`] rows.
fn session<A: Artist>(widths: Widths, seed: u64) -> Vec<Frame> {
    let mut journey = Journey::begin(widths, seed);
    let mut frames: Vec<Frame> = Vec::new();
    let mut artist: Option<A> = None;
    let mut rows = 0;
    while rows < ROWS {
        let (picture, resized) = journey.go_on();
        let size = picture.area.as_size();
        let is_resized = resized || artist.is_none();
        if is_resized {
            artist = Some(A::of(size));
        }
        let artist = artist.get_or_insert_with(|| A::of(size));
        let disturbed = journey.dice.roll(20) == 0;
        let row = journey.dice.roll(usize::from(size.height)) as u16;
        let mut change = if disturbed { artist.disturb(row) } else { Vec::new() };
        change.extend(artist.draw(&picture));
        let whole = A::of(size).draw(&picture);
        rows += usize::from(size.height);
        frames.push(Frame { size, is_resized, change, whole, expected: expected(&picture) });
    }
    frames
}

fn expected(picture: &Buffer) -> Vec<Expected> {
    let row = |cells: &[ratatui::buffer::Cell]| {
        let (mut covered, mut doubt) = (0, false);
        let cell = |cell: &ratatui::buffer::Cell| {
            if covered > 0 {
                covered -= 1;
                return None;
            }
            let cells = match cell.diff_option {
                CellDiffOption::ForcedWidth(cells) => cells.get(),
                _ => 1,
            };
            covered = cells - 1;
            let mut chars = cell.symbol().chars();
            let c = chars.next().unwrap_or(' ');
            if chars.next().is_some() || !is_trusted(c) {
                doubt = true;
                return None;
            }
            let bits = (1..).zip(Modifier::all().iter());
            let bits = bits.filter(|(_, modifier)| cell.modifier.contains(*modifier));
            let bits = bits.map(|(bit, _)| 1 << bit).sum();
            let look = Look { fg: colour(cell.fg), bg: colour(cell.bg), bits };
            Some((Cell { chars: [c, '\0', '\0'], look, cells: cells as u8 }, doubt))
        };
        cells.iter().map(cell).collect::<Vec<_>>()
    };
    picture.content.chunks(usize::from(picture.area.width)).flat_map(row).collect()
}

fn colour(colour: Color) -> u32 {
    match NAMED_COLOURS.iter().position(|named| *named == colour) {
        Some(index) => 1 << 8 | index as u32,
        None => 0,
    }
}

/// Shows a session on a terminal.
fn show(frames: &[Frame], table: &Table, margin: Margin, before: &[u8], junk: char) -> Found {
    let mut found = Found::default();
    let fresh = |size| {
        let mut vt = Vt::new(table, margin, size, junk);
        vt.feed(before);
        vt
    };
    let mut vt = fresh(Size { width: 80, height: 24 });
    for (number, frame) in frames.iter().enumerate() {
        if frame.is_resized {
            vt = fresh(frame.size);
        }
        vt.feed(&frame.change);
        let mut whole = fresh(frame.size);
        whole.feed(&frame.whole);
        let expected = frame.expected.chunks(usize::from(frame.size.width));
        for (y, ((row, whole), expected)) in vt.rows().zip(whole.rows()).zip(expected).enumerate() {
            found.rows += 1;
            let stale = row != whole;
            found.stale_rows += usize::from(stale);
            found.behind_doubt += expected.iter().flatten().filter(|(_, doubt)| *doubt).count();
            let misaligned = expected.iter().zip(row).filter(|(expected, cell)| {
                expected.is_some_and(|(expected, _)| !is_as_expected(**cell, expected))
            });
            let misaligned = misaligned.count();
            found.misaligned += misaligned;
            if found.first.is_none() && (stale || misaligned > 0) {
                let text = |row: &[Cell]| row.iter().map(|cell| cell.chars[0]).collect::<String>();
                let what = format!("frame {number}, row {y}:\n{}\n{}", text(row), text(whole));
                found.first = Some(what);
            }
        }
    }
    found
}

/// Whether a trusted character stands there; what the terminal draws onto it is another one's.
fn is_as_expected(cell: Cell, expected: Cell) -> bool {
    Cell { chars: [cell.chars[0], '\0', '\0'], ..cell } == expected
}

/// Shows a session with this belief on every terminal.
fn everywhere(widths: Widths, seed: u64) {
    let frames = session::<RowBackend<Writes>>(widths, seed);
    for (number, (name, _)) in TERMINALS.iter().enumerate() {
        let table = Table::of(name);
        let drops = (number / 2 + seed as usize).is_multiple_of(2);
        let margin = if drops { Margin::Drops } else { Margin::StepsBack };
        let found = show(&frames, &table, margin, b"\x1b[?7l", '废');
        assert_eq!((found.misaligned, found.stale_rows), (0, 0), "{name}: {found:?}");
        assert!(found.rows >= ROWS && found.behind_doubt > ROWS, "{name}: {found:?}");
    }
}

#[test]
fn in_the_belief_that_ambiguous_characters_are_narrow() {
    everywhere(Widths::NARROW, 1);
}

#[test]
fn in_the_belief_that_ambiguous_characters_are_wide() {
    everywhere(Widths::WIDE, 2);
}

#[test]
fn in_no_belief_about_ambiguous_characters() {
    everywhere(Widths::UNIVERSAL, 3);
}

#[test]
fn in_a_belief_that_differs_from_class_to_class() {
    let widths = Widths::NARROW.with(Class::Recent, Measured::One);
    everywhere(widths.with(Class::Latin, Measured::Two).with(Class::Symbol, Measured::Unknown), 4);
}

/// The same comparison finds what goes wrong where nobody guards against wrong widths.
#[test]
fn the_comparison_finds_what_the_library_alone_leaves() {
    let narrow = session::<Stock>(Widths::NARROW, 1);
    let wide = session::<Stock>(Widths::WIDE, 2);
    for (name, is_wide) in TERMINALS {
        let table = Table::of(name);
        let wrong = if is_wide { &narrow } else { &wide };
        let found = show(wrong, &table, Margin::Drops, b"", ' ');
        assert!(found.stale_rows > 0, "{name}: {found:?}");
        assert!(!is_wide || found.misaligned > ROWS / 10, "{name}: {found:?}");
    }
}
