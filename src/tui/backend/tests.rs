use std::num::NonZeroU16;

use ratatui::{
    layout::Rect,
    style::{Color, Modifier, Style},
};

use super::*;
use crate::{text::width::Widths, view::canvas::Canvas};

/// A writer that keeps every write apart.
#[derive(Debug, Default)]
struct Writes(Vec<Vec<u8>>);

impl Write for Writes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_owned());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A screen of rows of text, by the widths of a narrow terminal.
fn picture(width: u16, rows: &[&'static str]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, rows.len() as u16));
    let area = buffer.area;
    let mut canvas = Canvas::new(&mut buffer, Widths::NARROW);
    for (place, row) in area.rows().zip(rows) {
        canvas.put(place, 0, *row, Style::default());
    }
    buffer
}

fn backend(width: u16, height: u16) -> RowBackend<Writes> {
    RowBackend::new(Writes::default(), Size { width, height })
}

/// What is written for a picture, without what frames it.
fn written(backend: &mut RowBackend<Writes>, picture: &Buffer) -> String {
    backend.take(picture);
    backend.present().unwrap();
    let mut writes = std::mem::take(&mut backend.writer_mut().0);
    assert!(writes.len() <= 1, "{} writes", writes.len());
    let Some(bytes) = writes.pop() else { return String::new() };
    let text = String::from_utf8(bytes).unwrap();
    let inner = text.strip_prefix("\x1b[?2026h").and_then(|text| text.strip_suffix("\x1b[?2026l"));
    inner.expect("a synchronised update").to_owned()
}

/// What a picture of one row costs after another one.
fn change(from: &'static str, to: &'static str) -> String {
    let mut backend = backend(20, 1);
    written(&mut backend, &picture(20, &[from]));
    written(&mut backend, &picture(20, &[to]))
}

#[test]
fn a_row_costs_what_changed_in_it() {
    for (from, to, expected) in [
        ("京津冀", "京津冀", ""),
        ("", "京津冀", "\x1b[1;1H京津冀"),
        ("京津冀协同", "京沪冀协同", "\x1b[1;3H沪"),
        // Shorter to write again than to pass by.
        ("京津冀协同", "沪津沪协同", "\x1b[1;1H沪津沪"),
        ("京津冀协同发展", "沪津冀协同沪展", "\x1b[1;1H沪\x1b[11G沪"),
        ("京津冀协同", "京津冀", "\x1b[1;7H\x1b[K"),
        // Both halves of a wide character go.
        ("京津冀", "a 津冀", "\x1b[1;1Ha "),
        ("a京津", "京津", "\x1b[1;1H京津\x1b[K"),
    ] {
        assert_eq!(change(from, to), expected, "{from} to {to}");
    }
}

#[test]
fn behind_a_doubtful_character_the_column_is_told() {
    for (from, to, expected) in [
        ("", "“京”津", "\x1b[1;1H“\x1b[2G京”\x1b[5G津\x1b[K"),
        // What stands before it stays, but for the character beside it.
        ("京津冀", "京津冀“协", "\x1b[1;5H冀“\x1b[8G协\x1b[K"),
        ("京津冀“协", "京津冀“同", "\x1b[1;5H冀“\x1b[8G同\x1b[K"),
        // A wide one is drawn over cells that are emptied first.
        ("", "a🌍b", "\x1b[1;1Ha  \x1b[2G🌍\x1b[4Gb\x1b[K"),
        ("", "e\u{301}x", "\x1b[1;1He\u{301}\x1b[2Gx\x1b[K"),
        // In the last column it comes first.
        ("", "aaaaaaaaaaaaaaaaaaa…", "\x1b[1;20H…\x1b[1Gaaaaaaaaaaaaaaaaaaa"),
    ] {
        assert_eq!(change(from, to), expected, "{from} to {to}");
    }
}

#[test]
fn rows_that_moved_are_moved() {
    let rows =
        ["第一行文字在这里", "第二行文字在这里", "第三行文字在这里", "第四行文字在这里", "底"];
    let mut backend = backend(20, 5);
    written(&mut backend, &picture(20, &rows));
    let up = [rows[1], rows[2], rows[3], "第五行", rows[4]];
    let bytes = written(&mut backend, &picture(20, &up));
    assert_eq!(bytes, "\x1b[1;4r\x1b[1S\x1b[r\x1b[4;1H第五行");
    let bytes = written(&mut backend, &picture(20, &rows));
    assert_eq!(bytes, "\x1b[1;4r\x1b[1T\x1b[r\x1b[1;1H第一行文字在这里");
}

#[test]
fn what_is_not_known_is_painted() {
    let mut backend = backend(20, 2);
    let rows = picture(20, &["京", "津"]);
    assert_eq!(written(&mut backend, &rows), "\x1b[?25l\x1b[0m\x1b[2J\x1b[1;1H京\x1b[2;1H津");
    assert_eq!(written(&mut backend, &rows), "");
    backend.invalidate_row(1);
    assert_eq!(written(&mut backend, &rows), "\x1b[2;1H津\x1b[K");
    backend.invalidate();
    assert_eq!(written(&mut backend, &rows), "\x1b[?25l\x1b[0m\x1b[2J\x1b[1;1H京\x1b[2;1H津");
    backend.resize(Size { width: 20, height: 1 });
    assert_eq!(written(&mut backend, &rows), "\x1b[?25l\x1b[0m\x1b[2J\x1b[1;1H京");
    backend.invalidate_row(9);
    assert_eq!(written(&mut backend, &rows), "");
}

#[test]
fn the_cursor_costs_nothing_while_it_stays() {
    let mut backend = backend(20, 2);
    let rows = picture(20, &["京", "津"]);
    written(&mut backend, &rows);
    backend.place_cursor(Some(Position::new(3, 1)));
    assert_eq!(written(&mut backend, &rows), "\x1b[2;4H\x1b[?25h");
    assert_eq!(written(&mut backend, &rows), "");
    // Painting moves it, so it is put back.
    assert_eq!(written(&mut backend, &picture(20, &["京", "冀"])), "\x1b[2;1H冀\x1b[2;4H");
    backend.place_cursor(None);
    assert_eq!(written(&mut backend, &picture(20, &["京", "冀"])), "\x1b[?25l");
}

#[test]
fn attributes_end_with_the_frame() {
    let mut backend = backend(4, 1);
    let mut rows = picture(4, &["京津"]);
    written(&mut backend, &rows);
    let style = Style::new().fg(Color::Green).add_modifier(Modifier::BOLD);
    rows.set_style(Rect::new(0, 0, 2, 1), style);
    assert_eq!(written(&mut backend, &rows), "\x1b[1;1H\x1b[1;32m京\x1b[0m");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "what got past the canvas must not act either")]
fn nothing_acts_on_the_terminal_and_nothing_leaves_the_screen() {
    let mut backend = backend(3, 1);
    let mut rows = picture(8, &["", ""]);
    rows[(0, 0)].set_symbol("\x1b");
    rows[(1, 0)].set_symbol("a\u{9b}");
    let wide = NonZeroU16::new(2).unwrap();
    rows[(2, 0)]
        .set_symbol("京")
        .set_diff_option(ratatui::buffer::CellDiffOption::ForcedWidth(wide));
    let bytes = written(&mut backend, &rows);
    assert_eq!(bytes, "\x1b[?25l\x1b[0m\x1b[2J");
}

#[test]
fn a_failed_write_makes_the_next_frame_paint_everything() {
    struct Broken(bool);
    impl Write for Broken {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 { Err(io::Error::other("gone")) } else { Ok(bytes.len()) }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut backend = RowBackend::new(Broken(false), Size { width: 4, height: 1 });
    backend.take(&picture(4, &["京"]));
    let whole = backend.present().unwrap();
    backend.writer_mut().0 = true;
    backend.take(&picture(4, &["津"]));
    backend.present().unwrap_err();
    backend.writer_mut().0 = false;
    assert_eq!(backend.present().unwrap(), whole);
}

#[test]
fn a_stock_terminal_can_drive_it() {
    let options =
        ratatui::TerminalOptions { viewport: ratatui::Viewport::Fixed(Rect::new(0, 0, 20, 2)) };
    let mut terminal = ratatui::Terminal::with_options(backend(20, 2), options).unwrap();
    for rows in [["京津冀", "a"], ["津“a”京", "b"], ["a", "b"]] {
        terminal.draw(|frame| *frame.buffer_mut() = picture(20, &rows)).unwrap();
        let mut whole = backend(20, 2);
        written(&mut whole, &picture(20, &rows));
        whole.catch_up();
        terminal.backend_mut().catch_up();
        let shown = &terminal.backend().shown;
        assert!(shown.rows().iter().zip(whole.shown.rows()).all(|(a, b)| a.is_like(b)), "{rows:?}");
    }
    assert_eq!(terminal.backend().writer().0.len(), 3);
}
