//! Two ways to bring a picture onto a terminal: that of the program, and that of the library.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::{
    Terminal, TerminalOptions, Viewport,
    backend::CrosstermBackend,
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use zhaidu::tui::backend::RowBackend;

/// A writer that counts.
#[derive(Default)]
pub(super) struct Writes {
    bytes: Vec<u8>,
    count: usize,
}

impl Write for Writes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        self.count += 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Who brings pictures onto a terminal.
pub(super) trait Artist {
    /// For a screen of which nothing is known.
    fn of(size: Size) -> Self;

    /// The bytes that make the next picture of the last one.
    fn draw(&mut self, picture: &Buffer) -> Vec<u8>;

    /// Somebody wrote into the row: the bytes, or none if this artist cannot be told.
    fn disturb(&mut self, row: u16) -> Vec<u8>;
}

impl Artist for RowBackend<Writes> {
    fn of(size: Size) -> Self {
        Self::new(Writes::default(), size)
    }

    fn draw(&mut self, picture: &Buffer) -> Vec<u8> {
        self.take(picture);
        let written = self.present().expect("memory takes all");
        let Writes { bytes, count } = std::mem::take(self.writer_mut());
        assert_eq!((bytes.len(), count), (written, usize::from(written > 0)), "one write or none");
        assert_eq!(self.present().expect("memory takes all"), 0, "nothing changed");
        bytes
    }

    fn disturb(&mut self, row: u16) -> Vec<u8> {
        self.invalidate_row(row);
        format!("\x1b[{};1H‘废’\x1b[30G…", row + 1).into_bytes()
    }
}

/// The library's own way.
pub(super) struct Stock {
    terminal: Terminal<CrosstermBackend<Shared>>,
    written: Shared,
}

/// A writer in two hands: the library does not give its own back.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Artist for Stock {
    fn of(size: Size) -> Self {
        let viewport = Viewport::Fixed(Rect::from((Position::ORIGIN, size)));
        let written = Shared::default();
        let backend = CrosstermBackend::new(written.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport });
        Self { terminal: terminal.expect("a fixed size"), written }
    }

    fn draw(&mut self, picture: &Buffer) -> Vec<u8> {
        let drawn = self.terminal.draw(|frame| frame.buffer_mut().clone_from(picture));
        drawn.expect("memory takes all");
        self.written.0.take()
    }

    fn disturb(&mut self, _: u16) -> Vec<u8> {
        Vec::new()
    }
}
