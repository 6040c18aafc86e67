//! Reading the screen of the emulator: its texts, and what looks as a style says.

use ratatui::style::{Color, Modifier, Style};
use vt100::{Cell, Screen};

pub(crate) use super::shared::screen::{has, rows};
use crate::harness::NAMED_COLOURS;

/// Everything but white space that looks as `style` says, row after row: a text comes out whole
/// however it is wrapped.
pub(crate) fn drawn(screen: &Screen, style: Style) -> String {
    let (rows, columns) = screen.size();
    let mut text = String::new();
    for row in 0..rows.get() {
        let cells = (0..columns.get()).filter_map(|column| screen.cell(row, column));
        let alike = cells.filter(|cell| looks(cell, style)).map(Cell::contents);
        text.extend(alike.filter(|contents| !contents.trim().is_empty()));
    }
    text
}

/// Whether a cell has everything that a style asks for.
fn looks(cell: &Cell, style: Style) -> bool {
    let with = |modifier: Modifier| style.add_modifier.contains(modifier);
    style.fg.is_none_or(|colour| cell.fgcolor() == of_terminal(colour))
        && style.bg.is_none_or(|colour| cell.bgcolor() == of_terminal(colour))
        && (!with(Modifier::BOLD) || cell.bold())
        && (!with(Modifier::UNDERLINED) || cell.underline())
        && (!with(Modifier::REVERSED) || cell.inverse())
}

/// The colour of the terminal that a colour of a theme comes out as.
fn of_terminal(colour: Color) -> vt100::Color {
    match (NAMED_COLOURS.iter().position(|name| *name == colour), colour) {
        (Some(index), _) => vt100::Color::Idx(index as u8),
        (None, Color::Indexed(index)) => vt100::Color::Idx(index),
        (None, Color::Rgb(red, green, blue)) => vt100::Color::Rgb(red, green, blue),
        (None, _) => vt100::Color::Default,
    }
}
