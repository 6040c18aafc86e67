//! The one writer to standard output and standard error.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use rustix::termios::tcgetwinsize;

use crate::{lang::Lang, text::width::Widths};

/// Standard output for results, standard error for everything else.
pub(super) struct Output {
    out: BufWriter<Stdout>,
    /// Language of messages.
    pub(super) lang: Lang,
    /// Columns of the terminal that the output goes to; `None` when it is no terminal.
    pub(super) columns: Option<usize>,
    /// What characters take on the terminal.
    pub(super) widths: Widths,
}

impl Output {
    pub(super) fn new(lang: Lang) -> Self {
        let stdout = io::stdout();
        let columns = stdout.is_terminal().then(|| {
            let size = tcgetwinsize(&stdout).ok().map(|size| usize::from(size.ws_col));
            size.filter(|columns| *columns > 0).unwrap_or(80)
        });
        Self { out: BufWriter::new(stdout), lang, columns, widths: Widths::default() }
    }

    /// Writes a line that is safe to show.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\n")
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says something about the work on standard error; safe to show. What cannot be said there
    /// cannot be said at all.
    pub(super) fn complain(&mut self, text: &str) {
        let _ = self.out.flush();
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
