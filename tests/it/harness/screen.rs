//! The screen read back: as text, and as one letter per cell for its style.

use ratatui::buffer::CellWidth;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Color, Style},
};
use zhaidu::{
    app::model::Model,
    view::{self, theme::Theme},
};

use super::Program;

impl Program {
    /// The title of the selected article as the list shows it.
    pub(crate) fn title(&self) -> Option<&str> {
        let row = self.model.archive.row(self.model.list.selected?)?;
        Some(row.title.as_str())
    }

    /// The text of the first row of the reader that is not empty.
    pub(crate) fn top_line(&self) -> &str {
        let Some(text) = self.model.reader.text() else { return "" };
        let mut lines = self.model.reader.visible.iter().map(|row| row.range.of(text.as_str()));
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// The screen as it would be painted, with a mark for every style.
    pub(crate) fn painted(&self) -> Buffer {
        painted(&self.model, &marks())
    }

    /// The text on the screen.
    pub(crate) fn text(&self) -> String {
        screen_text(&self.painted())
    }

    /// The styles on the screen, a letter per cell; see [`marks`].
    pub(crate) fn styles(&self) -> String {
        screen_styles(&self.painted())
    }
}

/// The screen as it would be painted with a theme.
pub(crate) fn painted(model: &Model, theme: &Theme) -> Buffer {
    let mut picture = Buffer::empty(Rect::from((Position::ORIGIN, model.size)));
    view::draw(model, theme, &mut picture);
    picture
}

/// A theme in which every style has a colour of its own, its letter: `H` focused heading, `h`
/// heading, `t` title, `d` dim, `k` key sentence, `K` the selected one, `r` rank, `x` hit, `X` the one gone to, `f` and `F` those of a search, `~` where a jump has landed, `S`
/// selected in the focused pane, `s` in another one, `b` bar, `!` trouble, `.` plain.
pub(crate) fn marks() -> Theme {
    let mark = |letter: u8| Style::new().fg(Color::Indexed(letter));
    Theme {
        heading: mark(b'h'),
        heading_focused: mark(b'H'),
        text: mark(b'.'),
        title: mark(b't'),
        dim: mark(b'd'),
        key: mark(b'k'),
        key_selected: mark(b'K'),
        rank: mark(b'r'),
        hit: mark(b'x'),
        hit_here: mark(b'X'),
        found: mark(b'f'),
        found_here: mark(b'F'),
        flash: mark(b'~'),
        selected: mark(b'S'),
        selected_unfocused: mark(b's'),
        bar: mark(b'b'),
        trouble: mark(b'!'),
    }
}

/// The text of a screen, a line per row without the spaces at its end. The cells that a wide
/// character covers are not there a second time.
pub(crate) fn screen_text(buffer: &Buffer) -> String {
    let line = |y| {
        let mut line = String::new();
        let mut x = 0;
        while let Some(cell) = buffer.cell((x, y)).filter(|_| x < buffer.area.width) {
            line.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        line.trim_end().to_owned() + "\n"
    };
    (0..buffer.area.height).map(line).collect()
}

/// The styles of a screen that was painted with [`marks`], a letter per cell.
pub(crate) fn screen_styles(buffer: &Buffer) -> String {
    let letter = |x, y| match buffer.cell((x, y)).map(|cell| cell.fg) {
        Some(Color::Indexed(letter)) => char::from(letter),
        _ => ' ',
    };
    let line = |y| (0..buffer.area.width).map(|x| letter(x, y)).collect::<String>();
    (0..buffer.area.height).map(|y| line(y).trim_end().to_owned() + "\n").collect()
}

/// The texts on the screen in one style, in order; a style that goes on in the next row goes on.
pub(crate) fn in_style(buffer: &Buffer, letter: char) -> String {
    let mark = Color::Indexed(letter as u8);
    let mut found = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while let Some(cell) = buffer.cell((x, y)).filter(|_| x < buffer.area.width) {
            if cell.fg == mark {
                found.push_str(cell.symbol());
            }
            x += cell.cell_width().max(1);
        }
    }
    found
}

/// The sixteen colours of a terminal, in the order of their numbers.
pub(crate) const NAMED_COLOURS: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];
