//! Whatever text is shown, at whatever size: the screen is a picture that can be shown, what is written of it
//! are our own sequences and few bytes, and a screen that was changed step by step looks as one that is
//! painted anew.

use std::num::NonZeroU16;

use ratatui::{buffer::Buffer, layout::Size};
use zhaidu::{lang::Lang, text::width::Widths, tui::backend::RowBackend};

use super::{event::check_screen, input::Input};
use crate::harness::{Program, Source};

/// Bytes of a frame, and for each of its cells.
const FRAME: (usize, usize) = (64 * 1024, 40);
/// What is done to the text.
const KEYS: [&str; 16] =
    ["j", "PageDown", "k", "G", "g g", "+", "-", "s", "n", "v", "z", "Tab", "J", "w", "p", "Space"];

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let widths = input.one_of(&[Widths::NARROW, Widths::WIDE, Widths::UNIVERSAL]);
    let mut size = (input.below(160) as u16, input.below(50) as u16);
    let steps: Vec<usize> = (0..input.below(8)).map(|_| input.below(20)).collect();
    let name = input.text();
    let texts = [input.text(), input.rest_as_text()];
    let texts: Vec<&str> =
        texts.iter().map(AsRef::as_ref).filter(|text| !text.is_empty()).collect();
    let source = Source::of_texts(&name, &texts);
    let mut program = Program::started(vec![source], Lang::Zh, size);
    program.model.widths = widths;
    program.find();
    program.read();
    program.work();
    program.press("A-2");
    let mut screen = Screen::new(size);
    screen.show(&program);
    for step in steps {
        if let Some(key) = KEYS.get(step) {
            program.press(key);
        } else {
            size = (size.0.wrapping_mul(3) % 170, size.1.wrapping_add(step as u16) % 50);
            program.resize(size);
            screen = Screen::new(size);
        }
        screen.show(&program);
    }
    let mut whole = Screen::new(size);
    let picture = whole.show(&program);
    for (at, (changed, anew)) in screen.contents().into_iter().zip(whole.contents()).enumerate() {
        assert_eq!(changed, anew, "cell {at} of {:?}", picture.area);
    }
}

/// A terminal and who writes to it.
struct Screen {
    backend: RowBackend<Vec<u8>>,
    terminal: vt100::Parser,
    size: Size,
}

impl Screen {
    fn new((width, height): (u16, u16)) -> Self {
        let size = Size { width, height };
        // The terminal has one cell at least.
        let cells = |count| NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN);
        let terminal = vt100::Parser::new(cells(height), cells(width), 0);
        Self { backend: RowBackend::new(Vec::new(), size), terminal, size }
    }

    /// Shows the program.
    fn show(&mut self, program: &Program) -> Buffer {
        check_screen(program);
        let picture = program.painted();
        self.backend.take(&picture);
        let written = self.backend.present().expect("memory takes all");
        let bytes = std::mem::take(self.backend.writer_mut());
        let cells = usize::from(self.size.width) * usize::from(self.size.height);
        assert_eq!(written, bytes.len());
        assert!(written <= FRAME.0 + FRAME.1 * cells, "{written} bytes for {cells} cells");
        check_sequences(&bytes);
        self.terminal.process(&bytes);
        picture
    }

    /// What stands where and how it looks; a space has no colour of its own.
    fn contents(&self) -> Vec<(String, [vt100::Color; 2], [bool; 5])> {
        let screen = self.terminal.screen();
        let cells = (0..self.size.height).flat_map(|y| (0..self.size.width).map(move |x| (y, x)));
        let look = |(y, x)| {
            let cell = screen.cell(y, x).expect("on the screen");
            let (text, bg) = (cell.contents().trim_end().to_owned(), cell.bgcolor());
            let marks =
                [cell.underline(), cell.inverse(), cell.bold(), cell.italic(), cell.is_wide()];
            let is_shown = !text.is_empty() || cell.inverse() || cell.underline();
            let fg = if is_shown { cell.fgcolor() } else { vt100::Color::Default };
            (text, [fg, bg], if is_shown { marks } else { [false; 5] })
        };
        cells.map(look).collect()
    }
}

/// Nothing is written but text and our own sequences.
fn check_sequences(bytes: &[u8]) {
    let mut rest = std::str::from_utf8(bytes).expect("UTF-8");
    while let Some(at) = rest.find(char::is_control) {
        let sequence = rest[at..].strip_prefix("\x1b[").expect("no other control character");
        let end = sequence.find(|c: char| ('@'..='~').contains(&c)).expect("an end");
        let known = sequence[..end].chars().all(|c| c.is_ascii_digit() || "?;:".contains(c));
        assert!(known && b"HGKJmhlrSTX".contains(&sequence.as_bytes()[end]), "{sequence:?}");
        rest = &sequence[end + 1..];
    }
}
